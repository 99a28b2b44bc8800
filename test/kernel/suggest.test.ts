/** Suggestions for mistyped names. */
// cspell:ignore enviroment enviornment healtcheck netwroks comand
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../../src/kernel/suggest.ts';

const keys = [
  'command',
  'container_name',
  'dns',
  'domainname',
  'environment',
  'healthcheck',
  'image',
  'networks',
  'scale',
];

test.each([
  ['enviroment', ['environment']],
  ['enviornment', ['environment']],
  ['healtcheck', ['healthcheck']],
  ['netwroks', ['networks']],
  ['comand', ['command']],
  ['container-name', ['container_name']],
  ['Image', ['image']],
  ['IMAGE', ['image']],
  ['image', ['image']],
  ['dsn', ['dns']],
  ['foo', []],
  ['', []],
])('offers for %j the keys %j', (word, expected) => {
  expect(nearest(word, keys)).toEqual(expected);
});

test('counts a swap of neighbours as one slip', () => {
  expect(nearest('ab', ['ba'])).toEqual(['ba']);
  expect(nearest('ab', ['cd'])).toEqual([]);
});

test('offers the nearest first, equals in code unit order, three at most unless told', () => {
  const names = ['web-4', 'web-2', 'web-1', 'web-3', 'web', 'web-2', 'Web'];
  expect(nearest('web', names)).toEqual(['web', 'Web']);
  expect(nearest('web-', names)).toEqual(['Web', 'web', 'web-1']);
  expect(nearest('web-', names, 9)).toEqual(['Web', 'web', 'web-1', 'web-2', 'web-3', 'web-4']);
  expect(nearest('web-', names, 1)).toEqual(['Web']);
});

test('leaves out names that are more than one slip worse than the nearest', () => {
  expect(nearest('depends-on', ['depends_on', 'depends_in', 'ends_on'])).toEqual(['depends_on', 'depends_in']);
});

test('finds any name with one slip in it, whatever the order of the candidates', () => {
  const word = fc.stringMatching(/^[a-z]{4,12}$/);
  return fc.assert(
    fc.property(word, fc.array(word), fc.nat(11), (name, others, at) => {
      const typed = name.slice(0, at) + name.slice(at + 1);
      expect(nearest(typed, [name, ...others], 99)).toContain(name);
      expect(nearest(typed, [...others, name])).toEqual(nearest(typed, [name, ...others.toReversed()]));
    }),
  );
});

test.each([
  [[], ''],
  [['a'], 'did you mean "a"?'],
  [['a', 'b'], 'did you mean "a" or "b"?'],
  [['a', 'b', 'c'], 'did you mean "a", "b" or "c"?'],
])('asks about %j: %s', (names, question) => {
  expect(didYouMean(names)).toBe(question);
});
