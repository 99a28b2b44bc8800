import { expect, test } from 'vitest';
import { ingress } from '../../src/emitters/ingress.ts';
import type { EdgeRoute } from '../../src/model/plan.ts';
import { at, from } from '../support/draft.ts';
import { context, labels } from '../support/plan.ts';

const label = ['services', 'web', 'labels', 'rule'] as const;
const route: EdgeRoute = {
  name: 'web',
  service: 'web',
  className: undefined,
  rules: [
    {
      host: at('shop.example', ...label),
      paths: [{ path: at('/', ...label), pathType: 'Prefix', target: 'web', port: 'http', origin: from(...label) }],
    },
  ],
  tls: [],
  annotations: [],
  origin: from('services', 'web'),
};
const rules = [
  {
    host: 'shop.example',
    http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }] },
  },
];

test('leads a host to the named port of a Service', () => {
  const { object, origins } = ingress(route, context());
  expect(object).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', labels: labels('web') },
    spec: { rules },
  });
  expect(Object.fromEntries(origins)).toEqual({
    '': from('services', 'web'),
    '/spec/rules/0/host': from(...label),
    '/spec/rules/0/http/paths/0': from(...label),
    '/spec/rules/0/http/paths/0/path': from(...label),
  });
});

test('writes class, certificates and annotations', () => {
  const { object } = ingress(
    {
      ...route,
      className: 'nginx',
      rules: [...route.rules, { host: undefined, paths: [] }],
      tls: [
        { hosts: [at('shop.example', ...label)], secret: at('shop-tls', ...label) },
        { hosts: [], secret: at('other-tls', ...label) },
      ],
      annotations: [{ key: 'a', value: at('b', ...label) }],
    },
    context(),
  );
  expect(JSON.stringify(object)).toBe(
    JSON.stringify({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', labels: labels('web'), annotations: { a: 'b' } },
      spec: {
        ingressClassName: 'nginx',
        rules: [...rules, { http: { paths: [] } }],
        tls: [{ hosts: ['shop.example'], secretName: 'shop-tls' }, { secretName: 'other-tls' }],
      },
    }),
  );
});
