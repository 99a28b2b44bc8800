/** Decides what kind of workload each service is: the first rule of a short table that holds. */

import { approximated, noted, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Located } from '../kernel/located.ts';
import { dnsLabel } from '../kernel/names.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { RestartDraft } from '../model/facts.ts';
import type { Mounts, PodGroups, ResolvedMount, Role, Roles } from './decisions.ts';
import { findOneShots, type OneShot, serverSign } from './find-one-shots.ts';
import { podOf, replicasOf } from './pod-of.ts';

const say = speaker('choose-controller', {
  'kind-in-pod': approximated(
    (kind: string, host: string) => `the kind ${kind} is not used, because the container runs in the pod of ${host}`,
    (_kind: string, host: string) => `ask for the kind of ${host}`,
  ),
  'name-too-long': approximated(
    (kind: string) => `the name of the service is too long for a ${kind}, which takes 52 characters`,
    'shorten it',
  ),
  'server-restarts': approximated(
    (policy: string, sign: string) => `a service with ${sign} is restarted after every exit, whatever ${policy} says`,
    'remove what makes it a server if it is to run once',
  ),
  'companion-restarts': approximated(
    (policy: string, host: string) =>
      `the container shares the pod of ${host}, which is restarted after every exit, whatever ${policy} says`,
    'give it a network of its own if it is to run once',
  ),
  'kind-restarts': approximated(
    (policy: string, kind: string) => `a ${kind} is restarted after every exit, whatever ${policy} says`,
  ),
  'runs-again': approximated(
    (policy: string, dependent: string) =>
      `as an init container of ${dependent} it runs until it succeeds, whatever ${policy} says`,
    'it runs again with each new pod, so it must bear being repeated',
  ),
  'gives-up': noted(
    'a Job gives up after six failures, where Docker would try for ever',
    'write the number of attempts, such as on-failure:3',
  ),
  'job-ends': approximated(
    (policy: string) => `a Job ends with its first success, whatever ${policy} says`,
    'do not let others wait for its completion if it is to keep running',
  ),
});

const kinds = {
  Deployment: 'deployment',
  StatefulSet: 'stateful-set',
  DaemonSet: 'daemon-set',
  Job: 'job',
  CronJob: 'cron-job',
} as const;

const names: Readonly<Record<Role['kind'], string>> = {
  deployment: 'Deployment',
  'stateful-set': 'StatefulSet',
  'daemon-set': 'DaemonSet',
  job: 'Job',
  'cron-job': 'CronJob',
  'global-job': 'DaemonSet',
  'init-container': 'init container',
  companion: 'container',
};

/** A text for the storage behind a mount; undefined for a mount without any that lasts. */
export function storageKey(mount: ResolvedMount): string | undefined {
  if (mount.kind === 'volume') return `volume ${mount.volume}`;
  return mount.kind === 'own-claim' ? `claim ${mount.claim}` : undefined;
}

/** The storage that one pod alone mounts, and can write to: by the service that hosts the pod. */
function exclusiveStorage(
  draft: Draft,
  mounts: Mounts,
  podFor: (service: string) => string,
): ReadonlyMap<string, string> {
  const uses = new Map<string, { readonly pods: Set<string>; isWritten: boolean; readonly name: string }>();
  for (const service of draft.services.keys()) {
    for (const mount of mounts.of(service)) {
      const key = storageKey(mount);
      if (key === undefined) continue;
      const use = uses.get(key) ?? { pods: new Set<string>(), isWritten: false, name: key.replace(/^\w+ /, '') };
      uses.set(key, use);
      use.pods.add(podFor(service));
      use.isWritten ||= !mount.mount.isReadOnly.value;
    }
  }
  const found = new Map<string, string>();
  for (const { pods, isWritten, name } of uses.values()) {
    const [pod] = pods;
    if (pod !== undefined && pods.size === 1 && isWritten && !found.has(pod)) found.set(pod, name);
  }
  return found;
}

function asker({ origin }: Located<string>): string {
  return origin.path.includes('x-kubernetes') ? 'x-kubernetes' : 'a label';
}

function wishedRole({ wishes }: ServiceDraft): Role | undefined {
  if (wishes?.kind !== undefined)
    return {
      kind: kinds[wishes.kind.value],
      of: undefined,
      because: `${asker(wishes.kind)} asks for a ${wishes.kind.value}`,
    };
  if (wishes?.schedule === undefined) return undefined;
  return {
    kind: 'cron-job',
    of: undefined,
    because: `${asker(wishes.schedule)} gives it the schedule ${wishes.schedule.value}`,
  };
}

/** A StatefulSet labels its pods with its name and a hash of 10 digits, and a CronJob appends a time: longer names are refused. */
const LONGEST_NAME = 52;

