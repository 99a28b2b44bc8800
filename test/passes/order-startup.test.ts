// cspell:ignore nslookup
import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { ServiceSays } from '../../src/model/draft.ts';
import { defaultOptions } from '../../src/model/options.ts';
import type { Container } from '../../src/model/pod.ts';
import type { ContainerOf, Prelude, Role, Startup } from '../../src/passes/decisions.ts';
import { findEndpoints } from '../../src/passes/find-endpoints.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { orderStartup } from '../../src/passes/order-startup.ts';
import { sharePods } from '../../src/passes/share-pods.ts';
import { waitContainer } from '../../src/passes/wait-containers.ts';
import {
  at,
  type DraftLiteral,
  dependency,
  draftOf,
  from,
  health,
  port,
  said,
  settledSilently,
  variable,
} from '../support/draft.ts';
import { mentionsIn, rolesOf } from '../support/network-draft.ts';

interface Outcome {
  readonly startup: Startup;
  readonly said: readonly string[];
  readonly settled: readonly string[];
}

function decided(
  literal: DraftLiteral,
  roles: Readonly<Record<string, Role['kind'] | `init of ${string}`>> = {},
): Outcome {
  const draft = draftOf(literal);
  const silent = new Report();
  const names = nameObjects(draft, silent);
  const groups = sharePods(draft, silent);
  const companions = [...draft.services.keys()].filter((name) => groups.hostOf(name) !== name);
  const allRoles = rolesOf(draft, { ...Object.fromEntries(companions.map((name) => [name, 'companion'])), ...roles });
  const endpoints = findEndpoints(draft, names, groups, allRoles, mentionsIn(draft), silent);
  const report = new Report();
  const containerOf: ContainerOf = (service) => {
    return { ...waitContainer(service, { kind: 'name', host: service }, false, from(), draft.options), name: service };
  };
  const jobNameOf = (service: string, before: Prelude) => `${service}-${before.initContainers.length}`;
  const startup = orderStartup(draft, names, groups, allRoles, endpoints, containerOf, jobNameOf, report);
  return { startup, said: said(report), settled: settledSilently(report) };
}

/** `name: command` */
function text({ name, command }: Container): string {
  return `${String(name)}: ${(command ?? []).map(String).join(' ')}`;
}

function steps({ startup }: Outcome, service: string): readonly string[] {
  return startup.initContainers(service).map(text);
}

function listening(service: string, number: number, more: ServiceSays = {}): ServiceSays {
  const path = ['services', service, 'expose', 0] as const;
  return { exposed: [{ port: at(number, ...path), protocol: at('tcp', ...path) }], ...more };
}

const checked = (service: string): ServiceSays => ({ healthCheck: health(service, 'true') });

test('a container of the same pod that comes earlier is started earlier', () => {
  const services = {
    vpn: {},
    app: {
      networkMode: at({ kind: 'service' as const, service: 'vpn' }),
      dependencies: [dependency('app', 'vpn', 'service_started')],
    },
  };
  const outcome = decided({ services });
  expect(outcome.said).toEqual([]);
  expect(outcome.settled).toContain('services.app.depends_on.vpn.condition converted');
  const later = {
    vpn: { dependencies: [dependency('vpn', 'app', 'service_started')] },
    app: { networkMode: services.app.networkMode },
  };
  expect(decided({ services: later }).said).toEqual([
    'warning choose-waits/started services.vpn.depends_on.app.condition: this dependency is not waited for: all pods start at once, and a container that needs another is restarted until it is there',
  ]);
});

