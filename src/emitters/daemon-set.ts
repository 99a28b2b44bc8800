/** DaemonSet: one pod on every node. */

import type { IDaemonSet, IDaemonSetUpdateStrategy } from 'kubernetes-models/apps/v1';
import { selectorLabels } from '../model/labels.ts';
import type { Controller, Strategy, Workload } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource, type Traced } from '../model/resource.ts';
import type { Context } from './context.ts';
import { unlessDefault, unlessEmpty } from './leave-out.ts';
import { metadata } from './metadata.ts';
import { podTemplate } from './pod.ts';

/** A DaemonSet knows no Recreate; replacing the pods of all nodes at once is the same. */
function rollout(strategy: Strategy): Traced<IDaemonSetUpdateStrategy> | undefined {
  switch (strategy.kind) {
    case 'default':
      return undefined;
    case 'recreate':
      return from(strategy.origin, { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } });
    case 'rolling':
      return from(strategy.origin, {
        type: 'RollingUpdate',
        rollingUpdate: unlessEmpty({
          maxSurge: unlessDefault(strategy.maxSurge, 0),
          maxUnavailable: strategy.maxUnavailable,
        }),
      });
  }
}

/** A workload on every node that takes it. */
export function daemonSet(
  workload: Workload,
  controller: Extract<Controller, { kind: 'daemon-set' }>,
  context: Context,
): Resource {
  return resource<IDaemonSet & KubernetesObject>(
    from(workload.origin, {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: metadata(workload, context),
      spec: {
        selector: { matchLabels: Object.fromEntries(selectorLabels(workload.service, context.project)) },
        updateStrategy: rollout(controller.strategy),
        minReadySeconds: unlessDefault(controller.minReadySeconds, 0),
        template: podTemplate(workload, context),
      },
    }),
  );
}
