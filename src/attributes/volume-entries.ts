/** The top-level `volumes`: which storage each asks for, or which share, folder or memory it really is. */

import { quantityFromBytes } from '../kernel/bytes.ts';
import { approximated, delegated, error, notApplicable, refused, warning } from '../kernel/diagnostic.ts';
import { derive, type Located, type Path } from '../kernel/located.ts';
import { dnsLabel } from '../kernel/names.ts';
import type { VolumeDraft } from '../model/draft.ts';
import { annotationsOf, expandLabels, labelKey } from './declared-labels.ts';
import { externalByName } from './forms.ts';
import { hostPath } from './host-path.ts';
import { defineEntry, type Scope } from './rule.ts';
import { boolean, map, objectWithOwn, oneOf, scalarText, text } from './shapes.ts';
import { volumeEntriesSupport } from './volume-entries-support.ts';
import {
  cifsVolume,
  kindOf,
  type LocalVolume,
  localVolume,
  nfsVolume,
  optionsWithout,
  optionValue,
  serverOf,
  sizeOf,
} from './volume-options.ts';

const messages = {
  'external-name': warning(
    (name: string) => `external: {name: ${name}} is the form of old files`,
    (name: string) => `write external: true and name: ${name}`,
  ),
  'external-with-others': error(
    (volume: string, keys: string) => `the volume ${volume} is external, so it cannot have ${keys}`,
    'keep only external and name',
  ),
  server: delegated(
    (driver: string, server: string) => `the driver ${driver} mounts ${server}, which a CSI driver has to do`,
    (driver: string) =>
      driver.includes('nfs')
        ? 'use csi-driver-nfs, or the local driver with type: nfs'
        : driver.includes('cifs') || driver.includes('smb')
          ? 'use csi-driver-smb, or the local driver with type: cifs'
          : 'install a CSI driver for it with a StorageClass of this name',
  ),
  'no-server': error('this NFS volume names no server', 'write device: ":/path" and o: addr=HOST'),
  'no-share': error('this SMB volume names no share', 'write device: //HOST/SHARE'),
  'no-device': error('this volume binds no folder', 'write device: with the path of the folder'),
  'no-home': error((path: string) => `${path} cannot be found, since HOME is not set`, 'write the path without ~'),
  smb: delegated(
    (share: string) => `${share} is mounted by the CSI driver smb.csi.k8s.io, which the cluster must have`,
    'install csi-driver-smb',
  ),
  memory: approximated('each pod that mounts this volume has its own in memory, so services do not share it'),
  'no-device-needed': notApplicable('memory has no device, so this says nothing'),
  folder: approximated((path: string) => `the volume is treated as a bind mount of ${path}`),
  disk: refused(
    (type: string) => `a volume of type "${type}" is a disk or folder of one machine`,
    'make a local PersistentVolume with node affinity by hand, and declare the volume external',
  ),
  'no-size': error((size: string) => `"${size}" is no size of a volume`, 'write a size such as 10g'),
  'no-quantity': error(
    (size: string) => `"${size}" is no quantity`,
    'write one with the suffix Mi, Gi or Ti, such as 10Gi',
  ),
  'lost-option': approximated((option: string) => `the option ${option} of the local driver is left out`),
  'not-yet': delegated((key: string) => `x-kubernetes.${key} is not converted yet`, 'set it by hand in the output'),
  'label-key': labelKey,
};
type VolumeScope = Scope<typeof messages>;
type Backing = VolumeDraft['backing'];

const SIZE_LABEL = 'kompose.volume.size';
const CLASS_LABEL = 'kompose.volume.storage-class-name';

const shape = () =>
  objectWithOwn(
    {
      name: text().optional(),
      driver: text().optional(),
      driver_opts: map(scalarText()).optional(),
      external: boolean().optional(),
      labels: map(scalarText()).optional(),
    },
    {
      size: text().optional(),
      storageClass: text().optional(),
      accessMode: oneOf('ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany').optional(),
      perReplica: boolean().optional(),
      seed: boolean().optional(),
    },
  );
type CheckedVolume = ReturnType<ReturnType<typeof shape>['parse']>;

function isLocal(driver: string | undefined): boolean {
  return driver === undefined || ['', 'local', 'default'].includes(driver);
}

