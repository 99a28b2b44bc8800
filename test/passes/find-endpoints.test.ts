// cspell:ignore gluetun sonarr
import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { Located } from '../../src/kernel/located.ts';
import type { Source } from '../../src/kernel/source.ts';
import type { Draft } from '../../src/model/draft.ts';
import type { NetworkName } from '../../src/model/plan.ts';
import type { Endpoints, Role } from '../../src/passes/decisions.ts';
import { findEndpoints } from '../../src/passes/find-endpoints.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { sharePods } from '../../src/passes/share-pods.ts';
import {
  at,
  type DraftLiteral,
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
  readonly draft: Draft;
  readonly endpoints: Endpoints;
  readonly said: readonly string[];
  readonly settled: readonly string[];
  readonly hints: readonly (string | undefined)[];
}

function decided(
  literal: DraftLiteral,
  roles: Readonly<Record<string, Role['kind'] | `init of ${string}`>> = {},
  files: Readonly<Record<string, string>> = {},
): Outcome {
  const draft = draftOf(literal);
  const report = new Report();
  const names = nameObjects(draft, report);
  const groups = sharePods(draft, report);
  const companions = [...draft.services.keys()].filter((name) => groups.hostOf(name) !== name);
  const given = { ...Object.fromEntries(companions.map((name) => [name, 'companion' as const])), ...roles };
  const mentions = mentionsIn(draft, files);
  const endpoints = findEndpoints(draft, names, groups, rolesOf(draft, given), mentions, report);
  return {
    draft,
    endpoints,
    said: said(report),
    settled: settledSilently(report),
    hints: report.diagnostics.map(({ hint }) => hint),
  };
}

/** `name TYPE selector: port→target name` */
function text({ name, type, isHeadless, selects, ports }: NetworkName): string {
  const selector = typeof selects === 'string' ? selects : selects.map(([key]) => key).join(',');
  const headless = (isHeadless instanceof Located ? isHeadless.value : isHeadless) ? ' headless' : '';
  const list = ports.map(
    (one) =>
      ` ${one.name}=${one.port.value}>${one.targetPort}${one.protocol.value === 'tcp' ? '' : `/${one.protocol.value}`}${
        one.nodePort === undefined ? '' : `@${one.nodePort.value}`
      }`,
  );
  return `${name.value} ${type}${headless} ${selector}:${list.join('')}`;
}

function names(outcome: Outcome): readonly string[] {
  return outcome.endpoints.names.map(text);
}

function attachment(service: string, network: string, ...aliases: readonly string[]) {
  const path = ['services', service, 'networks', network] as const;
  return {
    network,
    aliases: aliases.map((alias, index) => at(alias, ...path, 'aliases', index)),
    ipv4: undefined,
    origin: from(...path),
  };
}

test('a Service has each target under its number, and each published number that is free', () => {
  const outcome = decided({
    services: {
      proxy: { ports: [port('proxy', 0, 80, { published: 8080 }), port('proxy', 1, 443, { published: 80 })] },
    },
  });
  expect(names(outcome)).toEqual([
    'proxy ClusterIP proxy: tcp-80=80>tcp-80 tcp-443=443>tcp-443 tcp-80-8080=8080>tcp-80',
  ]);
  expect(outcome.endpoints.main('proxy')).toEqual({
    name: at('proxy', 'services', 'proxy'),
    service: 'proxy',
    selects: 'proxy',
    type: 'ClusterIP',
    isHeadless: false,
    externalTrafficPolicy: undefined,
    reachesUnready: false,
    ports: [
      {
        name: 'tcp-80',
        port: at(80, 'services', 'proxy', 'ports', 0, 'target'),
        targetPort: 'tcp-80',
        protocol: at('tcp', 'services', 'proxy', 'ports', 0, 'protocol'),
        appProtocol: undefined,
        nodePort: undefined,
      },
      {
        name: 'tcp-443',
        port: at(443, 'services', 'proxy', 'ports', 1, 'target'),
        targetPort: 'tcp-443',
        protocol: at('tcp', 'services', 'proxy', 'ports', 1, 'protocol'),
        appProtocol: undefined,
        nodePort: undefined,
      },
      {
        name: 'tcp-80-8080',
        port: at(8080, 'services', 'proxy', 'ports', 0, 'published'),
        targetPort: 'tcp-80',
        protocol: at('tcp', 'services', 'proxy', 'ports', 0, 'protocol'),
        appProtocol: undefined,
        nodePort: undefined,
      },
    ],
    annotations: [],
    origin: from('services', 'proxy'),
  });
  expect(outcome.endpoints.containerPorts('proxy').map(({ name, port: one }) => [name, one.value])).toEqual([
    ['tcp-80', 80],
    ['tcp-443', 443],
  ]);
});

