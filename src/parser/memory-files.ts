/** A file system in memory: for tests and for browsers. */

import { encodeUtf8 } from '../kernel/base64.ts';
import type { Files } from '../kernel/files.ts';
import { compareText } from '../kernel/sort.ts';

/** Files by absolute path. Folders exist where files lie below them. */
export function memoryFiles(contents: Readonly<Record<string, string | Uint8Array>>): Files {
  const below = (path: string): readonly string[] => {
    const prefix = path === '/' ? '/' : `${path}/`;
    return Object.keys(contents)
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length));
  };
  const bytesOf = (path: string): Uint8Array | undefined => {
    const content = Object.hasOwn(contents, path) ? contents[path] : undefined;
    return typeof content === 'string' ? encodeUtf8(content) : content;
  };
  return {
    stat(path) {
      const bytes = bytesOf(path);
      if (bytes !== undefined) return { kind: 'file', size: bytes.length, executable: false };
      return below(path).length > 0 ? { kind: 'directory', size: 0, executable: false } : undefined;
    },
    read(path) {
      return bytesOf(path) ?? { error: below(path).length > 0 ? 'is a directory' : 'no such file' };
    },
    list(path) {
      return [...new Set(below(path).map((rest) => rest.split('/')[0] ?? rest))].sort(compareText);
    },
    realPath(path) {
      return bytesOf(path) !== undefined || below(path).length > 0 ? path : undefined;
    },
  };
}
