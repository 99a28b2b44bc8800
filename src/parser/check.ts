/** Is every value what it may be? Zod's verdict on each attribute, at the place of the value, with suggestions. */

import type { z } from 'zod';
import type { AnyEntryRule, AnyRule } from '../attributes/rule.ts';
import { error, type Report, speaker } from '../kernel/diagnostic.ts';
import { type Path, pathText } from '../kernel/located.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import { type Dict, type Entry, get, kindText, plain, type Tree } from '../kernel/tree.ts';

const messages = {
  'unknown-key': error(
    (key: string, where: string, _hint: string) =>
      `unknown attribute "${key}" ${where === '' ? 'at the top level' : `in ${where}`}`,
    (_key: string, _where: string, hint: string) => hint,
  ),
  type: error(
    (where: string, problem: string, _hint?: string) => `${where} ${problem}`,
    (_where: string, _problem: string, hint?: string) => hint ?? '',
  ),
  'missing-space': error(
    (where: string, text: string) => `${where} must be a mapping, but "${text}" is one text`,
    'put a space after the colon',
  ),
  name: error(
    (name: string, section: string) => `${JSON.stringify(name)} cannot be a name in ${section}`,
    'use letters, digits, ".", "_" and "-"',
  ),
};
const say = speaker('check', messages);

/** Attributes of old formats and what is written today. */
const modern: ReadonlyMap<string, string> = new Map([
  ['net', 'write network_mode'],
  ['log_driver', 'write logging: {driver: …}'],
  ['log_opt', 'write logging: {options: …}'],
  ['volume_driver', 'write driver on the top-level volume'],
  ['dockerfile', 'write build: {dockerfile: …}'],
  ['context', 'write build: {context: …}'],
  ['cpu_quota_period', 'write cpu_period'],
  ['env', 'write environment'],
  ['ulimit', 'write ulimits'],
  ['cpuset_cpus', 'write cpuset'],
]);

/** How unknown keys are spoken of. */
export interface KnownKeys {
  readonly keys: Iterable<string>;
  /** What holds the keys, for the message; empty for the top level. */
  readonly where: string;
  /** What to type for a key that is known in another place. */
  readonly elsewhere?: string | undefined;
}

/** Says that a key is unknown, with the nearest known ones. */
export function sayUnknown(key: string, at: Entry, path: Path, known: KnownKeys, report: Report): void {
  const names = [...known.keys];
  const near = nearest(key, names);
  const hint =
    known.elsewhere ??
    modern.get(key) ??
    (near.length > 0
      ? didYouMean(near)
      : names.length <= 12
        ? `known here: ${names.join(', ')}`
        : 'own data goes under a key that begins with x-');
  say(report, 'unknown-key', { path: [...path, key], span: at.key }, key, known.where, hint);
}

/** Says that a node is no mapping where one belongs. */
export function sayKind(node: Tree, path: Path, report: Report): void {
  const origin = { path, span: node.span };
  if (node.kind === 'scalar' && typeof node.value === 'string' && /^[\w.-]+:\S/.test(node.value))
    say(report, 'missing-space', origin, pathText(path), node.value);
  else {
    const hint = node.kind === 'list' ? 'write NAME: in place of - NAME:' : '';
    say(report, 'type', origin, pathText(path), `must be a mapping, not ${kindText(node)}`, hint);
  }
}

/** Says which keys of a section cannot be names. */
export function checkNames(section: string, entries: Dict, report: Report): void {
  for (const [name, { key }] of entries.entries)
    if (!/^[a-zA-Z0-9._-]+$/.test(name)) say(report, 'name', { path: [section, name], span: key }, name, section);
}

/** Says when a top-level key that is there is not text. */
export function checkText(tree: Dict, key: string, report: Report): void {
  const node = get(tree, key);
  if (node === undefined || (node.kind === 'scalar' && typeof node.value === 'string')) return;
  say(report, 'type', { path: [key], span: node.span }, key, `must be text, not ${kindText(node)}`);
}

