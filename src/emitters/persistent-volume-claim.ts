/** PersistentVolumeClaim: storage that is asked for. */

import type { IPersistentVolumeClaim, IPersistentVolumeClaimSpec } from 'kubernetes-models/v1';
import type { Claim } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource, type Traced } from '../model/resource.ts';
import type { Context } from './context.ts';
import { metadata } from './metadata.ts';

/** What is asked for, also as the template of a StatefulSet. An empty class is written: it rules the default class out. */
export function claimSpec(claim: Claim): Traced<IPersistentVolumeClaimSpec> {
  return {
    accessModes: [claim.accessMode],
    storageClassName: claim.storageClass,
    volumeName: claim.volumeName,
    resources: { requests: { storage: claim.size } },
  };
}

/** A claim of its own, which outlives the workloads that mount it. */
export function persistentVolumeClaim(claim: Claim, context: Context): Resource {
  return resource<IPersistentVolumeClaim & KubernetesObject>(
    from(claim.origin, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: metadata(claim, context),
      spec: claimSpec(claim),
    }),
  );
}
