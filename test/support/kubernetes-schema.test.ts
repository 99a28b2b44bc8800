import { expect, test } from 'vitest';
import { validate } from './kubernetes-schema.ts';
import { shop } from './kubernetes-shop.ts';

type Part = Record<string, unknown>;

/** Every object and list inside a value, with the key by which its holder knows it. */
function* parts(value: unknown): Iterable<{ readonly holder: Part; readonly key: string }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    yield { holder: value as Part, key };
    yield* parts(part);
  }
}

/** The object of the shop with one change made, which gets the object as a draft. */
function changed(kind: string, change: (object: Part) => void): unknown {
  const object = shop().find((each) => (each as Part)['kind'] === kind) as Part;
  change(object);
  return object;
}

function at(object: Part, path: string): Part {
  return path.split('.').reduce((part, key) => part[key] as Part, object);
}

test('every object of the shop satisfies its schema, and the shop has an object of every kind', () => {
  expect(shop().flatMap((object) => validate(object))).toEqual([]);
  expect([...new Set(shop().map((object) => (object as Part)['kind']))].sort()).toEqual([
    'ConfigMap',
    'CronJob',
    'DaemonSet',
    'Deployment',
    'HorizontalPodAutoscaler',
    'Ingress',
    'Job',
    'Namespace',
    'NetworkPolicy',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Role',
    'RoleBinding',
    'Secret',
    'Service',
    'ServiceAccount',
    'StatefulSet',
  ]);
});

test('a foreign key is refused wherever an object can stand', () => {
  const tolerated: string[] = [];
  let places = 0;
  for (const object of shop()) {
    const holders = new Set([object as Part, ...[...parts(object)].map(({ holder }) => holder)]);
    for (const holder of holders) {
      if (Array.isArray(holder)) continue;
      places += 1;
      holder['bogus'] = { bogus: [] };
      if (validate(object).length === 0) tolerated.push(JSON.stringify(holder));
      delete holder['bogus'];
    }
  }
  expect(tolerated).toEqual([]);
  expect(places).toBeGreaterThan(200);
});

test('a value of another type is refused wherever a value can stand', () => {
  const tolerated: string[] = [];
  for (const object of shop()) {
    for (const { holder, key } of [...parts(object)]) {
      const value = holder[key];
      for (const other of [typeof value === 'object' ? 'text' : {}, true, null, undefined, Number.NaN]) {
        holder[key] = other;
        if (typeof other !== typeof value && validate(object).length === 0) tolerated.push(`${key}: ${String(other)}`);
      }
      holder[key] = value;
    }
  }
  expect(tolerated).toEqual([]);
});

test('an unknown field is named by its place', () => {
  const object = changed('Deployment', (draft) => {
    at(draft, 'spec.template.spec.containers.0')['imagePullPolice'] = 'Always';
    at(draft, 'metadata.labels')['a/b'] = 1;
  });
  expect(validate(object)).toEqual([
    '/metadata/labels/a~1b must be string',
    '/spec/template/spec/containers/0/imagePullPolice is an unknown field',
  ]);
});

test.each([
  ['Deployment', 'spec', 'selector', '/spec must have selector'],
  ['Deployment', 'spec', 'template', '/spec must have template'],
  ['StatefulSet', 'spec.template.spec', 'containers', '/spec/template/spec must have containers'],
  ['DaemonSet', 'spec.template.spec.containers.0', 'name', '/spec/template/spec/containers/0 must have name'],
  [
    'DaemonSet',
    'spec.template.spec.containers.0.ports.0',
    'containerPort',
    '/spec/template/spec/containers/0/ports/0 must have containerPort',
  ],
  [
    'Deployment',
    'spec.template.spec.containers.0.volumeMounts.0',
    'mountPath',
    '/spec/template/spec/containers/0/volumeMounts/0 must have mountPath',
  ],
  ['CronJob', 'spec', 'schedule', '/spec must have schedule'],
  ['Job', 'spec', 'template', '/spec must have template'],
  ['Service', 'spec.ports.0', 'port', '/spec/ports/0 must have port'],
  ['Ingress', 'spec.rules.0.http.paths.0', 'pathType', '/spec/rules/0/http/paths/0 must have pathType'],
  ['Role', 'rules.0', 'verbs', '/rules/0 must have verbs'],
  ['RoleBinding', '', 'roleRef', 'the object must have roleRef'],
  ['HorizontalPodAutoscaler', 'spec', 'maxReplicas', '/spec must have maxReplicas'],
])('%s %s without %s is refused', (kind, path, key, problem) => {
  const object = changed(kind, (draft) => {
    delete (path === '' ? draft : at(draft, path))[key];
  });
  expect(validate(object)).toEqual([problem]);
});

