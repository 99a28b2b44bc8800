import { expect, test } from 'vitest';
import { podVolume } from '../../src/emitters/pod-volume.ts';
import type { PodVolume } from '../../src/model/pod.ts';
import { at, from } from '../support/draft.ts';
import { taken } from '../support/plan.ts';

const place = ['services', 'web', 'volumes', 0] as const;

test.each<[string, PodVolume['source'], object]>([
  ['a claim', { kind: 'claim', claim: 'data', isReadOnly: false }, { persistentVolumeClaim: { claimName: 'data' } }],
  [
    'a claim that is only read',
    { kind: 'claim', claim: 'data', isReadOnly: true },
    { persistentVolumeClaim: { claimName: 'data', readOnly: true } },
  ],
  [
    'all of a ConfigMap with the ordinary mode',
    { kind: 'config', object: 'files', items: [], defaultMode: 0o644 },
    { configMap: { name: 'files' } },
  ],
  [
    'items of a ConfigMap',
    {
      kind: 'config',
      object: 'files',
      items: [
        { key: 'run.sh', path: 'bin/run.sh', mode: at(0o755, ...place) },
        { key: 'a', path: 'a', mode: undefined },
      ],
      defaultMode: 0o444,
    },
    {
      configMap: {
        name: 'files',
        items: [
          { key: 'run.sh', path: 'bin/run.sh', mode: 493 },
          { key: 'a', path: 'a' },
        ],
        defaultMode: 292,
      },
    },
  ],
  [
    'an item of a Secret',
    { kind: 'secret', object: 'key', items: [{ key: 'key', path: 'key', mode: 0o400 }], defaultMode: undefined },
    { secret: { secretName: 'key', items: [{ key: 'key', path: 'key', mode: 256 }] } },
  ],
  ['an empty directory', { kind: 'empty', isMemory: false, size: undefined }, { emptyDir: {} }],
  [
    'memory of some size',
    { kind: 'empty', isMemory: true, size: at('64Mi', ...place) },
    { emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
  ],
  [
    'a path of the node',
    { kind: 'host', path: at('/proc', ...place), type: undefined },
    { hostPath: { path: '/proc' } },
  ],
  [
    'a directory of the node',
    { kind: 'host', path: at('/var/log', ...place), type: 'Directory' },
    { hostPath: { path: '/var/log', type: 'Directory' } },
  ],
  ['an image', { kind: 'image', reference: at('tools:1', ...place) }, { image: { reference: 'tools:1' } }],
  [
    'the token of the account',
    { kind: 'token' },
    {
      projected: {
        sources: [
          { serviceAccountToken: { path: 'token' } },
          { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
        ],
      },
    },
  ],
])('shows %s', (_, source, written) => {
  const { plain, said } = taken(podVolume({ name: 'v', source, origin: from(...place) }));
  expect(plain).toEqual({ name: 'v', ...written });
  expect(said['']).toBe('services.web.volumes[0]');
});
