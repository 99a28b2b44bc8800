/** Decides which claim stands behind each volume, who may mount it at once, and which pods must therefore share a node. */

import { encodeUtf8 } from '../kernel/base64.ts';
import { approximated, error, notApplicable, noted, type Report, speaker, warning } from '../kernel/diagnostic.ts';
import { derive, type Origin } from '../kernel/located.ts';
import { dnsLabel, dnsSubdomain } from '../kernel/names.ts';
import type { Draft, VolumeDraft } from '../model/draft.ts';
import type { Claim, PersistentVolume } from '../model/plan.ts';
import { storageKey } from './choose-controller.ts';
import type { Mounts, Names, PodGroups, ResolvedMount, Roles } from './decisions.ts';
import type { FileHolder } from './hold-files.ts';
import { isLongRunning, isMultiple, podOf } from './pod-of.ts';
import { type Neighbour, shareNodes } from './share-nodes.ts';

const say = speaker('plan-claims', {
  'claims-meet': error(
    (claim: string) => `this folder would become a claim called ${claim}, which is the name of the claim of a volume`,
    'rename the volume, or declare one for this mount',
  ),
  unused: notApplicable((volume: string) => `no service mounts the volume ${volume}, so it is left out`),
  'must-exist': noted((claim: string) => `the claim ${claim} must be in the namespace before the pods start`),
  'written-at-once': approximated(
    (volume: string) =>
      `several pods mount ${volume} at once, so its claim asks for ReadWriteMany, which the StorageClass must offer`,
    'NFS, CephFS, EFS and Azure Files do',
  ),
  'one-node': approximated(
    (volume: string, services: string) => `${services} share ${volume}, so they all run on one node`,
    '--shared-volumes=rwx lets them run anywhere, with a StorageClass that offers ReadWriteMany',
  ),
  'not-seeded': warning(
    (volume: string) => `${volume} is empty at first, where Docker fills it with the files of the image`,
    'if a service relies on them, --seed-volumes copies them',
  ),
  'nobody-writes': approximated(
    (volume: string) => `nothing in the project writes to ${volume}, so its claim stays empty until somebody fills it`,
    'declare it external if it exists',
  ),
});

/** One mount of a storage. */
interface Use {
  readonly service: string;
  /** The service that hosts the pod. */
  readonly pod: string;
  readonly isReadOnly: boolean;
  readonly isNocopy: boolean;
  readonly origin: Origin;
}

/** A storage and all its mounts. */
interface Storage {
  readonly key: string;
  /** The name in messages, and the name of its claim. */
  readonly name: string;
  readonly claim: string;
  /** Undefined for a folder of the machine that became a claim. */
  readonly volume: VolumeDraft | undefined;
  readonly uses: Use[];
  readonly origin: Origin;
}

/** How a container reaches a storage. */
export interface Holding {
  readonly claim: string;
  /** True when the claim comes from a template of the pod's StatefulSet. */
  readonly isTemplate: boolean;
  /** True for a claim of this conversion, which begins empty and belongs to root. */
  readonly isNew: boolean;
}

/** The claims of a project. */
export interface Claims {
  of(mount: ResolvedMount): Holding | undefined;
  templates(pod: string): readonly Claim[];
  besides(pod: string): readonly Neighbour[];
  isExclusive(pod: string): boolean;
  readonly claims: readonly Claim[];
  readonly persistentVolumes: readonly PersistentVolume[];
}

interface State {
  readonly draft: Draft;
  readonly names: Names;
  readonly roles: Roles;
  readonly holder: FileHolder;
  readonly holdings: Map<string, Holding>;
  readonly templates: Map<string, Claim[]>;
  readonly exclusive: Set<string>;
  /** Storages of one node, with the pods that mount them, the first writers first. */
  readonly ties: { readonly pods: readonly string[]; readonly originOf: ReadonlyMap<string, Origin> }[];
  readonly claims: Claim[];
  readonly volumes: PersistentVolume[];
  readonly report: Report;
}

