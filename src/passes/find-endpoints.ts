/** Which ports and names services have in the network. */

import { approximated, error, info, type Report, speaker, warning } from '../kernel/diagnostic.ts';
import { derive, type Located } from '../kernel/located.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { NamedPort, NetworkName } from '../model/plan.ts';
import { addAliases } from './add-aliases.ts';
import { collectNames, type HostNames, mentionsOf } from './collect-names.ts';
import type { Endpoints, Mentions, Names, PodGroups, Role, Roles } from './decisions.ts';
import { type Exposed, externalName, tellPublished } from './expose-ports.ts';
import { tasksName } from './find-mentions.ts';
import { findPeers } from './find-peers.ts';
import { declaresPorts, type FoundPort, gatherPorts } from './gather-ports.ts';
import { namePorts, type PodPorts, portKey } from './name-ports.ts';
import { networkKind, selectsPods } from './pod-network.ts';
import { selfName, warnUnready } from './warn-unready.ts';

const say = speaker('find-endpoints', {
  gathered: info(
    (service: string, ports: string) => `${service} declares no ports; found: ${ports}`,
    'state all ports under expose if it listens on others too',
  ),
  added: info(
    (service: string, ports: string) => `the Service ${service} has ports that its service does not declare: ${ports}`,
    'state them under expose',
  ),
  'no-ports': info(
    (service: string) =>
      `no port of ${service} is known, so its Service is headless: the name gives the addresses of its pods, where every port can be reached`,
    'state its ports under expose',
  ),
  'before-start': approximated(
    (service: string, of: string) => `${service} runs before ${of} in its pod, so no Service leads to it`,
    'let it run beside others instead: leave out service_completed_successfully',
  ),
  'too-many': info(
    (service: string, count: number) =>
      `${count} ports of ${service} are too many to list, so its Service is headless: every port can be reached, none is offered outside`,
  ),
  'api-server': warning(
    (service: string) => `the Service kubernetes of the namespace default is that of the API server, not of ${service}`,
    'convert for another namespace with --namespace, or rename the service',
  ),
  'name-taken': error(
    (name: string, service: string, owner: string) =>
      `${service} would be exposed as ${name}, which is a name of ${owner} already`,
    'rename one of the two services, or leave it out of --expose',
  ),
});

/** More ports than a Service should list. */
const MOST_PORTS = 100;

const oneShots: ReadonlySet<Role['kind']> = new Set(['job', 'cron-job', 'global-job', 'init-container']);

/** Everything about one service that its endpoints are decided from. */
interface Subject extends Exposed {
  readonly found: readonly FoundPort[];
  readonly isTooMany: boolean;
  readonly isPeer: boolean;
}

/** Whether others are to find a service: always, but for a one-shot that neither says so nor is spoken to. */
function needsName({ service, role, hostRole, hosts, mentions }: Question): boolean {
  if (role.kind === 'init-container' || service.wishes?.hasNoService !== undefined) return false;
  if (!oneShots.has(hostRole?.kind ?? role.kind) || declaresPorts(service)) return true;
  if ((service.networks ?? []).some(({ aliases }) => aliases.length > 0)) return true;
  return mentionsOf(service.name, hosts, mentions).some((one) => one.isHost && one.service !== service.name);
}

interface Question {
  readonly service: ServiceDraft;
  readonly role: Role;
  /** The role of the service whose pod it runs in. */
  readonly hostRole: Role | undefined;
  readonly hosts: HostNames;
  readonly mentions: Mentions;
}

function foundText(found: readonly FoundPort[]): string {
  return found
    .map(
      ({ port, protocol, where }) => `${port.value}${protocol.value === 'tcp' ? '' : `/${protocol.value}`} (${where})`,
    )
    .join(', ');
}

/** The decisions that the endpoints follow from. */
interface Ground {
  readonly draft: Draft;
  readonly names: Names;
  readonly groups: PodGroups;
  readonly roles: Roles;
  readonly mentions: Mentions;
  readonly hosts: HostNames;
  readonly peers: ReadonlySet<string>;
}

/** The services that others come to: by depending on them, by a link, or by any of their names in a value or a file. */
function calledServices({ draft, hosts, mentions }: Ground): ReadonlySet<string> {
  const called = new Set<string>();
  for (const [name, { dependencies = [], links = [] }] of draft.services) {
    for (const { service } of [...dependencies, ...links]) called.add(service);
    const spoken = [...mentionsOf(name, hosts, mentions), ...mentions.of(tasksName(name))];
    if (spoken.some(({ service }) => service !== name)) called.add(name);
  }
  return called;
}

