/** `ports`, `expose` and `deploy.endpoint_mode`: which ports a service has, for whom, and behind what kind of name. */

import { isAddress, isAnyAddress, isLoopback, withoutBrackets } from '../kernel/address.ts';
import { approximated, error, noted, refused, warning } from '../kernel/diagnostic.ts';
import type { Located, Path } from '../kernel/located.ts';
import { isQualifiedName, portName } from '../kernel/names.ts';
import { dictFrom, get, kindText, type Tree } from '../kernel/tree.ts';
import type { ExposedPort, PortDraft } from '../model/facts.ts';
import { toList } from './forms.ts';
import {
  expandRange,
  forwarding,
  longestRange,
  type PortRange,
  parseExposed,
  parseProtocol,
  parseRange,
  parseShortPort,
  rangeText,
  sizeOf,
} from './port-forms.ts';
import { portsSupport } from './ports-support.ts';
import { defineRule, type ExpandScope, type Scope } from './rule.ts';
import { list, object, oneOf, reading, text } from './shapes.ts';

const messages = {
  'no-target': error(
    (port: string) => `the port "${port}" has no target`,
    'write PUBLISHED:TARGET, where TARGET is the port in the container',
  ),
  'not-a-port': error(
    (port: string) => `"${port}" is no port and no range of ports`,
    'ports are numbers from 1 to 65535; write 8080:80 or 9000-9002:9000-9002',
  ),
  'not-an-address': error(
    (address: string) => `"${address}" is no IP address`,
    'write an address such as 127.0.0.1, or leave it out for all addresses',
  ),
  'not-a-protocol': error((protocol: string) => `"${protocol}" is no protocol of a port`, 'write tcp, udp or sctp'),
  'unequal-ranges': error(
    (ranges: string) => `the two ranges of "${ranges}" are not equally long`,
    'write ranges of one length, or a range and a single target',
  ),
  'published-range': approximated(
    (range: string, first: number) => `of the ports ${range}, ${first} is taken; Docker would take any free one`,
    (_range: string, first: number) => `write ${first} if that is the one`,
  ),
  loopback: approximated(
    (address: string, port: number, _command: string) =>
      `${address} is read as "not public": port ${port} is not exposed outside the cluster, whatever --expose says`,
    (_address: string, _port: number, command: string) => command,
  ),
  'host-address': warning(
    (address: string) => `host_ip ${address} is dropped: a Service does not bind an address of a machine`,
    'write mode: host to bind it on the node',
  ),
  'too-many-ports': approximated(
    (count: number) =>
      `${count} ports are too many to list: the Service is headless, so each port is reachable inside the cluster and none can be exposed`,
    'list only the ports that others use, or write network_mode: host',
  ),
  'headless-published': error(
    (port: number) => `port ${port} is published, which endpoint_mode dnsrr does not allow in ingress mode`,
    'write mode: host on the port, or endpoint_mode: vip',
  ),
  renamed: noted(
    (name: string, short: string) => `the port name "${name}" becomes "${short}", as Kubernetes allows 15 characters`,
  ),
  nameless: refused(
    (name: string) => `"${name}" cannot be the name of a port`,
    'write at most 15 lower-case letters, digits and dashes, at least one of them a letter',
  ),
  'unknown-app-protocol': refused(
    (protocol: string) => `"${protocol}" cannot be an appProtocol`,
    'write an IANA service name such as http, or a name with a domain such as example.com/proto',
  ),
};
type PortsScope = Scope<typeof messages>;

/** Application protocols that Kubernetes knows under names of its own. */
const appProtocols: ReadonlyMap<string, string> = new Map([
  ['h2c', 'kubernetes.io/h2c'],
  ['http2', 'kubernetes.io/h2c'],
  ['ws', 'kubernetes.io/ws'],
  ['wss', 'kubernetes.io/wss'],
]);

/** Short ports to long ones; what cannot be read is said and left out. */
function expandPorts(node: Tree, scope: ExpandScope<typeof messages>): Tree {
  if (node.kind !== 'list') return node;
  const items = node.items.flatMap((item): readonly Tree[] => {
    if (item.kind === 'dict') return [item];
    if (item.kind === 'list' || (typeof item.value !== 'string' && typeof item.value !== 'number')) {
      scope.wrong(item, `takes ports such as "8080:80", not ${kindText(item)}`);
      return [];
    }
    const port = parseShortPort(String(item.value));
    if ('code' in port) {
      scope.say(port.code, item, port.subject);
      return [];
    }
    return expandRange(port).map((long) => dictFrom({ ...long }, item));
  });
  return { ...node, items };
}

