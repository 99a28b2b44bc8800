/** Whether values are what they may be. */
// cspell:ignore interval_ imege replicsa hlealthcheck zzz
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineEntry, defineRule } from '../../src/attributes/rule.ts';
import { integer, list, map, object, oneOf, text } from '../../src/attributes/shapes.ts';
import { Report } from '../../src/kernel/diagnostic.ts';
import { get } from '../../src/kernel/tree.ts';
import {
  checkNames,
  checkSection,
  checkService,
  checkText,
  ruleIndex,
  sayKind,
  sayUnknown,
} from '../../src/parser/check.ts';
import { dictOf, told } from '../support/told.ts';

const rule = defineRule({
  name: 'rule',
  service: {
    image: () => text(),
    scale: () => integer(0),
    restart: () => oneOf('no', 'always'),
    ports: () => list(object({ target: integer(1, 65_535), mode: text().optional() })),
    environment: () => map(text()),
    healthcheck: () => object({ interval: text().optional(), test: list(text()).optional() }),
    plain: () => z.number().min(3),
  },
  deploy: { replicas: () => integer(0), labels: () => map(text()) },
  support: {},
  messages: {},
  lower: () => ({}),
});
const volumes = defineEntry({
  name: 'volumes',
  section: 'volumes',
  shape: () => object({ driver: text().optional(), size: text() }),
  support: {},
  messages: {},
  lower: () => ({}) as never,
});
const models = { ...volumes, section: 'models' as const };
const index = ruleIndex([rule]);

function checked(yaml: string) {
  const report = new Report();
  const tree = get(dictOf(`web: ${yaml}`), 'web');
  if (tree === undefined) throw new Error('no service');
  const value = checkService('web', tree, index, report);
  return { value, said: told(report), hints: report.diagnostics.map(({ hint }) => hint ?? '') };
}

test('gives the checked values of a service, those of deploy apart', () => {
  expect(
    checked('{image: a, scale: "2", ports: [{target: 80, x-y: 1}], x-any: {b: c}, deploy: {replicas: 3, x-y: z}}'),
  ).toEqual({
    value: { image: 'a', scale: 2, ports: [{ target: 80 }], deploy: { replicas: 3 } },
    said: [],
    hints: [],
  });
});

test('takes an attribute without a value for one that is not there', () => {
  expect(checked('{image: , deploy: }').value).toEqual({ deploy: {} });
  expect(checked('{deploy: {replicas: }}').value).toEqual({ deploy: {} });
  expect(checked('~')).toEqual({ value: { deploy: {} }, said: [], hints: [] });
});

test.each([
  ['{scale: x}', '1:14 error check/type services.web.scale must be a whole number of at least 0, not "x"', ''],
  ['{image: 5}', '1:14 error check/type services.web.image must be text, not 5', ''],
  ['{restart: maybe}', '1:16 error check/type services.web.restart must be no or always, not "maybe"', ''],
  [
    '{ports: [{target: 80}, {target: 0}]}',
    '1:38 error check/type services.web.ports[1].target must be a whole number from 1 to 65535, not 0',
    '',
  ],
  ['{ports: [{mode: a}]}', '1:15 error check/type services.web.ports[0].target is required', ''],
  ['{ports: {a: b}}', '1:14 error check/type services.web.ports must be a list, not a mapping', ''],
  [
    '{healthcheck: {test: a b}}',
    '1:27 error check/type services.web.healthcheck.test must be a list, not text',
    'write ["a b"]',
  ],
  [
    '{healthcheck: [a]}',
    '1:20 error check/type services.web.healthcheck must be a mapping, not a list',
    'write NAME: in place of - NAME:',
  ],
  ['{healthcheck: text}', '1:20 error check/type services.web.healthcheck must be a mapping, not text', ''],
  ['{environment: 5}', '1:20 error check/type services.web.environment must be a mapping, not a number', ''],
  ['{environment: {A: [b]}}', '1:24 error check/type services.web.environment.A must be text, not a list', ''],
  ['{plain: 2}', '1:14 error check/type services.web.plain too small: expected number to be >=3', ''],
  ['{plain: x}', '1:14 error check/type services.web.plain must be number, not text', ''],
  ['text', '1:6 error check/type services.web must be a mapping, not text', ''],
  ['[image]', '1:6 error check/type services.web must be a mapping, not a list', 'write NAME: in place of - NAME:'],
  [
    'image:nginx:1',
    '1:6 error check/missing-space services.web must be a mapping, but "image:nginx:1" is one text',
    'put a space after the colon',
  ],
  [
    '{deploy: replicas:3}',
    '1:15 error check/missing-space services.web.deploy must be a mapping, but "replicas:3" is one text',
    'put a space after the colon',
  ],
  [
    '{deploy: [a]}',
    '1:15 error check/type services.web.deploy must be a mapping, not a list',
    'write NAME: in place of - NAME:',
  ],
])('finds the mistake of %j', (yaml, said, hint) => {
  const result = checked(yaml);
  expect(result.said).toEqual([expect.stringContaining(`s:${said}`)]);
  expect(result.hints).toEqual([hint]);
});