function collect(draft: Draft, names: Names, groups: PodGroups, roles: Roles, mounts: Mounts): readonly Storage[] {
  const found = new Map<string, Storage>();
  for (const service of draft.services.keys()) {
    for (const resolved of mounts.of(service)) {
      const key = storageKey(resolved);
      if (key === undefined) continue;
      const { mount } = resolved;
      const volume = resolved.kind === 'volume' ? draft.volumes.get(resolved.volume) : undefined;
      const claim = resolved.kind === 'own-claim' ? resolved.claim : names.claim(volume?.name ?? '').value;
      const name = volume?.name ?? claim;
      const storage = found.get(key) ?? { key, name, claim, volume, uses: [], origin: volume?.origin ?? mount.origin };
      found.set(key, storage);
      const pod = podOf(service, groups, roles);
      const { isNocopy, isReadOnly, origin } = mount;
      storage.uses.push({ service, pod, isReadOnly: isReadOnly.value, isNocopy, origin });
    }
  }
  return [...found.values()];
}

function claimOf(storage: Storage, accessMode: Claim['accessMode'], { draft }: State): Claim {
  const { claim, volume, uses, origin } = storage;
  const wishes = uses.flatMap(({ service }) => draft.services.get(service)?.wishes ?? []);
  const services = new Set(uses.map(({ service }) => service));
  return {
    name: claim,
    service: services.size === 1 ? uses[0]?.service : undefined,
    accessMode,
    size: volume?.size ?? wishes.find(({ volumeSize }) => volumeSize)?.volumeSize ?? draft.options.pvcSize,
    storageClass: volume?.storageClass ?? wishes.find(({ storageClass }) => storageClass)?.storageClass,
    volumeName: undefined,
    annotations: volume?.annotations ?? [],
    origin,
  };
}

/** Storage that the file describes: a volume of the cluster, and a claim bound to it. */
function planShare(storage: Storage, volume: VolumeDraft, state: State): void {
  const { backing, origin } = volume;
  if (backing?.kind !== 'nfs' && backing?.kind !== 'cifs') return;
  const { draft, holder } = state;
  const name = dnsSubdomain(`${draft.project.value}-${dnsLabel(volume.name, '')}`);
  const claim = claimOf(storage, 'ReadWriteMany', state);
  state.claims.push({ ...claim, storageClass: '', volumeName: name });
  const common = {
    name,
    size: claim.size,
    accessMode: 'ReadWriteMany',
    mountOptions: backing.mountOptions,
    origin,
  } as const;
  if (backing.kind === 'nfs') {
    const { server, path, isReadOnly } = backing;
    state.volumes.push({ ...common, source: { kind: 'nfs', server, path, isReadOnly } });
    return;
  }
  const items = backing.credentials.map(({ key, value }) => ({ key, data: derive(value, encodeUtf8(value.value)) }));
  state.volumes.push({
    ...common,
    source: {
      kind: 'csi',
      driver: 'smb.csi.k8s.io',
      handle: name,
      attributes: [['source', backing.source]],
      secret: items.length === 0 ? undefined : holder.credentials(volume.name, items, origin),
    },
  });
}

/** A claim that one node at a time can hold, for several pods. */
function planShared(storage: Storage, pods: ReadonlySet<string>, state: State): void {
  const { draft, roles, report } = state;
  const { name, volume, uses, origin } = storage;
  state.claims.push(claimOf(storage, 'ReadWriteOnce', state));
  const lasting = [...pods].filter((pod) => isLongRunning(roles.get(pod)));
  // A finished Job holds nothing, and nothing can be placed beside its pod.
  if (lasting.length === 0) return;
  for (const pod of pods) state.exclusive.add(pod);
  const services = [...new Set(uses.map(({ service }) => service))];
  say(report, 'one-node', origin, name, `${services.slice(0, -1).join(', ')} and ${services.at(-1)}`);
  const writers = uses.filter(({ isReadOnly }) => !isReadOnly).map(({ pod }) => pod);
  const originOf = new Map(uses.toReversed().map((use) => [use.pod, use.origin]));
  state.ties.push({ pods: [...new Set([...writers, ...pods])], originOf });
  // Docker fills named volumes only, never folders of the machine.
  const isFilled = volume !== undefined && uses.some(({ isNocopy, isReadOnly }) => !isNocopy && !isReadOnly);
  if (isFilled && services.length > 1 && !draft.options.seedVolumes) say(report, 'not-seeded', origin, name);
}

