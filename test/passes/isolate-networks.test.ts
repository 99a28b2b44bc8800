import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { Located } from '../../src/kernel/located.ts';
import type { Source } from '../../src/kernel/source.ts';
import type { ServiceSays } from '../../src/model/draft.ts';
import type { Policy, PolicyRule } from '../../src/model/plan.ts';
import type { Isolation, Role } from '../../src/passes/decisions.ts';
import { findEndpoints } from '../../src/passes/find-endpoints.ts';
import { isolateNetworks } from '../../src/passes/isolate-networks.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { sharePods } from '../../src/passes/share-pods.ts';
import {
  at,
  type DraftLiteral,
  dependency,
  draftOf,
  from,
  port,
  said,
  settledSilently,
  variable,
} from '../support/draft.ts';
import { mentionsIn, rolesOf } from '../support/network-draft.ts';

interface Outcome {
  readonly isolation: Isolation;
  readonly report: Report;
  readonly said: readonly string[];
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
  const mentions = mentionsIn(draft);
  const endpoints = findEndpoints(draft, names, groups, allRoles, mentions, silent);
  const report = new Report();
  const isolation = isolateNetworks(draft, names, groups, allRoles, endpoints, mentions, report);
  return { isolation, report, said: said(report) };
}

function on(service: string, networks: readonly string[], more: ServiceSays = {}): ServiceSays {
  return {
    networks: networks.map((network) => ({
      network,
      aliases: [],
      ipv4: undefined,
      origin: from('services', service, 'networks', network),
    })),
    ...more,
  };
}

function ruleText({ peers, ports }: PolicyRule): string {
  const who = peers.map(({ podLabels, isEveryNamespace }) =>
    isEveryNamespace ? 'every namespace' : (podLabels ?? []).map(([key]) => key).join('+'),
  );
  return `${who.join(', ') || 'anyone'} on ${ports.map((one) => `${one.port}/${one.protocol}`).join(', ') || 'all'}`;
}

/** `name (selector) in: … out: …` */
function text({ name, selects, ingress, egress }: Policy): string {
  const selector = typeof selects === 'string' ? selects : selects.map(([key]) => key).join('+');
  const list = (rules: readonly PolicyRule[]) => rules.map(ruleText).join(' | ') || 'nobody';
  const parts = [ingress && `in: ${list(ingress)}`, egress && `out: ${list(egress)}`];
  return `${name} (${selector}) ${parts.filter((part) => part !== undefined).join(' ')}`;
}

function policies({ isolation }: Outcome): readonly string[] {
  return isolation.policies.map(text);
}

const plugin =
  'info isolate-networks/needs-plugin networks.front: network policies keep the networks apart, if the network plug-in of the cluster enforces them; names of services on other networks still resolve';

test('networks that keep two services apart become policies, and published ports are open to all', () => {
  const outcome = decided({
    services: {
      proxy: on('proxy', ['front'], { ports: [port('proxy', 0, 80, { published: 8080 })] }),
      web: on('web', ['front', 'back']),
      db: on('db', ['back'], { ports: [port('db', 0, 5432, { published: 5432, hostIp: '127.0.0.1' })] }),
    },
    networks: { front: {}, back: {} },
  });
  expect(outcome.isolation.policies).toEqual([
    {
      name: 'front',
      service: undefined,
      annotations: [],
      selects: [['compose.network/front', 'true']],
      ingress: [{ peers: [{ podLabels: [['compose.network/front', 'true']], isEveryNamespace: false }], ports: [] }],
      egress: undefined,
      origin: from('networks', 'front'),
    },
    {
      name: 'back',
      service: undefined,
      annotations: [],
      selects: [['compose.network/back', 'true']],
      ingress: [{ peers: [{ podLabels: [['compose.network/back', 'true']], isEveryNamespace: false }], ports: [] }],
      egress: undefined,
      origin: from('networks', 'back'),
    },
    {
      name: 'proxy-published',
      service: 'proxy',
      annotations: [],
      selects: 'proxy',
      ingress: [{ peers: [], ports: [{ port: 'tcp-80', protocol: 'tcp' }] }],
      egress: undefined,
      origin: from('services', 'proxy', 'ports', 0),
    },
  ]);
  expect(outcome.isolation.networkLabels('web')).toEqual([
    { key: 'compose.network/front', value: 'true', origin: from('services', 'web', 'networks', 'front') },
    { key: 'compose.network/back', value: 'true', origin: from('services', 'web', 'networks', 'back') },
  ]);
  expect(outcome.said).toEqual([plugin]);
});

