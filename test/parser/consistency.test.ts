/** Questions to the whole project. */
// cspell:ignore databse imege
import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { pathText } from '../../src/kernel/located.ts';
import { get } from '../../src/kernel/tree.ts';
import { checkProject } from '../../src/parser/consistency.ts';
import { isActive } from '../../src/parser/profiles.ts';
import { dictOf, told } from '../support/told.ts';

function checked(yaml: string, profiles: readonly string[] = []) {
  const report = new Report();
  const tree = dictOf(yaml);
  const services = get(tree, 'services');
  const all = services?.kind === 'dict' ? [...services.entries].map(([name, { value }]) => [name, value] as const) : [];
  const of = (wanted: boolean) => new Map(all.filter(([, value]) => isActive(value, new Set(profiles)) === wanted));
  checkProject(tree, of(true), of(false), report);
  return { said: told(report), report };
}

test('has nothing to say about a project that hangs together', () => {
  const yaml = [
    'services:',
    '  web: {image: a, depends_on: {db: {}, gone: {required: false}, off: {required: "false"}}, links: ["db:x"]}',
    '  db: {build: {}, volumes_from: ["store:ro", "container:x"], pid: "service:store", ipc: host}',
    '  store: {image: b, network_mode: bridge}',
    '  made: {provider: {type: x}}',
    '  heir: {extends: {service: web}}',
  ].join('\n');
  expect(checked(yaml).said).toEqual([]);
});

test.each([
  ['a: b', 's:1:1'],
  ['a: b\nservices:', 's:2:1'],
  ['services: {}', 's:1:1'],
])('says that %j has no services', (yaml, where) => {
  expect(checked(yaml).said).toEqual([`${where} error project/no-services the project has no services`]);
});

test('leaves it to others to say that services are no mapping', () => {
  expect(checked('services: [web]').said).toEqual([]);
});

test('says which service has nothing to run, unless the key is misspelt or the service is none', () => {
  expect(checked('services: {web: {ports: []}, db: , x: {image: , build: }, y: {imege: a}, z: text}').said).toEqual([
    's:1:12 error project/no-image the service web has neither image nor build',
    's:1:30 error project/no-image the service db has neither image nor build',
    's:1:36 error project/no-image the service x has neither image nor build',
  ]);
});

test('says what is left out by its profiles, and that its profiles are obeyed', () => {
  const { said, report } = checked(
    'services: {web: {image: a}, debug: {profiles: [tools, dev], depends_on: {gone: {}}}}',
    ['other'],
  );
  expect(said).toEqual([
    's:1:47 info project/left-out the service debug is left out, since none of its profiles (tools, dev) is active',
  ]);
  expect(report.diagnostics[0]).toMatchObject({
    path: ['services', 'debug'],
    disposition: 'not-applicable',
    hint: 'activate it with --profile tools',
  });
  expect(report.settledSilently.map(({ path, disposition }) => `${pathText(path)} ${disposition}`)).toEqual([
    'services.debug.profiles[0] converted',
    'services.debug.profiles[1] converted',
  ]);
});

test('says when no service is active at all', () => {
  const yaml = 'services: {a: {profiles: [x]}, b: {profiles: [y, z]}, c: {profiles: [x]}}';
  expect(checked(yaml).said[0]).toBe(
    's:1:1 error project/nothing-active no service is active; the profiles of this file are x, y, z'.replace(
      'x, y, z',
      'x, y, z',
    ),
  );
  expect(checked(yaml, ['y']).said).toHaveLength(3);
});

test.each([
  ['depends_on: {databse: {}}', 'databse', '1:41', 'did you mean "database"?'],
  ['links: [zzz]', 'zzz', '1:36', 'the services are web, database'],
  ['links: ["databas:db"]', 'databas', '1:36', 'did you mean "database"?'],
  ['volumes_from: ["zzz:ro"]', 'zzz', '1:43', 'the services are web, database'],
  ['network_mode: "service:zzz"', 'zzz', '1:42', 'the services are web, database'],
  ['pid: "service:zzz"', 'zzz', '1:33', 'the services are web, database'],
  ['ipc: "service:zzz"', 'zzz', '1:33', 'the services are web, database'],
])('says of %j that there is no such service', (attribute, to, where, hint) => {
  const { said, report } = checked(`services: {web: {image: a, ${attribute}}, database: {image: b}}`);
  expect(said).toEqual([
    `s:${where} error project/unknown-service web depends on "${to}", which is no service of this project`,
  ]);
  expect(report.diagnostics.map((one) => one.hint)).toEqual([hint]);
});

test('says that a dependency is in a profile that is off', () => {
  const { said, report } = checked(
    'services: {web: {image: a, depends_on: {db: {}}, links: [db]}, db: {image: b, profiles: [x]}}',
  );
  expect(said).toEqual([
    's:1:41 error project/inactive-service web depends on db, which no active profile selects',
    's:1:58 error project/inactive-service web depends on db, which no active profile selects',
    's:1:89 info project/left-out the service db is left out, since none of its profiles (x) is active',
  ]);
  expect(report.diagnostics.map(({ hint }) => hint).at(-1)).toBe(
    'activate a profile of db with --profile, or set required: false',
  );
});

test.each([
  ['{a: {image: i, depends_on: {a: {}}}}', '1:39', 'a → a'],
  [
    '{x: {image: i, depends_on: {a: {}}}, a: {image: i, depends_on: {b: {}}}, b: {image: i, links: [c]}, c: {image: i, network_mode: "service:a"}}',
    '1:75',
    'a → b → c → a',
  ],
])('finds the circle of %j', (services, where, chain) => {
  expect(checked(`services: ${services}`).said).toEqual([
    `s:${where} error project/cycle services depend on each other in a circle: ${chain}`,
  ]);
});

test('follows a chain of twenty thousand services, and a circle of as many', () => {
  const chain = (last: string): string =>
    `services:\n${Array.from({ length: 20_000 }, (_, index) => `  s${index}: {image: i, depends_on: {${index === 19_999 ? last : `s${index + 1}`}: {}}}`).join('\n')}`;
  expect(checked(`${chain('end')}\n  end: {image: i}`).said).toEqual([]);
  expect(checked(chain('s0')).said).toEqual([
    expect.stringMatching(/^s:2:\d+ error project\/cycle services depend on each other in a circle: /),
  ]);
});

test('does not look for what thousands of wrong names may mean', () => {
  const wrong = Array.from({ length: 3000 }, (_, index) => `  s${index}: {image: i, depends_on: {t${index}: {}}}`);
  const { report } = checked(`services:\n${wrong.join('\n')}`);
  expect(report.diagnostics).toHaveLength(3000);
});
