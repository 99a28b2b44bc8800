/** Names the ports of the containers of a pod, each name once in the pod. */

import { type Report, refused, speaker } from '../kernel/diagnostic.ts';
import type { Located } from '../kernel/located.ts';
import { portName } from '../kernel/names.ts';
import type { ServiceDraft } from '../model/draft.ts';
import type { PortDraft, Protocol } from '../model/facts.ts';
import type { ContainerPort } from '../model/pod.ts';
import type { Listener } from './decisions.ts';
import type { FoundPort } from './gather-ports.ts';

const say = speaker('name-ports', {
  'second-host-port': refused(
    (port: number, taken: number) =>
      `port ${port} has the port ${taken} of the node already, and a container port has one at most`,
    'keep one of the two',
  ),
});

/** One member of a pod with what was found out about it. */
export interface PortOwner {
  readonly service: ServiceDraft;
  readonly found: readonly FoundPort[];
}

/** The ports of one pod. */
export interface PodPorts {
  /** The ports of each member's own container. A port that two members speak of belongs to the first. */
  readonly listeners: ReadonlyMap<string, readonly Listener[]>;
  readonly containerPorts: ReadonlyMap<string, readonly ContainerPort[]>;
  /** Who listens on a port of the pod, by `portKey`. */
  readonly byPort: ReadonlyMap<string, Listener>;
}

const LONGEST_NAME = 15;

/** What tells a port of a pod from the others. */
export function portKey(port: number, protocol: Protocol): string {
  return `${port}/${protocol}`;
}

/** A port to be named. */
interface Unnamed {
  readonly port: Located<number>;
  readonly protocol: Located<Protocol>;
  readonly drafts: readonly PortDraft[];
  readonly isDeclared: boolean;
}

/** Declared ports first, those of one number and protocol together. With too many, only what is bound on the node is listed. */
function unnamedPorts({ service, found }: PortOwner): readonly Unnamed[] {
  const byPort = new Map<string, Unnamed & { readonly drafts: PortDraft[] }>();
  const add = (
    port: Located<number>,
    protocol: Located<Protocol>,
    draft: PortDraft | undefined,
    isDeclared: boolean,
  ) => {
    const key = portKey(port.value, protocol.value);
    const known = byPort.get(key) ?? { port, protocol, drafts: [], isDeclared };
    byPort.set(key, known);
    if (draft !== undefined) known.drafts.push(draft);
  };
  const isTooMany = service.hasTooManyPorts?.value === true;
  for (const draft of service.ports ?? [])
    if (!isTooMany || draft.mode.value === 'host') add(draft.target, draft.protocol, draft, true);
  if (isTooMany) return [...byPort.values()];
  for (const { port, protocol } of service.exposed ?? []) add(port, protocol, undefined, true);
  for (const { port, protocol } of found) add(port, protocol, undefined, false);
  return [...byPort.values()];
}

/** The last part of an application protocol, `h2c` of `kubernetes.io/h2c`, if no other port of the service has the same. */
function protocolNames(ports: readonly Unnamed[]): ReadonlyMap<Unnamed, string> {
  const owners = new Map<string, Unnamed[]>();
  for (const port of ports) {
    const protocol = port.drafts.find(({ appProtocol }) => appProtocol !== undefined)?.appProtocol?.value;
    const name = protocol === undefined ? undefined : portName(protocol.slice(protocol.lastIndexOf('/') + 1));
    if (name !== undefined) owners.set(name, [...(owners.get(name) ?? []), port]);
  }
  return new Map(
    [...owners].flatMap(([name, [first, second]]) =>
      first === undefined || second !== undefined ? [] : [[first, name] as const],
    ),
  );
}

/** A name that the pod does not have yet: the wished one, `<protocol>-<target>`, or the wished one with the number. */
function freeName(port: Unnamed, wished: string | undefined, taken: ReadonlySet<string>): string {
  const plain = `${port.protocol.value}-${port.port.value}`;
  const tail = `-${port.port.value}`;
  const names = [wished ?? plain, plain, `${(wished ?? plain).slice(0, LONGEST_NAME - tail.length)}${tail}`];
  const free = names.find((name) => !taken.has(name));
  if (free !== undefined) return free;
  let count = 2;
  while (taken.has(`${plain}-${count}`)) count += 1;
  return `${plain}-${count}`;
}

function containerPort(
  listener: Listener,
  drafts: readonly PortDraft[],
  isOnHost: boolean,
  report: Report,
): ContainerPort {
  const [bound, ...others] = drafts.filter(({ mode }) => mode.value === 'host' && !isOnHost);
  const hostPort = bound === undefined ? undefined : (bound.published ?? bound.target);
  for (const { published, target, origin } of others)
    if ((published ?? target).value !== hostPort?.value)
      say(report, 'second-host-port', origin, target.value, hostPort?.value ?? target.value);
  const { name, port, protocol } = listener;
  return { name, port, protocol, hostPort, hostIp: bound?.hostIp };
}

/**
 * Names the ports of a pod: by `name`, by `app_protocol` if no other port has it, else `tcp-8080`. A pod on the network of its
 * node binds its ports there anyway, so it gets no host ports.
 */
export function namePorts(owners: readonly PortOwner[], isOnHost: boolean, report: Report): PodPorts {
  const taken = new Set<string>();
  const byPort = new Map<string, Listener>();
  const listeners = new Map<string, Listener[]>();
  const containerPorts = new Map<string, ContainerPort[]>();
  const wishes = owners.map((owner) => ({ owner, ports: unnamedPorts(owner) }));
  // What is declared comes before what was found, so that a guess never takes a port from who says it is his.
  for (const isDeclared of [true, false]) {
    for (const { owner, ports } of wishes) {
      const fromProtocols = protocolNames(ports);
      for (const port of ports) {
        const key = portKey(port.port.value, port.protocol.value);
        if (port.isDeclared !== isDeclared || byPort.has(key)) continue;
        const [first] = port.drafts;
        const said = port.drafts.find((draft) => draft.name !== undefined)?.name?.value;
        const name = freeName(port, said ?? fromProtocols.get(port), taken);
        taken.add(name);
        const listener: Listener = {
          name,
          port: port.port,
          protocol: port.protocol,
          isDeclared,
          draft: first,
        };
        byPort.set(key, listener);
        append(listeners, owner.service.name, listener);
        append(containerPorts, owner.service.name, containerPort(listener, port.drafts, isOnHost, report));
      }
    }
  }
  return { listeners, containerPorts, byPort };
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
