/** HorizontalPodAutoscaler: how many pods a workload has, by their load. */

import type { IHorizontalPodAutoscaler, IMetricSpec } from 'kubernetes-models/autoscaling/v2';
import type { Located } from '../kernel/located.ts';
import type { Scaler } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource, type Traced } from '../model/resource.ts';
import type { Context } from './context.ts';
import { unlessDefault, unlessEmpty } from './leave-out.ts';
import { metadata } from './metadata.ts';

function metric(name: 'cpu' | 'memory', percent: Located<number> | undefined): readonly Traced<IMetricSpec>[] {
  if (percent === undefined) return [];
  return [
    from(percent.origin, {
      type: 'Resource',
      resource: { name, target: { type: 'Utilization', averageUtilization: percent } },
    }),
  ];
}

/** An autoscaler, which has the name of the workload it scales. Without a metric the API aims at 80 % of the requested CPU. */
export function horizontalPodAutoscaler(scaler: Scaler, context: Context): Resource {
  return resource<IHorizontalPodAutoscaler & KubernetesObject>(
    from(scaler.origin, {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metadata({ name: scaler.name, service: scaler.service, annotations: [] }, context),
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: scaler.target, name: scaler.name },
        minReplicas: unlessDefault(scaler.min, 1),
        maxReplicas: scaler.max,
        metrics: unlessEmpty([...metric('cpu', scaler.cpu), ...metric('memory', scaler.memory)]),
      },
    }),
  );
}
