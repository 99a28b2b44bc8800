/** What goes before the containers of each pod: containers that wait for dependencies, and one-shots; and the order of it all. */
// cspell:ignore rolebinding

import { delegated, error, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Origin } from '../kernel/located.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { Dependency } from '../model/facts.ts';
import type { WaitAccount } from '../model/plan.ts';
import type { Container, PodVolume } from '../model/pod.ts';
import { chooseWait, type Wait, type WaitGround } from './choose-waits.ts';
import type { ContainerOf, Endpoints, JobNameOf, Names, PodGroups, Prelude, Roles, Startup } from './decisions.ts';
import { joinNetworks } from './join-networks.ts';
import { podOf } from './pod-of.ts';
import { sortByNeeds } from './sort-services.ts';
import { asksApi, type Target, tokenVolume, waitContainer } from './wait-containers.ts';

const say = speaker('order-startup', {
  circle: error(
    (service: string, dependency: string) =>
      `${service} waits for ${dependency}, which itself waits for a container in the pod of ${service}`,
    'write condition: service_started, or give the two containers networks of their own',
  ),
  'own-account': delegated(
    (account: string, resources: string) =>
      `containers that wait look at ${resources} as the service account ${account}, which must be allowed to`,
    (account: string, resources: string) =>
      `kubectl create role ${account}-wait --verb=get,list,watch --resource=${resources}, and a rolebinding of it`,
  ),
});

/** Something that goes before the containers of a pod. */
type Step =
  | {
      readonly kind: 'wait';
      /** What is waited for. */
      readonly service: string;
      readonly wait: Wait;
      readonly isLimited: boolean;
      readonly origin: Origin;
    }
  | { readonly kind: 'one-shot'; readonly service: string };

/** A dependency and how it is waited for. */
interface Need {
  readonly dependency: Dependency;
  readonly wait: Wait | undefined;
}

/** The services of each pod: host, companions, and one-shots that run inside it. */
function servicesByPod(draft: Draft, groups: PodGroups, roles: Roles): ReadonlyMap<string, readonly string[]> {
  const pods = new Map<string, string[]>();
  for (const service of draft.services.keys()) {
    if (!roles.has(service)) continue;
    const pod = podOf(service, groups, roles);
    const known = pods.get(pod);
    if (known === undefined) pods.set(pod, [service]);
    else if (service === pod) known.unshift(service);
    else known.push(service);
  }
  return pods;
}

/** Adds a wait once; of two for one thing, the one without a limit holds. */
function addWait(steps: Step[], known: Map<string, number>, step: Step & { readonly kind: 'wait' }): void {
  const key = `${step.wait.kind} ${step.service}`;
  const at = known.get(key);
  const before = at === undefined ? undefined : steps[at];
  if (at === undefined || before === undefined) {
    known.set(key, steps.length);
    steps.push(step);
  } else if (before.kind === 'wait' && before.isLimited && !step.isLimited) {
    steps[at] = { ...before, isLimited: false };
  }
}

