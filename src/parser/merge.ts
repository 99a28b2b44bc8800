/** Several files into one: mappings by key, lists joined, scalars replaced, and each rule's own exceptions. */

import type { AnyEntryRule, AnyRule, Merge } from '../attributes/rule.ts';
import { error, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Path } from '../kernel/located.ts';
import { type Dict, type Entry, get, kindText, type List, plain, type Tree } from '../kernel/tree.ts';

const say = speaker('merge', {
  clash: error(
    (attribute: string, earlier: string, later: string) =>
      `${attribute} is ${earlier} in an earlier file and ${later} here`,
    'write it the same way in both files',
  ),
});

/** Mappings of the user's own names, in which an empty value is a value: it takes the variable from the environment. */
const pairs: ReadonlySet<string> = new Set([
  'services.*.environment',
  'services.*.labels',
  'services.*.annotations',
  'services.*.sysctls',
  'services.*.build.args',
  'services.*.build.labels',
  'services.*.build.additional_contexts',
  'services.*.deploy.labels',
  'networks.*.labels',
  'volumes.*.labels',
  'configs.*.labels',
  'secrets.*.labels',
]);

/** The exceptions of all rules, by path pattern from the root (`services.*.command`). */
export interface MergeTables {
  readonly merge: ReadonlyMap<string, Merge>;
  readonly unique: ReadonlyMap<string, (item: Tree) => string | undefined>;
}

/** Collects the tables once for a run. */
export function mergeTables(rules: readonly AnyRule[], entryRules: readonly AnyEntryRule[]): MergeTables {
  const merge = new Map<string, Merge>();
  const unique = new Map<string, (item: Tree) => string | undefined>();
  const collect = (base: string, rule: AnyRule | AnyEntryRule): void => {
    for (const [pattern, how] of Object.entries(rule.merge ?? {})) merge.set(`${base}.${pattern}`, how);
    for (const [pattern, key] of Object.entries(rule.unique ?? {})) unique.set(`${base}.${pattern}`, key);
  };
  for (const rule of rules) collect('services.*', rule);
  for (const rule of entryRules) collect(`${rule.section}.*`, rule);
  return { merge, unique };
}

/** The key a path has in the tables: names of services and entries are `*`. */
function patternOf(path: Path): string {
  return path.map((step, index) => (index === 1 || typeof step === 'number' ? '*' : step)).join('.');
}

/** Both lists as one, without what the later repeats of the earlier. Where items have identities, nothing is left out. */
function joinLists(earlier: List, later: List, haveIdentities: boolean): List {
  const known = new Set(haveIdentities ? [] : earlier.items.map((item) => JSON.stringify(plain(item))));
  const added = haveIdentities ? later.items : later.items.filter((item) => !known.has(JSON.stringify(plain(item))));
  return { kind: 'list', items: [...earlier.items, ...added], span: later.span };
}

/** Options of a logging driver mean nothing to another one. */
function isOtherDriver(earlier: Tree, later: Tree, pattern: string): boolean {
  if (pattern !== 'services.*.logging') return false;
  const [one, other] = [get(earlier, 'driver'), get(later, 'driver')];
  return one?.kind === 'scalar' && other?.kind === 'scalar' && one.value !== other.value;
}

function mergeNode(earlier: Tree, later: Tree, path: Path, tables: MergeTables, report: Report): Tree {
  const pattern = patternOf(path);
  if (tables.merge.get(pattern) === 'replace' || isOtherDriver(earlier, later, pattern)) return later;
  if (later.kind === 'scalar' && later.value === null) return earlier;
  if (earlier.kind === 'scalar' && earlier.value === null) return later;
  if (earlier.kind === 'dict' && later.kind === 'dict') return mergeDicts(earlier, later, path, tables, report);
  if (earlier.kind === 'list' && later.kind === 'list') return joinLists(earlier, later, tables.unique.has(pattern));
  if (earlier.kind === later.kind) return later;
  const attribute = path.at(-1)?.toString() ?? 'the file';
  say(report, 'clash', { path, span: later.span }, attribute, kindText(earlier), kindText(later));
  return earlier;
}

function mergeDicts(earlier: Dict, later: Dict, path: Path, tables: MergeTables, report: Report): Dict {
  const entries = new Map<string, Entry>(earlier.entries);
  const isPairs = pairs.has(patternOf(path));
  for (const [key, entry] of later.entries) {
    const known = isPairs ? undefined : earlier.entries.get(key);
    const value =
      known === undefined ? entry.value : mergeNode(known.value, entry.value, [...path, key], tables, report);
    entries.set(key, { key: entry.key, value });
  }
  return { kind: 'dict', entries, span: later.span };
}

/** A later file over an earlier one. What is repeated in a list of either must have become one before. */
export function mergeFiles(earlier: Dict, later: Dict, tables: MergeTables, report: Report): Dict {
  return uniqueItems(mergeDicts(earlier, later, [], tables, report), tables);
}

function withoutRepeats(list: List, keyOf: (item: Tree) => string | undefined): List {
  const byKey = new Map<string, Tree>();
  let nameless = 0;
  for (const item of list.items) byKey.set(keyOf(item) ?? `\0${nameless++}`, item);
  return byKey.size === list.items.length ? list : { ...list, items: [...byKey.values()] };
}

/** The steps of a pattern, and what tells its items apart. */
interface Identity {
  readonly steps: readonly string[];
  readonly keyOf: (item: Tree) => string | undefined;
}

function uniqueBelow(node: Tree, depth: number, active: readonly Identity[]): Tree {
  if (node.kind === 'list') {
    const here = active.find(({ steps }) => steps.length === depth);
    return here === undefined ? node : withoutRepeats(node, here.keyOf);
  }
  if (node.kind !== 'dict') return node;
  let entries: Map<string, Entry> | undefined;
  for (const [key, entry] of node.entries) {
    if (entry.value.kind === 'scalar') continue;
    const below = active.filter(({ steps }) => steps[depth] === '*' || steps[depth] === key);
    const value = below.length === 0 ? entry.value : uniqueBelow(entry.value, depth + 1, below);
    if (value === entry.value) continue;
    entries ??= new Map(node.entries);
    entries.set(key, { key: entry.key, value });
  }
  return entries === undefined ? node : { ...node, entries };
}

/** Repeated list items of one identity become one: the last value at the first place. */
export function uniqueItems(document: Dict, tables: MergeTables): Dict {
  const identities = [...tables.unique].map(([pattern, keyOf]) => ({ steps: pattern.split('.'), keyOf }));
  return uniqueBelow(document, 0, identities) as Dict;
}
