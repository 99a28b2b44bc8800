import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { decide } from '../../src/passes/index.ts';
import { at, content, dependency, draftOf, grant, health, mount, named, port, variable } from '../support/draft.ts';

const web = {
  image: at('web:1'),
  ports: [port('web', 0, 8000)],
  environment: [variable('web', 'DATABASE_URL', 'postgres://shop:pw@db:5432/shop')],
  dependencies: [
    dependency('web', 'db', 'service_healthy'),
    dependency('web', 'migrate', 'service_completed_successfully'),
  ],
} as const;

const db = {
  image: at('postgres:18'),
  healthCheck: health('db', 'pg_isready'),
  mounts: [mount('db', 0, named('db', 0, 'data'), '/var/lib/postgresql')],
  secretGrants: [grant('db', 'secrets', 0, 'password')],
};

test('all decisions of a project agree with each other', () => {
  const draft = draftOf({
    services: { web, migrate: { image: at('web:1') }, db },
    volumes: { data: {} },
    secrets: { password: content('secrets', 'password', 'pw') },
    options: { namespace: 'shop', createNamespace: true },
  });
  const plan = decide(draft, new Report());
  expect([plan.project, plan.namespace, plan.createsNamespace]).toEqual([at('shop', 'name'), 'shop', true]);
  expect(
    plan.workloads.map(({ name, controller, pod }) => [name.value, controller.kind, pod.initContainers.length]),
  ).toEqual([
    ['db', 'stateful-set', 0],
    ['web', 'deployment', 2],
  ]);
  expect(plan.names.map(({ name }) => name.value)).toEqual(['web', 'db']);
  expect(plan.data.map(({ kind, name }) => `${kind} ${name.replace(/[0-9a-f]{8}$/, 'HASH')}`)).toEqual([
    'secret web-env-HASH',
    'secret password-HASH',
  ]);
  expect([plan.claims, plan.persistentVolumes, plan.policies, plan.routes, plan.scalers, plan.accounts]).toEqual([
    ...[[], [], [], [], [], []],
  ]);
});

test('the same draft gives the same plan', () => {
  const draft = draftOf({
    services: { web, migrate: { image: at('web:1') }, db },
    volumes: { data: {} },
    secrets: { password: content('secrets', 'password', 'pw') },
  });
  expect(decide(draft, new Report())).toEqual(decide(draft, new Report()));
});

test('a project of 2000 services is decided in a few seconds', () => {
  const services = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => {
      const name = `s${index}`;
      const before = index === 0 ? [] : [dependency(name, `s${index - 1}`, 'service_healthy')];
      const mounts = [
        mount(name, 0, named(name, 0, `v${index}`), '/own'),
        mount(name, 1, named(name, 1, 'shared'), '/shared'),
      ];
      const says = {
        image: at('a:1'),
        ports: [port(name, 0, 80)],
        healthCheck: health(name, `curl http://${name}:80`),
        mounts,
      };
      return [
        name,
        { ...says, dependencies: before, environment: [variable(name, 'NEXT', `http://s${index + 1}:80`)] },
      ];
    }),
  );
  const volumes = { shared: {}, ...Object.fromEntries(Object.keys(services).map((name) => [`v${name.slice(1)}`, {}])) };
  const draft = draftOf({ services, volumes });
  expect(decide(draft, new Report()).workloads).toHaveLength(2000);
});
