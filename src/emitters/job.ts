/** Job: pods that run to their end. */

import type { IJob } from 'kubernetes-models/batch/v1';
import type { Controller, Workload } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource } from '../model/resource.ts';
import type { Context } from './context.ts';
import { unlessDefault } from './leave-out.ts';
import { metadata } from './metadata.ts';
import { podTemplate } from './pod.ts';

const DEFAULT_BACKOFF_LIMIT = 6;

/**
 * A Job. The name in the plan is final: its hash (`fingerprint()` in the model) was put there by a pass, since containers that
 * wait for the Job must know it too. Finished Jobs stay: one that vanished would run again with the next apply.
 */
export function job(workload: Workload, controller: Extract<Controller, { kind: 'job' }>, context: Context): Resource {
  const completions = unlessDefault(controller.completions, 1);
  return resource<IJob & KubernetesObject>(
    from(workload.origin, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: metadata(workload, context),
      spec: {
        completions,
        parallelism: completions,
        backoffLimit: unlessDefault(controller.backoffLimit, DEFAULT_BACKOFF_LIMIT),
        // A drained node is no failure of the program. The status is the default, but required by older schemas.
        podFailurePolicy: controller.ignoresDisruption
          ? { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] }
          : undefined,
        template: podTemplate(workload, context),
      },
    }),
  );
}
