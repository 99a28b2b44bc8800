/** What an API server and a kubelet ask of a pod template as a whole. */

import { isIP } from 'node:net';
import { containerPortKey, containerProblems, hostPortKey, oneOf } from './kubernetes-container.ts';
import { annotationProblems, isLabel, isSubdomain, labelProblems, selectorProblems } from './kubernetes-metadata.ts';
import {
  at,
  containers,
  items,
  type Json,
  list,
  type PodTemplate,
  type Problems,
  record,
  repeated,
  text,
  under,
} from './kubernetes-object.ts';
import { quantity } from './kubernetes-quantity.ts';

const VOLUME_SOURCES = [
  ...[
    'emptyDir',
    'hostPath',
    'configMap',
    'secret',
    'persistentVolumeClaim',
    'projected',
    'downwardAPI',
    'image',
    'nfs',
    'csi',
  ],
  ...[
    'ephemeral',
    'cephfs',
    'glusterfs',
    'iscsi',
    'rbd',
    'fc',
    'azureFile',
    'azureDisk',
    'vsphereVolume',
    'gcePersistentDisk',
  ],
  ...[
    'awsElasticBlockStore',
    'cinder',
    'portworxVolume',
    'flexVolume',
    'storageos',
    'scaleIO',
    'quobyte',
    'gitRepo',
    'flocker',
    'photonPersistentDisk',
  ],
];
const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;
const IPC_SYSCTL = /^(?:kernel\.(?:shm|msg)|kernel\.sem$|fs\.mqueue\.)/;
const SEARCH_DOMAIN = /^[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?(\.[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?)*\.?$|^\.$/;

/** Fields that a server drops without a word unless the gate is switched on: the end of their path, and the gate. */
const GATED: readonly (readonly [end: RegExp, gate: string])[] = [
  [/\.emptyDir\.mode$/, 'EmptyDirVolumeMode'],
  [/\.bindMountOptions$/, 'VolumeBindMountOptions'],
  [/\.lifecycle\.stopSignal$/, 'ContainerStopSignals'],
];

/** Says which fields would vanish on a server with only the gates given, and the default ones, switched on. */
function* gateProblems(path: string, value: unknown, gates: ReadonlySet<string>): Problems {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const inner = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    const gate = GATED.find(([end]) => end.test(inner))?.[1];
    if (gate !== undefined && !gates.has(gate)) yield `${inner}: is dropped without feature gate ${gate}`;
    yield* gateProblems(inner, part, gates);
  }
}

function* pathProblems(where: string, entries: readonly { readonly item: Json; readonly path: string }[]): Problems {
  for (const { item, path } of entries) {
    const target = String(item['path']);
    if (target === '' || target.startsWith('/') || target.split('/').some((part) => part === '..')) {
      yield `${where}.${path}.path: ${target} leads outside`;
    }
  }
  yield* repeated(
    entries.map(({ item, path }) => [`${where}.${path}.path`, text(item['path'])]),
    'path',
  );
}

function* volumeProblems(template: PodTemplate): Problems {
  const volumes = items(template.spec, 'volumes');
  for (const { item: volume, path } of volumes) {
    const name = String(volume['name']);
    if (!isLabel(name)) yield `${path}.name: ${name} is no DNS-1123 label`;
    yield* oneOf(path, volume, VOLUME_SOURCES, 'source');
    if (template.claimed.includes(name)) yield `${path}.name: ${name} is hidden by the claim template of that name`;
    for (const kind of ['configMap', 'secret', 'downwardAPI'])
      yield* pathProblems(`${path}.${kind}`, items(volume[kind], 'items'));
    const host = text(at(volume, 'hostPath.path'));
    if (host?.split('/').includes('..')) yield `${path}.hostPath.path: ${host} leads outside`;
    for (const { item: source, path: where } of items(volume['projected'], 'sources')) {
      const kinds = [
        'configMap',
        'secret',
        'downwardAPI',
        'serviceAccountToken',
        'clusterTrustBundle',
        'podCertificate',
      ];
      yield* oneOf(`${path}.projected.${where}`, source, kinds, 'source');
    }
    const mode = at(volume, 'emptyDir.mode');
    if (mode !== undefined && !(Number(mode) >= 0 && Number(mode) <= 0o1777))
      yield `${path}.emptyDir.mode: ${String(mode)} is no mode`;
    const claim = at(volume, 'ephemeral.volumeClaimTemplate.spec');
    if (volume['ephemeral'] !== undefined)
      yield* under(`${path}.ephemeral.volumeClaimTemplate.spec`, claimProblems(claim));
  }
  yield* repeated(
    volumes.map(({ item, path }) => [`${path}.name`, text(item['name'])]),
    'volume',
  );
}

/** Checks the spec of a claim, wherever it stands. */
export function* claimProblems(spec: unknown): Problems {
  const modes = list(at(spec, 'accessModes'));
  if (modes.length === 0) yield 'accessModes: is empty';
  if (modes.includes('ReadWriteOncePod') && modes.length > 1) yield 'accessModes: ReadWriteOncePod stands alone';
  const storage = at(spec, 'resources.requests.storage');
  if (!((quantity(storage) ?? 0) > 0)) yield `resources.requests.storage: ${String(storage)} is no size`;
  const name = text(at(spec, 'storageClassName')) ?? '';
  if (name !== '' && !isSubdomain(name)) yield `storageClassName: ${name} is no DNS-1123 subdomain`;
}

function* hostProblems(spec: Json): Problems {
  const { hostname, hostnameOverride, subdomain } = spec;
  for (const [field, name] of Object.entries({ hostname, subdomain })) {
    if (name !== undefined && !isLabel(String(name))) yield `${field}: ${String(name)} is no DNS-1123 label`;
  }
  const full = text(hostnameOverride);
  if (full !== undefined) {
    if (full.length > 64 || !isSubdomain(full))
      yield `hostnameOverride: ${full} is no DNS-1123 subdomain of up to 64 characters`;
    for (const field of ['hostNetwork', 'setHostnameAsFQDN']) {
      if (spec[field] === true) yield `hostnameOverride: does not go with ${field}`;
    }
  }
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (spec['hostUsers'] === false && spec[field] === true) yield `hostUsers: false does not go with ${field}`;
  }
  if (spec['shareProcessNamespace'] === true && spec['hostPID'] === true)
    yield 'shareProcessNamespace: does not go with hostPID';
  for (const { item: alias, path } of items(spec, 'hostAliases')) {
    if (isIP(String(alias['ip'])) === 0) yield `${path}.ip: ${String(alias['ip'])} is no address`;
    const wrong = list(alias['hostnames']).filter((name) => !isSubdomain(String(name)));
    if (wrong.length > 0) yield `${path}.hostnames: ${wrong.join(' ')} is no DNS-1123 subdomain`;
  }
}

