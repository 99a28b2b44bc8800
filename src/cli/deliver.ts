/** Puts artifacts on the disk: all or nothing, each file whole or not at all, and never over somebody else's file. */

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Artifact, marker } from '../index.ts';

/** A sentence for the user about files that cannot be written. */
export class DeliveryProblem extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** How the report of `--report` begins. */
const reportBeginning = '{\n  "version": 1,\n  "counts"';

/** The first characters of a file, enough to find a marker. */
function beginning(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Buffer.byteLength(marker) + reportBeginning.length);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}

/**
 * True when the file was written by longshore, or is empty, and so may be replaced. A JSON list cannot hold the marker, its
 * shape has to do.
 */
function isOurs(path: string): boolean {
  const found = statSync(path);
  if (!found.isFile()) return false;
  const start = beginning(path);
  if (found.size === 0 || start.startsWith(marker) || start.startsWith(reportBeginning)) return true;
  return path.endsWith('.json') && readFileSync(path, 'utf8').includes('"app.kubernetes.io/managed-by": "longshore"');
}

/** True for what is written to as it stands: a pipe, a terminal, whatever a shell hands over under /dev. */
export function isStream(path: string): boolean {
  if (/^\/(dev|proc)\//.test(path)) return true;
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** One file to be written. */
interface Target {
  /** As the user named it, for messages. */
  readonly shown: string;
  /** Where the bytes go: links are followed. */
  readonly path: string;
  readonly text: string;
}

function listed(targets: readonly Target[], one: string, several: string): string {
  const names = targets.slice(0, 3).map(({ shown }) => shown);
  const rest = targets.length - names.length;
  return `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''} ${targets.length === 1 ? one : several}`;
}

/** Refuses to write over what is not longshore's own; `--force` may, but never over what this run has read. */
function refuseForeign(targets: readonly Target[], { isForced, inputs }: Manner): void {
  const present = targets.filter(({ path }) => existsSync(path));
  const folders = present.filter(({ path }) => statSync(path).isDirectory());
  if (folders.length > 0)
    throw new DeliveryProblem(`${listed(folders, 'is a directory', 'are directories')}; nothing was written`);
  const foreign = present.filter(({ path }) => !isOurs(path));
  const read = foreign.filter(({ path }) => inputs.has(path));
  if (read.length > 0)
    throw new DeliveryProblem(
      `${listed(read, 'is', 'are')} read by this run and so never overwritten; nothing was written`,
      'choose another place with --out',
    );
  if (foreign.length > 0 && !isForced)
    throw new DeliveryProblem(
      `${listed(foreign, 'exists and was', 'exist and were')} not written by longshore; nothing was written`,
      'choose another place, or overwrite with --force',
    );
}

function writeWhole(path: string, text: string, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, text);
    // A full disk may only be noticed now; better here than after the old file is gone.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Files with secrets are for the owner's eyes. */
function modeOf(text: string): number {
  return /^kind: Secret$|"kind": "Secret"/m.test(text) ? 0o600 : 0o666;
}

function replaceAll(targets: readonly Target[]): void {
  const begun: string[] = [];
  const temporary = (path: string): string => join(dirname(path), `.${basename(path)}.longshore-${process.pid}`);
  try {
    for (const { path, text } of targets) {
      mkdirSync(dirname(path), { recursive: true });
      begun.push(temporary(path));
      writeWhole(temporary(path), text, modeOf(text));
    }
    for (const { path } of targets) renameSync(temporary(path), path);
  } catch (thrown) {
    for (const path of begun) rmSync(path, { force: true });
    throw thrown;
  }
}

/** Keeps Ctrl-C from leaving half of the files; elsewhere it ends the program at once, as anybody expects. */
function uninterrupted(work: () => void): void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const wait = (): void => undefined;
  for (const signal of signals) process.on(signal, wait);
  try {
    work();
  } finally {
    for (const signal of signals) process.off(signal, wait);
  }
}

/** What may be overwritten, and how it is spoken of. */
export interface Manner {
  /** True with `--force`. */
  readonly isForced: boolean;
  /** Absolute paths that this run has read. */
  readonly inputs: ReadonlySet<string>;
  /** How messages name an absolute path. */
  readonly show: (path: string) => string;
}

/**
 * Writes the files below `folder` (absolute). All texts are first written beside their places and then moved there, so
 * that a failure half-way leaves what was there before. Returns the paths written.
 */
export function writeFiles(folder: string, artifacts: readonly Artifact[], manner: Manner): readonly string[] {
  const targets = artifacts.map(({ path, text }): Target => {
    const named = resolve(folder, path);
    return {
      shown: manner.show(named),
      path: existsSync(named) && !isStream(named) ? realpathSync(named) : named,
      text,
    };
  });
  const streams = targets.filter(({ path }) => isStream(path));
  const files = targets.filter((target) => !streams.includes(target));
  refuseForeign(files, manner);
  uninterrupted(() => replaceAll(files));
  for (const { path, text } of streams) {
    try {
      writeFileSync(path, text);
    } catch (thrown) {
      throw thrown instanceof Error ? Object.assign(thrown, { path }) : thrown;
    }
  }
  return artifacts.map(({ path }) => resolve(folder, path));
}

/** Manifests in the folder that an earlier run wrote and this one did not. */
export function staleFiles(folder: string, current: readonly string[]): readonly string[] {
  if (!existsSync(folder)) return [];
  const known = new Set(current);
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, name))
    .filter((path) => !known.has(path) && isOurs(path))
    .sort();
}