test('a healthy service with a port is waited for by connecting to it', () => {
  const outcome = decided({
    services: {
      web: { dependencies: [dependency('web', 'db', 'service_healthy')] },
      db: listening('db', 5432, checked('db')),
    },
  });
  const origin = from('services', 'web', 'depends_on', 'db');
  expect(outcome.startup.initContainers('web')).toEqual([
    {
      name: 'wait-db',
      image: 'busybox:1.37',
      pullPolicy: undefined,
      command: ['sh', '-c', 'until nc -z -w 2 db 5432; do sleep 2; done'],
      args: undefined,
      workingDir: undefined,
      stdin: undefined,
      tty: undefined,
      ports: [],
      environmentFrom: [],
      environment: [],
      limits: new Map([['memory', at('16Mi', ...origin.path)]]),
      requests: new Map([
        ['cpu', at('5m', ...origin.path)],
        ['memory', at('8Mi', ...origin.path)],
      ]),
      readiness: undefined,
      liveness: undefined,
      startup: undefined,
      preStop: undefined,
      security: {
        runAsUser: 65534,
        runAsGroup: 65534,
        runAsNonRoot: true,
        privileged: undefined,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilitiesAdded: [],
        capabilitiesDropped: ['ALL'],
        seccomp: undefined,
        appArmor: undefined,
        seLinux: [],
        procMount: undefined,
      },
      mounts: [],
      isSidecar: false,
      origin,
    },
  ]);
  expect(outcome.said).toEqual([]);
  expect(outcome.settled).toEqual([
    'services.web.depends_on.db.condition converted',
    'services.web.depends_on.db.required converted',
  ]);
  expect(outcome.startup.order).toEqual(['db', 'web']);
  expect([outcome.startup.volumes('web'), outcome.startup.account('web'), outcome.startup.accounts]).toEqual([
    [],
    undefined,
    [],
  ]);
});

test('of several ports the one that the health test asks is tried', () => {
  const test = health('db', 'x', { network: { kind: 'tcp', port: 81 } });
  const outcome = decided({
    services: {
      web: { dependencies: [dependency('web', 'my_db', 'service_healthy')] },
      my_db: {
        exposed: [80, 81].map((number) => ({ port: at(number), protocol: at('tcp') })),
        healthCheck: test,
      },
    },
  });
  expect(steps(outcome, 'web')).toEqual(['wait-my-db: sh -c until nc -z -w 2 my-db 81; do sleep 2; done']);
});

test('a service that only has to be started is not waited for', () => {
  const outcome = decided({ services: { web: { dependencies: [dependency('web', 'db')] }, db: listening('db', 1) } });
  expect(steps(outcome, 'web')).toEqual([]);
  expect(outcome.said).toEqual([
    'warning choose-waits/started services.web.depends_on.db.condition: this dependency is not waited for: all pods start at once, and a container that needs another is restarted until it is there',
  ]);
});

test('a service without a healthcheck is waited for until it runs', () => {
  const outcome = decided({
    services: {
      web: { dependencies: [dependency('web', 'db', 'service_healthy')] },
      db: listening('db', 5432),
    },
  });
  expect(steps(outcome, 'web')).toHaveLength(1);
  expect(outcome.said).toEqual([
    'warning choose-waits/no-healthcheck services.web.depends_on.db.condition: web waits until db runs, since a healthcheck of its image cannot be seen here',
  ]);
});

test('a service of which no port is known is waited for by its name', () => {
  const outcome = decided({
    services: { web: { dependencies: [dependency('web', 'db', 'service_healthy')] }, db: checked('db') },
    options: { clusterDomain: 'k8s.example' },
  });
  expect(steps(outcome, 'web')).toEqual([
    'wait-db: sh -c until nslookup db.$NAMESPACE.svc.k8s.example | grep -q ^Name:; do sleep 2; done',
  ]);
  expect(outcome.startup.initContainers('web')[0]?.environment).toEqual([
    {
      name: 'NAMESPACE',
      value: {
        kind: 'field',
        fieldPath: 'metadata.namespace',
        origin: from('services', 'web', 'depends_on', 'db'),
      },
    },
  ]);
  expect(outcome.said).toEqual([
    'warning choose-waits/by-name services.web.depends_on.db.condition: web waits until the name db resolves, which it does while a pod is ready; no port of it is known',
  ]);
});

