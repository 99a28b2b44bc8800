/** Makes the probes of a container from its health check. */

import { notApplicable, type Report, speaker } from '../kernel/diagnostic.ts';
import { escapeForKubelet } from '../kernel/kubelet-text.ts';
import { derive } from '../kernel/located.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { HealthCheck } from '../model/facts.ts';
import type { ContainerPort, Probe, ProbeAction } from '../model/pod.ts';
import type { Mentions } from './decisions.ts';

const say = speaker('probe-containers', {
  'no-probe': notApplicable('the health check is not used: nothing restarts or calls a container that runs to its end'),
  'no-startup': notApplicable(
    (key: string) => `${key} is not used: only a liveness probe has to wait for the start, and this container has none`,
  ),
});

/** The probes of one container; undefined where there is none. */
export interface Probes {
  readonly readiness: Probe | undefined;
  readonly liveness: Probe | undefined;
  readonly startup: Probe | undefined;
}

/** What the probes of a container depend on beside its health check. */
export interface Probed {
  /** Names of the container's variables. */
  readonly variables: ReadonlySet<string>;
  readonly ports: readonly ContainerPort[];
  /** False for one-shots: nothing restarts them, and only a Service asks for readiness. */
  readonly isLongRunning: boolean;
  readonly hasService: boolean;
  /** True when the test asks another service, which a restart of this one could not mend. */
  readonly asksOthers: boolean;
  /** `--no-liveness` makes this false. */
  readonly wantsLiveness: boolean;
  /** True for a sidecar: the containers after it wait for its startup probe, so it has one in any case. */
  readonly isWaitedFor: boolean;
}

/** A restart during a first initialisation can ruin a database, so nothing is restarted for being slow before this, in seconds. */
const SHORTEST_START = 300;

const NO_PROBES: Probes = { readiness: undefined, liveness: undefined, startup: undefined };

/** Services whose health test speaks to another service. */
export function askingOthers(draft: Draft, mentions: Mentions): ReadonlySet<string> {
  const asking = new Set<string>();
  for (const { name, containerName, hostname, networks = [] } of draft.services.values()) {
    const aliases = networks.flatMap((one) => one.aliases.map(({ value }) => value));
    for (const host of [name, ...aliases, containerName?.value ?? name, hostname?.value ?? name])
      for (const { service, isHost, where } of mentions.of(host))
        if (isHost && where === 'healthcheck.test' && service !== name) asking.add(service);
  }
  return asking;
}

function declares({ ports, exposed, routes }: ServiceDraft, port: number): boolean {
  return (
    // A proxy reaches the port of a route from outside the container, so it cannot be bound to loopback either.
    routes?.some((route) => route.port?.value === port) === true ||
    ports?.some(({ target, protocol }) => target.value === port && protocol.value === 'tcp') === true ||
    exposed?.some((one) => one.port.value === port && one.protocol.value === 'tcp') === true
  );
}

/** The network probe, which the kubelet sends to the pod address: only a declared port is sure to listen there. */
function networkAction(
  check: HealthCheck,
  service: ServiceDraft,
  ports: readonly ContainerPort[],
): ProbeAction | undefined {
  const { network } = check;
  if (network === undefined || !declares(service, network.port)) return undefined;
  const named = ports.find(({ port, protocol }) => port.value === network.port && protocol.value === 'tcp');
  if (network.kind === 'grpc') return { kind: 'grpc', port: network.port, service: network.service };
  if (named === undefined) return undefined;
  if (network.kind === 'tcp') return { kind: 'tcp', port: named.name };
  const { path, isHttps, host, headers } = network;
  const hasHost = headers.some(({ name }) => name.toLowerCase() === 'host');
  return {
    kind: 'http',
    port: named.name,
    path,
    isHttps,
    headers: hasHost ? headers : [{ name: 'Host', value: host }, ...headers],
  };
}

function execAction({ test }: HealthCheck, variables: ReadonlySet<string>): ProbeAction {
  if (test.kind === 'shell')
    return {
      kind: 'exec',
      command: ['/bin/sh', '-c', derive(test.text, escapeForKubelet(test.text.value, variables))],
    };
  return { kind: 'exec', command: test.words.map((word) => derive(word, escapeForKubelet(word.value, variables))) };
}

/**
 * Readiness gates traffic and `service_healthy`; liveness restarts a hung process, as Swarm replaces it; startup holds both back
 * and leaves at least as long as Docker does. All numbers are written, since the defaults of Kubernetes are much shorter.
 * @see mapping-notes.md §9
 */
export function probeContainer(service: ServiceDraft, probed: Probed): Probes {
  const check = service.healthCheck;
  const { isLongRunning, hasService, asksOthers, wantsLiveness, isWaitedFor } = probed;
  if (check === undefined || !(isLongRunning || hasService)) return NO_PROBES;
  const { interval, timeout, retries, startPeriod, startInterval, network } = check;
  const action = networkAction(check, service, probed.ports);
  const limit = action?.kind === 'http' && network?.kind === 'http' ? network.maxSeconds : undefined;
  const timeoutSeconds = limit === undefined ? timeout : derive(timeout, Math.max(1, Math.min(timeout.value, limit)));
  const common = {
    action: action ?? execAction(check, probed.variables),
    timeoutSeconds,
    periodSeconds: interval,
    failureThreshold: retries,
    successThreshold: undefined,
    origin: check.testOrigin,
  };
  const longest = Math.max(startPeriod.value + retries.value * interval.value, SHORTEST_START);
  const startup = {
    ...common,
    periodSeconds: startInterval,
    failureThreshold: derive(startPeriod, Math.ceil(longest / startInterval.value)),
  };
  const isRestarted = isLongRunning && wantsLiveness && !asksOthers;
  return {
    readiness: { ...common, successThreshold: 1 },
    liveness: isRestarted ? common : undefined,
    startup: isRestarted || isWaitedFor ? startup : undefined,
  };
}

/** Says which parts of a health check no probe has come of. */
export function tellUnprobed({ healthCheck: check }: ServiceDraft, probes: Probes, report: Report): void {
  if (check === undefined) return;
  if (probes.readiness === undefined) say(report, 'no-probe', check.origin);
  else if (probes.startup === undefined)
    // What the file does not say has the place of the whole check.
    for (const [key, { origin }] of [
      ['start_period', check.startPeriod],
      ['start_interval', check.startInterval],
    ] as const)
      if (origin.span?.start !== check.origin.span?.start) say(report, 'no-startup', origin, key);
}
