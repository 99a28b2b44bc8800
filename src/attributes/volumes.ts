/** `volumes`, `volumes_from`, `tmpfs` and `shm_size`: what a service sees in which folder. */

import type { Path } from '../kernel/located.ts';
import { cleanPath } from '../kernel/paths.ts';
import { dictFrom, get, kindText, type Tree } from '../kernel/tree.ts';
import type { Mount } from '../model/facts.ts';
import { expandLabels } from './declared-labels.ts';
import { fileMode } from './file-mode.ts';
import { toList } from './forms.ts';
import { parseShortMount, parseTmpfs, type ShortMount } from './mount-forms.ts';
import { containerPath, lowerMount, volumeMessages } from './mounts.ts';
import { defineRule, type ExpandScope, type Scope } from './rule.ts';
import { boolean, bytes, list, map, object, oneOf, scalarText, text } from './shapes.ts';
import { tmpfsSupport } from './tmpfs-support.ts';
import { volumesSupport } from './volumes-support.ts';

type VolumesScope = Scope<typeof volumeMessages>;

function longMount(short: ShortMount, item: Tree): Tree {
  const { type, source, target, isReadOnly, isNocopy, propagation, selinux, consistency } = short;
  const bind =
    propagation === undefined && selinux === undefined ? undefined : dictFrom({ propagation, selinux }, item);
  const volume = isNocopy ? dictFrom({ nocopy: true }, item) : undefined;
  return dictFrom({ type, source, target, read_only: isReadOnly, consistency, bind, volume }, item);
}

function scalarOf(node: Tree | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

function targetOf(item: Tree): string | undefined {
  const target = scalarOf(get(item, 'target'));
  return target === undefined ? undefined : cleanPath(target);
}

/** Short volumes to long ones. One list with two mounts on one target is a mistake; a later file may replace a mount. */
function expandVolumes(node: Tree, scope: ExpandScope<typeof volumeMessages>): Tree {
  if (node.kind !== 'list') return node;
  const targets = new Set<string>();
  const expandItem = (item: Tree): Tree | undefined => {
    if (item.kind === 'dict') return item;
    if (item.kind === 'list' || typeof item.value !== 'string') {
      scope.wrong(item, `takes volumes such as "data:/var/lib/data", not ${kindText(item)}`);
      return undefined;
    }
    const short = parseShortMount(item.value);
    if ('mistake' in short) {
      scope.say('form', item, item.value, short.mistake);
      return undefined;
    }
    for (const option of short.unknown) scope.say('unknown-option', item, option);
    return longMount(short, item);
  };
  const items = node.items.flatMap((item): readonly Tree[] => {
    const long = expandItem(item);
    const target = long === undefined ? undefined : targetOf(long);
    if (target !== undefined && targets.has(target)) scope.say('same-target', item, target);
    else if (target !== undefined) targets.add(target);
    return long === undefined ? [] : [long];
  });
  return { ...node, items };
}

const mountShape = () =>
  object({
    type: oneOf('volume', 'bind', 'tmpfs', 'image', 'cluster', 'npipe'),
    source: text().optional(),
    target: text(),
    read_only: boolean().optional(),
    consistency: text().optional(),
    bind: object({
      propagation: oneOf('private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave').optional(),
      create_host_path: boolean().optional(),
      recursive: oneOf('enabled', 'disabled', 'writable', 'readonly').optional(),
      selinux: oneOf('z', 'Z').optional(),
    }).optional(),
    volume: object({
      labels: map(scalarText()).optional(),
      nocopy: boolean().optional(),
      subpath: text().optional(),
    }).optional(),
    tmpfs: object({ size: bytes().optional(), mode: fileMode().optional() }).optional(),
    image: object({ subpath: text().optional() }).optional(),
  });

/** What one item of `tmpfs` means. */
function lowerTmpfs(written: string, path: Path, scope: VolumesScope): Mount | undefined {
  const { at, origin, say, settle } = scope;
  const { target, size, gid, isReadOnly, lost, wrong } = parseTmpfs(written);
  const clean = containerPath(target, path, scope);
  for (const option of wrong) say('tmpfs-value', path, option);
  if (lost.length > 0) say('tmpfs-option', path, lost.join(', '));
  if (gid !== undefined) say('tmpfs-group', path, gid);
  settle(path, 'converted');
  if (clean === undefined || wrong.length > 0) return undefined;
  return {
    source: {
      kind: 'tmpfs',
      size: size === undefined ? undefined : at(size, ...path),
      gid: gid === undefined ? undefined : at(gid, ...path),
    },
    target: at(clean, ...path),
    isReadOnly: at(isReadOnly, ...path),
    isNocopy: false,
    attribute: 'tmpfs',
    origin: origin(...path),
  };
}

/** The mounts, of which no two may be at one target. */
function distinct(mounts: readonly Mount[], base: number, { say }: VolumesScope): readonly Mount[] {
  const targets = new Set<string>();
  return mounts.filter(({ target, origin }) => {
    const isNew = !targets.has(target.value);
    targets.add(target.value);
    if (!isNew) say('same-target', origin.path.slice(base), target.value);
    return isNew;
  });
}

/**
 * Mounts in long form with sources made absolute; what lies at a source on the disk is a question of the passes.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#volumes
 */
export const volumes = defineRule({
  name: 'volumes',
  service: {
    volumes: () => list(mountShape()),
    volumes_from: () => list(text()),
    tmpfs: () => list(text()),
    shm_size: () => bytes(),
  },
  deploy: {},
  expand: {
    volumes: expandVolumes,
    'volumes[].volume.labels': expandLabels,
    tmpfs: toList,
  },
  unique: {
    volumes: targetOf,
    tmpfs: (item) => scalarOf(item)?.split('=')[0],
  },
  support: { ...volumesSupport, ...tmpfsSupport },
  messages: volumeMessages,
  lower(values, scope) {
    const mounts = distinct(
      [
        ...(values.volumes ?? []).flatMap((mount, index) => lowerMount(mount, ['volumes', index], scope) ?? []),
        ...(values.tmpfs ?? []).flatMap((item, index) => lowerTmpfs(item, ['tmpfs', index], scope) ?? []),
      ],
      scope.origin().path.length,
      scope,
    );
    const shm = values.shm_size;
    const isCovered = mounts.some(({ target }) => target.value === '/dev/shm');
    if (shm !== undefined && shm < 0) scope.say('shm-size', ['shm_size'], String(shm));
    else if (shm !== undefined && isCovered) scope.say('shm-covered', ['shm_size']);
    return {
      mounts: mounts.length === 0 ? undefined : mounts,
      shmSize: shm === undefined || shm <= 0 || isCovered ? undefined : scope.at(shm, 'shm_size'),
    };
  },
});
