/** Plan to Kubernetes objects: which emitter writes what, in the order in which a first `kubectl apply` succeeds. */

import { assertNever } from '../kernel/invariant.ts';
import type { DataObject, Plan, Workload } from '../model/plan.ts';
import type { Resource } from '../model/resource.ts';
import { configMap } from './config-map.ts';
import { type Context, contextOf } from './context.ts';
import { cronJob } from './cron-job.ts';
import { daemonSet } from './daemon-set.ts';
import { deployment } from './deployment.ts';
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { ingress } from './ingress.ts';
import { job } from './job.ts';
import { namespace } from './namespace.ts';
import { networkPolicy } from './network-policy.ts';
import { persistentVolume } from './persistent-volume.ts';
import { persistentVolumeClaim } from './persistent-volume-claim.ts';
import { secret } from './secret.ts';
import { service } from './service.ts';
import { serviceAccount } from './service-account.ts';
import { statefulSet } from './stateful-set.ts';

function workloadObject(workload: Workload, context: Context): Resource {
  const { controller } = workload;
  switch (controller.kind) {
    case 'deployment':
      return deployment(workload, controller, context);
    case 'stateful-set':
      return statefulSet(workload, controller, context);
    case 'daemon-set':
      return daemonSet(workload, controller, context);
    case 'job':
      return job(workload, controller, context);
    case 'cron-job':
      return cronJob(workload, controller, context);
    default:
      return assertNever(controller);
  }
}

function dataOf(plan: Plan, kind: DataObject['kind']): readonly DataObject[] {
  return plan.data.filter((object) => object.kind === kind);
}

/**
 * Writes every object of a plan. What others stand on comes first: the namespace, then accounts, data and storage, names before
 * the pods that look them up, policies before the pods they guard, and last what refers to workloads and Services.
 */
export function emit(plan: Plan): readonly Resource[] {
  const context = contextOf(plan);
  const spaces = plan.createsNamespace && plan.namespace !== undefined ? [plan.namespace] : [];
  return [
    ...spaces.map((name) => namespace(name, plan.project.origin, context)),
    ...plan.accounts.flatMap((account) => serviceAccount(account, context)),
    ...dataOf(plan, 'config').map((object) => configMap(object, context)),
    ...dataOf(plan, 'secret').map((object) => secret(object, context)),
    ...plan.persistentVolumes.map((volume) => persistentVolume(volume, context)),
    ...plan.claims.map((claim) => persistentVolumeClaim(claim, context)),
    ...plan.names.map((name) => service(name, context)),
    ...plan.policies.map((policy) => networkPolicy(policy, context)),
    ...plan.workloads.map((workload) => workloadObject(workload, context)),
    ...plan.scalers.map((scaler) => horizontalPodAutoscaler(scaler, context)),
    ...plan.routes.map((route) => ingress(route, context)),
  ];
}
