/** Offers published ports to the outside when that is asked for, and says of every published port how it is reached. */
// cspell:ignore daemonset statefulset

import { isLoopback } from '../kernel/address.ts';
import { approximated, notApplicable, noted, type Report, speaker, warning } from '../kernel/diagnostic.ts';
import { derive, type Located } from '../kernel/located.ts';
import { dnsLabel } from '../kernel/names.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { PortDraft } from '../model/facts.ts';
import type { Expose, Options } from '../model/options.ts';
import type { NamedPort, NetworkName } from '../model/plan.ts';
import type { Role } from './decisions.ts';
import { type PodPorts, portKey } from './name-ports.ts';

const say = speaker('expose-ports', {
  'cluster-only': approximated(
    (port: number, service: string, _command: string) =>
      `port ${port} is a port of the Service ${service}, no longer of a machine`,
    (_port: number, _service: string, command: string) => command,
  ),
  'cluster-only-range': approximated(
    (ports: string, service: string, _command: string) =>
      `ports ${ports} are ports of the Service ${service}, no longer of a machine`,
    (_ports: string, _service: string, command: string) => command,
  ),
  'other-number': approximated(
    (port: number, target: number, service: string, _command: string) =>
      `the Service ${service} cannot lead from port ${port} to ${target}, which is reached under its own number`,
    (_port: number, _target: number, _service: string, command: string) => command,
  ),
  unlisted: approximated(
    (port: number, service: string, _command: string) =>
      `port ${port} is not published: ${service} has no Service port`,
    (_port: number, _service: string, command: string) => command,
  ),
  'before-start': approximated(
    (port: number, service: string, of: string) =>
      `port ${port} is not published: ${service} runs before ${of} in its pod, where nothing reaches it`,
  ),
  'through-ingress': approximated(
    (port: number, service: string) =>
      `port ${port} is reached through the Ingress ${service}, at the ports of its controller`,
  ),
  'other-node-port': approximated(
    (port: number, _external: string) =>
      `the nodes cannot open port ${port}, only ports from 30000 to 32767: the cluster chooses one of these`,
    (_port: number, external: string) => `see it with kubectl get service ${external}`,
  ),
  'node-port': approximated(
    (port: number, nodePort: number) => `port ${port} is port ${nodePort} of the nodes, as the label says`,
  ),
  'host-network': noted(
    (port: number) => `port ${port} is not published: a container on the network of its node has all its ports there`,
  ),
  'nothing-to-expose': warning(
    (service: string, type: string) => `${service} has no port that a Service of type ${type} could offer`,
    'state its ports under ports',
  ),
  'one-node-port': warning(
    (port: number, service: string) => `${service} has several ports, and the node port ${port} goes to the first`,
    'publish each port under a number from 30000 to 32767 instead',
  ),
  'no-node-port': notApplicable(
    (service: string) => `the node port is not used, as ${service} gets no Service of type NodePort`,
  ),
  'no-policy': notApplicable(
    (service: string) =>
      `the external traffic policy is not used, as ${service} gets no Service of type NodePort or LoadBalancer`,
  ),
});

/** Whether a published port is meant for others than the machine itself. */
export function isPublic({ hostIp }: PortDraft): boolean {
  return hostIp === undefined || !isLoopback(hostIp.value);
}

/** How a service's published ports are offered: its own wish before the option. */
export function exposureOf(service: ServiceDraft, options: Options): Expose {
  const wish = service.wishes?.serviceType?.value;
  if (service.wishes?.expose !== undefined) return service.wishes.expose.value;
  if (wish === undefined) return options.expose;
  if (wish === 'NodePort') return 'nodeport';
  return wish === 'LoadBalancer' ? 'loadbalancer' : 'none';
}

function ingressPorts({ ports = [] }: ServiceDraft): readonly PortDraft[] {
  return ports.filter((port) => port.mode.value === 'ingress' && isPublic(port));
}

/** Well-known ports behind which no web server is. */
const notHttp: ReadonlySet<number> = new Set([
  21, 22, 23, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1433, 1521, 1883, 2181, 2379, 3306, 4222, 5044, 5060,
  5432, 5671, 5672, 6379, 7687, 8883, 9042, 9092, 11211, 27017,
]);
const httpProtocols = /^(?:https?|kubernetes\.io\/(?:h2c|wss?))$/;

/** The one published port that `--expose=ingress` leads to: the one that says HTTP, else the first that may speak it. */
export function edgePort(service: ServiceDraft): PortDraft | undefined {
  const ports = ingressPorts(service).filter(({ protocol }) => protocol.value === 'tcp');
  return (
    ports.find(({ appProtocol }) => appProtocol !== undefined && httpProtocols.test(appProtocol.value)) ??
    ports.find(({ appProtocol, target }) => appProtocol === undefined && !notHttp.has(target.value))
  );
}

