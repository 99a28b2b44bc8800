/** One mount in long form: what it shows, where, and which of its options mean something. */

import { approximated, delegated, error, notApplicable, refused, warning } from '../kernel/diagnostic.ts';
import type { Path } from '../kernel/located.ts';
import { cleanPath } from '../kernel/paths.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import type { Mount, MountSource } from '../model/facts.ts';
import { hostPath } from './host-path.ts';
import { isHostPath } from './mount-forms.ts';
import type { Scope } from './rule.ts';

/** The sentences of the `volumes` rule. */
export const volumeMessages = {
  form: error(
    (written: string, mistake: string) => `the volume "${written}" ${mistake}`,
    'write SOURCE:TARGET, such as data:/var/lib/data or ./conf:/etc/conf:ro',
  ),
  'unknown-option': warning(
    (option: string) => `the option "${option}" of a volume is ignored, as Compose ignores it`,
    'known are ro, rw, nocopy, z, Z, and the propagations such as rslave',
  ),
  'same-target': error(
    (target: string) => `two mounts of this service are at ${target}`,
    'give one of them another target, or remove it',
  ),
  target: error(
    (target: string) => `"${target}" is no absolute path in a container`,
    (target: string) =>
      /^[A-Za-z]:/.test(target)
        ? 'a name of one letter reads as a Windows drive: give the volume a longer name'
        : 'write a path that begins with "/", and is not "/" itself',
  ),
  undeclared: error(
    (volume: string, _hint: string) => `no volume is called "${volume}"`,
    (_volume: string, hint: string) => hint,
  ),
  'no-source': error((type: string) => `a mount of type ${type} needs a source`, 'add source:'),
  'tmpfs-source': error('a mount of type tmpfs has no source', 'remove source:'),
  'no-home': error((source: string) => `${source} cannot be found, since HOME is not set`, 'write the path without ~'),
  git: refused(
    (source: string) => `${source} cannot be mounted: Kubernetes has no volumes that hold a repository any more`,
    'clone it in an init container, or put the files in the image',
  ),
  pipe: refused(
    (source: string) => `${source} is a pipe of the Windows machine, and no cluster has it`,
    '--allow host-socket mounts it from the node',
  ),
  cluster: delegated(
    (volume: string) => `the cluster volume ${volume} becomes a claim, which needs the CSI driver of the volume`,
    'see that a StorageClass of that name exists',
  ),
  'cluster-group': refused(
    (source: string) => `${source} names a group of cluster volumes, and a pod can mount only a certain one`,
    'name one volume',
  ),
  'other-section': notApplicable(
    (section: string, type: string) => `${section} means nothing to a mount of type ${type}`,
  ),
  'always-read-only': approximated('an image is always mounted read-only', 'remove read_only: false'),
  subpath: error((path: string) => `"${path}" is no path inside a volume`, 'write a relative path without ".."'),
  'tmpfs-value': error(
    (option: string) => `the option "${option}" of a tmpfs cannot be read`,
    'size is a number of bytes such as 64m, gid a number',
  ),
  'tmpfs-option': approximated(
    (options: string) => `${options} cannot be set: the folder is writable by all, and mounted without further options`,
  ),
  'tmpfs-group': approximated(
    (gid: number) => `gid=${gid} becomes the fsGroup of the pod if that is free, which holds for all its volumes`,
  ),
  'shm-size': error((size: string) => `${size} is no size of /dev/shm`, 'write a size such as 128m'),
  'shm-covered': notApplicable('another mount is at /dev/shm, so this size says nothing'),
};
type VolumesScope = Scope<typeof volumeMessages>;

/** A mount as the shape leaves it. */
export interface CheckedMount {
  readonly type: 'volume' | 'bind' | 'tmpfs' | 'image' | 'cluster' | 'npipe';
  readonly source?: string | undefined;
  readonly target: string;
  readonly read_only?: boolean | undefined;
  readonly bind?: Readonly<Record<string, unknown>> | undefined;
  readonly volume?: { readonly nocopy?: boolean | undefined; readonly subpath?: string | undefined } | undefined;
  readonly tmpfs?: { readonly size?: number | undefined; readonly mode?: number | undefined } | undefined;
  readonly image?: { readonly subpath?: string | undefined } | undefined;
}

/** The section whose options belong to a type of mount. */
const sectionOf: Readonly<Record<CheckedMount['type'], string>> = {
  volume: 'volume',
  cluster: 'volume',
  bind: 'bind',
  npipe: 'bind',
  tmpfs: 'tmpfs',
  image: 'image',
};

/** The clean container path; undefined for what is none, after saying so. */
export function containerPath(written: string, path: Path, scope: VolumesScope): string | undefined {
  const clean = cleanPath(written);
  if (written.startsWith('/') && clean !== '/') return clean;
  scope.say('target', path, written);
  return undefined;
}

/** Options that say what is so anyway, and options of other types of mounts. */
function tellOptions(mount: CheckedMount, path: Path, { say, settle }: VolumesScope): void {
  const { type, bind, volume, tmpfs, image } = mount;
  for (const [section, options] of Object.entries({ bind, volume, tmpfs, image })) {
    if (section === sectionOf[type]) continue;
    for (const key of Object.keys(options ?? {})) {
      // Volumes that a kubelet manages are relabelled by it.
      if (key === 'selinux') settle([...path, section, key], 'converted');
      else say('other-section', [...path, section, key], `${section}.${key}`, type);
    }
  }
  if (volume?.nocopy === true) settle([...path, 'volume', 'nocopy'], 'converted');
  if (tmpfs?.mode === 0o1777 || tmpfs?.mode === 0o777) settle([...path, 'tmpfs', 'mode'], 'converted');
  const natural: Readonly<Record<string, readonly unknown[]>> = {
    propagation: ['private', 'rprivate'],
    create_host_path: [true],
    recursive: ['enabled', 'writable'],
  };
  for (const [key, values] of Object.entries(natural)) {
    if (type === 'bind' && values.includes(bind?.[key])) settle([...path, 'bind', key], 'converted');
  }
}

