/** Leaves of the input, as the user wrote them. */
import { expect, test } from 'vitest';
import { externalByName, pairsToMap, toList } from '../../src/attributes/forms.ts';
import { defineEntry, defineRule } from '../../src/attributes/rule.ts';
import { object } from '../../src/attributes/shapes.ts';
import { info, Report } from '../../src/kernel/diagnostic.ts';
import { spanText } from '../../src/kernel/source.ts';
import { dictFrom, get, listFrom, scalarAt, type Tree } from '../../src/kernel/tree.ts';
import { attributeTree, isOwnExtension, type Leaf, leavesOf } from '../../src/lowering/leaves.ts';
import { expander } from '../../src/parser/expand.ts';
import { dictOf, written } from '../support/told.ts';

const known = attributeTree([
  'name',
  'services',
  'services.*',
  'services.*.image',
  'services.*.environment',
  'services.*.environment.*',
  'services.*.environment[]',
  'services.*.dns',
  'services.*.dns[]',
  'services.*.ports',
  'services.*.ports[]',
  'services.*.ports[].target',
  'services.*.ports[].published',
  'services.*.build',
  'services.*.build.context',
  'services.*.build.args.*',
  'services.*.x-*',
  'volumes.*',
  'volumes.*.external',
  'volumes.*.external.name',
  'volumes.*.name',
  'x-*',
]);

const rule = defineRule({
  name: 'rule',
  service: {},
  deploy: {},
  expand: {
    environment: pairsToMap,
    dns: toList,
    'ports[]': (node) => {
      if (node.kind !== 'scalar') return node;
      const [published, target] = String(node.value).split(':');
      return dictFrom({ target, published }, node);
    },
    build: (node) => (node.kind === 'scalar' ? dictFrom({ context: node }, node) : node),
  },
  support: {},
  messages: {},
  lower: () => ({}),
});
const volumes = defineEntry({
  name: 'volumes',
  section: 'volumes',
  shape: () => object({}),
  expand: { '': externalByName },
  support: {},
  messages: { 'external-name': info((name: string) => name) },
  lower: () => ({}) as never,
});

function leaves(text: string): readonly Leaf[] {
  return leavesOf(expander([rule], [volumes])(dictOf(text), new Report()), known);
}

function listed(text: string): readonly string[] {
  return leaves(text).map((leaf) => {
    const parts = leaf.parts.map((part) => `${part.text}=${part.attribute}`);
    const own = `${leaf.text}=${leaf.attribute}`;
    return `${spanText(leaf.span).slice(2)} ${own}${parts.length === 1 && parts[0] === own ? '' : ` (${parts.join(', ')})`}`;
  });
}

test('finds the leaves of the long forms, in the order of the file', () => {
  expect(
    listed(
      'name: n\nservices:\n  web:\n    image: i\n    environment: {A: 1}\n    ports: [{target: 1, published: 2}]\n',
    ),
  ).toEqual([
    '1:7 name=name',
    '4:12 services.web.image=services.*.image',
    '5:22 services.web.environment.A=services.*.environment.*',
    '6:22 services.web.ports[0].target=services.*.ports[].target',
    '6:36 services.web.ports[0].published=services.*.ports[].published',
  ]);
});

test('takes a short form for one leaf with the parts it stands for', () => {
  expect(listed('services: {web: {ports: ["1:2", {target: 3}], build: ./x, dns: a}}')).toEqual([
    '1:26 services.web.ports[0]=services.*.ports[] (services.web.ports[0].target=services.*.ports[].target, services.web.ports[0].published=services.*.ports[].published)',
    '1:42 services.web.ports[1].target=services.*.ports[].target',
    '1:54 services.web.build=services.*.build (services.web.build.context=services.*.build.context)',
    '1:64 services.web.dns=services.*.dns (services.web.dns[0]=services.*.dns[])',
  ]);
});

test('takes each item of a list form for one leaf', () => {
  expect(listed('services: {web: {environment: [A=1, B]}}')).toEqual([
    '1:32 services.web.environment.A=services.*.environment[] (services.web.environment.A=services.*.environment.*)',
    '1:37 services.web.environment.B=services.*.environment[] (services.web.environment.B=services.*.environment.*)',
  ]);
});

