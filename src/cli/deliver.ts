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
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Artifact, marker } from '../index.ts';

/** A sentence for the user about files that cannot be written. */
export class DeliveryProblem extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** The first characters of a file, enough to find the marker. */
function beginning(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(Buffer.byteLength(marker) + 16);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}

/** True when the file was written by longshore, and so may be replaced. JSON cannot hold the marker, its shape has to do. */
function isOurs(path: string): boolean {
  if (!statSync(path).isFile()) return false;
  if (path.endsWith('.json')) return readFileSync(path, 'utf8').includes('"app.kubernetes.io/managed-by": "longshore"');
  return beginning(path).startsWith(marker);
}

function refuseForeign(paths: readonly string[]): void {
  const foreign = paths.filter((path) => existsSync(path) && !isOurs(path));
  if (foreign.length === 0) return;
  const names =
    foreign.length === 1
      ? `${foreign[0]} exists and was`
      : `${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ` and ${foreign.length - 3} more` : ''} exist and were`;
  throw new DeliveryProblem(
    `${names} not written by longshore; nothing was written`,
    'choose another place with --out, or overwrite with --force',
  );
}

function writeWhole(path: string, text: string, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    writeSync(file, text);
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

/**
 * Writes the files below `folder` (absolute). All texts are first written beside their places and then moved there, so
 * that a failure half-way leaves what was there before. Returns the paths written.
 */
export function writeFiles(folder: string, artifacts: readonly Artifact[], isForced: boolean): readonly string[] {
  const targets = artifacts.map(({ path, text }) => ({ path: join(folder, path), text }));
  if (!isForced) refuseForeign(targets.map(({ path }) => path));
  const written: string[] = [];
  const temporary = (path: string): string => join(dirname(path), `.${basename(path)}.longshore-${process.pid}`);
  try {
    for (const { path, text } of targets) {
      mkdirSync(dirname(path), { recursive: true });
      written.push(temporary(path));
      writeWhole(temporary(path), text, modeOf(text));
    }
    for (const { path } of targets) renameSync(temporary(path), path);
  } catch (thrown) {
    for (const path of written) rmSync(path, { force: true });
    throw thrown;
  }
  return targets.map(({ path }) => path);
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
