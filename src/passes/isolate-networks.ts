/** Who may talk to whom: network policies where the file keeps services apart, and nothing where it does not. */

import { approximated, info, notApplicable, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Origin } from '../kernel/located.ts';
import { dnsLabel } from '../kernel/names.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { Policy, PolicyRule } from '../model/plan.ts';
import type { Endpoints, Isolation, Mentions, Names, PodGroups, Roles } from './decisions.ts';
import { isPublic } from './expose-ports.ts';
import { type JoinedNetworks, joinNetworks } from './join-networks.ts';
import { networkKind, selectsPods } from './pod-network.ts';
import { podOf } from './pod-of.ts';
import { warnSeparated } from './warn-separated.ts';

const say = speaker('isolate-networks', {
  unused: notApplicable((network: string) => `no service is on the network ${network}`, 'remove it'),
  'needs-plugin': info(
    'network policies keep the networks apart, if the network plug-in of the cluster enforces them; names of services on other networks still resolve',
    'Calico, Cilium and most clouds enforce them, plain flannel does not; --network-policies=never leaves them out',
  ),
  'not-internal': approximated(
    (network: string) =>
      `the network ${network} is not closed, as --network-policies=never says: its services reach everything`,
  ),
  'not-apart': approximated('the networks keep nothing apart, as --network-policies=never says'),
  'not-cut-off': approximated((service: string) => `${service} keeps its network, as --network-policies=never says`),
  'joins-more': info(
    (pod: string, network: string, service: string) =>
      `the pods of ${pod} are on the network ${network} too, because ${service} runs inside them`,
  ),
});

/** Everything that policies follow from. */
interface Ground {
  readonly draft: Draft;
  readonly names: Names;
  readonly groups: PodGroups;
  readonly roles: Roles;
  readonly endpoints: Endpoints;
  readonly networks: JoinedNetworks;
}

type Pairs = readonly (readonly [string, string])[];

function networkKey(network: string, { names }: Ground): string {
  return `compose.network/${names.network(network).value}`;
}

function members(network: string, ground: Ground): { readonly podLabels: Pairs; readonly isEveryNamespace: boolean } {
  return { podLabels: [[networkKey(network, ground), 'true']], isEveryNamespace: false };
}

/** Members of a network hear each other; those of an external one also other projects, which may be on it. */
function networkPolicy(network: string, ground: Ground): Policy {
  const declared = ground.draft.networks.get(network);
  const peers = [
    members(network, ground),
    ...(declared?.isExternal?.value === true ? [{ podLabels: undefined, isEveryNamespace: true }] : []),
  ];
  return {
    name: ground.names.network(network).value,
    service: undefined,
    annotations: [],
    selects: [[networkKey(network, ground), 'true']],
    ingress: [{ peers, ports: [] }],
    egress: undefined,
    origin: declared?.origin ?? { path: [] },
  };
}

/**
 * The ports of a service that the outside may reach: published ones but for loopback, those of routes, and what is exposed.
 * None means all of them; undefined that there are none.
 */
function openPorts(service: ServiceDraft, { endpoints }: Ground): PolicyRule['ports'] | undefined {
  const { ports = [], routes = [], wishes } = service;
  const isExposed = wishes?.serviceType?.value === 'LoadBalancer' || wishes?.serviceType?.value === 'NodePort';
  const published = new Set(ports.filter(isPublic).map(({ target, protocol }) => `${target.value}/${protocol.value}`));
  if (published.size === 0 && routes.length === 0 && !isExposed) return undefined;
  const routed = new Set(routes.map(({ port }) => port?.value));
  const isOffered = (ports.length === 0 && isExposed) || routed.has(undefined);
  if (service.hasTooManyPorts?.value === true) return [];
  // Targets only: policies see the port of the pod, whatever number led to it.
  const targets = (endpoints.main(service.name)?.ports ?? []).filter(({ name, targetPort }) => name === targetPort);
  const open = targets.filter(({ port, protocol }) => {
    return isOffered || published.has(`${port.value}/${protocol.value}`) || routed.has(port.value);
  });
  return open.length === 0 ? undefined : open.map(({ name, protocol }) => ({ port: name, protocol: protocol.value }));
}

function publishedPolicy(service: ServiceDraft, ground: Ground): Policy | undefined {
  const { draft, names, groups, roles } = ground;
  const role = roles.get(service.name);
  if (role === undefined || role.kind === 'init-container') return undefined;
  const ports = openPorts(service, ground);
  if (ports === undefined) return undefined;
  return {
    name: dnsLabel(`${names.service(service.name).value}-published`),
    service: service.name,
    annotations: [],
    selects: selectsPods(service.name, draft, names, groups, roles),
    ingress: [{ peers: [], ports }],
    egress: undefined,
    origin: service.ports?.[0]?.origin ?? service.routes?.[0]?.origin ?? service.origin,
  };
}

const dns: PolicyRule = {
  peers: [],
  ports: [
    { port: 53, protocol: 'udp' },
    { port: 53, protocol: 'tcp' },
  ],
};

