/** Links mounts to what stands behind them: claims, memory, files of ConfigMaps and Secrets, paths of the node. */

import { decodeUtf8 } from '../kernel/base64.ts';
import { parseBytes, quantityFromBytes } from '../kernel/bytes.ts';
import { error, type Report, speaker, warning } from '../kernel/diagnostic.ts';
import { derive, Located, type Origin } from '../kernel/located.ts';
import { dnsLabel } from '../kernel/names.ts';
import { baseName } from '../kernel/paths.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { Grant, Label } from '../model/facts.ts';
import type { PodVolume, VolumeItem, VolumeMount } from '../model/pod.ts';
import type { Mounts, Names, PodGroups, ResolvedMount, Roles, Storage } from './decisions.ts';
import { type FileHolder, fileHolder, type Holder } from './hold-files.ts';
import { type NameVolume, podVolumeNames } from './name-pod-volumes.ts';
import { type Claims, planClaims } from './plan-claims.ts';
import { podOf } from './pod-of.ts';
import { looksSecretFile } from './read-files.ts';

const say = speaker('link-volumes', {
  'same-target': error(
    (target: string) => `two things would be mounted at ${target}`,
    'give one of them another target, or remove it',
  ),
  'memory-above-limit': warning(
    (size: string, limit: string) => `${size} of shared memory count against the memory limit, which is ${limit}`,
    'raise the limit, or lower shm_size',
  ),
});

/** The folder inside a new claim that is mounted: the root of a fresh file system holds lost+found, which databases refuse. */
const DATA_FOLDER = 'data';

const DEFAULT_FILE_MODE = 0o444;
const EXECUTABLE_MODE = 0o755;

interface Scene {
  readonly draft: Draft;
  readonly claims: Claims;
  readonly holder: FileHolder;
  readonly nameVolume: NameVolume;
  readonly report: Report;
}

/** What the mounts of one service add up to. */
interface Linked {
  readonly service: ServiceDraft;
  /** The service that hosts the pod. */
  readonly pod: string;
  readonly volumes: Map<string, PodVolume>;
  readonly mounts: VolumeMount[];
  readonly seeds: VolumeMount[];
  readonly annotations: Label[];
  readonly texts: { readonly service: string; readonly text: string; readonly name: string; readonly origin: Origin }[];
  hasNewVolume: boolean;
}

/** Adds a volume to the pod and gives its name. Volumes of one identity are one. */
function addVolume(
  linked: Linked,
  wanted: string,
  identity: string,
  volume: Omit<PodVolume, 'name'>,
  scene: Scene,
): string {
  const name = scene.nameVolume(linked.pod, wanted, identity, linked.service.name);
  if (!linked.volumes.has(name)) linked.volumes.set(name, { name, ...volume });
  return name;
}

function addText(linked: Linked, name: string, data: Located<Uint8Array>): void {
  const text = decodeUtf8(data.value);
  if (text !== undefined) linked.texts.push({ service: linked.service.name, text, name, origin: data.origin });
}

/** `mount-0` for the first mount of the file, and so on, so that a change elsewhere renames nothing. */
function positionName({ mount }: ResolvedMount): string {
  return `${mount.attribute === 'volumes' ? 'mount' : 'tmpfs'}-${mount.origin.path.at(-1) ?? 0}`;
}

function linkClaim(linked: Linked, resolved: ResolvedMount, scene: Scene): VolumeMount | undefined {
  const { mount } = resolved;
  const holding = scene.claims.of(resolved);
  if (holding === undefined) return undefined;
  const { claim, isTemplate, isNew } = holding;
  const source = { kind: 'claim', claim, isReadOnly: false } as const;
  const wanted = resolved.kind === 'volume' ? dnsLabel(resolved.volume, '') : claim;
  const volume = isTemplate
    ? claim
    : addVolume(linked, wanted, `claim ${claim}`, { source, origin: mount.origin }, scene);
  if (isNew) linked.hasNewVolume = true;
  const inner = mount.source.kind === 'named' && resolved.kind === 'volume' ? mount.source.subPath : undefined;
  const below = inner === undefined ? DATA_FOLDER : derive(inner, `${DATA_FOLDER}/${inner.value}`);
  const linkedMount = {
    volume,
    path: mount.target,
    subPath: isNew ? below : inner,
    isReadOnly: mount.isReadOnly,
    origin: mount.origin,
  };
  if (isNew && resolved.kind === 'volume' && !mount.isNocopy) linked.seeds.push(linkedMount);
  return linkedMount;
}