function* dnsProblems(spec: Json): Problems {
  const [servers, searches] = [list(at(spec, 'dnsConfig.nameservers')), list(at(spec, 'dnsConfig.searches'))];
  if (spec['dnsPolicy'] === 'None' && servers.length === 0) yield 'dnsConfig.nameservers: dnsPolicy None needs one';
  if (servers.length > 3) yield `dnsConfig.nameservers: ${servers.length} are more than 3`;
  for (const server of servers)
    if (isIP(String(server)) === 0) yield `dnsConfig.nameservers: ${String(server)} is no address`;
  if (searches.length > 32 || searches.join(' ').length > 2048)
    yield 'dnsConfig.searches: are more than 32, or longer than 2048 characters';
  for (const search of searches)
    if (!SEARCH_DOMAIN.test(String(search))) yield `dnsConfig.searches: ${String(search)} is no domain`;
  for (const { item, path } of items(spec, 'dnsConfig.options'))
    if (text(item['name']) === '') yield `${path}.name: is empty`;
}

function* sysctlProblems(spec: Json): Problems {
  const sysctls = items(spec, 'securityContext.sysctls');
  for (const { item, path } of sysctls) {
    const name = String(item['name']);
    if (!SYSCTL.test(name) || name.length > 253) yield `${path}.name: ${name} is no sysctl`;
    if (spec['hostNetwork'] === true && name.startsWith('net.'))
      yield `${path}.name: ${name} does not go with hostNetwork`;
    if (spec['hostIPC'] === true && IPC_SYSCTL.test(name)) yield `${path}.name: ${name} does not go with hostIPC`;
  }
  yield* repeated(
    sysctls.map(({ item, path }) => [`${path}.name`, text(item['name'])]),
    'sysctl',
  );
}

