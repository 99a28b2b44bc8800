/** YAML text to located trees: anchors, aliases and merge keys resolved, every part with its place. */

import {
  Composer,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  Parser,
  type YAMLMap,
} from 'yaml';
import { error, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Source, Span } from '../kernel/source.ts';
import { place } from '../kernel/source.ts';
import { type Dict, type Entry, scalarAt, type Tree } from '../kernel/tree.ts';
import { plainScalar } from './scalars.ts';

const messages = {
  syntax: error((what: string) => what, 'check the indentation, quotes and brackets around this place'),
  tab: error('a tab cannot indent YAML', 'use spaces'),
  'duplicate-key': error(
    (key: string, line: number) => `"${key}" is written twice in one mapping; the first is in line ${line}`,
    'remove one of them',
  ),
  'key-not-text': error((what: string) => `a key must be text, not ${what}`, 'put the key in quotes'),
  'unknown-alias': error(
    (name: string) => `no anchor &${name} stands before this alias`,
    'define the anchor earlier in the same document',
  ),
  'merge-value': error('<< takes a mapping, or a list of mappings'),
  'too-many-aliases': error(
    'the aliases of this file unfold to more than a million nodes, which is refused as an attack on memory',
  ),
  'unsupported-tag': error((tag: string) => `${tag} is not supported yet`, 'write the resulting value out'),
};
const say = speaker('yaml', messages);

/** Nodes that aliases may add, all together: what a hand-written file never reaches. */
const aliasLimit = 1_000_000;
const supportedTags = new Set([
  '!',
  '!!str',
  '!!int',
  '!!float',
  '!!bool',
  '!!null',
  '!!map',
  '!!seq',
  '!!binary',
  '!!merge',
  '!!timestamp',
]);

interface Reading {
  readonly source: Source;
  readonly report: Report;
  readonly anchors: Map<string, Tree>;
  readonly sizes: WeakMap<Tree, number>;
  aliased: number;
}

function spanOf(reading: Reading, node: unknown): Span {
  const range = (node as Node | null)?.range;
  return { source: reading.source, start: range?.[0] ?? 0, end: Math.max(range?.[0] ?? 0, range?.[1] ?? 0) };
}

function originAt(span: Span): { readonly path: readonly never[]; readonly span: Span } {
  return { path: [], span };
}

function sizeOf(reading: Reading, tree: Tree): number {
  if (tree.kind === 'scalar') return 1;
  const known = reading.sizes.get(tree);
  if (known !== undefined) return known;
  const parts = tree.kind === 'list' ? tree.items : [...tree.entries.values()].map((entry) => entry.value);
  const size = parts.reduce((sum, part) => sum + sizeOf(reading, part), 1);
  reading.sizes.set(tree, size);
  return size;
}

function readAlias(reading: Reading, node: Node & { readonly source: string }): Tree {
  const span = spanOf(reading, node);
  const target = reading.anchors.get(node.source);
  if (target === undefined) {
    say(reading.report, 'unknown-alias', originAt(span), node.source);
    return scalarAt(null, span);
  }
  const before = reading.aliased;
  reading.aliased += sizeOf(reading, target);
  if (before <= aliasLimit && reading.aliased > aliasLimit) say(reading.report, 'too-many-aliases', originAt(span));
  return reading.aliased > aliasLimit ? scalarAt(null, span) : target;
}

function readScalar(reading: Reading, node: Node & { readonly value: unknown }): Tree {
  const span = spanOf(reading, node);
  const { source: text, type, tag } = node as { source?: string; type?: string; tag?: string };
  const written = typeof node.value === 'string' ? node.value : '';
  const isText = type !== 'PLAIN' || tag === '!!str' || tag === 'tag:yaml.org,2002:str' || tag === '!';
  return { kind: 'scalar', value: isText ? written : plainScalar(written), text: text ?? written, span };
}

