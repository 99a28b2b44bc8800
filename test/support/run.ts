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
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
}

/** Runs `longshore` with arguments. */
export async function run(
  args: readonly string[],
  { cwd, stdin, env = {}, isTTY = false }: Surroundings,
): Promise<Run> {
  let stdout = '';
  let stderr = '';
  const code = await main(args, {
    cwd,
    env: { HOME: '/home/user', ...env },
    readStdin: () => stdin ?? '',
    stdout: {
      write(text) {
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
