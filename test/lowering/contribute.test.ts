/** Joining what the rules say. */
import { expect, test } from 'vitest';
import { Located } from '../../src/kernel/located.ts';
import { contribute } from '../../src/lowering/contribute.ts';

const no = new Located('no', { path: [] });
const name = new Located('n', { path: [] });

test('joins what the rules say, and leaves out what is undefined', () => {
  expect(
    contribute([
      { rule: 'a', says: { containerName: name, restart: undefined } },
      { rule: 'b', says: {} },
      { rule: 'c', says: { restart: no as never } },
    ]),
  ).toEqual({ containerName: name, restart: no });
});

test('takes two rules that write one field for a bug of the program', () => {
  expect(() =>
    contribute([
      { rule: 'a', says: { containerName: name } },
      { rule: 'b', says: { containerName: name } },
    ]),
  ).toThrow('the rules a and b both write containerName');
});