function innerPath(written: string | undefined, path: Path, scope: VolumesScope): string | undefined {
  if (written === undefined) return undefined;
  const clean = cleanPath(written);
  if (written !== '' && !written.startsWith('/') && !written.split('/').includes('..')) return clean;
  scope.say('subpath', path, written);
  return undefined;
}

function namedSource(volume: string, mount: CheckedMount, path: Path, scope: VolumesScope): MountSource | undefined {
  const { volumes } = scope.declared;
  if (!volumes.has(volume)) {
    const near = didYouMean(nearest(volume, volumes));
    const otherwise = volume.includes('/')
      ? `write ./${volume} for a folder`
      : 'declare it under volumes at the top level';
    scope.say('undeclared', [...path, 'source'], volume, near === '' ? otherwise : near);
    return undefined;
  }
  const subPath = innerPath(mount.volume?.subpath, [...path, 'volume', 'subpath'], scope);
  return {
    kind: 'named',
    volume: scope.at(volume, ...path, 'source'),
    subPath: subPath === undefined ? undefined : scope.at(subPath, ...path, 'volume', 'subpath'),
  };
}

function volumeSource(mount: CheckedMount, path: Path, scope: VolumesScope): MountSource | undefined {
  if (mount.source === undefined || mount.source === '') {
    if (mount.volume?.subpath !== undefined)
      scope.say('other-section', [...path, 'volume', 'subpath'], 'volume.subpath', 'volume without a source');
    return { kind: 'anonymous' };
  }
  scope.settle([...path, 'type'], 'converted');
  return namedSource(mount.source, mount, path, scope);
}

function clusterSource(source: string, mount: CheckedMount, path: Path, scope: VolumesScope): MountSource | undefined {
  if (source.startsWith('group:')) {
    scope.say('cluster-group', path, source);
    return undefined;
  }
  scope.say('cluster', [...path, 'type'], source);
  return namedSource(source, mount, path, scope);
}

function bindSource(source: string, path: Path, scope: VolumesScope): MountSource | undefined {
  if (/\.git(#.*)?$/.test(source) && !isHostPath(source)) {
    scope.say('git', path, source);
    return undefined;
  }
  const absolute = hostPath(source, scope);
  if (absolute === undefined) {
    scope.say('no-home', [...path, 'source'], source);
    return undefined;
  }
  return { kind: 'bind', path: scope.at(absolute, ...path, 'source'), written: source };
}

function pipeSource(source: string, path: Path, scope: VolumesScope): MountSource | undefined {
  if (scope.options.allow.has('host-socket'))
    return { kind: 'bind', path: scope.at(source, ...path, 'source'), written: source };
  scope.say('pipe', path, source);
  return undefined;
}

function tmpfsSource({ source, tmpfs }: CheckedMount, path: Path, scope: VolumesScope): MountSource {
  if (source !== undefined) scope.say('tmpfs-source', [...path, 'source']);
  scope.settle([...path, 'type'], 'converted');
  const size = tmpfs?.size ?? 0;
  if (size < 0) scope.say('tmpfs-value', [...path, 'tmpfs', 'size'], `size: ${size}`);
  return { kind: 'tmpfs', size: size > 0 ? scope.at(size, ...path, 'tmpfs', 'size') : undefined };
}

function imageSource(reference: string, mount: CheckedMount, path: Path, scope: VolumesScope): MountSource {
  scope.settle([...path, 'type'], 'converted');
  if (mount.read_only === false) scope.say('always-read-only', [...path, 'read_only']);
  const subPath = innerPath(mount.image?.subpath, [...path, 'image', 'subpath'], scope);
  return {
    kind: 'image',
    reference: scope.at(reference, ...path, 'source'),
    subPath: subPath === undefined ? undefined : scope.at(subPath, ...path, 'image', 'subpath'),
  };
}

function sourceOf(mount: CheckedMount, path: Path, scope: VolumesScope): MountSource | undefined {
  const { type, source } = mount;
  if (type === 'volume') return volumeSource(mount, path, scope);
  if (type === 'tmpfs') return tmpfsSource(mount, path, scope);
  if (source === undefined || source === '') {
    scope.say('no-source', path, type);
    return undefined;
  }
  if (type === 'bind') return bindSource(source, path, scope);
  if (type === 'image') return imageSource(source, mount, path, scope);
  return type === 'cluster' ? clusterSource(source, mount, path, scope) : pipeSource(source, path, scope);
}

/**
 * What one item of `volumes` means; undefined for one that cannot be mounted, after saying why. What a bind mount becomes
 * depends on the disk, so the type of such a mount is judged by the pass that looks there.
 */
export function lowerMount(mount: CheckedMount, path: Path, scope: VolumesScope): Mount | undefined {
  const target = containerPath(mount.target, [...path, 'target'], scope);
  const source = sourceOf(mount, path, scope);
  tellOptions(mount, path, scope);
  if (target === undefined || source === undefined) return undefined;
  return {
    source,
    target: scope.at(target, ...path, 'target'),
    isReadOnly: scope.at(source.kind === 'image' || mount.read_only === true, ...path, 'read_only'),
    isNocopy: mount.volume?.nocopy === true,
    attribute: 'volumes',
    origin: scope.origin(...path),
  };
}
