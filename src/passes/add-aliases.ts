/** Adds the Services of aliases, and of container and host names that others use. */

import { error, type Report, speaker } from '../kernel/diagnostic.ts';
import { Located, type Origin } from '../kernel/located.ts';
import type { NamedPort, NetworkName } from '../model/plan.ts';
import type { FurtherName } from './collect-names.ts';
import type { Mentions } from './decisions.ts';

const say = speaker('add-aliases', {
  taken: error(
    (name: string, owner: string) => `the name ${name} is that of the Service through which ${owner} is exposed`,
    'choose another name',
  ),
});

/** A label that the pods behind a further name carry. */
export interface AliasLabel {
  readonly key: string;
  readonly value: string;
  readonly origin: Origin;
}

/** The Services of further names. */
export interface Aliases {
  /** Names whose first owner is the service. */
  of(service: string): readonly NetworkName[];
  /** Labels of the owner's pods. */
  labels(service: string): readonly AliasLabel[];
}

/**
 * The ports of several Services as those of one. A pod without a port of the name takes no part in it, so differing lists only
 * add up. Undefined where one number would lead to two names, or where the ports of an owner are unknown.
 */
function joinedPorts(owners: readonly NetworkName[]): readonly NamedPort[] | undefined {
  const ports = new Map<string, NamedPort>();
  const names = new Set<string>();
  for (const owner of owners) {
    if (owner.ports.length === 0) return undefined;
    for (const port of owner.ports) {
      const key = `${port.port.value}/${port.protocol.value}`;
      const known = ports.get(key);
      if (known === undefined ? names.has(port.name) : known.targetPort !== port.targetPort) return undefined;
      ports.set(key, known ?? port);
      names.add(port.name);
    }
  }
  return [...ports.values()];
}

function aliasLabel(name: string, origin: Origin): AliasLabel {
  return { key: `compose.alias/${name}`, value: 'true', origin };
}

/** Whether another service than the owners uses a name as a host. */
function isUsed({ name, owners }: FurtherName, spellings: readonly string[], mentions: Mentions): boolean {
  return [name, ...spellings].some((spelling) => mentions.of(spelling).some(({ service }) => !owners.has(service)));
}

/** One Service for one further name. A headless owner makes it headless, as ports are not renumbered there. */
function aliasName(further: FurtherName, owners: readonly NetworkName[], selects: NetworkName['selects']): NetworkName {
  const [first] = owners as readonly [NetworkName, ...NetworkName[]];
  const [[service, origin]] = [...further.owners] as [[string, Origin]];
  const headless = owners.find(({ isHeadless }) => (isHeadless instanceof Located ? isHeadless.value : isHeadless));
  const ports = joinedPorts(owners) ?? [];
  return {
    name: new Located(further.name, origin),
    service,
    selects,
    type: 'ClusterIP',
    isHeadless: ports.length === 0 || (headless?.isHeadless ?? false),
    externalTrafficPolicy: undefined,
    ports: headless === undefined ? ports : ports.filter(({ port, targetPort }) => isOwnNumber(port, targetPort, first)),
    annotations: [],
    origin,
  };
}
