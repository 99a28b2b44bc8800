import { expect, test } from 'vitest';
import { traefikRoutes } from '../../src/attributes/traefik-labels.ts';
import { hintsOf, remarkLines, routeLines } from '../support/hints.ts';

function traefik(labels: Readonly<Record<string, string>>) {
  const { asked, remarks, rest } = traefikRoutes(
    hintsOf(Object.fromEntries(Object.entries(labels).map(([key, value]) => [`traefik.${key}`, value]))),
    'my_web',
  );
  return {
    routes: routeLines(asked),
    remarks: remarkLines(remarks).map((line) => line.replace('["traefik.', '["')),
    rest,
  };
}

const rule = 'http.routers.web.rule';
const port = 'http.services.web.loadbalancer.server.port';

test('says nothing where Traefik is not spoken to', () => {
  expect(traefikRoutes(hintsOf({ 'other.label': 'x' }), 'web')).toEqual({
    asked: [],
    remarks: [],
    used: new Set(),
    rest: 'delegated',
  });
});

test('leads a router to the port of the only service', () => {
  expect(traefik({ enable: 'true', [rule]: 'Host(`a.example`)', [port]: '8080' })).toEqual({
    routes: ['a.example/ -> 8080'],
    remarks: ['needs-controller ["http.routers.web.rule"]: a.example/'],
    rest: 'delegated',
  });
});

test('reads keys in any case', () => {
  const { routes } = traefik({
    'HTTP.Routers.Web.Rule': 'Host(`a.example`)',
    'http.routers.web.entryPoints': 'websecure',
    'http.services.Web.loadBalancer.server.port': '80',
    'http.routers.web.service': 'WEB',
  });
  expect(routes).toEqual(['a.example/ -> 80 tls my-web-tls']);
});

test('makes no route when it is switched off', () => {
  expect(traefik({ enable: 'False', [rule]: 'Host(`a.example`)' })).toEqual({
    routes: [],
    remarks: ['switched-off ["enable"]: ', 'not-read ["http.routers.web.rule"]: '],
    rest: 'not-applicable',
  });
});

test('tells which labels shape a route, and which nobody carries over', () => {
  const { used, remarks } = traefikRoutes(
    hintsOf({
      'traefik.enable': 'true',
      'traefik.http.routers.web.rule': 'Host(`a.example`)',
      'traefik.http.routers.web.entrypoints': 'web',
      'traefik.http.routers.web.tls': 'true',
      'traefik.http.routers.web.tls.certresolver': 'le',
      'traefik.http.routers.web.service': 'one',
      'traefik.http.services.one.loadbalancer.server.port': '80',
      'traefik.http.services.other.loadbalancer.server.port': '81',
      'traefik.http.routers.lost.rule': 'HostRegexp(`.+`)',
      'traefik.http.routers.lost.entrypoints': 'web',
    }),
    'web',
  );
  expect([...used].map(({ key }) => key.replace('traefik.', ''))).toEqual([
    'http.routers.web.rule',
    'http.routers.web.entrypoints',
    'http.routers.web.tls',
    'http.routers.web.tls.certresolver',
    'http.routers.web.service',
    'http.services.one.loadbalancer.server.port',
    'enable',
  ]);
  expect(remarkLines(remarks).filter((line) => line.startsWith('no-resolver'))).toEqual([
    'no-resolver ["traefik.http.routers.web.tls.certresolver"]: ',
  ]);
});

test('tells routers without a rule', () => {
  expect(traefik({ enable: 'true' }).remarks).toEqual(['no-rule ["enable"]: my_web']);
  expect(traefik({ [port]: '80' }).remarks).toEqual(['no-rule ["http.services.web.loadbalancer.server.port"]: my_web']);
  expect(traefik({ 'http.routers.Web.tls': 'true' }).remarks).toEqual(['no-rule ["http.routers.Web.tls"]: Web']);
  expect(traefik({ enable: 'true', 'tcp.routers.db.rule': 'HostSNI(`*`)' }).remarks).toEqual([
    'for-traefik ["tcp.routers.db.rule"]: ',
  ]);
});

