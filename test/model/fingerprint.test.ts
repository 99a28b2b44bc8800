import { expect, test } from 'vitest';
import { fingerprint } from '../../src/model/fingerprint.ts';
import type { Workload } from '../../src/model/plan.ts';
import { at, from } from '../support/draft.ts';
import { container, controllers, pod, workload } from '../support/plan.ts';

const job: Workload = workload({ controller: controllers.job, pod: pod({ restartPolicy: 'Never' }) });

test('is eight hexadecimal digits that never change by themselves', () => {
  expect(fingerprint(job)).toBe('1f52e096');
});

test('does not depend on where something was said, nor on whether its place is known', () => {
  const moved = workload({
    controller: { ...controllers.job, completions: undefined },
    pod: pod({
      restartPolicy: at('Never', 'services', 'web', 'deploy', 'restart_policy'),
      containers: [container({ origin: from('services', 'base') })],
    }),
    origin: { path: ['services', 'web'], span: { source: { name: 'b.yaml', text: 'x' }, start: 0, end: 1 } },
  });
  expect(fingerprint(moved)).toBe(fingerprint(job));
});

test('does not depend on the name, which it becomes a part of, nor on annotations of the object', () => {
  const named = {
    ...job,
    name: at(`web-${fingerprint(job)}`, 'services', 'web'),
    annotations: [{ key: 'team', value: at('blue', 'services', 'web', 'deploy', 'labels', 'team') }],
  };
  expect(fingerprint(named)).toBe(fingerprint(job));
});

test('does not depend on fields that say nothing', () => {
  const wordy = { ...job, pod: { ...job.pod, tomorrow: undefined, later: [], after: { all: [] } } };
  expect(fingerprint(wordy)).toBe(fingerprint(job));
});

test('does not depend on the order of resources', () => {
  const limited = (...names: readonly string[]): Workload => ({
    ...job,
    pod: pod({ containers: [container({ limits: new Map(names.map((name) => [name, at('1', name)])) })] }),
  });
  expect(fingerprint(limited('cpu', 'memory'))).toBe(fingerprint(limited('memory', 'cpu')));
  expect(fingerprint(limited('cpu'))).not.toBe(fingerprint(limited('memory')));
});

test.each<[string, Workload]>([
  ['the image', { ...job, pod: pod({ restartPolicy: 'Never', containers: [container({ image: 'nginx:1.30' })] }) }],
  ['the controller', { ...job, controller: { ...controllers.job, ignoresDisruption: true } }],
  ['the service', { ...job, service: 'shop' }],
  ['the order of arguments', { ...job, pod: pod({ containers: [container({ args: ['b', 'a'] })] }) }],
  ['the grouping of arguments', { ...job, pod: pod({ containers: [container({ args: ['a b'] })] }) }],
])('depends on %s', (_, other) => {
  const same = { ...job, pod: pod({ containers: [container({ args: ['a', 'b'] })] }) };
  expect([fingerprint(job), fingerprint(same)]).not.toContain(fingerprint(other));
});
