import { expect, test } from 'vitest';
import { distinctBy } from '../../src/passes/distinct.ts';

test('the first of each key stays, at its place', () => {
  expect(distinctBy(['b1', 'a1', 'b2', 'c1', 'a2'], (item) => item[0])).toEqual(['b1', 'a1', 'c1']);
  expect(distinctBy([], (item) => item)).toEqual([]);
});
