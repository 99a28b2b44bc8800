/** The phases of parsing together. */
import { expect, test } from 'vitest';
import { toList } from '../../src/attributes/forms.ts';
import { defineEntry, defineRule } from '../../src/attributes/rule.ts';
import { integer, list, map, object, text } from '../../src/attributes/shapes.ts';
import { spanText } from '../../src/kernel/source.ts';
import { type Dict, get, plain } from '../../src/kernel/tree.ts';
import { type ProjectGiven, projectOf } from '../support/project.ts';
import { told } from '../support/told.ts';

const rule = defineRule({
  name: 'rule',
  service: {
    image: () => text(),
    scale: () => integer(0),
    dns: () => list(text()),
    environment: () => map(text()),
    profiles: () => list(text()),
    extends: () => text(),
    depends_on: () => map(object({})),
  },
  deploy: { replicas: () => integer(0) },
  expand: { dns: toList },
  unique: { dns: (item) => (item.kind === 'scalar' ? String(item.value) : undefined) },
  support: {},
  messages: {},
  lower: () => ({}),
});
const volumes = defineEntry({
  name: 'volumes',
  section: 'volumes',
  shape: () => object({ driver: text().optional() }),
  support: {},
  messages: {},
  lower: () => ({}) as never,
});

function namesIn(tree: Dict): readonly string[] {
  const services = get(tree, 'services');
  return services?.kind === 'dict' ? [...services.entries.keys()] : [];
}

function parsed(texts: string | readonly string[], more: ProjectGiven = {}) {
  const { project, report } = projectOf(texts, { rules: [rule], entries: [volumes], ...more });
  return {
    project,
    name: project.name.value,
    services: Object.fromEntries(project.services),
    inactive: namesIn(project.tree).filter((one) => !project.services.has(one)),
    volumes: Object.fromEntries(project.sections.volumes),
    said: told(report),
  };
}

test('reads, fills, expands, merges and checks', () => {
  const first = 'name: Shop\nservices:\n  web: {image: "nginx:${TAG:-1}", dns: 1.1.1.1}\n  db: {image: pg}\n';
  const second = 'services:\n  web: {dns: [8.8.8.8, 1.1.1.1], deploy: {replicas: "2"}, scale: 2}\nvolumes: {data: }\n';
  expect(parsed([first, second], { env: { TAG: '2' } })).toMatchObject({
    name: 'shop',
    services: {
      web: { image: 'nginx:2', dns: ['1.1.1.1', '8.8.8.8'], scale: 2, deploy: { replicas: 2 } },
      db: { image: 'pg', deploy: {} },
    },
    inactive: [],
    volumes: { data: {} },
    said: [],
  });
});

test('takes a later document of a file for an override', () => {
  const { project, said } = parsed(
    'services: {web: {image: a, environment: {A: "1"}}}\n---\nservices: {web: {image: b}}\n',
  );
  expect([plain(project.tree), said]).toEqual([{ services: { web: { image: 'b', environment: { A: '1' } } } }, []]);
});

test('splits services by profile, and checks those that are off too', () => {
  const yaml = 'services: {web: {image: a}, debug: {image: b, profiles: [x], scale: y}, x-odd: {image: c}}';
  expect(parsed(yaml)).toMatchObject({
    services: { web: { image: 'a' }, 'x-odd': { image: 'c' } },
    inactive: ['debug'],
    said: [
      'f0.yaml:1:57 info project/left-out the service debug is left out, since none of its profiles (x) is active',
      'f0.yaml:1:69 error check/type services.debug.scale must be a whole number of at least 0, not "y"',
    ],
  });
  expect(parsed('services: {web: {image: a, profiles: [x]}}', { env: { COMPOSE_PROFILES: 'x' } }).inactive).toEqual([]);
  expect(parsed('services: {web: {image: a, profiles: [x]}}', { profiles: ['x'] }).inactive).toEqual([]);
});

test('knows the name of the project as a variable', () => {
  const { services, name, project } = parsed('name: shop\nservices: {web: {image: "${COMPOSE_PROJECT_NAME}"}}');
  expect([services['web'], name, project.variable('COMPOSE_PROJECT_NAME'), project.variable('NOPE')]).toEqual([
    { image: 'shop', deploy: {} },
    'shop',
    'shop',
    undefined,
  ]);
});

test('warns once of a variable that is not set, in all files', () => {
  expect(parsed(['services: {web: {image: "a$X"}}', 'services: {web: {image: "b$X"}}']).said).toEqual([
    'f0.yaml:1:27 warning interpolate/unset the variable X is not set; an empty text is used',
  ]);
});

test('gives the place of the nearest thing that is there', () => {
  const { project } = parsed(
    'services:\n  web:\n    image: a\n    dns: [x, y]\n    environment: {A: }\n  db: {image: b}\n',
  );
  const at = (...path: readonly (string | number)[]): string => {
    const { span } = project.origin(path);
    return span === undefined ? '-' : spanText(span);
  };
  expect(at('services', 'web', 'image')).toBe('f0.yaml:3:12');
  expect(at('services', 'web')).toBe('f0.yaml:2:3');
  expect(at('services', 'web', 'dns')).toBe('f0.yaml:4:5');
  expect(at('services', 'web', 'dns', 1)).toBe('f0.yaml:4:14');
  expect(at('services', 'web', 'dns', 7)).toBe('f0.yaml:4:5');
  expect(at('services', 'web', 'environment', 'A')).toBe('f0.yaml:5:19');
  expect(at('services', 'web', 'deploy', 'replicas')).toBe('f0.yaml:2:3');
  expect(at('volumes', 'x')).toBe('f0.yaml:1:1');
  expect(project.origin(['services', 'web', 'deploy']).path).toEqual(['services', 'web', 'deploy']);
});

