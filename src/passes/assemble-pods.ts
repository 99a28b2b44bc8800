/** Puts containers together into pods, and pods into workloads. */

import { error, notApplicable, type Report, speaker } from '../kernel/diagnostic.ts';
import { derive, Located } from '../kernel/located.ts';
import { dnsLabel } from '../kernel/names.ts';
import type { ServiceDraft } from '../model/draft.ts';
import type { Label } from '../model/facts.ts';
import { fingerprint } from '../model/fingerprint.ts';
import type { Controller, Workload } from '../model/plan.ts';
import type { Container, Pod, PodVolume, Sourced } from '../model/pod.ts';
import { bareContainer } from './bare-container.ts';
import { buildContainer, type Decided } from './build-container.ts';
import type { Isolation, Prelude, Role, Startup } from './decisions.ts';
import { distinctBy } from './distinct.ts';
import { type Company, mergePod } from './merge-pod.ts';
import { type Exclusive, paceRollout } from './pace-rollouts.ts';
import { podOf } from './pod-of.ts';
import { seedContainer } from './seed-volumes.ts';

const say = speaker('assemble-pods', {
  'no-schedule': error('a CronJob needs a schedule', 'add the label kompose.cronjob.schedule, such as "0 3 * * *"'),
  'scaled-by-others': notApplicable('the number of replicas is left out, since the autoscaler sets it'),
});

/** Holds the pod of a global job after its command has ended, so that it runs once on each node. */
const PAUSE_IMAGE = 'registry.k8s.io/pause:3.10.1';
const LONGEST_JOB_NAME = 54;

/** Builds workloads, each container once. */
export interface Assembler {
  /** The container of a one-shot that runs before another service's. */
  containerOf(service: string): Container;
  /** The final name of a Job, whose template is then settled. */
  jobNameOf(service: string, before: Prelude): string;
  /** All workloads, each after those it depends on. */
  workloads(startup: Startup): readonly Workload[];
}

interface State {
  readonly decided: Decided;
  readonly isolation: Isolation;
  readonly report: Report;
  /** One-shots that run in the pod of a host, and the host's own members. */
  readonly companies: ReadonlyMap<string, Company>;
  readonly containers: Map<string, Container>;
  readonly built: Map<string, Workload>;
}

function companiesOf({ draft, groups, roles }: Decided): ReadonlyMap<string, Company> {
  const found = new Map<string, { host: ServiceDraft; members: ServiceDraft[]; all: ServiceDraft[] }>();
  for (const service of draft.services.values()) {
    if (!roles.has(service.name)) continue;
    const pod = podOf(service.name, groups, roles);
    const host = draft.services.get(pod);
    if (host === undefined) continue;
    const company = found.get(pod) ?? { host, members: [host], all: [host] };
    found.set(pod, company);
    if (service === host) continue;
    company.all.push(service);
    if (groups.hostOf(service.name) === pod) company.members.push(service);
  }
  return found;
}

function container(service: ServiceDraft, isWaitedFor: boolean, { containers, decided, report }: State): Container {
  const known = containers.get(service.name);
  if (known !== undefined) return known;
  const built = buildContainer(service, decided, isWaitedFor, report);
  containers.set(service.name, built);
  return built;
}

function textOf(sourced: Sourced<string>): string {
  return sourced instanceof Located ? sourced.value : sourced;
}

/** Container names are unique in a pod; of two that meet the later is called after its service as well. */
function withUniqueNames(containers: readonly Container[], taken: Set<string>): readonly Container[] {
  return containers.map((one) => {
    let name = textOf(one.name);
    for (let count = 2; taken.has(name); count += 1) name = dnsLabel(`${textOf(one.name)}-${count}`, '');
    taken.add(name);
    return name === textOf(one.name) ? one : { ...one, name };
  });
}

/** What is known about the pod of a company when its own containers are put together. */
interface Frame {
  readonly company: Company;
  readonly role: Role;
  readonly before: Prelude;
  readonly isSidecar: (service: string) => boolean;
}

