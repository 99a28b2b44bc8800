/** Nodes of the YAML library to located trees: anchors, aliases, tags and merge keys resolved. */

import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { error, type Report, speaker, warning } from '../kernel/diagnostic.ts';
import { place, type Source, type Span } from '../kernel/source.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import { type Dict, type Entry, scalarAt, type Tree } from '../kernel/tree.ts';
import { plainScalar } from './scalars.ts';

/** Nodes that aliases may add, all together: what a hand-written file never reaches. */
const aliasLimit = 400_000;
/** Nodes inside each other, aliases followed: what a hand-written file never reaches, and every stage can walk. */
export const depthLimit = 200;

const messages = {
  'duplicate-key': error(
    (key: string, line: number) => `"${key}" is written twice in one mapping; the first is in line ${line}`,
    'remove one of them',
  ),
  'key-not-text': error((what: string) => `a key must be text, not ${what}`, 'put the key in quotes'),
  'unknown-alias': error(
    (name: string, _known: readonly string[]) => `no anchor &${name} stands before this alias`,
    (name: string, known: readonly string[]) =>
      didYouMean(nearest(name, known)) || 'define the anchor earlier in the same document',
  ),
  'alias-of-itself': error((name: string) => `the anchor &${name} contains itself`, 'remove this alias'),
  'merge-value': error(
    (_text: string) => '<< takes a mapping, or a list of mappings',
    (text: string) => (/^\w[\w-]*$/.test(text) ? `write *${text} for the anchor &${text}` : ''),
  ),
  'too-many-aliases': error(
    `the aliases of this file unfold to more than ${aliasLimit} nodes, which is refused as an attack on memory`,
  ),
  'too-deep': error(`more than ${depthLimit} lists and mappings are nested here`),
  'not-yet': error((tag: string) => `${tag} is not supported yet`, 'write the resulting value out'),
  'unknown-tag': error((tag: string) => `the tag ${tag} is not known`, 'remove the tag, or put the value in quotes'),
  'tag-value': error((text: string, tag: string) => `"${text}" cannot be read as ${tag}`, 'remove the tag'),
  rewritten: warning(
    (text: string, value: string) => `${text} is not text, and Compose passes it on as "${value}"`,
    'put it in quotes',
  ),
};
const say = speaker('yaml', messages);

const core = 'tag:yaml.org,2002:';
const scalarTags = new Set(['str', 'int', 'float', 'bool', 'null', 'timestamp']);
const collectionTags = new Set(['map', 'seq']);

/** What is known while one document is read. */
interface Reading {
  readonly source: Source;
  readonly report: Report;
  /** The latest node of each name; a number stands for one that is being read. */
  readonly anchors: Map<string, Tree | number>;
  readonly measures: WeakMap<Tree, Measure>;
  /** What stands in place of aliases that could not be followed. */
  readonly broken: WeakSet<Tree>;
  aliased: number;
  depth: number;
}

/** How many nodes a tree has, and how many of them stand inside each other at most. */
interface Measure {
  readonly size: number;
  readonly depth: number;
}

const leaf: Measure = { size: 1, depth: 0 };

function spanOf(reading: Reading, node: unknown): Span {
  const range = (node as Node | null)?.range;
  const start = range?.[0] ?? 0;
  return { source: reading.source, start, end: Math.max(start, range?.[1] ?? 0) };
}

function at(span: Span): { readonly path: readonly never[]; readonly span: Span } {
  return { path: [], span };
}

function measure(reading: Reading, tree: Tree): Measure {
  if (tree.kind === 'scalar') return leaf;
  const known = reading.measures.get(tree);
  if (known !== undefined) return known;
  let size = 1;
  let depth = 0;
  for (const part of tree.kind === 'list' ? tree.items : [...tree.entries.values()].map(({ value }) => value)) {
    const inner = measure(reading, part);
    size += inner.size;
    depth = Math.max(depth, inner.depth);
  }
  const result = { size, depth: depth + 1 };
  reading.measures.set(tree, result);
  return result;
}

function brokenAt(reading: Reading, span: Span): Tree {
  const tree = scalarAt(null, span);
  reading.broken.add(tree);
  return tree;
}

