/** Decides for each dependency whether and how it is waited for, and says so. */

import { approximated, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Located, Origin } from '../kernel/located.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { Dependency, PortDraft } from '../model/facts.ts';
import { selectorLabels } from '../model/labels.ts';
import type { NetworkName } from '../model/plan.ts';
import type { Endpoints, Names, PodGroups, Role, Roles } from './decisions.ts';
import { isPublic } from './expose-ports.ts';
import type { JoinedNetworks } from './join-networks.ts';
import { podOf } from './pod-of.ts';
import { OPTIONAL_SECONDS } from './wait-containers.ts';

const say = speaker('choose-waits', {
  started: approximated(
    'this dependency is not waited for: all pods start at once, and a container that needs another is restarted until it is there',
    'write condition: service_healthy to wait until it is ready',
  ),
  'not-asked': approximated(
    (service: string, dependency: string, option: string) =>
      `${service} does not wait for ${dependency}, as --depends-on=${option} says`,
  ),
  'no-container': approximated(
    (service: string, dependency: string) =>
      `${service} does not wait for ${dependency}, which is the service of a provider and has no pod`,
  ),
  'no-healthcheck': approximated(
    (service: string, dependency: string) =>
      `${service} waits until ${dependency} runs, since a healthcheck of its image cannot be seen here`,
    (_service: string, dependency: string) => `give ${dependency} a healthcheck`,
  ),
  'by-name': approximated(
    (service: string, dependency: string) =>
      `${service} waits until the name ${dependency} resolves, which it does while a pod is ready; no port of it is known`,
    (_service: string, dependency: string) => `state the ports of ${dependency} under expose`,
  ),
  'by-pods': approximated(
    (service: string, dependency: string, why: string) =>
      `${service} asks the API server whether ${dependency} is ready, with an account that may look at pods: ${why}`,
  ),
  'by-job': approximated(
    'a wait container asks the API server whether the Job has ended well, with an account that may look at Jobs',
  ),
  'runs-before': approximated(
    (service: string, dependency: string) =>
      `${dependency} runs as an init container of ${service}, and so again with each of its pods`,
  ),
  'never-ends': approximated(
    (service: string, dependency: string, kind: string) =>
      `${service} does not wait for ${dependency}, which is a ${kind} and has no end`,
  ),
  'ends-beside': approximated(
    (service: string, dependency: string) =>
      `${service} does not wait for the end of ${dependency}, with which it shares a pod`,
    'give one of them a network of its own',
  ),
  'closed-in': approximated(
    (service: string, dependency: string) =>
      `${service} does not wait for ${dependency}: network policies keep its pods from the API server, which it would have to ask`,
    'put it on a network that is not internal, or state a port of the dependency',
  ),
  'optional-api': approximated(
    (service: string, dependency: string) =>
      `${service} does not wait for ${dependency}, which is not required: only the API server could be asked, and that without a limit`,
    'leave out required: false to wait for it',
  ),
  limited: approximated(
    (service: string, dependency: string) =>
      `each pod of ${service} waits ${OPTIONAL_SECONDS} s for ${dependency} and then starts without it`,
  ),
});

/** How a dependency is waited for. */
export type Wait =
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'name' }
  | { readonly kind: 'pods'; readonly selector: string }
  | { readonly kind: 'job' }
  /** It is an init container of the waiting pod. */
  | { readonly kind: 'before' }
  /** It is a native sidecar of the waiting pod. */
  | { readonly kind: 'sidecar' };

/** The decisions that waits follow from. */
export interface WaitGround {
  readonly draft: Draft;
  readonly names: Names;
  readonly groups: PodGroups;
  readonly roles: Roles;
  readonly endpoints: Endpoints;
  readonly networks: JoinedNetworks;
}

/** A dependency with both its ends. */
interface Edge {
  readonly service: ServiceDraft;
  readonly dependency: Dependency;
  readonly target: ServiceDraft;
  readonly role: Role;
  readonly pod: string;
  readonly targetPod: string;
}

const kindNames: Readonly<Record<Role['kind'], string>> = {
  deployment: 'Deployment',
  'stateful-set': 'StatefulSet',
  'daemon-set': 'DaemonSet',
  job: 'Job',
  'cron-job': 'CronJob',
  'global-job': 'DaemonSet',
  'init-container': 'init container',
  companion: 'container beside others',
};

function opens(port: PortDraft, number: Located<number>): boolean {
  return port.target.value === number.value && port.protocol.value === 'tcp' && isPublic(port);
}

/** The TCP port to try: the one that the health test asks, else the first; among strangers only a published one. */
function portToTry(main: NetworkName, target: ServiceDraft, isStranger: boolean): number | undefined {
  const ports = main.ports.filter(
    ({ protocol, port }) =>
      protocol.value === 'tcp' && (!isStranger || (target.ports ?? []).some((one) => opens(one, port))),
  );
  const tested = target.healthCheck?.network?.port;
  return (ports.find(({ port }) => port.value === tested) ?? ports[0])?.port.value;
}

