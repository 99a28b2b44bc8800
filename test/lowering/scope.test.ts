/** What a rule may ask and say. */
import { expect, test } from 'vitest';
import { defineEntry, defineRule } from '../../src/attributes/rule.ts';
import { object, text } from '../../src/attributes/shapes.ts';
import { approximated } from '../../src/kernel/diagnostic.ts';
import { pathText } from '../../src/kernel/located.ts';
import { spanText } from '../../src/kernel/source.ts';
import { scopeFor } from '../../src/lowering/scope.ts';
import { defaultOptions } from '../../src/model/options.ts';
import { projectOf } from '../support/project.ts';
import { told } from '../support/told.ts';

const rule = defineRule({
  name: 'rule',
  service: { image: () => text() },
  deploy: {},
  support: {},
  messages: { near: approximated((what: string) => `${what} is only near`) },
  lower: () => ({}),
});
const volumes = defineEntry({
  name: 'volumes',
  section: 'volumes',
  shape: () => object({ driver: text() }),
  support: {},
  messages: {},
  lower: () => ({}) as never,
});

const yaml = 'services:\n  web: {image: i, x-a: {b: [c, d]}}\n  db: {image: j}\nvolumes: {data: {driver: 5}}\n';

function scoped() {
  const { project, report } = projectOf(yaml, { rules: [rule], entries: [volumes], env: { A: 'b' } });
  return { project, report, scope: scopeFor(rule, 'web', ['services', 'web'], project, defaultOptions, report) };
}

test('knows its service and the project', () => {
  const { scope, project } = scoped();
  expect([scope.name, scope.directory, scope.variable('A'), scope.variable('B')]).toEqual([
    'web',
    '/project',
    'b',
    undefined,
  ]);
  expect([scope.options, scope.files, scope.readEnvFile]).toEqual([defaultOptions, project.files, project.readEnvFile]);
});

test('knows what is declared, entries with a mistake too, and works it out once', () => {
  const { scope, project, report } = scoped();
  expect(scope.declared).toEqual({
    services: new Set(['web', 'db']),
    networks: new Set(),
    volumes: new Set(['data']),
    configs: new Set(),
    secrets: new Set(),
    models: new Set(),
  });
  expect(scopeFor(rule, 'db', ['services', 'db'], project, defaultOptions, report).declared).toBe(scope.declared);
});

test('sees what the input has', () => {
  const { scope } = scoped();
  expect([
    scope.has('image'),
    scope.has('x-a', 'b', 1),
    scope.has('x-a', 'b', 2),
    scope.has('image', 'x'),
    scope.has(),
  ]).toEqual([true, true, false, false, true]);
  expect([scope.keys('x-a'), scope.keys('image'), scope.keys('none'), scope.keys()]).toEqual([
    ['b'],
    [],
    [],
    ['image', 'x-a'],
  ]);
});

test('gives origins relative to the service', () => {
  const { scope } = scoped();
  const located = scope.at(7, 'x-a', 'b', 1);
  expect(located.value).toBe(7);
  expect(pathText(located.origin.path)).toBe('services.web.x-a.b[1]');
  expect(located.origin.span && spanText(located.origin.span)).toBe('f0.yaml:2:32');
});

test('says and settles about the service', () => {
  const { scope, report } = scoped();
  const before = report.diagnostics.length;
  const { span } = scope.origin('image');
  if (span === undefined) throw new Error('no place');
  scope.say('near', ['x-a'], 'this');
  scope.sayAt('near', ['x-a'], span, 'that');
  scope.settle(['image'], 'converted');
  expect(told(report).filter((one) => one.includes('near'))).toEqual([
    'f0.yaml:2:16 warning rule/near that is only near',
    'f0.yaml:2:19 warning rule/near this is only near',
  ]);
  expect(report.diagnostics.slice(before).map(({ path, disposition }) => [path, disposition])).toEqual([
    [['services', 'web', 'x-a'], 'approximated'],
    [['services', 'web', 'x-a'], 'approximated'],
  ]);
  expect(report.settledSilently).toEqual([{ path: ['services', 'web', 'image'], disposition: 'converted' }]);
});
