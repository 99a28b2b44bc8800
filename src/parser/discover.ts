/** Finds and reads the Compose files and the environment they are interpolated with. */

import { encodeUtf8 } from '../kernel/base64.ts';
import { error, info, type Report, speaker, warning } from '../kernel/diagnostic.ts';
import type { Files } from '../kernel/files.ts';
import { baseName, directoryName, relativeTo, resolvePath } from '../kernel/paths.ts';
import type { Source } from '../kernel/source.ts';
import { parseEnvFile } from './env-file.ts';
import type { Input } from './input.ts';
import { readSource } from './source-text.ts';

/** Compose files above this many bytes are refused. */
export const sizeLimit = 8 * 1024 * 1024;

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
      `${name} is too large: ${megabytes} MB, and no Compose file needs more than ${sizeLimit / 1024 / 1024} MB`,
    'check that this is the right file',
  ),
  'no-stdin': error('nothing came in on standard input', 'pipe a Compose file in, or name one with -f'),
  'two-files': info((chosen: string, other: string) => `both ${chosen} and ${other} are here; ${chosen} is used`),
  'env-file-missing': error(
    (name: string, reason: string) => `the env file ${name} cannot be read: ${reason}`,
    'check the path given with --env-file',
  ),
  'env-file-syntax': error((problem: string) => problem),
  'env-file-unset': warning(
    (name: string) => `the value of ${name} refers to a variable that is not set; an empty text is used`,
    'put the value in single quotes if the $ is meant as itself',
  ),
  'not-a-boolean': error(
    (name: string, value: string) => `the variable ${name} must be true or false, not "${value}"`,
    (name: string) => `unset ${name}`,
  ),
};
const say = speaker('files', messages);

const names = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrides = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** Variables by name. */
export type Environment = ReadonlyMap<string, string>;

function isFile(files: Files, path: string): boolean {
  return files.stat(path)?.kind === 'file';
}

/** The first of some names that a folder has, with a word when it has more of them. */
function firstOf(folder: string, candidates: readonly string[], files: Files, report: Report): string | undefined {
  const [first, second] = candidates.map((name) => resolvePath(folder, name)).filter((path) => isFile(files, path));
  if (first !== undefined && second !== undefined)
    say(report, 'two-files', undefined, baseName(first), baseName(second));
  return first;
}

/** The first folder from `start` upwards that holds a Compose file, with its override file. */
function discover(start: string, files: Files, report: Report): readonly string[] {
  for (let folder = start; ; folder = directoryName(folder)) {
    const first = firstOf(folder, names, files, report);
    if (first !== undefined) return [first, ...[firstOf(folder, overrides, files, report) ?? []].flat()];
    if (folder === '/' || folder === '.' || directoryName(folder) === folder) return [];
  }
}

