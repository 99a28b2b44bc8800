/** Builds the container of a service, whether it runs in a pod of its own, in another one's, or before another one. */

import { approximated, type Report, speaker, warning } from '../kernel/diagnostic.ts';
import { escapeForKubelet } from '../kernel/kubelet-text.ts';
import { derive, Located } from '../kernel/located.ts';
import { dnsLabel } from '../kernel/names.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { Quantities, Words } from '../model/facts.ts';
import type { Container, Sourced } from '../model/pod.ts';
import type { Endpoints, Environments, Names, PodGroups, Roles, Storage } from './decisions.ts';
import { podOf } from './pod-of.ts';
import { probeContainer, tellUnprobed } from './probe-containers.ts';
import { secureContainer } from './secure-containers.ts';

const say = speaker('build-container', {
  'not-in-a-registry': warning(
    (image: string) => `the image ${image} is in no registry, so it must be loaded onto the nodes`,
    (image: string) => `name a registry with --registry and push it, or load it: kind load docker-image ${image}`,
  ),
  'no-first-process': approximated(
    (signal: string) => `SIG${signal} is not sent: the first process of this pod is not the program's`,
    'let the program end on SIGTERM',
  ),
});

/** Everything that was decided before containers are built. */
export interface Decided {
  readonly draft: Draft;
  readonly names: Names;
  readonly groups: PodGroups;
  readonly roles: Roles;
  readonly storage: Storage;
  readonly environments: Environments;
  readonly endpoints: Endpoints;
  /** Services whose health test speaks to another service. */
  readonly askingOthers: ReadonlySet<string>;
}

/** The image of a service that is only built: what `--registry` and `--tag` make of the names of project and service. */
export function builtImage(service: ServiceDraft, draft: Draft): string {
  const { registry, tag } = draft.options;
  const part = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
  const name = `${part(draft.project.value)}-${part(service.name)}:${tag}`;
  return registry === undefined ? name : `${registry.replace(/\/+$/, '')}/${name}`;
}

function imageOf(service: ServiceDraft, draft: Draft, report: Report): Located<string> {
  if (service.image !== undefined) return service.image;
  const origin = service.build?.origin ?? service.origin;
  const image = new Located(builtImage(service, draft), origin);
  if (draft.options.registry === undefined) say(report, 'not-in-a-registry', origin, image.value);
  return image;
}

/** An image that only the nodes have must not be looked for elsewhere, which is what `latest` does by default. */
function pullPolicy(service: ServiceDraft, { options }: Draft): Container['pullPolicy'] {
  const { build, image, pullPolicy: written, wishes } = service;
  if (wishes?.imagePullPolicy !== undefined) return wishes.imagePullPolicy;
  const isLatestBuilt = image === undefined && options.tag === 'latest';
  if (!isLatestBuilt || (written !== undefined && written.value !== 'IfNotPresent')) return written;
  if (options.registry !== undefined) return undefined;
  return written ?? new Located('IfNotPresent', build?.origin ?? service.origin);
}

type CommandLine = Pick<Container, 'command' | 'args'>;

/** Words of `command` take the place of CMD, those of `entrypoint` that of ENTRYPOINT and CMD; an empty entrypoint removes it. */
function commandLine({ entrypoint, command }: ServiceDraft, variables: ReadonlySet<string>): CommandLine {
  const words = (list: Words | undefined): readonly Sourced<string>[] | undefined =>
    list === undefined || list.words.length === 0
      ? undefined
      : list.words.map((word) => derive(word, escapeForKubelet(word.value, variables)));
  const args = words(command);
  if (entrypoint === undefined) return { command: undefined, args };
  if (entrypoint.words.length === 0) return { command: args, args: undefined };
  return { command: words(entrypoint), args };
}

/** True when process 1 is not that of the container: the node's first, or the pause process of a shared namespace. */
function sharesProcesses(service: ServiceDraft, { draft, groups, roles }: Decided): boolean {
  const pod = podOf(service.name, groups, roles);
  const members = [service, ...groups.members(pod).flatMap((name) => draft.services.get(name) ?? [])];
  return members.some(({ hostPid, reapsChildren }) => (hostPid ?? reapsChildren) !== undefined);
}

/** Sends the signal to the first process and waits for its end, before the kubelet sends SIGTERM. */
function preStop(service: ServiceDraft, decided: Decided, report: Report): Container['preStop'] {
  const signal = service.stopSignal;
  if (signal === undefined) return undefined;
  if (sharesProcesses(service, decided)) {
    say(report, 'no-first-process', signal.origin, signal.value);
    return undefined;
  }
  const script = `kill -s ${signal.value} 1; while kill -0 1 2>/dev/null; do sleep 1; done`;
  return ['/bin/sh', '-c', derive(signal, script)];
}

/** Limits with the devices; the same device asked for in two places is asked for as often as both say. */
function limitsOf({ limits, deviceResources, reservedDevices }: ServiceDraft): Quantities {
  const all = new Map(limits);
  for (const devices of [deviceResources, reservedDevices]) {
    for (const [name, count] of devices ?? []) {
      const known = all.get(name);
      all.set(name, known === undefined ? count : derive(known, String(Number(known.value) + Number(count.value))));
    }
  }
  return all;
}

/**
 * Builds the container of a service. `isWaitedFor` is true where the next container of the pod starts only when this one does
 * well.
 */
export function buildContainer(
  service: ServiceDraft,
  decided: Decided,
  isWaitedFor: boolean,
  report: Report,
): Container {
  const { draft, names, roles, storage, environments, endpoints, askingOthers } = decided;
  const { name, containerName } = service;
  const role = roles.get(name)?.kind;
  const pod = roles.get(podOf(name, decided.groups, roles))?.kind;
  const isOnce = pod === 'job' || pod === 'cron-job' || pod === 'global-job' || role === 'init-container';
  const variables = environments.names(name);
  const ports = role === 'init-container' ? [] : endpoints.containerPorts(name);
  const probes = probeContainer(service, {
    variables,
    ports,
    isLongRunning: !isOnce,
    hasService: role !== 'init-container' && endpoints.main(name) !== undefined,
    asksOthers: askingOthers.has(name),
    wantsLiveness: draft.options.liveness,
    isWaitedFor,
  });
  tellUnprobed(service, probes, report);
  return {
    name: containerName === undefined ? names.service(name) : derive(containerName, dnsLabel(containerName.value)),
    image: imageOf(service, draft, report),
    pullPolicy: pullPolicy(service, draft),
    ...commandLine(service, variables),
    workingDir: service.workingDir,
    stdin: service.stdin,
    tty: service.tty,
    ports,
    environmentFrom: environments.from(name),
    environment: environments.environment(name),
    limits: limitsOf(service),
    requests: service.requests ?? new Map(),
    ...probes,
    preStop: role === 'init-container' ? undefined : preStop(service, decided, report),
    security: secureContainer(service),
    mounts: storage.mounts(name),
    isSidecar: isWaitedFor,
    origin: service.origin,
  };
}
