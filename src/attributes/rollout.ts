/** `deploy.update_config` and `deploy.rollback_config`: how new containers take the place of old ones. */

import { approximated, delegated } from '../kernel/diagnostic.ts';
import { formatDuration } from '../kernel/duration.ts';
import type { Located } from '../kernel/located.ts';
import { defineRule, does, extension, pending, type Scope, type Values, when } from './rule.ts';
import { duration, integer, number, object, oneOf } from './shapes.ts';

const messages = {
  'rolled-back-by-others': delegated(
    'a cluster does not roll a failed update back by itself; it stops, and the old pods stay',
    'run kubectl rollout undo, or let Argo Rollouts or Flagger do it',
  ),
  'rollback-differs': approximated(
    (key: string, wanted: string, held: string | undefined) =>
      `a rollback proceeds like any update, with ${key} ${held === undefined ? 'as Kubernetes has it' : held} instead of ${wanted}`,
    (key: string) => `state the same ${key} in update_config and rollback_config`,
  ),
};

const change = (...actions: readonly string[]) =>
  object({
    parallelism: integer(0).optional(),
    delay: duration().optional(),
    failure_action: oneOf(...actions).optional(),
    monitor: duration().optional(),
    max_failure_ratio: number().optional(),
    order: oneOf('start-first', 'stop-first').optional(),
  });
const updateConfig = () => change('continue', 'rollback', 'pause');
const rollbackConfig = () => change('continue', 'pause');

type Change = NonNullable<Values<{ readonly change: typeof updateConfig }>['change']>;
type Voice = Scope<typeof messages>;

const updatePath = ['deploy', 'update_config'] as const;
const rollbackPath = ['deploy', 'rollback_config'] as const;

/** The longer of delay and monitor in whole seconds; undefined when neither asks for any. */
function settleTime({ delay = 0, monitor = 0 }: Change, { at }: Voice): Located<number> | undefined {
  const seconds = Math.ceil(Math.round(Math.max(delay, monitor) * 1e9) / 1e9);
  return seconds === 0 ? undefined : at(seconds, ...updatePath, monitor > delay ? 'monitor' : 'delay');
}

function sayUpdate(update: Change, { say, settle }: Voice): void {
  if (update.failure_action === 'pause') settle([...updatePath, 'failure_action'], 'converted');
  if (update.failure_action === 'rollback') say('rolled-back-by-others', [...updatePath, 'failure_action']);
  for (const key of ['max_failure_ratio', 'delay', 'monitor'] as const) {
    if (update[key] === 0) settle([...updatePath, key], 'converted');
  }
}

/** A rollback follows the strategy of updates, so it is enough to tell where it was to differ. */
function sayRollback(rollback: Change, update: Change | undefined, { say, settle }: Voice): void {
  const compare = (key: 'parallelism' | 'delay' | 'order', wanted: string | undefined, held: string): void => {
    if (wanted === undefined) return;
    if (update !== undefined && wanted === held) settle([...rollbackPath, key], 'converted');
    else say('rollback-differs', [...rollbackPath, key], key, wanted, update === undefined ? undefined : held);
  };
  const seconds = (value: number | undefined) => (value === undefined ? undefined : formatDuration(value));
  compare('parallelism', rollback.parallelism?.toString(), String(update?.parallelism ?? 1));
  compare('delay', seconds(rollback.delay), formatDuration(update?.delay ?? 0));
  compare('order', rollback.order, update?.order ?? 'stop-first');
  if (rollback.max_failure_ratio === 0) settle([...rollbackPath, 'max_failure_ratio'], 'converted');
}

/**
 * An update becomes a rolling update with Swarm's own defaults, which are not those of Kubernetes.
 * @see https://github.com/compose-spec/compose-spec/blob/main/deploy.md#update_config
 */