test('each published port is told with the line that brings it back', () => {
  const outcome = decided({
    services: {
      web: {
        ports: [
          port('web', 0, 80, { published: 8080 }),
          port('web', 1, 443, { published: 80 }),
          port('web', 2, 53, { published: 5353, protocol: 'udp' }),
          port('web', 3, 9000),
        ],
      },
    },
    options: { namespace: 'shop' },
  });
  expect(outcome.said).toEqual([
    'warning expose-ports/cluster-only services.web.ports[0].published: port 8080 is a port of the Service web, no longer of a machine',
    'warning expose-ports/other-number services.web.ports[1].published: the Service web cannot lead from port 80 to 443, which is reached under its own number',
    'warning expose-ports/cluster-only services.web.ports[2].published: port 5353 is a port of the Service web, no longer of a machine',
  ]);
  expect(outcome.hints).toEqual([
    'kubectl port-forward -n shop service/web 8080:8080',
    'kubectl port-forward -n shop service/web 80:443',
    'kubectl port-forward cannot carry udp; use --expose=loadbalancer',
  ]);
});

test('expose and ports of one number are one port, and one number may be there under two protocols', () => {
  const outcome = decided({
    services: {
      dns: {
        ports: [port('dns', 0, 53), port('dns', 1, 53, { protocol: 'udp' }), port('dns', 2, 53)],
        exposed: [
          { port: at(53), protocol: at('tcp' as const) },
          { port: at(8080), protocol: at('tcp' as const) },
        ],
      },
    },
  });
  expect(names(outcome)).toEqual(['dns ClusterIP dns: tcp-53=53>tcp-53 udp-53=53>udp-53/udp tcp-8080=8080>tcp-8080']);
});

test('without declared ports those are taken that others call, its own test asks and its image exposes', () => {
  const outcome = decided({
    services: {
      cache: {},
      api: {
        healthCheck: health('api', 'curl', {
          network: {
            kind: 'http',
            port: 8000,
            path: '/',
            isHttps: false,
            host: 'localhost:8000',
            headers: [],
            maxSeconds: undefined,
          },
        }),
        build: {
          context: at('/shop/api'),
          isRemote: false,
          dockerfile: undefined,
          dockerfileInline: undefined,
          target: undefined,
          args: [],
          origin: from('services', 'api', 'build'),
        },
        routes: [
          {
            host: undefined,
            path: at('/'),
            pathType: 'Prefix',
            port: at(8001, 'services', 'api', 'labels', 'x'),
            tlsSecret: undefined,
            className: undefined,
            annotations: [],
            origin: from('services', 'api', 'labels', 'x'),
          },
        ],
      },
      web: {
        exposed: [{ port: at(80), protocol: at('tcp' as const) }],
        environment: [variable('web', 'CACHE', 'redis://cache')],
      },
    },
    files: { '/shop/api/Dockerfile': 'FROM x\nEXPOSE 8000 53/udp\n' },
  });
  expect(names(outcome)).toEqual([
    'cache ClusterIP cache: tcp-6379=6379>tcp-6379',
    'api ClusterIP api: tcp-8001=8001>tcp-8001 tcp-8000=8000>tcp-8000 udp-53=53>udp-53/udp',
    'web ClusterIP web: tcp-80=80>tcp-80',
  ]);
  expect(outcome.said).toEqual([
    'info find-endpoints/gathered services.cache: cache declares no ports; found: 6379 (environment.CACHE of web)',
    'info find-endpoints/gathered services.api: api declares no ports; found: 8001 (its route), 8000 (its healthcheck), 53/udp (EXPOSE in its Dockerfile)',
  ]);
  expect(outcome.endpoints.listeners('cache')).toEqual([
    {
      name: 'tcp-6379',
      port: at(6379, 'services', 'web', 'environment', 'CACHE'),
      protocol: at('tcp', 'services', 'web', 'environment', 'CACHE'),
      isDeclared: false,
      draft: undefined,
    },
  ]);
});

