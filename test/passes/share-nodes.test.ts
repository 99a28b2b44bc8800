import { expect, test } from 'vitest';
import { shareNodes, type Tie } from '../../src/passes/share-nodes.ts';
import { from } from '../support/draft.ts';

function tie(volume: string, ...pods: readonly string[]): Tie {
  return { pods, originOf: new Map(pods.map((pod) => [pod, from('services', pod, volume)])) };
}

function neighbours(ties: readonly Tie[], cannotAnchor: readonly string[] = []) {
  const found = shareNodes(ties, (pod) => !cannotAnchor.includes(pod));
  return Object.fromEntries(
    [...found].map(([pod, list]) => [pod, list.map(({ service, origin }) => `${service} ${origin.path.at(-1)}`)]),
  );
}

test('all go beside the first', () => {
  expect(neighbours([tie('v', 'web', 'worker', 'cron')])).toEqual({ worker: ['web v'], cron: ['web v'] });
});

test('pods tied by several volumes have one anchor, so that none waits for one that waits for it', () => {
  expect(neighbours([tie('v', 'a', 'b'), tie('w', 'c', 'b'), tie('x', 'd', 'c'), tie('y', 'e', 'f')])).toEqual({
    b: ['a v'],
    c: ['a w'],
    d: ['a x'],
    f: ['e y'],
  });
});

test('what ends is no anchor', () => {
  expect(neighbours([tie('v', 'job', 'web', 'worker')], ['job'])).toEqual({ job: ['web v'], worker: ['web v'] });
  expect(neighbours([tie('v', 'job', 'other')], ['job', 'other'])).toEqual({});
});

test('no ties, no neighbours', () => {
  expect(neighbours([])).toEqual({});
  expect(neighbours([tie('v'), tie('w', 'a')])).toEqual({});
});
