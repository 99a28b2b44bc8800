import { expect, test } from 'vitest';
import { deployment } from '../../src/emitters/deployment.ts';
import { podTemplate } from '../../src/emitters/pod.ts';
import type { Controller, Strategy } from '../../src/model/plan.ts';
import { at, from } from '../support/draft.ts';
import { context, controllers, labels, selector, taken, workload } from '../support/plan.ts';

type Deployment = Extract<Controller, { kind: 'deployment' }>;

const deploy = ['services', 'web', 'deploy'] as const;
const template = taken(podTemplate(workload(), context())).plain;

function made(fields: Partial<Deployment>) {
  return deployment(workload(), { ...controllers.deployment, ...fields }, context());
}

test('an ordinary one holds selector and template', () => {
  const { object, origins } = made({});
  expect(object).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: labels('web') },
    spec: { selector: { matchLabels: selector('web') }, template },
  });
  expect(Object.keys(object)).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
  expect(origins).toEqual(
    new Map([
      ['', from('services', 'web')],
      ['/metadata/name', from('services', 'web')],
      ['/spec/template/spec/containers/0', from('services', 'web')],
    ]),
  );
});

test('writes numbers that differ from the defaults, and replicas always', () => {
  const { object, origins } = made({
    replicas: at(1, ...deploy, 'replicas'),
    strategy: {
      kind: 'rolling',
      maxSurge: at(1, ...deploy, 'update_config', 'order'),
      maxUnavailable: 0,
      origin: from(...deploy, 'update_config'),
    },
    minReadySeconds: at(700, ...deploy, 'update_config', 'delay'),
    progressDeadlineSeconds: at(1300, ...deploy, 'update_config', 'delay'),
  });
  const spec = {
    replicas: 1,
    selector: { matchLabels: selector('web') },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    minReadySeconds: 700,
    progressDeadlineSeconds: 1300,
    template,
  };
  expect(JSON.stringify(object)).toBe(
    JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', labels: labels('web') },
      spec,
    }),
  );
  expect(Object.fromEntries(origins)).toMatchObject({
    '/spec/replicas': from(...deploy, 'replicas'),
    '/spec/strategy': from(...deploy, 'update_config'),
    '/spec/strategy/rollingUpdate/maxSurge': from(...deploy, 'update_config', 'order'),
  });
});

test('leaves out numbers that are the defaults', () => {
  const usual = { minReadySeconds: at(0, ...deploy), progressDeadlineSeconds: at(600, ...deploy) };
  expect(made(usual).object).toEqual(made({}).object);
});

test.each<[string, Strategy, object]>([
  ['all at once', { kind: 'recreate', origin: from(...deploy) }, { type: 'Recreate' }],
  [
    'in the ordinary steps',
    { kind: 'rolling', maxSurge: undefined, maxUnavailable: undefined, origin: from(...deploy) },
    { type: 'RollingUpdate' },
  ],
])('replaces pods %s', (_, strategy, written) => {
  expect(made({ strategy }).object).toMatchObject({ spec: { strategy: written } });
});
