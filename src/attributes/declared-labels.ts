/** Labels of top-level volumes, configs and secrets, which become annotations of the object. */

import { approximated, type Message } from '../kernel/diagnostic.ts';
import { isQualifiedName } from '../kernel/names.ts';
import type { Dict, Tree } from '../kernel/tree.ts';
import type { Label } from '../model/facts.ts';
import { listToMap } from './forms.ts';
import type { Expand, Scope } from './rule.ts';

/** The sentence about a label that cannot be an annotation. */
export const labelKey: Message<[key: string]> = approximated(
  (key: string) => `the label "${key}" is left out, since it cannot be the key of an annotation`,
  'use letters, digits, "-", "_" and ".", with at most one "/" after a domain in lower case',
);

/** `[KEY=VALUE, KEY]` as a mapping, where a lone key has an empty value. */
export const expandLabels: Expand<Record<never, never>> = (node: Tree, scope): Tree | Dict =>
  listToMap(node, scope, '=', '');

/** The annotations that labels become, in the order of the file. */
export function annotationsOf(
  labels: Readonly<Record<string, string>> | undefined,
  { at, say }: Scope<{ readonly 'label-key': typeof labelKey }>,
): readonly Label[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => {
    if (isQualifiedName(key)) return [{ key, value: at(value, 'labels', key) }];
    say('label-key', ['labels', key], key);
    return [];
  });
}