function linkFile(
  linked: Linked,
  resolved: Extract<ResolvedMount, { kind: 'file' | 'tree' }>,
  scene: Scene,
): VolumeMount {
  const { mount, isSecret } = resolved;
  const { origin, target } = mount;
  const files =
    resolved.kind === 'tree'
      ? resolved.items
      : [{ ...resolved.item, path: resolved.item.key, isExecutable: resolved.isExecutable }];
  const data = files.map(({ key, data: content }) => ({ key, data: content }));
  const kind: Holder = isSecret ? 'secret' : 'config';
  const object = scene.holder.files(kind, linked.service.name, target.value, data, origin);
  const items = files.map(
    ({ key, path, isExecutable }): VolumeItem => ({ key, path, mode: isExecutable ? EXECUTABLE_MODE : undefined }),
  );
  const source = { kind, object, items, defaultMode: undefined };
  const volume = addVolume(linked, positionName(resolved), `${origin.path.join(' ')}`, { source, origin }, scene);
  // One secret makes a Secret of its whole folder, whose other files speak of hosts as ever.
  const isOpen = (path: string): boolean => !isSecret || (resolved.kind === 'tree' && !looksSecretFile(path));
  for (const { path, data: content } of files) if (isOpen(path)) addText(linked, baseName(path), content);
  const isReadOnly = mount.isReadOnly.value ? mount.isReadOnly : true;
  return {
    volume,
    path: target,
    subPath: resolved.kind === 'file' ? resolved.item.key : undefined,
    isReadOnly,
    origin,
  };
}

function linkMount(linked: Linked, resolved: ResolvedMount, scene: Scene): VolumeMount | undefined {
  const { mount } = resolved;
  const { origin, target: path, isReadOnly } = mount;
  const own = (source: PodVolume['source']): string =>
    addVolume(linked, positionName(resolved), origin.path.join(' '), { source, origin }, scene);
  switch (resolved.kind) {
    case 'volume':
    case 'own-claim':
      return linkClaim(linked, resolved, scene);
    case 'file':
    case 'tree':
      return linkFile(linked, resolved, scene);
    case 'empty': {
      const size =
        resolved.size === undefined || resolved.size.value === 0
          ? undefined
          : derive(resolved.size, quantityFromBytes(resolved.size.value));
      const volume = own({ kind: 'empty', isMemory: resolved.isMemory, size });
      return { volume, path, subPath: undefined, isReadOnly, origin };
    }
    case 'host':
      return {
        volume: own({ kind: 'host', path: resolved.path, type: resolved.type }),
        path,
        subPath: undefined,
        isReadOnly,
        origin,
      };
    case 'image':
      return {
        volume: own({ kind: 'image', reference: resolved.reference }),
        path,
        subPath: resolved.subPath,
        isReadOnly: true,
        origin,
      };
  }
}

/** Shared memory is a volume of its own only when the file states its size; every runtime gives 64 MiB. */
function linkSharedMemory(linked: Linked, scene: Scene): VolumeMount | undefined {
  const { shmSize: size, limits } = linked.service;
  if (size === undefined || size.value === 0) return undefined;
  const { origin } = size;
  const quantity = quantityFromBytes(size.value);
  const limit = limits?.get('memory')?.value;
  const bytes = limit === undefined ? undefined : parseBytes(`${limit}B`);
  if (limit !== undefined && bytes !== undefined && size.value > bytes)
    say(scene.report, 'memory-above-limit', origin, quantity, limit);
  const source = { kind: 'empty', isMemory: true, size: derive(size, quantity) } as const;
  const volume = addVolume(linked, 'shm', origin.path.join(' '), { source, origin }, scene);
  return { volume, path: '/dev/shm', subPath: undefined, isReadOnly: undefined, origin };
}