/** The steps of a pod in the order of the file, each one-shot right after its own. Uses no recursion: chains may be long. */
function stepsOf(
  services: readonly string[],
  needs: ReadonlyMap<string, readonly Need[]>,
  roles: Roles,
): readonly Step[] {
  const steps: Step[] = [];
  const known = new Map<string, number>();
  for (const root of services) {
    if (roles.get(root)?.kind === 'init-container') continue;
    const stack = [{ service: root, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const need = needs.get(top.service)?.[top.next];
      top.next += 1;
      if (need === undefined) {
        if (top.service !== root) steps.push({ kind: 'one-shot', service: top.service });
        stack.pop();
        continue;
      }
      const { dependency, wait } = need;
      const { service, isRequired, origin } = dependency;
      if (wait?.kind === 'before') stack.push({ service, next: 0 });
      else if (wait !== undefined && wait.kind !== 'sidecar')
        addWait(steps, known, { kind: 'wait', service, wait, isLimited: !isRequired, origin });
    }
  }
  return steps;
}

/** Everything that the preludes of the pods are made from. */
interface Work extends WaitGround {
  readonly containerOf: ContainerOf;
  readonly jobNameOf: JobNameOf;
  readonly preludes: Map<string, Prelude>;
  readonly jobNames: Map<string, string>;
  readonly accounts: Map<string, WaitAccount>;
}

function targetOf({ service, wait }: Step & { readonly kind: 'wait' }, work: Work): Target | undefined {
  const host = work.names.service(service).value;
  switch (wait.kind) {
    case 'port':
      return { kind: 'port', host, port: wait.port };
    case 'name':
      return { kind: 'name', host };
    case 'pods':
      return wait;
    case 'job': {
      const pod = podOf(service, work.groups, work.roles);
      const before = work.preludes.get(pod);
      // A circle, which was said: then nothing is written.
      if (before === undefined) return undefined;
      const name = work.jobNames.get(pod) ?? work.jobNameOf(pod, before);
      work.jobNames.set(pod, name);
      return { kind: 'job', name };
    }
    case 'before':
    case 'sidecar':
      return undefined;
  }
}

/** The account under which a pod's waiting containers ask the API server: one of its own, unless the user named one. */
function accountFor(
  pod: string,
  services: readonly string[],
  targets: readonly { readonly target: Target; readonly origin: Origin }[],
  work: Work,
  report: Report,
): string | undefined {
  const asking = targets.filter(({ target }) => asksApi(target));
  const [first] = asking;
  if (first === undefined) return undefined;
  const kinds = (['job', 'pods'] as const)
    .filter((kind) => asking.some(({ target }) => target.kind === kind))
    .map((kind) => (kind === 'job' ? 'jobs' : kind));
  const own = services.flatMap((service) => work.draft.services.get(service)?.wishes?.serviceAccountName ?? [])[0];
  if (own !== undefined) {
    say(report, 'own-account', own.origin, own.value, kinds.join(','));
    return undefined;
  }
  const name = `${work.names.service(pod).value}-wait`;
  work.accounts.set(pod, { name, service: pod, resources: kinds, origin: first.origin });
  return name;
}

function preludeOf(
  pod: string,
  services: readonly string[],
  steps: readonly Step[],
  work: Work,
  report: Report,
): Prelude {
  const targets: { readonly target: Target; readonly origin: Origin }[] = [];
  const initContainers = steps.flatMap((step): readonly Container[] => {
    if (step.kind === 'one-shot') return [work.containerOf(step.service)];
    const target = targetOf(step, work);
    if (target === undefined) return [];
    targets.push({ target, origin: step.origin });
    const name = work.names.service(step.service).value;
    return [waitContainer(name, target, step.isLimited, step.origin, work.draft.options)];
  });
  const asking = targets.find(({ target }) => asksApi(target));
  const volumes: readonly PodVolume[] = asking === undefined ? [] : [tokenVolume(asking.origin)];
  return { initContainers, volumes, account: accountFor(pod, services, targets, work, report) };
}

/** What a service comes after: dependencies, links, and the service whose pod it runs in. */
function needsOf(service: ServiceDraft | undefined, groups: PodGroups): readonly string[] {
  if (service === undefined) return [];
  const host = groups.hostOf(service.name);
  return [
    ...(service.dependencies ?? []).map((dependency) => dependency.service),
    ...(service.links ?? []).map((link) => link.service),
    ...(host === service.name ? [] : [host]),
  ];
}

/** The pods that a pod waits for, and the dependency that makes it so. */
function waitsOf(
  services: readonly string[],
  needs: ReadonlyMap<string, readonly Need[]>,
  groups: PodGroups,
  roles: Roles,
): ReadonlyMap<string, Dependency> {
  const waits = new Map<string, Dependency>();
  for (const service of services)
    for (const { dependency, wait } of needs.get(service) ?? []) {
      const isOutside = wait !== undefined && wait.kind !== 'before' && wait.kind !== 'sidecar';
      if (isOutside) waits.set(podOf(dependency.service, groups, roles), dependency);
    }
  return waits;
}

/**
 * Decides what each pod waits for. What is to be healthy is waited for by a container that connects to it, what is to have ended
 * by one that asks the API server; a one-shot of a single service runs inside its pod. What only has to be started is not waited
 * for. Everything of a pod is said of its host; companions have nothing of their own.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#depends_on
 */
export function orderStartup(
  draft: Draft,
  names: Names,
  groups: PodGroups,
  roles: Roles,
  endpoints: Endpoints,
  containerOf: ContainerOf,
  jobNameOf: JobNameOf,
  report: Report,
): Startup {
  const networks = joinNetworks(draft, groups, roles);
  const ground: WaitGround = { draft, names, groups, roles, endpoints, networks };
  const needs = new Map(
    [...draft.services.values()].map((service) => [
      service.name,
      (service.dependencies ?? []).map((dependency): Need => {
        return { dependency, wait: chooseWait(service, dependency, ground, report) };
      }),
    ]),
  );
  const sidecars = new Set(
    [...needs.values()]
      .flat()
      .flatMap(({ dependency, wait }) => (wait?.kind === 'sidecar' ? [dependency.service] : [])),
  );
  const pods = servicesByPod(draft, groups, roles);
  const waits = new Map([...pods].map(([pod, services]) => [pod, waitsOf(services, needs, groups, roles)]));
  const { order, circular } = sortByNeeds(pods.keys(), (pod) => [...(waits.get(pod)?.keys() ?? [])]);
  for (const { from, to } of circular) {
    const dependency = waits.get(from)?.get(to);
    say(report, 'circle', dependency?.condition.origin, from, dependency?.service ?? to);
  }
  const work: Work = {
    ...ground,
    containerOf,
    jobNameOf,
    preludes: new Map(),
    jobNames: new Map(),
    accounts: new Map(),
  };
  for (const pod of order) {
    const services = pods.get(pod) ?? [];
    work.preludes.set(pod, preludeOf(pod, services, stepsOf(services, needs, roles), work, report));
  }
  const isOrdered = draft.options.dependsOn !== 'none';
  return {
    initContainers: (service) => work.preludes.get(service)?.initContainers ?? [],
    volumes: (service) => work.preludes.get(service)?.volumes ?? [],
    account: (service) => work.preludes.get(service)?.account,
    isSidecar: (service) => sidecars.has(service),
    accounts: [...draft.services.keys()].flatMap((service) => work.accounts.get(service) ?? []),
    order: isOrdered
      ? sortByNeeds(draft.services.keys(), (service) => needsOf(draft.services.get(service), groups)).order
      : [...draft.services.keys()],
  };
}