function scalarOf(node: Tree | undefined, otherwise: string): string {
  return node?.kind === 'scalar' ? String(node.value) : otherwise;
}

/** What makes two ports of a service one. */
function portIdentity(item: Tree): string {
  const address = withoutBrackets(scalarOf(get(item, 'host_ip'), '0.0.0.0'));
  const protocol = scalarOf(get(item, 'protocol'), 'tcp');
  return `${address}:${scalarOf(get(item, 'published'), '')}:${scalarOf(get(item, 'target'), '')}/${protocol}`;
}

/** A target as the expansion leaves it: a number, or a range too long to be written out. */
const targetShape = () =>
  reading((value): PortRange | undefined => {
    const range = parseRange(String(value));
    return range !== undefined && (sizeOf(range) === 1 || sizeOf(range) > longestRange) ? range : undefined;
  }, 'a port from 1 to 65535');

/** A published port or range; null for none, which 0 and the empty text also say. */
const publishedShape = () =>
  reading(
    (value): PortRange | null | undefined =>
      value === 0 || value === '0' || value === '' || value === null ? null : parseRange(String(value)),
    'a port from 1 to 65535 or a range such as 8000-8010',
  );

const addressShape = () =>
  reading((value): string | null | undefined => {
    const address = typeof value === 'string' ? withoutBrackets(value) : undefined;
    return address === '' ? null : address !== undefined && isAddress(address) ? address : undefined;
  }, 'an IP address');

const protocolShape = () =>
  reading((value) => (typeof value === 'string' ? parseProtocol(value) : undefined), 'one of tcp, udp, sctp');

/** One port as the shapes leave it. */
interface CheckedPort {
  readonly target: PortRange;
  readonly published?: PortRange | null | undefined;
  readonly host_ip?: string | null | undefined;
  readonly protocol?: PortDraft['protocol']['value'] | undefined;
  readonly mode?: 'ingress' | 'host' | undefined;
  readonly name?: string | undefined;
  readonly app_protocol?: string | undefined;
}

/** The address that matters to a cluster: loopback, or any one in host mode. */
function hostIp(port: CheckedPort, index: number, scope: PortsScope): Located<string> | undefined {
  const path = ['ports', index, 'host_ip'] as const;
  const address = port.host_ip ?? undefined;
  if (address === undefined) return undefined;
  if (isAnyAddress(address)) {
    scope.settle(path, 'converted');
    return undefined;
  }
  if (isLoopback(address)) scope.say('loopback', path, address, ...forwarding(scope.name, port));
  else if (port.mode !== 'host') {
    scope.settle(path, 'not-applicable');
    scope.say('host-address', path, address);
    return undefined;
  }
  return scope.at(address, ...path);
}

function publishedPort(port: CheckedPort, index: number, scope: PortsScope): Located<number> | undefined {
  if (port.published === undefined || port.published === null) return undefined;
  const path = ['ports', index, 'published'] as const;
  const { first } = port.published;
  if (sizeOf(port.published) > 1) scope.say('published-range', path, rangeText(port.published), first);
  return scope.at(first, ...path);
}

function nameOf(port: CheckedPort, index: number, scope: PortsScope): Located<string> | undefined {
  if (port.name === undefined) return undefined;
  const path = ['ports', index, 'name'] as const;
  const name = portName(port.name);
  if (name === undefined) scope.say('nameless', path, port.name);
  else if (name !== port.name) scope.say('renamed', path, port.name, name);
  return name === undefined ? undefined : scope.at(name, ...path);
}

function appProtocolOf(port: CheckedPort, index: number, scope: PortsScope): Located<string> | undefined {
  if (port.app_protocol === undefined) return undefined;
  const path = ['ports', index, 'app_protocol'] as const;
  const written = port.app_protocol.toLowerCase();
  const protocol = appProtocols.get(written) ?? written;
  if (isQualifiedName(protocol)) return scope.at(protocol, ...path);
  scope.say('unknown-app-protocol', path, port.app_protocol);
  return undefined;
}

