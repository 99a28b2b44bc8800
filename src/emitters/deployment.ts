/** Deployment: pods that are alike and keep running. */

import type { IDeployment, IDeploymentStrategy } from 'kubernetes-models/apps/v1';
import { selectorLabels } from '../model/labels.ts';
import type { Controller, Strategy, Workload } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource, type Traced } from '../model/resource.ts';
import type { Context } from './context.ts';
import { unlessDefault, unlessEmpty } from './leave-out.ts';
import { metadata } from './metadata.ts';
import { podTemplate } from './pod.ts';

const DEFAULT_DEADLINE_SECONDS = 600;

function rollout(strategy: Strategy): Traced<IDeploymentStrategy> | undefined {
  switch (strategy.kind) {
    case 'default':
      return undefined;
    case 'recreate':
      return from(strategy.origin, { type: 'Recreate' });
    case 'rolling':
      return from(strategy.origin, {
        type: 'RollingUpdate',
        rollingUpdate: unlessEmpty({ maxSurge: strategy.maxSurge, maxUnavailable: strategy.maxUnavailable }),
      });
  }
}

/** Replicas are written whenever the file states them, also one: it is what an apply shall go back to. */
export function deployment(
  workload: Workload,
  controller: Extract<Controller, { kind: 'deployment' }>,
  context: Context,
): Resource {
  return resource<IDeployment & KubernetesObject>(
    from(workload.origin, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata(workload, context),
      spec: {
        replicas: controller.replicas,
        selector: { matchLabels: Object.fromEntries(selectorLabels(workload.service, context.project)) },
        strategy: rollout(controller.strategy),
        minReadySeconds: unlessDefault(controller.minReadySeconds, 0),
        progressDeadlineSeconds: unlessDefault(controller.progressDeadlineSeconds, DEFAULT_DEADLINE_SECONDS),
        template: podTemplate(workload, context),
      },
    }),
  );
}
