/** `longshore explain`: what becomes of an attribute, from the registry that does it. */

import { explain } from '../index.ts';
import { badUsage, done, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';

/** Runs the command. */
export function runExplain(attribute: string, io: Io): ExitCode {
  const answer = explain(attribute);
  if (typeof answer === 'string') {
    io.stdout.write(answer.endsWith('\n') ? answer : `${answer}\n`);
    return done;
  }
  const near =
    answer.suggestions.length === 0
      ? 'docs/attributes.md lists them all'
      : `did you mean ${answer.suggestions.join(' or ')}?`;
  io.stderr.write(`error: "${attribute}" is not an attribute of the Compose specification\n  = hint: ${near}\n`);
  return badUsage;
}