test('a port that others call is added to those declared, but a published number is none', () => {
  const outcome = decided({
    services: {
      app: { ports: [port('app', 0, 80, { published: 8080 })] },
      web: {
        exposed: [{ port: at(1), protocol: at('tcp' as const) }],
        environment: [variable('web', 'A', 'app:9000'), variable('web', 'B', 'http://app:8080/')],
      },
    },
  });
  expect(names(outcome)[0]).toBe('app ClusterIP app: tcp-80=80>tcp-80 tcp-9000=9000>tcp-9000 tcp-80-8080=8080>tcp-80');
  expect(outcome.said[0]).toBe(
    'info find-endpoints/added services.app: the Service app has ports that its service does not declare: 9000 (environment.A of web)',
  );
});

test('a service of which no port is known is headless without ports, which is told where others call it', () => {
  const dependency = { condition: at('service_started' as const), isRequired: true, origin: from() };
  const outcome = decided({
    services: {
      lone: { environment: [variable('lone', 'SELF_HOST', 'lone')] },
      needed: {},
      linked: {},
      named: {},
      aliased: { networks: [attachment('aliased', 'default', 'other')] },
      task: {},
      web: {
        exposed: [{ port: at(80), protocol: at('tcp' as const) }],
        dependencies: [{ ...dependency, service: 'needed' }],
        links: [{ service: 'linked', alias: undefined, origin: from() }],
        environment: [
          variable('web', 'NAMED_HOST', 'named'),
          variable('web', 'OTHER', 'other'),
          variable('web', 'TASKS', 'tasks.task'),
        ],
      },
    },
  });
  expect(names(outcome)).toEqual([
    'lone ClusterIP headless lone:',
    'needed ClusterIP headless needed:',
    'linked ClusterIP headless linked:',
    'named ClusterIP headless named:',
    'aliased ClusterIP headless aliased:',
    'other ClusterIP headless compose.alias/other:',
    'task ClusterIP headless task:',
    'web ClusterIP web: tcp-80=80>tcp-80',
  ]);
  expect(outcome.said).toEqual(
    ['needed', 'linked', 'named', 'aliased', 'task'].map(
      (name) =>
        `info find-endpoints/no-ports services.${name}: no port of ${name} is known, so its Service is headless: the name gives the addresses of its pods, where every port can be reached`,
    ),
  );
});

test('a published number that stands for another target is told with the number that is right', () => {
  const outcome = decided({
    services: {
      web: { ports: [port('web', 0, 8081, { published: 8080 }), port('web', 1, 8080, { published: 8081 })] },
    },
    options: { namespace: 'shop' },
  });
  expect(names(outcome)).toEqual(['web ClusterIP web: tcp-8081=8081>tcp-8081 tcp-8080=8080>tcp-8080']);
  expect(outcome.said).toEqual([
    'warning expose-ports/other-number services.web.ports[0].published: the Service web cannot lead from port 8080 to 8081, which is reached under its own number',
    'warning expose-ports/other-number services.web.ports[1].published: the Service web cannot lead from port 8081 to 8080, which is reached under its own number',
  ]);
  expect(outcome.hints).toEqual([
    'kubectl port-forward -n shop service/web 8080:8081',
    'kubectl port-forward -n shop service/web 8081:8080',
  ]);
});

test('the ports of a range are told in one sentence', () => {
  const source = { name: 'compose.yaml', text: '', lineStarts: [0] } as unknown as Source;
  const written = (index: number, number: number, start: number) => {
    const one = port('ftp', index, number, { published: number });
    const path = ['services', 'ftp', 'ports', index, 'published'];
    return { ...one, published: new Located(number, { path, span: { source, start, end: start + 1 } }) };
  };
  const outcome = decided({
    services: { ftp: { ports: [written(0, 20, 7), written(1, 21, 7), written(2, 22, 7), written(3, 30, 9)] } },
  });
  expect(outcome.said).toEqual([
    'warning expose-ports/cluster-only-range services.ftp.ports[0].published: ports 20-22 are ports of the Service ftp, no longer of a machine',
    'warning expose-ports/cluster-only services.ftp.ports[3].published: port 30 is a port of the Service ftp, no longer of a machine',
  ]);
  expect(outcome.hints).toEqual([
    'kubectl port-forward service/ftp 20:20 21:21 22:22',
    'kubectl port-forward service/ftp 30:30',
  ]);
  expect(outcome.settled).toEqual([
    'services.ftp.ports[1].published approximated',
    'services.ftp.ports[2].published approximated',
  ]);
});