/** Each granted file is mounted by itself, so that its neighbours in the folder, and a token of the pod, stay visible. */
function linkGrant(linked: Linked, kind: Holder, grant: Grant, scene: Scene): VolumeMount | undefined {
  const { source: name, mode, target, origin } = grant;
  const held = scene.holder.grant(kind, name.value, linked.service.name);
  if (held === undefined) return undefined;
  const { object, key, annotation } = held;
  const items = [{ key, path: key, mode: mode ?? DEFAULT_FILE_MODE }];
  const identity = `${kind} ${object} ${mode?.value ?? DEFAULT_FILE_MODE}`;
  const source = { kind, object, items, defaultMode: undefined };
  const volume = addVolume(linked, `${kind}-${dnsLabel(name.value, '')}`, identity, { source, origin }, scene);
  if (annotation !== undefined) linked.annotations.push(annotation);
  const content = scene.draft.configs.get(name.value)?.content;
  if (kind === 'config' && content !== undefined) addText(linked, name.value, content);
  return { volume, path: target, subPath: key, isReadOnly: true, origin };
}

/** Devices of the node, which only --allow host-devices lets through. */
function linkDevices(linked: Linked, scene: Scene): readonly VolumeMount[] {
  return (linked.service.hostDevices ?? []).map(({ source: path, target, type, origin }, index) => {
    const source = { kind: 'host', path, type } as const;
    const volume = addVolume(linked, `device-${index}`, origin.path.join(' '), { source, origin }, scene);
    return { volume, path: target, subPath: undefined, isReadOnly: undefined, origin };
  });
}

function linkService(service: ServiceDraft, pod: string, resolved: readonly ResolvedMount[], scene: Scene): Linked {
  const linked: Linked = {
    service,
    pod,
    volumes: new Map(),
    mounts: [],
    seeds: [],
    annotations: [],
    texts: [],
    hasNewVolume: false,
  };
  const found = [
    ...resolved.map((mount) => linkMount(linked, mount, scene)),
    linkSharedMemory(linked, scene),
    ...(service.configGrants ?? []).map((grant) => linkGrant(linked, 'config', grant, scene)),
    ...(service.secretGrants ?? []).map((grant) => linkGrant(linked, 'secret', grant, scene)),
    ...linkDevices(linked, scene),
  ];
  const targets = new Set<string>();
  for (const mount of found) {
    if (mount === undefined) continue;
    const target = mount.path instanceof Located ? mount.path.value : mount.path;
    if (targets.has(target)) say(scene.report, 'same-target', mount.origin, target);
    else linked.mounts.push(mount);
    targets.add(target);
  }
  return linked;
}

/**
 * Links every mount, config and secret of every service to a volume of its pod, and plans the objects behind them. Volumes are
 * named after the volume key, `mount-<position>`, `config-<name>` or `secret-<name>`.
 * @see mapping-notes.md §4-§6
 */
export function linkVolumes(
  draft: Draft,
  names: Names,
  groups: PodGroups,
  roles: Roles,
  mounts: Mounts,
  report: Report,
): Storage {
  const holder = fileHolder(draft, names, report);
  const claims = planClaims(draft, names, groups, roles, mounts, holder, report);
  const reserved = new Map([...roles.keys()].map((pod) => [pod, claims.templates(pod).map(({ name }) => name)]));
  const scene: Scene = { draft, claims, holder, nameVolume: podVolumeNames(reserved), report };
  const linked = new Map<string, Linked>();
  for (const [name, service] of draft.services) {
    if (service.provider !== undefined) continue;
    linked.set(name, linkService(service, podOf(name, groups, roles), mounts.of(name), scene));
  }
  return {
    volumes: (service) => [...(linked.get(service)?.volumes.values() ?? [])],
    mounts: (service) => linked.get(service)?.mounts ?? [],
    templates: (service) => claims.templates(service),
    besides: (service) => claims.besides(service),
    isExclusive: (service) => claims.isExclusive(podOf(service, groups, roles)),
    hasNewVolume: (service) => linked.get(service)?.hasNewVolume === true,
    seeds: (service) => linked.get(service)?.seeds ?? [],
    annotations: (service) => linked.get(service)?.annotations ?? [],
    claims: claims.claims,
    persistentVolumes: claims.persistentVolumes,
    data: holder.finish(),
    texts: [...linked.values()].flatMap(({ texts }) => texts),
  };
}
