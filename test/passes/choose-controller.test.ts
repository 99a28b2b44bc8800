import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { ServiceSays } from '../../src/model/draft.ts';
import type { RestartDraft } from '../../src/model/facts.ts';
import { chooseControllers, storageKey } from '../../src/passes/choose-controller.ts';
import { resolveBinds } from '../../src/passes/resolve-binds.ts';
import { sharePods } from '../../src/passes/share-pods.ts';
import {
  at,
  bind,
  type DraftLiteral,
  dependency,
  draftOf,
  mount,
  named,
  port,
  said,
  settledSilently,
} from '../support/draft.ts';

function chosen(services: Readonly<Record<string, ServiceSays>>, more: Omit<DraftLiteral, 'services'> = {}) {
  const draft = draftOf({ services, volumes: { data: {}, other: {} }, ...more });
  const groups = sharePods(draft, new Report());
  const mounts = resolveBinds(draft, groups, new Report());
  const report = new Report();
  const roles = chooseControllers(draft, groups, mounts, report);
  return {
    roles: Object.fromEntries(
      [...roles].map(([name, { kind, of }]) => [name, of === undefined ? kind : `${kind} of ${of}`]),
    ),
    because: (name: string) => roles.get(name)?.because,
    said: said(report),
    settled: settledSilently(report),
  };
}

function mounts(service: string, ...volumes: readonly string[]): ServiceSays {
  return {
    mounts: volumes.map((volume, index) =>
      mount(service, index, named(service, index, volume.replace(':ro', '')), `/mnt/${index}`, {
        isReadOnly: volume.endsWith(':ro'),
      }),
    ),
  };
}

const inPodOf = (host: string): ServiceSays => ({ networkMode: at({ kind: 'service', service: host }) });
const awaits = (service: string, other: string): ServiceSays => ({
  dependencies: [dependency(service, other, 'service_completed_successfully')],
});
const policy = (service: string, value: RestartDraft['policy']['value'], attempts?: number): ServiceSays => ({
  restart: {
    policy: at(value, 'services', service, 'restart'),
    maxAttempts:
      attempts === undefined
        ? undefined
        : at(attempts, 'services', service, 'deploy', 'restart_policy', 'max_attempts'),
  },
});

test('the first rule of the table that holds decides', () => {
  const { roles, because } = chosen({
    wished: { ...mounts('wished', 'data'), wishes: { kind: at('Deployment') }, mode: at('global') },
    timed: { wishes: { schedule: at('0 3 * * *') } },
    agent: { mode: at('global') },
    each: { mode: at('global-job') },
    some: { mode: at('replicated-job') },
    migrate: {},
    web: awaits('web', 'migrate'),
    once: policy('once', 'no'),
    db: mounts('db', 'other'),
    vpn: {},
    torrent: inPodOf('vpn'),
    plugin: { provider: at('x') },
  });
  expect(roles).toEqual({
    wished: 'deployment',
    timed: 'cron-job',
    agent: 'daemon-set',
    each: 'global-job',
    some: 'job',
    migrate: 'init-container of web',
    web: 'deployment',
    once: 'job',
    db: 'stateful-set',
    vpn: 'deployment',
    torrent: 'companion of vpn',
  });
  expect(['wished', 'timed', 'agent', 'each', 'migrate', 'once', 'db', 'vpn', 'torrent'].map(because)).toEqual([
    'a label asks for a Deployment',
    'a label gives it the schedule 0 3 * * *',
    'deploy.mode is global',
    'deploy.mode is global-job',
    'only web waits for its end',
    "its restart policy is no, and nothing about it is a server's",
    'it is one pod, and alone writes to the volume other',
    'it keeps running, and any of its pods can be replaced',
    'it uses the network of vpn',
  ]);
});

test.each([
  ['another service mounts it', { db: mounts('db', 'data'), backup: mounts('backup', 'data:ro') }, 'deployment'],
  ['it is only read', { db: mounts('db', 'data:ro') }, 'deployment'],
  ['there are replicas', { db: { ...mounts('db', 'data'), replicas: at(2) } }, 'deployment'],
  ['there are none at the moment', { db: { ...mounts('db', 'data'), replicas: at(0) } }, 'stateful-set'],
  ['one of two is its own', { db: mounts('db', 'data', 'other'), web: mounts('web', 'data') }, 'stateful-set'],
  ['it is mounted twice', { db: mounts('db', 'data', 'data:ro') }, 'stateful-set'],
  ['a companion mounts it', { db: {}, side: { ...inPodOf('db'), ...mounts('side', 'data') } }, 'stateful-set'],
  [
    'its one-shot mounts it too',
    { init: mounts('init', 'data'), db: { ...mounts('db', 'data'), ...awaits('db', 'init') } },
    'stateful-set',
  ],
] as readonly [string, Readonly<Record<string, ServiceSays>>, string][])(
  'a service with a volume is stateful by its use: %s',
  (_name, services, kind) => {
    expect(chosen(services).roles['db']).toBe(kind);
  },
);

test('a folder that became a claim makes a service stateful', () => {
  const db = { mounts: [mount('db', 0, bind('db', 0, '/shop/pgdata'), '/data')] };
  expect(chosen({ db }).roles).toEqual({ db: 'stateful-set' });
  expect(chosen({ db }, { files: { '/shop/pgdata/a.conf': 'x' } }).roles).toEqual({ db: 'deployment' });
});