test('too many ports are headless without ports, but those bound on the node stay', () => {
  const outcome = decided({
    services: {
      sip: {
        hasTooManyPorts: at(true, 'services', 'sip', 'ports', 0),
        ports: [port('sip', 0, 5060, { published: 5060 }), port('sip', 1, 5061, { mode: 'host' })],
      },
    },
  });
  expect(names(outcome)).toEqual(['sip ClusterIP headless sip:']);
  expect(outcome.endpoints.containerPorts('sip').map(({ name, hostPort }) => [name, hostPort?.value])).toEqual([
    ['tcp-5061', 5061],
  ]);
  expect(outcome.said).toEqual([
    'warning expose-ports/unlisted services.sip.ports[0].published: port 5060 is not published: sip has no Service port',
  ]);
  expect(outcome.hints).toEqual(['kubectl port-forward deployment/sip 5060:5060']);
});

test('dnsrr is headless, and its numbers lead nowhere else', () => {
  const outcome = decided({
    services: {
      web: {
        endpointMode: at('dnsrr', 'services', 'web', 'deploy', 'endpoint_mode'),
        ports: [port('web', 0, 80, { published: 8080, mode: 'host' })],
        exposed: [{ port: at(81), protocol: at('tcp' as const) }],
      },
    },
  });
  expect(names(outcome)).toEqual(['web ClusterIP headless web: tcp-80=80>tcp-80 tcp-81=81>tcp-81']);
  expect(outcome.endpoints.main('web')?.isHeadless).toEqual(at(true, 'services', 'web', 'deploy', 'endpoint_mode'));
});

test('mode host is a port of the node, under the published number and the address', () => {
  const outcome = decided({
    services: {
      web: {
        ports: [
          port('web', 0, 80, { published: 8080, mode: 'host', hostIp: '10.0.0.5' }),
          port('web', 1, 80, { published: 8081, mode: 'host' }),
        ],
      },
    },
  });
  expect(outcome.endpoints.containerPorts('web')).toEqual([
    {
      name: 'tcp-80',
      port: at(80, 'services', 'web', 'ports', 0, 'target'),
      protocol: at('tcp', 'services', 'web', 'ports', 0, 'protocol'),
      hostPort: at(8080, 'services', 'web', 'ports', 0, 'published'),
      hostIp: at('10.0.0.5', 'services', 'web', 'ports', 0, 'host_ip'),
    },
  ]);
  expect(outcome.said).toEqual([
    'error name-ports/second-host-port services.web.ports[1]: port 80 has the port 8080 of the node already, and a container port has one at most',
  ]);
  expect(outcome.settled).toContain('services.web.ports[0].published converted');
  expect(names(outcome)).toEqual(['web ClusterIP web: tcp-80=80>tcp-80']);
});

test('on the network of the node ports are declarations only', () => {
  const outcome = decided({
    services: {
      agent: {
        networkMode: at({ kind: 'host' }, 'services', 'agent', 'network_mode'),
        ports: [port('agent', 0, 9100, { published: 9101 }), port('agent', 1, 80, { mode: 'host' })],
      },
    },
    options: { expose: 'loadbalancer' },
  });
  expect(names(outcome)).toEqual(['agent ClusterIP agent: tcp-9100=9100>tcp-9100 tcp-80=80>tcp-80']);
  expect(outcome.endpoints.containerPorts('agent').map(({ hostPort }) => hostPort)).toEqual([undefined, undefined]);
  expect(outcome.said).toEqual([
    'info expose-ports/host-network services.agent.ports[0].published: port 9101 is not published: a container on the network of its node has all its ports there',
  ]);
});

test('a one-shot has a Service only if something asks for it', () => {
  const outcome = decided(
    {
      services: {
        silent: {},
        spoken: {},
        open: { exposed: [{ port: at(80), protocol: at('tcp' as const) }] },
        named: { networks: [attachment('named', 'back', 'other')] },
        web: {
          exposed: [{ port: at(80), protocol: at('tcp' as const) }],
          environment: [variable('web', 'URL', 'http://spoken/')],
        },
      },
      networks: { back: {} },
    },
    { silent: 'job', spoken: 'job', open: 'cron-job', named: 'global-job' },
  );
  expect(names(outcome)).toEqual([
    'spoken ClusterIP app.kubernetes.io/name,app.kubernetes.io/instance: tcp-80=80>tcp-80',
    'open ClusterIP open: tcp-80=80>tcp-80',
    'named ClusterIP headless named:',
    'other ClusterIP headless compose.alias/other:',
    'web ClusterIP web: tcp-80=80>tcp-80',
  ]);
  expect(outcome.endpoints.main('silent')).toBeUndefined();
});

