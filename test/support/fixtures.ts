/** The fixtures on the disk: every folder with a Compose file is a case; its first comment line may hold options. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { splitWords } from '../../src/kernel/shell.ts';

/** The root of the repository. */
export const root = join(import.meta.dirname, '..', '..');

const names = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** One case. */
export interface Fixture {
  /** `attributes/ports/udp` */
  readonly name: string;
  readonly folder: string;
  /** Absolute path of its Compose file. */
  readonly file: string;
  /** Options from the first line `# convert --expose nodeport`. */
  readonly args: readonly string[];
}

function argsOf(file: string): readonly string[] {
  const first = readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  const options = /^\uFEFF?# convert (.*)$/.exec(first)?.[1];
  const words = options === undefined ? [] : splitWords(options);
  if ('error' in words) throw new Error(`${file}: ${words.error}`);
  return words;
}

function walk(folder: string, name: string): readonly Fixture[] {
  const file = names.map((one) => join(folder, one)).find((path) => existsSync(path));
  if (file !== undefined) return [{ name, folder, file, args: argsOf(file) }];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => walk(join(folder, entry.name), name === '' ? entry.name : `${name}/${entry.name}`));
}

/** All cases below a folder of `fixtures/`, in the order of their names. */
export function fixtures(below = ''): readonly Fixture[] {
  const folder = join(root, 'fixtures', below);
  if (!existsSync(folder)) return [];
  return [...walk(folder, below)].sort((a, b) => (a.name < b.name ? -1 : 1));
}