function readNode(reading: Reading, node: unknown, at: Span): Tree {
  if (node === null || node === undefined) return scalarAt(null, at);
  if (isAlias(node)) return readAlias(reading, node as Node & { source: string });
  const { tag, anchor } = node as { tag?: string; anchor?: string };
  if (tag !== undefined && !tag.startsWith('tag:yaml.org,2002:') && !supportedTags.has(tag))
    say(reading.report, 'unsupported-tag', originAt(spanOf(reading, node)), tag);
  let tree: Tree;
  if (isMap(node)) tree = readMap(reading, node);
  else if (isSeq(node))
    tree = {
      kind: 'list',
      items: node.items.map((item) => readNode(reading, item, spanOf(reading, node))),
      span: spanOf(reading, node),
    };
  else tree = readScalar(reading, node as Node & { value: unknown });
  if (anchor !== undefined) reading.anchors.set(anchor, tree);
  return tree;
}

function readKey(reading: Reading, pair: Pair): { readonly name: string; readonly span: Span } | undefined {
  const span = spanOf(reading, pair.key);
  const key = isAlias(pair.key)
    ? reading.anchors.get((pair.key as { source: string }).source)
    : isScalar(pair.key)
      ? readScalar(reading, pair.key)
      : undefined;
  if (key?.kind === 'scalar' && typeof key.value === 'string') return { name: key.value, span };
  const what =
    key?.kind === 'scalar'
      ? key.value === null
        ? 'empty'
        : `the ${typeof key.value} ${key.text}`
      : 'a list or mapping';
  say(reading.report, 'key-not-text', originAt(span), what);
  return undefined;
}

function mergedInto(reading: Reading, entries: Map<string, Entry>, value: Tree): void {
  if (value.kind === 'dict') {
    for (const [key, entry] of value.entries) if (!entries.has(key)) entries.set(key, entry);
  } else if (value.kind === 'list' && value.items.every((item) => item.kind === 'dict')) {
    for (const item of value.items) mergedInto(reading, entries, item);
  } else {
    say(reading.report, 'merge-value', originAt(value.span));
  }
}

function readMap(reading: Reading, node: YAMLMap): Dict {
  const own = new Map<string, Entry>();
  const merged = new Map<string, Entry>();
  for (const pair of node.items) {
    if (!isPair(pair)) continue;
    const key = readKey(reading, pair);
    const value = readNode(reading, pair.value, key?.span ?? spanOf(reading, node));
    if (key === undefined) continue;
    if (key.name === '<<') {
      mergedInto(reading, merged, value);
      continue;
    }
    const earlier = own.get(key.name);
    if (earlier !== undefined)
      say(reading.report, 'duplicate-key', originAt(key.span), key.name, place(reading.source, earlier.key.start).line);
    own.set(key.name, { key: key.span, value });
  }
  // Merged entries come first and keep their place when an own entry overrides them, as a reader of the file expects.
  for (const [key, entry] of own) merged.set(key, entry);
  return { kind: 'dict', entries: merged, span: spanOf(reading, node) };
}

/**
 * All documents of a YAML text. Syntax errors are reported with their places; a document with errors is still read as
 * far as it goes, so that one run shows all mistakes. Empty documents are left out.
 */
export function readTrees(source: Source, report: Report): readonly Tree[] {
  const parser = new Parser(new LineCounter().addNewLine);
  // Failsafe: every scalar stays text, because what a scalar means is for Compose to say.
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  const trees: Tree[] = [];
  for (const document of composer.compose(parser.parse(source.text), true, source.text.length)) {
    for (const problem of document.errors) {
      const span = { source, start: problem.pos[0], end: Math.max(problem.pos[0], problem.pos[1]) };
      if (problem.code === 'TAB_AS_INDENT') say(report, 'tab', originAt(span));
      else say(report, 'syntax', originAt(span), lowered(problem.message));
    }
    if (document.contents === null) continue;
    const reading: Reading = { source, report, anchors: new Map(), sizes: new WeakMap(), aliased: 0 };
    trees.push(readNode(reading, document.contents, { source, start: 0, end: 0 }));
  }
  return trees;
}

function lowered(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, '');
}