function readAlias(reading: Reading, node: Node & { readonly source: string }): Tree {
  const span = spanOf(reading, node);
  const target = reading.anchors.get(node.source);
  if (target === undefined || typeof target === 'number') {
    if (target !== undefined) say(reading.report, 'alias-of-itself', at(span), node.source);
    else say(reading.report, 'unknown-alias', at(span), node.source, [...reading.anchors.keys()]);
    return brokenAt(reading, span);
  }
  const { size, depth } = measure(reading, target);
  const before = reading.aliased;
  reading.aliased += size;
  if (before <= aliasLimit && reading.aliased > aliasLimit) say(reading.report, 'too-many-aliases', at(span));
  const isTooDeep = reading.depth + depth > depthLimit;
  if (isTooDeep) say(reading.report, 'too-deep', at(span));
  return reading.aliased > aliasLimit || isTooDeep ? brokenAt(reading, span) : target;
}

/** The tag as people write it, `!!int` for a core one; empty when there is none. */
function tagText(node: unknown): string {
  const tag = (node as { readonly tag?: string }).tag ?? '';
  return tag.startsWith(core) ? `!!${tag.slice(core.length)}` : tag === '!' ? '!!str' : tag;
}

/** The value of a text with an explicit tag; undefined when they do not fit. */
function taggedValue(text: string, tag: string): string | number | boolean | null | undefined {
  const value = plainScalar(text);
  if (tag === '!!bool') return typeof value === 'boolean' ? value : undefined;
  if (tag === '!!null') return value === null ? null : undefined;
  if (tag === '!!int') return /^-?\d+$/.test(String(value)) ? value : undefined;
  if (tag === '!!float') return value !== null && value !== '' && Number.isFinite(Number(value)) ? value : undefined;
  return tag === '!!timestamp' && value !== text ? value : undefined;
}

function readScalar(reading: Reading, node: Node & { readonly value: unknown }): Tree & { readonly kind: 'scalar' } {
  const span = spanOf(reading, node);
  const { source, type } = node as { readonly source?: string; readonly type?: string };
  const written = typeof node.value === 'string' ? node.value : '';
  const tag = tagText(node);
  const text = source ?? written;
  if (tag === '') return { kind: 'scalar', value: type === 'PLAIN' ? plainScalar(written) : written, text, span };
  if (tag === '!!str' || !scalarTags.has(tag.slice(2))) return { kind: 'scalar', value: written, text, span };
  const value = taggedValue(written, tag);
  if (value === undefined) say(reading.report, 'tag-value', at(span), written, tag);
  return { kind: 'scalar', value: value ?? null, text, span };
}

/** A scalar that is a value, with a word about a date or number whose text changes on its way through Compose. */
function readValue(reading: Reading, node: Node & { readonly value: unknown }): Tree {
  const scalar = readScalar(reading, node);
  const isPlain = (node as { readonly type?: string }).type === 'PLAIN' && tagText(node) === '';
  if (isPlain && typeof scalar.value === 'string' && scalar.value !== node.value)
    say(reading.report, 'rewritten', at(scalar.span), scalar.text, scalar.value);
  return scalar;
}

function checkTag(reading: Reading, node: unknown): void {
  const tag = tagText(node);
  const isKnown = tag === '' || (isScalar(node) ? scalarTags : collectionTags).has(tag.slice(2)) || tag === '!!merge';
  if (isKnown && (tag === '' || tag.startsWith('!!'))) return;
  const { start, end } = spanOf(reading, node);
  const before = reading.source.text.slice(0, start).trimEnd();
  const span = { source: reading.source, start: before.endsWith(tag) ? before.length - tag.length : start, end };
  say(reading.report, tag === '!reset' || tag === '!override' ? 'not-yet' : 'unknown-tag', at(span), tag);
}

