import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { Route } from '../../src/model/facts.ts';
import type { EdgeRoute } from '../../src/model/plan.ts';
import { findEndpoints } from '../../src/passes/find-endpoints.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { routeEdges } from '../../src/passes/route-edges.ts';
import { sharePods } from '../../src/passes/share-pods.ts';
import { at, type DraftLiteral, draftOf, from, port, said } from '../support/draft.ts';
import { mentionsIn, rolesOf } from '../support/network-draft.ts';

function decided(literal: DraftLiteral): { readonly routes: readonly EdgeRoute[]; readonly said: readonly string[] } {
  const draft = draftOf(literal);
  const silent = new Report();
  const names = nameObjects(draft, silent);
  const groups = sharePods(draft, silent);
  const endpoints = findEndpoints(draft, names, groups, rolesOf(draft), mentionsIn(draft), silent);
  const report = new Report();
  return { routes: routeEdges(draft, names, endpoints, report).routes, said: said(report) };
}

function route(more: Partial<Route> = {}): Route {
  return {
    host: at('web.example'),
    path: at('/'),
    pathType: 'Prefix',
    port: undefined,
    tlsSecret: undefined,
    className: undefined,
    annotations: [],
    origin: from('services', 'web', 'labels', 'hosts'),
    ...more,
  };
}

const exposed = (...numbers: readonly number[]) =>
  numbers.map((number) => ({ port: at(number), protocol: at('tcp' as const) }));

/** `name [class]: host path→service:port` */
function text({ name, className, rules }: EdgeRoute): string {
  const paths = rules.flatMap(({ host, paths: list }) =>
    list.map((one) => `${host?.value ?? '*'}${one.path.value}>${one.target}:${one.port}`),
  );
  const kind = typeof className === 'string' ? className : className?.value;
  return `${name}${kind === undefined ? '' : ` [${kind}]`}: ${paths.join(' ')}`;
}

test('routes become one Ingress of the service, by host, with its certificates and annotations', () => {
  const outcome = decided({
    services: {
      my_web: {
        exposed: exposed(8000),
        routes: [
          route({ tlsSecret: at('tls'), className: at('nginx'), annotations: [{ key: 'a', value: at('1') }] }),
          route({ host: at('other.example'), tlsSecret: at('tls') }),
          route({ path: at('/exact'), pathType: 'Exact', annotations: [{ key: 'a', value: at('2') }] }),
        ],
      },
    },
    options: { ingressClass: 'traefik' },
  });
  const origin = from('services', 'web', 'labels', 'hosts');
  const path = { target: 'my-web', port: 'tcp-8000', origin };
  expect(outcome.routes).toEqual([
    {
      name: 'my-web',
      service: 'my_web',
      className: at('nginx'),
      rules: [
        {
          host: at('web.example'),
          paths: [
            { path: at('/'), pathType: 'Prefix', ...path },
            { path: at('/exact'), pathType: 'Exact', ...path },
          ],
        },
        { host: at('other.example'), paths: [{ path: at('/'), pathType: 'Prefix', ...path }] },
      ],
      tls: [{ hosts: [at('web.example'), at('other.example')], secret: at('tls') }],
      annotations: [{ key: 'a', value: at('1') }],
      origin,
    },
  ]);
  expect(outcome.said).toEqual([]);
});

test('a route leads to the port it names, also one that nothing else speaks of', () => {
  const outcome = decided({
    services: {
      web: { exposed: exposed(80, 81), routes: [route({ port: at(81) }), route({ port: at(82), path: at('/x') })] },
    },
    options: { ingressClass: 'traefik' },
  });
  expect(outcome.routes.map(text)).toEqual(['web [traefik]: web.example/>web:tcp-81 web.example/x>web:tcp-82']);
});

