/** What a run starts from: which files, which folder, which variables. */

import type { Files } from '../kernel/files.ts';

/** Everything the parser may look at. Nothing else of the machine is ever read. */
export interface Input {
  readonly files: Files;
  /** Absolute current folder. */
  readonly cwd: string;
  /** Compose files as given, `-` for standard input; empty for discovery. */
  readonly composeFiles: readonly string[];
  /** What came in on standard input, when `-` is among the files. */
  readonly stdin?: string | Uint8Array | undefined;
  /** Variables of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--env-file`, in order. */
  readonly envFiles: readonly string[];
  /** `--project-directory`. */
  readonly projectDirectory?: string | undefined;
  /** `-p`. */
  readonly projectName?: string | undefined;
  /** `--profile`; empty for COMPOSE_PROFILES. */
  readonly profiles: readonly string[];
}
