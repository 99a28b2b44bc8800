/** Warns of services that can only become ready by way of Services that lead to them once they are ready. */

import { info, type Report, speaker, warning } from '../kernel/diagnostic.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import { type HostNames, mentionsOf } from './collect-names.ts';
import type { Mentions } from './decisions.ts';

const say = speaker('warn-unready', {
  'asks-itself': warning(
    (service: string) =>
      `the healthcheck of ${service} asks ${service} by its name, which leads nowhere before the first success: it never becomes ready`,
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

/** Says which health tests ask their own service by name, and which services with health tests name each other. */
export function warnUnready(draft: Draft, hosts: HostNames, mentions: Mentions, report: Report): void {
  const speaksOf = new Map<string, Set<string>>();
  for (const service of draft.services.values()) {
    if (service.healthCheck === undefined) continue;
    for (const { service: speaker, isHost, where, origin } of mentionsOf(service.name, hosts, mentions)) {
      const isOwn = speaker === service.name;
      if (!isHost || draft.services.get(speaker)?.healthCheck === undefined) continue;
      if (!isOwn) speaksOf.set(speaker, (speaksOf.get(speaker) ?? new Set()).add(service.name));
      else if (where === 'healthcheck.test' && !isAskedByPort(service)) say(report, 'asks-itself', origin, speaker);
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
