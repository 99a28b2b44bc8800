/** `restart` and `deploy.restart_policy`: whether a container that has ended is started again. */

import { error, notApplicable } from '../kernel/diagnostic.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import { scalarAt } from '../kernel/tree.ts';
import type { RestartDraft } from '../model/facts.ts';
import { defineRule, does, type Expand, extension, type Scope, type Values, when } from './rule.ts';
import { duration, integer, object, text } from './shapes.ts';

type Policy = RestartDraft['policy']['value'];

const words = ['no', 'always', 'unless-stopped', 'on-failure'] as const;

/** Conditions of Swarm, and the words of `restart` that Compose takes for them. */
const conditions: ReadonlyMap<string, Policy> = new Map([
  ['any', 'always'],
  ['always', 'always'],
  ['unless-stopped', 'unless-stopped'],
  ['on-failure', 'on-failure'],
  ['none', 'no'],
  ['no', 'no'],
]);

const messages = {
  unknown: error(
    (policy: string) => `"${policy}" is not a restart policy`,
    (policy: string) =>
      didYouMean(nearest(policy, words)) || 'write no, always, on-failure, on-failure:3 or unless-stopped',
  ),
  condition: error(
    (condition: string) => `"${condition}" is not a condition of a restart policy`,
    (condition: string) => didYouMean(nearest(condition, conditions.keys())) || 'write any, on-failure or none',
  ),
  replaced: notApplicable(
    (policy: string) => `restart: ${policy} says nothing beside deploy.restart_policy, which replaces it`,
  ),
};

/** What YAML reads as false was written as `no`. */
const falseToNo: Expand<typeof messages> = (node) =>
  node.kind === 'scalar' && node.value === false ? scalarAt('no', node) : node;

const restartPolicy = () =>
  object({
    condition: text().optional(),
    delay: duration().optional(),
    max_attempts: integer(0).optional(),
    window: duration().optional(),
  });

type RestartPolicy = NonNullable<Values<{ readonly policy: typeof restartPolicy }>['policy']>;
type Voice = Scope<typeof messages>;

/** `restart` alone; no number of attempts, and 0, are no limit. */
function fromRestart(written: string, { at, say, settle }: Voice): RestartDraft | undefined {
  const [, word = '', attempts] = /^(no|always|unless-stopped|on-failure)(?::(\d+))?$/.exec(written) ?? [];
  const policy = words.find((one) => one === word);
  if (policy === undefined || (attempts !== undefined && policy !== 'on-failure')) {
    say('unknown', ['restart'], written);
    return undefined;
  }
  if (policy === 'always' || policy === 'unless-stopped') settle(['restart'], 'converted');
  return {
    policy: at(policy, 'restart'),
    maxAttempts: Number(attempts ?? 0) > 0 ? at(Number(attempts), 'restart') : undefined,
  };
}

function fromPolicy(
  { condition = 'any', max_attempts: attempts }: RestartPolicy,
  { at, say, settle }: Voice,
): RestartDraft | undefined {
  const path = ['deploy', 'restart_policy'] as const;
  const policy = conditions.get(condition);
  if (policy === undefined) {
    say('condition', [...path, 'condition'], condition);
    return undefined;
  }
  if (policy === 'always' || policy === 'unless-stopped') settle([...path, 'condition'], 'converted');
  return {
    policy: at(policy, ...path, 'condition'),
    maxAttempts: attempts === undefined || attempts === 0 ? undefined : at(attempts, ...path, 'max_attempts'),
  };
}

/**
 * The policy that holds. Whether it makes a Job, and so can be kept, is decided with the rest of the service in view:
 * `no`, `on-failure` and a number of attempts are judged there.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#restart
 */
