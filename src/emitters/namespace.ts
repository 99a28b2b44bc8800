/** Namespace: where the project's objects live, written only on request. */

import type { INamespace } from 'kubernetes-models/v1';
import type { Origin } from '../kernel/located.ts';
import { from, type KubernetesObject, type Resource, resource } from '../model/resource.ts';
import type { Context } from './context.ts';
import { clusterMetadata } from './metadata.ts';

/** A Namespace. */
export function namespace(name: string, origin: Origin, context: Context): Resource {
  return resource<INamespace & KubernetesObject>(
    from(origin, { apiVersion: 'v1', kind: 'Namespace', metadata: clusterMetadata(name, context) }),
  );
}