/** The containers in their order: seeds, what is waited for and run before, sidecars, and the containers themselves. */
function containersOf(
  { company, role, before, isSidecar }: Frame,
  state: State,
): Pick<Pod, 'initContainers' | 'containers'> {
  const { decided } = state;
  const own = company.members.map((service) => container(service, isSidecar(service.name), state));
  const seeds = decided.draft.options.seedVolumes
    ? company.members.flatMap((service, index) =>
        decided.storage
          .seeds(service.name)
          .flatMap((mount) => (own[index] === undefined ? [] : seedContainer(own[index], mount))),
      )
    : [];
  const sidecars = own.filter((one) => one.isSidecar);
  const ordinary = own.filter((one) => !one.isSidecar);
  const isOncePerNode = role.kind === 'global-job';
  const init = [...seeds, ...before.initContainers, ...sidecars, ...(isOncePerNode ? ordinary : [])];
  const running = isOncePerNode ? [bareContainer('pause', PAUSE_IMAGE, company.host.origin)] : ordinary;
  // The containers of the services keep their names, whatever is put before them.
  const taken = new Set<string>();
  const containers = withUniqueNames(running, taken);
  return { initContainers: withUniqueNames(init, taken), containers };
}

function volumesOf({ company, before }: Frame, { decided }: State): readonly PodVolume[] {
  const all = [...company.all.flatMap(({ name }) => decided.storage.volumes(name)), ...before.volumes];
  return distinctBy(all, ({ name }) => name);
}

/** Two pods of a workload cannot share storage of one node, nor a port of the node. */
function exclusiveOf(
  { host, members }: Company,
  hostNetwork: Located<boolean> | undefined,
  { decided }: State,
): Exclusive | undefined {
  const { storage } = decided;
  if (storage.isExclusive(host.name)) {
    const claims = members.flatMap(({ name }) => storage.volumes(name)).filter(({ source }) => source.kind === 'claim');
    return { what: 'a volume of one node', isStorage: true, origin: claims[0]?.origin ?? host.origin };
  }
  if (hostNetwork !== undefined)
    return { what: 'the network of the node', isStorage: false, origin: hostNetwork.origin };
  const port = members.flatMap(({ ports }) => ports ?? []).find(({ mode }) => mode.value === 'host');
  return port === undefined ? undefined : { what: 'a port of the node', isStorage: false, origin: port.origin };
}

interface Ending {
  readonly restartPolicy: Sourced<'Never' | 'OnFailure'>;
  readonly backoffLimit: Sourced<number> | undefined;
  readonly ignoresDisruption: boolean;
}

/** How a one-shot ends: `no`, which is also what Compose does when nothing is said, is one attempt. */
function endingOf({ restart, wishes }: ServiceDraft): Ending {
  const policy = restart?.policy;
  const isOneAttempt = policy === undefined || policy.value === 'no';
  const word = isOneAttempt ? 'Never' : 'OnFailure';
  return {
    restartPolicy: policy === undefined ? word : derive(policy, word),
    backoffLimit:
      wishes?.backoffLimit ?? (isOneAttempt ? (policy === undefined ? 0 : derive(policy, 0)) : restart?.maxAttempts),
    ignoresDisruption: isOneAttempt,
  };
}

function controllerOf({ company, role }: Frame, hostNetwork: Located<boolean> | undefined, state: State): Controller {
  const { decided, report } = state;
  const { host } = company;
  const { wishes } = host;
  const { backoffLimit, ignoresDisruption } = endingOf(host);
  const pace = paceRollout(host, role, exclusiveOf(company, hostNetwork, state), report);
  const { strategy, minReadySeconds, progressDeadlineSeconds, isParallel } = pace;
  const replicas = wishes?.scaling === undefined ? host.replicas : undefined;
  switch (role.kind) {
    case 'stateful-set': {
      const serviceName = decided.endpoints.main(host.name)?.name.value ?? decided.names.service(host.name).value;
      const claimTemplates = decided.storage.templates(host.name);
      return { kind: 'stateful-set', replicas, serviceName, claimTemplates, strategy, isParallel, minReadySeconds };
    }
    case 'daemon-set':
    case 'global-job':
      return { kind: 'daemon-set', strategy, minReadySeconds };
    case 'cron-job':
      if (wishes?.schedule !== undefined) {
        const { schedule, concurrencyPolicy } = wishes;
        return { kind: 'cron-job', schedule, concurrencyPolicy, backoffLimit };
      }
      say(report, 'no-schedule', wishes?.kind?.origin ?? host.origin);
      return { kind: 'job', completions: host.replicas, backoffLimit, ignoresDisruption };
    case 'job':
      return { kind: 'job', completions: host.replicas, backoffLimit, ignoresDisruption };
    default:
      return { kind: 'deployment', replicas, strategy, minReadySeconds, progressDeadlineSeconds };
  }
}

