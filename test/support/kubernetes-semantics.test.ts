import { expect, test } from 'vitest';
import { spoiled } from './kubernetes-case.ts';
import { cases } from './kubernetes-cases.ts';
import { semanticProblems } from './kubernetes-semantics.ts';
import { shop } from './kubernetes-shop.ts';

test('the shop has no problem', () => {
  expect(semanticProblems(shop())).toEqual([]);
});

test('no two cases have one title', () => {
  expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
});

test.each(cases)('$title is a problem', (spoiling) => {
  expect(spoiling.problems).not.toEqual([]);
  expect(semanticProblems(spoiled(spoiling))).toEqual(spoiling.problems);
});

const pod = (container: object, volumes: readonly object[] = []) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'once' },
  spec: {
    template: {
      spec: { restartPolicy: 'Never', volumes, containers: [{ name: 'once', image: 'once:1', ...container }] },
    },
  },
});

test('what is said to exist elsewhere is not missed', () => {
  const job = pod({ envFrom: [{ secretRef: { name: 'keys' } }] }, [
    { name: 'files', persistentVolumeClaim: { claimName: 'files' } },
    { name: 'settings', configMap: { name: 'settings', items: [{ key: 'a', path: 'a' }] } },
  ]);
  expect(
    semanticProblems([job], new Set(['Secret/keys', 'PersistentVolumeClaim/files', 'ConfigMap/settings'])),
  ).toEqual([]);
  expect(semanticProblems([job])).toEqual([
    'Job/once: spec.template.spec.containers[0].envFrom[0]: there is no Secret/keys',
    'Job/once: spec.template.spec.volumes[0]: there is no PersistentVolumeClaim/files',
    'Job/once: spec.template.spec.volumes[1]: there is no ConfigMap/settings',
  ]);
});

test('names that every JavaScript object has, and variables that only servers since v1.34 take, are names', () => {
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { hasOwnProperty: 'x' } };
  const env = ['10', '1A', '${SET}'].map((name) => ({ name, value: 'x' }));
  expect(semanticProblems([settings, pod({ env })])).toEqual([]);
});

test('what a cluster puts into every namespace is not missed', () => {
  expect(semanticProblems([pod({}, [{ name: 'ca', configMap: { name: 'kube-root-ca.crt' } }])])).toEqual([]);
});

test('what is optional is not missed', () => {
  const job = pod(
    {
      env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'keys', key: 'a', optional: true } } }],
      envFrom: [{ configMapRef: { name: 'settings', optional: true } }],
    },
    [{ name: 'keys', secret: { secretName: 'keys', optional: true } }],
  );
  expect(semanticProblems([job])).toEqual([]);
});

test('an object in another namespace is not found', () => {
  const job = pod({ envFrom: [{ secretRef: { name: 'keys' } }] });
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys', namespace: 'other' } };
  expect(semanticProblems([job, secret])).toEqual([
    'Job/once: spec.template.spec.containers[0].envFrom[0]: there is no Secret/keys',
  ]);
});

test('a gated field is accepted where its gate is on', () => {
  const job = pod(
    {
      lifecycle: { stopSignal: 'SIGINT' },
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp', bindMountOptions: ['noexec'] }],
    },
    [{ name: 'tmp', emptyDir: { mode: 0o700 } }],
  );
  const gates = new Set(['ContainerStopSignals', 'VolumeBindMountOptions', 'EmptyDirVolumeMode']);
  expect(semanticProblems([job], new Set(), gates)).toEqual([]);
});

test('objects of one kind and name are two when their namespaces are', () => {
  const service = (namespace: string) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'mail', namespace },
    spec: { type: 'ExternalName', externalName: 'mail.example.com' },
  });
  expect(semanticProblems([service('a'), service('b')])).toEqual([]);
});