test.each([
  ['{hlealthcheck: {}}', '1:7', 'unknown attribute "hlealthcheck" in the service web', 'did you mean "healthcheck"?'],
  ['{IMAGE: a}', '1:7', 'unknown attribute "IMAGE" in the service web', 'did you mean "image"?'],
  ['{replicas: 2}', '1:7', 'unknown attribute "replicas" in the service web', 'write it under deploy'],
  ['{net: host}', '1:7', 'unknown attribute "net" in the service web', 'write network_mode'],
  [
    '{constructor: a}',
    '1:7',
    'unknown attribute "constructor" in the service web',
    'known here: image, scale, restart, ports, environment, healthcheck, plain, deploy',
  ],
  [
    '{__proto__: a}',
    '1:7',
    'unknown attribute "__proto__" in the service web',
    'known here: image, scale, restart, ports, environment, healthcheck, plain, deploy',
  ],
  [
    '{deploy: {image: a}}',
    '1:16',
    'unknown attribute "image" in services.web.deploy',
    'write it beside deploy, not under it',
  ],
  [
    '{deploy: {replicsa: 2}}',
    '1:16',
    'unknown attribute "replicsa" in services.web.deploy',
    'did you mean "replicas"?',
  ],
  [
    '{healthcheck: {interval_: 1s}}',
    '1:21',
    'unknown attribute "interval_" in services.web.healthcheck',
    'did you mean "interval"?',
  ],
  [
    '{healthcheck: {constructor: 1s}}',
    '1:21',
    'unknown attribute "constructor" in services.web.healthcheck',
    'known here: interval, test',
  ],
  [
    '{healthcheck: {__proto__: 1s}}',
    '1:21',
    'unknown attribute "__proto__" in services.web.healthcheck',
    'known here: interval, test',
  ],
  [
    '{ports: [{target: 1, zzz: 2}]}',
    '1:27',
    'unknown attribute "zzz" in services.web.ports[0]',
    'known here: target, mode',
  ],
])('finds the unknown key of %j', (yaml, where, words, hint) => {
  expect(checked(yaml)).toMatchObject({ said: [`s:${where} error check/unknown-key ${words}`], hints: [hint] });
});

test('blames the unknown key for the missing one', () => {
  expect(checked('{ports: [{tagret: 80}, {mode: a}]}').said).toEqual([
    's:1:16 error check/unknown-key unknown attribute "tagret" in services.web.ports[0]',
    's:1:29 error check/type services.web.ports[1].target is required',
  ]);
});

