/** The hash that ends the name of a Job, so that a changed Job is a new object: the template of an old one is immutable. */

import { Located } from '../kernel/located.ts';
import { hash8 } from '../kernel/names.ts';
import { compareText } from '../kernel/sort.ts';
import type { Workload } from './plan.ts';

/**
 * Raise this in the release whose emitters write another pod template, or another failure policy, for the same workload: with
 * the old name such a Job could not be applied over the one in the cluster.
 */
const EMITTER_REVISION = 1;

/** Left out: what is undefined or empty, so that a new field of the plan renames no Job that does not use it. */
function canonicalEntries(entries: readonly (readonly [string, unknown])[]): string {
  const fields: string[] = [];
  for (const [key, value] of entries.toSorted(([a], [b]) => compareText(a, b))) {
    const text = value === undefined ? '[]' : canonical(value);
    if (text !== '[]' && text !== '{}') fields.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${fields.join(',')}}`;
}

/** JSON with sorted keys of what is said, not of who said it. */
function canonical(value: unknown): string {
  if (value instanceof Located) return canonical(value.value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value instanceof Map) return canonicalEntries([...value]);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return canonicalEntries(Object.entries(value).filter(([key]) => key !== 'origin'));
}

/**
 * 8 hexadecimal digits that change whenever the workload would run something else: they cover the pod, the controller and the
 * service. The name is left out because it is made from the fingerprint, annotations because they can change in place, and
 * origins because a moved line means nothing to the cluster.
 */
export function fingerprint(workload: Workload): string {
  const { service, controller, pod } = workload;
  return hash8(canonical({ revision: EMITTER_REVISION, service, controller, pod }));
}
