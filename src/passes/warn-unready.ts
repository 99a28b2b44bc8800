/** Warns of services that can only become ready by way of Services that lead to them once they are ready. */

import { info, type Report, speaker, warning } from '../kernel/diagnostic.ts';
import { Located } from '../kernel/located.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import { type HostNames, mentionsOf } from './collect-names.ts';
import type { Mentions, PodGroups } from './decisions.ts';
import { findPeers } from './find-peers.ts';
import { networkKind } from './pod-network.ts';
import { isServiceName } from './warn-renames.ts';

const say = speaker('warn-unready', {
  'asks-itself': warning(
    (service: string, name: string) =>
      `the healthcheck of ${service} asks it by the name ${name}, which leads nowhere before the first success: it never becomes ready`,
    'ask localhost instead',
  ),
  'each-other': info(
    (service: string, others: string) =>
      `${service} and ${others} name each other, and their names lead to pods only while these are healthy`,
    'let their healthchecks succeed while the others are away',
  ),
});

/** Whether the kubelet asks a port of the pod itself, so that no name has to be resolved. */
function isAskedByPort({ healthCheck, ports = [], exposed = [], routes = [] }: ServiceDraft): boolean {
  const tested = healthCheck?.network?.port;
  if (tested === undefined) return false;
  const declared = [...ports.map(({ target }) => target), ...exposed.map(({ port }) => port)];
  return [...declared, ...routes.flatMap(({ port }) => port ?? [])].some(({ value }) => value === tested);
}

/** The names by which the health test of a service asks the service itself, other than at a port that the kubelet can ask. */
function askedNames(service: ServiceDraft, hosts: HostNames, mentions: Mentions): readonly Located<string>[] {
  if (service.healthCheck === undefined || isAskedByPort(service)) return [];
  return hosts.of(service.name).flatMap((name) =>
    mentions
      .of(name)
      .filter((one) => one.service === service.name && one.isHost && one.where === 'healthcheck.test')
      .map(({ origin }) => new Located(name, origin)),
  );
}

/**
 * The names with a port that a service with a health test is told of itself, such as the address that a broker advertises. Web
 * addresses are for others: a server does not ask its own.
 */
function toldNames(service: ServiceDraft, hosts: HostNames, mentions: Mentions): readonly Located<string>[] {
  if (service.healthCheck === undefined) return [];
  const web = new Set(
    (service.environment ?? [])
      .filter(({ value }) => /https?:\/\//i.test(value.value))
      .map(({ name }) => `environment.${name}`),
  );
  return hosts.of(service.name).flatMap((name) =>
    mentions
      .of(name)
      .filter(
        (one) =>
          one.service === service.name &&
          one.port !== undefined &&
          one.where.startsWith('environment.') &&
          !web.has(one.where),
      )
      .map(({ origin }) => new Located(name, origin)),
  );
}

/**
 * The name that a pod has to have because its health test asks for it, or may go by it: a Service leads nowhere before the
 * first success, while a pod always finds itself under its own name. Undefined where the pod is called otherwise, or has its
 * node's name.
 */
export function selfName(
  service: ServiceDraft,
  draft: Draft,
  groups: PodGroups,
  hosts: HostNames,
  mentions: Mentions,
): Located<string> | undefined {
  const all = [...askedNames(service, hosts, mentions), ...toldNames(service, hosts, mentions)];
  const asked = all.find(({ value }) => isServiceName(value));
  const isCalled = service.hostname === undefined && groups.hostOf(service.name) === service.name;
  return isCalled && networkKind(service.name, draft, groups) !== 'host' ? asked : undefined;
}

/** Says which health tests ask their own service by name, and which services with health tests name each other. */
export function warnUnready(
  draft: Draft,
  groups: PodGroups,
  hosts: HostNames,
  mentions: Mentions,
  report: Report,
): void {
  const speaksOf = new Map<string, Set<string>>();
  const peers = findPeers(draft, hosts, mentions);
  for (const service of draft.services.values()) {
    // The names of peers lead to their pods from the start.
    if (service.healthCheck === undefined || peers.has(service.name)) continue;
    const own = (selfName(service, draft, groups, hosts, mentions) ?? service.hostname)?.value;
    for (const { value, origin } of askedNames(service, hosts, mentions))
      if (value !== own) say(report, 'asks-itself', origin, service.name, value);
    for (const { service: speaker, isHost } of mentionsOf(service.name, hosts, mentions)) {
      if (!isHost || speaker === service.name || draft.services.get(speaker)?.healthCheck === undefined) continue;
      speaksOf.set(speaker, (speaksOf.get(speaker) ?? new Set()).add(service.name));
    }
  }
  const told = new Set<string>();
  for (const service of draft.services.keys()) {
    const mutual = [...(speaksOf.get(service) ?? [])].filter(
      (other) => !told.has(other) && speaksOf.get(other)?.has(service) === true,
    );
    if (mutual.length === 0) continue;
    told.add(service);
    say(report, 'each-other', draft.services.get(service)?.origin, service, mutual.join(', '));
  }
}