test('finds every mistake of a service, and keeps what is right', () => {
  expect(checked('{image: a, scale: x, imege: b, deploy: {replicas: -1, labels: {a: b}}}')).toMatchObject({
    value: { image: 'a', deploy: { labels: { a: 'b' } } },
    said: [
      's:1:24 error check/type services.web.scale must be a whole number of at least 0, not "x"',
      's:1:27 error check/unknown-key unknown attribute "imege" in the service web',
      's:1:56 error check/type services.web.deploy.replicas must be a whole number of at least 0, not -1',
    ],
  });
});

test('keeps variables that are called as every object has them', () => {
  const { value, said } = checked('{environment: {constructor: a, toString: b}}');
  expect([value, said]).toEqual([{ environment: { constructor: 'a', toString: 'b' }, deploy: {} }, []]);
});

function section(yaml: string, of: typeof volumes | typeof models = volumes) {
  const report = new Report();
  const values = checkSection(of, get(dictOf(yaml), of.section), report);
  return { values: Object.fromEntries(values), said: told(report) };
}

test('checks the entries of a section', () => {
  expect(section('volumes: {a: {size: 1g}, x-b: {size: 2g, driver: d}, c: {size: 3}, d: {size: x, e: f}}')).toEqual({
    values: { a: { size: '1g' }, 'x-b': { size: '2g', driver: 'd' } },
    said: [
      's:1:64 error check/type volumes.c.size must be text, not 3',
      's:1:81 error check/unknown-key unknown attribute "e" in volumes.d',
    ],
  });
});

test('takes an empty entry for an empty mapping, at the place of its name', () => {
  expect(section('volumes:\n  a:\n')).toEqual({
    values: {},
    said: ['s:2:3 error check/type volumes.a.size is required'],
  });
});

test.each([
  ['a: b', []],
  ['volumes:', []],
  ['volumes: [a]', ['s:1:10 error check/type volumes must be a mapping, not a list']],
  ['volumes: a', ['s:1:10 error check/type volumes must be a mapping, not text']],
  ['volumes: {"a b": {size: s}}', ['s:1:11 error check/name "a b" cannot be a name in volumes']],
])('says of the section in %j', (yaml, said) => {
  expect(section(yaml).said).toEqual(said);
});

test('knows extensions beside the names of models only', () => {
  expect(section('models: {x-a: 5, b: {size: s}}', models)).toEqual({ values: { b: { size: 's' } }, said: [] });
});

test('says which names cannot be names', () => {
  const report = new Report();
  checkNames('services', dictOf('{a.b_c-D9: 1, "a b": 2, é: 3, "": 4, "a/b": 5}'), report);
  expect(told(report)).toEqual([
    's:1:15 error check/name "a b" cannot be a name in services',
    's:1:25 error check/name "é" cannot be a name in services',
    's:1:31 error check/name "" cannot be a name in services',
    's:1:38 error check/name "a/b" cannot be a name in services',
  ]);
});

test.each([
  ['a: b', []],
  ['name: n', []],
  ['name: 5', ['s:1:7 error check/type name must be text, not a number']],
  ['name:', ['s:1:6 error check/type name must be text, not empty']],
  ['name: [n]', ['s:1:7 error check/type name must be text, not a list']],
])('wants text of the name in %j', (yaml, said) => {
  const report = new Report();
  checkText(dictOf(yaml), 'name', report);
  expect(told(report)).toEqual(said);
});

test('speaks of keys at the top level, and offers many keys only when one is near', () => {
  const report = new Report();
  const entry = dictOf('zzz: 1').entries.get('zzz');
  if (entry === undefined) throw new Error('no entry');
  const keys = Array.from({ length: 13 }, (_, number) => `key${number}`);
  sayUnknown('zzz', entry, [], { keys, where: '' }, report);
  sayKind(entry.value, ['a'], report);
  expect(report.diagnostics.map(({ message, hint, path }) => [message, hint, path])).toEqual([
    ['unknown attribute "zzz" at the top level', 'own data goes under a key that begins with x-', ['zzz']],
    ['a must be a mapping, not a number', undefined, ['a']],
  ]);
});
