/** Short forms to long forms, by each rule's own table, before files are merged and before anything is checked. */

import type { AnyEntryRule, AnyRule, Expand, ExpandScope } from '../attributes/rule.ts';
import { type Message, type Messages, type Report, speaker } from '../kernel/diagnostic.ts';
import { pathText } from '../kernel/located.ts';
import type { Dict, Entry, Tree } from '../kernel/tree.ts';

/** `networks.*.aliases[]` as steps. */
function stepsOf(pattern: string): readonly string[] {
  return pattern
    .split('.')
    .flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]))
    .filter((part) => part !== '');
}

type Steps = (string | number)[];

/**
 * The tree with every node changed that the pattern leads to; what stays as it was is shared with the old tree.
 * `path` is the place of the node at any time, so that it is copied only for a message.
 */
function changeAt(
  node: Tree,
  pattern: readonly string[],
  depth: number,
  path: Steps,
  change: (node: Tree) => Tree,
): Tree {
  const step = pattern[depth];
  if (step === undefined) return change(node);
  const below = (key: string | number, value: Tree): Tree => {
    path.push(key);
    const result = changeAt(value, pattern, depth + 1, path, change);
    path.pop();
    return result;
  };
  if (step === '[]') {
    if (node.kind !== 'list') return node;
    const items = node.items.map((item, index) => below(index, item));
    return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
  }
  if (node.kind !== 'dict') return node;
  let entries: Map<string, Entry> | undefined;
  for (const key of step === '*' ? node.entries.keys() : [step]) {
    const entry = node.entries.get(key);
    if (entry === undefined) continue;
    const value = below(key, entry.value);
    if (value === entry.value) continue;
    entries ??= new Map(node.entries);
    entries.set(key, { key: entry.key, value });
  }
  return entries === undefined ? node : { ...node, entries };
}

type Rule = Pick<AnyRule | AnyEntryRule, 'name' | 'messages' | 'expand'>;

function scopeFor(rule: Rule, path: Steps, report: Report): ExpandScope<Messages> {
  const say = speaker(rule.name, rule.messages);
  return {
    say: (code, at, ...args) => say(report, code, { path: [...path], span: at.span }, ...args),
    wrong(at, message, hint) {
      const words: Message<[]> = {
        severity: 'error',
        text: () => `${pathText(path)} ${message}`,
        ...(hint !== undefined && { hint: () => hint }),
      };
      speaker(rule.name, { form: words })(report, 'form', { path: [...path], span: at.span });
    },
  };
}

/** One line of a rule's table. */
interface Expansion {
  readonly rule: Rule;
  /** Steps below the first key. */
  readonly steps: readonly string[];
  readonly expand: Expand<Messages>;
}

/** The lines of all rules by the first key of their patterns; the empty key is the node itself. */
type Table = ReadonlyMap<string, readonly Expansion[]>;

function tableOf(rules: readonly Rule[]): Table {
  const table = new Map<string, Expansion[]>();
  for (const rule of rules) {
    for (const [pattern, expand] of Object.entries(rule.expand ?? {})) {
      const [first = '', ...steps] = stepsOf(pattern);
      const known = table.get(first);
      if (known === undefined) table.set(first, [{ rule, steps, expand }]);
      else known.push({ rule, steps, expand });
    }
  }
  return table;
}

/** What is the same for all nodes of one document. */
interface Run {
  readonly path: Steps;
  readonly scopeOf: (rule: Rule) => ExpandScope<Messages>;
}

function runAll(expansions: readonly Expansion[], node: Tree, run: Run): Tree {
  return expansions.reduce(
    (result, { rule, steps, expand }) =>
      changeAt(result, steps, 0, run.path, (part) => expand(part, run.scopeOf(rule))),
    node,
  );
}

/** A service or entry with the table run over it: first over itself, then over each of its keys. */
function runTable(table: Table, written: Tree, run: Run): Tree {
  const node = runAll(table.get('') ?? [], written, run);
  if (node.kind !== 'dict') return node;
  let entries: Map<string, Entry> | undefined;
  for (const [key, entry] of node.entries) {
    const expansions = table.get(key);
    if (expansions === undefined) continue;
    run.path.push(key);
    const value = runAll(expansions, entry.value, run);
    run.path.pop();
    if (value === entry.value) continue;
    entries ??= new Map(node.entries);
    entries.set(key, { key: entry.key, value });
  }
  return entries === undefined ? node : { ...node, entries };
}

function startRun(report: Report): Run {
  const path: Steps = [];
  const scopes = new Map<Rule, ExpandScope<Messages>>();
  return {
    path,
    scopeOf(rule) {
      const known = scopes.get(rule) ?? scopeFor(rule, path, report);
      scopes.set(rule, known);
      return known;
    },
  };
}

/** Makes the long form of one file's document. Only `services` and the sections that have a rule are touched. */
export type Expander = (document: Dict, report: Report) => Dict;

/** Prepares the tables of all rules once for a run. */
export function expander(rules: readonly AnyRule[], entryRules: readonly AnyEntryRule[]): Expander {
  const tables = [
    { section: 'services', table: tableOf(rules) },
    ...entryRules.map((rule) => ({ section: rule.section, table: tableOf([rule]) })),
  ];
  return (document, report) => {
    const run = startRun(report);
    return tables.reduce<Tree>(
      (result, { section, table }) =>
        changeAt(result, [section, '*'], 0, run.path, (node) => runTable(table, node, run)),
      document,
    ) as Dict;
  };
}
