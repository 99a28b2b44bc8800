/** What an emitter must know of the plan beyond the one thing it writes. */

import { invariant } from '../kernel/invariant.ts';
import { type LabelPairs, selectorLabels } from '../model/labels.ts';
import type { Plan } from '../model/plan.ts';

/** The project around an object, prepared once so that thousands of objects can be written in linear time. */
export interface Context {
  readonly project: string;
  /** Namespace to write on every namespaced object; undefined leaves it to who applies. */
  readonly namespace: string | undefined;
  /** The service whose labels a workload carries, by the name of the workload. */
  readonly serviceOf: ReadonlyMap<string, string>;
  /** Names of the accounts that exist only for containers that wait. */
  readonly waitAccounts: ReadonlySet<string>;
}

/** Prepares the context of a plan. */
export function contextOf(plan: Plan): Context {
  return {
    project: plan.project.value,
    namespace: plan.namespace,
    serviceOf: new Map(plan.workloads.map((workload) => [workload.name.value, workload.service])),
    waitAccounts: new Set(plan.accounts.map((account) => account.name)),
  };
}

/** The pod labels that a name or a policy selects: those given, or the standard selector of the workload of that name. */
export function selectedLabels(selects: string | LabelPairs, context: Context): Readonly<Record<string, string>> {
  if (typeof selects !== 'string') return Object.fromEntries(selects);
  const service = context.serviceOf.get(selects);
  invariant(service !== undefined, `no workload is called "${selects}"`);
  return Object.fromEntries(selectorLabels(service, context.project));
}
