/** Short forms to long forms, by each rule's own table, before files are merged and before anything is checked. */

import type { AnyEntryRule, AnyRule, Expand, ExpandScope } from '../attributes/rule.ts';
import { type Message, type Messages, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Path } from '../kernel/located.ts';
import type { Dict, Entry, Tree } from '../kernel/tree.ts';

type Step = string;

/** `networks.*.aliases[]` as steps. */
function stepsOf(pattern: string): readonly Step[] {
  return pattern
    .split('.')
    .flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]))
    .filter((part) => part !== '');
}

type Change = (node: Tree, path: Path) => Tree;

/** The tree with every node that the steps lead to changed; what they do not lead to is shared with the old tree. */
function changeAt(node: Tree, steps: readonly Step[], path: Path, change: Change): Tree {
  const [step, ...rest] = steps;
  if (step === undefined) return change(node, path);
  if (step === '[]') {
    if (node.kind !== 'list') return node;
    return { ...node, items: node.items.map((item, index) => changeAt(item, rest, [...path, index], change)) };
  }
  if (node.kind !== 'dict') return node;
  const keys = step === '*' ? [...node.entries.keys()] : node.entries.has(step) ? [step] : [];
  if (keys.length === 0) return node;
  const entries = new Map<string, Entry>(node.entries);
  for (const key of keys) {
    const entry = node.entries.get(key);
    if (entry !== undefined)
      entries.set(key, { key: entry.key, value: changeAt(entry.value, rest, [...path, key], change) });
  }
  return { ...node, entries };
}

function scopeFor(
  rule: { readonly name: string; readonly messages: Messages },
  path: () => Path,
  report: Report,
): ExpandScope<Messages> {
  const say = speaker(rule.name, rule.messages);
  return {
    say: (code, at, ...args) => say(report, code, { path: path(), span: at.span }, ...args),
    wrong(at, message, hint) {
      const words: Message<[]> = {
        severity: 'error',
        text: () => message,
        ...(hint !== undefined && { hint: () => hint }),
      };
      speaker(rule.name, { form: words })(report, 'form', { path: path(), span: at.span });
    },
  };
}

function runTable(
  node: Tree,
  base: Path,
  rule: {
    readonly name: string;
    readonly messages: Messages;
    readonly expand?: Readonly<Record<string, Expand<Messages>>>;
  },
  report: Report,
): Tree {
  let result = node;
  for (const [pattern, expand] of Object.entries(rule.expand ?? {})) {
    result = changeAt(result, stepsOf(pattern), base, (part, path) =>
      expand(
        part,
        scopeFor(rule, () => path, report),
      ),
    );
  }
  return result;
}

/** Keys of the two levels that a rule's expansions begin at, so that a service without them costs nothing. */
function firstKeys(rule: AnyRule): readonly string[] {
  return Object.keys(rule.expand ?? {}).map((pattern) => stepsOf(pattern)[0] ?? '');
}

/** The long form of one file's document. Only `services` and the sections that have a rule are touched. */
export function expandAll(
  document: Dict,
  rules: readonly AnyRule[],
  entryRules: readonly AnyEntryRule[],
  report: Report,
): Dict {
  const withKeys = rules.filter((rule) => rule.expand !== undefined).map((rule) => ({ rule, keys: firstKeys(rule) }));
  let result: Tree = changeAt(document, ['services', '*'], [], (service, path) => {
    if (service.kind !== 'dict') return service;
    return withKeys.reduce<Tree>(
      (node, { rule, keys }) =>
        keys.some((key) => service.entries.has(key)) ? runTable(node, path, rule, report) : node,
      service,
    );
  });
  for (const rule of entryRules) {
    if (rule.expand === undefined) continue;
    result = changeAt(result, [rule.section, '*'], [], (entry, path) => runTable(entry, path, rule, report));
  }
  return result as Dict;
}
