/** Joins what the containers of one pod say about the pod as a whole. */

import { approximated, error, notApplicable, type Report, refused, speaker } from '../kernel/diagnostic.ts';
import { derive, Located, type Origin } from '../kernel/located.ts';
import type { ServiceDraft } from '../model/draft.ts';
import type { Label } from '../model/facts.ts';
import { selectorLabels } from '../model/labels.ts';
import type { Pod } from '../model/pod.ts';
import type { Decided } from './build-container.ts';
import { distinctBy } from './distinct.ts';
import { networkKind } from './pod-network.ts';
import { volumeGroup } from './secure-containers.ts';

const say = speaker('merge-pod', {
  'of-the-pod': approximated(
    (what: string, host: string) => `${what} is not used, because the container runs in the pod of ${host}`,
    (what: string, host: string) => `say ${what} for ${host}`,
  ),
  'name-of-the-node': approximated(
    'the hostname is not used: a pod on the network of its node has the name of the node',
    'leave hostname or network_mode out',
  ),
  'setting-of-the-node': refused(
    (name: string) => `${name} cannot be set for a pod that uses the network or memory of its node`,
    'set it on the node',
  ),
  'annotation-taken': approximated(
    (key: string, host: string) => `the pod has the annotation ${key} from ${host} already, with another value`,
    'state it once',
  ),
  'no-servers': error('dnsPolicy None asks only the servers under dns, and there are none', 'list them under dns'),
  'reaped-by-the-node': notApplicable('init is not needed: with pid: host the node reaps all processes'),
  'user-namespace': refused(
    'systempaths=unconfined is left out: it needs a user namespace of its own, which a pod with parts of its node cannot have',
    'leave network_mode, pid and ipc out',
  ),
});

/** The pod without its containers and volumes. */
export type PodFrame = Omit<
  Pod,
  'initContainers' | 'containers' | 'volumes' | 'restartPolicy' | 'serviceAccount' | 'labels'
>;

/** Who is in a pod: its host, its other members, and one-shots that run before them. */
export interface Company {
  readonly host: ServiceDraft;
  readonly members: readonly ServiceDraft[];
  readonly all: readonly ServiceDraft[];
}

