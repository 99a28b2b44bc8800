/** The program as a function: arguments and surroundings in, exit code out. */

import { CommanderError } from 'commander';
import { badUsage, done, type ExitCode, trouble } from './exit-code.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';

/** Where bugs are told. */
const issuesPage = 'the issue tracker of longshore';

/** Runs the program. `args` are the arguments after the program's own name. Never throws, never exits. */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = done;
  const program = createProgram(io, (chosen) => {
    code = chosen;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? done : badUsage;
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    io.stderr.write(
      `error: this is a bug in longshore; tell it to ${issuesPage}, with the input if you can\n${text}\n`,
    );
    return trouble;
  }
}
