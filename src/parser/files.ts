/** The file system of the machine, read-only, in the shape that the core asks for. */

import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import type { Files } from '../kernel/files.ts';
import { compareText } from '../kernel/sort.ts';

const words: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file'],
  ['EACCES', 'permission denied'],
  ['EISDIR', 'is a directory'],
  ['ELOOP', 'symbolic links form a loop'],
  ['ENOTDIR', 'a part of the path is not a directory'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EPERM', 'permission denied'],
  ['ENXIO', 'it is a socket or device without another side'],
]);

/** The system's reason in plain words, without the path. */
function reason(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return words.get(code) ?? (code === '' ? 'cannot be read' : code);
}

/** Undefined also for what no path leads to, such as a file below a file; reading it tells why. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** What is no file, such as a pipe, is read up to this many bytes: it may have no end. */
const longestStream = 64 * 1024 * 1024;

function readWhole(path: string): Uint8Array | { readonly error: string } {
  const file = openSync(path, 'r');
  try {
    if (!fstatSync(file).isFile() && !fstatSync(file).isDirectory()) {
      const bytes = Buffer.alloc(longestStream);
      let size = 0;
      for (let count = -1; count !== 0 && size < longestStream; size += count)
        count = readSync(file, bytes, size, longestStream - size, null);
      return size < longestStream ? bytes.subarray(0, size) : { error: 'it has no end' };
    }
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** Reads from the disk. Nothing is cached: a run reads each file once anyway. */
export function diskFiles(): Files {
  return {
    stat(path) {
      const found = statOf(path);
      if (found === undefined) return undefined;
      const kind = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : found.isSocket() ? 'socket' : 'other';
      return { kind, size: kind === 'file' ? found.size : 0, executable: (found.mode & 0o111) !== 0 };
    },
    read(path) {
      try {
        return readWhole(path);
      } catch (thrown) {
        return { error: reason(thrown) };
      }
    },
    list(path) {
      try {
        return readdirSync(path).sort(compareText);
      } catch {
        return [];
      }
    },
    realPath(path) {
      try {
        return realpathSync(path);
      } catch {
        return undefined;
      }
    },
  };
}