function isTooLong(service: string): boolean {
  return dnsLabel(service).length > LONGEST_NAME;
}

function roleOf(service: ServiceDraft, host: string, oneShot: OneShot | undefined, stored: string | undefined): Role {
  const plain = (kind: Role['kind'], because: string): Role => ({ kind, of: undefined, because });
  if (host !== service.name) return { kind: 'companion', of: host, because: `it uses the network of ${host}` };
  const wished = wishedRole(service);
  const isPossible = !isTooLong(service.name) || !['stateful-set', 'cron-job'].includes(wished?.kind ?? '');
  if (wished !== undefined && isPossible) return wished;
  const mode = service.mode?.value;
  if (mode === 'global') return plain('daemon-set', 'deploy.mode is global');
  if (mode === 'global-job' && oneShot !== undefined) return plain('global-job', oneShot.because);
  if (oneShot?.before !== undefined)
    return { kind: 'init-container', of: oneShot.before, because: `only ${oneShot.before} waits for its end` };
  if (oneShot !== undefined) return plain('job', oneShot.because);
  if (stored !== undefined && replicasOf(service) <= 1 && !isTooLong(service.name))
    return plain('stateful-set', `it is one pod, and alone writes to the volume ${stored}`);
  return plain('deployment', 'it keeps running, and any of its pods can be replaced');
}

/** A policy as its file has it: `restart: no`, or `condition: none` under `deploy.restart_policy`. */
function policyText({ value, origin }: RestartDraft['policy']): string {
  if (!origin.path.includes('restart_policy')) return `restart: ${value}`;
  return `condition: ${value === 'no' ? 'none' : value === 'on-failure' ? value : 'any'}`;
}

/** Judges the restart policy by what the service became. */
function judgeRestart(service: ServiceDraft, role: Role, report: Report): void {
  const { restart } = service;
  if (restart === undefined) return;
  const { policy, maxAttempts } = restart;
  const runsOnce = policy.value === 'no' || policy.value === 'on-failure';
  if (role.kind === 'job' || role.kind === 'cron-job') {
    if (maxAttempts !== undefined) report.settle(maxAttempts.origin.path, 'converted');
    if (!runsOnce) say(report, 'job-ends', policy.origin, policyText(policy));
    else if (policy.value === 'no' || maxAttempts !== undefined || service.wishes?.backoffLimit !== undefined)
      report.settle(policy.origin.path, 'converted');
    else say(report, 'gives-up', policy.origin);
    return;
  }
  if (!runsOnce) return;
  if (role.kind === 'init-container' || role.kind === 'global-job') {
    if (policy.value === 'on-failure' && maxAttempts === undefined) report.settle(policy.origin.path, 'converted');
    else say(report, 'runs-again', policy.origin, policyText(policy), role.of ?? 'a pod on each node');
    return;
  }
  const sign = serverSign(service);
  if (sign !== undefined) say(report, 'server-restarts', policy.origin, policyText(policy), sign);
  else if (role.kind === 'companion')
    say(report, 'companion-restarts', policy.origin, policyText(policy), role.of ?? '');
  else say(report, 'kind-restarts', policy.origin, policyText(policy), names[role.kind]);
}

/**
 * Chooses the kind of each workload: what a label asks for; the pod of another service; deploy.mode; one-shots; storage that one
 * pod alone writes; else a Deployment. Looks at what the author wrote for that reason, never at the names of images.
 * @see mapping-notes.md §1, §5, §10
 */
export function chooseControllers(draft: Draft, groups: PodGroups, mounts: Mounts, report: Report): Roles {
  const oneShots = findOneShots(draft, groups);
  const services = [...draft.services.values()].filter(({ provider }) => provider === undefined);
  const first = new Map<string, Role>(
    services.map((service) => [
      service.name,
      roleOf(service, groups.hostOf(service.name), oneShots.get(service.name), undefined),
    ]),
  );
  const stored = exclusiveStorage(draft, mounts, (service) => podOf(service, groups, first));
  const roles = new Map<string, Role>();
  for (const service of services) {
    const host = groups.hostOf(service.name);
    const role = roleOf(service, host, oneShots.get(service.name), stored.get(host));
    roles.set(service.name, role);
    const { kind } = service.wishes ?? {};
    const wished = wishedRole(service);
    if (wished !== undefined && role.kind !== 'companion' && role.kind !== wished.kind)
      say(report, 'name-too-long', kind?.origin ?? service.wishes?.schedule?.origin, names[wished.kind]);
    if (kind !== undefined && role.kind === 'companion') say(report, 'kind-in-pod', kind.origin, kind.value, host);
    judgeRestart(service, role, report);
  }
  return roles;
}
