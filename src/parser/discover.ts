/** Finds and reads the Compose files and the environment they are interpolated with. */

import { decodeUtf8 } from '../kernel/base64.ts';
import { error, info, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Files } from '../kernel/files.ts';
import { baseName, directoryName, relativeTo, resolvePath } from '../kernel/paths.ts';
import type { Source } from '../kernel/source.ts';
import { parseEnvFile } from './env-file.ts';
import type { Input } from './input.ts';

const messages = {
  'no-file': error(
    (folder: string) =>
      `no compose.yaml, compose.yml, docker-compose.yaml or docker-compose.yml in ${folder} or any folder above it`,
    'name the file with -f',
  ),
  unreadable: error(
    (name: string, reason: string) => `${name} cannot be read: ${reason}`,
    'check the path given with -f',
  ),
  'too-large': error(
    (name: string, megabytes: number) =>
      `${name} is too large: ${megabytes} MB, and no Compose file needs more than 16 MB`,
    'check that this is the right file',
  ),
  'not-text': error((name: string) => `${name} is not a UTF-8 text file`),
  'no-stdin': error('nothing came in on standard input', 'pipe a Compose file in, or name one with -f'),
  'two-files': info((chosen: string, other: string) => `both ${chosen} and ${other} are here; ${chosen} is used`),
  'env-file-missing': error(
    (name: string) => `the env file ${name} cannot be read`,
    'check the path given with --env-file',
  ),
  'env-file-syntax': error((problem: string) => problem),
};
const say = speaker('files', messages);

const names = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrides = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** Compose files above this many bytes are refused. */
export const sizeLimit = 16 * 1024 * 1024;

/** Variables by name. */
export type Environment = ReadonlyMap<string, string>;

function isFile(files: Files, path: string): boolean {
  return files.stat(path)?.kind === 'file';
}

/** The first folder from `cwd` upwards that holds a Compose file, with its override file. */
function discover(input: Input, report: Report): readonly string[] {
  for (let folder = input.cwd; ; folder = directoryName(folder)) {
    const found = names.map((name) => resolvePath(folder, name)).filter((path) => isFile(input.files, path));
    const [first, second] = found;
    if (first !== undefined) {
      if (second !== undefined) say(report, 'two-files', undefined, baseName(first), baseName(second));
      const override = overrides.map((name) => resolvePath(folder, name)).find((path) => isFile(input.files, path));
      return override === undefined ? [first] : [first, override];
    }
    if (folder === '/' || folder === '.' || directoryName(folder) === folder) return [];
  }
}

function listed(text: string | undefined, separator: string): readonly string[] {
  return (text ?? '')
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Reads one text of the input; undefined after saying what is wrong. */
function readSource(path: string, input: Input, report: Report): Source | undefined {
  const name = path === '-' ? '-' : relativeTo(input.cwd, path);
  if (path === '-') {
    if (input.stdin === undefined || input.stdin.trim() === '') say(report, 'no-stdin', undefined);
    return input.stdin === undefined ? undefined : { name, text: input.stdin };
  }
  const size = input.files.stat(path)?.size ?? 0;
  if (size > sizeLimit) {
    say(report, 'too-large', undefined, name, Math.round(size / 1024 / 1024));
    return undefined;
  }
  const bytes = input.files.read(path);
  if ('error' in bytes) {
    say(report, 'unreadable', undefined, name, bytes.error);
    return undefined;
  }
  const text = decodeUtf8(bytes);
  if (text === undefined) say(report, 'not-text', undefined, name);
  return text === undefined ? undefined : { name, text: text.replace(/^\uFEFF/, ' ') };
}

function readVariables(
  path: string,
  isRequired: boolean,
  known: Map<string, string>,
  shell: Environment,
  input: Input,
  report: Report,
): void {
  const isThere = isFile(input.files, path);
  const bytes = isThere ? input.files.read(path) : { error: 'no such file' };
  if ('error' in bytes) {
    if (isRequired || isThere) say(report, 'env-file-missing', undefined, relativeTo(input.cwd, path));
    return;
  }
  const source = { name: relativeTo(input.cwd, path), text: decodeUtf8(bytes) ?? '' };
  const { entries, problems } = parseEnvFile(source, 'compose', (name) => shell.get(name) ?? known.get(name));
  for (const { message, start } of problems)
    say(report, 'env-file-syntax', { path: [], span: { source, start, end: start + 1 } }, message);
  for (const { name, value } of entries) if (value !== undefined) known.set(name, value);
}

/** What was found: the texts, the folder and the variables. */
export interface Found {
  readonly sources: readonly Source[];
  /** Absolute. */
  readonly directory: string;
  readonly environment: Environment;
}

/**
 * Finds the files of a run. Variables of the shell win over those of `--env-file` or of `.env` in the project folder.
 * @see compose-semantics.md §1, §12 and point 70
 */
export function findFiles(input: Input, report: Report): Found {
  const shell: Environment = new Map(
    Object.entries(input.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
  const given =
    input.composeFiles.length > 0
      ? input.composeFiles
      : listed(shell.get('COMPOSE_FILE'), shell.get('COMPOSE_PATH_SEPARATOR') ?? ':');
  const paths =
    given.length > 0
      ? given.map((path) => (path === '-' ? path : resolvePath(input.cwd, path)))
      : discover(input, report);
  if (paths.length === 0) say(report, 'no-file', undefined, input.cwd);
  const first = paths.find((path) => path !== '-');
  const directory =
    input.projectDirectory !== undefined
      ? resolvePath(input.cwd, input.projectDirectory)
      : first !== undefined
        ? directoryName(first)
        : input.cwd;
  const fromFiles = new Map<string, string>();
  const isDisabled = /^(1|true)$/i.test(shell.get('COMPOSE_DISABLE_ENV_FILE') ?? '');
  const envFiles = input.envFiles.length > 0 ? input.envFiles : listed(shell.get('COMPOSE_ENV_FILES'), ',');
  if (envFiles.length > 0)
    for (const path of envFiles) readVariables(resolvePath(input.cwd, path), true, fromFiles, shell, input, report);
  else if (!isDisabled) readVariables(resolvePath(directory, '.env'), false, fromFiles, shell, input, report);
  return {
    sources: paths.flatMap((path) => readSource(path, input, report) ?? []),
    directory,
    environment: new Map([...fromFiles, ...shell]),
  };
}
