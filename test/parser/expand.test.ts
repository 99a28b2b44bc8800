/** Short forms to long forms. */
import { expect, test } from 'vitest';
import { defineEntry, defineRule } from '../../src/attributes/rule.ts';
import { object } from '../../src/attributes/shapes.ts';
import { error, Report } from '../../src/kernel/diagnostic.ts';
import { dictFrom, get, listFrom, plain, scalarAt, type Tree } from '../../src/kernel/tree.ts';
import { expander } from '../../src/parser/expand.ts';
import { dictOf, told } from '../support/told.ts';

const shout = (node: Tree): Tree =>
  node.kind === 'scalar' && typeof node.value === 'string' ? scalarAt(node.value.toUpperCase(), node) : node;
const toList = (node: Tree): Tree => (node.kind === 'scalar' ? listFrom([node], node) : node);

const first = defineRule({
  name: 'first',
  service: {},
  deploy: {},
  expand: {
    dns: toList,
    'dns[]': shout,
    'build.args.*': shout,
    'ports[]': (node, scope) => {
      if (node.kind !== 'scalar') return node;
      if (typeof node.value !== 'number') scope.say('port', node, String(node.value));
      return dictFrom({ target: node }, node);
    },
    'hooks[].command': toList,
  },
  support: {},
  messages: { port: error((text: string) => `"${text}" is no port`) },
  lower: () => ({}),
});
const second = defineRule({
  name: 'second',
  service: {},
  deploy: {},
  expand: {
    // Runs after the first rule's line for the same key.
    'ports[].target': (node, scope) => {
      if (node.kind !== 'scalar') scope.wrong(node, 'must be a number', 'write 80');
      return node;
    },
    labels: (node, scope) => {
      scope.wrong(node, 'must not be here');
      return node;
    },
  },
  support: {},
  messages: {},
  lower: () => ({}),
});
const silent = defineRule({ name: 'silent', service: {}, deploy: {}, support: {}, messages: {}, lower: () => ({}) });
const entry = defineEntry({
  name: 'entry',
  section: 'volumes',
  shape: () => object({}),
  expand: {
    '': (node) => (node.kind === 'scalar' ? dictFrom({ kind: node }, node) : node),
    kind: shout,
  },
  support: {},
  messages: {},
  lower: () => ({}) as never,
});
const expand = expander([first, silent, second], [entry]);

function expanded(text: string) {
  const report = new Report();
  const tree = expand(dictOf(text), report);
  return { tree, value: plain(tree), said: told(report), paths: report.diagnostics.map(({ path }) => path) };
}

test('runs the tables over services and sections, and over nothing else', () => {
  expect(
    expanded(
      [
        'dns: a',
        'services:',
        '  web: {dns: a, build: {args: {X: b, Y: 1}}, ports: [80], hooks: [{command: c}, {command: [d]}], kind: k}',
        '  db: {dns: [b, c]}',
        'volumes: {x: disk, y: {kind: disk}}',
        'networks: {x: disk}',
      ].join('\n'),
    ),
  ).toMatchObject({
    value: {
      dns: 'a',
      services: {
        web: {
          dns: ['A'],
          build: { args: { X: 'B', Y: 1 } },
          ports: [{ target: 80 }],
          hooks: [{ command: ['c'] }, { command: ['d'] }],
          kind: 'k',
        },
        db: { dns: ['B', 'C'] },
      },
      volumes: { x: { kind: 'DISK' }, y: { kind: 'DISK' } },
      networks: { x: 'disk' },
    },
    said: [],
  });
});

test('leaves alone what has not the form that a pattern expects', () => {
  const text = 'services: {web: {build: x, ports: {a: b}, hooks: [c]}, db: text}\nvolumes: [a]';
  const { tree, value } = expanded(text);
  expect(value).toEqual({
    services: { web: { build: 'x', ports: { a: 'b' }, hooks: ['c'] }, db: 'text' },
    volumes: ['a'],
  });
  expect(tree).toEqual(dictOf(text));
});

test('shares what it does not change with the old tree', () => {
  const document = dictOf('services: {web: {dns: a, image: {b: c}}, db: {image: x}}\nx-y: [z]');
  const tree = expand(document, new Report());
  const [before, after] = [get(document, 'services'), get(tree, 'services')];
  expect(get(get(after, 'web'), 'image')).toBe(get(get(before, 'web'), 'image'));
  expect(get(after, 'db')).toBe(get(before, 'db'));
  expect(get(tree, 'x-y')).toBe(get(document, 'x-y'));
  const plainDocument = dictOf('services: {db: {image: x, hooks: [{command: [a]}]}}');
  expect(expand(plainDocument, new Report())).toBe(plainDocument);
});

test('says what is wrong in the words of the rule, with the path and the place', () => {
  expect(expanded('services: {web: {ports: [80, x, {target: [1]}], labels: l}}')).toMatchObject({
    said: [
      's:1:30 error first/port "x" is no port',
      's:1:42 error second/form services.web.ports[2].target must be a number',
      's:1:57 error second/form services.web.labels must not be here',
    ],
    paths: [
      ['services', 'web', 'ports', 1],
      ['services', 'web', 'ports', 2, 'target'],
      ['services', 'web', 'labels'],
    ],
  });
});

test('gives a hint where the rule has one', () => {
  const report = new Report();
  expand(dictOf('services: {web: {ports: [{target: {}}], labels: l}}'), report);
  expect(report.diagnostics.map(({ hint }) => hint)).toEqual(['write 80', undefined]);
});
