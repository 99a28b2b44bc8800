import { expect, test } from 'vitest';
import { plain, unlessDefault, unlessEmpty } from '../../src/emitters/leave-out.ts';
import { at } from '../support/draft.ts';

test('the plain value of a located one is its value', () => {
  expect([plain(at(3, 'x')), plain(4)]).toEqual([3, 4]);
});

test('leaves a default out, located or not, and hands on what differs', () => {
  expect([unlessDefault(false, false), unlessDefault(at(30, 'x'), 30), unlessDefault<number>(undefined, 30)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([unlessDefault<boolean>(true, false), unlessDefault(at(0, 'x'), 30)]).toEqual([true, at(0, 'x')]);
});

test('leaves out lists and records in which nothing is said', () => {
  expect([unlessEmpty([]), unlessEmpty({}), unlessEmpty({ a: undefined })]).toEqual([undefined, undefined, undefined]);
  expect([unlessEmpty(['']), unlessEmpty({ a: undefined, b: 0 })]).toEqual([[''], { a: undefined, b: 0 }]);
});
