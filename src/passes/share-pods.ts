/** Decides which services share a pod: those that use the network of another service. */

import { approximated, error, type Report, refused, speaker } from '../kernel/diagnostic.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { PodGroups } from './decisions.ts';

const say = speaker('share-pods', {
  'unknown-container': refused(
    (container: string) => `no service of the project has the container_name ${container}`,
    'write service:NAME with a service of this project',
  ),
  circle: error(
    (chain: string) => `services use the network of each other in a circle: ${chain}`,
    'let one of them have a network of its own',
  ),
  'by-container': approximated(
    (container: string, service: string) =>
      `${container} is the container of ${service}, so this one runs in its pod to share its network`,
    (_container: string, service: string) => `write service:${service}`,
  ),
  replicas: error(
    (service: string, count: number, host: string, hostCount: number) =>
      `${service} runs ${count} times, but ${host}, whose pod it shares, ${hostCount} times`,
    (_service: string, _count: number, host: string) => `state the same number of replicas as for ${host}`,
  ),
  mode: error(
    (service: string, mode: string, host: string, hostMode: string) =>
      `${service} has the mode ${mode}, but ${host}, whose pod it shares, ${hostMode}`,
    (_service: string, _mode: string, host: string) => `state the same deploy.mode as for ${host}`,
  ),
  ports: error(
    (port: string, service: string, other: string) => `${service} and ${other} share a pod and both publish ${port}`,
    'let only one of them listen on it',
  ),
});

/** The service whose network another one uses; undefined for one with a network of its own. */
function targetOf(
  service: ServiceDraft,
  ownerOf: ReadonlyMap<string, string>,
  draft: Draft,
  report: Report,
): string | undefined {
  const mode = service.networkMode;
  if (mode?.value.kind === 'service') return draft.services.has(mode.value.service) ? mode.value.service : undefined;
  if (mode?.value.kind !== 'container') return undefined;
  const { container } = mode.value;
  const owner = ownerOf.get(container);
  if (owner === undefined || owner === service.name) say(report, 'unknown-container', mode.origin, container);
  else say(report, 'by-container', mode.origin, container, owner);
  return owner === service.name ? undefined : owner;
}

/** Follows each chain to the service at its end. A service of a circle stays by itself, after saying so once. */
function findHosts(targets: ReadonlyMap<string, string>, draft: Draft, report: Report): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  for (const start of draft.services.keys()) {
    const trail: string[] = [];
    const onTrail = new Set<string>();
    let at = start;
    for (let next = targets.get(at); next !== undefined && !hosts.has(at) && !onTrail.has(at); next = targets.get(at)) {
      trail.push(at);
      onTrail.add(at);
      at = next;
    }
    const isCircle = onTrail.has(at);
    if (isCircle) {
      const circle = [...trail.slice(trail.indexOf(at)), at];
      say(report, 'circle', draft.services.get(at)?.networkMode?.origin, circle.join(' → '));
    }
    const host = hosts.get(at) ?? at;
    hosts.set(at, host);
    for (const one of trail) hosts.set(one, isCircle ? one : host);
  }
  return hosts;
}

function checkCompanion(companion: ServiceDraft, host: ServiceDraft, report: Report): void {
  const origin = companion.networkMode?.origin;
  const mode = companion.mode?.value ?? 'replicated';
  const hostMode = host.mode?.value ?? 'replicated';
  if (mode !== hostMode) say(report, 'mode', origin, companion.name, mode, host.name, hostMode);
  const count = companion.replicas?.value ?? 1;
  const hostCount = host.replicas?.value ?? 1;
  if (count !== hostCount) say(report, 'replicas', origin, companion.name, count, host.name, hostCount);
}

/** Containers of a pod share their ports. `expose` is no listener of its own: the host may publish what a companion serves. */
function checkPorts(members: readonly ServiceDraft[], report: Report): void {
  const owners = new Map<string, string>();
  for (const { name, ports } of members) {
    for (const { target, protocol, origin } of ports ?? []) {
      const port = `${target.value}/${protocol.value}`;
      const owner = owners.get(port) ?? name;
      owners.set(port, owner);
      if (owner !== name) say(report, 'ports', origin, port, name, owner);
    }
  }
}

/**
 * Puts a service with `network_mode: service:X`, or `container:` with the container of X, into the pod of X; chains lead to
 * the service at their end. Containers of one pod are scaled together, so replicas and modes must agree.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#network_mode
 */
export function sharePods(draft: Draft, report: Report): PodGroups {
  const ownerOf = new Map<string, string>();
  for (const { name, containerName } of draft.services.values())
    if (containerName !== undefined && !ownerOf.has(containerName.value)) ownerOf.set(containerName.value, name);
  const targets = new Map<string, string>();
  for (const service of draft.services.values()) {
    const target = targetOf(service, ownerOf, draft, report);
    if (target !== undefined) targets.set(service.name, target);
  }
  const hosts = findHosts(targets, draft, report);
  const members = new Map<string, string[]>();
  for (const host of hosts.values()) if (!members.has(host)) members.set(host, [host]);
  for (const name of draft.services.keys()) {
    const host = hosts.get(name) ?? name;
    if (host !== name) members.get(host)?.push(name);
  }
  for (const [host, names] of members) {
    if (names.length === 1) continue;
    const [first, ...companions] = names.flatMap((name) => draft.services.get(name) ?? []);
    if (first === undefined || first.name !== host) continue;
    for (const companion of companions) checkCompanion(companion, first, report);
    checkPorts([first, ...companions], report);
  }
  return {
    hostOf: (service) => hosts.get(service) ?? service,
    members: (host) => members.get(host) ?? [host],
  };
}
