import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { ServiceSays } from '../../src/model/draft.ts';
import { fingerprint } from '../../src/model/fingerprint.ts';
import type { Container } from '../../src/model/pod.ts';
import { assemblePods } from '../../src/passes/assemble-pods.ts';
import type { Isolation, Prelude, Startup } from '../../src/passes/decisions.ts';
import { decidedOf } from '../support/decided.ts';
import { at, type DraftLiteral, dependency, from, mount, named, port, said } from '../support/draft.ts';
import { container } from '../support/plan.ts';

interface Before {
  readonly preludes?: Readonly<Record<string, Partial<Prelude>>>;
  readonly sidecars?: readonly string[];
  readonly order?: readonly string[];
}

function assembled(literal: DraftLiteral, { preludes = {}, sidecars = [], order }: Before = {}) {
  const decided = decidedOf(literal);
  const report = new Report();
  const isolation: Isolation = {
    policies: [],
    networkLabels: (service) => [
      { key: `compose.network/${service === 'init' ? 'back' : 'front'}`, value: 'true', origin: from(service) },
    ],
  };
  const startup: Startup = {
    initContainers: (service) => preludes[service]?.initContainers ?? [],
    volumes: (service) => preludes[service]?.volumes ?? [],
    account: (service) => preludes[service]?.account,
    isSidecar: (service) => sidecars.includes(service),
    accounts: [],
    order: order ?? Object.keys(literal.services),
  };
  const assembler = assemblePods(decided, isolation, report);
  const workloads = assembler.workloads(startup);
  const [first] = workloads;
  if (first === undefined) throw new Error('no workload');
  return { assembler, workloads, first, said: said(report) };
}

function names(containers: readonly Container[]): readonly string[] {
  return containers.map(({ name }) => (typeof name === 'string' ? name : name.value));
}

const inPodOf = (host: string): ServiceSays => ({ networkMode: at({ kind: 'service', service: host }) });
const mounts = (service: string, volume = 'data'): ServiceSays => ({
  mounts: [mount(service, 0, named(service, 0, volume), '/data')],
});
const wait = container({ name: 'wait-db', image: 'busybox' });

test('a service that says nothing more than an image is a plain Deployment', () => {
  const { workloads, said } = assembled({ services: { web: { image: at('nginx', 'i') } } });
  expect(workloads).toEqual([
    {
      name: at('web', 'services', 'web'),
      service: 'web',
      controller: {
        kind: 'deployment',
        replicas: undefined,
        strategy: { kind: 'default' },
        minReadySeconds: undefined,
        progressDeadlineSeconds: undefined,
      },
      annotations: [],
      pod: expect.objectContaining({
        labels: [{ key: 'compose.network/front', value: 'true', origin: from('web') }],
        initContainers: [],
        containers: [container({ name: at('web', 'services', 'web'), image: at('nginx', 'i') })],
        volumes: [],
        restartPolicy: undefined,
        serviceAccount: undefined,
      }),
      origin: from('services', 'web'),
    },
  ]);
  expect(said).toEqual([]);
});

test('a StatefulSet has the templates and the Service of its service', () => {
  const { first } = assembled({
    services: { Db_1: { ...mounts('Db_1'), replicas: at(1, 'r') } },
    volumes: { data: {} },
  });
  expect(first.controller).toEqual({
    kind: 'stateful-set',
    replicas: at(1, 'r'),
    serviceName: 'db-1',
    claimTemplates: [expect.objectContaining({ name: 'data' })],
    strategy: { kind: 'default' },
    isParallel: false,
    minReadySeconds: undefined,
  });
  expect(first.pod.volumes).toEqual([]);
});

test('labels of deploy annotate the workload', () => {
  const label = (value: string) => ({ key: 'team', value: at(value) });
  const { first } = assembled({
    services: {
      web: { serviceAnnotations: [label('a')] },
      side: { ...inPodOf('web'), serviceAnnotations: [label('b'), { key: 'x', value: at('y') }] },
    },
  });
  expect(first.annotations).toEqual([label('a'), { key: 'x', value: at('y') }]);
});

test('a companion is in the pod of its host, with its volumes, labels and aliases', () => {
  const alias = { networks: [{ network: 'n', aliases: [at('vpn-alias')], ipv4: undefined, origin: from('n') }] };
  const { workloads, first } = assembled({
    services: {
      vpn: { ...mounts('vpn', 'shared'), ...alias },
      app: { ...inPodOf('vpn'), ...mounts('app', 'shared') },
      other: mounts('other', 'shared'),
    },
    volumes: { shared: {} },
  });
  expect(workloads.map(({ name }) => name.value)).toEqual(['vpn', 'other']);
  expect(names(first.pod.containers)).toEqual(['vpn', 'app']);
  expect(first.pod.volumes.map(({ name }) => name)).toEqual(['shared']);
  expect(first.pod.labels.map(({ key }) => key)).toEqual(['compose.network/front', 'compose.alias/vpn-alias']);
  expect(first.controller).toMatchObject({
    strategy: { kind: 'recreate', origin: from('services', 'vpn', 'volumes', 0) },
  });
});

