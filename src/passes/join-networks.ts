/** Which networks each pod is on, and whether the file separates pods at all. */

import type { Origin } from '../kernel/located.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { PodGroups, Roles } from './decisions.ts';
import { networkKind } from './pod-network.ts';
import { podOf } from './pod-of.ts';

/** The networks of the pods. */
export interface JoinedNetworks {
  /** Networks of the pod that a service runs in, each with the place that says so. Empty on the network of the node. */
  of(service: string): ReadonlyMap<string, Origin>;
  /** Networks that some pod is on, in the order of the file; the default network last, if nobody declares it. */
  readonly used: readonly string[];
  /** True when policies are to keep pods of different networks apart. */
  readonly isSeparated: boolean;
  /** True when the file keeps pods apart, whatever an option says. */
  readonly isApart: boolean;
  /** True for a pod that policies let talk to members of its networks only. */
  isClosed(service: string): boolean;
  /** True when policies do not keep the pods of two services apart. */
  canTalk(one: string, other: string): boolean;
}

/** The network that every service without networks of its own is on. */
const DEFAULT_NETWORK = 'default';

function ownNetworks(service: ServiceDraft, draft: Draft): readonly (readonly [string, Origin])[] {
  if (service.networkMode?.value.kind === 'service' || service.networkMode?.value.kind === 'container') return [];
  const real = (service.networks ?? []).filter(({ network }) => draft.networks.get(network)?.standsFor === undefined);
  if (service.networks !== undefined && service.networks.length > 0)
    return real.map(({ network, origin }) => [network, origin] as const);
  return [[DEFAULT_NETWORK, service.networkMode?.origin ?? service.origin]];
}

/** Networks by pod. A one-shot that runs inside the pod of another service brings its networks along. */
function networksByPod(
  draft: Draft,
  groups: PodGroups,
  roles: Roles,
): ReadonlyMap<string, ReadonlyMap<string, Origin>> {
  const pods = new Map<string, Map<string, Origin>>();
  for (const service of draft.services.values()) {
    if (!roles.has(service.name)) continue;
    const pod = podOf(service.name, groups, roles);
    const joined = pods.get(pod) ?? new Map<string, Origin>();
    pods.set(pod, joined);
    if (networkKind(pod, draft, groups) !== 'ordinary') continue;
    for (const [network, origin] of ownNetworks(service, draft)) if (!joined.has(network)) joined.set(network, origin);
  }
  return pods;
}

/**
 * Whether two of the sets have nothing in common. Sets that are equal count once, and each is compared only with what shares an
 * element, so that projects with many services on few networks cost next to nothing.
 */
function someAreDisjoint(sets: readonly (readonly string[])[]): boolean {
  const distinct = [...new Map(sets.map((set) => [JSON.stringify(set.toSorted()), set])).values()];
  const holders = new Map<string, number[]>();
  distinct.forEach((set, index) => {
    for (const element of set) {
      const known = holders.get(element);
      if (known === undefined) holders.set(element, [index]);
      else known.push(index);
    }
  });
  if ([...holders.values()].some((indexes) => indexes.length === distinct.length)) return false;
  return distinct.some((set) => {
    const met = new Set(set.flatMap((element) => holders.get(element) ?? []));
    return met.size < distinct.length;
  });
}

function keepsApart(draft: Draft, used: readonly string[], sets: readonly (readonly string[])[]): boolean {
  return used.some((network) => draft.networks.get(network)?.isInternal?.value === true) || someAreDisjoint(sets);
}

const none: ReadonlyMap<string, Origin> = new Map();

/**
 * Finds out who is on which network. Pods are separated where the file does so: some network in use is internal, or some two
 * pods share none; unless an option says always or never.
 * @see https://github.com/compose-spec/compose-spec/blob/main/06-networks.md
 */
export function joinNetworks(draft: Draft, groups: PodGroups, roles: Roles): JoinedNetworks {
  const pods = networksByPod(draft, groups, roles);
  const members = [...pods.values()].filter((networks) => networks.size > 0);
  const present = new Set(members.flatMap((networks) => [...networks.keys()]));
  const used = [...new Set([...draft.networks.keys(), DEFAULT_NETWORK])].filter((network) => present.has(network));
  const isApart = keepsApart(
    draft,
    used,
    members.map((networks) => [...networks.keys()]),
  );
  const { networkPolicies } = draft.options;
  const isSeparated = networkPolicies === 'always' || (isApart && networkPolicies !== 'never');
  const of = (service: string): ReadonlyMap<string, Origin> => pods.get(podOf(service, groups, roles)) ?? none;
  const isCutOff = (service: string): boolean =>
    draft.options.networkPolicies !== 'never' && networkKind(podOf(service, groups, roles), draft, groups) === 'none';
  return {
    of,
    used,
    isApart,
    isSeparated,
    isClosed: (service) => {
      const networks = [...of(service).keys()];
      const isInside = networks.every((network) => draft.networks.get(network)?.isInternal?.value === true);
      return isCutOff(service) || (isSeparated && networks.length > 0 && isInside);
    },
    canTalk: (one, other) => {
      if (podOf(one, groups, roles) === podOf(other, groups, roles)) return true;
      if (isCutOff(one) || isCutOff(other)) return false;
      const [mine, yours] = [of(one), of(other)];
      // Policies do not hold on the network of the node.
      if (!isSeparated || mine.size === 0 || yours.size === 0) return true;
      return [...mine.keys()].some((network) => yours.has(network));
    },
  };
}
