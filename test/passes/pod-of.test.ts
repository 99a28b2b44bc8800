import { expect, test } from 'vitest';
import type { Role, Roles } from '../../src/passes/decisions.ts';
import { isLongRunning, isMultiple, podOf, replicasOf } from '../../src/passes/pod-of.ts';
import { at, draftOf, from } from '../support/draft.ts';

const role = (kind: Role['kind'], of?: string): Role => ({ kind, of, because: '' });

const roles: Roles = new Map([
  ['first', role('init-container', 'second')],
  ['second', role('init-container', 'side')],
  ['side', role('companion', 'web')],
  ['web', role('deployment')],
  ['agent', role('daemon-set')],
  ['once', role('global-job')],
]);
const groups = {
  hostOf: (service: string) => (service === 'side' ? 'web' : service),
  members: (host: string) => [host],
};

test('a container is in the pod at the end of its chain', () => {
  expect(['first', 'second', 'side', 'web', 'unknown'].map((name) => podOf(name, groups, roles))).toEqual([
    ...['web', 'web', 'web', 'web', 'unknown'],
  ]);
});

test('the number of replicas is the largest that is asked for', () => {
  const scaling = (max: number) => ({
    scaling: { min: undefined, max: at(max), cpu: undefined, memory: undefined, origin: from() },
  });
  const service = { name: 'web', origin: from() };
  expect(replicasOf(service)).toBe(1);
  expect(replicasOf({ ...service, replicas: at(0) })).toBe(1);
  expect(replicasOf({ ...service, replicas: at(4), wishes: scaling(3) })).toBe(4);
  expect(replicasOf({ ...service, wishes: scaling(3) })).toBe(3);
});

test('several pods are those of replicas and of nodes', () => {
  const draft = draftOf({ services: { web: { replicas: at(2) }, one: {}, agent: {}, once: {} } });
  expect(['web', 'one', 'agent', 'once', 'unknown'].map((host) => isMultiple(host, draft, roles))).toEqual([
    ...[true, false, true, true, false],
  ]);
});

test('what ends does not go on running', () => {
  const kinds = [
    'deployment',
    'stateful-set',
    'daemon-set',
    'job',
    'cron-job',
    'global-job',
    'init-container',
    'companion',
  ] as const;
  expect(kinds.filter((kind) => isLongRunning(role(kind)))).toEqual(['deployment', 'stateful-set', 'daemon-set']);
  expect(isLongRunning(undefined)).toBe(false);
});
