/** Several files into one. */
import { expect, test } from 'vitest';
import { defineEntry, defineRule } from '../../src/attributes/rule.ts';
import { object } from '../../src/attributes/shapes.ts';
import { Report } from '../../src/kernel/diagnostic.ts';
import { get, plain, type Tree } from '../../src/kernel/tree.ts';
import { mergeFiles, mergeTables, uniqueItems } from '../../src/parser/merge.ts';
import { dictOf, told, written } from '../support/told.ts';

const target = (item: Tree): string | undefined => {
  const node = get(item, 'target');
  return node?.kind === 'scalar' ? String(node.value) : undefined;
};
const rule = defineRule({
  name: 'rule',
  service: {},
  deploy: {},
  merge: { command: 'replace', 'healthcheck.test': 'replace' },
  unique: { ports: target, 'build.tags': (item) => (item.kind === 'scalar' ? String(item.value) : undefined) },
  support: {},
  messages: {},
  lower: () => ({}),
});
const entry = defineEntry({
  name: 'entry',
  section: 'volumes',
  shape: () => object({}),
  merge: { driver_opts: 'replace' },
  support: {},
  messages: {},
  lower: () => ({}) as never,
});
const tables = mergeTables([rule], [entry]);

function merged(...texts: readonly string[]) {
  const report = new Report();
  const [first, ...others] = texts.map((text, index) => dictOf(text, `f${index}`));
  if (first === undefined) throw new Error('no file');
  const tree = others.reduce((one, other) => mergeFiles(one, other, tables, report), uniqueItems(first, tables));
  return { tree, value: plain(tree), said: told(report) };
}

const service = (yaml: string): string => `services: {web: {${yaml}}}`;

// All but the last two of these were run through compose-go v2.16.2.
test.each([
  ['scalars are replaced', ['image: a', 'image: b'], { image: 'b' }],
  [
    'mappings are merged by key',
    ['deploy: {a: 1, b: {c: 2}}', 'deploy: {b: {d: 3}, e: 4}'],
    { deploy: { a: 1, b: { c: 2, d: 3 }, e: 4 } },
  ],
  ['lists are joined without what is there already', ['dns: [a, b]', 'dns: [c, a, c]'], { dns: ['a', 'b', 'c', 'c'] }],
  [
    'equal items may be mappings',
    ['x: [{a: 1, b: [2]}]', 'x: [{a: 1, b: [2]}, {a: 1}]'],
    { x: [{ a: 1, b: [2] }, { a: 1 }] },
  ],
  ['an empty value keeps the earlier one', ['dns: [a]', 'dns:'], { dns: ['a'] }],
  ['an empty value yields to the later one', ['dns:', 'dns: [a]'], { dns: ['a'] }],
  ['what a rule replaces is replaced whole', ['command: [a, b]', 'command: [c]'], { command: ['c'] }],
  ['an empty value replaces what a rule replaces', ['command: [a]', 'command:'], { command: null }],
  [
    'a rule may replace what is deeper',
    ['healthcheck: {test: [a], x: 1}', 'healthcheck: {test: [b]}'],
    { healthcheck: { test: ['b'], x: 1 } },
  ],
  [
    'variables are merged by name',
    ['environment: {A: 1, B: 2}', 'environment: {B: 3, C: 4}'],
    { environment: { A: 1, B: 3, C: 4 } },
  ],
  [
    'a variable without a value replaces one that has it',
    ['environment: {A: 1}', 'environment: {A: }'],
    { environment: { A: null } },
  ],
  ['so does a label', ['labels: {A: 1}', 'labels: {A: }'], { labels: { A: null } }],
  [
    'so does an argument of a build',
    ['build: {args: {A: 1}}', 'build: {args: {A: }}'],
    { build: { args: { A: null } } },
  ],
  [
    'options go with their driver',
    ['logging: {driver: a, options: {x: 1}}', 'logging: {driver: b}'],
    { logging: { driver: 'b' } },
  ],
  [
    'options of one driver are merged',
    ['logging: {driver: a, options: {x: 1}}', 'logging: {driver: a, options: {y: 2}}'],
    { logging: { driver: 'a', options: { x: 1, y: 2 } } },
  ],
  [
    'options without a driver are merged',
    ['logging: {driver: a, options: {x: 1}}', 'logging: {options: {x: 2}}'],
    { logging: { driver: 'a', options: { x: 2 } } },
  ],
  [
    'items of one identity become the last one, at the first place',
    ['ports: [{target: 1, x: a}, {target: 2}]', 'ports: [{target: 3}, {target: 1, x: b}]'],
    { ports: [{ target: 1, x: 'b' }, { target: 2 }, { target: 3 }] },
  ],
  [
    'so do those of one file',
    ['ports: [{target: 1, x: a}, {target: 2}, {target: 1}]', 'image: a'],
    { ports: [{ target: 1 }, { target: 2 }], image: 'a' },
  ],
  [
    'items may have identities in deeper lists',
    ['build: {tags: [a, b]}', 'build: {tags: [b, c]}'],
    { build: { tags: ['a', 'b', 'c'] } },
  ],
  [
    'items without an identity all stay',
    ['ports: [1, {x: a}]', 'ports: [{x: a}]'],
    { ports: [1, { x: 'a' }, { x: 'a' }] },
  ],
])('knows that %s', (_, parts, value) => {
  expect(merged(...parts.map(service))).toMatchObject({ value: { services: { web: value } }, said: [] });
});

