/** Profiles. */
import { expect, test } from 'vitest';
import { activeProfiles, isActive, profilesOf } from '../../src/parser/profiles.ts';
import { treeOf } from '../support/told.ts';

test('takes the profiles of the command line, else those of COMPOSE_PROFILES', () => {
  const environment = new Map([['COMPOSE_PROFILES', 'a, b,,c ']]);
  expect(activeProfiles({ profiles: ['x', 'y'] }, environment)).toEqual(new Set(['x', 'y']));
  expect(activeProfiles({ profiles: [] }, environment)).toEqual(new Set(['a', 'b', 'c']));
  expect(activeProfiles({ profiles: [] }, new Map())).toEqual(new Set());
});

test.each([
  ['image: x', []],
  ['profiles: [a, b]', ['a', 'b']],
  ['profiles: [1, [x]]', ['1']],
  ['profiles: a', []],
  ['text', []],
])('reads the profiles of %j', (yaml, expected) => {
  expect(profilesOf(treeOf(yaml))).toEqual(expected);
});

test.each([
  ['image: x', [], true],
  ['profiles: []', [], true],
  ['profiles: [a, b]', [], false],
  ['profiles: [a, b]', ['b'], true],
  ['profiles: [a, b]', ['c'], false],
  ['profiles: [a]', ['*'], true],
])('with %j and the active profiles %j is on: %j', (yaml, active, expected) => {
  expect(isActive(treeOf(yaml), new Set(active))).toBe(expected);
});