function portDraft(port: CheckedPort, index: number, scope: PortsScope): PortDraft {
  const { at } = scope;
  if (port.mode === 'ingress') scope.settle(['ports', index, 'mode'], 'converted');
  return {
    target: at(port.target.first, 'ports', index, 'target'),
    published: publishedPort(port, index, scope),
    protocol: at(port.protocol ?? 'tcp', 'ports', index, 'protocol'),
    mode: at(port.mode ?? 'ingress', 'ports', index, 'mode'),
    hostIp: hostIp(port, index, scope),
    name: nameOf(port, index, scope),
    appProtocol: appProtocolOf(port, index, scope),
    origin: scope.origin('ports', index),
  };
}

/** One item of `expose` that can be read. */
interface ExposedItem {
  readonly range: PortRange;
  readonly protocol: ExposedPort['protocol']['value'];
  readonly index: number;
}

function exposedItems(items: readonly string[], scope: PortsScope): readonly ExposedItem[] {
  return items.flatMap((item, index) => {
    const exposed = parseExposed(item);
    if (!('code' in exposed)) return [{ ...exposed, index }];
    scope.say(exposed.code, ['expose', index], exposed.subject);
    return [];
  });
}

/** The ports of `expose`, each number and protocol once; without the ranges that are too long to be written out. */
function exposedPorts(items: readonly ExposedItem[], scope: PortsScope): readonly ExposedPort[] {
  const found = new Map<string, ExposedPort>();
  for (const { range, protocol, index } of items) {
    if (sizeOf(range) > longestRange) continue;
    for (let port = range.first; port <= range.last; port++) {
      const key = `${port}/${protocol}`;
      if (!found.has(key))
        found.set(key, { port: scope.at(port, 'expose', index), protocol: scope.at(protocol, 'expose', index) });
    }
  }
  return [...found.values()];
}

/** Says that there are too many ports, at the item that makes them so. */
function tooManyPorts(
  ports: readonly CheckedPort[],
  exposed: readonly ExposedItem[],
  scope: PortsScope,
): Located<boolean> | undefined {
  const items: readonly { readonly size: number; readonly path: Path }[] = [
    ...ports.map(({ target }, index) => ({ size: sizeOf(target), path: ['ports', index] })),
    ...exposed.map(({ range, index }) => ({ size: sizeOf(range), path: ['expose', index] })),
  ];
  const count = items.reduce((sum, { size }) => sum + size, 0);
  let sum = 0;
  const breaking = items.find(({ size }) => {
    sum += size;
    return sum > longestRange;
  });
  if (breaking === undefined) return undefined;
  scope.say('too-many-ports', breaking.path, count);
  return scope.at(true, ...breaking.path);
}

function endpointMode(
  mode: 'vip' | 'dnsrr' | undefined,
  ports: readonly PortDraft[],
  scope: PortsScope,
): Located<'vip' | 'dnsrr'> | undefined {
  if (mode === undefined) return undefined;
  const published = ports.find((port) => port.mode.value === 'ingress' && port.published !== undefined)?.published;
  if (mode === 'dnsrr' && published !== undefined)
    scope.say('headless-published', ['deploy', 'endpoint_mode'], published.value);
  return scope.at(mode, 'deploy', 'endpoint_mode');
}

/**
 * Ports in long form, ranges written out. What is offered outside the cluster, and under which numbers, the passes decide.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#ports
 */
export const ports = defineRule({
  name: 'ports',
  service: {
    ports: () =>
      list(
        object({
          target: targetShape(),
          published: publishedShape().optional(),
          protocol: protocolShape().optional(),
          host_ip: addressShape().optional(),
          mode: oneOf('ingress', 'host').optional(),
          name: text().optional(),
          app_protocol: text().optional(),
        }),
      ),
    expose: () =>
      list(
        reading(
          (value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined),
          'a port such as 8000',
        ),
      ),
  },
  deploy: { endpoint_mode: () => oneOf('vip', 'dnsrr') },
  expand: { ports: expandPorts, expose: toList },
  unique: { ports: portIdentity, expose: (item) => scalarOf(item, '') },
  support: portsSupport,
  messages,
  lower({ ports: written = [], expose = [], deploy }, scope) {
    const items = exposedItems(expose, scope);
    // An empty list asks for nothing.
    if (written.length === 0) scope.settle(['ports'], 'converted');
    const drafts = written.flatMap((port, index) => (sizeOf(port.target) > 1 ? [] : [portDraft(port, index, scope)]));
    return {
      ports: drafts.length === 0 ? undefined : drafts,
      exposed: items.length === 0 ? undefined : exposedPorts(items, scope),
      hasTooManyPorts: tooManyPorts(written, items, scope),
      endpointMode: endpointMode(deploy.endpoint_mode, drafts, scope),
    };
  },
});
