/** Objects without undefined fields; the types count as much as the values. */
// cspell:ignore perod
import { expect, expectTypeOf, test } from 'vitest';
import { compact } from '../../src/kernel/compact.ts';

interface Probe {
  readonly command: readonly string[];
  readonly period?: number;
  readonly path?: string;
}

const unset: number | undefined = undefined;

test('drops undefined fields and keeps every other value', () => {
  const probe = compact<Probe>({ command: ['true'], period: unset, path: '' });
  expect(Object.keys(probe)).toEqual(['command', 'path']);
  expect(probe).toStrictEqual({ command: ['true'], path: '' });
  expect(compact<{ zero: number; no: boolean; none: null }>({ zero: 0, no: false, none: null })).toStrictEqual({
    zero: 0,
    no: false,
    none: null,
  });
});

test('keeps a field called __proto__ a field', () => {
  const fields = JSON.parse('{"__proto__": 1}');
  expect(Object.entries(compact<object>(fields))).toEqual([['__proto__', 1]]);
});

test('gives the type that was asked for', () => {
  expectTypeOf(compact<Probe>({ command: [] })).toEqualTypeOf<Probe>();
  const inferred: Probe = compact({ command: ['a'], period: 3 });
  expect(inferred).toStrictEqual({ command: ['a'], period: 3 });
});

test('does not compile with a missing, undefined, mistyped or misspelt field', () => {
  // @ts-expect-error a required field is missing
  expect(compact<Probe>({})).toStrictEqual({});
  // @ts-expect-error a required field may not be undefined
  expect(compact<Probe>({ command: undefined })).toStrictEqual({});
  // @ts-expect-error a number is asked for
  expect(compact<Probe>({ command: [], period: '3' })).toStrictEqual({ command: [], period: '3' });
  // @ts-expect-error there is no such field
  expect(compact<Probe>({ command: [], perod: 3 })).toStrictEqual({ command: [], perod: 3 });
});
