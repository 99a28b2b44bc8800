import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { KubernetesObject } from '../../src/model/resource.ts';
import { yamlText } from '../../src/writers/yaml.ts';

const head = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };

/** The lines that stand for `data`, one level in. */
function written(data: unknown): string {
  const text = yamlText({ ...head, data } as KubernetesObject);
  return text.slice(text.indexOf('\ndata:') + 6).replace(/^\n/, '');
}

/** Every place of an object where text can stand. */
function everywhere(texts: readonly string[]): KubernetesObject & { readonly data: unknown } {
  return {
    ...head,
    data: {
      values: Object.fromEntries(texts.map((text, index) => [`k${index}`, text])),
      keys: Object.fromEntries(texts.map((text) => [text, text])),
      list: texts,
      deep: [{ env: texts.map((text) => ({ name: text, args: [text] })) }],
    },
  };
}

function expectRoundTrip(texts: readonly string[]): void {
  const object = everywhere(texts);
  const text = yamlText(object);
  expect(parse(text)).toEqual(object);
  expect(parse(text, { version: '1.1' })).toEqual(object);
}

test('an object is written as kubectl prints it, keys in their order', () => {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', annotations: { a: 'b c' } },
    spec: {
      replicas: 2,
      paused: false,
      ratio: 0.5,
      nothing: null,
      strategy: {},
      list: [],
      containers: [
        { name: 'web', image: 'registry.example.com:5000/web:1.4', args: ['sh', '-c', 'echo $HOSTNAME'], tty: true },
        { name: 'cache' },
      ],
    },
  };
  expect(yamlText(object)).toBe(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    a: b c
spec:
  replicas: 2
  paused: false
  ratio: 0.5
  nothing: null
  strategy: {}
  list: []
  containers:
  - name: web
    image: registry.example.com:5000/web:1.4
    args:
    - sh
    - -c
    - echo $HOSTNAME
    tty: true
  - name: cache
`);
});

test('an object that occurs twice is written twice', () => {
  const probe = { port: 80 };
  expect(written({ a: probe, b: probe })).toBe('  a:\n    port: 80\n  b:\n    port: 80\n');
});

test('permission bits are explained in octal, whatever else is called mode is not', () => {
  const data = { defaultMode: 0o644, items: [{ key: 'a', mode: 0o444 }], mode: 'fast', modes: 292 };
  expect(written(data)).toBe(
    '  defaultMode: 420 # 0644\n  items:\n  - key: a\n    mode: 292 # 0444\n  mode: fast\n  modes: 292\n',
  );
});

test.each([
  'y',
  'Y',
  'n',
  'N',
  'yes',
  'Yes',
  'YES',
  'no',
  'No',
  'NO',
  'on',
  'On',
  'ON',
  'off',
  'Off',
  'OFF',
  'true',
  'True',
  'TRUE',
  'false',
  'False',
  'FALSE',
  'null',
  'Null',
  'NULL',
  '~',
  '',
  '0',
  '1',
  '-1',
  '+1',
  '0777',
  '0o17',
  '0x1f',
  '0X1F',
  '0b101',
  '1_000',
  '1e3',
  '12e03',
  '1E5',
  '1.5',
  '1.',
  '.5',
  '-.5',
  '1:30',
  '190:20:30',
  '190:20:30.15',
  '.inf',
  '-.Inf',
  '+.INF',
  '.nan',
  '.NaN',
  '2024-01-01',
  '2001-12-14t21:59:43.10-05:00',
  '2001-12-14 21:59:43',
  '=',
  '<<',
  ' a',
  'a ',
  ' ',
  '-',
  '- a',
  '? a',
  'a: b',
  'a:',
  'a #b',
  '#a',
  '&a',
  '*a',
  '!a',
  '|',
  '>',
  '%a',
  '@a',
  '`a',
  '[a]',
  '{a}',
  '"a"',
])('quotes %j', (text) => {
  expect(written({ a: text })).toBe(`  a: '${text}'\n`);
  expectRoundTrip([text]);
});

