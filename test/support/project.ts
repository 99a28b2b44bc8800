/** A small project from a few lines of YAML, checked by rules that a test brings along. */

import type { Project } from '../../src/attributes/project.ts';
import type { AnyEntryRule, AnyRule } from '../../src/attributes/rule.ts';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { Input } from '../../src/parser/input.ts';
import { memoryFiles } from '../../src/parser/memory-files.ts';
import { parse } from '../../src/parser/parse.ts';

/** What a test may set beside the text of `/project/compose.yaml`. */
export interface ProjectGiven extends Partial<Omit<Input, 'files' | 'cwd'>> {
  readonly rules?: readonly AnyRule[];
  readonly entries?: readonly AnyEntryRule[];
  readonly files?: Readonly<Record<string, string>>;
}

/** Parses texts; those after the first are override files. */
export function projectOf(
  texts: string | readonly string[],
  { rules = [], entries = [], files = {}, ...more }: ProjectGiven = {},
): { readonly project: Project; readonly report: Report } {
  const report = new Report();
  const contents = [texts].flat().map((text, index) => [`/project/f${index}.yaml`, text] as const);
  const project = parse(
    {
      files: memoryFiles({ ...files, ...Object.fromEntries(contents) }),
      cwd: '/project',
      composeFiles: contents.map(([path]) => path),
      env: {},
      envFiles: [],
      profiles: [],
      ...more,
    },
    rules,
    entries,
    report,
  );
  return { project, report };
}
