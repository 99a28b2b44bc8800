import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { ServiceSays } from '../../src/model/draft.ts';
import type { Options } from '../../src/model/options.ts';
import { findOneShots, serverSign } from '../../src/passes/find-one-shots.ts';
import { sharePods } from '../../src/passes/share-pods.ts';
import { at, dependency, draftOf, from, health, port } from '../support/draft.ts';

function oneShots(services: Readonly<Record<string, ServiceSays>>, options: Partial<Options> = {}) {
  const draft = draftOf({ services, options });
  const found = findOneShots(draft, sharePods(draft, new Report()));
  return Object.fromEntries(
    [...found].map(([name, { because, before }]) => [name, before === undefined ? because : `before ${before}`]),
  );
}

const restart = (policy: 'no' | 'on-failure' | 'always'): ServiceSays => ({
  restart: { policy: at(policy), maxAttempts: undefined },
});
const awaits = (service: string, ...others: readonly string[]): ServiceSays => ({
  dependencies: others.map((other) => dependency(service, other, 'service_completed_successfully')),
});
const mode = (value: 'global' | 'replicated' | 'replicated-job' | 'global-job'): ServiceSays => ({ mode: at(value) });

test.each([
  [{ ports: [port('a', 0, 80)] }, 'ports'],
  [{ exposed: [{ port: at(80), protocol: at('tcp') }] }, 'expose'],
  [{ healthCheck: health('a', 'true') }, 'a healthcheck'],
  [{ networks: [{ network: 'n', aliases: [at('x')], ipv4: undefined, origin: from() }] }, 'network aliases'],
  [{ replicas: at(2) }, 'several replicas'],
  [
    {
      ports: [],
      exposed: [],
      replicas: at(1),
      networks: [{ network: 'n', aliases: [], ipv4: undefined, origin: from() }],
    },
    undefined,
  ],
] as readonly [ServiceSays, string | undefined][])('a service with %o is a server because of %s', (says, sign) => {
  expect(serverSign({ name: 'a', origin: from('services', 'a'), ...says })).toBe(sign);
});

test('job modes, an awaited end, and an explicit policy make one-shots; saying nothing does not', () => {
  expect(
    oneShots({
      every: mode('global-job'),
      some: mode('replicated-job'),
      global: { ...mode('global'), ...restart('no') },
      no: restart('no'),
      failing: restart('on-failure'),
      always: restart('always'),
      silent: {},
      server: { ...restart('no'), ports: [port('server', 0, 80)] },
      awaited: { ports: [port('awaited', 0, 80)] },
      plugin: { provider: at('x'), ...restart('no') },
      one: awaits('one', 'awaited', 'plugin'),
      two: awaits('two', 'awaited'),
    }),
  ).toEqual({
    every: 'deploy.mode is global-job',
    some: 'deploy.mode is replicated-job',
    no: "its restart policy is no, and nothing about it is a server's",
    failing: "its restart policy is on-failure, and nothing about it is a server's",
    awaited: 'one waits for its end',
  });
});

test('a one-shot of one service runs before it, also in a row', () => {
  expect(oneShots({ a: {}, b: awaits('b', 'a'), web: awaits('web', 'b') })).toEqual({ a: 'before b', b: 'before web' });
});

test.each([
  ['somebody else depends on it', { other: { dependencies: [dependency('other', 'one')] } }],
  ['somebody else links to it', { other: { links: [{ service: 'one', alias: undefined, origin: from() }] } }],
  ['its dependent has replicas', { web: { ...awaits('web', 'one'), replicas: at(2) } }],
  [
    'its dependent is scaled',
    {
      web: {
        ...awaits('web', 'one'),
        wishes: { scaling: { min: undefined, max: at(3), cpu: undefined, memory: undefined, origin: from() } },
      },
    },
  ],
  ['its dependent runs on every node', { web: { ...awaits('web', 'one'), ...mode('global') } }],
  ['its dependent is asked to', { web: { ...awaits('web', 'one'), wishes: { kind: at('DaemonSet') } } }],
  ['its dependent has no container', { web: { ...awaits('web', 'one'), provider: at('x') } }],
  ['it has replicas', { one: { replicas: at(2) } }],
  ['it is a job by its mode', { one: mode('replicated-job') }],
  ['a label asks for a kind', { one: { wishes: { kind: at('Job') } } }],
  ['its dependent shares a pod', { side: { networkMode: at({ kind: 'service', service: 'web' }) } }],
] as readonly [string, Readonly<Record<string, ServiceSays>>][])(
  'a one-shot is a Job of its own when %s',
  (_name, services) => {
    expect(Object.keys(oneShots({ one: {}, web: awaits('web', 'one'), ...services }))).toContain('one');
    expect(oneShots({ one: {}, web: awaits('web', 'one'), ...services })['one']).not.toMatch(/^before/);
  },
);

test('without init containers a one-shot is a Job of its own', () => {
  const services = { one: {}, web: awaits('web', 'one') };
  expect(oneShots(services, { dependsOn: 'order' })).toEqual({ one: 'web waits for its end' });
  expect(oneShots(services, { dependsOn: 'none' })).toEqual({ one: 'web waits for its end' });
});

test('a pod is a one-shot only if all of it is', () => {
  const side = { networkMode: at({ kind: 'service', service: 'one' } as const) };
  expect(oneShots({ one: restart('no'), side })).toEqual({});
  expect(Object.keys(oneShots({ one: restart('no'), side: { ...side, ...restart('no') } }))).toEqual(['one', 'side']);
});
