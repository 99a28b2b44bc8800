import { expect, test } from 'vitest';
import { service } from '../../src/emitters/service.ts';
import { at, from } from '../support/draft.ts';
import { context, labels, networkName, selector } from '../support/plan.ts';

const head = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', labels: labels('web') } };
const ports = ['services', 'web', 'ports'] as const;

test('sends ports to the named ports of the pods', () => {
  const { object, origins } = service(
    networkName({
      ports: [
        {
          name: 'http',
          port: at(80, ...ports, 0, 'target'),
          targetPort: 'http',
          protocol: at('tcp', ...ports, 0, 'protocol'),
          appProtocol: undefined,
          nodePort: undefined,
        },
        {
          name: 'dns',
          port: at(53, ...ports, 1, 'target'),
          targetPort: 'dns',
          protocol: at('udp', ...ports, 1, 'protocol'),
          appProtocol: at('kubernetes.io/h2c', ...ports, 1, 'app_protocol'),
          nodePort: at(30053, ...ports, 1, 'published'),
        },
      ],
    }),
    context(),
  );
  expect(JSON.stringify(object)).toBe(
    JSON.stringify({
      ...head,
      spec: {
        selector: selector('web'),
        ports: [
          { name: 'http', port: 80, targetPort: 'http' },
          {
            name: 'dns',
            port: 53,
            targetPort: 'dns',
            nodePort: 30053,
            protocol: 'UDP',
            appProtocol: 'kubernetes.io/h2c',
          },
        ],
      },
    }),
  );
  expect(Object.fromEntries(origins)).toMatchObject({
    '': from('services', 'web'),
    '/metadata/name': from('services', 'web'),
    '/spec/ports/0': from(...ports, 0, 'target'),
    '/spec/ports/1/protocol': from(...ports, 1, 'protocol'),
  });
});

test('is headless when asked, and keeps what asked', () => {
  const { object, origins } = service(
    networkName({ isHeadless: at(true, 'services', 'web', 'endpoint_mode') }),
    context(),
  );
  expect(object).toEqual({ ...head, spec: { clusterIP: 'None', selector: selector('web') } });
  expect(origins.get('/spec/clusterIP')).toEqual(from('services', 'web', 'endpoint_mode'));
});

test('is headless when the plan alone decided so', () => {
  expect(service(networkName({ isHeadless: true }), context()).object).toEqual({
    ...head,
    spec: { clusterIP: 'None', selector: selector('web') },
  });
});

test('leads to pods that are not ready where these become ready by way of it', () => {
  expect(service(networkName({ reachesUnready: true }), context()).object).toEqual({
    ...head,
    spec: { publishNotReadyAddresses: true, selector: selector('web') },
  });
});

test('is reached from outside when asked', () => {
  const outside = networkName({
    name: at('web-external', 'services', 'web'),
    type: 'LoadBalancer',
    externalTrafficPolicy: at('Local', 'services', 'web', 'labels', 'x'),
    annotations: [{ key: 'a', value: at('b', 'x') }],
  });
  expect(JSON.stringify(service(outside, context()).object)).toBe(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web-external', labels: labels('web'), annotations: { a: 'b' } },
      spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', selector: selector('web') },
    }),
  );
});

test('may select pods of several workloads by a label, and leaves defaults out', () => {
  const alias = networkName({ selects: [['compose.alias/db', 'true']], externalTrafficPolicy: at('Cluster', 'x') });
  expect(service(alias, context()).object).toEqual({ ...head, spec: { selector: { 'compose.alias/db': 'true' } } });
});
