/** Project to Draft. */
import { expect, test } from 'vitest';
import { defineEntry, defineRule } from '../../src/attributes/rule.ts';
import { integer, object, text } from '../../src/attributes/shapes.ts';
import { lower } from '../../src/lowering/lower.ts';
import { defaultOptions } from '../../src/model/options.ts';
import { projectOf } from '../support/project.ts';

const seen: unknown[] = [];
const image = defineRule({
  name: 'image',
  service: { image: () => text(), constructor: () => text() },
  deploy: { replicas: () => integer(0) },
  support: {},
  messages: {},
  lower(values, scope) {
    seen.push([scope.name, values]);
    return { image: values.image === undefined ? undefined : scope.at(values.image, 'image') };
  },
});
const name = defineRule({
  name: 'container-name',
  service: { container_name: () => text() },
  deploy: {},
  support: {},
  messages: {},
  lower: ({ container_name: given }, scope) => ({
    containerName: given === undefined ? undefined : scope.at(given, 'container_name'),
  }),
});
const volumes = defineEntry({
  name: 'volumes',
  section: 'volumes',
  shape: () => object({ driver: text().optional() }),
  support: {},
  messages: {},
  lower: (value, scope) => ({ value, place: scope.origin().path }) as never,
});
const models = defineEntry({
  name: 'models',
  section: 'models',
  shape: () => object({ model: text() }),
  support: {},
  messages: {},
  lower(value, scope) {
    seen.push([scope.name, value]);
    return undefined;
  },
});

test('runs each rule with its own values over each active service, and each entry rule over its section', () => {
  const yaml = [
    'services:',
    '  web: {image: i, container_name: c, deploy: {replicas: 2}}',
    '  db: {container_name: d}',
    '  off: {image: j}',
    'volumes: {data: {driver: x}, cache: }',
    'models: {m: {model: y}}',
  ].join('\n');
  const entries = [volumes, models];
  const rules = [image, name];
  const { project, report } = projectOf(yaml, { rules, entries });
  const draft = lower(project, rules, entries, defaultOptions, report);
  expect([...draft.services.keys()]).toEqual(['web', 'db', 'off']);
  expect(draft.services.get('web')).toEqual({
    name: 'web',
    origin: project.origin(['services', 'web']),
    image: { value: 'i', origin: project.origin(['services', 'web', 'image']) },
    containerName: { value: 'c', origin: project.origin(['services', 'web', 'container_name']) },
  });
  expect(seen).toEqual([
    ['m', { model: 'y' }],
    ['web', { image: 'i', deploy: { replicas: 2 } }],
    ['db', { deploy: {} }],
    ['off', { image: 'j', deploy: {} }],
  ]);
  expect([...draft.volumes]).toEqual([
    ['data', { value: { driver: 'x' }, place: ['volumes', 'data'] }],
    ['cache', { value: {}, place: ['volumes', 'cache'] }],
  ]);
  expect([draft.networks.size, draft.configs.size, draft.secrets.size]).toEqual([0, 0, 0]);
  expect([draft.project.value, draft.directory, draft.files, draft.options]).toEqual([
    'project',
    '/project',
    project.files,
    defaultOptions,
  ]);
});
