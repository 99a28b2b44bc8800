import { expect, test } from 'vitest';
import { job } from '../../src/emitters/job.ts';
import { podTemplate } from '../../src/emitters/pod.ts';
import { hash8 } from '../../src/kernel/names.ts';
import { fingerprint } from '../../src/model/fingerprint.ts';
import type { Controller, Workload } from '../../src/model/plan.ts';
import { at, from } from '../support/draft.ts';
import { container, context, controllers, labels, pod, probe, security, taken, workload } from '../support/plan.ts';

const deploy = ['services', 'web', 'deploy'] as const;
const once = workload({ name: at('web-1a2b3c4d', 'services', 'web'), pod: pod({ restartPolicy: 'Never' }) });
const template = taken(podTemplate(once, context())).plain;

function made(fields: Partial<Extract<Controller, { kind: 'job' }>>) {
  return job(once, { ...controllers.job, ...fields }, context()).object;
}

const metadata = { name: 'web-1a2b3c4d', labels: labels('web') };

test('has the name that the plan says', () => {
  expect(made({})).toEqual({ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template } });
});

test('runs as often as asked, as often at a time, and forgives a drained node', () => {
  const object = made({ completions: at(3, ...deploy, 'replicas'), backoffLimit: 0, ignoresDisruption: true });
  const spec = {
    completions: 3,
    parallelism: 3,
    backoffLimit: 0,
    podFailurePolicy: {
      rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
    },
    template,
  };
  expect(JSON.stringify(object)).toBe(JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', metadata, spec }));
});

test('leaves out numbers that are the defaults', () => {
  expect(made({ completions: at(1, ...deploy), backoffLimit: at(6, ...deploy) })).toEqual(made({}));
});

// After a release: when this fails, raise EMITTER_REVISION in model/fingerprint.ts, since applied Jobs cannot be changed.
test('writes for a plan what it wrote when the revision of the fingerprint was set', () => {
  const origin = from('services', 'web');
  const rich: Workload = {
    ...once,
    controller: { ...controllers.job, ignoresDisruption: true, backoffLimit: 0 },
    pod: pod({
      restartPolicy: 'Never',
      serviceAccount: 'web-wait',
      fsGroup: 1000,
      initContainers: [
        container({ name: 'wait', security: security({ runAsUser: 65534, capabilitiesDropped: ['ALL'] }) }),
      ],
      containers: [
        container({
          command: ['app'],
          args: ['run'],
          ports: [
            { name: 'http', port: at(80, 'x'), protocol: at('tcp', 'x'), hostPort: undefined, hostIp: undefined },
          ],
          environment: [{ name: 'A', value: { kind: 'text', text: at('1', 'x') } }],
          environmentFrom: [{ kind: 'config', object: 'env', origin }],
          limits: new Map([['memory', at('64Mi', 'x')]]),
          readiness: probe({ successThreshold: 1 }),
          mounts: [{ volume: 'data', path: '/data', subPath: 'data', isReadOnly: undefined, origin }],
        }),
      ],
      volumes: [
        { name: 'data', source: { kind: 'claim', claim: 'data', isReadOnly: false }, origin },
        { name: 'token', source: { kind: 'token' }, origin },
      ],
    }),
  };
  const { spec } = job(rich, rich.controller as Extract<Controller, { kind: 'job' }>, context()).object as unknown as {
    readonly spec: { readonly template: object; readonly podFailurePolicy: object };
  };
  expect([fingerprint(rich), hash8(JSON.stringify([spec.template, spec.podFailurePolicy]))]).toEqual([
    'b829eb97',
    '710a215e',
  ]);
});
