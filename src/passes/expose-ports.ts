/** Offers published ports to the outside when that is asked for, and says of every published port how it is reached. */
// cspell:ignore daemonset statefulset

import { isLoopback } from '../kernel/address.ts';
import { approximated, notApplicable, type Report, speaker, warning } from '../kernel/diagnostic.ts';
import { derive, type Located } from '../kernel/located.ts';
import { dnsLabel } from '../kernel/names.ts';
import type { Draft, PortDraft, ServiceDraft } from '../model/draft.ts';
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
  'host-network': notApplicable(
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

/** What remains of a published port that no object outside the cluster's network carries. */
function tellInside(port: PortDraft, number: number, exposed: Exposed, options: Options, report: Report): void {
  const { service, main, role } = exposed;
  const { origin } = port.published ?? port;
  const protocol = port.protocol.value;
  if (main === undefined || main.ports.length === 0) {
    const kind = workloadKinds[role.kind] ?? 'deployment';
    const selected = typeof main?.selects === 'string' ? main.selects : (main?.name.value ?? service.name);
    const target = `${kind}/${selected}`;
    const command = forwardCommand(target, `${number}:${port.target.value}`, protocol, options);
    say(report, 'unlisted', origin, number, service.name, command);
    return;
  }
  const isOwn = main.ports.some((one) => one.port.value === number && one.protocol.value === protocol);
  const ports = isOwn ? `${number}:${number}` : `${number}:${port.target.value}`;
  const command = forwardCommand(`service/${main.name.value}`, ports, protocol, options);
  say(report, 'cluster-only', origin, number, main.name.value, command);
}

/** Says of each published port how it is reached now, which settles its `published`. */
export function tellPublished(exposed: Exposed, external: NetworkName | undefined, draft: Draft, report: Report): void {
  const { service, role, main, isOnHost } = exposed;
  const exposure = exposureOf(service, draft.options);
  const edge = exposure === 'ingress' && (service.routes ?? []).length === 0 ? edgePort(service) : undefined;
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
      if (external?.type === 'NodePort' && offered.nodePort?.value !== number)
        say(report, 'other-node-port', origin, number, external.name.value);
      else report.settle(origin.path, 'converted');
    } else if (edge === port && main !== undefined) say(report, 'through-ingress', origin, number, main.name.value);
    else tellInside(port, number, exposed, draft.options, report);
  }
}
