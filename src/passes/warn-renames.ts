/** Warns of values that speak of a host by a name or an address that it does not have in the cluster. */

import { type Report, speaker, warning } from '../kernel/diagnostic.ts';
import { dnsLabel } from '../kernel/names.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { Mention, Mentions, Names } from './decisions.ts';
import { extraNames, tasksName } from './find-mentions.ts';

const say = speaker('warn-renames', {
  'old-name': warning(
    (where: string, service: string, old: string, name: string) =>
      `${where} of ${service} uses the host name "${old}", which is ${name} in the cluster`,
    (_where: string, _service: string, old: string, name: string) => `write ${name} instead of ${old}`,
  ),
  'maybe-old-name': warning(
    (where: string, service: string, old: string, name: string) =>
      `${where} of ${service} says "${old}", and the service of that name is called ${name} in the cluster`,
    (_where: string, _service: string, _old: string, name: string) => `write ${name} if it is meant as a host name`,
  ),
  'no-such-host': warning(
    (where: string, service: string, old: string, _name: string) =>
      `${where} of ${service} uses the host name "${old}", which cannot be the name of a Service`,
    (_where: string, _service: string, old: string, name: string) => `write ${name} instead of ${old}`,
  ),
  tasks: warning(
    (where: string, service: string, old: string, _name: string) =>
      `${where} of ${service} uses ${old}, a name that only Swarm answers`,
    (_where: string, _service: string, _old: string, name: string) =>
      `write ${name}, and endpoint_mode: dnsrr on ${name} to get the address of each pod`,
  ),
  'tasks-of-headless': warning(
    (where: string, service: string, old: string, _name: string) =>
      `${where} of ${service} uses ${old}, a name that only Swarm answers`,
    (_where: string, _service: string, _old: string, name: string) =>
      `write ${name}, which leads to the address of each pod`,
  ),
  address: warning(
    (where: string, service: string, old: string, name: string) =>
      `${where} of ${service} holds the fixed address ${old} of ${name}, which pods do not keep`,
    (_where: string, _service: string, _old: string, name: string) => `write the host name ${name}`,
  ),
});

/** A host name that no longer leads anywhere, and the one to use. */
interface Stale {
  readonly old: string;
  readonly name: string;
  readonly code: 'old-name' | 'no-such-host' | 'tasks' | 'tasks-of-headless' | 'address';
}

/** Whether a name resolves when a Service is called like it; DNS does not tell upper from lower case. */
export function isServiceName(name: string): boolean {
  return dnsLabel(name) === name.toLowerCase();
}

function staleNames(service: ServiceDraft, name: string): readonly Stale[] {
  const extra = extraNames(service).map(({ value }) => value);
  return [
    ...(isServiceName(service.name) ? [] : [{ old: service.name, name, code: 'old-name' } as const]),
    ...[...new Set(extra)]
      .filter((old) => !isServiceName(old) && old !== service.name)
      .map((old) => ({ old, name, code: 'no-such-host' }) as const),
    {
      old: tasksName(service.name),
      name,
      code: service.endpointMode?.value === 'dnsrr' ? 'tasks-of-headless' : 'tasks',
    },
    ...(service.networks ?? []).flatMap(({ ipv4 }) =>
      ipv4 === undefined ? [] : [{ old: ipv4.value, name, code: 'address' } as const],
    ),
  ];
}

function inEnvironment({ where }: Mention): boolean {
  return where.startsWith('environment.') || where.endsWith(' of an env_file');
}

/** A host name and its fully qualified hosts are a container's own business: only others lose them. */
function concerns(mention: Mention, { code }: Stale, service: string): boolean {
  if (code === 'no-such-host') return mention.service !== service && mention.isHost;
  // The rule of the environment, which judges the variable, has said so already.
  if (code === 'tasks' || code === 'tasks-of-headless') return !inEnvironment(mention);
  return code !== 'address' || mention.service !== service;
}

/**
 * Lists every place that uses the name of a renamed service, a name that cannot be a Service, a name of Swarm's, or a fixed
 * address. Nothing is rewritten: a text that looks like a host name may be something else.
 */
export function warnRenames(draft: Draft, names: Names, mentions: Mentions, report: Report): void {
  for (const service of draft.services.values()) {
    for (const stale of staleNames(service, names.service(service.name).value)) {
      // A service that has the name for its own answers to it.
      if (stale.code === 'no-such-host' && draft.services.has(stale.old)) continue;
      for (const mention of mentions.of(stale.old)) {
        if (!concerns(mention, stale, service.name)) continue;
        const code = stale.code === 'old-name' && !mention.isHost ? 'maybe-old-name' : stale.code;
        say(report, code, mention.origin, mention.where, mention.service, stale.old, stale.name);
      }
    }
  }
}