test('asks for a certificate where TLS is asked for', () => {
  const secret = (labels: Readonly<Record<string, string>>) => traefik({ [rule]: 'Host(`a.example`)', ...labels });
  const tls = ['a.example/ tls my-web-tls'];
  expect(secret({ 'http.routers.web.tls': 'true' }).routes).toEqual(tls);
  expect(secret({ 'http.routers.web.tls': 'true' }).remarks).toEqual([
    'needs-secret ["http.routers.web.tls"]: my-web-tls',
    'needs-controller ["http.routers.web.rule"]: a.example/',
  ]);
  expect(secret({ 'http.routers.web.tls': '' }).routes).toEqual(tls);
  expect(secret({ 'http.routers.web.tls': 'false', 'http.routers.web.entrypoints': 'websecure' }).routes).toEqual([
    'a.example/',
  ]);
  expect(secret({ 'http.routers.web.tls.certresolver': 'le' }).routes).toEqual(tls);
  expect(secret({ 'http.routers.web.tls.certresolver': 'le' }).remarks[0]).toBe(
    'needs-secret ["http.routers.web.tls.certresolver"]: my-web-tls',
  );
  expect(secret({ 'http.routers.web.tls.domains[0].main': 'a.example' }).routes).toEqual(tls);
  expect(secret({ 'http.routers.web.entrypoints': 'websecure' }).routes).toEqual(tls);
  expect(secret({ 'http.routers.web.entrypoints': 'web, https' }).routes).toEqual(tls);
  expect(secret({ 'http.routers.web.entrypoints': 'web' }).routes).toEqual(['a.example/']);
});

test('tells entry points that an Ingress has not', () => {
  expect(traefik({ [rule]: 'Path(`/`)', 'http.routers.web.entrypoints': 'web,metrics' }).remarks).toEqual([
    'entry-point ["http.routers.web.entrypoints"]: metrics',
    'needs-controller ["http.routers.web.rule"]: any host, /',
  ]);
});

test('finds the service of each router', () => {
  const two = {
    'http.routers.a.rule': 'Path(`/a`)',
    'http.routers.b.rule': 'Path(`/b`)',
    'http.services.a.loadbalancer.server.port': '8000',
    'http.services.b.loadbalancer.server.port': '8001',
  };
  expect(traefik({ ...two, 'http.routers.a.service': 'a', 'http.routers.b.service': 'b@docker' }).routes).toEqual([
    '*/a exactly -> 8000',
    '*/b exactly -> 8001',
  ]);
  const lost = traefik({ ...two, 'http.routers.a.service': 'c', 'http.routers.b.tls': 'false' });
  expect(lost.routes).toEqual([]);
  expect(lost.remarks).toEqual([
    'other-service ["http.routers.a.service"]: c',
    'which-service ["http.routers.b.rule"]: b',
  ]);
  const dashboard = traefik({ [rule]: 'Host(`t.example`)', 'http.routers.web.service': 'api@internal' });
  expect([dashboard.routes, dashboard.remarks]).toEqual([
    [],
    ['other-service ["http.routers.web.service"]: api@internal'],
  ]);
  expect(traefik({ [rule]: 'Path(`/`)', 'http.routers.web.service': 'mine' }).routes).toEqual(['*/ exactly']);
});

test('refuses a port that is none', () => {
  expect(traefik({ [rule]: 'Path(`/`)', [port]: 'http' })).toMatchObject({
    routes: ['*/ exactly'],
    remarks: [
      'bad-value ["http.services.web.loadbalancer.server.port"]: a port from 1 to 65535',
      'needs-controller ["http.routers.web.rule"]: any host, /',
    ],
  });
});

test('tells what a rule loses', () => {
  expect(traefik({ [rule]: 'Host(`a.example`) || HostRegexp(`.*`)' })).toMatchObject({
    routes: ['a.example/'],
    remarks: [
      'lost-alternative ["http.routers.web.rule"]: an Ingress has nothing like HostRegexp()',
      'needs-controller ["http.routers.web.rule"]: a.example/',
    ],
  });
  expect(traefik({ [rule]: 'HostRegexp(`.*`)' })).toMatchObject({
    routes: [],
    remarks: ['lost-alternative ["http.routers.web.rule"]: an Ingress has nothing like HostRegexp()'],
  });
});

test('reports one by one what only Traefik has', () => {
  const { remarks } = traefik({
    [rule]: 'Path(`/`)',
    'http.routers.web.rulesyntax': 'v3',
    'http.routers.web.middlewares': 'auth',
    'http.routers.web.priority': '10',
    'http.middlewares.auth.basicauth.users': 'me:$apr1$x',
    'http.services.web.loadbalancer.sticky.cookie': 'true',
    'tcp.routers.db.rule': 'HostSNI(`*`)',
    'udp.services.dns.loadbalancer.server.port': '53',
    'docker.network': 'front',
    'swarm.lbswarm': 'true',
    'frontend.rule': 'Host:a.example',
  });
  expect(remarks).toEqual([
    'for-traefik ["http.routers.web.middlewares"]: ',
    'for-traefik ["http.routers.web.priority"]: ',
    'for-traefik ["http.middlewares.auth.basicauth.users"]: ',
    'for-traefik ["http.services.web.loadbalancer.sticky.cookie"]: ',
    'for-traefik ["tcp.routers.db.rule"]: ',
    'for-traefik ["udp.services.dns.loadbalancer.server.port"]: ',
    'one-network ["docker.network"]: ',
    'one-network ["swarm.lbswarm"]: ',
    'old-traefik ["frontend.rule"]: ',
    'needs-controller ["http.routers.web.rule"]: any host, /',
  ]);
});
