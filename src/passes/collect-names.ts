/** Under which host names each service is known: its key, its aliases, the aliases of links, its container and host name. */

import type { Located, Origin } from '../kernel/located.ts';
import type { Draft } from '../model/draft.ts';
import type { Mention, Mentions, Names } from './decisions.ts';
import { extraNames } from './find-mentions.ts';
import { isServiceName } from './warn-renames.ts';

/** A host name besides the names of the services. */
export interface FurtherName {
  /** A DNS label. */
  readonly name: string;
  /** The name as the file has it, in upper or lower case. */
  readonly spellings: ReadonlySet<string>;
  /** The services that answer to it, each with the place that says so. */
  readonly owners: ReadonlyMap<string, Origin>;
  /** An alias is wanted for itself, a container or host name only where somebody uses it. */
  readonly isAlias: boolean;
}

/** The names of all services. */
export interface HostNames {
  /** Every name that leads to a service, as values of the file may have it. */
  of(service: string): readonly string[];
  /** The names that need an object of their own, in the order of the file. */
  readonly further: readonly FurtherName[];
}

/** A further name that is still growing. */
interface Collected {
  readonly name: string;
  readonly spellings: Set<string>;
  readonly owners: Map<string, Origin>;
  isAlias: boolean;
}

interface Claimed {
  readonly service: string;
  readonly name: Located<string>;
  readonly isAlias: boolean;
}

function claims(draft: Draft): readonly Claimed[] {
  return [...draft.services].flatMap(([key, service]): readonly Claimed[] => [
    ...(service.networks ?? []).flatMap(({ aliases }) =>
      aliases.map((name) => ({ service: key, name, isAlias: true })),
    ),
    ...(service.links ?? []).flatMap(({ service: target, alias }) =>
      alias === undefined ? [] : [{ service: target, name: alias, isAlias: true }],
    ),
    ...extraNames(service).map((name) => ({ service: key, name, isAlias: false })),
  ]);
}

/** Collects the names. A name that is also the key of another service belongs to that service alone. */
export function collectNames(draft: Draft, names: Names): HostNames {
  const taken = new Set([...draft.services.keys()].flatMap((key) => [key, names.service(key).value]));
  const spoken = new Map([...draft.services.keys()].map((key) => [key, new Set([key])] as const));
  const further = new Map<string, Collected>();
  for (const { service, name, isAlias } of claims(draft)) {
    if (taken.has(name.value)) continue;
    spoken.get(service)?.add(name.value);
    const label = name.value.toLowerCase();
    if (!isServiceName(name.value) || taken.has(label) || !draft.services.has(service)) continue;
    const known = further.get(label) ?? { name: label, spellings: new Set(), owners: new Map(), isAlias: false };
    further.set(label, known);
    known.spellings.add(name.value);
    known.isAlias ||= isAlias;
    if (isAlias || !known.owners.has(service)) known.owners.set(service, name.origin);
  }
  return { of: (service) => [...(spoken.get(service) ?? [])], further: [...further.values()] };
}

/** Everything that speaks of a service, by whichever of its names. */
export function mentionsOf(service: string, hosts: HostNames, mentions: Mentions): readonly Mention[] {
  return hosts.of(service).flatMap((name) => mentions.of(name));
}