function quantity(written: string, path: Path, scope: VolumeScope): Located<string> | undefined {
  if (/^(?!0+(\.0*)?[A-Za-z]*$)\d+(\.\d+)?([KMGTPE]i|[kMGTPE])?$/.test(written)) return scope.at(written, ...path);
  scope.say('no-quantity', path, written);
  return undefined;
}

/** The size in bytes that the options ask for; what is no size is said. */
function askedBytes(options: Readonly<Record<string, string>>, scope: VolumeScope): Located<number> | undefined {
  const asked = sizeOf(options);
  if (asked === undefined) return undefined;
  const path = ['driver_opts', asked.key];
  if (asked.bytes !== undefined) return scope.at(asked.bytes, ...path);
  scope.say('no-size', path, asked.written);
  return undefined;
}

function storageSize(value: CheckedVolume, isMemory: boolean, scope: VolumeScope): Located<string> | undefined {
  const own = value['x-kubernetes']?.size;
  if (own !== undefined) return quantity(own, ['x-kubernetes', 'size'], scope);
  const label = value.labels?.[SIZE_LABEL];
  if (label !== undefined) return quantity(label, ['labels', SIZE_LABEL], scope);
  if (isMemory) return undefined;
  scope.settle(['driver_opts', 'size'], 'converted');
  const asked = askedBytes(value.driver_opts ?? {}, scope);
  return asked === undefined ? undefined : derive(asked, quantityFromBytes(asked.value));
}

function storageClass(value: CheckedVolume, { at, options }: VolumeScope): Located<string> | undefined {
  const own = value['x-kubernetes']?.storageClass;
  if (own !== undefined) return at(own, 'x-kubernetes', 'storageClass');
  const label = value.labels?.[CLASS_LABEL];
  if (label !== undefined) return at(label, 'labels', CLASS_LABEL);
  const { driver } = value;
  const renamed = options.storageClasses.get(driver ?? 'local');
  if (renamed !== undefined) return at(renamed, 'driver');
  // The tag of a plug-in's image is no part of what it is.
  return driver === undefined || isLocal(driver) ? undefined : at(dnsLabel(driver.replace(/:[^/]*$/, '')), 'driver');
}

function nfsBacking(volume: LocalVolume, scope: VolumeScope): Backing {
  const { server, path, isReadOnly, mountOptions } = nfsVolume(volume);
  for (const key of ['type', 'device', 'o']) scope.settle(['driver_opts', key], 'converted');
  if (server === undefined || !path.startsWith('/')) {
    scope.say('no-server', ['driver_opts']);
    return undefined;
  }
  return {
    kind: 'nfs',
    server: scope.at(server, 'driver_opts', optionValue(volume.options, 'addr') === undefined ? 'device' : 'o'),
    path: scope.at(path, 'driver_opts', 'device'),
    isReadOnly,
    mountOptions: mountOptions.map((option) => scope.at(option, 'driver_opts', option === 'nfsvers=4' ? 'type' : 'o')),
  };
}

function cifsBacking(volume: LocalVolume, scope: VolumeScope): Backing {
  const { source, credentials, mountOptions } = cifsVolume(volume);
  if (source === undefined) {
    scope.say('no-share', ['driver_opts']);
    return undefined;
  }
  scope.say('smb', ['driver_opts'], source);
  return {
    kind: 'cifs',
    source: scope.at(source, 'driver_opts', 'device'),
    credentials: credentials.map(({ key, value }) => ({ key, value: scope.at(value, 'driver_opts', 'o') })),
    mountOptions: mountOptions.map((option) => scope.at(option, 'driver_opts', 'o')),
  };
}

function tmpfsBacking(
  { options }: LocalVolume,
  written: Readonly<Record<string, string>>,
  scope: VolumeScope,
): Backing {
  scope.say('memory', ['driver_opts', 'type']);
  if ('device' in written) scope.say('no-device-needed', ['driver_opts', 'device']);
  for (const key of ['o', 'size']) scope.settle(['driver_opts', key], 'converted');
  for (const option of optionsWithout(options, 'size', 'rw')) scope.say('lost-option', ['driver_opts', 'o'], option);
  return { kind: 'tmpfs', size: askedBytes(written, scope) };
}