test('nothing leads to an init container', () => {
  const outcome = decided(
    {
      services: {
        migrate: {
          ports: [port('migrate', 0, 80, { published: 80 })],
          exposed: [{ port: at(81, 'services', 'migrate', 'expose', 0), protocol: at('tcp' as const) }],
          networks: [attachment('migrate', 'back', 'other')],
        },
        web: { exposed: [{ port: at(80), protocol: at('tcp' as const) }] },
      },
      networks: { back: {} },
    },
    { migrate: 'init of web' },
  );
  expect(names(outcome)).toEqual(['web ClusterIP web: tcp-80=80>tcp-80']);
  expect(outcome.said).toEqual([
    'warning find-endpoints/before-start services.migrate.expose[0]: migrate runs before web in its pod, so no Service leads to it',
    'warning find-endpoints/before-start services.migrate.networks.back.aliases[0]: migrate runs before web in its pod, so no Service leads to it',
    'warning expose-ports/before-start services.migrate.ports[0].published: port 80 is not published: migrate runs before web in its pod, where nothing reaches it',
  ]);
});

test('an alias selects a label, which all its owners carry, and has the ports of all', () => {
  const outcome = decided({
    services: {
      a: {
        exposed: [{ port: at(80), protocol: at('tcp' as const) }],
        networks: [attachment('a', 'back', 'pool', 'only-a')],
      },
      b: {
        exposed: [
          { port: at(80), protocol: at('tcp' as const) },
          { port: at(81), protocol: at('tcp' as const) },
        ],
        networks: [attachment('b', 'back', 'pool')],
      },
    },
    networks: { back: {} },
  });
  expect(names(outcome)).toEqual([
    'a ClusterIP a: tcp-80=80>tcp-80',
    'pool ClusterIP compose.alias/pool: tcp-80=80>tcp-80 tcp-81=81>tcp-81',
    'only-a ClusterIP compose.alias/only-a: tcp-80=80>tcp-80',
    'b ClusterIP b: tcp-80=80>tcp-80 tcp-81=81>tcp-81',
  ]);
  expect(outcome.endpoints.aliasLabels('b')).toEqual([
    { key: 'compose.alias/pool', value: 'true', origin: from('services', 'b', 'networks', 'back', 'aliases', 0) },
  ]);
  expect(outcome.endpoints.names[1]?.service).toBe('a');
});

test('an alias whose owners disagree about a port, or of which one is headless, is headless', () => {
  const named = { ...port('b', 0, 80), name: at('http') };
  const outcome = decided({
    services: {
      a: {
        exposed: [{ port: at(80), protocol: at('tcp' as const) }],
        networks: [attachment('a', 'back', 'pool', 'other')],
      },
      b: { ports: [named], networks: [attachment('b', 'back', 'pool')] },
      c: { networks: [attachment('c', 'back', 'other')] },
    },
    networks: { back: {} },
  });
  expect(names(outcome).filter((name) => /^(pool|other)/.test(name))).toEqual([
    'pool ClusterIP headless compose.alias/pool:',
    'other ClusterIP headless compose.alias/other:',
  ]);
});

test('the alias of a link is a name of the service linked to', () => {
  const outcome = decided({
    services: {
      app: { exposed: [{ port: at(9000), protocol: at('tcp' as const) }] },
      web: {
        exposed: [{ port: at(80), protocol: at('tcp' as const) }],
        links: [{ service: 'app', alias: at('php', 'services', 'web', 'links', 0), origin: from() }],
      },
    },
  });
  expect(names(outcome)[1]).toBe('php ClusterIP compose.alias/php: tcp-9000=9000>tcp-9000');
  expect(outcome.endpoints.aliasLabels('app').map(({ key }) => key)).toEqual(['compose.alias/php']);
});

test('a container or host name is a Service where another service uses it, and its ports count', () => {
  const services = {
    db: { containerName: at('Shop-DB', 'services', 'db', 'container_name'), hostname: at('unused') },
    web: {
      exposed: [{ port: at(80), protocol: at('tcp' as const) }],
      environment: [variable('web', 'DB', 'Shop-DB:5432')],
    },
  };
  const outcome = decided({ services });
  expect(names(outcome)).toEqual([
    'db ClusterIP db: tcp-5432=5432>tcp-5432',
    'shop-db ClusterIP db: tcp-5432=5432>tcp-5432',
    'web ClusterIP web: tcp-80=80>tcp-80',
  ]);
  expect(
    names(decided({ services: { db: { ...services.db, environment: [variable('db', 'SELF_HOST', 'unused')] } } })),
  ).toEqual(['db ClusterIP headless db:']);
});

