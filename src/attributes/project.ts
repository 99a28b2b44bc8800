/** The resolved project: what all files together say, in long form, checked and typed, with the way back to each line. */

import type { Files } from '../kernel/files.ts';
import type { Located, Origin, Path } from '../kernel/located.ts';
import type { Span } from '../kernel/source.ts';
import type { Dict } from '../kernel/tree.ts';

/** One variable of an env file, and its place there. A value that is undefined means: take it from the environment. */
export interface EnvFileEntry {
  readonly name: string;
  readonly value: string | undefined;
  readonly span: Span;
}

/**
 * Reads and parses an env file at an absolute path. `lookup` answers for variables inside values, before those of the
 * file itself. Mistakes come back as text with the place; a file that cannot be read gives one without.
 */
export type EnvFileReader = (
  path: string,
  format: 'compose' | 'raw',
  lookup: (name: string) => string | undefined,
) => {
  readonly entries: readonly EnvFileEntry[];
  readonly problems: readonly { readonly message: string; readonly span?: Span; readonly isMissing: boolean }[];
  /** Those whose value refers to a variable that is not set. */
  readonly lacking: readonly EnvFileEntry[];
};

/** Checked values of one service: those of `deploy` are under that key. */
export type CheckedService = Readonly<Record<string, unknown>> & { readonly deploy: Readonly<Record<string, unknown>> };

/** The sections beside `services` that declare things by name. */
export type Section = 'networks' | 'volumes' | 'configs' | 'secrets' | 'models';

/** A resolved project. */
export interface Project {
  readonly name: Located<string>;
  /** Absolute folder against which relative paths resolve. */
  readonly directory: string;
  /** Active services, in file order. */
  readonly services: ReadonlyMap<string, CheckedService>;
  /** Checked entries of the other sections. */
  readonly sections: Readonly<Record<Section, ReadonlyMap<string, unknown>>>;
  /** All files together in long form. */
  readonly tree: Dict;
  /** False when a part could not be read or understood, so that what seems to be missing may stand there. */
  readonly isWhole: boolean;
  readonly files: Files;
  /** A variable of the project's environment. */
  variable(name: string): string | undefined;
  readonly readEnvFile: EnvFileReader;
  /** The origin of a path, or of its nearest ancestor that the tree has. */
  origin(path: Path): Origin;
}
