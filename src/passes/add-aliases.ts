/** Adds the Services of aliases, and of container and host names that others use. */

import { Located, type Origin } from '../kernel/located.ts';
import type { NamedPort, NetworkName } from '../model/plan.ts';
import type { FurtherName } from './collect-names.ts';
import type { Endpoints, Mentions } from './decisions.ts';

type AliasLabels = ReturnType<Endpoints['aliasLabels']>;

/** The Services of further names. */
export interface Aliases {
  /** Names whose first owner is the service. */
  of(service: string): readonly NetworkName[];
  /** Labels of the owner's pods. */
  labels(service: string): AliasLabels;
}

/**
 * The ports of several Services as those of one. A pod without a port of the name takes no part in it, so differing lists only
 * add up. None, and so every port of every pod, where one number would lead to two names or an owner is headless.
 */
function joinedPorts(owners: readonly NetworkName[]): readonly NamedPort[] {
  const ports = new Map<string, NamedPort>();
  const names = new Set<string>();
  for (const owner of owners) {
    if (owner.isHeadless !== false) return [];
    for (const port of owner.ports) {
      const key = `${port.port.value}/${port.protocol.value}`;
      const known = ports.get(key);
      if (known === undefined ? names.has(port.name) : known.targetPort !== port.targetPort) return [];
      ports.set(key, known ?? port);
      names.add(port.name);
    }
  }
  return [...ports.values()];
}

/** Whether another service than the owners uses a name. */
function isUsed({ spellings, owners }: FurtherName, mentions: Mentions): boolean {
  return [...spellings].some((spelling) => mentions.of(spelling).some(({ service }) => !owners.has(service)));
}

function networkName(
  name: Located<string>,
  service: string,
  selects: NetworkName['selects'],
  owners: readonly NetworkName[],
): NetworkName {
  const [only, ...others] = owners;
  const ports = others.length === 0 ? (only?.ports ?? []) : joinedPorts(owners);
  return {
    name,
    service,
    selects,
    type: 'ClusterIP',
    isHeadless: others.length === 0 ? (only?.isHeadless ?? true) : ports.length === 0,
    externalTrafficPolicy: undefined,
    reachesUnready: owners.some((owner) => owner.reachesUnready),
    ports,
    annotations: [],
    origin: name.origin,
  };
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/**
 * One Service for each further name, with the ports of its owners. An alias selects by a label, which all services that have
 * it put on their pods; a container or host name is that of one service, and needed only if another one uses it.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#aliases
 */
export function addAliases(
  further: readonly FurtherName[],
  mainOf: (service: string) => NetworkName | undefined,
  mentions: Mentions,
): Aliases {
  const names = new Map<string, NetworkName[]>();
  const labels = new Map<string, { readonly key: string; readonly value: string; readonly origin: Origin }[]>();
  for (const one of further) {
    const owners = [...one.owners].flatMap(([service, origin]) => {
      const main = mainOf(service);
      return main === undefined ? [] : [{ service, origin, main }];
    });
    const [first] = owners;
    if (first === undefined || !(one.isAlias || isUsed(one, mentions))) continue;
    const key = `compose.alias/${one.name}`;
    const isShared = one.isAlias || owners.length > 1;
    if (isShared) for (const { service, origin } of owners) append(labels, service, { key, value: 'true', origin });
    const name = networkName(
      new Located(one.name, first.origin),
      first.service,
      isShared ? [[key, 'true']] : first.main.selects,
      owners.map(({ main }) => main),
    );
    append(names, first.service, name);
  }
  return { of: (service) => names.get(service) ?? [], labels: (service) => labels.get(service) ?? [] };
}