test.each([
  ['one network', { a: ['x'], b: ['x'] }],
  ['the default network', { a: [], b: [] }],
  ['a network that all are on', { a: ['x', 'y'], b: ['x'], c: ['x', 'z'] }],
  ['a triangle, in which each two share one', { a: ['x', 'y'], b: ['y', 'z'], c: ['z', 'x'] }],
])('%s keeps nobody apart', (_what, given: Readonly<Record<string, readonly string[]>>) => {
  const services = Object.fromEntries(
    Object.entries(given).map(([name, networks]) => [name, networks.length === 0 ? {} : on(name, networks)]),
  );
  const networks = Object.fromEntries(
    Object.values(given)
      .flat()
      .map((name) => [name, {}]),
  );
  const outcome = decided({ services, networks });
  expect([policies(outcome), outcome.isolation.networkLabels('a'), outcome.said]).toEqual([[], [], []]);
});

test('the default network is a network like others', () => {
  const outcome = decided({ services: { a: on('a', ['x']), b: {} }, networks: { x: {} } });
  expect(policies(outcome)).toEqual([
    'x (compose.network/x) in: compose.network/x on all',
    'default (compose.network/default) in: compose.network/default on all',
  ]);
});

test('--network-policies=always and never have the last word', () => {
  const services = { a: on('a', ['x']), b: on('b', ['y']) };
  const networks = { x: { isInternal: at(true, 'networks', 'x', 'internal') }, y: {} };
  const never = decided({ services, networks, options: { networkPolicies: 'never' } });
  expect([policies(never), never.isolation.networkLabels('a')]).toEqual([[], []]);
  expect(never.said).toEqual([
    'warning isolate-networks/not-internal networks.x.internal: the network x is not closed, as --network-policies=never says: its services reach everything',
    'warning isolate-networks/not-apart networks.y: the networks keep nothing apart, as --network-policies=never says',
  ]);
  expect(policies(decided({ services: { a: {} }, options: { networkPolicies: 'always' } }))).toEqual([
    'default (compose.network/default) in: compose.network/default on all',
  ]);
});

test('pods on internal networks only reach their members and name servers', () => {
  const outcome = decided({
    services: { web: on('web', ['open', 'shut']), db: on('db', ['shut']) },
    networks: { open: {}, shut: { isInternal: at(true, 'networks', 'shut', 'internal') } },
  });
  expect(policies(outcome)).toEqual([
    'open (compose.network/open) in: compose.network/open on all',
    'shut (compose.network/shut) in: compose.network/shut on all',
    'db-internal (db) out: compose.network/shut on all | anyone on 53/udp, 53/tcp',
  ]);
  expect(settledSilently(outcome.report)).toEqual(['networks.shut.internal converted']);
});

test('an external network hears other projects too', () => {
  const outcome = decided({
    services: { a: on('a', ['x']), b: on('b', ['y']) },
    networks: { x: { isExternal: at(true), label: at('Shared_Net') }, y: {} },
  });
  expect(policies(outcome)[0]).toBe(
    'shared-net (compose.network/shared-net) in: compose.network/shared-net, every namespace on all',
  );
});

test('a service without a network is cut off, whatever the others do', () => {
  const services = {
    alone: { networkMode: at({ kind: 'none' as const }, 'services', 'alone', 'network_mode') },
    web: {},
  };
  expect(policies(decided({ services }))).toEqual(['alone-no-network (alone) in: nobody out: nobody']);
  expect(decided({ services, options: { networkPolicies: 'never' } }).said).toEqual([
    'warning isolate-networks/not-cut-off services.alone.network_mode: alone keeps its network, as --network-policies=never says',
  ]);
});

