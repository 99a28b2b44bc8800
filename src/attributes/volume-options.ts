/** What the options of a top-level volume describe: a share, memory, a folder, or only a size. */

import { parseBytes } from '../kernel/bytes.ts';

/** The options of a volume of the local driver, taken apart. Values of credentials are in them: never print one whole. */
export interface LocalVolume {
  readonly type: string;
  readonly device: string;
  /** `o`, split at commas. */
  readonly options: readonly string[];
}

/** Reads `type`, `device` and `o`. */
export function localVolume(options: Readonly<Record<string, string>>): LocalVolume {
  return {
    type: (options['type'] ?? '').toLowerCase(),
    device: options['device'] ?? '',
    options: (options['o'] ?? '').split(',').filter((option) => option !== ''),
  };
}

/** What kind of thing a local volume is; `unknown` is a file system of one machine. */
export function kindOf({
  type,
  device,
  options,
}: LocalVolume): 'ordinary' | 'nfs' | 'cifs' | 'tmpfs' | 'bind' | 'unknown' {
  if (type === 'nfs' || type === 'nfs4') return 'nfs';
  if (type === 'cifs' || type === 'smb3' || type === 'smbfs') return 'cifs';
  if (type === 'tmpfs') return 'tmpfs';
  if (['', 'none', 'bind'].includes(type)) {
    if (options.some((option) => option === 'bind' || option === 'rbind')) return 'bind';
    return type === '' && device === '' ? 'ordinary' : 'unknown';
  }
  return 'unknown';
}

/** The value of the last option of one of some names. */
export function optionValue(options: readonly string[], ...keys: readonly string[]): string | undefined {
  const found = options.findLast((option) => keys.some((key) => option.startsWith(`${key}=`)));
  return found?.slice(found.indexOf('=') + 1);
}

/** The options without those of some names. */
export function optionsWithout(options: readonly string[], ...keys: readonly string[]): readonly string[] {
  return options.filter((option) => !keys.includes(option.split('=')[0] ?? ''));
}

/** Where an NFS volume is and how it is mounted; an undefined server is missing in the file. */
export interface NfsVolume {
  readonly server: string | undefined;
  readonly path: string;
  readonly isReadOnly: boolean;
  readonly mountOptions: readonly string[];
}

/** Reads an NFS volume: `o: addr=HOST,…` with `device: :/PATH`, or `device: HOST:/PATH`. */
export function nfsVolume({ type, device, options }: LocalVolume): NfsVolume {
  const [, host = '', path = device] = /^(\[[^\]]*\]|[^:/]*):(.*)$/.exec(device) ?? [];
  const mountOptions = [...optionsWithout(options, 'addr', 'rw', 'ro')];
  if (type === 'nfs4' && optionValue(options, 'vers', 'nfsvers') === undefined) mountOptions.push('nfsvers=4');
  return {
    server: optionValue(options, 'addr') ?? (host === '' ? undefined : host.replace(/^\[|\]$/g, '')),
    path,
    isReadOnly: options.findLast((option) => option === 'ro' || option === 'rw') === 'ro',
    mountOptions,
  };
}

const credentialKeys = {
  username: ['username', 'user'],
  password: ['password', 'pass'],
  domain: ['domain', 'dom'],
} as const;

/** Where an SMB share is and who mounts it; an undefined source is no `//HOST/SHARE`. */
export interface CifsVolume {
  readonly source: string | undefined;
  readonly credentials: readonly { readonly key: 'username' | 'password' | 'domain'; readonly value: string }[];
  readonly mountOptions: readonly string[];
}

/** Reads an SMB share: `device: //HOST/SHARE` with credentials in `o`. */
export function cifsVolume({ device, options }: LocalVolume): CifsVolume {
  const source = device.replaceAll('\\', '/');
  return {
    source: /^\/\/[^/]+\/./.test(source) ? source : undefined,
    credentials: (['username', 'password', 'domain'] as const).flatMap((key) => {
      const value = optionValue(options, ...credentialKeys[key]);
      return value === undefined ? [] : [{ key, value }];
    }),
    mountOptions: optionsWithout(options, ...Object.values(credentialKeys).flat(), 'rw'),
  };
}

/** The size that a volume asks for: the option that says it, what is written there, and bytes, undefined for no size. */
export interface AskedSize {
  readonly key: 'size' | 'o';
  readonly written: string;
  readonly bytes: number | undefined;
}

/** Reads `size`, or `size=` in `o`; undefined when neither is there. */
export function sizeOf(options: Readonly<Record<string, string>>): AskedSize | undefined {
  const own = options['size'];
  const written = own ?? optionValue((options['o'] ?? '').split(','), 'size');
  if (written === undefined) return undefined;
  const bytes = parseBytes(written);
  return {
    key: own === undefined ? 'o' : 'size',
    written,
    bytes: bytes === undefined || bytes <= 0 ? undefined : bytes,
  };
}

const servers = ['server', 'host', 'addr', 'share', 'device', 'sshcmd', 'url'];

/** What a plug-in's options say about a server, without user names and passwords; undefined when they name none. */
export function serverOf(options: Readonly<Record<string, string>>): string | undefined {
  const named = servers.flatMap((key) => {
    const value = options[key] ?? optionValue((options['o'] ?? '').split(','), key);
    // Whatever stands before an @ or after a ? may be a password.
    const place = value?.replace(/^([a-z]+:\/\/)?.*@/, '$1').replace(/\?.*$/, '');
    return place === undefined || !/[:/.]/.test(place) ? [] : [place];
  });
  return named.length === 0 ? undefined : [...new Set(named)].join(' ');
}
