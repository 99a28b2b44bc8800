/** CronJob: a Job at given times. */

import type { ICronJob } from 'kubernetes-models/batch/v1';
import type { Located } from '../kernel/located.ts';
import type { Controller, Workload } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource } from '../model/resource.ts';
import type { Context } from './context.ts';
import { unlessDefault } from './leave-out.ts';
import { metadata } from './metadata.ts';
import { podTemplate } from './pod.ts';

/** The rule that reads it lets no other word through. */
type ConcurrencyPolicy = 'Allow' | 'Forbid' | 'Replace';

const DEFAULT_BACKOFF_LIMIT = 6;

/** A CronJob. Unlike a Job it can be changed in place, so its name carries no hash. */
export function cronJob(
  workload: Workload,
  controller: Extract<Controller, { kind: 'cron-job' }>,
  context: Context,
): Resource {
  return resource<ICronJob & KubernetesObject>(
    from(workload.origin, {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: metadata(workload, context),
      spec: {
        schedule: controller.schedule,
        concurrencyPolicy: unlessDefault(
          controller.concurrencyPolicy as Located<ConcurrencyPolicy> | undefined,
          'Allow',
        ),
        jobTemplate: {
          spec: {
            backoffLimit: unlessDefault(controller.backoffLimit, DEFAULT_BACKOFF_LIMIT),
            template: podTemplate(workload, context),
          },
        },
      },
    }),
  );
}