function bindBacking({ device }: LocalVolume, scope: VolumeScope): Backing {
  const path = device === '' ? undefined : hostPath(device, scope);
  if (path === undefined) {
    if (device === '') scope.say('no-device', ['driver_opts']);
    else scope.say('no-home', ['driver_opts', 'device'], device);
    return undefined;
  }
  scope.say('folder', ['driver_opts'], device);
  for (const key of ['type', 'o', 'device']) scope.settle(['driver_opts', key], 'approximated');
  return { kind: 'bind', path: scope.at(path, 'driver_opts', 'device'), written: device };
}

function tellOrdinary({ options }: LocalVolume, written: Readonly<Record<string, string>>, scope: VolumeScope): void {
  scope.settle(['driver_opts', 'o'], 'converted');
  for (const option of optionsWithout(options, 'size'))
    scope.say('lost-option', ['driver_opts', 'o'], option.split('=')[0] ?? '');
  for (const key of Object.keys(written)) {
    if (['type', 'device'].includes(key)) scope.settle(['driver_opts', key], 'converted');
    else if (!['o', 'size'].includes(key)) scope.say('lost-option', ['driver_opts', key], key);
  }
}

/** What a volume of the local driver stands for, if not for ordinary storage. */
function localBacking(written: Readonly<Record<string, string>>, scope: VolumeScope): Backing {
  const volume = localVolume(written);
  switch (kindOf(volume)) {
    case 'nfs':
      return nfsBacking(volume, scope);
    case 'cifs':
      return cifsBacking(volume, scope);
    case 'tmpfs':
      return tmpfsBacking(volume, written, scope);
    case 'bind':
      return bindBacking(volume, scope);
    case 'unknown':
      scope.say('disk', ['driver_opts'], volume.type);
      return undefined;
    case 'ordinary':
      tellOrdinary(volume, written, scope);
      return undefined;
  }
}

function tellDriver({ driver, driver_opts = {} }: CheckedVolume, { say, settle }: VolumeScope): void {
  const server = serverOf(driver_opts);
  if (isLocal(driver)) settle(['driver'], 'converted');
  else if (driver !== undefined && server !== undefined) say('server', ['driver'], driver, server);
}

function tellOwn(own: CheckedVolume['x-kubernetes'], { say, settle }: VolumeScope): void {
  if (own === undefined) return;
  settle(['x-kubernetes'], 'converted');
  for (const key of ['perReplica', 'seed'] as const) if (own[key] === true) say('not-yet', ['x-kubernetes', key], key);
}

/**
 * Volumes as facts; who mounts them, and so what they become, the passes decide.
 * @see https://github.com/compose-spec/compose-spec/blob/main/07-volumes.md
 */
export const volumeEntries = defineEntry({
  name: 'volume-entries',
  section: 'volumes',
  shape,
  expand: { '': externalByName, labels: expandLabels },
  support: volumeEntriesSupport,
  messages,
  lower(value, scope): VolumeDraft {
    const { at, has, name, say } = scope;
    const isExternal = value.external === true;
    const others = ['driver', 'driver_opts', 'labels'].filter((key) => has(key));
    if (isExternal && others.length > 0)
      say('external-with-others', [others[0] ?? 'external'], name, others.join(', '));
    tellDriver(value, scope);
    tellOwn(value['x-kubernetes'], scope);
    const { driver_opts: options } = value;
    const backing = options === undefined || !isLocal(value.driver) ? undefined : localBacking(options, scope);
    const accessMode = value['x-kubernetes']?.accessMode;
    const labels = Object.entries(value.labels ?? {}).filter(([key]) => key !== SIZE_LABEL && key !== CLASS_LABEL);
    return {
      name,
      claimName: value.name === undefined ? undefined : at(value.name, 'name'),
      isExternal: isExternal ? at(true, 'external') : undefined,
      size: storageSize(value, backing?.kind === 'tmpfs', scope),
      storageClass: storageClass(value, scope),
      accessMode: accessMode === undefined ? undefined : at(accessMode, 'x-kubernetes', 'accessMode'),
      backing,
      annotations: annotationsOf(Object.fromEntries(labels), scope),
      origin: scope.origin(),
    };
  },
});
