/** The located tree: what a Compose file says after YAML, with the place of each part. Rules expand short forms on it. */

import type { Span } from './source.ts';

/** A scalar. `text` is its source text without quotes, so that `1.10` or `0777` can still be read as written. */
export interface Scalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly text: string;
  readonly span: Span;
  /** The mapping that the file really holds, when this scalar is its modern form. */
  readonly written?: Dict;
}

/** A sequence. */
export interface List {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly span: Span;
  /** The scalar or mapping that the file really holds, when this list is its long form. */
  readonly written?: Tree;
}

/** One key of a mapping: the place of the key and the value. */
export interface Entry {
  readonly key: Span;
  readonly value: Tree;
}

/** A mapping, in the order of the file. */
export interface Dict {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly span: Span;
  /** The scalar or list that the file really holds, when this mapping is its long form. */
  readonly written?: Tree;
}

/** Any part of a located document. */
export type Tree = Scalar | List | Dict;

/** A scalar at the place of another node. */
export function scalarAt(value: string | number | boolean | null, at: Tree | Span): Scalar {
  return { kind: 'scalar', value, text: value === null ? '' : String(value), span: 'span' in at ? at.span : at };
}

/**
 * The long form of a node: a mapping with the given values, all of them at the place of `written`.
 * Fields that are undefined are left out.
 */
export function dictFrom(
  fields: Readonly<Record<string, Tree | string | number | boolean | null | undefined>>,
  written: Tree,
): Dict {
  const entries = new Map<string, Entry>();
  for (const [key, field] of Object.entries(fields)) {
    if (field === undefined) continue;
    const value = typeof field === 'object' && field !== null ? field : scalarAt(field, written);
    entries.set(key, { key: value.span, value });
  }
  return { kind: 'dict', entries, span: written.span, written };
}

/** The long form of a node: a list with the given items. */
export function listFrom(items: readonly Tree[], written: Tree): List {
  return { kind: 'list', items, span: written.span, written };
}

/** The value under a key of a mapping; undefined when the node is no mapping or lacks the key. */
export function get(tree: Tree | undefined, key: string): Tree | undefined {
  return tree?.kind === 'dict' ? tree.entries.get(key)?.value : undefined;
}

/** The plain JavaScript value of a tree, in which `__proto__` is a key like any other. */
export function plain(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plain);
  const result: Record<string, unknown> = {};
  for (const [key, entry] of tree.entries) {
    const value = plain(entry.value);
    // Plain assignment is much faster, and only this one key means something else to it.
    if (key === '__proto__')
      Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
    else result[key] = value;
  }
  return result;
}

/** What kind of thing a node is, in the words of error messages. */
export function kindText(tree: Tree): string {
  if (tree.kind === 'list') return 'a list';
  if (tree.kind === 'dict') return 'a mapping';
  if (tree.value === null) return 'empty';
  return typeof tree.value === 'string' ? 'text' : typeof tree.value === 'number' ? 'a number' : 'true or false';
}
