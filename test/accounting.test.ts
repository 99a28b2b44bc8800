/** The locks of the accounting: the registry knows every attribute, fixtures show every one, and no entry of it lies. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type Document,
  isMap,
  isPair,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { entryRules, serviceRules, supportOf } from '../src/attributes/index.ts';
import { type AttributePath, attributePaths } from '../src/attributes/spec.ts';
import type { Diagnostic, LedgerEntry, Result } from '../src/index.ts';
import { type Path, pathText } from '../src/kernel/located.ts';
import { convertCase } from './support/convert-case.ts';
import { type Fixture, fixtures } from './support/fixtures.ts';
import { shapePaths } from './support/shape-paths.ts';

const shown: ReadonlyMap<Fixture, Result> = new Map(
  fixtures('attributes').map((fixture) => [fixture, convertCase(fixture)]),
);
const others = ['regressions', 'projects', 'quiet'].flatMap((kind) => fixtures(kind));
const known: ReadonlySet<string> = new Set(attributePaths);

describe('the path lock', () => {
  test('the registry has an entry for every path of the specification, and no other', () => {
    expect(Object.keys(supportOf).sort()).toEqual([...attributePaths].sort());
  });

  test('every leaf that a shape takes is a path of the specification', () => {
    const taken = [
      ...serviceRules.flatMap((rule) => [
        ...Object.entries(rule.service).flatMap(([key, shape]) => shapePaths(shape(), `services.*.${key}`)),
        ...Object.entries(rule.deploy).flatMap(([key, shape]) => shapePaths(shape(), `services.*.deploy.${key}`)),
      ]),
      ...entryRules.flatMap((rule) => shapePaths(rule.shape(), `${rule.section}.*`)),
    ];
    expect(taken.filter((path) => !known.has(path) && !isOwnExtension(path))).toEqual([]);
  });
});

/** What stands below `x-kubernetes`, where the specification allows `x-` keys. */
function isOwnExtension(path: string): boolean {
  const [level, below] = path.split('x-kubernetes');
  return below !== undefined && known.has(`${level}x-*`);
}

describe('the fixture lock', () => {
  const seen = new Set(
    [...shown.values()].flatMap(({ ledger }) => ledger.flatMap(({ attribute }) => ancestors(attribute))),
  );

  test('every attribute that the registry calls done is used by some fixture', () => {
    const done = attributePaths.filter((path) => supportOf[path].isPending !== true && !isLoaderOnly(path));
    expect(done.filter((path) => !seen.has(path))).toEqual([]);
  });

  test('every disposition that an entry or one of its cases states is shown by some fixture', () => {
    const found = new Map<string, Set<string>>();
    for (const { attribute, disposition } of [...shown.values()].flatMap(({ ledger }) => ledger))
      found.set(family(attribute), (found.get(family(attribute)) ?? new Set()).add(disposition));
    const missing = attributePaths.flatMap((path) => {
      const { disposition, cases = [], isPending } = supportOf[path];
      const has = found.get(family(path));
      if (isPending === true || has === undefined || isLoaderOnly(path)) return [];
      return [...new Set([disposition, ...cases.map((one) => one.disposition)])].flatMap((one) =>
        has.has(one) ? [] : [`${path} ${one}`],
      );
    });
    expect(missing.toSorted()).toEqual([...notShown.keys()].toSorted());
  });
});

/** Dispositions of the table that no file reaches yet, and why. */
const notShown: ReadonlyMap<string, string> = new Map([
  ['services.*.gpus delegated', 'all of them would take a DRA request: one is asked for'],
  ['services.*.gpus[] delegated', 'its parts are judged'],
  ['services.*.gpus[].device_ids delegated', 'DRA requests are not written yet: refused'],
  ['services.*.gpus[].device_ids[] delegated', 'DRA requests are not written yet: refused'],
  ['services.*.deploy.resources.reservations.devices[].device_ids delegated', 'DRA requests are not written yet'],
  ['services.*.deploy.resources.reservations.devices[].device_ids[] delegated', 'DRA requests are not written yet'],
  ['services.*.group_add approximated', 'a number is converted, root too, and any other name is refused'],
  ['services.*.group_add[] approximated', 'a number is converted, root too, and any other name is refused'],
  ['networks.*.driver_opts.* approximated', 'enable_icc and host_binding_ipv4 are not converted yet, and say so'],
  ['networks.*.driver_opts.* converted', 'enable_icc and host_binding_ipv4 are not converted yet, and say so'],
]);

/** An attribute in whichever of its forms: `ports`, `ports[]` and `labels.*` are said of one thing. */
function family(attribute: string): string {
  return attribute.replace(/(\[\]|\.\*)+$/, '');
}