test.each([
  'web',
  'a.b-c_d/e',
  '_',
  'registry.example.com/shop/web:1.4',
  '500m',
  '128Mi',
  '1Gi',
  '25%',
  '10.0.0.1',
  '1.2.3',
  '-c',
  '$(A)',
  'http://a/b?c=d#e',
  '/up',
  'nope',
  'yesterday',
  'it is',
  "it's",
  'a, b',
  'é',
  'sha256:0a',
])('leaves %j as it is', (text) => {
  expect(written({ a: text })).toBe(`  a: ${text}\n`);
  expectRoundTrip([text]);
});

test.each([
  ['a\tb', '"a\\tb"'],
  ['\u0000', '"\\u0000"'],
  ['\u007f', '"\\u007f"'],
  ['a\u0085b', '"a\\u0085b"'],
  ['a\u2028b', '"a\\u2028b"'],
  ['\ufeffa\n', '"\\ufeffa\\n"'],
  ['a\r\nb\r\n', '"a\\r\\nb\\r\\n"'],
  ['a\n  ', '"a\\n  "'],
  ['\tall:\n\tmake\n', '"\\tall:\\n\\tmake\\n"'],
  ['\n', '"\\n"'],
  ['it\'s "a"\t', '"it\'s \\"a\\"\\t"'],
])('escapes what readers would refuse or change: %j', (text, shown) => {
  expect(written({ a: text })).toBe(`  a: ${shown}\n`);
  expectRoundTrip([text]);
});

test.each([
  ['a\nb\n', '|\n    a\n    b\n'],
  ['a\nb', '|-\n    a\n    b\n'],
  ['a\n\n', '|+\n    a\n\n'],
  ['  a\nb\n', '|2\n      a\n    b\n'],
  ['\n a\n', '|2\n    \n     a\n'],
  ['a  \nb\n', '|\n    a  \n    b\n'],
  ['a\n\tb\n', '|\n    a\n    \tb\n'],
  ['status:\n  ok: true\n', '|\n    status:\n      ok: true\n'],
  ['---\n# a\n...\n%b\n', '|\n    ---\n    # a\n    ...\n    %b\n'],
  [`${'long '.repeat(60)}\nb\n`, `|\n    ${'long '.repeat(60)}\n    b\n`],
])('writes several lines as a literal block: %j', (text, block) => {
  expect(written({ a: text })).toBe(`  a: ${block}`);
  expectRoundTrip([text]);
});

test('a long line is not folded', () => {
  const line = 'word '.repeat(100).trim();
  expect(written({ a: line, b: `${line}:` })).toBe(`  a: ${line}\n  b: '${line}:'\n`);
});

test('keys are quoted as values are', () => {
  const data = { y: '1', '0777': '2', 'a b': '3', 'a: b': '4', 'a\nb': '5', '': '6' };
  expect(written(data)).toBe(`  'y': '1'
  '0777': '2'
  a b: '3'
  'a: b': '4'
  "a\\nb": '5'
  '': '6'
`);
});

test('a key called __proto__ is a key', () => {
  expect(written(Object.fromEntries([['__proto__', 'a']]))).toBe('  __proto__: a\n');
});

const tricky = fc.string({
  unit: fc.constantFrom(...' \t\n\r:#-?\'"|>%@&*!{}[],.0123456789eEyYnNoO_~=<\\ab/+é\u0085\u2028\ufeff\u00a0😀'),
  maxLength: 12,
});

test('any text comes back, read as YAML 1.2 and as YAML 1.1', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.oneof(tricky, fc.string({ unit: 'binary' })), { maxLength: 8 }), (texts) => {
      const known = texts.filter((text) => text !== '__proto__');
      expectRoundTrip(known);
    }),
    { numRuns: 500 },
  );
});

test('any JSON comes back', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false, stringUnit: tricky }), (data) => {
      const object = { ...head, data: JSON.parse(JSON.stringify(data)) as unknown } as KubernetesObject;
      expect(parse(yamlText(object))).toEqual(object);
    }),
  );
});
