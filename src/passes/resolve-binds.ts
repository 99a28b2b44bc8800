/** Looks at the disk and decides what each mount shows: a volume, files of a ConfigMap or Secret, memory, or the node itself. */

import { type Disposition, type Report, speaker } from '../kernel/diagnostic.ts';
import { derive, Located } from '../kernel/located.ts';
import { configKey, dnsLabel, hash8 } from '../kernel/names.ts';
import { baseName, isInside, relativeTo, resolvePath } from '../kernel/paths.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { Mount } from '../model/facts.ts';
import { selectorLabels } from '../model/labels.ts';
import { bindMessages } from './bind-messages.ts';
import { classifyBind, type Verdict } from './classify-bind.ts';
import type { Mounts, PodGroups, ResolvedMount } from './decisions.ts';
import { CLIENT_APPLY_LIMIT, looksSecretFile, treeKeys } from './read-files.ts';

const say = speaker('resolve-binds', bindMessages);

/** What is known while the mounts of one project are resolved. */
interface Scene {
  readonly draft: Draft;
  readonly groups: PodGroups;
  /** Claims that stand for folders of the machine: by path, so that two services that mount one folder share its claim. */
  readonly claimOf: Map<string, string>;
  readonly pathOf: Map<string, string>;
  /** What each bind mount is about. */
  readonly verdicts: Map<Mount, Verdict>;
  /** Folders that are data for some service, and so for all. */
  readonly dataPaths: Set<string>;
  readonly zones: Map<string, Located<string>>;
  /** Mounts that were left out because the image holds their files. */
  readonly overlays: Set<Mount>;
  readonly report: Report;
}

/** A bind mount that is being resolved. */
interface Bind {
  readonly service: ServiceDraft;
  readonly mount: Mount;
  readonly path: Located<string>;
  readonly written: string;
}

/** The outcomes that mount nothing. */
type LeftOut = Exclude<Verdict, { readonly kind: 'file' | 'tree' | 'claim' | 'host' }>;

/** Judges a mount and its type, whichever of them the file writes. */
function judge({ origin, attribute }: Mount, disposition: Disposition, isHost: boolean, { report }: Scene): void {
  if (attribute !== 'volumes') return;
  report.settle(origin.path, disposition);
  report.settle([...origin.path, 'type'], disposition);
  // Volumes that a kubelet manages are relabelled by it.
  if (!isHost) report.settle([...origin.path, 'bind', 'selinux'], 'converted');
}

function runsEverywhere(service: ServiceDraft, { draft, groups }: Scene): boolean {
  const host = draft.services.get(groups.hostOf(service.name)) ?? service;
  const kind = host.wishes?.kind?.value;
  if (kind !== undefined) return kind === 'DaemonSet';
  return host.mode?.value === 'global' || host.mode?.value === 'global-job';
}

/** The claim for a folder, named after the first service that mounts it and the end of its target; of its source, if two targets end alike. */
function ownClaim({ service, mount, path }: Bind, { claimOf, pathOf }: Scene): string {
  const known = claimOf.get(path.value);
  if (known !== undefined) return known;
  const target = mount.target.value;
  const end = baseName(target);
  const isAmbiguous = (service.mounts ?? []).some((one) => one !== mount && baseName(one.target.value) === end);
  const ends = isAmbiguous ? [baseName(path.value), end] : [end];
  const candidates = [...ends, target.slice(1), `${target.slice(1)}-${hash8(path.value)}`];
  const names = candidates.map((one) => dnsLabel(`${service.name}-${one}`));
  const name = names.find((one) => !pathOf.has(one)) ?? dnsLabel(`${service.name}-${hash8(path.value)}`);
  claimOf.set(path.value, name);
  pathOf.set(name, path.value);
  return name;
}

/** How the files of the machine get into a claim. */
function fillingHint({ service, mount, written }: Bind, found: 'files' | 'nothing' | 'outside', scene: Scene): string {
  const host = scene.groups.hostOf(service.name);
  const [[label, value] = []] = selectorLabels(host, scene.draft.project.value);
  const pod = `"$(kubectl get pod -l ${label}=${value} -o jsonpath={.items[0].metadata.name})"`;
  const copy = `kubectl cp ${found === 'nothing' ? 'FILES' : `${written}/.`} ${pod}:${mount.target.value}`;
  if (found === 'files') return `fill it once: ${copy}`;
  return found === 'outside'
    ? `fill it once: ${copy}; or keep the path of the node with --bind-mounts=hostpath`
    : `put the files there before converting if they are configuration, else fill it once: ${copy}`;
}

