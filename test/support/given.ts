/** A Compose text in a few lines, and what the rules make of it. */

import { entryRules, serviceRules } from '../../src/attributes/index.ts';
import type { AnyEntryRule, AnyRule } from '../../src/attributes/rule.ts';
import { Report } from '../../src/kernel/diagnostic.ts';
import { compareText } from '../../src/kernel/sort.ts';
import { place } from '../../src/kernel/source.ts';
import { lower } from '../../src/lowering/lower.ts';
import type { Draft, ServiceDraft } from '../../src/model/draft.ts';
import { defaultOptions, type Options } from '../../src/model/options.ts';
import { memoryFiles } from '../../src/parser/memory-files.ts';
import { parse } from '../../src/parser/parse.ts';

/** What a test may set beside the Compose text. Files are relative to the project folder `/project`. */
export interface Given {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: Partial<Options>;
  readonly profiles?: readonly string[];
  /** Only these rules run; the default is all of them. */
  readonly rules?: readonly AnyRule[];
  readonly entries?: readonly AnyEntryRule[];
}

/** The outcome of a given text. */
export interface Outcome {
  readonly draft: Draft;
  service(name: string): ServiceDraft;
  /** `line:column severity code message`, sorted by place. */
  readonly said: readonly string[];
}

/** Parses and lowers a Compose text. */
export function given(yaml: string, more: Given = {}): Outcome {
  const files = Object.fromEntries(
    Object.entries(more.files ?? {}).map(([name, content]) => [
      name.startsWith('/') ? name : `/project/${name}`,
      content,
    ]),
  );
  const report = new Report();
  const input = {
    files: memoryFiles({ ...files, '/project/compose.yaml': yaml }),
    cwd: '/project',
    composeFiles: ['compose.yaml'],
    env: more.env ?? {},
    envFiles: [],
    profiles: more.profiles ?? [],
  };
  const rules = more.rules ?? serviceRules;
  const entries = more.entries ?? entryRules;
  const project = parse(input, rules, entries, report);
  const draft = lower(project, rules, entries, { ...defaultOptions, ...more.options }, report);
  const said = report.diagnostics.map(({ at, severity, code, message }) => {
    const { line, column } = at === undefined ? { line: 0, column: 0 } : place(at.source, at.start);
    return {
      key: `${String(line).padStart(5, '0')}:${String(column).padStart(5, '0')}:${code}`,
      text: `${line}:${column} ${severity} ${code} ${message}`,
    };
  });
  return {
    draft,
    service(name) {
      const found = draft.services.get(name);
      if (found === undefined) throw new Error(`no service ${name}: ${said.map(({ text }) => text).join('; ')}`);
      return found;
    },
    said: said.sort((a, b) => compareText(a.key, b.key)).map(({ text }) => text),
  };
}