function nodeAt(tree: Tree, path: readonly PropertyKey[]): Tree {
  let node = tree;
  for (const step of path) {
    const next = node.kind === 'list' ? node.items[Number(step)] : get(node, String(step));
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

function isNull(node: Tree): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function problemText(issue: z.core.$ZodIssue, node: Tree): string {
  if (issue.code === 'custom') return issue.message;
  if (issue.code === 'invalid_type') {
    return `must be ${issue.expected === 'array' ? 'a list' : issue.expected}, not ${kindText(node)}`;
  }
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
}

function isMissing(issue: z.core.$ZodIssue, tree: Tree): boolean {
  const key = issue.path.at(-1);
  const parent = nodeAt(tree, issue.path.slice(0, -1));
  return typeof key === 'string' && parent.kind === 'dict' && !parent.entries.has(key);
}

/** What to type instead, where the shape knows it or the kind of the node tells. */
function hintFor(issue: z.core.$ZodIssue, node: Tree): string {
  if (issue.code === 'custom') return typeof issue.params?.['hint'] === 'string' ? issue.params['hint'] : '';
  const isLoneText = issue.code === 'invalid_type' && issue.expected === 'array' && node.kind === 'scalar';
  return isLoneText && node.value !== null ? `write [${JSON.stringify(node.text)}]` : '';
}

function sayIssue(issue: z.core.$ZodIssue, shape: z.core.$ZodType, tree: Tree, path: Path, report: Report): void {
  const at = [...path, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const node = nodeAt(tree, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const keys = keysAt(shape, issue.path);
    for (const key of issue.keys) {
      const entry = node.kind === 'dict' ? node.entries.get(key) : undefined;
      if (entry !== undefined) sayUnknown(key, entry, at, { keys, where: pathText(at) }, report);
    }
    return;
  }
  const isMapping = issue.code === 'invalid_type' && (issue.expected === 'object' || issue.expected === 'record');
  if (isMapping && !isMissing(issue, tree)) {
    sayKind(node, at, report);
    return;
  }
  if (isMissing(issue, tree)) say(report, 'type', { path: at, span: node.span }, pathText(at), 'is required');
  else say(report, 'type', { path: at, span: node.span }, pathText(at), problemText(issue, node), hintFor(issue, node));
}

/** The parts of a shape that lead to the shapes below it. */
interface Definition {
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly out?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
}

/** Zod does not tell which keys it would have taken, so the shape is asked, on the way that the issue names. */
function keysAt(shape: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const definition = shape._zod.def as Definition;
  const isReworked = definition.out?._zod.def.type === 'transform';
  const within = definition.innerType ?? (isReworked ? definition.in : definition.out);
  if (within !== undefined) return keysAt(within, path);
  const [step, ...rest] = path;
  if (step === undefined) return Object.keys(definition.shape ?? {});
  const below = definition.element ?? definition.valueType ?? definition.shape?.[String(step)];
  return below === undefined ? [] : keysAt(below, rest);
}

const built = new WeakMap<() => z.ZodType, z.ZodType>();

function shapeOf(make: () => z.ZodType): z.ZodType {
  const known = built.get(make);
  if (known !== undefined) return known;
  const shape = make();
  built.set(make, shape);
  return shape;
}

/** Checks one node; undefined when it is wrong, after saying why. */
function checkNode(
  make: () => z.ZodType,
  node: Tree,
  path: Path,
  report: Report,
): { readonly value: unknown } | undefined {
  const shape = shapeOf(make);
  const result = shape.safeParse(plain(node), { reportInput: false });
  if (result.success) return { value: result.data };
  const { issues } = result.error;
  const misspelt = new Set(issues.flatMap((one) => (one.code === 'unrecognized_keys' ? [one.path.join('\0')] : [])));
  for (const issue of issues) {
    // The key that is missing is likely the one that is unknown.
    if (isMissing(issue, node) && misspelt.has(issue.path.slice(0, -1).join('\0'))) continue;
    sayIssue(issue, shape, node, path, report);
  }
  return undefined;
}

/** The rules by the service key and by the `deploy` key they own. */
export interface RuleIndex {
  readonly service: ReadonlyMap<string, () => z.ZodType>;
  readonly deploy: ReadonlyMap<string, () => z.ZodType>;
}

/** Which shape checks which key. */
export function ruleIndex(rules: readonly AnyRule[]): RuleIndex {
  return {
    service: new Map(rules.flatMap((rule) => Object.entries(rule.service))),
    deploy: new Map(rules.flatMap((rule) => Object.entries(rule.deploy))),
  };
}

/** Says that a key of a service, or of its `deploy`, is unknown. */
function sayUnknownAttribute(key: string, entry: Entry, index: RuleIndex, path: Path, report: Report): void {
  const isService = path.length === 2;
  const keys = isService ? [...index.service.keys(), 'deploy'] : index.deploy.keys();
  const where = isService ? `the service ${path[1]}` : pathText(path);
  const isElsewhere = (isService ? index.deploy : index.service).has(key);
  const elsewhere = isService ? 'write it under deploy' : 'write it beside deploy, not under it';
  sayUnknown(key, entry, path, { keys, where, elsewhere: isElsewhere ? elsewhere : undefined }, report);
}

/** The checked values of a service, or of its `deploy`. */
function checkKeys(tree: Dict, index: RuleIndex, path: Path, report: Report): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const isService = path.length === 2;
  const shapes = isService ? index.service : index.deploy;
  for (const [key, entry] of tree.entries) {
    const shape = shapes.get(key);
    if ((key.startsWith('x-') && shape === undefined) || (isService && key === 'deploy')) continue;
    if (shape === undefined) {
      sayUnknownAttribute(key, entry, index, path, report);
      continue;
    }
    // An attribute without a value says nothing, wherever Compose lets it stand.
    if (isNull(entry.value)) continue;
    const checked = checkNode(shape, entry.value, [...path, key], report);
    if (checked !== undefined) values[key] = checked.value;
  }
  return values;
}

/** The checked values of one service. */
export function checkService(
  name: string,
  tree: Tree,
  index: RuleIndex,
  report: Report,
): Record<string, unknown> & { readonly deploy: Record<string, unknown> } {
  const path = ['services', name];
  if (tree.kind !== 'dict') {
    if (!isNull(tree)) sayKind(tree, path, report);
    return { deploy: {} };
  }
  const deploy = get(tree, 'deploy');
  if (deploy !== undefined && deploy.kind !== 'dict' && !isNull(deploy)) sayKind(deploy, [...path, 'deploy'], report);
  const checkedDeploy = deploy?.kind === 'dict' ? checkKeys(deploy, index, [...path, 'deploy'], report) : {};
  return { ...checkKeys(tree, index, path, report), deploy: checkedDeploy };
}

/** The checked entries of one top-level section. */
export function checkSection(
  rule: AnyEntryRule,
  section: Tree | undefined,
  report: Report,
): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  if (section === undefined || isNull(section)) return values;
  if (section.kind !== 'dict') {
    sayKind(section, [rule.section], report);
    return values;
  }
  checkNames(rule.section, section, report);
  for (const [name, entry] of section.entries) {
    // Only models, the youngest section, has extensions beside its names.
    if (rule.section === 'models' && name.startsWith('x-')) continue;
    const node: Tree = isNull(entry.value) ? { kind: 'dict', entries: new Map(), span: entry.key } : entry.value;
    const checked = checkNode(rule.shape, node, [rule.section, name], report);
    if (checked !== undefined) values.set(name, checked.value);
  }
  return values;
}