function firstOf<T>(services: readonly ServiceDraft[], pick: (service: ServiceDraft) => T | undefined): T | undefined {
  for (const service of services) {
    const found = pick(service);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What belongs to the network of the pod is the host's to say, as in Compose; what others say is told. */
function tellOthers({ host, all }: Company, report: Report): void {
  for (const service of all) {
    if (service === host) continue;
    const said: readonly (readonly [string, Origin | undefined])[] = [
      ['hostname', service.hostname?.origin],
      ['dns', service.nameservers?.[0]?.origin],
      ['dns_search', service.dnsSearches?.[0]?.origin],
      ['dns_opt', service.dnsOptions?.[0]?.name.origin],
      ['extra_hosts', service.hostAliases?.[0]?.ip.origin],
      ['sysctls', service.sysctls?.[0]?.name.origin],
    ];
    for (const [what, origin] of said) if (origin !== undefined) say(report, 'of-the-pod', origin, what, host.name);
  }
}

/** Settings that the API server takes for this pod: those of the node's own network or memory it refuses. */
function sysctlsOf(host: ServiceDraft, isOnHost: boolean, hasHostIpc: boolean, report: Report): Pod['sysctls'] {
  return (host.sysctls ?? []).filter(({ name }) => {
    const isRefused = (isOnHost && name.value.startsWith('net.')) || (hasHostIpc && /^(kernel|fs)\./.test(name.value));
    if (isRefused) say(report, 'setting-of-the-node', name.origin, name.value);
    return !isRefused;
  });
}

function annotationsOf({ all }: Company, decided: Decided, report: Report): readonly Label[] {
  const found = new Map<string, { readonly label: Label; readonly service: string }>();
  for (const service of all) {
    for (const label of [...(service.podAnnotations ?? []), ...decided.storage.annotations(service.name)]) {
      const known = found.get(label.key);
      if (known === undefined) found.set(label.key, { label, service: service.name });
      else if (known.label.value.value !== label.value.value)
        say(report, 'annotation-taken', label.value.origin, label.key, known.service);
    }
  }
  return [...found.values()].map(({ label }) => label);
}

/** A name without dots, or the full one, unless the pod has its node's. A StatefulSet overwrites the plain field with the pod's name. */
function hostnames(
  { host }: Company,
  { endpoints, roles }: Decided,
  isOnHost: boolean,
  report: Report,
): Pick<Pod, 'hostname' | 'hostnameOverride'> {
  const hostname = endpoints.hostname(host.name);
  if (hostname !== undefined && isOnHost) say(report, 'name-of-the-node', hostname.origin);
  const isPlain = hostname?.value.includes('.') !== true && roles.get(host.name)?.kind !== 'stateful-set';
  return {
    hostname: isOnHost || !isPlain ? undefined : hostname,
    hostnameOverride: isOnHost || isPlain ? undefined : hostname,
  };
}

function nodeSelector(all: readonly ServiceDraft[]): Pod['nodeSelector'] {
  const os = firstOf(all, ({ platform }) => platform?.os);
  const arch = firstOf(all, ({ platform }) => platform?.arch);
  return [
    ...(os === undefined ? [] : [{ key: 'kubernetes.io/os', value: os }]),
    ...(arch === undefined ? [] : [{ key: 'kubernetes.io/arch', value: arch }]),
  ];
}

/** The longest time that any container asks for. */
function gracePeriod(members: readonly ServiceDraft[]): Located<number> | undefined {
  return members
    .flatMap(({ stopGrace }) => stopGrace ?? [])
    .reduce<Located<number> | undefined>(
      (longest, one) => (longest !== undefined && longest.value >= one.value ? longest : one),
      undefined,
    );
}

/** The policy that is asked for. One that asks no server of the cluster needs others, which are then the only ones. */
function dnsPolicy({ wishes, nameservers = [] }: ServiceDraft, report: Report): Pod['dns']['policy'] {
  const policy = wishes?.dnsPolicy;
  if (policy?.value !== 'None') return policy;
  for (const { origin } of nameservers) report.settle(origin.path, 'converted');
  if (nameservers.length === 0) say(report, 'no-servers', policy.origin);
  return nameservers.length === 0 ? undefined : policy;
}

/** Parts of the node that the pod shares. */
function sharing({ host, all }: Company, decided: Decided, report: Report) {
  const isOnHost = networkKind(host.name, decided.draft, decided.groups) === 'host';
  const networkOrigin = host.networkMode?.origin ?? host.networks?.[0]?.origin ?? host.origin;
  const hostPid = firstOf(all, (service) => service.hostPid);
  const hostIpc = firstOf(all, (service) => service.hostIpc);
  const reaping = firstOf(all, ({ reapsChildren }) => reapsChildren);
  const unmasked = firstOf(all, ({ unmaskedProc }) => unmaskedProc);
  const isShared = isOnHost || hostPid !== undefined || hostIpc !== undefined;
  if (reaping !== undefined && hostPid !== undefined) say(report, 'reaped-by-the-node', reaping.origin);
  if (unmasked !== undefined && isShared) say(report, 'user-namespace', unmasked.origin);
  return {
    hostNetwork: isOnHost ? new Located(true, networkOrigin) : undefined,
    hostPid,
    hostIpc,
    // The API server refuses both together, and the processes of the node are reaped anyway.
    shareProcessNamespace: hostPid === undefined ? reaping : undefined,
    hostUsers: unmasked === undefined || isShared ? undefined : derive(unmasked, false),
  };
}

/**
 * Joins the pod-wide words of all containers of a pod. The network is the host's; of what only one can have, the first wins.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 */
export function mergePod(company: Company, decided: Decided, report: Report): PodFrame {
  const { host, members, all } = company;
  const { draft, storage } = decided;
  tellOthers(company, report);
  const shared = sharing(company, decided, report);
  const isOnHost = shared.hostNetwork !== undefined;
  return {
    annotations: annotationsOf(company, decided, report),
    terminationGracePeriodSeconds: gracePeriod(members),
    ...shared,
    ...hostnames(company, decided, isOnHost, report),
    imagePullSecrets: distinctBy(
      all.flatMap(({ wishes }) => [
        ...(wishes?.imagePullSecrets ?? []),
        ...(wishes?.imagePullSecret ? [wishes.imagePullSecret] : []),
      ]),
      ({ value }) => value,
    ),
    nodeSelector: nodeSelector(all),
    nodeRules: all.flatMap(({ nodeRules }) => nodeRules ?? []),
    prefersControlPlane: firstOf(all, ({ prefersControlPlane }) => prefersControlPlane),
    runsBeside: storage.besides(host.name).map(({ service, origin }) => {
      return { selector: selectorLabels(service, draft.project.value), origin };
    }),
    dns: {
      policy: dnsPolicy(host, report),
      nameservers: host.nameservers ?? [],
      searches: host.dnsSearches ?? [],
      options: host.dnsOptions ?? [],
    },
    hostAliases: host.hostAliases ?? [],
    sysctls: sysctlsOf(host, isOnHost, shared.hostIpc !== undefined, report),
    fsGroup: volumeGroup(all, (service) => storage.hasNewVolume(service)),
    supplementalGroups: distinctBy(
      all.flatMap(({ groups }) => groups ?? []),
      ({ value }) => value,
    ),
  };
}
