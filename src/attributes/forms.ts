/** Expansions that many attributes share: the short forms of Compose and the long form each stands for. */

import type { Message, Messages } from '../kernel/diagnostic.ts';
import { type Dict, dictFrom, type Entry, get, kindText, listFrom, scalarAt, type Tree } from '../kernel/tree.ts';
import type { ExpandScope } from './rule.ts';

/** A lone scalar becomes a list of one. */
export function toList(node: Tree): Tree {
  return node.kind === 'scalar' && node.value !== null ? listFrom([node], node) : node;
}

/** `[KEY=VALUE, KEY]` becomes `{KEY: VALUE, KEY: null}`; later entries win, at the first one's place. */
export function pairsToMap(node: Tree, scope: ExpandScope<Messages>): Tree {
  return listToMap(node, scope, '=');
}

/** As `pairsToMap` with the separators that are tried in order, and what a lone key means. */
export function listToMap(
  node: Tree,
  scope: ExpandScope<Messages>,
  separator: string,
  loneValue: null | '' = null,
): Tree {
  if (node.kind === 'scalar' && node.value !== null) {
    scope.wrong(node, `must be a mapping or a list of KEY=VALUE, not ${kindText(node)}`);
    return dictFrom({}, node);
  }
  if (node.kind !== 'list') return node;
  const entries = new Map<string, Entry>();
  for (const item of node.items) {
    if (item.kind !== 'scalar' || item.value === null) {
      const [key] = item.kind === 'dict' ? item.entries.keys() : [];
      const hint = key === undefined ? undefined : `write ${key}=VALUE, or leave out the dashes`;
      scope.wrong(item, `takes items of the form KEY=VALUE, not ${kindText(item)}`, hint);
      continue;
    }
    const text = typeof item.value === 'string' ? item.value : item.text;
    const at = text.indexOf(separator);
    const key = at < 0 ? text : text.slice(0, at);
    entries.set(key, { key: item.span, value: scalarAt(at < 0 ? loneValue : text.slice(at + separator.length), item) });
  }
  return { kind: 'dict', entries, span: node.span, written: node };
}

/** How a name that stands alone is written as a list. */
export function oneName(node: Tree): string | undefined {
  return node.kind === 'scalar' && typeof node.value === 'string' ? `write [${JSON.stringify(node.value)}]` : undefined;
}

/** `[a, b]` becomes `{a: null, b: null}`: networks, models. */
export function namesToMap(node: Tree, scope: ExpandScope<Messages>): Tree {
  if (node.kind === 'scalar' && node.value !== null) {
    scope.wrong(node, `must be a list or a mapping, not ${kindText(node)}`, oneName(node));
    return dictFrom({}, node);
  }
  if (node.kind !== 'list') return node;
  const entries = new Map<string, Entry>();
  for (const item of node.items) {
    if (item.kind !== 'scalar' || typeof item.value !== 'string')
      scope.wrong(item, `takes names, not ${kindText(item)}`);
    else entries.set(item.value, { key: item.span, value: scalarAt(null, item) });
  }
  return { kind: 'dict', entries, span: node.span, written: node };
}

/** A scalar becomes a mapping with that one key: `build: ./x` is `build: {context: ./x}`. */
export function scalarToDict(key: string): (node: Tree) => Tree {
  return (node) => (node.kind === 'scalar' && node.value !== null ? dictFrom({ [key]: node }, node) : node);
}

/** Each scalar item of a list (or a lone scalar) becomes a mapping with that one key. */
export function itemsToDicts(key: string): (node: Tree) => Tree {
  const toDict = scalarToDict(key);
  return (node) => {
    const asList = toList(node);
    return asList.kind === 'list' ? { ...asList, items: asList.items.map(toDict) } : asList;
  };
}

/** The entries of a mapping with one value replaced. */
function withEntry(dict: Dict, key: string, value: Tree): Dict {
  const entries = new Map(dict.entries);
  const known = entries.get(key);
  entries.set(key, { key: known?.key ?? value.span, value });
  return { ...dict, entries };
}

/** The message that `externalByName` says; a rule that uses it has words for it. */
export interface ExternalName extends Messages {
  readonly 'external-name': Message<[name: string]>;
}

/** `external: {name: n}`, the form of old files, is `external: true` and `name: n`, with a word about it. */
export function externalByName(node: Tree, scope: ExpandScope<ExternalName>): Tree {
  const external = get(node, 'external');
  const name = get(external, 'name');
  if (node.kind !== 'dict' || external?.kind !== 'dict' || name?.kind !== 'scalar' || node.entries.has('name'))
    return node;
  if ([...external.entries.keys()].some((key) => key !== 'name' && !key.startsWith('x-'))) return node;
  scope.say('external-name', external, String(name.value));
  return withEntry(withEntry(node, 'external', { ...scalarAt(true, external), written: external }), 'name', name);
}