test('a service with UDP ports only is asked of the API server', () => {
  const outcome = decided({
    services: {
      web: { dependencies: [dependency('web', 'dns', 'service_healthy')] },
      dns: { ...checked('dns'), exposed: [{ port: at(53), protocol: at('udp') }] },
    },
  });
  const origin = from('services', 'web', 'depends_on', 'dns');
  expect(steps(outcome, 'web')).toEqual([
    'wait-dns: kubectl wait --for=condition=Ready pod -l app.kubernetes.io/name=dns,app.kubernetes.io/instance=shop --timeout=-1s',
  ]);
  expect(outcome.startup.initContainers('web')[0]).toMatchObject({
    image: defaultOptions.kubectlImage,
    mounts: [{ volume: 'wait-token', path: '/var/run/secrets/kubernetes.io/serviceaccount', isReadOnly: true }],
  });
  expect(outcome.startup.volumes('web')).toEqual([{ name: 'wait-token', source: { kind: 'token' }, origin }]);
  expect(outcome.startup.account('web')).toBe('web-wait');
  expect(outcome.startup.accounts).toEqual([{ name: 'web-wait', service: 'web', resources: ['pods'], origin }]);
});

test('the API server is asked for a peer, since its name leads to pods that are not ready too', () => {
  const peer = (name: string, other: string) =>
    listening(name, 9093, {
      ...checked(name),
      image: at('apache/kafka:3.9.0'),
      environment: [variable(name, 'KAFKA_CONTROLLER_QUORUM_VOTERS', `1@${name}:9093,2@${other}:9093`)],
    });
  const outcome = decided({
    services: {
      topics: { dependencies: [dependency('topics', 'one', 'service_healthy')] },
      one: peer('one', 'two'),
      two: peer('two', 'one'),
    },
  });
  expect(steps(outcome, 'topics')).toEqual([
    'wait-one: kubectl wait --for=condition=Ready pod -l app.kubernetes.io/name=one,app.kubernetes.io/instance=shop --timeout=-1s',
  ]);
  expect(outcome.said).toEqual([
    'warning choose-waits/by-pods services.topics.depends_on.one.condition: topics asks the API server whether one is ready, with an account that may look at pods: its name leads to pods that are not ready too',
  ]);
});

test('a one-shot of one service runs in its pod, after what it waits for itself', () => {
  const outcome = decided(
    {
      services: {
        web: {
          dependencies: [
            dependency('web', 'seed', 'service_completed_successfully'),
            dependency('web', 'db', 'service_healthy'),
          ],
        },
        seed: {
          dependencies: [
            dependency('seed', 'migrate', 'service_completed_successfully'),
            dependency('seed', 'db', 'service_healthy'),
          ],
        },
        migrate: { dependencies: [dependency('migrate', 'db', 'service_healthy')] },
        db: listening('db', 5432, checked('db')),
      },
    },
    { seed: 'init of web', migrate: 'init of seed' },
  );
  expect(outcome.startup.initContainers('web').map(({ name }) => name)).toEqual(['wait-db', 'migrate', 'seed']);
  expect(steps(outcome, 'seed')).toEqual([]);
  expect(outcome.startup.order).toEqual(['db', 'migrate', 'seed', 'web']);
  expect(outcome.said).toEqual([
    'warning choose-waits/runs-before services.web.depends_on.seed.condition: seed runs as an init container of web, and so again with each of its pods',
    'warning choose-waits/runs-before services.seed.depends_on.migrate.condition: migrate runs as an init container of seed, and so again with each of its pods',
  ]);
});

