/** Variables in values. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { get, plain } from '../../src/kernel/tree.ts';
import { interpolate, interpolateText } from '../../src/parser/interpolate.ts';
import { told, treeOf } from '../support/told.ts';

const values: Readonly<Record<string, string>> = {
  SET: 'value',
  EMPTY: '',
  TEMPLATE: '${SET}',
  DB_PASSWORD: 'swordfish',
  DATABASE_URL: 'postgres://app:hunter2@db/app',
};
const lookup = (name: string): string | undefined => (Object.hasOwn(values, name) ? values[name] : undefined);

// Each line was run through compose-go v2.16.2.
test.each([
  ['plain', 'plain'],
  ['$SET', 'value'],
  ['${SET}', 'value'],
  ['a${SET}b$SET-c', 'avaluebvalue-c'],
  ['$SETS', ''],
  ['${TEMPLATE}', '${SET}'],
  ['$$SET', '$SET'],
  ['$$$SET', '$value'],
  ['$$$$', '$$'],
  ['$1', '$1'],
  ['$', '$'],
  ['a$', 'a$'],
  ['$(date)', '$(date)'],
  ['$[x]', '$[x]'],
  ['$é', '$é'],
  ['${UNSET:-default}', 'default'],
  ['${UNSET-default}', 'default'],
  ['${EMPTY:-default}', 'default'],
  ['${EMPTY-default}', ''],
  ['${SET:-default}', 'value'],
  ['${UNSET:-}', ''],
  ['${UNSET:--}', '-'],
  ['${UNSET-:-x}', ':-x'],
  ['${SET:+yes}', 'yes'],
  ['${EMPTY:+yes}', ''],
  ['${EMPTY+yes}', 'yes'],
  ['${UNSET+yes}', ''],
  ['${SET:?message}', 'value'],
  ['${EMPTY?message}', ''],
  ['${UNSET:-${SET}}', 'value'],
  ['${UNSET:-a ${UNSET:-${SET}_b} c}', 'a value_b c'],
  ['${SET:-${UNSET:?never asked for}}', 'value'],
  ['${UNSET:-$$x}', '$x'],
  ['${UNSET:-{"a":1}}', '{"a":1}'],
  ['${UNSET:-{{.Node}}}', '{{.Node}}'],
  ['${UNSET:-{}', '{'],
  ['${UNSET:-{}} b}', '{}} b'],
  ['${UNSET:-x} }', 'x }'],
  ['${UNSET:-x}\n}', 'x\n}'],
  ['${SET:-a}\n${UNSET-b} ${SET}', 'value\nb value'],
])('fills %j to %j', (template, expected) => {
  expect(interpolateText(template, lookup)).toMatchObject({ text: expected, problems: [] });
});

test.each([
  ['${', '${'],
  ['${}', '${}'],
  ['${1ST}', '${1ST}'],
  ['${SET', '${SET'],
  ['${SET!x}', '${SET!x}'],
  ['a ${my-var.name} b'.replace('-', '.'), '${my.var.name}'],
  ['${SET:-a\nb}', '${SET:-a'],
  ['${ SET }', '${'],
  ['${SET :-x}', '${SET'],
  ['x ${UNSET:-${}}', '${}'],
])('refuses %j', (template, shown) => {
  expect(interpolateText(template, lookup).problems).toEqual([`"${shown}" is not a valid variable reference`]);
});

test.each([
  ['${UNSET:?}', 'the variable UNSET is required'],
  ['${UNSET?}', 'the variable UNSET is required'],
  ['${EMPTY:?must not be empty}', 'the variable EMPTY is required: must not be empty'],
  ['${UNSET?see $SET}', 'the variable UNSET is required: see value'],
  ['${UNSET:?${EMPTY:?inner}}', 'the variable EMPTY is required: inner'],
])('asks for the variable of %j', (template, expected) => {
  expect(interpolateText(template, lookup).problems).toEqual([expected]);
});

test('tells all that is wrong with one text', () => {
  expect(interpolateText('${} $SET ${UNSET:?why} ${', lookup)).toEqual({
    text: ' value  ',
    problems: [
      '"${}" is not a valid variable reference',
      'the variable UNSET is required: why',
      '"${" is not a valid variable reference',
    ],
    unset: [],
  });
});

test('tells which variables are not set, but not of those that need not be', () => {
  expect(interpolateText('$A ${B} ${C:-} ${D+x} ${E:-$F} $SET', lookup).unset).toEqual(['A', 'B', 'F']);
});

test('follows references a hundred deep and no deeper', () => {
  const nested = (depth: number): string => `${'${X:-'.repeat(depth)}x${'}'.repeat(depth)}`;
  expect(interpolateText(nested(100), lookup)).toEqual({ text: 'x', problems: [], unset: [] });
  expect(interpolateText(nested(50_000), lookup).problems).toEqual([
    'variable references are nested more than 100 deep',
  ]);
});

test('reads a hundred thousand references in one text quickly', () => {
  expect(interpolateText('${UNSET:-x}'.repeat(100_000), lookup).text).toBe('x'.repeat(100_000));
  expect(interpolateText('${UNSET:-{'.repeat(20_000), lookup).problems).toHaveLength(20_000);
});

test('leaves every text without a dollar alone, and gives back every text whose dollars are doubled', () => {
  return fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', ':', '-', 'A', 'é', '\n', '?') }), (text) => {
      const escaped = text.replaceAll('$', '$$$$');
      expect(interpolateText(escaped, lookup)).toEqual({ text, problems: [], unset: [] });
    }),
  );
});

function filled(yaml: string): { readonly value: unknown; readonly said: readonly string[] } {
  const report = new Report();
  const result = interpolate(treeOf(yaml), lookup, new Set(), report);
  return { value: plain(result), said: told(report) };
}

test('fills values and leaves keys and numbers', () => {
  expect(filled('"$SET": [$SET, 1, true, {a: "${SET}2"}]\nb: 2\n')).toEqual({
    value: { $SET: ['value', 1, true, { a: 'value2' }], b: 2 },
    said: [],
  });
});

test('leaves what was filled in as text', () => {
  expect(filled('a: ${UNSET:-1}\nb: ${UNSET:-true}\nc: ${UNSET:-}\n').value).toEqual({ a: '1', b: 'true', c: '' });
});

test('shares what holds no reference with the tree that it was given', () => {
  const tree = treeOf('a: {b: [x]}\nc: [$SET, {d: e}]\n');
  const result = interpolate(tree, lookup, new Set(), new Report());
  expect(get(result, 'a')).toBe(get(tree, 'a'));
  expect(result).not.toBe(tree);
  const plainTree = treeOf('a: {b: [x]}');
  expect(interpolate(plainTree, lookup, new Set(), new Report())).toBe(plainTree);
});

test('says what is wrong at the reference, in quotes and in block texts too', () => {
  const text = [
    'a: x ${} y',
    'b: "é ${UNSET:?needed}"',
    'c: |',
    '  one',
    '  ${SET',
    'd: "\\x24{}"',
    'e: $NOT_SET ${ALSO_NOT_SET} $NOT_SET',
    '',
  ].join('\n');
  expect(filled(text).said).toEqual([
    's:1:6 error interpolate/format "${}" is not a valid variable reference',
    's:2:7 error interpolate/required the variable UNSET is required: needed',
    's:5:3 error interpolate/format "${SET" is not a valid variable reference',
    's:6:4 error interpolate/format "${}" is not a valid variable reference',
    's:7:4 warning interpolate/unset the variable NOT_SET is not set; an empty text is used',
    's:7:13 warning interpolate/unset the variable ALSO_NOT_SET is not set; an empty text is used',
  ]);
});

test('says where references nest too deeply', () => {
  expect(filled(`a: x\nb: "${'${X:-'.repeat(102)}${'}'.repeat(102)}"`).said).toEqual([
    's:2:4 error interpolate/too-deep variable references are nested more than 100 deep',
  ]);
});

test('gives the path of what is wrong, and says it once for a node that aliases share', () => {
  const report = new Report();
  interpolate(treeOf('a: &x {b: [c, "${}"]}\nd: *x\n'), lookup, new Set(), report);
  expect(report.diagnostics.map(({ path }) => path)).toEqual([['a', 'b', 1]]);
});

test('warns of an unset variable once in all documents of a run', () => {
  const report = new Report();
  const warned = new Set<string>();
  interpolate(treeOf('a: $NOPE'), lookup, warned, report);
  interpolate(treeOf('b: $NOPE'), lookup, warned, report);
  expect(report.diagnostics.map(({ message, hint }) => [message, hint])).toEqual([
    [
      'the variable NOPE is not set; an empty text is used',
      'set NOPE in the environment or in .env, or write ${NOPE:-} to say that empty is meant',
    ],
  ]);
});

test('says of one value only once that the same reference is wrong', () => {
  expect(filled('a: ${} ${} ${}').said).toEqual([
    's:1:4 error interpolate/format "${}" is not a valid variable reference',
  ]);
});

test('spoils a place whose value cannot be known, so that nothing else is said about it', () => {
  const report = new Report();
  const tree = interpolate(treeOf('a: ${X:?needed}\nb: ${Y:-1}\n'), lookup, new Set(), report);
  for (const key of ['a', 'b']) {
    const node = get(tree, key);
    report.add({ code: 'x/y', severity: 'error', message: 'bad', ...(node !== undefined && { at: node.span }) });
  }
  expect(told(report)).toEqual([
    's:1:4 error interpolate/required the variable X is required: needed',
    's:2:4 error x/y bad',
  ]);
});

test('keeps the values of secret variables out of what is said later about the place', () => {
  const report = new Report();
  const tree = interpolate(treeOf('a: ${DB_PASSWORD}\nb: $DATABASE_URL\nc: $SET\n'), lookup, new Set(), report);
  for (const key of ['a', 'b', 'c']) {
    const node = get(tree, key);
    const message = `not "${String(plain(node ?? tree))}"`;
    report.add({ code: 'x/y', severity: 'error', message, ...(node !== undefined && { at: node.span }) });
  }
  expect(report.diagnostics.map(({ message }) => message)).toEqual([
    'not "****"',
    'not "postgres://app:****@db/app"',
    'not "value"',
  ]);
});
