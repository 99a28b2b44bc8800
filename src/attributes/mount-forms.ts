/** The short forms of mounts: `SOURCE:TARGET:OPTIONS` of `volumes` and `PATH:OPTIONS` of `tmpfs`. */

import { parseBytes } from '../kernel/bytes.ts';

/** A short volume taken apart; keys are those of the long form. */
export interface ShortMount {
  readonly type: 'volume' | 'bind' | 'npipe';
  readonly source: string | undefined;
  readonly target: string;
  readonly isReadOnly: boolean | undefined;
  readonly isNocopy: boolean;
  readonly propagation: string | undefined;
  readonly selinux: string | undefined;
  readonly consistency: string | undefined;
  /** Options that mean nothing to Compose either. */
  readonly unknown: readonly string[];
}

/** A short volume that cannot be read, with what is wrong with it. */
export interface MountMistake {
  readonly mistake: string;
}

const repository = /^(?<source>(?:(?:https?|git|ssh|file):\/\/|git@)\S+?\.git(?:#[^:]*)?):(?<rest>.*)$/;
const propagations: ReadonlySet<string> = new Set(['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave']);
const consistencies: ReadonlySet<string> = new Set(['consistent', 'cached', 'delegated']);

/** Sections between colons; the colon after a lone letter belongs to a Windows drive, as Compose has it. */
function sectionsOf(text: string): readonly string[] {
  const sections = [''];
  for (const char of text) {
    const last = sections.at(-1) ?? '';
    if (char !== ':' || /^\p{L}$/u.test(last)) sections[sections.length - 1] = last + char;
    else sections.push('');
  }
  return sections;
}

/** True for what Compose takes for a path of the machine and not for the name of a volume. */
export function isHostPath(source: string): boolean {
  return /^[./~]/.test(source) || source.startsWith('\\\\') || /^\p{L}:/u.test(source);
}

function typeOf(source: string | undefined): ShortMount['type'] {
  if (source === undefined || !(isHostPath(source) || repository.test(`${source}:`))) return 'volume';
  return /^\\\\\.\\pipe\\/i.test(source) ? 'npipe' : 'bind';
}

function withOptions(source: string | undefined, target: string, options: readonly string[]): ShortMount {
  const last = (known: (option: string) => boolean): string | undefined => options.findLast(known);
  const access = last((option) => option === 'ro' || option === 'rw');
  const isKnown = (option: string): boolean =>
    ['', 'ro', 'rw', 'nocopy', 'z', 'Z'].includes(option) || propagations.has(option) || consistencies.has(option);
  return {
    type: typeOf(source),
    source,
    target,
    isReadOnly: access === undefined ? undefined : access === 'ro',
    isNocopy: options.includes('nocopy'),
    propagation: last((option) => propagations.has(option)),
    selinux: last((option) => option === 'z' || option === 'Z'),
    consistency: last((option) => consistencies.has(option)),
    unknown: options.filter((option) => !isKnown(option)),
  };
}

/**
 * Reads `SOURCE:TARGET:OPTIONS`, `SOURCE:TARGET` or `TARGET`.
 * @see compose-semantics.md point 53
 */
export function parseShortMount(text: string): ShortMount | MountMistake {
  const git = repository.exec(text)?.groups;
  if (git?.['source'] !== undefined) {
    const [target = '', options = ''] = (git['rest'] ?? '').split(':');
    return withOptions(git['source'], target, options.split(','));
  }
  const sections = sectionsOf(text);
  if (text === '') return { mistake: 'is empty' };
  if (sections.includes('')) return { mistake: 'has nothing between two colons, or before or after one' };
  const [first = '', target, options = '', ...others] = sections;
  if (others.length > 0) return { mistake: 'has too many colons' };
  return target === undefined ? withOptions(undefined, first, []) : withOptions(first, target, options.split(','));
}

/** A `tmpfs` item taken apart. */
export interface TmpfsForm {
  readonly target: string;
  /** Bytes; undefined for no limit. */
  readonly size: number | undefined;
  readonly gid: number | undefined;
  readonly isReadOnly: boolean;
  /** Options that an emptyDir cannot have. */
  readonly lost: readonly string[];
  /** Options whose value cannot be read. */
  readonly wrong: readonly string[];
}

/** What an emptyDir is anyway. */
const natural: ReadonlySet<string> = new Set([
  '',
  'rw',
  'ro',
  'exec',
  'suid',
  'dev',
  'mode=1777',
  'mode=777',
  'mode=0777',
  'mode=01777',
  'uid=0',
  'gid=0',
]);

/** Reads `PATH[:OPTION,OPTION=VALUE]`. */
export function parseTmpfs(text: string): TmpfsForm {
  const colon = text.indexOf(':');
  const options = colon < 0 ? [] : text.slice(colon + 1).split(',');
  const optionValue = (key: string): string | undefined =>
    options.findLast((option) => option.startsWith(`${key}=`))?.slice(key.length + 1);
  const size = optionValue('size');
  const bytes = size === undefined ? undefined : parseBytes(size);
  const gid = optionValue('gid');
  const isNumber = gid !== undefined && /^\d+$/.test(gid);
  return {
    target: colon < 0 ? text : text.slice(0, colon),
    size: bytes !== undefined && bytes > 0 ? bytes : undefined,
    gid: isNumber && Number(gid) > 0 ? Number(gid) : undefined,
    isReadOnly: options.findLast((option) => option === 'ro' || option === 'rw') === 'ro',
    lost: options.filter((option) => !natural.has(option) && !/^(size|gid)=/.test(option)),
    wrong: options.filter(
      (option) =>
        (option.startsWith('size=') && (bytes === undefined || bytes < 0)) || (option.startsWith('gid=') && !isNumber),
    ),
  };
}
