/** Paths as text. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  baseName,
  cleanPath,
  directoryName,
  isAbsolute,
  isInside,
  relativeTo,
  resolvePath,
} from '../../src/kernel/paths.ts';

test.each([
  ['/x', true],
  ['C:\\x', true],
  ['c:/x', true],
  ['C:x', false],
  ['x', false],
  ['./x', false],
  ['', false],
])('takes %j for absolute: %j', (path, expected) => {
  expect(isAbsolute(path)).toBe(expected);
});

test.each([
  ['a/./b//c/', 'a/b/c'],
  ['a/../b', 'b'],
  ['../a/../../b', '../../b'],
  ['a/..', '.'],
  ['', '.'],
  ['/..', '/'],
  ['/a/../../b', '/b'],
  ['/', '/'],
])('cleans %j to %j', (path, expected) => {
  expect(cleanPath(path)).toBe(expected);
});

test('cleans a path once and for all', () => {
  const part = fc.constantFrom('a', 'b', '..', '.', '', '/');
  return fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const clean = cleanPath(parts.join('/'));
      expect(cleanPath(clean)).toBe(clean);
    }),
  );
});

test.each([
  ['/project', './x', '/project/x'],
  ['/project', '../x', '/x'],
  ['/project', '/etc//x', '/etc/x'],
  ['/project', 'C:\\x', 'C:\\x'],
  ['/', 'x', '/x'],
])('resolves from %j the path %j', (base, path, expected) => {
  expect(resolvePath(base, path)).toBe(expected);
});

test.each([
  ['/a/b', '/a', true],
  ['/a', '/a', true],
  ['/ab', '/a', false],
  ['/ab', '/', true],
])('sees that %j is inside %j: %j', (path, directory, expected) => {
  expect(isInside(path, directory)).toBe(expected);
});

test.each([
  ['/a/b.txt', 'b.txt', '/a'],
  ['/a', 'a', '/'],
  ['a', 'a', '.'],
  ['a/b', 'b', 'a'],
  ['/', '', '/'],
])('takes %j apart', (path, base, directory) => {
  expect([baseName(path), directoryName(path)]).toEqual([base, directory]);
});

test.each([
  ['/a', '/a/b/c', 'b/c'],
  ['/a', '/a', '.'],
  ['/a', '/ab', '/ab'],
  ['/', '/x', 'x'],
])('shows from %j the path %j as %j', (base, path, expected) => {
  expect(relativeTo(base, path)).toBe(expected);
});