export const rollout = defineRule({
  name: 'rollout',
  service: {},
  deploy: { update_config: updateConfig, rollback_config: rollbackConfig },
  support: {
    'services.*.deploy.update_config': does(
      'converted',
      ['Deployment.spec.strategy', 'StatefulSet.spec.updateStrategy', 'DaemonSet.spec.updateStrategy'],
      "Absent: Kubernetes' own default (rolling, 25%/25%) unless the pod mounts a ReadWriteOnce claim or a hostPort, where Deployment uses Recreate or maxSurge 0. Present: RollingUpdate from parallelism and order, with Swarm's defaults parallelism 1 and order stop-first.",
    ),
    'services.*.deploy.update_config.parallelism': does(
      'approximated',
      [
        'Deployment.spec.strategy.rollingUpdate.maxUnavailable',
        'Deployment.spec.strategy.rollingUpdate.maxSurge',
        'StatefulSet.spec.updateStrategy.rollingUpdate.maxUnavailable',
        'DaemonSet.spec.updateStrategy.rollingUpdate.maxUnavailable',
      ],
      'Batch size n (default 1): stop-first gives maxUnavailable n, maxSurge 0; start-first gives maxSurge n, maxUnavailable 0. 0 means all at once: Recreate for stop-first, maxSurge 100% for start-first. On a StatefulSet n > 1 also needs podManagementPolicy Parallel.',
      {
        note: 'Kubernetes keeps at most n pods in flight continuously instead of working in closed batches; StatefulSet maxUnavailable needs v1.35 with the gate or v1.37.',
      },
    ),
    'services.*.deploy.update_config.delay': does(
      'approximated',
      ['Deployment.spec.minReadySeconds', 'StatefulSet.spec.minReadySeconds', 'DaemonSet.spec.minReadySeconds'],
      'minReadySeconds is the larger of delay and monitor, rounded up to whole seconds (default 0, field left out). progressDeadlineSeconds is raised when needed so that it exceeds minReadySeconds by at least 600.',
      {
        note: 'It is a settling time of each new pod rather than a pause between batches; total rollout time is about the same.',
      },
    ),
    'services.*.deploy.update_config.failure_action': does(
      'approximated',
      ['Deployment.spec.progressDeadlineSeconds', 'applier.rollback'],
      'pause (default): nothing to emit, a rollout whose new pods do not become ready stops by itself. rollback: --apply waits for the rollout and undoes it on ProgressDeadlineExceeded. continue: reported.',
      {
        note: 'No built-in controller rolls back by itself or presses on past pods that are not ready; without --apply use Argo Rollouts or Flagger.',
        cases: [
          when(
            'pause',
            'converted',
            ['Deployment.spec.strategy'],
            'Same effect: old pods stay, new ones stop being added.',
          ),
          when(
            'rollback',
            'delegated',
            ['applier.rollback'],
            'Done by --apply, or by a progressive-delivery controller.',
          ),
          when('continue', 'approximated', ['report.warning'], 'Behaves as pause.'),
        ],
      },
    ),
    'services.*.deploy.update_config.monitor': does(
      'approximated',
      ['Deployment.spec.minReadySeconds'],
      'Counts as delay when it is longer (see delay). Unset stays unset, although Swarm itself then watches for 5s.',
      { note: 'A pod that fails after minReadySeconds no longer affects the rollout.' },
    ),
    'services.*.deploy.update_config.max_failure_ratio': does(
      'approximated',
      ['report.warning'],
      '0 or unset: nothing to say. Otherwise reported and ignored; maxUnavailable is not inflated to imitate it.',
      { note: 'Kubernetes waits for every new pod; a tolerated share of failures needs Argo Rollouts analysis.' },
    ),
    'services.*.deploy.update_config.order': does(
      'converted',
      ['Deployment.spec.strategy.rollingUpdate', 'DaemonSet.spec.updateStrategy.rollingUpdate'],
      'stop-first (the default once update_config is present) or start-first, see parallelism. start-first on a DaemonSet sets rollingUpdate.maxSurge; it is refused together with a hostPort or a ReadWriteOnce claim, which two pods cannot hold at once.',
      {
        cases: [
          when(
            'start-first on a StatefulSet',
            'approximated',
            ['report.warning'],
            'A StatefulSet always stops a pod before starting its successor.',
          ),
        ],
      },
    ),
    'services.*.deploy.update_config.x-*': extension('update_config'),
    'services.*.deploy.rollback_config': pending(
      'approximated',
      ['Deployment.spec.revisionHistoryLimit', 'applier.rollback'],
      'Its presence makes the workload keep revisionHistoryLimit 10 and lets --apply undo a failed rollout; its parameters replace nothing in the strategy.',
      {
        note: 'A Kubernetes rollback is an ordinary rollout back to an earlier revision and follows the same strategy as an update; parameters that differ from update_config cannot be kept.',
      },
    ),
    'services.*.deploy.rollback_config.parallelism': does(
      'approximated',
      ['Deployment.spec.strategy.rollingUpdate'],
      'Equal to update_config.parallelism (or both unset): nothing to say. Different: reported; the update value is used.',
      {
        note: 'A Kubernetes rollback is an ordinary rollout back to an earlier revision and follows the same strategy as an update.',
      },
    ),
    'services.*.deploy.rollback_config.delay': does(
      'approximated',
      ['Deployment.spec.minReadySeconds'],
      'Equal to update_config.delay: nothing to say. Different: reported; the update value is used.',
      {
        note: 'A Kubernetes rollback is an ordinary rollout back to an earlier revision and follows the same strategy as an update.',
      },
    ),
    'services.*.deploy.rollback_config.failure_action': pending(
      'approximated',
      ['applier.rollback'],
      'pause (default): when an undo does not become available by the progress deadline, --apply stops and exits non-zero. continue: it only warns.',
      { note: 'Acts only under --apply; plain kubectl users run `kubectl rollout undo` themselves.' },
    ),
    'services.*.deploy.rollback_config.monitor': pending(
      'approximated',
      ['applier.rollback'],
      'Time --apply watches the restored revision after it is available, rounded up to seconds, default 0s.',
      { note: 'Acts only under --apply.' },
    ),
    'services.*.deploy.rollback_config.max_failure_ratio': does(
      'approximated',
      ['report.warning'],
      '0 or unset: nothing to say. Anything else is reported and ignored.',
      { note: 'Kubernetes never tolerates a share of failed pods in a rollout; it waits for all of them.' },
    ),
    'services.*.deploy.rollback_config.order': does(
      'approximated',
      ['Deployment.spec.strategy.rollingUpdate'],
      'Equal to update_config.order: nothing to say. Different: reported; the update order is used.',
      {
        note: 'A Kubernetes rollback is an ordinary rollout back to an earlier revision and follows the same strategy as an update.',
      },
    ),
    'services.*.deploy.rollback_config.x-*': extension('rollback_config'),
  },
  messages,
  lower({ deploy }, scope) {
    const { rollback_config: rollback, update_config: update } = deploy;
    if (rollback !== undefined) sayRollback(rollback, update, scope);
    if (update === undefined) return {};
    sayUpdate(update, scope);
    return {
      update: {
        parallelism: scope.at(update.parallelism ?? 1, ...updatePath, 'parallelism'),
        order: scope.at(update.order ?? 'stop-first', ...updatePath, 'order'),
        settle: settleTime(update, scope),
        origin: scope.origin(...updatePath),
      },
    };
  },
});