function labelsOf({ company }: Frame, { decided, isolation }: State): Pod['labels'] {
  return distinctBy(
    [
      ...company.all.flatMap(({ name }) => isolation.networkLabels(name)),
      ...company.members.flatMap(({ name }) => decided.endpoints.aliasLabels(name)),
    ],
    ({ key }) => key,
  );
}

function annotationsOf({ members }: Company): readonly Label[] {
  return distinctBy(
    members.flatMap(({ serviceAnnotations }) => serviceAnnotations ?? []),
    ({ key }) => key,
  );
}

/** Windows, unless the pod has a word that only Linux knows: with both the API server would refuse it. */
function systemOf(pod: Pod, { all }: Company): Pod['system'] {
  const os = all.flatMap(({ platform }) => platform?.os ?? [])[0];
  const { hostPid, hostIpc, hostUsers, shareProcessNamespace, fsGroup } = pod;
  const isLinux =
    [hostPid, hostIpc, hostUsers, shareProcessNamespace, fsGroup].some((one) => one !== undefined) ||
    pod.sysctls.length + pod.supplementalGroups.length > 0 ||
    [...pod.initContainers, ...pod.containers].some(({ security }) => security !== undefined);
  return os?.value !== 'windows' || isLinux ? undefined : derive(os, 'windows');
}

function assemble(frame: Frame, state: State): Workload {
  const { company, role, before } = frame;
  const { decided, report } = state;
  const { host } = company;
  const merged = mergePod(company, decided, report);
  const runsOnce = role.kind === 'job' || role.kind === 'cron-job';
  const accounts = company.all.flatMap(({ wishes }) => wishes?.serviceAccountName ?? []);
  const pod: Pod = {
    ...merged,
    ...containersOf(frame, state),
    labels: labelsOf(frame, state),
    volumes: volumesOf(frame, state),
    restartPolicy: runsOnce ? endingOf(host).restartPolicy : undefined,
    serviceAccount: accounts[0] ?? before.account,
  };
  if (host.wishes?.scaling !== undefined && host.replicas !== undefined)
    say(report, 'scaled-by-others', host.replicas.origin);
  const name = decided.names.service(host.name);
  const controller = controllerOf(frame, merged.hostNetwork, state);
  const workload = {
    name,
    service: host.name,
    controller,
    annotations: annotationsOf(company),
    pod: { ...pod, system: systemOf(pod, company) },
    origin: host.origin,
  };
  if (controller.kind !== 'job') return workload;
  const base = name.value.slice(0, LONGEST_JOB_NAME).replace(/-+$/, '');
  return { ...workload, name: derive(name, `${base}-${fingerprint(workload)}`) };
}

function build(host: string, before: Prelude, isSidecar: Frame['isSidecar'], state: State): Workload | undefined {
  const known = state.built.get(host);
  if (known !== undefined) return known;
  const company = state.companies.get(host);
  const role = state.decided.roles.get(host);
  if (company === undefined || role === undefined) return undefined;
  const workload = assemble({ company, role, before, isSidecar }, state);
  state.built.set(host, workload);
  return workload;
}

/** What goes before all containers of a pod. */
function preludeOf({ members }: Company, startup: Startup): Prelude {
  const names = members.map(({ name }) => name);
  return {
    initContainers: names.flatMap((name) => startup.initContainers(name)),
    volumes: names.flatMap((name) => startup.volumes(name)),
    account: names.map((name) => startup.account(name)).find((account) => account !== undefined),
  };
}

/**
 * Prepares the assembly of workloads. Jobs come first, each when its name is asked for, because the containers that wait for a Job
 * must know the hash of its template.
 */
export function assemblePods(decided: Decided, isolation: Isolation, report: Report): Assembler {
  const companies = companiesOf(decided);
  const state: State = { decided, isolation, report, companies, containers: new Map(), built: new Map() };
  return {
    containerOf(service) {
      const draft = decided.draft.services.get(service);
      if (draft === undefined) throw new Error(`no service is called ${service}`);
      return container(draft, false, state);
    },
    jobNameOf(service, before) {
      const host = podOf(service, decided.groups, decided.roles);
      return build(host, before, () => false, state)?.name.value ?? decided.names.service(host).value;
    },
    workloads(startup) {
      // A pod comes where the last of its containers does, so that it comes after what each of them needs.
      const hosts = startup.order.map((service) => podOf(service, decided.groups, decided.roles)).toReversed();
      return [...new Set(hosts)].toReversed().flatMap((host) => {
        const company = companies.get(host);
        if (company === undefined) return [];
        return build(host, preludeOf(company, startup), (service) => startup.isSidecar(service), state) ?? [];
      });
    },
  };
}
