/** Reads files and folders of the project, as far as a ConfigMap or Secret can hold them. */

import { decodeUtf8, encodeUtf8 } from '../kernel/base64.ts';
import type { Files } from '../kernel/files.ts';
import { configKey, hash8 } from '../kernel/names.ts';
import { isInside } from '../kernel/paths.ts';
import type { DataItem } from '../model/plan.ts';

/** Bytes that one ConfigMap or Secret can hold: 1 MiB, less what its metadata needs. */
export const SIZE_LIMIT = 1024 * 1024 - 16 * 1024;

/** Above this, `kubectl apply` cannot note what it applied last, and only a server-side apply works. */
export const CLIENT_APPLY_LIMIT = 256 * 1024;

const FILE_LIMIT = 200;
const DEPTH_LIMIT = 32;

const SECRET_NAME =
  /(^|[._-])(passwords?|passwd|credentials?|client_secrets?|tokens?)(\.[a-z]+)?$|^secrets?\.(json|ya?ml|toml|ini|env|txt)$|\.(pem|key|p12|pfx|jks|keystore|kdbx|ppk)$|^id_(rsa|dsa|ecdsa|ed25519)$|^\.(htpasswd|pgpass|netrc|git-credentials|env(\..+)?)$/i;

/** Whether a file, by its path in the project, is one that nobody should read in a ConfigMap. */
export function looksSecretFile(path: string): boolean {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  return SECRET_NAME.test(name) || parts.includes('secrets');
}

/** What was found where one file was expected. */
export type FileReading =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly isExecutable: boolean }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'unreadable'; readonly error: string };

/** Reads a regular file that is small enough. */
export function readSmallFile(path: string, files: Files): FileReading {
  const info = files.stat(path);
  if (info !== undefined && info.size > SIZE_LIMIT) return { kind: 'too-large', size: info.size };
  const bytes = files.read(path);
  if ('error' in bytes) return { kind: 'unreadable', error: bytes.error };
  if (bytes.length > SIZE_LIMIT) return { kind: 'too-large', size: bytes.length };
  return { kind: 'file', bytes, isExecutable: info?.executable === true };
}

/** One file of a folder, by its path in the folder. */
export interface TreeFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isExecutable: boolean;
  readonly isText: boolean;
}

/** What was found where a folder was expected. */
export type TreeReading =
  | {
      readonly kind: 'tree';
      readonly files: readonly TreeFile[];
      /** Links to places outside, which were not followed. */
      readonly leaving: readonly string[];
    }
  /** `why` completes "… is a folder that". */
  | { readonly kind: 'unsuitable'; readonly why: string }
  | { readonly kind: 'empty' };

interface Found {
  readonly path: string;
  readonly isExecutable: boolean;
}

interface Walk {
  readonly files: Files;
  /** Folders, links resolved, inside which links may lead. */
  readonly inside: readonly string[];
  readonly found: Found[];
  readonly leaving: string[];
  size: number;
  problem: string | undefined;
}

/** Collects what lies below a folder without reading it, until it is more than can be held. */
function walk(state: Walk, root: string, below: string, above: ReadonlySet<string>): void {
  const folder = below === '' ? root : `${root}/${below}`;
  const real = state.files.realPath(folder) ?? folder;
  if (above.has(real) || above.size > DEPTH_LIMIT) {
    state.problem = 'leads back into itself';
    return;
  }
  for (const name of state.files.list(folder)) {
    if (state.problem !== undefined) return;
    const path = below === '' ? name : `${below}/${name}`;
    const target = state.files.realPath(`${root}/${path}`);
    const info = state.files.stat(`${root}/${path}`);
    if (target === undefined || info === undefined) state.leaving.push(path);
    else if (!state.inside.some((one) => isInside(target, one))) state.leaving.push(path);
    else if (info.kind === 'directory') walk(state, root, path, new Set([...above, real]));
    else if (info.kind !== 'file') state.problem = 'holds more than files';
    else {
      state.found.push({ path, isExecutable: info.executable });
      state.size += info.size;
      if (state.found.length > FILE_LIMIT) state.problem = `holds more than ${FILE_LIMIT} files`;
      else if (state.size > SIZE_LIMIT) state.problem = 'is larger than 1 MiB';
    }
  }
}

/**
 * Reads a folder that a ConfigMap can hold: at most 200 files of together at most 1 MiB less 16 KiB, in the order of their
 * names. Links are followed inside the given folders only.
 */
export function readTree(root: string, inside: readonly string[], files: Files): TreeReading {
  const state: Walk = { files, inside, found: [], leaving: [], size: 0, problem: undefined };
  walk(state, root, '', new Set());
  if (state.problem !== undefined) return { kind: 'unsuitable', why: state.problem };
  const read: TreeFile[] = [];
  for (const { path, isExecutable } of state.found) {
    const bytes = files.read(`${root}/${path}`);
    if ('error' in bytes) return { kind: 'unsuitable', why: `holds ${path}, which cannot be read: ${bytes.error}` };
    read.push({ path, bytes, isExecutable, isText: decodeUtf8(bytes) !== undefined });
  }
  return read.length === 0 && state.leaving.length === 0
    ? { kind: 'empty' }
    : { kind: 'tree', files: read, leaving: state.leaving };
}

/** Keys for paths: `/` becomes `__`. Of two paths that meet in one key the later gets a hash of its own. */
export function treeKeys(paths: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const key = configKey(path.replaceAll('/', '__'));
    const own = taken.has(key) ? configKey(`${key}-${hash8(path)}`) : key;
    taken.add(own);
    return own;
  });
}

/** The hash that ends the name of an object: it changes with its keys and with their content. */
export function itemsHash(items: readonly DataItem[]): string {
  const parts = items.flatMap(({ key, data }) => [encodeUtf8(`${key}\0${data.value.length}\0`), data.value]);
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return hash8(all);
}
