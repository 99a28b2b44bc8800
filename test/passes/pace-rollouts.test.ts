import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { Role } from '../../src/passes/decisions.ts';
import { type Exclusive, paceRollout } from '../../src/passes/pace-rollouts.ts';
import { at, from, said } from '../support/draft.ts';

const path = ['services', 'web', 'deploy', 'update_config'] as const;
const storage: Exclusive = { what: 'a volume of one node', isStorage: true, origin: from('v') };
const hostPort: Exclusive = { what: 'a port of the node', isStorage: false, origin: from('p') };

interface Update {
  readonly order?: 'stop-first' | 'start-first';
  readonly parallelism?: number;
  readonly settle?: number;
}

function pace(kind: Role['kind'], update?: Update, exclusive?: Exclusive) {
  const report = new Report();
  const written = update && {
    order: at(update.order ?? 'stop-first', ...path, 'order'),
    parallelism: at(update.parallelism ?? 1, ...path, 'parallelism'),
    settle: update.settle === undefined ? undefined : at(update.settle, ...path, 'delay'),
    origin: from(...path),
  };
  const service = { name: 'web', origin: from('services', 'web'), update: written };
  const found = paceRollout(service, { kind, of: undefined, because: '' }, exclusive, report);
  return { ...found, said: said(report) };
}

const order = <T>(value: T) => at(value, ...path, 'order');
const count = <T>(value: T) => at(value, ...path, 'parallelism');
const rolling = (maxSurge: unknown, maxUnavailable: unknown) => ({
  kind: 'rolling',
  maxSurge,
  maxUnavailable,
  origin: from(...path),
});

test('without update_config a rollout is what Kubernetes makes of it, unless two pods cannot be at once', () => {
  const silent = { isParallel: false, minReadySeconds: undefined, progressDeadlineSeconds: undefined, said: [] };
  expect(pace('deployment')).toEqual({ ...silent, strategy: { kind: 'default' } });
  expect(pace('deployment', undefined, storage).strategy).toEqual({ kind: 'recreate', origin: from('v') });
  expect(pace('deployment', undefined, hostPort).strategy).toEqual({
    kind: 'rolling',
    maxSurge: 0,
    maxUnavailable: undefined,
    origin: from('p'),
  });
  expect(pace('stateful-set', undefined, storage)).toEqual({ ...silent, strategy: { kind: 'default' } });
  expect(pace('daemon-set', undefined, hostPort)).toEqual({ ...silent, strategy: { kind: 'default' } });
  expect(pace('job')).toEqual({ ...silent, strategy: { kind: 'default' } });
});

test.each([
  [{}, rolling(order(0), count(1))],
  [{ parallelism: 3 }, rolling(order(0), count(3))],
  [{ order: 'start-first', parallelism: 2 }, rolling(count(2), order(0))],
  [{ order: 'start-first', parallelism: 0 }, rolling(count('100%'), order(0))],
  [{ parallelism: 0 }, { kind: 'recreate', origin: from(...path) }],
] as readonly [Update, unknown][])('a Deployment with %o', (update, strategy) => {
  expect(pace('deployment', update)).toMatchObject({ strategy, said: [] });
});

test.each([
  [{}, rolling(undefined, count(1))],
  [{ parallelism: 0 }, rolling(undefined, count('100%'))],
  [{ order: 'start-first', parallelism: 2 }, rolling(count(2), order(0))],
] as readonly [Update, unknown][])('a DaemonSet with %o', (update, strategy) => {
  expect(pace('daemon-set', update)).toMatchObject({ strategy, said: [] });
  expect(pace('global-job', update)).toMatchObject({ strategy });
});

test('a StatefulSet stops first, and works in parallel for more than one at a time', () => {
  expect(pace('stateful-set', {})).toMatchObject({
    strategy: rolling(undefined, count(1)),
    isParallel: false,
    said: [],
  });
  expect(pace('stateful-set', { parallelism: 2 })).toMatchObject({
    strategy: rolling(undefined, count(2)),
    isParallel: true,
  });
  expect(pace('stateful-set', { parallelism: 0 })).toMatchObject({
    strategy: rolling(undefined, count('100%')),
    isParallel: true,
  });
  expect(pace('stateful-set', { order: 'start-first' }).said).toEqual([
    'warning pace-rollouts/always-stop-first services.web.deploy.update_config.order: a StatefulSet always stops a pod before it starts the next',
  ]);
});

test('start-first is refused where two pods cannot be at once', () => {
  const first: Update = { order: 'start-first', parallelism: 2 };
  const refused = (what: string) => [
    `error pace-rollouts/start-first-refused services.web.deploy.update_config.order: start-first is not possible: two pods cannot hold ${what} at once, so the old one is stopped first`,
  ];
  expect(pace('deployment', first, storage)).toMatchObject({
    strategy: { kind: 'recreate', origin: from('v') },
    said: refused('a volume of one node'),
  });
  expect(pace('deployment', first, hostPort)).toMatchObject({
    strategy: rolling(order(0), count(2)),
    said: refused('a port of the node'),
  });
  expect(pace('daemon-set', first, hostPort)).toMatchObject({
    strategy: rolling(undefined, count(2)),
    said: refused('a port of the node'),
  });
});

test('stop-first over storage of one node stops all', () => {
  expect(pace('deployment', {}, storage)).toMatchObject({
    strategy: { kind: 'recreate', origin: from('v') },
    said: [],
  });
});

test('the settling time moves a deadline that it would pass', () => {
  const settle = (seconds: number) => {
    const { minReadySeconds, progressDeadlineSeconds } = pace('deployment', { settle: seconds });
    return [minReadySeconds, progressDeadlineSeconds];
  };
  const delay = (value: number) => at(value, ...path, 'delay');
  expect(settle(10)).toEqual([delay(10), undefined]);
  expect(settle(599)).toEqual([delay(599), undefined]);
  expect(settle(600)).toEqual([delay(600), delay(1200)]);
});

test('what is never replaced has no rollout', () => {
  expect(pace('job', {}).said).toEqual([
    'info pace-rollouts/no-rollout services.web.deploy.update_config: update_config says nothing to a Job, whose pods are never replaced',
  ]);
  expect(pace('cron-job', {}).said).toEqual([
    'info pace-rollouts/no-rollout services.web.deploy.update_config: update_config says nothing to a CronJob, whose pods are never replaced',
  ]);
});
