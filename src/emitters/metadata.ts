/** The metadata of an object: name, namespace, recommended labels, annotations. */

import type { Located } from '../kernel/located.ts';
import type { Label } from '../model/facts.ts';
import { recommendedLabels } from '../model/labels.ts';
import type { Sourced } from '../model/pod.ts';
import type { KubernetesObject, Traced } from '../model/resource.ts';
import type { Context } from './context.ts';

/** What an object is called and whose it is. */
export interface Identity {
  readonly name: Sourced<string>;
  /** The Compose service it belongs to; undefined when it belongs to the project. */
  readonly service: string | undefined;
  readonly annotations: readonly Label[];
}

/** Annotations as a record, left out when there are none. */
export function annotations(labels: readonly Label[]): Readonly<Record<string, Located<string>>> | undefined {
  return labels.length === 0 ? undefined : Object.fromEntries(labels.map(({ key, value }) => [key, value]));
}

/** Metadata of an object that lives in a namespace. */
export function metadata(identity: Identity, context: Context): Traced<KubernetesObject['metadata']> {
  return {
    name: identity.name,
    namespace: context.namespace,
    labels: Object.fromEntries(recommendedLabels(identity.service, context.project)),
    annotations: annotations(identity.annotations),
  };
}

/** Metadata of an object of the whole cluster, which has no namespace. */
export function clusterMetadata(name: Sourced<string>, context: Context): Traced<KubernetesObject['metadata']> {
  return { name, labels: Object.fromEntries(recommendedLabels(undefined, context.project)) };
}
