/** Env files of services: read when a rule asks for them, with their mistakes as sentences. */

import type { EnvFileReader } from '../attributes/project.ts';
import type { Files } from '../kernel/files.ts';
import { relativeTo } from '../kernel/paths.ts';
import { parseEnvFile } from './env-file.ts';

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A reader of env files; their names in messages are relative to `cwd`. */
export function envFileReader(files: Files, cwd: string): EnvFileReader {
  return (path, format, lookup) => {
    const bytes = files.read(path);
    const name = relativeTo(cwd, path);
    if ('error' in bytes) {
      const message = `the env file ${name} cannot be read: ${bytes.error}`;
      return { entries: [], problems: [{ message, isMissing: true }], lacking: [] };
    }
    const text = decode(bytes);
    if (text === undefined) {
      const message = `the env file ${name} is not UTF-8 text`;
      return { entries: [], problems: [{ message, isMissing: false }], lacking: [] };
    }
    const source = { name, text, isPrivate: true } as const;
    const { entries, problems, lacking } = parseEnvFile(source, format, lookup);
    const located = problems.map(({ message, start }) => ({
      message,
      span: { source, start, end: start + 1 },
      isMissing: false,
    }));
    return { entries, problems: located, lacking };
  };
}
