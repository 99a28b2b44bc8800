import { expect, test } from 'vitest';
import { persistentVolumeClaim } from '../../src/emitters/persistent-volume-claim.ts';
import type { Claim } from '../../src/model/plan.ts';
import { at, from } from '../support/draft.ts';
import { context, labels, projectLabels } from '../support/plan.ts';

const data: Claim = {
  name: 'data',
  service: undefined,
  accessMode: 'ReadWriteOnce',
  size: '1Gi',
  storageClass: undefined,
  volumeName: undefined,
  annotations: [],
  origin: from('volumes', 'data'),
};

test('asks for a size in one mode, of the cluster’s own class', () => {
  const { object, origins } = persistentVolumeClaim(data, context());
  expect(object).toEqual({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', labels: projectLabels },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  });
  expect(origins).toEqual(new Map([['', from('volumes', 'data')]]));
});

test('an empty class and the volume to bind to are written', () => {
  const path = ['volumes', 'data', 'driver_opts'] as const;
  const { object } = persistentVolumeClaim(
    {
      ...data,
      service: 'web',
      accessMode: at('ReadWriteMany', ...path),
      storageClass: '',
      volumeName: 'shop-data',
      annotations: [{ key: 'a', value: at('b', 'volumes', 'data', 'labels', 'a') }],
    },
    context(),
  );
  expect(JSON.stringify(object)).toBe(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', labels: labels('web'), annotations: { a: 'b' } },
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName: '',
        volumeName: 'shop-data',
        resources: { requests: { storage: '1Gi' } },
      },
    }),
  );
});