function* schedulingProblems(spec: Json): Problems {
  yield* labelProblems('nodeSelector', spec['nodeSelector']);
  for (const { item, path } of items(spec, 'tolerations')) {
    if (item['operator'] === 'Exists' && (item['value'] ?? '') !== '') yield `${path}: Exists takes no value`;
    if (item['key'] === undefined && item['operator'] !== 'Exists') yield `${path}: no key needs operator Exists`;
  }
  for (const kind of ['podAffinity', 'podAntiAffinity']) {
    for (const { item, path } of items(spec, `affinity.${kind}.requiredDuringSchedulingIgnoredDuringExecution`)) {
      yield* selectorProblems(`${path}.labelSelector`, item['labelSelector']);
      if ((text(item['topologyKey']) ?? '') === '') yield `${path}.topologyKey: is empty`;
    }
    for (const { item, path } of items(spec, `affinity.${kind}.preferredDuringSchedulingIgnoredDuringExecution`)) {
      if (!(Number(item['weight']) >= 1 && Number(item['weight']) <= 100))
        yield `${path}.weight: ${String(item['weight'])} is not in 1-100`;
      yield* selectorProblems(`${path}.podAffinityTerm.labelSelector`, at(item, 'podAffinityTerm.labelSelector'));
    }
  }
  for (const { item, path } of items(spec, 'topologySpreadConstraints')) {
    if (!(Number(item['maxSkew']) >= 1)) yield `${path}.maxSkew: ${String(item['maxSkew'])} is below 1`;
    yield* selectorProblems(`${path}.labelSelector`, item['labelSelector']);
  }
}

/** What the containers of a pod share and can only use once: names, ports of the network, ports of the node. */
function* sharingProblems(spec: Json): Problems {
  const all = containers(spec);
  for (const { item, path } of all)
    if (!isLabel(String(item['name']))) yield `${path}.name: ${String(item['name'])} is no DNS-1123 label`;
  yield* repeated(
    all.map(({ item, path }) => [`${path}.name`, text(item['name'])]),
    'container',
  );
  // Init containers have left before the others open their ports. Ports of one container are compared in that container.
  const lasting = all.filter(({ isLasting }) => isLasting);
  const shared = <Key extends string | undefined>(key: (port: Json) => Key) =>
    lasting.flatMap(({ item, path }) => {
      const ports = items(item, 'ports').map((port) => [`${path}.${port.path}`, key(port.item)] as const);
      return ports.filter(([, value], index) => ports.findIndex(([, other]) => other === value) === index);
    });
  yield* repeated(
    shared((port) => text(port['name'])),
    'port name',
  );
  yield* repeated(shared(containerPortKey), 'port');
  const hostPorts = lasting.flatMap(({ item, path }) =>
    items(item, 'ports').map((port) => [`${path}.${port.path}.hostPort`, hostPortKey(port.item)] as const),
  );
  yield* repeated(hostPorts, 'port of the node');
}

/** Checks a pod template; paths begin at the object that owns it. */
export function* podProblems(template: PodTemplate, gates: ReadonlySet<string>): Problems {
  const { spec, path, owner } = template;
  yield* labelProblems(`${path}.metadata.labels`, at(owner, `${path}.metadata.labels`));
  yield* annotationProblems(`${path}.metadata.annotations`, at(owner, `${path}.metadata.annotations`));
  if (list(spec['containers']).length === 0) yield `${path}.spec.containers: is empty`;
  if (list(spec['ephemeralContainers']).length > 0) yield `${path}.spec.ephemeralContainers: a template has none`;
  yield* gateProblems(`${path}.spec`, spec, gates);
  const grace = record(spec)['activeDeadlineSeconds'];
  if (grace === 0) yield `${path}.spec.activeDeadlineSeconds: is below 1`;
  for (const container of containers(spec)) yield* under(`${path}.spec`, containerProblems(container, template));
  for (const check of [sharingProblems, hostProblems, dnsProblems, sysctlProblems, schedulingProblems]) {
    yield* under(`${path}.spec`, check(spec));
  }
  yield* under(`${path}.spec`, volumeProblems(template));
}
