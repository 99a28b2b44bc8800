/** The locks of the accounting: the registry knows every attribute, fixtures show every one, and no entry of it lies. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isMap, isPair, isSeq, type Node, type Pair, parseDocument, visit } from 'yaml';
import { entryRules, serviceRules, supportOf } from '../src/attributes/index.ts';
import { attributePaths } from '../src/attributes/spec.ts';
import type { LedgerEntry, Result } from '../src/index.ts';
import { convertCase } from './support/convert-case.ts';
import { type Fixture, fixtures } from './support/fixtures.ts';
import { shapePaths } from './support/shape-paths.ts';

const cases = ['attributes', 'regressions', 'projects'].flatMap((kind) => fixtures(kind));
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
    expect(taken.filter((path) => !known.has(path))).toEqual([]);
  });
});

describe('the fixture lock', () => {
  const seen = new Set(
    cases.flatMap((fixture) => convertCase(fixture).ledger.flatMap(({ attribute }) => ancestors(attribute))),
  );

  test('every attribute that the registry calls done is used by some fixture', () => {
    const done = attributePaths.filter((path) => supportOf[path].isPending !== true && !isLoaderOnly(path));
    expect(done.filter((path) => !seen.has(path))).toEqual([]);
  });
});

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

/** The text of a Compose file without one leaf; undefined when the leaf is not written in it. */
function without(text: string, leaf: LedgerEntry): string | undefined {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false });
  const start = leaf.origin.span?.start;
  const key = leaf.path
    .split('.')
    .at(-1)
    ?.replace(/\[\d+\]$/, '');
  let isFound = false;
  const startOf = (node: unknown): number | undefined => (node as Node | null)?.range?.[0];
  visit(document, {
    Collection(_, node) {
      if (isFound || !(isMap(node) || isSeq(node))) return;
      const at = node.items.findIndex((item) =>
        isPair(item)
          ? startOf(item.value) === start || (startOf(item.key) === start && String((item as Pair).key) === key)
          : startOf(item) === start,
      );
      // An inner node may begin where its parent does: the scalar at the place is meant.
      const item = node.items[at];
      const value = isPair(item) ? item.value : item;
      if (at < 0 || ((isMap(value) || isSeq(value)) && value.items.length > 0)) return;
      node.items.splice(at, 1);
      isFound = true;
    },
  });
  return isFound ? document.toString({ lineWidth: 0 }) : undefined;
}

function objects(result: Result): string {
  return JSON.stringify(result.resources.map(({ object }) => object));
}

/** Where an attribute that is converted leaves no trace in the objects, by its own entry. */
function leavesTrace(attribute: string): boolean {
  const entry = supportOf[attribute as keyof typeof supportOf];
  const targets = [...entry.to, ...(entry.cases ?? []).flatMap(({ to }) => to)];
  return targets.some((target) => !/^(loader|report\.|applier\.|build-plan)/.test(target));
}

/** What is untrue about the ledger's word on a leaf. */
function lie(fixture: Fixture, before: Result, leaf: LedgerEntry, text: string): string | undefined {
  const shorter = without(text, leaf);
  if (shorter === undefined) return undefined;
  const after = convertCase(fixture, shorter);
  const isSame = objects(after) === objects(before);
  const wordsBefore = JSON.stringify(before.diagnostics.map(({ code, message }) => [code, message]));
  const wordsAfter = JSON.stringify(after.diagnostics.map(({ code, message }) => [code, message]));
  if (leaf.disposition === 'converted' || leaf.disposition === 'approximated') {
    if (isSame && !after.failed && leavesTrace(leaf.attribute) && leaf.disposition === 'converted')
      return 'is called converted, but nothing of the output depends on it';
    if (isSame && leaf.disposition === 'approximated' && wordsBefore === wordsAfter)
      return 'is called approximated, but neither output nor report depends on it';
    return undefined;
  }
  const errorsBefore = before.diagnostics.filter(({ severity }) => severity === 'error').length;
  const errorsAfter = after.diagnostics.filter(({ severity }) => severity === 'error').length;
  if (leaf.disposition === 'refused')
    return errorsAfter < errorsBefore || after.failed ? undefined : 'is called refused, but the error stays without it';
  return wordsBefore !== wordsAfter || !isSame || leaf.attribute.endsWith('x-*') || after.failed
    ? undefined
    : `is called ${leaf.disposition}, but nothing was said about it`;
}

describe('the truth lock', () => {
  test.each(fixtures('attributes').map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    const text = readFileSync(fixture.file, 'utf8');
    const before = convertCase(fixture);
    expect(before.failed).toBe(false);
    const lies = before.ledger
      .filter(({ origin }) => origin.span?.source.text === text)
      .flatMap((leaf) => {
        const found = lie(fixture, before, leaf, text);
        return found === undefined ? [] : [`${leaf.path} ${found}`];
      });
    expect(lies).toEqual([]);
  });
});

describe('the voice lock', () => {
  test('every leaf that is not plainly converted has a reason', () => {
    const silent = cases.flatMap((fixture) =>
      convertCase(fixture)
        .ledger.filter(({ disposition, reason }) => disposition !== 'converted' && reason === '')
        .map(({ path }) => `${fixture.name} ${path}`),
    );
    expect(silent).toEqual([]);
  });
});