test('a route that names no port leads to the only one that is declared', () => {
  const services = {
    web: { ports: [port('web', 0, 80, { published: 8080 })], routes: [route()] },
    other: { environment: [{ name: 'X', from: 'inline' as const, value: at('web:9000') }] },
  };
  expect(decided({ services }).routes.map(text)).toEqual(['web: web.example/>web:tcp-80']);
});

test('a route without a port to lead to is refused', () => {
  const outcome = decided({
    services: {
      none: { routes: [route()] },
      several: { exposed: exposed(80, 81), routes: [route()] },
      udp: {
        exposed: [{ port: at(53), protocol: at('udp') }],
        routes: [route({ port: at(53, 'services', 'udp', 'labels', 'port') })],
      },
    },
  });
  expect(outcome.routes).toEqual([]);
  expect(outcome.said).toEqual([
    'error route-edges/no-port services.web.labels.hosts: the route to none is left out, because no TCP port of none is known',
    'error route-edges/several-ports services.web.labels.hosts: the route to several is left out, because it names none of the ports 80, 81',
    'error route-edges/no-port services.web.labels.hosts: the route to udp is left out, because no TCP port of udp is known',
  ]);
});

test('an Ingress has one class', () => {
  const outcome = decided({
    services: {
      web: {
        exposed: exposed(80),
        routes: [
          route({ className: at('a') }),
          route({ path: at('/x'), className: at('b', 'services', 'web', 'labels', 'class') }),
        ],
      },
    },
  });
  expect(outcome.routes.map(text)).toEqual(['web [a]: web.example/>web:tcp-80 web.example/x>web:tcp-80']);
  expect(outcome.said).toEqual([
    'warning route-edges/class-differs services.web.labels.class: the Ingress web has the class a, as for its first route, and not b',
  ]);
});

test('--expose=ingress leads to the only service that publishes a web port', () => {
  const outcome = decided({
    services: {
      web: { ports: [port('web', 0, 80, { published: 8080 })] },
      inner: { exposed: exposed(80) },
      local: { ports: [port('local', 0, 80, { published: 81, hostIp: '127.0.0.1' })] },
      kept: { wishes: { serviceType: at('ClusterIP') }, ports: [port('kept', 0, 80, { published: 82 })] },
      db: { ports: [port('db', 0, 5432, { published: 5432 })] },
    },
    options: { expose: 'ingress' },
  });
  expect(outcome.routes.map(text)).toEqual(['web: */>web:tcp-80']);
  expect(outcome.said).toEqual([
    'warning route-edges/no-http services.db.ports[0]: no published port of db is likely to speak HTTP, so no Ingress leads to it',
  ]);
});

test('several services need hosts, which are made up', () => {
  const outcome = decided({
    services: {
      web: { ports: [port('web', 0, 80, { published: 8080 })] },
      api: { ports: [port('api', 0, 8000, { published: 8000 })] },
      routed: { ports: [port('routed', 0, 80, { published: 83 })], routes: [route()] },
    },
    options: { expose: 'ingress' },
  });
  expect(outcome.routes.map(text)).toEqual([
    'web: web.localhost/>web:tcp-80',
    'api: api.localhost/>api:tcp-8000',
    'routed: web.example/>routed:tcp-80',
  ]);
  expect(outcome.said).toEqual([
    'warning route-edges/made-up-host services.web.ports[0]: no host name is known for web, so its Ingress answers to web.localhost',
    'warning route-edges/made-up-host services.api.ports[0]: no host name is known for api, so its Ingress answers to api.localhost',
  ]);
});

test('a route to a port that is no TCP port of the Service is refused', () => {
  const outcome = decided({
    services: {
      dns: {
        exposed: [{ port: at(53), protocol: at('udp') }, ...exposed(80)],
        routes: [route({ port: at(53, 'services', 'dns', 'labels', 'port') })],
      },
    },
  });
  expect(outcome.routes).toEqual([]);
  expect(outcome.said).toEqual([
    'error route-edges/unknown-port services.dns.labels.port: the route to dns is left out, because 53 is no TCP port of its Service',
  ]);
});