test('what goes before comes first, sidecars last, and names of containers of services stay', () => {
  const one = { dependencies: [dependency('web', 'init', 'service_completed_successfully')] };
  const { first, assembler } = assembled(
    {
      services: { web: { ...one, ...mounts('web'), containerName: at('wait-db', 'n') }, init: mounts('init', 'other') },
      volumes: { data: {}, other: {} },
      options: { seedVolumes: true },
    },
    {
      preludes: {
        web: {
          initContainers: [wait, container({ name: 'init' })],
          account: 'web-wait',
          volumes: [{ name: 'token', source: { kind: 'token' }, origin: from('t') }],
        },
      },
    },
  );
  expect(names(first.pod.initContainers)).toEqual(['seed-data-wait-db', 'wait-db-2', 'init']);
  expect(names(first.pod.containers)).toEqual(['wait-db']);
  expect(first.pod.volumes.map(({ name }) => name)).toEqual(['token']);
  expect(first.controller).toMatchObject({ claimTemplates: [{ name: 'data' }, { name: 'other' }] });
  expect(first.pod.serviceAccount).toBe('web-wait');
  expect(first.pod.labels.map(({ key }) => key)).toEqual(['compose.network/front', 'compose.network/back']);
  expect(assembler.containerOf('init')).toMatchObject({ name: at('init', 'services', 'init') });
  expect(assembler.containerOf('init')).toBe(assembler.containerOf('init'));
  expect(() => assembler.containerOf('gone')).toThrow('no service is called gone');
});

test('a container that its companions wait for is a sidecar before them', () => {
  const { first } = assembled(
    { services: { app: { ...inPodOf('vpn') }, vpn: {} } },
    { preludes: { vpn: { initContainers: [wait] } }, sidecars: ['vpn'] },
  );
  expect(names(first.pod.initContainers)).toEqual(['wait-db', 'vpn']);
  expect(first.pod.initContainers.map(({ isSidecar }) => isSidecar)).toEqual([false, true]);
  expect(names(first.pod.containers)).toEqual(['app']);
});

test('an account that is asked for is the account of the pod', () => {
  const { first } = assembled(
    { services: { web: { wishes: { serviceAccountName: at('robot', 'l') } } } },
    { preludes: { web: { account: 'web-wait' } } },
  );
  expect(first.pod.serviceAccount).toEqual(at('robot', 'l'));
});

test('a workload comes after all that its containers need', () => {
  const services = { vpn: {}, db: {}, app: inPodOf('vpn'), plugin: { provider: at('x') } };
  const { workloads } = assembled({ services }, { order: ['vpn', 'db', 'app', 'plugin'] });
  expect(workloads.map(({ service }) => service)).toEqual(['db', 'vpn']);
});

test.each([
  [undefined, 'Never', 0, true],
  [{ policy: at('no', 'p'), maxAttempts: undefined }, at('Never', 'p'), at(0, 'p'), true],
  [{ policy: at('on-failure', 'p'), maxAttempts: at(3, 'm') }, at('OnFailure', 'p'), at(3, 'm'), false],
  [{ policy: at('on-failure', 'p'), maxAttempts: undefined }, at('OnFailure', 'p'), undefined, false],
  [{ policy: at('always', 'p'), maxAttempts: undefined }, at('OnFailure', 'p'), undefined, false],
] as readonly [ServiceSays['restart'], unknown, unknown, boolean][])(
  'a Job with restart %o',
  (restart, restartPolicy, backoffLimit, ignoresDisruption) => {
    const { first } = assembled({ services: { once: { mode: at('replicated-job'), replicas: at(2, 'r'), restart } } });
    expect(first.controller).toEqual({ kind: 'job', completions: at(2, 'r'), backoffLimit, ignoresDisruption });
    expect(first.pod.restartPolicy).toEqual(restartPolicy);
  },
);