test('repeats what a middle file has taken back', () => {
  const parts = ['ports: [{target: 1, x: a}]', 'ports: [{target: 1}]', 'ports: [{target: 1, x: a}]'];
  expect(merged(...parts.map(service)).value).toEqual({ services: { web: { ports: [{ target: 1, x: 'a' }] } } });
});

test('adds services, sections and entries of later files, in order', () => {
  const value = merged(
    'services: {b: {}}\nvolumes: {x: {driver_opts: {a: 1}}}',
    'name: n\nservices: {a: {}, b: {image: i}}\nvolumes: {x: {driver_opts: {b: 2}}, y: }',
  ).value;
  expect(value).toEqual({
    services: { b: { image: 'i' }, a: {} },
    volumes: { x: { driver_opts: { b: 2 } }, y: null },
    name: 'n',
  });
  expect(Object.keys((value as { services: object }).services)).toEqual(['b', 'a']);
});

test.each([
  ['dns: [a]', 'dns: {a: b}', 'dns is a list in an earlier file and a mapping here', { dns: ['a'] }],
  ['dns: [a]', 'dns: b', 'dns is a list in an earlier file and text here', { dns: ['a'] }],
  ['dns: {a: b}', 'dns: 5', 'dns is a mapping in an earlier file and a number here', { dns: { a: 'b' } }],
])('tells that %j and %j do not go together', (earlier, later, words, value) => {
  expect(merged(service(earlier), service(later))).toMatchObject({
    value: { services: { web: value } },
    said: [`f1:1:23 error merge/clash ${words}`],
  });
});

test('tells that two files are of different kinds at the top', () => {
  expect(merged('services: {a: {}}', 'services: [a]').said).toEqual([
    'f1:1:11 error merge/clash services is a mapping in an earlier file and a list here',
  ]);
});

test('keeps the place of what each file says', () => {
  const { tree } = merged(service('image: a, dns: [x]'), service('dns: [y], image: b'));
  const web = get(get(tree, 'services'), 'web');
  const dns = get(web, 'dns');
  expect(get(web, 'image')?.span.source.name).toBe('f1');
  expect(dns?.kind === 'list' && dns.items.map((item) => `${item.span.source.name} ${written(item)}`)).toEqual([
    'f0 x',
    'f1 y',
  ]);
});

test('forgets the short form of a list that is no longer what stands there', () => {
  const first = dictOf('a: [x]');
  const second = dictOf('a: y');
  const short = get(second, 'a');
  const list = { kind: 'list', items: [short], span: second.span, written: short } as Tree;
  const later = { ...second, entries: new Map([['a', { key: second.span, value: list }]]) };
  const joined = get(mergeFiles(first, later, tables, new Report()), 'a');
  expect(joined).not.toHaveProperty('written');
  expect(joined && plain(joined)).toEqual(['x', 'y']);
});

test('shares with the old tree what holds no list of identities', () => {
  const tree = dictOf('services: {web: {image: a, dns: [a, a]}}\nnetworks: {n: {x: [1, 1]}}');
  const unique = uniqueItems(tree, tables);
  expect(get(unique, 'networks')).toBe(get(tree, 'networks'));
  expect(plain(unique)).toEqual(plain(tree));
});