test('networks that stand for host or none are no networks', () => {
  const outcome = decided({
    services: { a: on('a', ['outside']), b: on('b', ['nowhere']), c: {} },
    networks: { outside: { standsFor: 'host' }, nowhere: { standsFor: 'none' } },
  });
  expect(policies(outcome)).toEqual(['b-no-network (b) in: nobody out: nobody']);
  expect(outcome.said).toEqual([]);
});

test('routes, exposed services and too many ports are open', () => {
  const route = {
    host: undefined,
    path: at('/'),
    pathType: 'Prefix' as const,
    port: at(8000),
    tlsSecret: undefined,
    className: undefined,
    annotations: [],
    origin: from('services', 'routed', 'labels', 'x'),
  };
  const exposed = [8000, 9000].map((number) => ({ port: at(number), protocol: at('tcp' as const) }));
  const outcome = decided({
    services: {
      routed: on('routed', ['x'], { routes: [route], exposed }),
      wished: on('wished', ['y'], { wishes: { serviceType: at('LoadBalancer') }, exposed }),
      many: on('many', ['y'], { hasTooManyPorts: at(true), ports: [port('many', 0, 5060, { mode: 'host' })] }),
      plain: on('plain', ['y'], { exposed }),
    },
    networks: { x: {}, y: {} },
  });
  expect(policies(outcome).slice(2)).toEqual([
    'routed-published (routed) in: anyone on tcp-8000/tcp',
    'wished-published (wished) in: anyone on tcp-8000/tcp, tcp-9000/tcp',
    'many-published (many) in: anyone on all',
  ]);
});

test('a pod is on the networks of everything that runs in it', () => {
  const outcome = decided(
    {
      services: {
        web: on('web', ['front']),
        migrate: on('migrate', ['back']),
        beside: { networkMode: at({ kind: 'service', service: 'web' }) },
        db: on('db', ['back']),
        proxy: on('proxy', ['front']),
      },
      networks: { front: {}, back: {} },
    },
    { migrate: 'init of web' },
  );
  expect(outcome.isolation.networkLabels('web').map(({ key }) => key)).toEqual([
    'compose.network/front',
    'compose.network/back',
  ]);
  expect([outcome.isolation.networkLabels('migrate'), outcome.isolation.networkLabels('beside')]).toEqual([[], []]);
});

test('the networks that a one-shot brings are told', () => {
  const outcome = decided(
    {
      services: {
        web: on('web', ['front']),
        migrate: on('migrate', ['back']),
        db: on('db', ['back']),
        x: on('x', ['front']),
      },
      networks: { front: {}, back: { isInternal: at(true) } },
    },
    { migrate: 'init of web' },
  );
  expect(outcome.said).toContain(
    'info isolate-networks/joins-more services.migrate.networks.back: the pods of web are on the network back too, because migrate runs inside them',
  );
});

test('networks that nobody is on are told', () => {
  const outcome = decided({ services: { a: on('a', ['x']) }, networks: { x: {}, unused: {} } });
  expect(outcome.said).toEqual(['info isolate-networks/unused networks.unused: no service is on the network unused']);
});

test('a network that is called like the policy of a service keeps its name', () => {
  const outcome = decided({
    services: {
      web: on('web', ['web-published'], { ports: [port('web', 0, 80, { published: 80 })] }),
      db: on('db', ['back']),
    },
    networks: { 'web-published': {}, back: {} },
  });
  expect(outcome.isolation.policies.map(({ name }) => name)).toEqual(['web-published', 'back', 'web-published-policy']);
});