/** What a service's exposure is decided from. */
export interface Exposed {
  readonly service: ServiceDraft;
  readonly role: Role;
  /** Its own name in the network; undefined for one without a Service. */
  readonly main: NetworkName | undefined;
  readonly pod: PodPorts;
  readonly isOnHost: boolean;
}

function nodePortOf(port: PortDraft, index: number, { wishes }: ServiceDraft): Located<number> | undefined {
  if (index === 0 && wishes?.nodePort !== undefined) return wishes.nodePort;
  const number = port.published;
  return number !== undefined && number.value >= 30000 && number.value <= 32767 ? number : undefined;
}

/** The published ports under the numbers people know; without any, the Service's own. */
function externalPorts({ service, main, pod }: Exposed, isNodePort: boolean): readonly NamedPort[] {
  const ports = new Map<string, NamedPort>();
  ingressPorts(service).forEach((port, index) => {
    const number = port.published ?? port.target;
    const listener = pod.byPort.get(portKey(port.target.value, port.protocol.value));
    const key = portKey(number.value, port.protocol.value);
    if (listener === undefined || ports.has(key)) return;
    ports.set(key, {
      name: number.value === port.target.value ? listener.name : `${listener.name}-${number.value}`,
      port: number,
      targetPort: listener.name,
      protocol: port.protocol,
      appProtocol: port.appProtocol,
      nodePort: isNodePort ? nodePortOf(port, index, service) : undefined,
    });
  });
  if (ports.size > 0) return [...ports.values()];
  const nodePort = isNodePort ? service.wishes?.nodePort : undefined;
  // Only a wish of its own offers what the service does not publish.
  return service.wishes?.serviceType === undefined || (service.ports ?? []).length > 0
    ? []
    : (main?.ports ?? []).map((port, index) => ({ ...port, nodePort: index === 0 ? nodePort : undefined }));
}

function tellUnused({ service }: Exposed, isExternal: boolean, isNodePort: boolean, report: Report): void {
  const { nodePort, externalTrafficPolicy } = service.wishes ?? {};
  if (nodePort !== undefined && !isNodePort) say(report, 'no-node-port', nodePort.origin, service.name);
  if (externalTrafficPolicy !== undefined && !isExternal)
    say(report, 'no-policy', externalTrafficPolicy.origin, service.name);
}

/** What the Service of a name for the outside is called. */
function externalLabel(name: string): string {
  return dnsLabel(`${name}-external`);
}

/** The second Service `<service>-external` with the published ports; undefined when nothing asks for it or nothing is public. */
export function externalName(exposed: Exposed, options: Options, report: Report): NetworkName | undefined {
  const { service, main, isOnHost } = exposed;
  const exposure = exposureOf(service, options);
  const isNodePort = exposure === 'nodeport';
  const isExternal = isNodePort || exposure === 'loadbalancer';
  tellUnused(exposed, isExternal, isNodePort, report);
  if (!isExternal || main === undefined || isOnHost) return undefined;
  const type = isNodePort ? 'NodePort' : 'LoadBalancer';
  const ports = externalPorts(exposed, isNodePort);
  const wish = service.wishes?.serviceType;
  if (ports.length === 0) {
    if (wish !== undefined) say(report, 'nothing-to-expose', wish.origin, service.name, type);
    return undefined;
  }
  const { nodePort, externalTrafficPolicy } = service.wishes ?? {};
  if (isNodePort && nodePort !== undefined && ports.length > 1)
    say(report, 'one-node-port', nodePort.origin, nodePort.value, service.name);
  return {
    ...main,
    name: derive(main.name, externalLabel(main.name.value)),
    type,
    isHeadless: false,
    externalTrafficPolicy,
    // Strangers have nothing to say to a pod that is not ready.
    reachesUnready: false,
    ports,
  };
}

/** The line that brings a port of the cluster to one's machine. */
function forwardCommand(target: string, ports: string, protocol: string, options: Options): string {
  if (protocol !== 'tcp') return `kubectl port-forward cannot carry ${protocol}; use --expose=loadbalancer`;
  const namespace = options.namespace === undefined ? '' : ` -n ${options.namespace}`;
  return `kubectl port-forward${namespace} ${target} ${ports}`;
}

const workloadKinds: Partial<Record<Role['kind'], string>> = {
  'stateful-set': 'statefulset',
  'daemon-set': 'daemonset',
  'global-job': 'daemonset',
};

/** A published port that no object outside the cluster's network carries. */
interface InsidePort {
  readonly port: PortDraft;
  readonly published: Located<number>;
}