/** The claim of ordinary storage. */
function planClaim(storage: Storage, state: State): Holding {
  const { claim, name, volume, uses, origin } = storage;
  const { draft, roles, report } = state;
  const pods = new Set(uses.map(({ pod }) => pod));
  const [pod = ''] = pods;
  const isWritten = uses.some(({ isReadOnly }) => !isReadOnly);
  const holding: Holding = { claim, isTemplate: false, isNew: true };
  if (!isWritten && volume !== undefined) say(report, 'nobody-writes', origin, name);
  const asked = volume?.accessMode;
  const isMany = [...pods].some((one) => isMultiple(one, draft, roles));
  const isShared = pods.size > 1 && draft.options.sharedVolumes === 'rwx';
  if (asked !== undefined && asked.value !== 'ReadWriteOnce') state.claims.push(claimOf(storage, asked, state));
  else if (asked === undefined && (isMany || isShared)) {
    say(report, 'written-at-once', origin, name);
    state.claims.push(claimOf(storage, 'ReadWriteMany', state));
  } else if (pods.size > 1) planShared(storage, pods, state);
  else {
    state.exclusive.add(pod);
    const isTemplate =
      roles.get(pod)?.kind === 'stateful-set' && isWritten && volume?.claimName === undefined && !isMany;
    const one = claimOf(storage, asked ?? 'ReadWriteOnce', state);
    if (!isTemplate) state.claims.push(one);
    else state.templates.set(pod, [...(state.templates.get(pod) ?? []), one]);
    return { ...holding, isTemplate };
  }
  return holding;
}

function plan(storage: Storage, state: State): Holding {
  const { claim, volume } = storage;
  if (volume?.isExternal !== undefined) {
    say(state.report, 'must-exist', volume.isExternal.origin, claim);
    return { claim, isTemplate: false, isNew: false };
  }
  if (volume?.backing === undefined) return planClaim(storage, state);
  planShare(storage, volume, state);
  return { claim, isTemplate: false, isNew: false };
}

/**
 * Plans the claims: what one pod alone mounts is its own, if need be as a template of its StatefulSet; what several pods mount
 * keeps them on one node, as Compose does, unless ReadWriteMany is asked for; many pods of one service need ReadWriteMany.
 * @see mapping-notes.md §5
 */
export function planClaims(
  draft: Draft,
  names: Names,
  groups: PodGroups,
  roles: Roles,
  mounts: Mounts,
  holder: FileHolder,
  report: Report,
): Claims {
  const state: State = {
    ...{ draft, names, roles, holder, report },
    ...{ holdings: new Map(), templates: new Map(), exclusive: new Set(), ties: [], claims: [], volumes: [] },
  };
  const storages = collect(draft, names, groups, roles, mounts);
  const declared = new Set([...draft.volumes.keys()].map((volume) => names.claim(volume).value));
  for (const storage of storages) {
    const { claim, key, origin, volume } = storage;
    if (volume === undefined && declared.has(claim)) say(report, 'claims-meet', origin, claim);
    state.holdings.set(key, plan(storage, state));
  }
  const used = new Set(storages.map(({ volume }) => volume?.name));
  for (const service of draft.services.values())
    for (const { source } of service.mounts ?? []) if (source.kind === 'named') used.add(source.volume.value);
  for (const { name, origin } of draft.volumes.values()) if (!used.has(name)) say(report, 'unused', origin, name);
  const neighbours = shareNodes(state.ties, (pod) => isLongRunning(roles.get(pod)));
  return {
    of: (mount) => state.holdings.get(storageKey(mount) ?? ''),
    templates: (pod) => state.templates.get(pod) ?? [],
    besides: (pod) => neighbours.get(pod) ?? [],
    isExclusive: (pod) => state.exclusive.has(pod),
    claims: state.claims,
    persistentVolumes: state.volumes,
  };
}