/** `services.*.build.args.*` and everything around it. */
function ancestors(attribute: string): readonly string[] {
  const steps = attribute.match(/\[\]|[^.[\]]+/g) ?? [];
  return steps.map((_, index) =>
    steps
      .slice(0, index + 1)
      .join('.')
      .replaceAll('.[]', '[]'),
  );
}

/** Attributes that this parser refuses, or that every file without a word on them has. */
function isLoaderOnly(path: string): boolean {
  return /^include|^services\.\*\.extends|x-\*$/.test(path);
}

/** Takes an item out of a collection. A list that has lost its last item is no statement of its own, and goes too. */
function take(document: Document, collection: YAMLMap | YAMLSeq, at: number): void {
  collection.items.splice(at, 1);
  if (collection.items.length > 0 || !isSeq(collection)) return;
  visit(document, {
    Pair(_, pair) {
      return pair.value === collection ? visit.REMOVE : undefined;
    },
  });
}

/** A place in a text that is to be erased: by where it begins, or else by its path. */
interface Erased {
  readonly path: Path;
  readonly start: number | undefined;
}

/** The text of a Compose file without one place of it; undefined when the place is not written in it. */
function without(text: string, { path, start }: Erased): string | undefined {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false });
  const key = String(path.at(-1));
  const startOf = (node: unknown): number | undefined => (node as Node | null)?.range?.[0];
  let isFound = false;
  visit(document, {
    Collection(_, node) {
      if (start === undefined || !(isMap(node) || isSeq(node))) return undefined;
      const at = node.items.findIndex((item) =>
        isPair(item)
          ? startOf(item.value) === start || (startOf(item.key) === start && String((item as Pair).key) === key)
          : startOf(item) === start,
      );
      // An inner node may begin where its parent does: the scalar at the place is meant.
      const item = node.items[at];
      const value = isPair(item) ? item.value : item;
      if (at < 0 || ((isMap(value) || isSeq(value)) && value.items.length > 0)) return undefined;
      take(document, node, at);
      isFound = true;
      return visit.BREAK;
    },
  });
  if (!isFound) isFound = document.deleteIn(path);
  return isFound ? document.toString({ lineWidth: 0 }) : undefined;
}

function objects(result: Result): string {
  return JSON.stringify(result.resources.map(({ object }) => object));
}

/** A path without its indexes, which move when an item before them is erased. */
function unnumbered(path: string): string {
  return path.replaceAll(/\[\d+\]/g, '[]');
}

/** Every sentence, once for each place that it is about. */
function told(result: Result): readonly Diagnostic[] {
  return result.diagnostics.flatMap((one) => [one, ...(one.also ?? []).map(({ path }) => ({ ...one, path }))]);
}

function words(result: Result): string {
  const said = told(result).map(({ code, message, path = [] }) =>
    JSON.stringify([code, message, unnumbered(pathText(path))]),
  );
  return said.sort().join('\n');
}

function errors(result: Result): number {
  return result.diagnostics.filter(({ severity }) => severity === 'error').length;
}

/** Where an attribute that is converted leaves no trace in the objects, by its own entry. */
function leavesTrace(attribute: string): boolean {
  const entry = supportOf[attribute as AttributePath];
  const targets = [...entry.to, ...(entry.cases ?? []).flatMap(({ to }) => to)];
  return targets.some((target) => !/^(loader|report\.|applier\.|build-plan)/.test(target));
}

/** What the fixtures write at each attribute; keys of the user's choice have to be the same too. */
const valuesOf = new Map<string, Set<string>>();
function valueKey({ attribute, origin }: LedgerEntry): string {
  return attribute.endsWith('*') ? `${attribute} ${String(origin.path.at(-1))}` : attribute;
}
function valueText({ origin: { span } }: LedgerEntry): string {
  return span === undefined ? '' : span.source.text.slice(span.start, span.end);
}
for (const leaf of [...shown.values()].flatMap(({ ledger }) => ledger)) {
  const texts = valuesOf.get(valueKey(leaf)) ?? new Set<string>();
  if (!valueText(leaf).includes('\n')) valuesOf.set(valueKey(leaf), texts.add(valueText(leaf)));
}

/** Other values that could stand in the place of a leaf; for an empty list those with one item. */
function otherValues(leaf: LedgerEntry): readonly string[] {
  const own = valueText(leaf);
  const items = own === '[]' ? [...(valuesOf.get(`${leaf.attribute}[]`) ?? [])].map((item) => `[${item}]`) : [];
  return [...(valuesOf.get(valueKey(leaf)) ?? []), ...items].filter((value) => value !== own);
}

/** A fixture, what became of it, and how it changes. */
interface Trial {
  readonly fixture: Fixture;
  readonly text: string;
  readonly before: Result;
}