/** A published port that is not even a port of the Service. */
function tellUnlisted({ port, published }: InsidePort, { service, main, role }: Exposed, said: Telling): void {
  const kind = workloadKinds[role.kind] ?? 'deployment';
  const selected = typeof main?.selects === 'string' ? main.selects : (main?.name.value ?? service.name);
  const protocol = port.protocol.value;
  const command =
    protocol === 'tcp'
      ? forwardCommand(`${kind}/${selected}`, `${published.value}:${port.target.value}`, protocol, said.options)
      : `kubectl port-forward cannot carry ${protocol}; list fewer ports, so that the Service can have them`;
  say(said.report, 'unlisted', published.origin, published.value, service.name, command);
}

/** Whether the Service has the published number for the port itself; it may stand for another target. */
function leadsTo({ port, published }: InsidePort, main: NetworkName, pod: PodPorts): boolean {
  const listener = pod.byPort.get(portKey(port.target.value, port.protocol.value));
  return main.ports.some(
    (one) =>
      one.port.value === published.value &&
      one.protocol.value === port.protocol.value &&
      one.targetPort === listener?.name,
  );
}

/** Where and for whom something is said. */
interface Telling {
  readonly options: Options;
  readonly report: Report;
}

/** What is left of published ports that were written as one, so that a range is one sentence. */
function tellInside(ports: readonly InsidePort[], exposed: Exposed, said: Telling): void {
  const { main, pod } = exposed;
  const { options, report } = said;
  if (main === undefined || main.ports.length === 0) {
    for (const one of ports) tellUnlisted(one, exposed, said);
    return;
  }
  const target = `service/${main.name.value}`;
  const straight = ports.filter((one) => leadsTo(one, main, pod));
  for (const { port, published } of ports.filter((one) => !straight.includes(one))) {
    const command = forwardCommand(target, `${published.value}:${port.target.value}`, port.protocol.value, options);
    say(report, 'other-number', published.origin, published.value, port.target.value, main.name.value, command);
  }
  const [first, ...others] = straight;
  const last = others.at(-1);
  if (first === undefined) return;
  const { value: number, origin } = first.published;
  const pairs = straight.map(({ published }) => `${published.value}:${published.value}`).join(' ');
  const command = forwardCommand(target, pairs, first.port.protocol.value, options);
  if (last === undefined) say(report, 'cluster-only', origin, number, main.name.value, command);
  else {
    const range = `${number}-${last.published.value}`;
    say(report, 'cluster-only-range', origin, range, main.name.value, command);
    for (const { published } of others) report.settle(published.origin.path, 'approximated');
  }
}

/** Says of each published port how it is reached now, which settles its `published`. */
export function tellPublished(exposed: Exposed, external: NetworkName | undefined, draft: Draft, report: Report): void {
  const { service, role, main, isOnHost } = exposed;
  const exposure = exposureOf(service, draft.options);
  const edge = exposure === 'ingress' && (service.routes ?? []).length === 0 ? edgePort(service) : undefined;
  const inside = new Map<unknown, InsidePort[]>();
  for (const port of service.ports ?? []) {
    if (port.published === undefined) continue;
    const { value: number, origin } = port.published;
    const offered = external?.ports.find(
      (one) => one.port.value === number && one.protocol.value === port.protocol.value,
    );
    if (isOnHost) say(report, 'host-network', origin, number);
    else if (role.kind === 'init-container') say(report, 'before-start', origin, number, service.name, role.of ?? '');
    else if (port.mode.value === 'host') report.settle(origin.path, 'converted');
    else if (offered !== undefined && isPublic(port)) {
      const { nodePort } = offered;
      if (external?.type === 'NodePort' && nodePort !== undefined && nodePort.value !== number)
        say(report, 'node-port', origin, number, nodePort.value);
      else if (external?.type === 'NodePort' && nodePort === undefined)
        say(report, 'other-node-port', origin, number, external.name.value);
      else report.settle(origin.path, 'converted');
    } else if (edge === port && main !== undefined) say(report, 'through-ingress', origin, number, main.name.value);
    // The rule of the ports has said that it stays inside, and how it is reached there.
    else if (!isPublic(port)) report.settle(origin.path, 'approximated');
    else {
      // The ports of a range stand at one place of the file.
      const key = origin.span === undefined ? port : `${origin.span.source.name} ${origin.span.start}`;
      const known = inside.get(key);
      if (known === undefined) inside.set(key, [{ port, published: port.published }]);
      else known.push({ port, published: port.published });
    }
  }
  for (const ports of inside.values()) tellInside(ports, exposed, { options: draft.options, report });
}
