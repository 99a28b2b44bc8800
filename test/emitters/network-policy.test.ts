import { expect, test } from 'vitest';
import { networkPolicy } from '../../src/emitters/network-policy.ts';
import type { Policy } from '../../src/model/plan.ts';
import { from } from '../support/draft.ts';
import { context, labels, projectLabels, selector } from '../support/plan.ts';

const member = [['compose.network/back', 'true']] as const;
const back: Policy = {
  name: 'back',
  service: undefined,
  annotations: [],
  selects: member,
  ingress: [{ peers: [{ podLabels: member, isEveryNamespace: false }], ports: [] }],
  egress: undefined,
  origin: from('networks', 'back'),
};

function made(fields: Partial<Policy>) {
  return networkPolicy({ ...back, ...fields }, context()).object;
}

test('members of a network talk to each other', () => {
  const { object, origins } = networkPolicy(back, context());
  const podSelector = { matchLabels: { 'compose.network/back': 'true' } };
  expect(JSON.stringify(object)).toBe(
    JSON.stringify({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'back', labels: projectLabels },
      spec: { podSelector, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector }] }] },
    }),
  );
  expect(origins).toEqual(new Map([['', from('networks', 'back')]]));
});

test('everyone reaches published ports', () => {
  const ports = [
    { port: 'http', protocol: 'tcp' },
    { port: 53, protocol: 'udp' },
  ] as const;
  expect(made({ name: 'web-published', service: 'web', selects: 'web', ingress: [{ peers: [], ports }] })).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web-published', labels: labels('web') },
    spec: {
      podSelector: { matchLabels: selector('web') },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ port: 'http' }, { port: 53, protocol: 'UDP' }] }],
    },
  });
});

const podSelector = { matchLabels: { 'compose.network/back': 'true' } };

test.each<[string, Partial<Policy>, object]>([
  ['nothing in', { ingress: [] }, { policyTypes: ['Ingress'] }],
  ['nothing in and out', { ingress: [], egress: [] }, { policyTypes: ['Ingress', 'Egress'] }],
  ['everything in', { ingress: [{ peers: [], ports: [] }] }, { policyTypes: ['Ingress'], ingress: [{}] }],
  [
    'only names and members out',
    {
      ingress: undefined,
      egress: [
        {
          peers: [{ podLabels: [['k8s-app', 'kube-dns']], isEveryNamespace: true }],
          ports: [{ port: 53, protocol: 'udp' }],
        },
        { peers: [{ podLabels: member, isEveryNamespace: false }], ports: [] },
      ],
    },
    {
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
          ports: [{ port: 53, protocol: 'UDP' }],
        },
        { to: [{ podSelector }] },
      ],
    },
  ],
  [
    'pods of every namespace, or all of the own one, in',
    {
      ingress: [
        { peers: [{ podLabels: undefined, isEveryNamespace: true }], ports: [] },
        { peers: [{ podLabels: undefined, isEveryNamespace: false }], ports: [] },
      ],
    },
    {
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ namespaceSelector: {} }] }, { from: [{ podSelector: {} }] }],
    },
  ],
])('lets %s', (_, fields, spec) => {
  expect((made(fields) as unknown as { readonly spec: object }).spec).toEqual({ podSelector, ...spec });
});