/** A node and all below it; `empty` is where a node stands that is not written at all. */
function readNode(reading: Reading, node: unknown, empty: Span): Tree {
  if (node === null || node === undefined) return scalarAt(null, empty);
  if (isAlias(node)) return readAlias(reading, node as Node & { source: string });
  checkTag(reading, node);
  const { anchor } = node as { readonly anchor?: string };
  // An anchor counts from where it is written, so that one of the same name inside the node is the later one.
  const { start } = spanOf(reading, node);
  if (anchor !== undefined) reading.anchors.set(anchor, start);
  reading.depth += 1;
  const tree = isMap(node)
    ? readMap(reading, node)
    : isSeq(node)
      ? readList(reading, node)
      : readValue(reading, node as Node & { value: unknown });
  reading.depth -= 1;
  if (anchor !== undefined && reading.anchors.get(anchor) === start) reading.anchors.set(anchor, tree);
  return tree;
}

function readList(reading: Reading, node: Node & { readonly items: readonly unknown[] }): Tree {
  const span = spanOf(reading, node);
  return { kind: 'list', items: node.items.map((item) => readNode(reading, item, span)), span };
}

function kindOfKey(key: Tree | undefined): string {
  if (key?.kind !== 'scalar') return 'a list or mapping';
  if (key.value === null) return 'empty';
  return typeof key.value === 'string' ? `the date or number ${key.text}` : `the ${typeof key.value} ${key.text}`;
}

interface Key {
  readonly name: string;
  readonly span: Span;
  readonly isMerge: boolean;
}

function readKey(reading: Reading, pair: Pair): Key | undefined {
  const span = spanOf(reading, pair.key);
  const key = isAlias(pair.key)
    ? readAlias(reading, pair.key as Node & { source: string })
    : isScalar(pair.key)
      ? readScalar(reading, pair.key)
      : undefined;
  if (key !== undefined && reading.broken.has(key)) return undefined;
  const { anchor, type } = (pair.key ?? {}) as { readonly anchor?: string; readonly type?: string };
  if (anchor !== undefined && key !== undefined) reading.anchors.set(anchor, key);
  const isPlain = type === 'PLAIN' && tagText(pair.key) === '';
  if (key?.kind !== 'scalar' || typeof key.value !== 'string' || (isPlain && key.value !== key.text)) {
    say(reading.report, 'key-not-text', at(span), kindOfKey(key));
    return undefined;
  }
  const isMerge = key.value === '<<' && (isPlain || tagText(pair.key) === '!!merge');
  return { name: key.value, span, isMerge };
}

function mergeInto(reading: Reading, entries: Map<string, Entry>, value: Tree): void {
  if (value.kind === 'dict') {
    for (const [key, entry] of value.entries) if (!entries.has(key)) entries.set(key, entry);
  } else if (value.kind === 'list' && value.items.every((item) => item.kind === 'dict' || reading.broken.has(item))) {
    for (const item of value.items) mergeInto(reading, entries, item);
  } else if (!reading.broken.has(value)) {
    say(reading.report, 'merge-value', at(value.span), value.kind === 'scalar' ? value.text : '');
  }
}

function readMap(reading: Reading, node: YAMLMap): Dict {
  const span = spanOf(reading, node);
  const own = new Map<string, Entry>();
  let merge: Entry | undefined;
  for (const pair of node.items) {
    if (!isPair(pair)) continue;
    const key = readKey(reading, pair);
    const value = readNode(reading, pair.value, key?.span ?? span);
    if (key === undefined) continue;
    const earlier = key.isMerge ? merge : own.get(key.name);
    if (earlier !== undefined)
      say(reading.report, 'duplicate-key', at(key.span), key.name, place(reading.source, earlier.key.start).line);
    if (key.isMerge) merge = { key: key.span, value };
    else own.set(key.name, { key: key.span, value });
  }
  if (merge === undefined) return { kind: 'dict', entries: own, span };
  // Merged entries come first and keep their place when an own entry overrides them, as a reader of the file expects.
  const entries = new Map<string, Entry>();
  mergeInto(reading, entries, merge.value);
  for (const [key, entry] of own) entries.set(key, entry);
  return { kind: 'dict', entries, span };
}

/** The located tree of one document's root node. */
export function readDocument(root: unknown, source: Source, report: Report): Tree {
  const reading: Reading = {
    source,
    report,
    anchors: new Map(),
    measures: new WeakMap(),
    broken: new WeakSet(),
    aliased: 0,
    depth: 0,
  };
  return readNode(reading, root, { source, start: 0, end: 0 });
}