test('a name that is the key of another service belongs to that service', () => {
  const outcome = decided({
    services: {
      app: { containerName: at('web') },
      web: {},
      x: { environment: [variable('x', 'URL', 'http://web:8080')] },
    },
  });
  expect(names(outcome)).toEqual([
    'app ClusterIP headless app:',
    'web ClusterIP web: tcp-8080=8080>tcp-8080',
    'x ClusterIP headless x:',
  ]);
});

test('services of one pod have their own Services, all of which select the pod', () => {
  const outcome = decided({
    services: {
      vpn: {
        containerName: at('gluetun'),
        ports: [port('vpn', 0, 8080, { published: 8080 }), port('vpn', 1, 9696, { published: 9696 })],
      },
      torrent: {
        networkMode: at({ kind: 'service', service: 'vpn' }),
        environment: [variable('torrent', 'X', 'torrent:7000')],
      },
      sonarr: {
        exposed: [{ port: at(8989), protocol: at('tcp' as const) }],
        environment: [variable('sonarr', 'A', 'http://torrent:8080'), variable('sonarr', 'B', 'http://gluetun:9696')],
      },
    },
  });
  expect(names(outcome)).toEqual([
    'vpn ClusterIP vpn: tcp-8080=8080>tcp-8080 tcp-9696=9696>tcp-9696',
    'gluetun ClusterIP vpn: tcp-8080=8080>tcp-8080 tcp-9696=9696>tcp-9696',
    'torrent ClusterIP vpn: tcp-7000=7000>tcp-7000 tcp-8080=8080>tcp-8080',
    'sonarr ClusterIP sonarr: tcp-8989=8989>tcp-8989',
  ]);
  expect(outcome.endpoints.containerPorts('torrent').map(({ name }) => name)).toEqual(['tcp-7000']);
});

test('--expose=loadbalancer offers what is published and not bound to loopback', () => {
  const literal = {
    services: {
      web: {
        serviceAnnotations: [{ key: 'lb', value: at('internal') }],
        ports: [
          port('web', 0, 80, { published: 8080 }),
          port('web', 1, 443),
          port('web', 2, 9000, { published: 9000, hostIp: '127.0.0.1' }),
          port('web', 3, 9001, { published: 9001, mode: 'host' }),
        ],
      },
    },
    options: { expose: 'loadbalancer' as const },
  };
  const outcome = decided(literal);
  expect(names(outcome)[1]).toBe('web-external LoadBalancer web: tcp-80-8080=8080>tcp-80 tcp-443=443>tcp-443');
  expect(outcome.endpoints.names[1]?.annotations).toEqual([{ key: 'lb', value: at('internal') }]);
  // Of the port bound to loopback the rule of the ports has said all.
  expect(outcome.said).toEqual([]);
  expect(outcome.settled).toEqual([
    'services.web.ports[0].published converted',
    'services.web.ports[2].published approximated',
    'services.web.ports[3].published converted',
  ]);
});

test('--expose=nodeport keeps the numbers that nodes can open', () => {
  const outcome = decided({
    services: { web: { ports: [port('web', 0, 80, { published: 30080 }), port('web', 1, 443, { published: 443 })] } },
    options: { expose: 'nodeport' },
  });
  expect(names(outcome)[1]).toBe('web-external NodePort web: tcp-80-30080=30080>tcp-80@30080 tcp-443=443>tcp-443');
  expect(outcome.settled).toEqual(['services.web.ports[0].published converted']);
  expect(outcome.said).toEqual([
    'warning expose-ports/other-node-port services.web.ports[1].published: the nodes cannot open port 443, only ports from 30000 to 32767: the cluster chooses one of these',
  ]);
});

test('--expose=ingress leads to the port that speaks HTTP', () => {
  const outcome = decided({
    services: {
      web: { ports: [port('web', 0, 5432, { published: 5432 }), port('web', 1, 80, { published: 8080 })] },
    },
    options: { expose: 'ingress' },
  });
  expect(outcome.said).toEqual([
    'warning expose-ports/through-ingress services.web.ports[1].published: port 8080 is reached through the Ingress web, at the ports of its controller',
    'warning expose-ports/cluster-only services.web.ports[0].published: port 5432 is a port of the Service web, no longer of a machine',
  ]);
});

