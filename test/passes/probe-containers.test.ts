import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { Located } from '../../src/kernel/located.ts';
import type { ServiceDraft } from '../../src/model/draft.ts';
import type { HealthCheck } from '../../src/model/facts.ts';
import type { ContainerPort } from '../../src/model/pod.ts';
import { findMentions } from '../../src/passes/find-mentions.ts';
import { askingOthers, type Probed, probeContainer, tellUnprobed } from '../../src/passes/probe-containers.ts';
import { at, draftOf, from, health, port, said } from '../support/draft.ts';

const ports = [
  { name: 'udp-80', port: at(80), protocol: at<'udp' | 'tcp'>('udp'), hostPort: undefined, hostIp: undefined },
  { name: 'tcp-80', port: at(80), protocol: at<'udp' | 'tcp'>('tcp'), hostPort: undefined, hostIp: undefined },
] satisfies readonly ContainerPort[];

function service(check: HealthCheck | undefined, target = 80): ServiceDraft {
  return { name: 'web', origin: from('services', 'web'), healthCheck: check, ports: [port('web', 0, target)] };
}

function probes(subject: ServiceDraft, more: Partial<Probed> = {}) {
  return probeContainer(subject, {
    variables: new Set(['X']),
    ports,
    isLongRunning: true,
    hasService: true,
    asksOthers: false,
    wantsLiveness: true,
    isWaitedFor: false,
    ...more,
  });
}

const path = ['services', 'web', 'healthcheck'] as const;
const exec = { kind: 'exec', command: ['/bin/sh', '-c', at('exit $$(X) $(Y)', ...path, 'test', 1)] };
const kinds = (found: ReturnType<typeof probes>) =>
  Object.entries(found).flatMap(([kind, probe]) => (probe === undefined ? [] : [kind]));

test('one test becomes three probes, with all numbers written', () => {
  const check = health('web', 'exit $(X) $(Y)', { interval: at(15, 'i'), timeout: at(5, 't'), retries: at(4, 'r') });
  const common = {
    action: exec,
    timeoutSeconds: at(5, 't'),
    periodSeconds: at(15, 'i'),
    failureThreshold: at(4, 'r'),
    successThreshold: undefined,
    origin: from(...path, 'test'),
  };
  expect(probes(service(check))).toEqual({
    readiness: { ...common, successThreshold: 1 },
    liveness: common,
    startup: { ...common, periodSeconds: at(5, ...path), failureThreshold: at(60, ...path) },
  });
});

test.each([
  [0, 30, 3, 5, 60],
  [40, 15, 4, 5, 60],
  [240, 30, 3, 5, 66],
  [600, 30, 3, 7, 99],
])(
  'start period %i, interval %i and retries %i in steps of %i make %i attempts',
  (start, interval, retries, step, threshold) => {
    const check = health('web', 'true', {
      startPeriod: at(start),
      interval: at(interval),
      retries: at(retries),
      startInterval: at(step),
    });
    expect(probes(service(check)).startup).toMatchObject({ periodSeconds: at(step), failureThreshold: at(threshold) });
  },
);

test('words of a test are escaped one by one', () => {
  const check = health('web', '', { test: { kind: 'exec', words: [at('check', 'a'), at('$(X)$$', 'b')] } });
  expect(probes(service(check)).readiness?.action).toEqual({
    kind: 'exec',
    command: [at('check', 'a'), at('$$(X)$$$$', 'b')],
  });
});

const http = {
  kind: 'http',
  port: 80,
  path: '/health?x=1',
  isHttps: true,
  host: 'localhost:80',
  headers: [{ name: 'Accept', value: 'text/plain' }],
  maxSeconds: undefined,
} as const;

test('a web request is made by the kubelet, with the host of the URL', () => {
  expect(probes(service(health('web', 'x', { network: http }))).readiness?.action).toEqual({
    kind: 'http',
    port: 'tcp-80',
    path: '/health?x=1',
    isHttps: true,
    headers: [
      { name: 'Host', value: 'localhost:80' },
      { name: 'Accept', value: 'text/plain' },
    ],
  });
  const headers = [{ name: 'host', value: 'example.com' }];
  expect(probes(service(health('web', 'x', { network: { ...http, headers } }))).readiness?.action).toMatchObject({
    headers,
  });
});

test('the shorter of two limits holds, at least a second', () => {
  const seconds = (max: number | undefined) =>
    probes(service(health('web', 'x', { network: { ...http, maxSeconds: max }, timeout: at(10, 't') }))).readiness
      ?.timeoutSeconds;
  expect([seconds(3), seconds(30), seconds(0), seconds(undefined)]).toEqual([
    at(3, 't'),
    at(10, 't'),
    at(1, 't'),
    at(10, 't'),
  ]);
});