test.each([
  ['spec', 'replicas', 1.5, ['/spec/replicas must be int32', '/spec/replicas must be integer']],
  ['spec', 'replicas', '2', ['/spec/replicas must be integer']],
  [
    'spec.strategy.rollingUpdate',
    'maxSurge',
    true,
    ['/spec/strategy/rollingUpdate/maxSurge must be string or integer'],
  ],
  [
    'spec.template.spec.containers.0.resources.limits',
    'cpu',
    '1 core',
    ['/spec/template/spec/containers/0/resources/limits/cpu must be number or quantity'],
  ],
  [
    'spec.template.spec.containers.0.env.0',
    'value',
    8080,
    ['/spec/template/spec/containers/0/env/0/value must be string'],
  ],
  [
    'spec.template.spec.containers.0.readinessProbe.tcpSocket',
    'port',
    true,
    ['/spec/template/spec/containers/0/readinessProbe/tcpSocket/port must be string or integer'],
  ],
])('a Deployment with %s %s of %j is refused', (path, key, value, problems) => {
  const object = changed('Deployment', (draft) => {
    at(draft, path)[key] = value;
  });
  expect(validate(object)).toEqual(problems);
});

test('a Secret whose data is not base64 is refused', () => {
  const object = changed('Secret', (draft) => {
    at(draft, 'data')['token'] = 'not base64!';
  });
  expect(validate(object)).toEqual(['/data/token must be byte']);
});

test('fields that are newer than the schema are accepted with their own type, and nowhere else', () => {
  const object = changed('Deployment', (draft) => {
    at(draft, 'spec.template.spec.volumes.3.emptyDir')['mode'] = 0o700;
    at(draft, 'spec.template.spec.containers.0.volumeMounts.0')['bindMountOptions'] = ['noexec'];
  });
  expect(validate(object)).toEqual([]);
  const wrong = changed('Deployment', (draft) => {
    at(draft, 'spec.template.spec')['hostnameOverride'] = 1;
    at(draft, 'spec.template.spec.volumes.3.emptyDir')['mode'] = '0700';
    at(draft, 'spec.template.spec.containers.0.volumeMounts.0')['bindMountOptions'] = 'noexec';
    at(draft, 'spec')['hostnameOverride'] = 'web.example.com';
  });
  expect(validate(wrong)).toEqual([
    '/spec/hostnameOverride is an unknown field',
    '/spec/template/spec/containers/0/volumeMounts/0/bindMountOptions must be list of strings',
    '/spec/template/spec/hostnameOverride must be string',
    '/spec/template/spec/volumes/3/emptyDir/mode must be integer',
  ]);
});

test('what JSON cannot carry is refused', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', uid: undefined },
    data: { b: null, c: 1n, d: new Date(0), e: Number.NaN },
  };
  expect(validate(object)).toEqual([
    '/metadata/uid is undefined',
    '/data/b is null',
    '/data/c is a bigint',
    '/data/d is no plain object',
    '/data/e is NaN',
  ]);
});

test('what is no object of a known kind is refused', () => {
  expect(
    [
      { apiVersion: 'v1', kind: 'Deployment' },
      { apiVersion: 'apps/v1beta1', kind: 'Deployment' },
      {},
      [],
      'text',
      1,
    ].map(validate),
  ).toEqual([
    ['no schema for v1 Deployment'],
    ['no schema for apps/v1beta1 Deployment'],
    ['no schema for undefined undefined'],
    ['no schema for undefined undefined'],
    ['no schema for undefined undefined'],
    ['no schema for undefined undefined'],
  ]);
});

test('frozen objects and shared parts are read like any other', () => {
  const labels = Object.freeze({ app: 'web' });
  const object = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: Object.freeze({ name: 'web', labels }),
    spec: { selector: labels },
  };
  expect(validate(Object.freeze(object))).toEqual([]);
  expect(validate({ ...object, metadata: Object.freeze({ name: 'web', label: labels }) })).toEqual([
    '/metadata/label is an unknown field',
  ]);
});
