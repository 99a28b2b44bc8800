/** StatefulSet: pods with a lasting name and a claim of their own. */

import type { IStatefulSet, IStatefulSetSpec, IStatefulSetUpdateStrategy } from 'kubernetes-models/apps/v1';
import type { IPersistentVolumeClaim } from 'kubernetes-models/v1';
import { invariant } from '../kernel/invariant.ts';
import { selectorLabels } from '../model/labels.ts';
import type { Claim, Controller, Strategy, Workload } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource, type Traced } from '../model/resource.ts';
import type { Context } from './context.ts';
import { unlessDefault, unlessEmpty } from './leave-out.ts';
import { annotations, metadata } from './metadata.ts';
import { claimSpec } from './persistent-volume-claim.ts';
import { podTemplate } from './pod.ts';

/** Inside a StatefulSet nobody types apiVersion and kind again, and the API does not ask for them. */
type ClaimTemplate = Omit<IPersistentVolumeClaim, 'apiVersion' | 'kind'>;

interface StatefulSet extends Omit<IStatefulSet, 'spec'> {
  readonly spec: Omit<IStatefulSetSpec, 'volumeClaimTemplates'> & { volumeClaimTemplates?: ClaimTemplate[] };
}

/** A StatefulSet always stops a pod before it starts the next; Recreate is alpha there, and stopping all at once amounts to it. */
function rollout(strategy: Strategy): Traced<IStatefulSetUpdateStrategy> | undefined {
  switch (strategy.kind) {
    case 'default':
      return undefined;
    case 'recreate':
      return from(strategy.origin, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } });
    case 'rolling': {
      const surge = unlessDefault(strategy.maxSurge, 0);
      invariant(surge === undefined, 'a StatefulSet has no maxSurge');
      const maxUnavailable = unlessDefault(strategy.maxUnavailable, 1);
      if (maxUnavailable === undefined) return undefined;
      return from(strategy.origin, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable } });
    }
  }
}

/** Claim templates carry no labels: they can never be changed, and labels do. */
function claimTemplate(claim: Claim): Traced<ClaimTemplate> {
  return from(claim.origin, {
    metadata: { name: claim.name, annotations: annotations(claim.annotations) },
    spec: claimSpec(claim),
  });
}

/** Replicas are written whenever the file states them, also one: it is what an apply shall go back to. */
export function statefulSet(
  workload: Workload,
  controller: Extract<Controller, { kind: 'stateful-set' }>,
  context: Context,
): Resource {
  return resource<StatefulSet & KubernetesObject>(
    from(workload.origin, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: metadata(workload, context),
      spec: {
        serviceName: controller.serviceName,
        replicas: controller.replicas,
        selector: { matchLabels: Object.fromEntries(selectorLabels(workload.service, context.project)) },
        podManagementPolicy: controller.isParallel ? 'Parallel' : undefined,
        updateStrategy: rollout(controller.strategy),
        minReadySeconds: unlessDefault(controller.minReadySeconds, 0),
        template: podTemplate(workload, context),
        volumeClaimTemplates: unlessEmpty(controller.claimTemplates.map(claimTemplate)),
      },
    }),
  );
}
