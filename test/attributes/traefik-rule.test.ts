import { expect, test } from 'vitest';
import { isIngressHost, isIngressPath, parseTraefikRule } from '../../src/attributes/traefik-rule.ts';

function said(rule: string): readonly string[] {
  const { matches, problems } = parseTraefikRule(rule);
  return [
    ...matches.map(({ host = '*', path, pathType }) => `${host}${path}${pathType === 'Exact' ? ' exactly' : ''}`),
    ...problems.map((problem) => `! ${problem}`),
  ];
}

const table: readonly (readonly [rule: string, ...said: string[]])[] = [
  ['Host(`a.example`)', 'a.example/'],
  ['Host("a.example")', 'a.example/'],
  ["host('A.Example')", 'a.example/'],
  ['  Host ( `a.example` )  ', 'a.example/'],
  ['Host(`a.example`, `b.example`)', 'a.example/', 'b.example/'],
  ['Host(`a.example`) || Host(`b.example`)', 'a.example/', 'b.example/'],
  ['PathPrefix(`/api`)', '*/api'],
  ['Path(`/api`)', '*/api exactly'],
  ['Path(`/a`, `/b`)', '*/a exactly', '*/b exactly'],
  ['Host(`a.example`) && PathPrefix(`/api`)', 'a.example/api'],
  ['PathPrefix(`/api`) && Host(`a.example`)', 'a.example/api'],
  ['Host(`a.example`) && (PathPrefix(`/api`) || Path(`/ping`))', 'a.example/api', 'a.example/ping exactly'],
  [
    '(Host(`a.example`) || Host(`b.example`)) && PathPrefix(`/x`, `/y`)',
    'a.example/x',
    'a.example/y',
    'b.example/x',
    'b.example/y',
  ],
  ['Host(`a.example`) && PathPrefix(`/x`) || PathPrefix(`/y`)', 'a.example/x', '*/y'],
  ['Host(`a.example`) && Host(`a.example`)', 'a.example/'],
  ['Host(`a.example`) && Host(`b.example`)', '! no request has both the host a.example and b.example'],
  ['PathPrefix(`/api`) && PathPrefix(`/api/v1`)', '*/api/v1'],
  ['PathPrefix(`/api/v1`) && PathPrefix(`/api`)', '*/api/v1'],
  ['PathPrefix(`/api`) && Path(`/api/v1`)', '*/api/v1 exactly'],
  ['PathPrefix(`/api`) && Path(`/api`)', '*/api exactly'],
  ['Path(`/api`) && PathPrefix(`/api/v1`)', '! no request has both the path /api and /api/v1'],
  ['PathPrefix(`/a`) && PathPrefix(`/b`)', '! no request has both the path /a and /b'],
  ['HostRegexp(`.+`)', '! an Ingress has nothing like HostRegexp()'],
  ['Host(`a.example`) || HostRegexp(`.+`)', 'a.example/', '! an Ingress has nothing like HostRegexp()'],
  ['Host(`a.example`) && Headers(`X`, `y`)', '! an Ingress has nothing like Headers()'],
  ['Host(`a.example`) && !PathPrefix(`/admin`)', '! an Ingress has no negation'],
  ['!(Host(`a.example`))', '! an Ingress has no negation'],
  ['Host(`a_b.example`)', '! "a_b.example" is no host of an Ingress'],
  ['Host(`10.0.0.1`)', '! "10.0.0.1" is no host of an Ingress'],
  ['Path(`/{id:[0-9]+}`)', '! "/{id:[0-9]+}" is no path of an Ingress'],
  ['PathPrefix(`api`)', '! "api" is no path of an Ingress'],
  ['Path("/a\\"b")', '*/a"b exactly'],
  ['Host:a.example;PathPrefix:/x', '! it is a rule of Traefik 1'],
  ['', '! it cannot be read'],
  ['Host', '! it cannot be read'],
  ['Host()', '! it cannot be read'],
  ['Host(a.example)', '! it cannot be read'],
  ['Host(`a.example`', '! it cannot be read'],
  ['Host(`a.example`) &&', '! it cannot be read'],
  ['Host(`a.example`) Host(`b.example`)', '! it cannot be read'],
  ['(Host(`a.example`)', '! it cannot be read'],
  ['!', '! it cannot be read'],
  ['&& Host(`a.example`)', '! it cannot be read'],
  ['Host(`a.example`) || ', '! it cannot be read'],
];

test.each(table)('%s', (rule, ...expected) => {
  expect(said(rule)).toEqual(expected);
});

test('does not multiply without end', () => {
  const many = (count: number) =>
    `PathPrefix(${Array.from({ length: count }, (_, index) => `\`/${index}\``).join(', ')})`;
  expect(said(many(64)).length).toBe(64);
  expect(said(`${many(9)} && ${many(9)}`)).toEqual(['! it cannot be read']);
  expect(said(`${many(40)} || ${many(40)}`)).toEqual(['! it cannot be read']);
});

test('survives brackets without end', () => {
  expect(said('('.repeat(100_000))).toEqual(['! it cannot be read']);
  expect(said(`${'('.repeat(400)}Path(\`/\`)${')'.repeat(400)}`)).toEqual(['*/ exactly']);
});

test('knows the paths that an Ingress takes', () => {
  const paths = [
    '/',
    '/a',
    '/a/',
    '/a.b',
    '/.well-known/x',
    'a',
    '',
    '//',
    '/a//b',
    '/./',
    '/..',
    '/a/../b',
    '/%2F',
    '/a b',
    '/{x}',
  ];
  expect(paths.filter(isIngressPath)).toEqual(['/', '/a', '/a/', '/a.b', '/.well-known/x']);
});

test('knows the hosts that an Ingress takes', () => {
  expect(['a.example', 'localhost', 'a_b', '10.0.0.1', '*.a.example', 'A.example'].filter(isIngressHost)).toEqual([
    'a.example',
    'localhost',
  ]);
});
