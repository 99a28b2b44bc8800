/** A volume of a pod: what stands behind the mounts of its containers. */

import type { IVolume } from 'kubernetes-models/v1';
import type { PodVolume, VolumeItem } from '../model/pod.ts';
import { from, type Traced, type TracedFields } from '../model/resource.ts';
import { unlessDefault } from './leave-out.ts';

const DEFAULT_MODE = 0o644;

type VolumeSource = TracedFields<Omit<IVolume, 'name'>>;

function files(items: readonly VolumeItem[], defaultMode: number | undefined) {
  return {
    items: items.length === 0 ? undefined : items.map(({ key, path, mode }) => ({ key, path, mode })),
    defaultMode: unlessDefault(defaultMode, DEFAULT_MODE),
  };
}

/**
 * What Kubernetes itself puts where a client looks for its account: token, certificate authority, namespace. Asked for by name
 * here, so that only the container that mounts it holds a token.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-token-volume
 */
const tokenSources: Traced<NonNullable<NonNullable<IVolume['projected']>['sources']>> = [
  { serviceAccountToken: { path: 'token' } },
  { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  { downwardAPI: { items: [{ path: 'namespace', fieldRef: { fieldPath: 'metadata.namespace' } }] } },
];

function volumeSource(source: PodVolume['source']): VolumeSource {
  switch (source.kind) {
    case 'claim':
      return { persistentVolumeClaim: { claimName: source.claim, readOnly: source.isReadOnly || undefined } };
    case 'config':
      return { configMap: { name: source.object, ...files(source.items, source.defaultMode) } };
    case 'secret':
      return { secret: { secretName: source.object, ...files(source.items, source.defaultMode) } };
    case 'empty':
      return { emptyDir: { medium: source.isMemory ? 'Memory' : undefined, sizeLimit: source.size } };
    case 'host':
      return { hostPath: { path: source.path, type: source.type } };
    case 'image':
      return { image: { reference: source.reference } };
    case 'token':
      return { projected: { sources: tokenSources } };
  }
}

/** A volume with its source. */
export function podVolume(volume: PodVolume): Traced<IVolume> {
  return from(volume.origin, { name: volume.name, ...volumeSource(volume.source) });
}