test('reads env files for rules', () => {
  const { project } = parsed('services: {web: {image: a}}', { files: { '/project/web.env': 'A=$X' } });
  const { entries } = project.readEnvFile('/project/web.env', 'compose', () => 'x');
  expect(entries.map(({ name, value }) => [name, value])).toEqual([['A', 'x']]);
});

test.each<[string, readonly string[]]>([
  ['', ['f0.yaml:1:1 error parser/empty f0.yaml is empty']],
  ['# services:\n', ['f0.yaml:1:1 error parser/empty f0.yaml is empty']],
  ['- a\n', ['f0.yaml:1:1 error parser/not-a-mapping a Compose file must be a mapping, not a list']],
  ['text\n', ['f0.yaml:1:1 error parser/not-a-mapping a Compose file must be a mapping, not text']],
  [
    'services: {web: {image: a}}\n---\n',
    ['f0.yaml:2:4 error parser/not-a-mapping a Compose file must be a mapping, not empty'],
  ],
  ['services:\n', ['f0.yaml:1:1 error project/no-services the project has no services']],
  ['services: [a]\n', ['f0.yaml:1:11 error check/type services must be a mapping, not a list']],
  ['services: a\n', ['f0.yaml:1:11 error check/type services must be a mapping, not text']],
  ['services: {"a b": {image: x}}\n', ['f0.yaml:1:12 error check/name "a b" cannot be a name in services']],
  [
    'services: {web: {image: a}}\nvolume: {}\nconstructor: 1\nx-any: 2\nversion: "3"\n',
    [
      'f0.yaml:2:1 error check/unknown-key unknown attribute "volume" at the top level',
      'f0.yaml:3:1 error check/unknown-key unknown attribute "constructor" at the top level',
    ],
  ],
  [
    'web: {image: a}\ndb: {build: .}\n',
    ['f0.yaml:1:1 error parser/old-format this file has the format of 2014, with services at the top level (web, db)'],
  ],
  [
    'include: [a]\nservices: {web: {extends: b}, db: text}\n',
    [
      'f0.yaml:1:1 error parser/not-yet include is not supported yet',
      'f0.yaml:2:18 error parser/not-yet extends is not supported yet',
      'f0.yaml:2:35 error check/type services.db must be a mapping, not text',
    ],
  ],
  ['name: [a]\nservices: {web: {image: a}}\n', ['f0.yaml:1:7 error check/type name must be text, not a list']],
])('finds the mistakes of %j', (yaml, said) => {
  expect(parsed(yaml).said).toEqual(said);
});

test('asks nothing of the whole where a part could not be read', () => {
  expect(parsed('services:\n  5: {image: a}\n').said).toEqual([
    'f0.yaml:2:3 error yaml/key-not-text a key must be text, not the number 5',
  ]);
  expect(parsed(['services: {web: {depends_on: {db: {}}}}', 'services: [\n']).said).toEqual([
    'f1.yaml:1:11 error yaml/open-bracket the [ that opens here is not closed before its key is over',
  ]);
  expect(parsed('services: {web: {depends_on: {db: {}}}}', { composeFiles: ['f0.yaml', 'none.yaml'] }).said).toEqual([
    '- error files/unreadable none.yaml cannot be read: no such file',
  ]);
});

test('tells of an empty file beside others that it changes nothing', () => {
  expect(parsed(['services: {web: {image: a}}', '# later\n']).said).toEqual([
    'f1.yaml:1:1 warning parser/empty-too f1.yaml is empty and changes nothing',
  ]);
});

test('says nothing more about a value whose reference is wrong', () => {
  expect(parsed('services: {web: {image: a, scale: "${N:?how many}"}}').said).toEqual([
    'f0.yaml:1:36 error interpolate/required the variable N is required: how many',
  ]);
});

test('keeps secrets of variables out of what it says', () => {
  expect(
    parsed('services: {web: {image: a, scale: "${DB_PASSWORD}"}}', { env: { DB_PASSWORD: 'hunter2' } }).said,
  ).toEqual(['f0.yaml:1:35 error check/type services.web.scale must be a whole number of at least 0, not "****"']);
});

test.each([
  ['services: {web: {image: a}}', true],
  ['services: {web: {image: a, scale: x}}', true],
  ['services: [a]', false],
  ['services: {web: {image: a}}\nvolumes: [a]', false],
  ['services: {web: {image: a}}\n1: b', false],
  ['', false],
])('knows whether %j is whole enough to go on with', (yaml, isWhole) => {
  expect(parsed(yaml).project.isWhole).toBe(isWhole);
});

test('goes on with nothing where no file is found', () => {
  const { project, said } = parsed([], { composeFiles: [] });
  expect([plain(project.tree), project.directory, said]).toEqual([
    {},
    '/project',
    [
      '- error files/no-file no compose.yaml, compose.yml, docker-compose.yaml or docker-compose.yml in /project or any folder above it',
    ],
  ]);
});

test('reads two thousand services in linear time', () => {
  const services = (count: number): string =>
    `services:\n${Array.from({ length: count }, (_, index) => `  s${index}:\n    image: a:${index}\n    environment: {A: "${index}", B: b}\n    dns: [x, y]\n    depends_on: {s${Math.max(0, index - 1)}x: {}}\n`).join('')}`;
  const time = (count: number): number => {
    const started = performance.now();
    parsed(services(count));
    return performance.now() - started;
  };
  time(500);
  expect(time(2000)).toBeLessThan(Math.max(4000, 12 * time(500)));
});
