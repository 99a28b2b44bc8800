/** What becomes of an attribute, as text for people: the answer to `longshore explain healthcheck.test`. */

import { findAttributes, spokenPath, suggestAttributes } from './attribute-query.ts';
import { ruleOf, supportOf } from './index.ts';
import type { Support } from './rule.ts';
import { type AttributePath, attributePaths } from './spec.ts';

const WIDTH = 88;

/** Text in lines of at most `WIDTH` characters, each after the first indented. A word that is longer has its own line. */
function wrap(label: string, text: string, indent: number): string {
  const lines: string[] = [];
  let line = label.padEnd(indent);
  for (const word of text.split(' ')) {
    if (line.length > indent && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' '.repeat(indent);
    }
    line += line.length > indent ? ` ${word}` : word;
  }
  return [...lines, line].join('\n');
}

/** A disposition in words, with the truth about what is only planned. */
export function fateText({ disposition, isPending }: Pick<Support, 'disposition' | 'isPending'>): string {
  const words = disposition.replace('-', ' ');
  return isPending === true ? `not converted yet (will be ${words})` : words;
}

function casesText({ cases = [] }: Support): readonly string[] {
  if (cases.length === 0) return [];
  const lines = cases.map(({ when, disposition, to, rule }) =>
    [
      wrap('  - ', when, 4),
      wrap('      ', `${disposition.replace('-', ' ')}, ${to.join(', ')}`, 6),
      wrap('      ', rule, 6),
    ].join('\n'),
  );
  return ['', 'Cases, the first that applies holds:', ...lines];
}

function childrenText(path: AttributePath): readonly string[] {
  const children = attributePaths.filter(
    (other) => other.startsWith(`${path}.`) || (other.startsWith(`${path}[`) && other !== path),
  );
  if (children.length === 0) return [];
  const width = Math.max(...children.map((child) => spokenPath(child).length)) + 2;
  const lines = children.map((child) => `  ${spokenPath(child).padEnd(width)}${fateText(supportOf[child])}`);
  return ['', 'Attributes below it:', ...lines];
}

function page(path: AttributePath): string {
  const support = supportOf[path];
  const rule = ruleOf.get(path) ?? '';
  return [
    path,
    '',
    wrap('fate', fateText(support), 8),
    wrap('goes to', support.to.join(', '), 8),
    wrap('how', support.rule, 8),
    ...(support.note === undefined ? [] : [wrap('note', support.note, 8)]),
    `source  src/attributes/${rule}.ts`,
    ...casesText(support),
    ...childrenText(path),
    '',
  ].join('\n');
}

/** Kinds that a service's workload can have; the registry calls all of them Workload. */
const workloads: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/** The attributes that feed a kind of object, with the fields they end up in. */
function kindPage(kind: string): string | undefined {
  const kinds = workloads.has(kind) ? [kind, 'Workload'] : [kind];
  const isOfKind = (target: string): boolean => kinds.includes(/^[A-Za-z]*/.exec(target)?.[0] ?? '');
  const lines = attributePaths.flatMap((path) => {
    const { to, cases = [] } = supportOf[path];
    const fields = [...new Set([...to, ...cases.flatMap((one) => one.to)])].filter(isOfKind);
    return fields.length === 0 ? [] : [wrap('  ', spokenPath(path), 2), ...fields.map((field) => `      ${field}`)];
  });
  return lines.length === 0 || !/^[A-Z]/.test(kind)
    ? undefined
    : [kind, '', 'Attributes that end up in it:', ...lines, ''].join('\n');
}

/**
 * Explains an attribute. The query is a path of the specification (`volumes.*.driver`, `ports[].target`), one without
 * `services.*.`, a path of a file (`services.web.healthcheck.test`), the name of an attribute that occurs only once
 * deeper down, or a kind of object (`Service`). Suggestions come back when it is none of these.
 */
export function explain(query: string): string | { readonly suggestions: string[] } {
  const kind = kindPage(query.trim());
  if (kind !== undefined) return kind;
  const paths = findAttributes(query);
  if (paths.length === 0) return { suggestions: [...suggestAttributes(query)] };
  return paths.map(page).join('\n');
}