export const restart = defineRule({
  name: 'restart',
  service: { restart: () => text() },
  deploy: { restart_policy: restartPolicy },
  expand: { restart: falseToNo },
  support: {
    'services.*.restart': does(
      'approximated',
      ['Workload.kind', 'Workload.spec.template.spec.restartPolicy'],
      'Unset is not `no`: an ordinary service without the attribute is a Deployment. Only an explicit value can make a one-shot (table under services.*); deploy.restart_policy replaces it.',
      {
        note: 'Deployment, StatefulSet and DaemonSet only know restartPolicy Always.',
        cases: [
          when(
            'always, unless-stopped, or unset on a long-running service',
            'converted',
            ['Workload.kind'],
            'Long-running kind; restartPolicy is left out (Always). Stopping is `kubectl scale --replicas=0`.',
          ),
          when(
            'no (also the YAML boolean false), one-shot',
            'converted',
            ['Job.spec'],
            'Job with restartPolicy Never, backoffLimit 0 and a podFailurePolicy that ignores DisruptionTarget, so that a drained node does not count as a failure.',
          ),
          when(
            'on-failure[:N], one-shot',
            'converted',
            ['Job.spec'],
            "Job with restartPolicy OnFailure and backoffLimit N; without N the default 6 stays and Docker's endless retry is reported.",
          ),
          when(
            'no or on-failure on a service with ports, expose, healthcheck, aliases or replicas',
            'approximated',
            ['Workload.kind'],
            'It is a server: Deployment, with the warning that it is restarted after every exit. x-kubernetes.kind: Job insists.',
          ),
        ],
      },
    ),
    'services.*.deploy.restart_policy': does(
      'approximated',
      ['Workload.spec.template.spec.restartPolicy', 'Workload.kind'],
      "Replaces `restart` whole when present. Only the choice of kind and a Job's backoffLimit can follow it.",
      {
        note: "Deployment, StatefulSet and DaemonSet pods always restart (the API allows nothing else), with kubelet's own back-off.",
      },
    ),
    'services.*.deploy.restart_policy.condition': does(
      'approximated',
      ['Workload.spec.template.spec.restartPolicy', 'Workload.kind'],
      'any (default) as restart always, on-failure as restart on-failure, none as restart no.',
      {
        note: 'Only a Job can stop after an exit; see services.*.restart for which services become Jobs.',
        cases: [when('any', 'converted', ['Workload.kind'], 'Long-running kinds already restart on every exit.')],
      },
    ),
    'services.*.deploy.restart_policy.delay': does(
      'approximated',
      ['report.info'],
      'Reported and ignored; crash restarts wait 10s, 20s, 40s ... up to 5 min, and a Job waits likewise.',
      { note: "The back-off is the kubelet's (crashLoopBackOff.maxContainerRestartPeriod sets its ceiling per node)." },
    ),
    'services.*.deploy.restart_policy.max_attempts': does(
      'approximated',
      ['Job.spec.backoffLimit'],
      'On a Job: backoffLimit. On a long-running kind: reported and ignored.',
      {
        note: 'A Deployment never gives up restarting; alert on CrashLoopBackOff instead.',
        cases: [
          when('the service is a Job', 'converted', ['Job.spec.backoffLimit'], 'backoffLimit equals max_attempts.'),
        ],
      },
    ),
    'services.*.deploy.restart_policy.window': does(
      'approximated',
      ['report.info'],
      'Reported and ignored; the nearest idea, minReadySeconds, belongs to rollouts (see update_config.delay).',
      { note: 'The kubelet forgets a crash after 10 minutes of running, a fixed window.' },
    ),
    'services.*.deploy.restart_policy.x-*': extension('restart_policy'),
  },
  messages,
  lower(values, scope) {
    const { deploy, restart: written } = values;
    if (deploy.restart_policy === undefined)
      return { restart: written === undefined ? undefined : fromRestart(written, scope) };
    if (written !== undefined) scope.say('replaced', ['restart'], written);
    return { restart: fromPolicy(deploy.restart_policy, scope) };
  },
});
