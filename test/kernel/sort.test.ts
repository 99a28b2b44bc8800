/** Sorting. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareText, sortBy } from '../../src/kernel/sort.ts';

test('compares by code unit, not as a dictionary would', () => {
  expect(['b', 'a', 'B', 'é', 'a1', 'a10', 'a2', '_', '-', ''].sort(compareText)).toEqual([
    '',
    '-',
    'B',
    '_',
    'a',
    'a1',
    'a10',
    'a2',
    'b',
    'é',
  ]);
});

test('says of two texts which comes first', () => {
  expect(compareText('a', 'b')).toBe(-1);
  expect(compareText('b', 'a')).toBe(1);
  expect(compareText('a', 'a')).toBe(0);
});

test('sorts a copy by a key and keeps the order of equals', () => {
  const items = Object.freeze([
    { name: 'b', at: 1 },
    { name: 'a', at: 2 },
    { name: 'b', at: 3 },
    { name: 'a', at: 4 },
  ]);
  expect(sortBy(items, (item) => item.name).map((item) => item.at)).toEqual([2, 4, 1, 3]);
});

test('gives one order whatever the order before', () =>
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
      const sorted = sortBy(texts, (text) => text);
      expect(sortBy(texts.toReversed(), (text) => text)).toEqual(sorted);
    }),
  ));
