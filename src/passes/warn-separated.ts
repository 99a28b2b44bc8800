/** Warns of services that name each other although no network joins them. */

import { type Related, Report, speaker, warning } from '../kernel/diagnostic.ts';
import type { Origin } from '../kernel/located.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import { collectNames, type HostNames, mentionsOf } from './collect-names.ts';
import type { Mentions, Names } from './decisions.ts';
import { isPublic } from './expose-ports.ts';
import type { JoinedNetworks } from './join-networks.ts';

const say = speaker('warn-separated', {
  'no-way': warning(
    (service: string, other: string, how: string) =>
      `${service} cannot reach ${other}, although it ${how}: no network joins the two, in Compose as in the cluster`,
    (service: string, other: string) => `put ${service} and ${other} on one network`,
  ),
});

/** A place where one service speaks of another. */
interface Speech {
  readonly service: string;
  readonly other: string;
  /** Completes "although it …". */
  readonly how: string;
  readonly origin: Origin;
  /** The port that is meant, if the place says one. */
  readonly port: number | undefined;
}

function speeches(draft: Draft, hosts: HostNames, mentions: Mentions): readonly Speech[] {
  return [...draft.services.values()].flatMap((other): readonly Speech[] =>
    mentionsOf(other.name, hosts, mentions)
      .filter(({ isHost, service }) => isHost && service !== other.name)
      .map(({ service, where, origin, port }) => {
        return { service, other: other.name, how: `names it in ${where}`, origin, port };
      }),
  );
}

function references(service: ServiceDraft): readonly Speech[] {
  const { name, dependencies = [], links = [] } = service;
  return [
    ...dependencies.map(({ service: other, origin }) => {
      return { service: name, other, how: 'depends on it', origin, port: undefined };
    }),
    ...links.map(({ service: other, origin }) => {
      return { service: name, other, how: 'links to it', origin, port: undefined };
    }),
  ];
}

/** Whether the port that is meant is one that policies open to everyone. */
function isOpen(service: ServiceDraft | undefined, port: number | undefined): boolean {
  return (service?.ports ?? [])
    .filter(isPublic)
    .some(({ target, published }) => port === undefined || target.value === port || published?.value === port);
}

/** Speeches by the two services that they join, in the order in which the file has them. */
function byPair(said: readonly Speech[]): readonly (readonly [Speech, ...Speech[]])[] {
  const pairs = new Map<string, [Speech, ...Speech[]]>();
  for (const speech of said) {
    const key = JSON.stringify([speech.service, speech.other]);
    const known = pairs.get(key);
    if (known === undefined) pairs.set(key, [speech]);
    else known.push(speech);
  }
  return [...pairs.values()];
}

function placeOf(origin: Origin | undefined, message: string): readonly Related[] {
  return origin?.span === undefined ? [] : [{ at: origin.span, message }];
}

function networksOrigin(service: ServiceDraft | undefined): Origin | undefined {
  return service?.networks?.[0]?.origin ?? service?.networkMode?.origin ?? service?.origin;
}

/**
 * Warns once for each two services that policies keep apart although one speaks of the other. The first place is a value that
 * names a host, if there is one; the others, and the networks of both, are further places of the same warning.
 */
export function warnSeparated(
  draft: Draft,
  names: Names,
  networks: JoinedNetworks,
  mentions: Mentions,
  report: Report,
): void {
  const said = [
    ...speeches(draft, collectNames(draft, names), mentions),
    ...[...draft.services.values()].flatMap(references),
  ];
  // A closed pod reaches members of its networks only, whatever the other one opens.
  const isLost = ({ service, other, port }: Speech): boolean =>
    !networks.canTalk(service, other) && (networks.isClosed(service) || !isOpen(draft.services.get(other), port));
  for (const [first, ...others] of byPair(
    said.filter((speech) => draft.services.has(speech.other) && isLost(speech)),
  )) {
    const { service, other, how, origin } = first;
    const voice = new Report();
    say(voice, 'no-way', origin, service, other, how);
    const related = [
      ...others.flatMap((speech) => placeOf(speech.origin, `${service} ${speech.how} here`)),
      ...[service, other].flatMap((name) =>
        placeOf(networksOrigin(draft.services.get(name)), `${name} is on other networks`),
      ),
    ];
    for (const diagnostic of voice.diagnostics)
      report.add(related.length === 0 ? diagnostic : { ...diagnostic, related });
  }
}
