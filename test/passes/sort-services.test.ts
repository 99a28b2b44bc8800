import { expect, test } from 'vitest';
import { sortByNeeds } from '../../src/passes/sort-services.ts';

function sorted(needs: Readonly<Record<string, readonly string[]>>) {
  return sortByNeeds(Object.keys(needs), (thing) => needs[thing] ?? []);
}

test('each comes after its needs, and otherwise the given order stays', () => {
  expect(sorted({ web: ['db', 'cache'], cache: [], db: ['disk'], other: [], disk: [] })).toEqual({
    order: ['disk', 'db', 'cache', 'web', 'other'],
    circular: [],
  });
});

test('a need that is not among the things is ignored', () => {
  expect(sorted({ web: ['nowhere'] })).toEqual({ order: ['web'], circular: [] });
});

test('a circle is told where it closes, and everything still has a place', () => {
  expect(sorted({ a: ['b'], b: ['c'], c: ['a'], d: ['d'] })).toEqual({
    order: ['c', 'b', 'a', 'd'],
    circular: [
      { from: 'c', to: 'a' },
      { from: 'd', to: 'd' },
    ],
  });
});

test('a chain of a hundred thousand is sorted', () => {
  const { order } = sortByNeeds(
    Array.from({ length: 100_000 }, (_, index) => String(index)),
    (thing) => [String(Number(thing) + 1)],
  );
  expect([order.length, order[0], order.at(-1)]).toEqual([100_000, '99999', '0']);
});
