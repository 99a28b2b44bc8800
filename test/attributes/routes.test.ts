import { expect, test } from 'vitest';
import { loadBalancerRoutes, mergeRoutes, parseHostPath } from '../../src/attributes/routes.ts';
import { traefikRoutes } from '../../src/attributes/traefik-labels.ts';
import { hintsOf, remarkLines, routeLine, routeLines } from '../support/hints.ts';

function lb(labels: Readonly<Record<string, string>>) {
  const { asked, remarks } = loadBalancerRoutes(hintsOf(labels));
  return [routeLines(asked), remarkLines(remarks)];
}

test('makes no route without labels', () => {
  expect(lb({ 'other.label': 'x' })).toEqual([[], []]);
});

test('makes a route for each host', () => {
  expect(lb({ 'com.docker.lb.hosts': 'A.example, *.b.example', 'com.docker.lb.port': '8080' })).toEqual([
    ['a.example/ -> 8080', '*.b.example/ -> 8080'],
    ['needs-controller ["com.docker.lb.hosts"]: a.example/, *.b.example/'],
  ]);
});

test('serves the context root', () => {
  const [routes] = lb({ 'com.docker.lb.hosts': 'a.example', 'com.docker.lb.context_root': '/shop' });
  expect(routes).toEqual(['a.example/shop']);
  expect(lb({ 'com.docker.lb.hosts': 'a.example', 'com.docker.lb.context_root': 'shop' })[0]).toEqual(routes);
});

test('takes the certificate from a Secret', () => {
  expect(
    lb({
      'com.docker.lb.hosts': 'a.example',
      'com.docker.lb.ssl_cert': 'Shop_cert',
      'com.docker.lb.ssl_key': 'shop_key',
    }),
  ).toEqual([
    ['a.example/ tls shop-cert'],
    [
      'needs-secret ["com.docker.lb.ssl_cert"]: shop-cert',
      'needs-secret ["com.docker.lb.ssl_key"]: shop-cert',
      'needs-controller ["com.docker.lb.hosts"]: a.example/',
    ],
  ]);
  expect(lb({ 'com.docker.lb.hosts': 'a.example', 'com.docker.lb.ssl_key': 'key' })[0]).toEqual(['a.example/ tls key']);
});

test('says of each other label of the family what becomes of it', () => {
  expect(
    lb({
      'com.docker.lb.network': 'front',
      'com.docker.lb.sticky_session_cookie': 'session',
      'com.docker.lb.redirects': 'x',
      'com.docker.lb.port': '80',
    }),
  ).toEqual([
    [],
    [
      'one-network ["com.docker.lb.network"]: ',
      'no-equal ["com.docker.lb.sticky_session_cookie"]: ',
      'no-equal ["com.docker.lb.redirects"]: ',
      'no-hosts ["com.docker.lb.port"]: ',
    ],
  ]);
});

test('refuses wrong values', () => {
  expect(
    lb({ 'com.docker.lb.hosts': 'a_b,c.example', 'com.docker.lb.port': '0', 'com.docker.lb.context_root': 'a b' }),
  ).toEqual([
    ['c.example/'],
    [
      'bad-value ["com.docker.lb.port"]: a port from 1 to 65535',
      'bad-value ["com.docker.lb.context_root"]: a path such as /shop',
      'bad-value ["com.docker.lb.hosts"]: host names with commas between them',
      'needs-controller ["com.docker.lb.hosts"]: c.example/',
    ],
  ]);
  expect(lb({ 'com.docker.lb.hosts': '' })).toEqual([
    [],
    ['bad-value ["com.docker.lb.hosts"]: host names with commas between them'],
  ]);
  expect(lb({ 'com.docker.lb.hosts': 'a.example', 'com.docker.lb.port': '70000' })[0]).toEqual(['a.example/']);
});

test('reads hosts with paths', () => {
  expect(['A.example', 'a.example/x', '*.a.example', 'a.example:80', '/x', 'a.example/ x'].map(parseHostPath)).toEqual([
    { host: 'a.example', path: '/' },
    { host: 'a.example', path: '/x' },
    { host: '*.a.example', path: '/' },
    undefined,
    undefined,
    undefined,
  ]);
});

test('joins routes of one host and path, keeping certificate and port', () => {
  const { asked } = traefikRoutes(
    hintsOf({
      'traefik.http.routers.plain.rule': 'Host(`a.example`)',
      'traefik.http.routers.secure.rule': 'Host(`a.example`) || Host(`b.example`)',
      'traefik.http.routers.secure.tls': 'true',
      'traefik.http.services.web.loadbalancer.server.port': '80',
    }),
    'web',
  );
  const { routes, remarks } = mergeRoutes(asked);
  expect(routes.map(routeLine)).toEqual(['a.example/ -> 80 tls web-tls', 'b.example/ -> 80 tls web-tls']);
  expect(remarks).toEqual([]);
});

test('keeps the first of two ports on one host and path', () => {
  const { asked: first } = loadBalancerRoutes(
    hintsOf({ 'com.docker.lb.hosts': 'a.example', 'com.docker.lb.port': '80' }),
  );
  const { asked: second } = loadBalancerRoutes(
    hintsOf({ 'com.docker.lb.hosts': 'a.example', 'com.docker.lb.port': '81' }),
  );
  const { asked: open } = loadBalancerRoutes(hintsOf({ 'com.docker.lb.hosts': 'a.example' }));
  const both = mergeRoutes([...open, ...first, ...second]);
  expect(both.routes.map(routeLine)).toEqual(['a.example/ -> 80']);
  expect(remarkLines(both.remarks)).toEqual(['same-route ["com.docker.lb.hosts"]: a.example/']);
});
