/** PersistentVolume: storage that the file itself describes, such as an NFS export. */

import type { IPersistentVolume, IPersistentVolumeSpec } from 'kubernetes-models/v1';
import type { PersistentVolume } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource, type TracedFields } from '../model/resource.ts';
import type { Context } from './context.ts';
import { unlessEmpty } from './leave-out.ts';
import { clusterMetadata } from './metadata.ts';

function volumeSource(
  source: PersistentVolume['source'],
  namespace: string | undefined,
): TracedFields<Pick<IPersistentVolumeSpec, 'nfs' | 'csi'>> {
  if (source.kind === 'nfs') {
    return { nfs: { server: source.server, path: source.path, readOnly: source.isReadOnly || undefined } };
  }
  return {
    csi: {
      driver: source.driver,
      volumeHandle: source.handle,
      volumeAttributes: unlessEmpty(Object.fromEntries(source.attributes)),
      // The API demands a namespace here, since the volume itself has none.
      nodeStageSecretRef:
        source.secret === undefined ? undefined : { name: source.secret, namespace: namespace ?? 'default' },
    },
  };
}

/**
 * A volume for one claim, which names it. The empty class keeps others from being given it, and both class and reclaim policy
 * are written although they are the defaults, because whoever owns the data looks for them.
 */
export function persistentVolume(volume: PersistentVolume, context: Context): Resource {
  return resource<IPersistentVolume & KubernetesObject>(
    from(volume.origin, {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: clusterMetadata(volume.name, context),
      spec: {
        capacity: { storage: volume.size },
        accessModes: [volume.accessMode],
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: '',
        mountOptions: unlessEmpty(volume.mountOptions),
        ...volumeSource(volume.source, context.namespace),
      },
    }),
  );
}