test('puts a key without a value at its name, and an item without one where it stands', () => {
  expect(listed('services:\n  web:\n    environment:\n      A:\n    dns:\n      - ~\n  db:\n')).toEqual([
    '4:7 services.web.environment.A=services.*.environment.*',
    '6:9 services.web.dns[0]=services.*.dns[]',
    '7:3 services.db=services.*',
  ]);
});

test('takes what is empty for a leaf', () => {
  expect(listed('services: {web: {dns: [], environment: {}, ports: [[]]}, db: {}}')).toEqual([
    '1:23 services.web.dns=services.*.dns',
    '1:40 services.web.environment=services.*.environment',
    '1:52 services.web.ports[0]=services.*.ports[]',
    '1:62 services.db=services.*',
  ]);
  expect(listed('{}')).toEqual([]);
});

test('takes an extension for one leaf, whatever it holds', () => {
  expect(listed('x-a: {b: [1, {c: 2}]}\nservices: {web: {x-d: [3], x-e: 4}}')).toEqual([
    '1:6 x-a=x-* (x-a.b[0]=x-*, x-a.b[1].c=x-*)',
    '2:23 services.web.x-d=services.*.x-* (services.web.x-d[0]=services.*.x-*)',
    '2:33 services.web.x-e=services.*.x-*',
  ]);
});

test('counts the keys of the own extension one by one', () => {
  expect(listed('services: {web: {x-kubernetes: {a: 1, b: {c: 2}}}}')).toEqual([
    '1:36 services.web.x-kubernetes.a=services.*.x-*',
    '1:46 services.web.x-kubernetes.b.c=services.*.x-*',
  ]);
  expect(leaves('services: {web: {x-kubernetes: {a: 1}, image: i}}').map(isOwnExtension)).toEqual([true, false]);
});

test('takes what no attribute knows for a part of what is around it', () => {
  expect(listed('services: {web: {odd: {a: [1]}, image: {b: 2}}}\nother: 3')).toEqual([
    '1:28 services.web.odd.a[0]=services.*',
    '1:44 services.web.image.b=services.*.image',
    '2:8 other=',
  ]);
});

test('finds the keys of an old form where they are written', () => {
  const [leaf, ...others] = leaves('volumes: {data: {external: {name: n}}}');
  expect(others).toEqual([]);
  expect(leaf?.text).toBe('volumes.data.external.name');
  expect(leaf?.attribute).toBe('volumes.*.external.name');
  expect(leaf && written(leaf)).toBe('n');
  expect(leaf?.parts.map(({ text }) => text)).toEqual(['volumes.data.external', 'volumes.data.name']);
});

test('knows what is around a place', () => {
  const [leaf] = leaves('services: {web: {environment: {A: 1}}}');
  const around: string[] = [];
  for (let place = leaf?.around; place !== undefined; place = place.around) around.push(place.text);
  expect(around).toEqual(['services.web.environment', 'services.web', 'services', '']);
});

test('knows names that every object has, and names with other characters', () => {
  expect(
    listed('services: {constructor: {environment: {__proto__: 1, "a b": 2}}}').map((one) =>
      one.split(' ').slice(1).join(' '),
    ),
  ).toEqual([
    'services.constructor.environment.__proto__=services.*.environment.*',
    'services.constructor.environment["a b"]=services.*.environment.*',
  ]);
});

test('gives a short form without any part itself as its part', () => {
  const tree = dictOf('services: {web: {dns: x}}');
  const short = get(get(get(tree, 'services'), 'web'), 'dns') as Tree;
  const list = listFrom([], scalarAt('x', short));
  const place = {
    key: short.span,
    value: { kind: 'dict', span: tree.span, entries: new Map([['dns', { key: short.span, value: list }]]) },
  } as const;
  const root = {
    ...tree,
    entries: new Map([['services', { key: tree.span, value: { ...tree, entries: new Map([['web', place]]) } }]]),
  };
  expect(leavesOf(root, known).map(({ text, parts }) => [text, parts.map((part) => part.text)])).toEqual([
    ['services.web.dns', ['services.web.dns']],
  ]);
});