test('a Job of several services is asked of the API server, by a name that its own waits are part of', () => {
  const completed = (service: string) => dependency(service, 'migrate', 'service_completed_successfully');
  const outcome = decided(
    {
      services: {
        web: { dependencies: [completed('web'), dependency('web', 'dns', 'service_healthy')] },
        worker: { dependencies: [completed('worker')] },
        migrate: { dependencies: [dependency('migrate', 'db', 'service_healthy')] },
        db: listening('db', 5432, checked('db')),
        dns: { ...checked('dns'), exposed: [{ port: at(53), protocol: at('udp') }] },
      },
    },
    { migrate: 'job' },
  );
  expect(steps(outcome, 'worker')).toEqual([
    'wait-migrate: kubectl wait --for=condition=complete job/migrate-1 --timeout=-1s',
  ]);
  expect(outcome.startup.accounts.map(({ name, resources }) => [name, resources])).toEqual([
    ['web-wait', ['jobs', 'pods']],
    ['worker-wait', ['jobs']],
  ]);
  expect(outcome.startup.volumes('web')).toHaveLength(1);
  expect(outcome.said[0]).toBe(
    'warning choose-waits/by-job services.web.depends_on.migrate.condition: a wait container asks the API server whether the Job has ended well, with an account that may look at Jobs',
  );
});

test('an account that the user named must be allowed to look', () => {
  const outcome = decided(
    {
      services: {
        web: {
          wishes: { serviceAccountName: at('robot', 'services', 'web', 'labels', 'x') },
          dependencies: [dependency('web', 'migrate', 'service_completed_successfully')],
        },
        migrate: {},
      },
    },
    { migrate: 'job' },
  );
  expect(outcome.startup.account('web')).toBeUndefined();
  expect(outcome.startup.accounts).toEqual([]);
  expect(outcome.startup.volumes('web')).toHaveLength(1);
  expect(outcome.said).toContain(
    'warning order-startup/own-account services.web.labels.x: containers that wait look at jobs as the service account robot, which must be allowed to',
  );
});

test('what is not required is waited for 60 seconds, or not at all', () => {
  const outcome = decided(
    {
      services: {
        web: {
          dependencies: [
            dependency('web', 'db', 'service_healthy', false),
            dependency('web', 'job', 'service_completed_successfully', false),
          ],
        },
        db: listening('db', 5432, checked('db')),
        job: {},
      },
    },
    { job: 'job' },
  );
  expect(steps(outcome, 'web')).toEqual([
    "wait-db: sh -c timeout 60 sh -c 'until nc -z -w 2 db 5432; do sleep 2; done' || true",
  ]);
  expect(outcome.said).toEqual([
    'warning choose-waits/limited services.web.depends_on.db.required: each pod of web waits 60 s for db and then starts without it',
    'warning choose-waits/optional-api services.web.depends_on.job.condition: web does not wait for job, which is not required: only the API server could be asked, and that without a limit',
  ]);
});

test('of a wait with a limit and one without the latter holds', () => {
  const outcome = decided(
    {
      services: {
        web: {
          dependencies: [
            dependency('web', 'db', 'service_healthy', false),
            dependency('web', 'migrate', 'service_completed_successfully'),
          ],
        },
        migrate: { dependencies: [dependency('migrate', 'db', 'service_healthy')] },
        db: listening('db', 5432, checked('db')),
      },
    },
    { migrate: 'init of web' },
  );
  expect(steps(outcome, 'web')[0]).toBe('wait-db: sh -c until nc -z -w 2 db 5432; do sleep 2; done');
});

test('a service of the same pod that must be healthy is a sidecar', () => {
  const outcome = decided({
    services: {
      vpn: checked('vpn'),
      torrent: {
        networkMode: at({ kind: 'service', service: 'vpn' }),
        dependencies: [dependency('torrent', 'vpn', 'service_healthy')],
      },
    },
  });
  expect([outcome.startup.isSidecar('vpn'), outcome.startup.isSidecar('torrent')]).toEqual([true, false]);
  expect(steps(outcome, 'vpn')).toEqual([]);
  expect(outcome.settled).toContain('services.torrent.depends_on.vpn.condition converted');
});