function tellFound({ service, found, main, isTooMany }: Subject, called: ReadonlySet<string>, report: Report): void {
  if (main === undefined) return;
  const isDeclared = declaresPorts(service);
  if (isTooMany) {
    if (!isDeclared) say(report, 'too-many', service.origin, service.name, found.length);
  } else if (found.length > 0) {
    say(report, isDeclared ? 'added' : 'gathered', service.origin, service.name, foundText(found));
  } else if (!isDeclared && called.has(service.name)) say(report, 'no-ports', service.origin, service.name);
}

/** Every target under its own number: what other services call. */
function targetPorts({ service, found, pod }: Subject): readonly NamedPort[] {
  const own = pod.listeners.get(service.name) ?? [];
  // A port that another member of the pod listens on is reached under this name too.
  const wanted = [
    ...(service.ports ?? []).map(({ target, protocol }) => portKey(target.value, protocol.value)),
    ...(service.exposed ?? []).map(({ port, protocol }) => portKey(port.value, protocol.value)),
    ...found.map(({ port, protocol }) => portKey(port.value, protocol.value)),
  ];
  const listeners = new Set([...own, ...wanted.flatMap((key) => pod.byPort.get(key) ?? [])]);
  return [...listeners].map(({ name, port, protocol, draft }) => ({
    name,
    port,
    targetPort: name,
    protocol,
    appProtocol: draft?.appProtocol,
    nodePort: undefined,
  }));
}

/** Published numbers that are free, each leading to its target: what people type. */
function publishedPorts({ service, pod }: Subject, targets: readonly NamedPort[]): readonly NamedPort[] {
  const taken = new Set(targets.map(({ port, protocol }) => portKey(port.value, protocol.value)));
  return (service.ports ?? []).flatMap(({ target, published, protocol, mode, appProtocol }): readonly NamedPort[] => {
    const listener = pod.byPort.get(portKey(target.value, protocol.value));
    if (published === undefined || mode.value === 'host' || listener === undefined) return [];
    const key = portKey(published.value, protocol.value);
    if (taken.has(key)) return [];
    taken.add(key);
    const name = `${listener.name}-${published.value}`;
    return [{ name, port: published, targetPort: listener.name, protocol, appProtocol, nodePort: undefined }];
  });
}

function headless({ service, isTooMany }: Subject): Located<boolean> | boolean {
  const wish = service.wishes?.serviceType;
  if (service.endpointMode?.value === 'dnsrr') return derive(service.endpointMode, true);
  if (wish?.value === 'Headless') return derive(wish, true);
  return isTooMany && service.hasTooManyPorts !== undefined ? service.hasTooManyPorts : isTooMany;
}

function mainName(subject: Subject, name: Located<string>, selects: NetworkName['selects']): NetworkName {
  const { service, isOnHost, isTooMany } = subject;
  const isHeadless = headless(subject);
  const targets = isTooMany ? [] : targetPorts(subject);
  // Where there is no address of the Service itself, no number can lead to another one.
  const ports = isHeadless === false && !isOnHost ? [...targets, ...publishedPorts(subject, targets)] : targets;
  return {
    name,
    service: service.name,
    selects,
    type: 'ClusterIP',
    isHeadless: ports.length === 0 ? isHeadless || true : isHeadless,
    externalTrafficPolicy: undefined,
    reachesUnready: subject.isPeer,
    ports,
    annotations: service.serviceAnnotations ?? [],
    origin: service.origin,
  };
}

