import { expect, test } from 'vitest';
import { persistentVolume } from '../../src/emitters/persistent-volume.ts';
import type { PersistentVolume } from '../../src/model/plan.ts';
import { at, from } from '../support/draft.ts';
import { context, projectLabels } from '../support/plan.ts';

const options = ['volumes', 'data', 'driver_opts'] as const;
const share: PersistentVolume = {
  name: 'shop-data',
  size: '1Gi',
  accessMode: 'ReadWriteMany',
  source: {
    kind: 'nfs',
    server: at('10.0.0.9', ...options, 'o'),
    path: at('/srv', ...options, 'device'),
    isReadOnly: false,
  },
  mountOptions: [],
  origin: from('volumes', 'data'),
};
const head = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'shop-data', labels: projectLabels } };
const spec = {
  capacity: { storage: '1Gi' },
  accessModes: ['ReadWriteMany'],
  persistentVolumeReclaimPolicy: 'Retain',
  storageClassName: '',
};

test('describes an NFS export', () => {
  const { object, origins } = persistentVolume(share, context({ namespace: 'prod' }));
  expect(JSON.stringify(object)).toBe(
    JSON.stringify({ ...head, spec: { ...spec, nfs: { server: '10.0.0.9', path: '/srv' } } }),
  );
  expect(Object.fromEntries(origins)).toEqual({
    '': from('volumes', 'data'),
    '/spec/nfs/server': from(...options, 'o'),
    '/spec/nfs/path': from(...options, 'device'),
  });
});

test('keeps mount options and what may only be read', () => {
  const nfs = { ...share.source, isReadOnly: true } as PersistentVolume['source'];
  const { object } = persistentVolume(
    { ...share, mountOptions: [at('hard', ...options, 'type')], source: nfs },
    context(),
  );
  expect(object).toEqual({
    ...head,
    spec: { ...spec, mountOptions: ['hard'], nfs: { server: '10.0.0.9', path: '/srv', readOnly: true } },
  });
});

test.each([
  ['prod', 'prod'],
  [undefined, 'default'],
])('a driver’s Secret is looked for in the namespace %s', (namespace, written) => {
  const source = {
    kind: 'csi',
    driver: 'smb.csi.k8s.io',
    handle: 'shop-data',
    attributes: [['source', at('//files/shop', ...options, 'device')]],
    secret: 'data-smb',
  } as const;
  expect(persistentVolume({ ...share, source }, context({ namespace })).object).toEqual({
    ...head,
    spec: {
      ...spec,
      csi: {
        driver: 'smb.csi.k8s.io',
        volumeHandle: 'shop-data',
        volumeAttributes: { source: '//files/shop' },
        nodeStageSecretRef: { name: 'data-smb', namespace: written },
      },
    },
  });
});

test('a driver without attributes and Secret gets neither', () => {
  const source = { kind: 'csi', driver: 'd', handle: 'h', attributes: [], secret: undefined } as const;
  expect(persistentVolume({ ...share, source }, context()).object).toEqual({
    ...head,
    spec: { ...spec, csi: { driver: 'd', volumeHandle: 'h' } },
  });
});