test('companions wait with the pod that they are in', () => {
  const outcome = decided({
    services: {
      vpn: { dependencies: [dependency('vpn', 'db', 'service_healthy')] },
      torrent: {
        networkMode: at({ kind: 'service', service: 'vpn' }),
        dependencies: [
          dependency('torrent', 'db', 'service_healthy'),
          dependency('torrent', 'cache', 'service_healthy'),
        ],
      },
      db: listening('db', 5432, checked('db')),
      cache: listening('cache', 6379, checked('cache')),
    },
  });
  expect(outcome.startup.initContainers('vpn').map(({ name }) => name)).toEqual(['wait-db', 'wait-cache']);
  expect(steps(outcome, 'torrent')).toEqual([]);
});

test('two pods that wait for each other are an error', () => {
  const outcome = decided({
    services: {
      a: { ...listening('a', 80, checked('a')), dependencies: [dependency('a', 'c', 'service_healthy')] },
      b: { ...checked('b'), networkMode: at({ kind: 'service', service: 'a' }) },
      c: { ...listening('c', 80, checked('c')), dependencies: [dependency('c', 'b', 'service_healthy')] },
    },
  });
  expect(outcome.said.filter((line) => line.startsWith('error'))).toEqual([
    'error order-startup/circle services.c.depends_on.b.condition: c waits for b, which itself waits for a container in the pod of c',
  ]);
});

test('what has no end is not waited for', () => {
  const completed = (on: string) => dependency('web', on, 'service_completed_successfully');
  const outcome = decided(
    {
      services: {
        web: { dependencies: [completed('server'), completed('cron'), dependency('web', 'cron2', 'service_healthy')] },
        server: {},
        cron: {},
        cron2: {},
      },
    },
    { cron: 'cron-job', cron2: 'cron-job' },
  );
  expect(steps(outcome, 'web')).toEqual([]);
  expect(outcome.said.map((line) => line.replace(/.*: web/, 'web'))).toEqual([
    'web does not wait for server, which is a Deployment and has no end',
    'web does not wait for cron, which is a CronJob and has no end',
    'web does not wait for cron2, which is a CronJob and has no end',
  ]);
});

test('a one-shot on each node has ended where its pods are ready', () => {
  const outcome = decided(
    {
      services: {
        web: { dependencies: [dependency('web', 'setup', 'service_completed_successfully')] },
        setup: {},
      },
    },
    { setup: 'global-job' },
  );
  expect(steps(outcome, 'web')[0]).toContain('--for=condition=Ready pod -l app.kubernetes.io/name=setup');
});

test('the service of a plug-in is not waited for', () => {
  const draft: DraftLiteral = {
    services: {
      web: { dependencies: [dependency('web', 'cloud', 'service_healthy')] },
      cloud: { provider: at('x') },
    },
  };
  const report = new Report();
  const real = draftOf(draft);
  const groups = sharePods(real, report);
  const names = nameObjects(real, report);
  const roles = new Map([...rolesOf(real)].filter(([name]) => name === 'web'));
  const endpoints = findEndpoints(real, names, groups, roles, mentionsIn(real), new Report());
  const never = () => {
    throw new Error('nothing to build');
  };
  const startup = orderStartup(real, names, groups, roles, endpoints, never, never, report);
  expect(startup.initContainers('web')).toEqual([]);
  expect(said(report)).toEqual([
    'warning choose-waits/no-container services.web.depends_on.cloud.condition: web does not wait for cloud, which is the service of a provider and has no pod',
  ]);
});

test('--depends-on=order keeps the order only, and none not even that', () => {
  const services = {
    web: { dependencies: [dependency('web', 'db', 'service_healthy')] },
    db: listening('db', 5432, checked('db')),
  };
  const ordered = decided({ services, options: { dependsOn: 'order' } });
  expect([steps(ordered, 'web'), ordered.startup.order]).toEqual([[], ['db', 'web']]);
  expect(ordered.said).toEqual([
    'warning choose-waits/not-asked services.web.depends_on.db.condition: web does not wait for db, as --depends-on=order says',
  ]);
  expect(decided({ services, options: { dependsOn: 'none' } }).startup.order).toEqual(['web', 'db']);
});