function podSelector(targetPod: string, { draft }: WaitGround): string {
  return selectorLabels(targetPod, draft.project.value)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

/** Asks the API server, unless policies or the limit of an optional dependency forbid it. */
function askApi(
  edge: Edge,
  wait: Wait & { readonly kind: 'pods' | 'job' },
  why: string,
  ground: WaitGround,
  report: Report,
): Wait | undefined {
  const { service, dependency } = edge;
  const { origin } = dependency.condition;
  if (ground.networks.isClosed(edge.pod)) say(report, 'closed-in', origin, service.name, dependency.service);
  else if (!dependency.isRequired) say(report, 'optional-api', origin, service.name, dependency.service);
  else {
    if (wait.kind === 'job') say(report, 'by-job', origin);
    else say(report, 'by-pods', origin, service.name, dependency.service, why);
    return wait;
  }
  return undefined;
}

function whyByPods(main: NetworkName | undefined, isStranger: boolean): string {
  if (main === undefined) return 'it has no Service';
  if (main.reachesUnready) return 'its name leads to pods that are not ready too';
  return isStranger ? 'they share no network' : 'it has no TCP port';
}

/** The wait for a service that is to be healthy. */
function healthyWait(edge: Edge, ground: WaitGround, report: Report): Wait | undefined {
  const { service, dependency, target, pod, targetPod } = edge;
  const { origin } = dependency.condition;
  const isChecked = target.healthCheck !== undefined;
  if (!isChecked) say(report, 'no-healthcheck', origin, service.name, dependency.service);
  if (pod === targetPod) {
    if (isChecked) report.settle(origin.path, 'converted');
    return { kind: 'sidecar' };
  }
  const isStranger = !ground.networks.canTalk(service.name, dependency.service);
  const main = ground.endpoints.main(dependency.service);
  const isOutside = isStranger && ground.networks.isClosed(pod);
  // Names that lead to all pods say nothing about their health.
  const isEarly = main?.reachesUnready === true;
  const port = main === undefined || isOutside || isEarly ? undefined : portToTry(main, target, isStranger);
  if (port !== undefined) {
    if (isChecked) report.settle(origin.path, 'converted');
    return { kind: 'port', port };
  }
  // A pod that is cut off cannot even ask for a name; and a virtual address resolves whether or not a pod is ready.
  const isCutOff = ground.networks.isClosed(pod) && ground.networks.of(pod).size === 0;
  if (main !== undefined && main.isHeadless !== false && !isEarly && !isCutOff) {
    say(report, 'by-name', origin, service.name, dependency.service);
    return { kind: 'name' };
  }
  const selector = podSelector(targetPod, ground);
  const why = whyByPods(main, isStranger);
  return askApi(edge, { kind: 'pods', selector }, why, ground, report);
}

/** The wait for a service that is to have ended. */
function endedWait(edge: Edge, ground: WaitGround, report: Report): Wait | undefined {
  const { service, dependency, role, pod, targetPod } = edge;
  const { origin } = dependency.condition;
  if (role.kind === 'init-container' && role.of === service.name) {
    say(report, 'runs-before', origin, service.name, dependency.service);
    return { kind: 'before' };
  }
  if (pod === targetPod) say(report, 'ends-beside', origin, service.name, dependency.service);
  else if (ground.roles.get(targetPod)?.kind === 'job') return askApi(edge, { kind: 'job' }, '', ground, report);
  else if (role.kind === 'global-job') {
    // Its pods are ready as soon as what is to end has ended in each of them.
    const selector = podSelector(targetPod, ground);
    return askApi(edge, { kind: 'pods', selector }, 'it runs once on each node', ground, report);
  } else say(report, 'never-ends', origin, service.name, dependency.service, kindNames[role.kind]);
  return undefined;
}

function judgeRequired({ service, dependency }: Edge, wait: Wait | undefined, report: Report): void {
  const origin: Origin = { ...dependency.origin, path: [...dependency.origin.path, 'required'] };
  const isLimited = wait?.kind === 'port' || wait?.kind === 'name';
  if (!dependency.isRequired && isLimited) say(report, 'limited', origin, service.name, dependency.service);
  else report.settle(origin.path, 'converted');
}

/** How a dependency is waited for; undefined when it is not. Says what becomes of its condition. */
export function chooseWait(
  service: ServiceDraft,
  dependency: Dependency,
  ground: WaitGround,
  report: Report,
): Wait | undefined {
  const { draft, groups, roles } = ground;
  const { value: condition, origin } = dependency.condition;
  const target = draft.services.get(dependency.service);
  const role = roles.get(dependency.service);
  if (target === undefined || role === undefined || !roles.has(service.name)) {
    if (roles.has(service.name)) say(report, 'no-container', origin, service.name, dependency.service);
    return undefined;
  }
  const pod = podOf(service.name, groups, roles);
  const targetPod = podOf(dependency.service, groups, roles);
  const edge: Edge = { service, dependency, target, role, pod, targetPod };
  const wait = waitOf(edge, condition, ground, report);
  judgeRequired(edge, wait, report);
  return wait;
}

/** The kubelet starts the containers of a pod one by one, in their order; sidecars come before all others anyway. */
function startsEarlier({ service, dependency, pod }: Edge, { groups }: WaitGround): boolean {
  const members = groups.members(pod);
  return members.indexOf(dependency.service) < members.indexOf(service.name) && members.includes(dependency.service);
}

function waitOf(
  edge: Edge,
  condition: Dependency['condition']['value'],
  ground: WaitGround,
  report: Report,
): Wait | undefined {
  const { service, dependency, pod, targetPod, role } = edge;
  const { origin } = dependency.condition;
  const { dependsOn } = ground.draft.options;
  const isOwn = pod === targetPod;
  if (dependsOn !== 'init' && !isOwn) say(report, 'not-asked', origin, service.name, dependency.service, dependsOn);
  else if (condition === 'service_started' && isOwn && startsEarlier(edge, ground))
    report.settle(origin.path, 'converted');
  else if (condition === 'service_started') say(report, 'started', origin);
  else if (condition === 'service_completed_successfully') return endedWait(edge, ground, report);
  else if (role.kind === 'cron-job') say(report, 'never-ends', origin, service.name, dependency.service, 'CronJob');
  else return healthyWait(edge, ground, report);
  return undefined;
}