/** A pod all of whose networks are internal reaches their members and name servers, and nothing else. */
function closedPolicy(pod: string, ground: Ground): Policy {
  const { draft, names, groups, roles, networks } = ground;
  const joined = networks.of(pod);
  const [first] = joined.keys();
  return {
    name: dnsLabel(`${names.service(pod).value}-internal`),
    service: pod,
    annotations: [],
    selects: selectsPods(pod, draft, names, groups, roles),
    ingress: undefined,
    egress: [{ peers: [...joined.keys()].map((network) => members(network, ground)), ports: [] }, dns],
    origin: draft.networks.get(first ?? '')?.isInternal?.origin ?? { path: [] },
  };
}

/** A pod without a network neither hears nor reaches anything. */
function cutOffPolicy(pod: string, origin: Origin, { draft, names, groups, roles }: Ground): Policy {
  return {
    name: dnsLabel(`${names.service(pod).value}-no-network`),
    service: pod,
    annotations: [],
    selects: selectsPods(pod, draft, names, groups, roles),
    ingress: [],
    egress: [],
    origin,
  };
}

function podPolicies(service: ServiceDraft, ground: Ground): readonly Policy[] {
  const { draft, groups, roles, networks } = ground;
  const isPod = roles.has(service.name) && podOf(service.name, groups, roles) === service.name;
  const kind = networkKind(service.name, draft, groups);
  if (kind === 'none') {
    const origin = service.networkMode?.origin ?? service.networks?.[0]?.origin ?? service.origin;
    return isPod ? [cutOffPolicy(service.name, origin, ground)] : [];
  }
  if (!networks.isSeparated || kind === 'host') return [];
  const published = publishedPolicy(service, ground);
  return [
    ...(published === undefined ? [] : [published]),
    ...(isPod && networks.isClosed(service.name) ? [closedPolicy(service.name, ground)] : []),
  ];
}

/** A network may be called like the policy of a service, which then gets another name. */
function distinct(policies: readonly Policy[]): readonly Policy[] {
  const taken = new Set<string>();
  return policies.map((policy) => {
    let { name } = policy;
    while (taken.has(name)) name = dnsLabel(`${name}-policy`);
    taken.add(name);
    return name === policy.name ? policy : { ...policy, name };
  });
}

/** Says which networks mean nothing, and what an option leaves open. */
function tellNetworks(draft: Draft, networks: JoinedNetworks, report: Report): void {
  const named = new Set(
    [...draft.services.values()].flatMap((service) => (service.networks ?? []).map(({ network }) => network)),
  );
  const used = new Set(networks.used);
  for (const [network, { origin, isInternal }] of draft.networks) {
    const isUnused = !used.has(network) && !named.has(network);
    if (isUnused) say(report, 'unused', origin, network);
    else if (isInternal?.value === true && !networks.isSeparated)
      say(report, 'not-internal', isInternal.origin, network);
    else if (isInternal !== undefined) report.settle(isInternal.origin.path, 'converted');
    if (!isUnused && isInternal?.value !== true && networks.isApart && !networks.isSeparated)
      say(report, 'not-apart', origin);
  }
  const [first] = networks.used;
  if (networks.isSeparated) say(report, 'needs-plugin', draft.networks.get(first ?? '')?.origin);
}

/** Says which pods come to networks that they are not on themselves. */
function tellJoined({ draft, groups, roles, networks }: Ground, report: Report): void {
  for (const service of draft.services.values()) {
    const pod = podOf(service.name, groups, roles);
    if (pod === service.name || roles.get(service.name)?.kind !== 'init-container') continue;
    const own = new Set((draft.services.get(pod)?.networks ?? []).map(({ network }) => network));
    for (const { network, origin } of service.networks ?? [])
      if (!own.has(network) && networks.of(pod).has(network))
        say(report, 'joins-more', origin, pod, network, service.name);
  }
}

function tellKept(draft: Draft, groups: PodGroups, report: Report): void {
  for (const service of draft.services.values()) {
    if (networkKind(service.name, draft, groups) !== 'none' || groups.hostOf(service.name) !== service.name) continue;
    say(report, 'not-cut-off', service.networkMode?.origin ?? service.networks?.[0]?.origin, service.name);
  }
}

/**
 * Writes one policy for each network that pods are on, if the file separates pods at all: members hear members. Ports that the
 * outside may reach are opened by one more for each service, since policies add up. Pods that are on internal networks only
 * are kept from calling out, and those without a network from everything.
 * @see https://github.com/compose-spec/compose-spec/blob/main/06-networks.md
 */
export function isolateNetworks(
  draft: Draft,
  names: Names,
  groups: PodGroups,
  roles: Roles,
  endpoints: Endpoints,
  mentions: Mentions,
  report: Report,
): Isolation {
  const networks = joinNetworks(draft, groups, roles);
  const ground: Ground = { draft, names, groups, roles, endpoints, networks };
  tellNetworks(draft, networks, report);
  if (draft.options.networkPolicies === 'never') tellKept(draft, groups, report);
  else warnSeparated(draft, names, networks, mentions, report);
  if (networks.isSeparated) tellJoined(ground, report);
  const policies = [
    ...(networks.isSeparated ? networks.used.map((network) => networkPolicy(network, ground)) : []),
    ...[...draft.services.values()].flatMap((service) => podPolicies(service, ground)),
  ];
  return {
    policies: draft.options.networkPolicies === 'never' ? [] : distinct(policies),
    networkLabels: (service) =>
      networks.isSeparated && podOf(service, groups, roles) === service
        ? [...networks.of(service)].map(([network, origin]) => ({
            key: networkKey(network, ground),
            value: 'true',
            origin,
          }))
        : [],
  };
}
