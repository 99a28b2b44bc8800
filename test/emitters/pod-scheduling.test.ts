import { expect, test } from 'vitest';
import { podScheduling } from '../../src/emitters/pod-scheduling.ts';
import { at, from } from '../support/draft.ts';
import { pod, selector, taken } from '../support/plan.ts';

const constraint = ['services', 'web', 'deploy', 'placement', 'constraints', 0] as const;

test('a pod that may run anywhere says nothing', () => {
  expect(taken(podScheduling(pod({ prefersControlPlane: at(false, ...constraint) }))).plain).toEqual({});
});

test('node labels select, rules are required, and neighbours must be on the same node', () => {
  const { plain, said } = taken(
    podScheduling(
      pod({
        nodeSelector: [{ key: 'kubernetes.io/arch', value: at('arm64', 'services', 'web', 'platform') }],
        nodeRules: [
          { key: at('disk', ...constraint), operator: 'In', values: [at('ssd', ...constraint)] },
          { key: at('old', ...constraint), operator: 'DoesNotExist', values: [] },
        ],
        runsBeside: [{ selector: Object.entries(selector('db')), origin: from('volumes', 'data') }],
      }),
    ),
  );
  expect(plain).toEqual({
    nodeSelector: { 'kubernetes.io/arch': 'arm64' },
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'disk', operator: 'In', values: ['ssd'] },
                { key: 'old', operator: 'DoesNotExist' },
              ],
            },
          ],
        },
      },
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: selector('db') }, topologyKey: 'kubernetes.io/hostname' },
        ],
      },
    },
  });
  expect(said).toMatchObject({
    '/nodeSelector/kubernetes.io~1arch': 'services.web.platform',
    '/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/0': 'volumes.data',
  });
});

test('control-plane nodes are preferred and their taint tolerated', () => {
  const { plain, said } = taken(podScheduling(pod({ prefersControlPlane: at(true, ...constraint) })));
  expect(said).toEqual({
    '/affinity/nodeAffinity/preferredDuringSchedulingIgnoredDuringExecution/0':
      'services.web.deploy.placement.constraints[0]',
    '/tolerations/0': 'services.web.deploy.placement.constraints[0]',
  });
  expect(plain).toEqual({
    affinity: {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            preference: { matchExpressions: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }] },
          },
        ],
      },
    },
    tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' }],
  });
});