test('a wish of the service comes before the option', () => {
  const outcome = decided({
    services: {
      inside: { wishes: { serviceType: at('ClusterIP') }, ports: [port('inside', 0, 80, { published: 80 })] },
      outside: {
        wishes: {
          serviceType: at('NodePort'),
          nodePort: at(30001, 'services', 'outside', 'labels', 'nodeport'),
          externalTrafficPolicy: at('Local'),
        },
        exposed: [{ port: at(9000), protocol: at('tcp' as const) }],
      },
      headless: { wishes: { serviceType: at('Headless') }, ports: [port('headless', 0, 80, { published: 8080 })] },
      nothing: { wishes: { serviceType: at('LoadBalancer', 'services', 'nothing', 'labels', 'type') } },
    },
    options: { expose: 'loadbalancer' },
  });
  expect(names(outcome)).toEqual([
    'inside ClusterIP inside: tcp-80=80>tcp-80',
    'outside ClusterIP outside: tcp-9000=9000>tcp-9000',
    'outside-external NodePort outside: tcp-9000=9000>tcp-9000@30001',
    'headless ClusterIP headless headless: tcp-80=80>tcp-80',
    'nothing ClusterIP headless nothing:',
  ]);
  expect(outcome.endpoints.names[2]?.externalTrafficPolicy).toEqual(at('Local'));
  expect(outcome.said).toContain(
    'warning expose-ports/nothing-to-expose services.nothing.labels.type: nothing has no port that a Service of type LoadBalancer could offer',
  );
});

test('wishes that nothing carries out are told', () => {
  const outcome = decided({
    services: {
      web: {
        wishes: {
          nodePort: at(30001, 'services', 'web', 'labels', 'a'),
          externalTrafficPolicy: at('Local', 'services', 'web', 'labels', 'b'),
        },
        exposed: [{ port: at(80), protocol: at('tcp' as const) }],
      },
    },
  });
  expect(outcome.said).toEqual([
    'info expose-ports/no-node-port services.web.labels.a: the node port is not used, as web gets no Service of type NodePort',
    'info expose-ports/no-policy services.web.labels.b: the external traffic policy is not used, as web gets no Service of type NodePort or LoadBalancer',
  ]);
});

test('a Service that would replace that of the API server is told, unless it goes to another namespace', () => {
  const kubernetes = { exposed: [{ port: at(80), protocol: at('tcp' as const) }] };
  const inNamespace = (namespace?: string) =>
    decided({ services: { kubernetes }, options: namespace === undefined ? {} : { namespace } }).said;
  const said = [
    'warning find-endpoints/api-server services.kubernetes: the Service kubernetes of the namespace default is that of the API server, not of kubernetes',
  ];
  expect([inNamespace(), inNamespace('default'), inNamespace('shop')]).toEqual([said, said, []]);
});

test('a service that has the name of an exposed one is an error', () => {
  const outcome = decided({
    services: {
      web: { ports: [port('web', 0, 80, { published: 80 })] },
      'web-external': { exposed: [{ port: at(80), protocol: at('tcp' as const) }] },
    },
    options: { expose: 'loadbalancer' },
  });
  expect(outcome.said).toContain(
    'error find-endpoints/name-taken services.web: web would be exposed as web-external, which is a name of web-external already',
  );
});

test('a service of a plug-in has neither ports nor names', () => {
  const draft = draftOf({ services: { db: { provider: at('cloud') } } });
  const report = new Report();
  const endpoints = findEndpoints(
    draft,
    nameObjects(draft, report),
    sharePods(draft, report),
    new Map(),
    mentionsIn(draft),
    report,
  );
  expect([endpoints.names, endpoints.main('db'), endpoints.listeners('db')]).toEqual([[], undefined, []]);
});

test('two thousand services that call each other are decided in a blink', () => {
  const services = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [
      `s${index}`,
      {
        ports: [port(`s${index}`, 0, 80, { published: 10000 + index })],
        networks: [attachment(`s${index}`, 'back', 'pool', `alias${index}`)],
        environment: [
          variable(`s${index}`, 'A', 'http://s0:8080/'),
          variable(`s${index}`, 'B', `http://s${index + 1}:90`),
        ],
      },
    ]),
  );
  expect(decided({ services, networks: { back: {} } }).endpoints.names).toHaveLength(4001);
});