test('connections and gRPC are asked by the kubelet as well', () => {
  const action = (network: HealthCheck['network']) =>
    probes(service(health('web', 'x', { network }))).readiness?.action;
  expect(action({ kind: 'tcp', port: 80 })).toEqual({ kind: 'tcp', port: 'tcp-80' });
  expect(action({ kind: 'grpc', port: 80, service: 'a' })).toEqual({ kind: 'grpc', port: 80, service: 'a' });
});

test('a port that is not declared may listen on loopback only, so the test stays a command', () => {
  const check = health('web', 'exit $(X) $(Y)', { network: { ...http, maxSeconds: 1 }, timeout: at(10, 't') });
  expect(probes(service(check, 81)).readiness).toMatchObject({ action: exec, timeoutSeconds: at(10, 't') });
  expect(probes(service(check), { ports: [] }).readiness?.action).toEqual(exec);
  const exposed: ServiceDraft = {
    ...service(check, 81),
    ports: undefined,
    exposed: [{ port: at(80), protocol: at('tcp') }],
  };
  expect(probes(exposed).readiness?.action).toMatchObject({ kind: 'http' });
  const udp: ServiceDraft = { ...service(check, 81), exposed: [{ port: at(80), protocol: at('udp') }] };
  expect(probes(udp).readiness?.action).toEqual(exec);
});

test('liveness and startup go together, and not everybody has them', () => {
  const check = service(health('web', 'true'));
  expect(kinds(probes(check, { wantsLiveness: false }))).toEqual(['readiness']);
  expect(kinds(probes(check, { asksOthers: true }))).toEqual(['readiness']);
  expect(kinds(probes(check, { isLongRunning: false }))).toEqual(['readiness']);
  expect(kinds(probes(check, { isLongRunning: false, hasService: false }))).toEqual([]);
  expect(kinds(probes(check, { hasService: false }))).toEqual(['readiness', 'liveness', 'startup']);
  expect(kinds(probes(service(undefined)))).toEqual([]);
});

test('a sidecar that others wait for has a startup probe in any case', () => {
  expect(kinds(probes(service(health('web', 'true')), { wantsLiveness: false, isWaitedFor: true }))).toEqual([
    'readiness',
    'startup',
  ]);
});

test('a test that speaks to another service is told from one that speaks to its own', () => {
  const draft = draftOf({
    services: {
      web: { healthCheck: health('web', 'nc -z db 5432') },
      own: { healthCheck: health('own', 'curl http://own:80') },
      alias: { healthCheck: health('alias', 'curl http://database:80') },
      named: { healthCheck: health('named', 'curl http://pg:80') },
      hosted: { healthCheck: health('hosted', 'curl http://pg-host:80') },
      word: { healthCheck: health('word', 'pg_isready -U db') },
      caller: { environment: [] },
      db: {
        networks: [{ network: 'n', aliases: [at('database')], ipv4: undefined, origin: from() }],
        containerName: at('pg'),
        hostname: at('pg-host'),
      },
    },
  });
  const mentions = findMentions(draft, { texts: [] } as never);
  expect([...askingOthers(draft, mentions)].sort()).toEqual(['alias', 'hosted', 'named', 'web']);
});

test('what no probe has come of is told', () => {
  const source = { name: 'compose.yaml', text: '' };
  const place = (start: number, ...rest: readonly string[]) => ({
    path: [...path, ...rest],
    span: { source, start, end: start },
  });
  const told = (check: HealthCheck | undefined, more: Partial<Probed> = {}) => {
    const report = new Report();
    tellUnprobed(service(check), probes(service(check), more), report);
    return said(report);
  };
  const unsaid = { startPeriod: new Located(0, place(1)), startInterval: new Located(5, place(1)), origin: place(1) };
  const slow = health('web', 'true', {
    startPeriod: new Located(40, place(2, 'start_period')),
    startInterval: new Located(2, place(3, 'start_interval')),
    origin: place(1),
  });
  expect(told(undefined)).toEqual([]);
  expect(told(slow)).toEqual([]);
  expect(told(health('web', 'true', unsaid), { wantsLiveness: false })).toEqual([]);
  expect(told(slow, { isLongRunning: false, hasService: false })).toEqual([
    'info probe-containers/no-probe services.web.healthcheck: the health check is not used: nothing restarts or calls a container that runs to its end',
  ]);
  const unused = (key: string) =>
    `info probe-containers/no-startup services.web.healthcheck.${key}: ${key} is not used: only a liveness probe has to wait for the start, and this container has none`;
  expect(told(slow, { wantsLiveness: false })).toEqual([unused('start_period'), unused('start_interval')]);
});
