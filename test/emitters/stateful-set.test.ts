import { expect, test } from 'vitest';
import { podTemplate } from '../../src/emitters/pod.ts';
import { statefulSet } from '../../src/emitters/stateful-set.ts';
import type { Claim, Controller, Strategy } from '../../src/model/plan.ts';
import { at, from } from '../support/draft.ts';
import { context, controllers, labels, selector, taken, workload } from '../support/plan.ts';

type StatefulSet = Extract<Controller, { kind: 'stateful-set' }>;

const deploy = ['services', 'web', 'deploy'] as const;
const template = taken(podTemplate(workload(), context())).plain;

function made(fields: Partial<StatefulSet>) {
  return statefulSet(workload(), { ...controllers.statefulSet, ...fields }, context()).object;
}

const usual = { serviceName: 'web', selector: { matchLabels: selector('web') }, template };

test('an ordinary one names its Service', () => {
  expect(made({ minReadySeconds: at(0, ...deploy) })).toEqual({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', labels: labels('web') },
    spec: usual,
  });
});

test('claim templates carry a name and nothing that may change', () => {
  const claim: Claim = {
    name: 'data',
    service: 'web',
    accessMode: 'ReadWriteOnce',
    size: at('1Gi', 'volumes', 'data'),
    storageClass: undefined,
    volumeName: undefined,
    annotations: [],
    origin: from('volumes', 'data'),
  };
  const object = made({
    replicas: at(1, ...deploy, 'replicas'),
    isParallel: true,
    minReadySeconds: at(5, ...deploy),
    claimTemplates: [claim],
  });
  expect(JSON.stringify(object)).toBe(
    JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'web', labels: labels('web') },
      spec: {
        serviceName: 'web',
        replicas: 1,
        selector: { matchLabels: selector('web') },
        podManagementPolicy: 'Parallel',
        minReadySeconds: 5,
        template,
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        ],
      },
    }),
  );
});

const origin = from(...deploy, 'update_config');

test.each<[string, Strategy, object | undefined]>([
  ['all at once', { kind: 'recreate', origin }, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } }],
  ['one after the other', { kind: 'rolling', maxSurge: 0, maxUnavailable: at(1, ...deploy), origin }, undefined],
  [
    'two at a time',
    { kind: 'rolling', maxSurge: undefined, maxUnavailable: 2, origin },
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } },
  ],
])('replaces pods %s', (_, strategy, written) => {
  expect(made({ strategy })).toMatchObject({
    spec: written === undefined ? usual : { ...usual, updateStrategy: written },
  });
  expect('updateStrategy' in (made({ strategy }) as unknown as { spec: object }).spec).toBe(written !== undefined);
});

test('a pod that starts before the old one stops is a bug of the plan', () => {
  expect(() => made({ strategy: { kind: 'rolling', maxSurge: 1, maxUnavailable: 0, origin } })).toThrow(
    'a StatefulSet has no maxSurge',
  );
});