test('more ports than a Service should list, found in a Dockerfile, are not listed', () => {
  const build = {
    context: at('/shop/ftp'),
    isRemote: false,
    dockerfile: undefined,
    dockerfileInline: at('FROM x\nEXPOSE 21 30000-30100\n'),
    target: undefined,
    args: [],
    origin: from('services', 'ftp', 'build'),
  };
  const outcome = decided({ services: { ftp: { build } } });
  expect(names(outcome)).toEqual(['ftp ClusterIP headless ftp:']);
  expect(outcome.said).toEqual([
    'info find-endpoints/too-many services.ftp: 102 ports of ftp are too many to list, so its Service is headless: every port can be reached, none is offered outside',
  ]);
});

test('one node port for several ports goes to the first', () => {
  const outcome = decided({
    services: {
      web: {
        wishes: { serviceType: at('NodePort'), nodePort: at(30001, 'services', 'web', 'labels', 'nodeport') },
        ports: [port('web', 0, 80, { published: 80 }), port('web', 1, 80, { published: 80 }), port('web', 2, 443)],
      },
    },
  });
  expect(names(outcome)[1]).toBe('web-external NodePort web: tcp-80=80>tcp-80@30001 tcp-443=443>tcp-443');
  expect(outcome.said).toContain(
    'warning expose-ports/one-node-port services.web.labels.nodeport: web has several ports, and the node port 30001 goes to the first',
  );
});

test('the aliases of companions are labels of the pod that they are in, each once', () => {
  const outcome = decided({
    services: {
      vpn: { networks: [attachment('vpn', 'back', 'pool')] },
      torrent: { networkMode: at({ kind: 'service', service: 'vpn' }), containerName: at('pool') },
      other: {
        links: [
          { service: 'torrent', alias: at('pool', 'x'), origin: from() },
          { service: 'torrent', alias: at('seeds', 'y'), origin: from() },
        ],
      },
    },
    networks: { back: {} },
  });
  expect(outcome.endpoints.aliasLabels('vpn').map(({ key }) => key)).toEqual([
    'compose.alias/pool',
    'compose.alias/seeds',
  ]);
  expect(outcome.endpoints.aliasLabels('torrent')).toEqual([]);
});

test('the names of peers lead to pods that are not ready too, but not for strangers', () => {
  const peer = (name: string, other: string, aliased?: string) => ({
    image: at('elasticsearch:9.0.0'),
    healthCheck: health(name, 'true'),
    ports: [port(name, 0, 9200, { published: 9200 })],
    environment: [variable(name, 'discovery.seed_hosts', `${other}:9300`)],
    networks: aliased === undefined ? [] : [attachment(name, 'back', aliased)],
  });
  const { endpoints } = decided({
    services: {
      one: peer('one', 'two', 'search'),
      two: peer('two', 'one'),
      web: { environment: [variable('web', 'SEARCH', 'http://one:9200')] },
    },
    networks: { back: {} },
    options: { expose: 'loadbalancer' },
  });
  expect(endpoints.names.map(({ name, reachesUnready }) => `${name.value} ${reachesUnready}`)).toEqual([
    'one true',
    'search true',
    'one-external false',
    'two true',
    'two-external false',
    'web false',
  ]);
});

test('a published port whose number on the nodes is asked for is said to have that one', () => {
  const wishes = { serviceType: at('NodePort' as const), nodePort: at(30123, 'services', 'web', 'labels', 'nodeport') };
  const outcome = decided({ services: { web: { wishes, ports: [port('web', 0, 80, { published: 8080 })] } } });
  expect(outcome.said).toEqual([
    'warning expose-ports/node-port services.web.ports[0].published: port 8080 is port 30123 of the nodes, as the label says',
  ]);
});

test('x-kubernetes has the last word on names and exposure', () => {
  const hidden = { hasNoService: at(true, 'services', 'web', 'x-kubernetes', 'service') };
  expect(names(decided({ services: { web: { wishes: hidden } } }))).toEqual([]);
  const outcome = decided({
    services: {
      web: {
        wishes: { expose: at('loadbalancer' as const), serviceType: at('ClusterIP' as const) },
        ports: [port('web', 0, 80)],
      },
    },
  });
  expect(names(outcome)[1]).toBe('web-external LoadBalancer web: tcp-80=80>tcp-80');
});
