import { expect, test } from 'vitest';
import { daemonSet } from '../../src/emitters/daemon-set.ts';
import { podTemplate } from '../../src/emitters/pod.ts';
import type { Controller, Strategy } from '../../src/model/plan.ts';
import { at, from } from '../support/draft.ts';
import { context, controllers, labels, selector, taken, workload } from '../support/plan.ts';

const deploy = ['services', 'web', 'deploy'] as const;
const origin = from(...deploy, 'update_config');

function made(fields: Partial<Extract<Controller, { kind: 'daemon-set' }>>) {
  return daemonSet(workload(), { ...controllers.daemonSet, ...fields }, context()).object;
}

test('holds selector and template, and never replicas', () => {
  expect(made({ minReadySeconds: at(0, ...deploy) })).toEqual({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'web', labels: labels('web') },
    spec: {
      selector: { matchLabels: selector('web') },
      template: taken(podTemplate(workload(), context())).plain,
    },
  });
});

test.each<[string, Strategy, object]>([
  ['all at once', { kind: 'recreate', origin }, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } }],
  [
    'some at a time',
    { kind: 'rolling', maxSurge: 0, maxUnavailable: at(2, ...deploy), origin },
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } },
  ],
  [
    'new ones first',
    { kind: 'rolling', maxSurge: 1, maxUnavailable: 0, origin },
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  ],
])('replaces pods %s', (_, strategy, updateStrategy) => {
  const { spec } = made({ strategy, minReadySeconds: at(5, ...deploy) }) as unknown as { readonly spec: object };
  expect(spec).toEqual({
    selector: { matchLabels: selector('web') },
    updateStrategy,
    minReadySeconds: 5,
    template: taken(podTemplate(workload(), context())).plain,
  });
});
