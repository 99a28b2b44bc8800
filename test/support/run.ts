/** The whole program in process, on real files, with streams that can be read afterwards. */

import { main } from '../../src/cli/main.ts';

/** What a run left behind. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Surroundings of a run; variables of the machine never leak in. */
export interface Surroundings {
  readonly cwd: string;
  /** An error is thrown when it is read. */
  readonly stdin?: string | Uint8Array | Error;
  /** Thrown when something is written to standard output. */
  readonly stdoutFails?: Error;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
}

/** Runs `longshore` with arguments. */
export async function run(
  args: readonly string[],
  { cwd, stdin = '', stdoutFails, env = {}, isTTY = false }: Surroundings,
): Promise<Run> {
  let stdout = '';
  let stderr = '';
  const code = await main(args, {
    cwd,
    env: { HOME: '/home/user', ...env },
    readStdin() {
      if (stdin instanceof Error) throw stdin;
      return stdin;
    },
    stdout: {
      write(text) {
        if (stdoutFails !== undefined) throw stdoutFails;
        stdout += text;
      },
    },
    stderr: {
      write(text) {
        stderr += text;
      },
      isTTY,
    },
  });
  return { code, stdout, stderr };
}
