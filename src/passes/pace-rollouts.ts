/** Decides how new pods replace old ones. */

import { approximated, notApplicable, type Report, refused, speaker } from '../kernel/diagnostic.ts';
import { derive, type Located, type Origin } from '../kernel/located.ts';
import type { ServiceDraft } from '../model/draft.ts';
import type { UpdateDraft } from '../model/facts.ts';
import type { Strategy } from '../model/plan.ts';
import type { Role } from './decisions.ts';

const say = speaker('pace-rollouts', {
  'start-first-refused': refused(
    (what: string) =>
      `start-first is not possible: two pods cannot hold ${what} at once, so the old one is stopped first`,
    'write order: stop-first',
  ),
  'always-stop-first': approximated(
    'a StatefulSet always stops a pod before it starts the next',
    'write order: stop-first',
  ),
  'no-rollout': notApplicable(
    (kind: string) => `update_config says nothing to a ${kind}, whose pods are never replaced`,
  ),
});

/** What two pods of a workload cannot hold at once. */
export interface Exclusive {
  /** In words: `a volume of one node`, `a port of the node`. */
  readonly what: string;
  /** True for storage, which even the next node cannot mount before the old pod is gone. */
  readonly isStorage: boolean;
  readonly origin: Origin;
}

/** The pace of a rollout. */
export interface Pace {
  readonly strategy: Strategy;
  readonly isParallel: boolean;
  readonly minReadySeconds: Located<number> | undefined;
  readonly progressDeadlineSeconds: Located<number> | undefined;
}

const DEFAULT_DEADLINE = 600;

/** Whether new pods may start before the old ones stop; where that is impossible it is refused. */
function startsFirst(update: UpdateDraft, exclusive: Exclusive | undefined, report: Report): boolean {
  if (update.order.value !== 'start-first') return false;
  if (exclusive === undefined) return true;
  say(report, 'start-first-refused', update.order.origin, exclusive.what);
  return false;
}

function batch({ parallelism }: UpdateDraft): Located<number | string> {
  return derive(parallelism, parallelism.value === 0 ? '100%' : parallelism.value);
}

function deploymentStrategy(
  update: UpdateDraft | undefined,
  exclusive: Exclusive | undefined,
  report: Report,
): Strategy {
  const isFirst = update !== undefined && startsFirst(update, exclusive, report);
  if (exclusive?.isStorage === true) return { kind: 'recreate', origin: exclusive.origin };
  if (update === undefined) {
    if (exclusive === undefined) return { kind: 'default' };
    return { kind: 'rolling', maxSurge: 0, maxUnavailable: undefined, origin: exclusive.origin };
  }
  const { origin, order, parallelism } = update;
  if (isFirst) return { kind: 'rolling', maxSurge: batch(update), maxUnavailable: derive(order, 0), origin };
  if (parallelism.value === 0) return { kind: 'recreate', origin };
  return { kind: 'rolling', maxSurge: derive(order, 0), maxUnavailable: batch(update), origin };
}

function daemonStrategy(update: UpdateDraft | undefined, exclusive: Exclusive | undefined, report: Report): Strategy {
  if (update === undefined) return { kind: 'default' };
  const { origin, order } = update;
  if (startsFirst(update, exclusive, report))
    return { kind: 'rolling', maxSurge: batch(update), maxUnavailable: derive(order, 0), origin };
  return { kind: 'rolling', maxSurge: undefined, maxUnavailable: batch(update), origin };
}

function statefulStrategy(update: UpdateDraft | undefined, report: Report): Strategy {
  if (update === undefined) return { kind: 'default' };
  if (update.order.value === 'start-first') say(report, 'always-stop-first', update.order.origin);
  return { kind: 'rolling', maxSurge: undefined, maxUnavailable: batch(update), origin: update.origin };
}

/**
 * The pace of a workload's rollout. Without `update_config` it is Kubernetes' own, unless two pods cannot exist at once.
 * `parallelism` n is n pods in flight; 0 is all at once. A settling time longer than the deadline moves the deadline.
 * @see https://github.com/compose-spec/compose-spec/blob/main/deploy.md#update_config
 */
export function paceRollout(service: ServiceDraft, role: Role, exclusive: Exclusive | undefined, report: Report): Pace {
  const { update } = service;
  const minReadySeconds = update?.settle;
  const isLate = minReadySeconds !== undefined && minReadySeconds.value >= DEFAULT_DEADLINE;
  const pace = {
    isParallel: false,
    minReadySeconds,
    progressDeadlineSeconds: isLate ? derive(minReadySeconds, minReadySeconds.value + DEFAULT_DEADLINE) : undefined,
  };
  switch (role.kind) {
    case 'deployment':
      return { ...pace, strategy: deploymentStrategy(update, exclusive, report) };
    case 'stateful-set':
      return {
        ...pace,
        strategy: statefulStrategy(update, report),
        isParallel: update !== undefined && update.parallelism.value !== 1,
      };
    case 'daemon-set':
    case 'global-job':
      return { ...pace, strategy: daemonStrategy(update, exclusive, report) };
    default:
      if (update !== undefined) say(report, 'no-rollout', update.origin, role.kind === 'cron-job' ? 'CronJob' : 'Job');
      return { ...pace, strategy: { kind: 'default' } };
  }
}