test('a service that names another on other networks is warned of once, with all places', () => {
  const source: Source = { name: 'compose.yaml', text: 'DB_HOST: db\ndepends_on\nnetworks\n' };
  const place = (...path: readonly string[]) => ({ path, span: { source, start: path.length, end: path.length + 1 } });
  const env = {
    name: 'DB_HOST',
    from: 'inline' as const,
    value: new Located('db', place('services', 'api', 'environment')),
  };
  const network = (service: string, name: string) => ({
    network: name,
    aliases: [],
    ipv4: undefined,
    origin: place('services', service, 'networks', name),
  });
  const outcome = decided({
    services: {
      api: {
        environment: [env],
        dependencies: [{ ...dependency('api', 'db'), origin: place('services', 'api', 'depends_on', 'db', 'x') }],
        networks: [network('api', 'front')],
      },
      db: { networks: [network('db', 'back')] },
    },
    networks: { front: {}, back: {} },
  });
  expect(outcome.report.diagnostics.filter(({ severity }) => severity === 'warning')).toEqual([
    {
      code: 'warn-separated/no-way',
      severity: 'warning',
      message:
        'api cannot reach db, although it names it in environment.DB_HOST: no network joins the two, in Compose as in the cluster',
      hint: 'put api and db on one network',
      path: ['services', 'api', 'environment'],
      at: { source, start: 3, end: 4 },
      related: [
        { at: { source, start: 5, end: 6 }, message: 'api depends on it here' },
        { at: { source, start: 4, end: 5 }, message: 'api is on other networks' },
        { at: { source, start: 4, end: 5 }, message: 'db is on other networks' },
      ],
    },
  ]);
});

test('a published port can be reached without a common network, but not out of internal ones', () => {
  const literal = (isInternal: boolean): DraftLiteral => ({
    services: {
      web: on('web', ['front'], { environment: [variable('web', 'A', 'db:5432'), variable('web', 'B', 'http://db/')] }),
      db: on('db', ['back'], { ports: [port('db', 0, 5432, { published: 15432 })] }),
    },
    networks: { front: { isInternal: at(isInternal) }, back: {} },
  });
  const warnings = (outcome: Outcome) => outcome.said.filter((line) => line.startsWith('warning'));
  expect(warnings(decided(literal(false)))).toEqual([
    'warning warn-separated/no-way services.web.environment.B: web cannot reach db, although it names it in environment.B: no network joins the two, in Compose as in the cluster',
  ]);
  expect(warnings(decided(literal(true)))).toEqual([
    'warning warn-separated/no-way services.web.environment.A: web cannot reach db, although it names it in environment.A: no network joins the two, in Compose as in the cluster',
  ]);
});

test('two thousand services on as many networks are judged in a blink', () => {
  const build = (shared: readonly string[]) => {
    const names = Array.from({ length: 2000 }, (_, index) => `s${index}`);
    return {
      services: Object.fromEntries(names.map((name) => [name, on(name, [`n-${name}`, ...shared])])),
      networks: Object.fromEntries([...names.map((name) => `n-${name}`), ...shared].map((name) => [name, {}])),
    };
  };
  expect(decided(build([])).isolation.policies).toHaveLength(2000);
  expect(decided(build(['all'])).isolation.policies).toHaveLength(0);
});

test('a link to a service on other networks is warned of, once', () => {
  const outcome = decided({
    services: {
      web: on('web', ['front'], {
        links: [
          { service: 'db', alias: undefined, origin: from('services', 'web', 'links', 0) },
          { service: 'db', alias: at('sql'), origin: from('services', 'web', 'links', 1) },
        ],
      }),
      db: on('db', ['back']),
    },
    networks: { front: {}, back: {} },
  });
  expect(outcome.said.filter((line) => line.startsWith('warning'))).toEqual([
    'warning warn-separated/no-way services.web.links[0]: web cannot reach db, although it links to it: no network joins the two, in Compose as in the cluster',
  ]);
});

test('policies do not hold on the network of the node', () => {
  const outcome = decided({
    services: {
      agent: { networkMode: at({ kind: 'host' }), dependencies: [dependency('agent', 'db')] },
      web: on('web', ['front'], { dependencies: [dependency('web', 'agent')] }),
      db: on('db', ['back']),
    },
    networks: { front: {}, back: {} },
  });
  expect(policies(outcome)).toHaveLength(2);
  expect(outcome.said.filter((line) => line.startsWith('warning'))).toEqual([]);
});
