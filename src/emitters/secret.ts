/** Secret: files and variables that not everyone shall read. */

import type { ISecret } from 'kubernetes-models/v1';
import { encodeBase64 } from '../kernel/base64.ts';
import { derive } from '../kernel/located.ts';
import type { DataObject } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource } from '../model/resource.ts';
import type { Context } from './context.ts';
import { unlessEmpty } from './leave-out.ts';
import { metadata } from './metadata.ts';

/** A Secret of the ordinary type. */
export function secret(object: DataObject, context: Context): Resource {
  const items = object.items.map(({ key, data }) => [key, derive(data, encodeBase64(data.value))] as const);
  return resource<ISecret & KubernetesObject>(
    from(object.origin, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: metadata(object, context),
      immutable: object.isImmutable || undefined,
      data: unlessEmpty(Object.fromEntries(items)),
    }),
  );
}
