import { expect, test } from 'vitest';
import { deployKeys, entryRules, ruleOf, serviceKeys, serviceRules, supportOf } from '../../src/attributes/index.ts';
import { attributePaths } from '../../src/attributes/spec.ts';

const rules = [...serviceRules, ...entryRules];

test('knows every attribute of the specification and no other', () => {
  expect(Object.keys(supportOf).toSorted()).toEqual([...attributePaths].toSorted());
});

test('gives every attribute to one rule', () => {
  const paths = rules.flatMap((rule) => Object.keys(rule.support));
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
});

test('gives every key to one rule', () => {
  const keys = serviceRules.flatMap((rule) => Object.keys(rule.service));
  const deploy = serviceRules.flatMap((rule) => Object.keys(rule.deploy));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  expect(deploy.filter((key, index) => deploy.indexOf(key) !== index)).toEqual([]);
});

test('has a shape for every key of a service and of deploy', () => {
  const keysBelow = (prefix: string) =>
    new Set(
      attributePaths.flatMap((path) =>
        path.startsWith(prefix) ? (/^[^.[]+/.exec(path.slice(prefix.length))?.[0] ?? []) : [],
      ),
    );
  const services = keysBelow('services.*.');
  const deploy = keysBelow('services.*.deploy.');
  expect([...serviceKeys.keys()].toSorted()).toEqual(
    [...services, 'x-kubernetes'].filter((key) => key !== 'deploy' && key !== 'x-*').toSorted(),
  );
  expect([...deployKeys.keys()].toSorted()).toEqual([...deploy].filter((key) => key !== 'x-*').toSorted());
});

test('has a rule for every section', () => {
  expect(entryRules.map(({ section }) => section)).toEqual(['networks', 'volumes', 'configs', 'secrets', 'models']);
});

test('tells whose an attribute is', () => {
  expect(ruleOf.get('services.*.healthcheck.test')).toBe('healthcheck');
  expect(serviceKeys.get('cap_drop')?.name).toBe('security');
  expect(deployKeys.get('endpoint_mode')?.name).toBe('ports');
});