/** Whether another value in the place of a leaf changes anything: so it is read, even where it says what is so anyway. */
function isRead(leaf: LedgerEntry, { fixture, text, before }: Trial): boolean {
  const { span } = leaf.origin;
  if (span === undefined) return false;
  return otherValues(leaf).some((value) => {
    const after = convertCase(fixture, text.slice(0, span.start) + value + text.slice(span.end));
    return !after.failed && (objects(after) !== objects(before) || words(after) !== words(before));
  });
}

/** Whether a sentence with the disposition of a leaf is about something around it, and goes when that is erased. */
function isToldAround(leaf: LedgerEntry, { fixture, text, before }: Trial): boolean {
  const { path } = leaf.origin;
  return told(before).some(({ path: around = [], message, disposition }) => {
    if (disposition !== leaf.disposition || around.length < 2 || around.length >= path.length) return false;
    if (!around.every((step, index) => step === path[index])) return false;
    const shorter = without(text, { path: around, start: undefined });
    if (shorter === undefined) return false;
    const times = (result: Result) => told(result).filter((one) => one.message === message).length;
    return times(convertCase(fixture, shorter)) < times(before);
  });
}

/** Whether the fate of another leaf follows from a leaf, such as that of a folder below a mount that is left out. */
function decidesOthers({ path }: LedgerEntry, before: Result, after: Result): boolean {
  const fates = (leaves: readonly LedgerEntry[]) =>
    leaves
      .map((leaf) => `${unnumbered(leaf.path)} ${leaf.disposition}`)
      .sort()
      .join('\n');
  return fates(before.ledger.filter((leaf) => leaf.path !== path)) !== fates(after.ledger);
}

/** What is untrue about a leaf that is said not to be in the output. */
function leftOutLie(leaf: LedgerEntry, before: Result, after: Result): string | undefined {
  const { disposition, to } = leaf;
  const isIn =
    to.length > 0 || (!after.failed && objects(after) !== objects(before) && !decidesOthers(leaf, before, after));
  return isIn ? `is called ${disposition}, but the output depends on it` : undefined;
}

/** Whether the registry says of a leaf that nobody converts it yet. */
function isNotYet({ path, disposition }: LedgerEntry, before: Result): boolean {
  return (
    disposition === 'delegated' &&
    told(before).some((one) => one.code === 'support/not-yet' && pathText(one.path ?? []) === path)
  );
}

/** What is untrue about the ledger's word on a leaf. */
function lie(leaf: LedgerEntry, trial: Trial): string | undefined {
  const { fixture, text, before } = trial;
  const { attribute, disposition, origin } = leaf;
  const shorter = without(text, { path: origin.path, start: origin.span?.start });
  if (shorter === undefined) return 'cannot be erased, so nothing is known of it';
  const after = convertCase(fixture, shorter);
  if (disposition === 'converted') {
    const isSame = !after.failed && objects(after) === objects(before);
    return (leavesTrace(attribute) || origin.path.includes('x-kubernetes')) && isSame && !isRead(leaf, trial)
      ? 'is called converted, but nothing of the output depends on it'
      : undefined;
  }
  const isLeftOut = disposition === 'not-applicable' || disposition === 'refused' || isNotYet(leaf, before);
  const found = isLeftOut ? leftOutLie(leaf, before, after) : undefined;
  // Extensions are counted and not spoken of: docs/decisions.md.
  if (found !== undefined || attribute.endsWith('x-*')) return found;
  const isTold = disposition === 'refused' ? errors(after) < errors(before) : words(after) !== words(before);
  return isTold || after.failed || isToldAround(leaf, trial)
    ? undefined
    : `is called ${disposition}, but nothing is said about it`;
}

describe('the truth lock', () => {
  test.each([...shown].map(([fixture, before]) => [fixture.name, fixture, before] as const))(
    '%s',
    (_, fixture, before) => {
      const text = readFileSync(fixture.file, 'utf8');
      expect(before.failed).toBe(false);
      const lies = before.ledger
        .filter(({ origin }) => origin.span?.source.text === text)
        .flatMap((leaf) => {
          const found = lie(leaf, { fixture, text, before });
          return found === undefined ? [] : [`${leaf.path} ${found}`];
        });
      expect(lies).toEqual([]);
    },
  );
});

describe('the voice lock', () => {
  test('every leaf that is not plainly converted has a reason', () => {
    const results = [...shown, ...others.map((fixture) => [fixture, convertCase(fixture)] as const)];
    const silent = results.flatMap(([fixture, { ledger }]) =>
      ledger
        .filter(({ disposition, reason }) => disposition !== 'converted' && reason === '')
        .map(({ path }) => `${fixture.name} ${path}`),
    );
    expect(silent).toEqual([]);
  });
});
