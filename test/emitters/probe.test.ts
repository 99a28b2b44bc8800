import { expect, test } from 'vitest';
import { probe } from '../../src/emitters/probe.ts';
import type { ProbeAction } from '../../src/model/pod.ts';
import { at } from '../support/draft.ts';
import { probe as asked, taken } from '../support/plan.ts';

const numbers = { periodSeconds: 30, timeoutSeconds: 30, failureThreshold: 3 };

test('writes all numbers, and where they were said', () => {
  const command = [at('redis-cli', 'services', 'db', 'healthcheck', 'test', 1), 'ping'];
  const { plain, said } = taken(probe(asked({ action: { kind: 'exec', command }, successThreshold: 1 })));
  expect(JSON.stringify(plain)).toBe(
    JSON.stringify({
      exec: { command: ['redis-cli', 'ping'] },
      periodSeconds: 30,
      timeoutSeconds: 30,
      successThreshold: 1,
      failureThreshold: 3,
    }),
  );
  expect(said).toEqual({
    '': 'services.web.healthcheck',
    '/exec/command/0': 'services.db.healthcheck.test[1]',
    '/periodSeconds': 'services.web.healthcheck.interval',
    '/timeoutSeconds': 'services.web.healthcheck.timeout',
    '/failureThreshold': 'services.web.healthcheck.retries',
  });
});

const host = { name: 'Host', value: 'localhost' };

test.each<[string, ProbeAction, object]>([
  [
    'HTTP',
    { kind: 'http', port: 'http', path: '/up', isHttps: false, headers: [] },
    { httpGet: { path: '/up', port: 'http' } },
  ],
  [
    'HTTPS with headers',
    { kind: 'http', port: 'web', path: '/', isHttps: true, headers: [host] },
    { httpGet: { path: '/', port: 'web', scheme: 'HTTPS', httpHeaders: [host] } },
  ],
  ['TCP', { kind: 'tcp', port: 'redis' }, { tcpSocket: { port: 'redis' } }],
  ['gRPC', { kind: 'grpc', port: 9000, service: undefined }, { grpc: { port: 9000 } }],
  ['gRPC of one service', { kind: 'grpc', port: 9000, service: 'live' }, { grpc: { port: 9000, service: 'live' } }],
])('asks over %s', (_, action, written) => {
  expect(taken(probe(asked({ action }))).plain).toEqual({ ...written, ...numbers });
});