function claimed(bind: Bind, { why, found }: Extract<Verdict, { kind: 'claim' }>, scene: Scene): ResolvedMount {
  const { mount, written } = bind;
  say(scene.report, 'to-claim', mount.origin, written, why, mount.target.value, fillingHint(bind, found, scene));
  judge(mount, 'approximated', false, scene);
  return { kind: 'own-claim', claim: ownClaim(bind, scene), mount };
}

/** Says what is to be known about files that become an object. */
function tellFiles({ mount, written }: Bind, size: number, scene: Scene): void {
  judge(mount, 'converted', false, scene);
  if (!mount.isReadOnly.value) say(scene.report, 'not-writable', mount.origin, mount.target.value);
  if (size > CLIENT_APPLY_LIMIT) say(scene.report, 'large', mount.origin, written);
}

function fileMount(bind: Bind, verdict: Extract<Verdict, { kind: 'file' }>, scene: Scene): ResolvedMount {
  const { mount, path } = bind;
  const { bytes, isExecutable } = verdict;
  tellFiles(bind, bytes.length, scene);
  const isSecret = looksSecretFile(relativeTo(scene.draft.directory, path.value));
  const item = { key: configKey(baseName(path.value)), data: new Located(bytes, mount.origin) };
  return { kind: 'file', item, isSecret, isExecutable, mount };
}

function treeMount(bind: Bind, verdict: Extract<Verdict, { kind: 'tree' }>, scene: Scene): ResolvedMount {
  const { mount, path, written } = bind;
  const { files, leaving } = verdict;
  const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  tellFiles(bind, size, scene);
  if (leaving.length > 0) say(scene.report, 'link-leaves', mount.origin, written, leaving.join(', '));
  const folder = relativeTo(scene.draft.directory, path.value);
  const keys = treeKeys(files.map((file) => file.path));
  const items = files.map((file, index) => ({
    key: keys[index] ?? file.path,
    path: file.path,
    data: new Located(file.bytes, mount.origin),
    isExecutable: file.isExecutable,
  }));
  return { kind: 'tree', items, isSecret: files.some((file) => looksSecretFile(`${folder}/${file.path}`)), mount };
}

/** Says why a bind mount is left out; gives what became of it. */
function tellLeftOut({ service, mount, written }: Bind, verdict: LeftOut, scene: Scene): Disposition {
  const { origin } = mount;
  const { report } = scene;
  switch (verdict.kind) {
    case 'skipped':
      say(report, 'left-out', origin, written);
      return 'not-applicable';
    case 'development':
      scene.overlays.add(mount);
      say(report, verdict.isCovered ? 'development' : 'development-uncovered', origin, written);
      return 'not-applicable';
    case 'socket':
      say(report, verdict.isEngine ? 'engine-socket' : 'socket', origin, written);
      return 'refused';
    case 'too-large':
      say(report, 'too-large', origin, written, verdict.size);
      return 'refused';
    case 'unreadable':
      say(report, 'unreadable', origin, written, verdict.error);
      return 'refused';
    case 'outside-file':
      say(report, 'outside-file', origin, written);
      return 'refused';
    case 'time-zone': {
      const isSet = service.environment?.some(({ name }) => name === 'TZ') === true;
      if (!isSet && verdict.zone !== undefined) scene.zones.set(service.name, new Located(verdict.zone, origin));
      if (isSet) say(report, 'time-zone-set', origin, written);
      else say(report, 'time-zone', origin, written, verdict.zone);
      return 'approximated';
    }
  }
}

/** The bind mount behind a mount; undefined for one that shows something else. */
function bindOf(service: ServiceDraft, mount: Mount, draft: Draft): Bind | undefined {
  const { source } = mount;
  if (source.kind === 'bind') return { service, mount, path: source.path, written: source.written };
  const backing = source.kind === 'named' ? draft.volumes.get(source.volume.value)?.backing : undefined;
  if (source.kind !== 'named' || backing?.kind !== 'bind') return undefined;
  const { path: root, written } = backing;
  const path = source.subPath === undefined ? root : derive(root, resolvePath(root.value, source.subPath.value));
  return { service, mount, path, written };
}

