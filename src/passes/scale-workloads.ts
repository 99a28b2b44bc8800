/** Automatic scaling of the workloads for which a label asks it. */

import { type Report, refused, speaker, warning } from '../kernel/diagnostic.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { Scaler } from '../model/plan.ts';
import type { Names, Role, Roles } from './decisions.ts';

const say = speaker('scale-workloads', {
  'not-scalable': refused(
    (service: string, kind: string) => `${service} is not scaled by its load, because it is a ${kind}`,
    'remove the kompose.hpa labels',
  ),
  'in-pod': refused(
    (service: string, host: string) => `${service} is not scaled by its load, because it runs in the pod of ${host}`,
    (_service: string, host: string) => `put the kompose.hpa labels on ${host}`,
  ),
  'no-request': warning(
    (service: string, resource: string) =>
      `${service} requests no ${resource}, so its ${resource} load cannot be measured and will not scale it`,
    (_service: string, resource: string) =>
      `state deploy.resources.reservations.${resource === 'cpu' ? 'cpus' : 'memory'}`,
  ),
});

const targets: Partial<Record<Role['kind'], Scaler['target']>> = {
  deployment: 'Deployment',
  'stateful-set': 'StatefulSet',
};
const kindNames: Readonly<Record<Role['kind'], string>> = {
  deployment: 'Deployment',
  'stateful-set': 'StatefulSet',
  'daemon-set': 'DaemonSet',
  job: 'Job',
  'cron-job': 'CronJob',
  'global-job': 'DaemonSet',
  'init-container': 'init container',
  companion: 'companion',
};

/** Load is measured in percent of the request, which a limit stands in for. */
function tellRequests({ name, requests, limits, wishes }: ServiceDraft, report: Report): void {
  for (const resource of ['cpu', 'memory'] as const) {
    const percent = wishes?.scaling?.[resource];
    if (percent === undefined || requests?.has(resource) === true || limits?.has(resource) === true) continue;
    say(report, 'no-request', percent.origin, name, resource);
  }
}

/**
 * Scalers of Deployments and StatefulSets. Other workloads have as many pods as they must.
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export function scaleWorkloads(draft: Draft, names: Names, roles: Roles, report: Report): readonly Scaler[] {
  return [...draft.services.values()].flatMap((service): readonly Scaler[] => {
    const scaling = service.wishes?.scaling;
    const role = roles.get(service.name);
    if (scaling === undefined || role === undefined) return [];
    const target = targets[role.kind];
    if (target === undefined) {
      const host = role.kind === 'companion' || role.kind === 'init-container' ? role.of : undefined;
      if (host === undefined) say(report, 'not-scalable', scaling.origin, service.name, kindNames[role.kind]);
      else say(report, 'in-pod', scaling.origin, service.name, host);
      return [];
    }
    tellRequests(service, report);
    return [{ name: names.service(service.name).value, service: service.name, target, ...scaling }];
  });
}