function listed(text: string | undefined, separator: string): readonly string[] {
  return (text ?? '')
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Reads one Compose file; undefined after saying what is wrong. */
function readFile(path: string, input: Input, report: Report): Source | undefined {
  if (path === '-') {
    const { stdin = '' } = input;
    const bytes = typeof stdin === 'string' ? encodeUtf8(stdin) : stdin;
    if (bytes.length > sizeLimit)
      say(report, 'too-large', undefined, 'standard input', Math.ceil(bytes.length / 1024 / 1024));
    else if (bytes.every((byte) => byte === 10 || byte === 13 || byte === 32)) say(report, 'no-stdin', undefined);
    else return readSource(path, bytes, report);
    return undefined;
  }
  const name = relativeTo(input.cwd, path);
  const size = input.files.stat(path)?.size ?? 0;
  if (size > sizeLimit) {
    say(report, 'too-large', undefined, name, Math.ceil(size / 1024 / 1024));
    return undefined;
  }
  const bytes = input.files.read(path);
  if (!('error' in bytes)) return readSource(name, bytes, report);
  say(report, 'unreadable', undefined, name, bytes.error);
  return undefined;
}

/** Adds the variables of one env file; those of earlier files are replaced. */
function readVariables(
  path: string,
  known: Map<string, string>,
  shell: Environment,
  input: Input,
  report: Report,
): void {
  const name = relativeTo(input.cwd, path);
  const bytes = input.files.read(path);
  if ('error' in bytes) {
    say(report, 'env-file-missing', undefined, name, bytes.error);
    return;
  }
  const source = readSource(name, bytes, report, { isPrivate: true });
  if (source === undefined) return;
  const lookup = (variable: string): string | undefined => shell.get(variable) ?? known.get(variable);
  const { entries, problems, lacking } = parseEnvFile(source, 'compose', lookup);
  for (const { message, start } of problems)
    say(report, 'env-file-syntax', { path: [], span: { source, start, end: start + 1 } }, message);
  for (const { name: variable, span } of lacking) say(report, 'env-file-unset', { path: [], span }, variable);
  for (const { name: variable, value } of entries) {
    const given = value ?? lookup(variable);
    if (given !== undefined) known.set(variable, given);
  }
}

/** Go's words for a truth value. */
const truths: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['0', 'f', 'F', 'false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

function isWithoutDotEnv(shell: Environment, report: Report): boolean {
  const name = 'COMPOSE_DISABLE_ENV_FILE';
  const value = shell.get(name);
  if (value === undefined) return false;
  const truth = truths.get(value);
  if (truth === undefined) say(report, 'not-a-boolean', undefined, name, value);
  return truth ?? false;
}

/** Variables of the shell, and below them those of env files, which are read as the folders become known. */
function environmentReader(input: Input, report: Report): (folder: string) => Environment {
  const shell = new Map(
    Object.entries(input.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
  if (!shell.has('PWD')) shell.set('PWD', input.cwd);
  const fromFiles = new Map<string, string>();
  const given = input.envFiles.length > 0 ? input.envFiles : listed(shell.get('COMPOSE_ENV_FILES'), ',');
  for (const path of given) readVariables(resolvePath(input.cwd, path), fromFiles, shell, input, report);
  const isDone = new Set<string>();
  const isWithout = given.length > 0 || isWithoutDotEnv(shell, report);
  return (folder) => {
    const path = resolvePath(folder, '.env');
    if (!isWithout && !isDone.has(path) && isFile(input.files, path)) {
      const values = new Map<string, string>();
      readVariables(path, values, new Map([...fromFiles, ...shell]), input, report);
      for (const [name, value] of values) if (!fromFiles.has(name)) fromFiles.set(name, value);
    }
    isDone.add(path);
    return new Map([...fromFiles, ...shell]);
  };
}

/** What was found: the texts, the folder and the variables. */
export interface Found {
  readonly sources: readonly Source[];
  /** Absolute. */
  readonly directory: string;
  readonly environment: Environment;
  /** False when a file, or the environment, could not be read. */
  readonly isComplete: boolean;
}

/**
 * Finds the files of a run. Variables of the shell win over those of `--env-file` or of `.env`, first the one of the
 * current folder, which may name the files, then that of the project folder.
 * @see compose-semantics.md §1, §12 and point 70
 */
export function findFiles(input: Input, report: Report): Found {
  const readEnvironment = environmentReader(input, report);
  const isPath = (path: string): boolean => path !== '-';
  const fixed = input.projectDirectory === undefined ? undefined : resolvePath(input.cwd, input.projectDirectory);
  const resolved = (paths: readonly string[]): readonly string[] =>
    paths.map((path) => (isPath(path) ? resolvePath(input.cwd, path) : path));
  const folderOf = (paths: readonly string[]): string => {
    const first = paths.find(isPath);
    return fixed ?? (first === undefined ? input.cwd : directoryName(first));
  };
  let paths = resolved(input.composeFiles);
  const early = readEnvironment(folderOf(paths));
  if (paths.length === 0)
    paths = resolved(listed(early.get('COMPOSE_FILE'), early.get('COMPOSE_PATH_SEPARATOR') ?? ':'));
  if (paths.length === 0) paths = discover(fixed ?? input.cwd, input.files, report);
  if (paths.length === 0) say(report, 'no-file', undefined, fixed ?? input.cwd);
  const directory = folderOf(paths);
  const sources = paths.flatMap((path) => readFile(path, input, report) ?? []);
  const environment = readEnvironment(directory);
  return { sources, directory, environment, isComplete: paths.length > 0 && !report.failed };
}