test('links and shared pods order like dependencies', () => {
  const outcome = decided({
    services: {
      torrent: { networkMode: at({ kind: 'service', service: 'vpn' }) },
      web: { links: [{ service: 'db', alias: undefined, origin: from() }] },
      db: {},
      vpn: {},
    },
  });
  expect(outcome.startup.order).toEqual(['vpn', 'torrent', 'db', 'web']);
});

function on(service: string, ...networks: readonly string[]): ServiceSays {
  return {
    networks: networks.map((network) => ({
      network,
      aliases: [],
      ipv4: undefined,
      origin: from('services', service, 'networks', network),
    })),
  };
}

test('a service that policies keep apart is asked of the API server, unless these keep that apart too', () => {
  const literal = (isInternal: boolean): DraftLiteral => ({
    services: {
      web: { ...on('web', 'front'), dependencies: [dependency('web', 'db', 'service_healthy')] },
      db: listening('db', 5432, { ...checked('db'), ...on('db', 'back') }),
    },
    networks: { front: { isInternal: at(isInternal) }, back: {} },
  });
  const open = decided(literal(false));
  expect(steps(open, 'web')[0]).toContain('kubectl wait --for=condition=Ready pod');
  expect(open.said[0]).toContain('with an account that may look at pods: they share no network');
  const closed = decided(literal(true));
  expect(steps(closed, 'web')).toEqual([]);
  expect(closed.said).toEqual([
    'warning choose-waits/closed-in services.web.depends_on.db.condition: web does not wait for db: network policies keep its pods from the API server, which it would have to ask',
  ]);
});

test('two thousand services in a chain are ordered in a blink', () => {
  const services = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [
      `s${index}`,
      listening(`s${index}`, 80, {
        ...checked(`s${index}`),
        ...(index < 1999 && { dependencies: [dependency(`s${index}`, `s${index + 1}`, 'service_healthy')] }),
      }),
    ]),
  );
  expect(decided({ services }).startup.order.at(-1)).toBe('s0');
});

test('the end of a container of the same pod is not waited for', () => {
  const outcome = decided(
    {
      services: {
        load: {},
        check: {
          networkMode: at({ kind: 'service', service: 'load' }),
          dependencies: [dependency('check', 'load', 'service_completed_successfully')],
        },
      },
    },
    { load: 'job' },
  );
  expect(outcome.said).toEqual([
    'warning choose-waits/ends-beside services.check.depends_on.load.condition: check does not wait for the end of load, with which it shares a pod',
  ]);
});

test('a service without a network waits for nothing', () => {
  const literal = (more: ServiceSays): DraftLiteral => ({
    services: {
      alone: {
        networkMode: at({ kind: 'none' }),
        dependencies: [dependency('alone', 'db', 'service_healthy')],
      },
      db: { ...checked('db'), ...more },
    },
  });
  for (const more of [{}, listening('db', 5432)])
    expect(decided(literal(more)).said).toEqual([
      'warning choose-waits/closed-in services.alone.depends_on.db.condition: alone does not wait for db: network policies keep its pods from the API server, which it would have to ask',
    ]);
});

test('among strangers a published port is tried, as policies open it to all', () => {
  const ports = [port('db', 0, 9000, { hostIp: '127.0.0.1' }), port('db', 1, 5432, { published: 15432 })];
  const outcome = decided({
    services: {
      web: { ...on('web', 'front'), dependencies: [dependency('web', 'db', 'service_healthy')] },
      db: { ...checked('db'), ...on('db', 'back'), ports },
    },
    networks: { front: {}, back: {} },
  });
  expect(steps(outcome, 'web')).toEqual(['wait-db: sh -c until nc -z -w 2 db 5432; do sleep 2; done']);
});

test('a Job without a Service is asked of the API server when it is to be healthy', () => {
  const outcome = decided(
    {
      services: { web: { dependencies: [dependency('web', 'job', 'service_healthy')] }, job: checked('job') },
    },
    { job: 'job' },
  );
  expect(outcome.said[0]).toContain('with an account that may look at pods: it has no Service');
});
