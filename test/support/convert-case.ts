/** Converts a fixture through the library, with its own options, and perhaps with another text in place of its file's. */

import { readFileSync } from 'node:fs';
import { type ConvertFlags, optionsOf } from '../../src/cli/options.ts';
import { createProgram } from '../../src/cli/program.ts';
import { convert, diskFiles, type Result } from '../../src/index.ts';
import type { Fixture } from './fixtures.ts';

/** The flags that the command line makes of a fixture's arguments. */
function flagsOf(args: readonly string[], cwd: string): ConvertFlags {
  const silent = { write: () => undefined };
  const program = createProgram(
    { cwd, env: {}, readStdin: () => '', stdout: silent, stderr: { ...silent, isTTY: false } },
    () => undefined,
  );
  const command = program.commands.find((one) => one.name() === 'convert');
  if (command === undefined) throw new Error('no command convert');
  const { unknown } = command.parseOptions([...args]);
  if (unknown.length > 0) throw new Error(`no option ${unknown.join(' ')}`);
  return command.opts<ConvertFlags>();
}

/** The library's result for a fixture. */
export function convertCase({ folder, file, args }: Fixture, text = readFileSync(file, 'utf8')): Result {
  const flags = flagsOf(args, folder);
  const disk = diskFiles();
  const files = { ...disk, read: (path: string) => (path === file ? new TextEncoder().encode(text) : disk.read(path)) };
  return convert(
    {
      files,
      cwd: folder,
      composeFiles: flags.file,
      env: { HOME: '/home/user' },
      envFiles: flags.envFile,
      projectDirectory: flags.projectDirectory,
      projectName: flags.projectName,
      profiles: flags.profile,
    },
    optionsOf(flags),
    { strict: flags.strict === true, drop: flags.drop },
  );
}