/** Classifies all bind mounts before any is resolved: what one service writes to is no configuration for another. */
function classifyAll(scene: Scene): void {
  const { draft, verdicts, dataPaths } = scene;
  for (const service of draft.services.values()) {
    for (const mount of service.mounts ?? []) {
      const bind = bindOf(service, mount, draft);
      if (bind === undefined) continue;
      const overlay = { source: bind.path.value, target: mount.target.value, isReadOnly: mount.isReadOnly.value };
      const verdict = classifyBind(overlay, service, runsEverywhere(service, scene), draft);
      verdicts.set(mount, verdict);
      if (verdict.kind === 'claim') dataPaths.add(overlay.source);
    }
  }
}

function verdictOf({ mount, path }: Bind, { verdicts, dataPaths }: Scene): Verdict {
  const verdict = verdicts.get(mount) ?? { kind: 'skipped' };
  if (verdict.kind !== 'tree' || !dataPaths.has(path.value)) return verdict;
  return { kind: 'claim', why: 'is written to by another service', found: 'files' };
}

function bindMount(bind: Bind, scene: Scene): ResolvedMount | undefined {
  const { mount, path, written } = bind;
  const verdict = verdictOf(bind, scene);
  switch (verdict.kind) {
    case 'file':
      return fileMount(bind, verdict, scene);
    case 'tree':
      return treeMount(bind, verdict, scene);
    case 'claim':
      return claimed(bind, verdict, scene);
    case 'host':
      say(scene.report, 'host-path', mount.origin, written);
      judge(mount, 'approximated', true, scene);
      return { kind: 'host', path, type: verdict.type, mount };
    default:
      judge(mount, tellLeftOut(bind, verdict, scene), false, scene);
      return undefined;
  }
}

function resolve(service: ServiceDraft, mount: Mount, scene: Scene): ResolvedMount | undefined {
  const { source } = mount;
  const bind = bindOf(service, mount, scene.draft);
  if (bind !== undefined) return bindMount(bind, scene);
  if (source.kind === 'anonymous') {
    say(scene.report, 'anonymous', mount.origin, mount.target.value);
    judge(mount, 'approximated', false, scene);
    return { kind: 'empty', isMemory: false, size: undefined, mount };
  }
  const volume = source.kind === 'named' ? scene.draft.volumes.get(source.volume.value) : undefined;
  if (source.kind === 'named' && volume === undefined) return undefined;
  judge(mount, 'converted', false, scene);
  if (source.kind === 'image') return { kind: 'image', reference: source.reference, subPath: source.subPath, mount };
  if (source.kind === 'tmpfs') return { kind: 'empty', isMemory: true, size: source.size, mount };
  if (volume?.backing?.kind === 'tmpfs') return { kind: 'empty', isMemory: true, size: volume.backing.size, mount };
  return volume === undefined ? undefined : { kind: 'volume', volume: volume.name, mount };
}

/** The mounts of a service in the order of the file; anonymous ones after the bind mounts they may lie below. */
function resolveService(service: ServiceDraft, scene: Scene): readonly ResolvedMount[] {
  const mounts = service.mounts ?? [];
  const resolved = new Map<Mount, ResolvedMount | undefined>();
  for (const mount of mounts)
    if (mount.source.kind !== 'anonymous') resolved.set(mount, resolve(service, mount, scene));
  const gone = mounts.filter((one) => scene.overlays.has(one));
  return mounts.flatMap((mount): readonly ResolvedMount[] => {
    if (mount.source.kind !== 'anonymous') return [resolved.get(mount) ?? []].flat();
    const isBelow = gone.some(({ target }) => isInside(mount.target.value, target.value));
    if (!isBelow) return [resolve(service, mount, scene) ?? []].flat();
    say(scene.report, 'below-development', mount.origin, mount.target.value);
    judge(mount, 'not-applicable', false, scene);
    return [];
  });
}

/**
 * Decides what every mount shows, reading what lies at the sources of bind mounts; nothing outside the project is read unasked.
 * A folder that is data becomes a claim, which all services that mount the folder share.
 * @see mapping-notes.md §4
 */
export function resolveBinds(draft: Draft, groups: PodGroups, report: Report): Mounts {
  const scene: Scene = {
    draft,
    groups,
    claimOf: new Map(),
    pathOf: new Map(),
    verdicts: new Map(),
    dataPaths: new Set(),
    zones: new Map(),
    overlays: new Set(),
    report,
  };
  classifyAll(scene);
  const mounts = new Map([...draft.services].map(([name, service]) => [name, resolveService(service, scene)]));
  return {
    of: (service) => mounts.get(service) ?? [],
    timeZone: (service) => scene.zones.get(service),
  };
}
