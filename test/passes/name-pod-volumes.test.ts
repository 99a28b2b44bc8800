import { expect, test } from 'vitest';
import { podVolumeNames } from '../../src/passes/name-pod-volumes.ts';

test('the name that is wanted is given, again for the same thing', () => {
  const name = podVolumeNames(new Map());
  expect([
    name('web', 'mount-0', 'a', 'web'),
    name('web', 'mount-0', 'a', 'side'),
    name('db', 'mount-0', 'b', 'db'),
  ]).toEqual([...['mount-0', 'mount-0', 'mount-0']]);
});

test('of two that want one name the later is called after its service, then after what it is', () => {
  const name = podVolumeNames(new Map([['web', ['shm', 'web-shm']]]));
  const names = [
    name('web', 'shm', 'memory', 'web'),
    name('web', 'shm', 'memory', 'web'),
    name('web', 'mount-0', 'a', 'web'),
    name('web', 'mount-0', 'b', 'Side_1'),
    name('db', 'shm', 'memory', 'db'),
  ];
  expect(names).toEqual(['shm-c064fbca', 'shm-c064fbca', 'mount-0', 'side-1-mount-0', 'shm']);
});

test('even a name that looks like such a one finds another', () => {
  const name = podVolumeNames(new Map([['web', ['a', 'web-a', 'a-ca978112']]]));
  const given = name('web', 'a', 'a', 'web');
  expect(given).toMatch(/^a-[0-9a-f]{8}$/);
  expect(given).not.toBe('a-ca978112');
});
