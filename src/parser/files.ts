/** The file system of the machine, read-only, in the shape that the core asks for. */

import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import type { Files } from '../kernel/files.ts';
import { compareText } from '../kernel/sort.ts';

const words: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file'],
  ['EACCES', 'permission denied'],
  ['EISDIR', 'is a directory'],
  ['ELOOP', 'symbolic links form a loop'],
  ['ENOTDIR', 'a part of the path is not a directory'],
  ['ENAMETOOLONG', 'the name is too long'],
]);

/** The system's reason in plain words, without the path. */
function reason(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return words.get(code) ?? (code === '' ? 'cannot be read' : code);
}

/** Reads from the disk. Nothing is cached: a run reads each file once anyway. */
export function diskFiles(): Files {
  return {
    stat(path) {
      const found = statSync(path, { throwIfNoEntry: false });
      if (found === undefined) return undefined;
      const kind = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : found.isSocket() ? 'socket' : 'other';
      return { kind, size: kind === 'file' ? found.size : 0, executable: (found.mode & 0o111) !== 0 };
    },
    read(path) {
      try {
        return readFileSync(path);
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
