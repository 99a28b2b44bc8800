/** The located tree. */
import { expect, test } from 'vitest';
import { type Dict, dictFrom, get, kindText, listFrom, plain, scalarAt, type Tree } from '../../src/kernel/tree.ts';

const source = { name: 's', text: '8080:80' };
const span = { source, start: 0, end: 7 };
const written = scalarAt('8080:80', span);

test('makes scalars at the place of a node or a span', () => {
  expect(scalarAt(80, span)).toEqual({ kind: 'scalar', value: 80, text: '80', span });
  expect(scalarAt(null, written)).toEqual({ kind: 'scalar', value: null, text: '', span });
});

test('makes a mapping of what is defined, all of it at the place of the short form', () => {
  const target = scalarAt('80', { source, start: 5, end: 7 });
  expect(dictFrom({ published: '8080', host_ip: undefined, target, mode: null }, written)).toEqual({
    kind: 'dict',
    entries: new Map([
      ['published', { key: span, value: { kind: 'scalar', value: '8080', text: '8080', span } }],
      ['target', { key: target.span, value: target }],
      ['mode', { key: span, value: { kind: 'scalar', value: null, text: '', span } }],
    ]),
    span,
    written,
  });
});

test('makes a list that remembers its short form', () => {
  expect(listFrom([written], written)).toEqual({ kind: 'list', items: [written], span, written });
});

test('finds a value under a key of a mapping only', () => {
  const dict = dictFrom({ a: 1 }, written);
  expect(get(dict, 'a')).toEqual(scalarAt(1, span));
  expect(get(dict, 'b')).toBeUndefined();
  expect(get(dict, 'constructor')).toBeUndefined();
  expect(get(written, 'a')).toBeUndefined();
  expect(get(undefined, 'a')).toBeUndefined();
});

test('gives plain values, whatever the keys are called', () => {
  const entry = (value: Tree) => ({ key: span, value });
  const dict: Dict = {
    kind: 'dict',
    entries: new Map([
      ['__proto__', entry(scalarAt('a', span))],
      ['constructor', entry(listFrom([scalarAt(1, span), scalarAt(null, span)], written))],
    ]),
    span,
  };
  const value = plain(dict) as Record<string, unknown>;
  expect(Object.entries(value)).toEqual([
    ['__proto__', 'a'],
    ['constructor', [1, null]],
  ]);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

test.each([
  [listFrom([], written), 'a list'],
  [dictFrom({}, written), 'a mapping'],
  [scalarAt(null, span), 'empty'],
  [scalarAt('x', span), 'text'],
  [scalarAt(1, span), 'a number'],
  [scalarAt(false, span), 'true or false'],
] as const)('calls a node by its kind', (node, expected) => {
  expect(kindText(node)).toBe(expected);
});