test('the name of a Job ends in its fingerprint, and is settled when it is asked for', () => {
  const services: Readonly<Record<string, ServiceSays>> = { once: { mode: at('replicated-job') } };
  const { first } = assembled({ services });
  expect(first.name).toEqual(at(`once-${fingerprint(first)}`, 'services', 'once'));
  const asked = assembled({ services }, { preludes: { once: { initContainers: [wait] } } });
  expect(asked.first.name.value).not.toBe(first.name.value);
  expect(asked.assembler.jobNameOf('once', { initContainers: [], volumes: [], account: undefined })).toBe(
    asked.first.name.value,
  );
  expect(asked.assembler.jobNameOf('gone', { initContainers: [], volumes: [], account: undefined })).toBe('gone');
});

test('the name of a Job is at most 63 characters long', () => {
  const long = `${'x'.repeat(53)}-${'y'.repeat(9)}`;
  const { first } = assembled({ services: { [long]: { mode: at('replicated-job') } } });
  expect(first.name.value).toBe(`${'x'.repeat(53)}-${fingerprint(first)}`);
  expect(first.name.value).toHaveLength(62);
});

test('a global job runs before a container that only holds the pod', () => {
  const { first } = assembled(
    { services: { each: { image: at('tool', 'i'), mode: at('global-job') } } },
    { preludes: { each: { initContainers: [wait] } } },
  );
  expect(names(first.pod.initContainers)).toEqual(['wait-db', 'each']);
  expect(first.pod.containers).toEqual([
    container({ name: 'pause', image: 'registry.k8s.io/pause:3.10.1', origin: from('services', 'each') }),
  ]);
  expect(first.controller).toEqual({ kind: 'daemon-set', strategy: { kind: 'default' }, minReadySeconds: undefined });
  expect(first.pod.restartPolicy).toBeUndefined();
});

test('a CronJob has the schedule and the limits of its labels', () => {
  const wishes = { schedule: at('@daily', 's'), concurrencyPolicy: at('Forbid', 'c'), backoffLimit: at(2, 'b') };
  const { first } = assembled({ services: { report: { wishes } } });
  expect(first.controller).toEqual({ kind: 'cron-job', ...wishes });
  expect([first.name.value, first.pod.restartPolicy]).toEqual(['report', 'Never']);
  const without = assembled({
    services: { report: { image: at('tool'), wishes: { kind: at('CronJob', 'services', 'report', 'labels') } } },
  });
  expect(without.first.controller.kind).toBe('job');
  expect(without.said).toEqual(['error assemble-pods/no-schedule services.report.labels: a CronJob needs a schedule']);
});

test('what an autoscaler sets is left out', () => {
  const scaling = { min: undefined, max: at(3), cpu: at(50), memory: undefined, origin: from('s') };
  const { first, said } = assembled({
    services: {
      web: { image: at('nginx'), replicas: at(2, 'services', 'web', 'deploy', 'replicas'), wishes: { scaling } },
    },
  });
  expect(first.controller).toMatchObject({ kind: 'deployment', replicas: undefined });
  expect(said).toEqual([
    'info assemble-pods/scaled-by-others services.web.deploy.replicas: the number of replicas is left out, since the autoscaler sets it',
  ]);
});

test('ports and the network of the node let one pod of a kind be at a time', () => {
  const strategy = (says: ServiceSays) => {
    const { controller } = assembled({ services: { web: says } }).first;
    return controller.kind === 'deployment' ? controller.strategy : undefined;
  };
  const rolling = (...path: readonly (string | number)[]) => ({
    kind: 'rolling',
    maxSurge: 0,
    maxUnavailable: undefined,
    origin: from(...path),
  });
  expect(strategy({ ports: [port('web', 0, 80, { mode: 'host' })] })).toEqual(rolling('services', 'web', 'ports', 0));
  expect(strategy({ ports: [port('web', 0, 80)] })).toEqual({ kind: 'default' });
  expect(strategy({ networkMode: at({ kind: 'host' }, 'n') })).toEqual(rolling('n'));
});

test('a pod of Windows nodes is one as long as it says nothing that only Linux knows', () => {
  const platform = { os: at('windows', 'o'), arch: undefined };
  const systems = [
    assembled({ services: { web: { platform } } }),
    assembled({ services: { web: { platform: { os: at('linux', 'o'), arch: undefined } } } }),
    assembled({ services: { web: { platform, readOnlyRoot: at(true) } } }),
    assembled({ services: { web: { platform, hostPid: at(true) } } }),
    assembled({ services: { web: { platform, groups: [at(44)] } } }),
    assembled({ services: { web: { platform } } }, { preludes: { web: { initContainers: [wait] } } }),
  ].map(({ first }) => first.pod.system);
  expect(systems).toEqual([at('windows', 'o'), undefined, undefined, undefined, undefined, at('windows', 'o')]);
});
