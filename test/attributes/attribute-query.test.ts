import { expect, test } from 'vitest';
import { findAttributes, querySteps, spokenPath, suggestAttributes } from '../../src/attributes/attribute-query.ts';
import { attributePaths } from '../../src/attributes/spec.ts';

test('takes paths apart', () => {
  expect(querySteps(' services.web.ports[0].target ')).toEqual(['services', 'web', 'ports', '[]', 'target']);
  expect(querySteps('labels["a.b\\"c"].x[\'d.e\'][]')).toEqual(['labels', 'a.b\\"c', 'x', 'd.e', '[]']);
  expect(querySteps('')).toEqual([]);
});

test('finds every attribute by its own path', () => {
  const missed = attributePaths.filter((path) => !findAttributes(path).includes(path));
  expect(missed).toEqual([]);
});

test('finds every attribute of a service without its prefix', () => {
  const missed = attributePaths.filter((path) => !findAttributes(spokenPath(path)).includes(path));
  expect(missed).toEqual([]);
});

const table: readonly (readonly [query: string, ...paths: string[]])[] = [
  ['healthcheck', 'services.*.healthcheck'],
  ['healthcheck.test', 'services.*.healthcheck.test'],
  ['services.web.healthcheck.test', 'services.*.healthcheck.test'],
  ['services.web.healthcheck.test[1]', 'services.*.healthcheck.test[]'],
  ['deploy.replicas', 'services.*.deploy.replicas'],
  ['replicas', 'services.*.deploy.replicas'],
  ['update_config.order', 'services.*.deploy.update_config.order'],
  ['ports[].target', 'services.*.ports[].target'],
  ['ports[3].target', 'services.*.ports[].target'],
  ['ports.target', 'services.*.ports[].target'],
  ['ports[]', 'services.*.ports[]'],
  ['volumes.*.driver', 'volumes.*.driver'],
  ['volumes.data.driver', 'volumes.*.driver'],
  ['volumes.type', 'services.*.volumes[].type', 'volumes.*'],
  ['networks', 'services.*.networks', 'networks'],
  ['networks.front.internal', 'networks.*.internal'],
  ['networks.front.aliases', 'services.*.networks.*.aliases'],
  ['environment.DATABASE_URL', 'services.*.environment.*'],
  ['services.web.labels["com.example.team"]', 'services.*.labels.*'],
  ['services.web.labels.com.example.team', 'services.*.labels.*'],
  ['services', 'services'],
  ['services.web', 'services.*'],
  ['services.web.x-own', 'services.*.x-*'],
  ['x-own', 'services.*.x-*', 'x-*'],
  ['start_period', 'services.*.healthcheck.start_period'],
  ['driver'],
  ['helthcheck'],
  ['services.web.ports[0].public'],
  [''],
];

test.each(table)('finds what "%s" means', (query, ...paths) => {
  expect(findAttributes(query)).toEqual(paths);
});

test('suggests what may have been meant', () => {
  expect(suggestAttributes('helthcheck')).toEqual(['healthcheck']);
  expect(suggestAttributes('services.web.helthcheck')).toEqual(['healthcheck']);
  expect(suggestAttributes('healthcheck.intervall')).toEqual(['healthcheck.interval']);
  expect(suggestAttributes('port[].target')).toEqual(['ports[].target']);
  expect(suggestAttributes('deploy.nothing.like.reservatoins')).toEqual(['deploy.resources.reservations']);
  expect(suggestAttributes('aliases')).toEqual(['networks.*.aliases']);
  expect(suggestAttributes('external.name')).toEqual([
    'networks.*.external.name',
    'volumes.*.external.name',
    'secrets.*.external.name',
    'configs.*.external.name',
  ]);
  expect(suggestAttributes('nothing_of_the_sort_at_all')).toEqual([]);
  expect(suggestAttributes('')).toEqual([]);
  expect(suggestAttributes('services')).toEqual([]);
});
