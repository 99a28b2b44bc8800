/** Looks at the disk and decides what each mount shows: a volume, files of a ConfigMap or Secret, memory, or the node itself. */

import {
  approximated,
  type Disposition,
  notApplicable,
  noted,
  type Report,
  refused,
  speaker,
  warning,
} from '../kernel/diagnostic.ts';
import { derive, Located } from '../kernel/located.ts';
import { configKey, dnsLabel, hash8 } from '../kernel/names.ts';
import { baseName, isInside, relativeTo, resolvePath } from '../kernel/paths.ts';
import type { Draft, Mount, MountSource, ServiceDraft } from '../model/draft.ts';
import { selectorLabels } from '../model/labels.ts';
import { classifyBind, type Verdict } from './classify-bind.ts';
import type { Mounts, PodGroups, ResolvedMount } from './decisions.ts';
import { CLIENT_APPLY_LIMIT, looksSecretFile, treeKeys } from './read-files.ts';

const say = speaker('resolve-binds', {
  'left-out': notApplicable((source: string) => `${source} is not mounted, because of --bind-mounts=skip`),
  'engine-socket': refused(
    (source: string) => `${source} is not mounted: it gives a pod the container engine of its node`,
    'let the program ask the API server, or mount it with --allow host-socket',
  ),
  socket: refused(
    (source: string) => `${source} is not mounted: it is a socket of this machine`,
    'mount the one of the node with --allow host-socket',
  ),
  development: notApplicable((source: string) => `${source} is not mounted: the image holds these files`),
  'development-uncovered': warning(
    (source: string) => `${source} is not mounted, but no COPY or ADD of the Dockerfile puts it into the image`,
    'copy it in the Dockerfile, so that the image runs without the working folder',
  ),
  'below-development': notApplicable(
    (target: string) =>
      `nothing is mounted at ${target}: without the mount above it, the image's own folder is visible`,
  ),
  anonymous: approximated(
    (target: string) => `the volume at ${target} lives as long as its pod, and starts empty`,
    'name the volume if its content is to last',
  ),
  'not-writable': warning(
    (target: string) => `${target} cannot be written to, since it becomes a ConfigMap or Secret`,
    'append :ro if that is meant, or put the files into a volume',
  ),
  large: noted(
    (source: string) => `${source} is larger than 256 KiB, which kubectl apply takes with --server-side only`,
  ),
  'to-claim': approximated(
    (source: string, why: string, target: string, _hint: string) =>
      `${source} ${why}, so ${target} becomes a claim that is empty at first`,
    (_source: string, _why: string, _target: string, hint: string) => hint,
  ),
  'too-large': refused(
    (source: string, size: number) => `${source} has ${size} bytes, and a ConfigMap holds at most 1 MiB`,
    'put it into the image, or into a volume',
  ),
  unreadable: refused((source: string, problem: string) => `${source} cannot be read: ${problem}`),
  'link-leaves': warning(
    (source: string, links: string) => `${links} in ${source} cannot be followed inside the project, and is left out`,
    'replace each link by the file it leads to',
  ),
  'time-zone': approximated(
    (source: string, zone: string | undefined) =>
      zone === undefined ? `${source} is not mounted` : `${source} is not mounted; TZ is ${zone}`,
    (_source: string, zone: string | undefined) =>
      zone === undefined ? 'set TZ to the name of the time zone' : 'images without tzdata know only UTC',
  ),
  'time-zone-set': approximated((source: string) => `${source} is not mounted; the variable TZ says the time zone`),
  'host-path': approximated(
    (source: string) => `${source} is mounted from the node, which needs the privileged Pod Security level`,
    'the path must exist on every node that may run the service',
  ),
  'outside-file': refused(
    (source: string) => `${source} is a file outside the project, which is never read unasked`,
    (source: string) => `move it into the project, or say --allow outside-file=${source}`,
  ),
});