test('storage is told apart by what it is', () => {
  const one = mount('a', 0, { kind: 'anonymous' }, '/x');
  expect(storageKey({ kind: 'volume', volume: 'x', mount: one })).toBe('volume x');
  expect(storageKey({ kind: 'own-claim', claim: 'x', mount: one })).toBe('claim x');
  expect(storageKey({ kind: 'empty', isMemory: false, size: undefined, mount: one })).toBeUndefined();
});

test('a kind that is asked for a companion is not used', () => {
  const kind = at('StatefulSet', 'services', 'app', 'labels', 'kompose.controller.type') as never;
  const { roles, said } = chosen({ vpn: {}, app: { ...inPodOf('vpn'), wishes: { kind } } });
  expect(roles).toEqual({ vpn: 'deployment', app: 'companion of vpn' });
  expect(said).toEqual([
    'warning choose-controller/kind-in-pod services.app.labels["kompose.controller.type"]: the kind StatefulSet is not used, because the container runs in the pod of vpn',
  ]);
});

test('a name that is too long for its kind gets another one', () => {
  const long = 'x'.repeat(53);
  const fits = 'y'.repeat(52);
  const label = (kind: 'StatefulSet' | 'Deployment') => ({ wishes: { kind: at(kind, 'services', long, 'labels') } });
  expect(chosen({ [long]: mounts(long, 'data'), [fits]: mounts(fits, 'other') })).toMatchObject({
    roles: { [long]: 'deployment', [fits]: 'stateful-set' },
    said: [],
  });
  expect(chosen({ [long]: label('Deployment') })).toMatchObject({ roles: { [long]: 'deployment' }, said: [] });
  const message = (kind: string) =>
    `warning choose-controller/name-too-long services.${long}.labels: the name of the service is too long for a ${kind}, which takes 52 characters`;
  expect(chosen({ [long]: label('StatefulSet') })).toMatchObject({
    roles: { [long]: 'deployment' },
    said: [message('StatefulSet')],
  });
  const scheduled = { wishes: { schedule: at('@daily', 'services', long, 'labels') } };
  expect(chosen({ [long]: scheduled })).toMatchObject({ roles: { [long]: 'deployment' }, said: [message('CronJob')] });
});

test('the policy of a Job is kept', () => {
  const none = chosen({ a: policy('a', 'no') });
  expect([none.said, none.settled]).toEqual([[], ['services.a.restart converted']]);
  const counted = chosen({ a: policy('a', 'on-failure', 3) });
  expect(counted.settled).toEqual([
    'services.a.deploy.restart_policy.max_attempts converted',
    'services.a.restart converted',
  ]);
  const limited = chosen({ a: { ...policy('a', 'on-failure'), wishes: { backoffLimit: at(2) } } });
  expect([limited.said, limited.settled]).toEqual([[], ['services.a.restart converted']]);
  expect(chosen({ a: policy('a', 'on-failure') }).said).toEqual([
    'info choose-controller/gives-up services.a.restart: a Job gives up after six failures, where Docker would try for ever',
  ]);
  expect(chosen({ a: { ...policy('a', 'always'), mode: at('replicated-job') } }).said).toEqual([
    'warning choose-controller/job-ends services.a.restart: a Job ends with its first success, whatever restart: always says',
  ]);
});

test('a policy of a swarm is told in its own words', () => {
  const condition = (value: RestartDraft['policy']['value']): ServiceSays => ({
    restart: { policy: at(value, 'services', 'a', 'deploy', 'restart_policy', 'condition'), maxAttempts: undefined },
    mode: at('global'),
  });
  const end = (says: ServiceSays) => chosen({ a: says }).said.map((text) => text.replace(/.*whatever /, ''));
  expect([condition('no'), condition('on-failure'), condition('always')].map(end)).toEqual([
    ['condition: none says'],
    ['condition: on-failure says'],
    [],
  ]);
  expect(end({ ...condition('always'), mode: at('replicated-job') })).toEqual(['condition: any says']);
});

test('a policy that cannot be kept is told', () => {
  expect(chosen({ web: { ...policy('web', 'no'), ports: [port('web', 0, 80)] } }).said).toEqual([
    'warning choose-controller/server-restarts services.web.restart: a service with ports is restarted after every exit, whatever restart: no says',
  ]);
  expect(chosen({ web: {}, side: { ...policy('side', 'on-failure'), ...inPodOf('web') } }).said).toEqual([
    'warning choose-controller/companion-restarts services.side.restart: the container shares the pod of web, which is restarted after every exit, whatever restart: on-failure says',
  ]);
  expect(chosen({ agent: { ...policy('agent', 'no'), mode: at('global') } }).said).toEqual([
    'warning choose-controller/kind-restarts services.agent.restart: a DaemonSet is restarted after every exit, whatever restart: no says',
  ]);
  expect(chosen({ web: policy('web', 'unless-stopped') })).toMatchObject({ said: [], settled: [] });
});

test('an init container runs until it succeeds', () => {
  const web = awaits('web', 'one');
  expect(chosen({ one: policy('one', 'on-failure'), web })).toMatchObject({
    said: [],
    settled: ['services.one.restart converted'],
  });
  expect(chosen({ one: policy('one', 'no'), web }).said).toEqual([
    'warning choose-controller/runs-again services.one.restart: as an init container of web it runs until it succeeds, whatever restart: no says',
  ]);
  expect(chosen({ each: { ...policy('each', 'on-failure', 3), mode: at('global-job') } }).said).toEqual([
    'warning choose-controller/runs-again services.each.restart: as an init container of a pod on each node it runs until it succeeds, whatever restart: on-failure says',
  ]);
});