/** What is known of the members of one pod, their own names included. */
function podSubjects(host: string, ground: Ground, report: Report): readonly Subject[] {
  const { draft, names, groups, roles, mentions, hosts, peers } = ground;
  const members = groups.members(host).flatMap((name) => {
    const service = draft.services.get(name);
    const role = roles.get(name);
    return service === undefined || role === undefined ? [] : [{ service, role }];
  });
  const owners = members.map(({ service, role }) => {
    const isNamed = needsName({ service, role, hostRole: roles.get(host), hosts, mentions });
    const spoken = isNamed ? mentionsOf(service.name, hosts, mentions) : [];
    const found = isNamed ? gatherPorts(service, spoken, draft.files) : [];
    const isTooMany = service.hasTooManyPorts?.value === true || found.length > MOST_PORTS;
    return { service, role, isNamed, found, isTooMany, listed: isTooMany ? [] : found };
  });
  const isOnHost = networkKind(host, draft, groups) === 'host';
  const pod: PodPorts = namePorts(
    owners.map(({ service, listed }) => ({ service, found: listed })),
    isOnHost,
    report,
  );
  return owners.map(({ service, role, isNamed, found, isTooMany }) => {
    const isPeer = peers.has(service.name);
    const subject: Subject = { service, role, found, isTooMany, isPeer, pod, isOnHost, main: undefined };
    const selects = selectsPods(service.name, draft, names, groups, roles);
    return isNamed ? { ...subject, main: mainName(subject, names.service(service.name), selects) } : subject;
  });
}

function tellBeforeStart({ service, role }: Subject, report: Report): void {
  if (role.kind !== 'init-container') return;
  const aliases = (service.networks ?? []).flatMap((one) => one.aliases);
  for (const { origin } of [...(service.exposed ?? []).map(({ port }) => port), ...aliases])
    say(report, 'before-start', origin, service.name, role.of ?? '');
}

/** The API server's own Service, which ours would overwrite; the namespace may also come with `kubectl apply -n`. */
function checkApiServer(all: readonly NetworkName[], namespace: string | undefined, report: Report): void {
  const ours = all.find(({ name }) => name.value === 'kubernetes');
  if (ours !== undefined && (namespace ?? 'default') === 'default')
    say(report, 'api-server', ours.name.origin, ours.service);
}

function checkNames(all: readonly NetworkName[], externals: ReadonlySet<NetworkName>, report: Report): void {
  const owners = new Map(all.filter((name) => !externals.has(name)).map((name) => [name.name.value, name.service]));
  for (const { name, service, origin } of externals) {
    const owner = owners.get(name.value);
    if (owner !== undefined) say(report, 'name-taken', origin, name.value, service, owner);
    else owners.set(name.value, service);
  }
}

/**
 * Decides ports and names. Every long-running service has a Service under its own name, since others resolve it; the Service
 * takes every target under its own number and, where free, every published number. Outside access is a second object.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#ports
 */
export function findEndpoints(
  draft: Draft,
  names: Names,
  groups: PodGroups,
  roles: Roles,
  mentions: Mentions,
  report: Report,
): Endpoints {
  const known = collectNames(draft, names);
  const peers = findPeers(draft, known, mentions);
  const ground: Ground = { draft, names, groups, roles, mentions, hosts: known, peers };
  const hosts = new Set([...draft.services.keys()].map((service) => groups.hostOf(service)));
  const found = [...hosts].flatMap((host) => podSubjects(host, ground, report));
  const subjects = new Map(found.map((subject) => [subject.service.name, subject] as const));
  const mainOf = (service: string): NetworkName | undefined => subjects.get(service)?.main;
  const aliases = addAliases(ground.hosts.further, mainOf, mentions);
  const called = calledServices(ground);
  const externals = new Set<NetworkName>();
  const all = [...draft.services.keys()].flatMap((name): readonly NetworkName[] => {
    const subject = subjects.get(name);
    if (subject === undefined) return [];
    const external = externalName(subject, draft.options, report);
    if (external !== undefined) externals.add(external);
    tellFound(subject, called, report);
    tellBeforeStart(subject, report);
    tellPublished(subject, external, draft, report);
    const own = subject.main === undefined ? [] : [subject.main];
    return [...own, ...aliases.of(name), ...(external === undefined ? [] : [external])];
  });
  checkNames(all, externals, report);
  checkApiServer(all, draft.options.namespace, report);
  warnUnready(draft, groups, ground.hosts, mentions, report);
  return {
    listeners: (service) => subjects.get(service)?.pod.listeners.get(service) ?? [],
    containerPorts: (service) => subjects.get(service)?.pod.containerPorts.get(service) ?? [],
    main: mainOf,
    hostname: (service) => {
      const known = draft.services.get(service);
      return known?.hostname ?? (known && selfName(known, draft, groups, ground.hosts, mentions));
    },
    names: all,
    aliasLabels: (service) => {
      const labels = groups.hostOf(service) === service ? groups.members(service).flatMap(aliases.labels) : [];
      return [...new Map(labels.map((label) => [label.key, label] as const)).values()];
    },
  };
}