/** What is known while the mounts of one project are resolved. */
interface Scene {
  readonly draft: Draft;
  readonly groups: PodGroups;
  /** Claims that stand for folders of the machine: by path, so that two services that mount one folder share its claim. */
  readonly claimOf: Map<string, string>;
  readonly pathOf: Map<string, string>;
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

/** The claim for a folder, named after the first service that mounts it and the end of its target. */
function ownClaim({ service, mount, path }: Bind, { claimOf, pathOf }: Scene): string {
  const known = claimOf.get(path.value);
  if (known !== undefined) return known;
  const target = mount.target.value;
  const candidates = [baseName(target), target.slice(1), `${target.slice(1)}-${hash8(path.value)}`];
  const names = candidates.map((end) => dnsLabel(`${service.name}-${end}`));
  const name = names.find((one) => !pathOf.has(one)) ?? dnsLabel(`${service.name}-${hash8(path.value)}`);
  claimOf.set(path.value, name);
  pathOf.set(name, path.value);
  return name;
}

function claimed(bind: Bind, why: string, isThere: boolean, scene: Scene): ResolvedMount {
  const { service, mount, written } = bind;
  const target = mount.target.value;
  const host = scene.groups.hostOf(service.name);
  const [label, value] = selectorLabels(host, scene.draft.project.value)[0] ?? [];
  const pod = `"$(kubectl get pod -l ${label}=${value} -o jsonpath={.items[0].metadata.name})"`;
  const hint = isThere
    ? `fill it once with: kubectl cp ${written}/. ${pod}:${target}`
    : `put files there before converting if they are configuration, or fill it with: kubectl cp FILES ${pod}:${target}`;
  say(scene.report, 'to-claim', mount.origin, written, why, target, hint);
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

function bindMount(bind: Bind, scene: Scene): ResolvedMount | undefined {
  const { service, mount, path, written } = bind;
  const overlay = { source: path.value, target: mount.target.value, isReadOnly: mount.isReadOnly.value };
  const verdict = classifyBind(overlay, service, runsEverywhere(service, scene), scene.draft);
  switch (verdict.kind) {
    case 'file':
      return fileMount(bind, verdict, scene);
    case 'tree':
      return treeMount(bind, verdict, scene);
    case 'claim':
      return claimed(bind, verdict.why, verdict.isThere, scene);
    case 'host':
      say(scene.report, 'host-path', mount.origin, written);
      judge(mount, 'approximated', true, scene);
      return { kind: 'host', path, type: verdict.type, mount };
    default:
      judge(mount, tellLeftOut(bind, verdict, scene), false, scene);
      return undefined;
  }
}

function namedMount(
  service: ServiceDraft,
  mount: Mount,
  source: Extract<MountSource, { kind: 'named' }>,
  scene: Scene,
): ResolvedMount | undefined {
  const volume = scene.draft.volumes.get(source.volume.value);
  if (volume === undefined) return undefined;
  if (volume.backing?.kind === 'bind') {
    const { path: root, written } = volume.backing;
    const path = source.subPath === undefined ? root : derive(root, resolvePath(root.value, source.subPath.value));
    return bindMount({ service, mount, path, written }, scene);
  }
  judge(mount, 'converted', false, scene);
  if (volume.backing?.kind === 'tmpfs') return { kind: 'empty', isMemory: true, size: volume.backing.size, mount };
  return { kind: 'volume', volume: volume.name, mount };
}

function resolve(service: ServiceDraft, mount: Mount, scene: Scene): ResolvedMount | undefined {
  const { source } = mount;
  switch (source.kind) {
    case 'named':
      return namedMount(service, mount, source, scene);
    case 'bind':
      return bindMount({ service, mount, path: source.path, written: source.written }, scene);
    case 'tmpfs':
      judge(mount, 'converted', false, scene);
      return { kind: 'empty', isMemory: true, size: source.size, mount };
    case 'image':
      judge(mount, 'converted', false, scene);
      return { kind: 'image', reference: source.reference, subPath: source.subPath, mount };
    case 'anonymous':
      say(scene.report, 'anonymous', mount.origin, mount.target.value);
      judge(mount, 'approximated', false, scene);
      return { kind: 'empty', isMemory: false, size: undefined, mount };
  }
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
    zones: new Map(),
    overlays: new Set(),
    report,
  };
  const mounts = new Map([...draft.services].map(([name, service]) => [name, resolveService(service, scene)]));
  return {
    of: (service) => mounts.get(service) ?? [],
    timeZone: (service) => scene.zones.get(service),
  };
}
