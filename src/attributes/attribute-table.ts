/** The Markdown of docs/attributes.md: every attribute of the specification and what happens to it. */

import { spokenPath } from './attribute-query.ts';
import { fateText } from './explain.ts';
import { supportOf } from './index.ts';
import type { Support, SupportCase } from './rule.ts';
import { type AttributePath, attributePaths } from './spec.ts';

/** Headings of the groups that paths fall into by their first step. */
const sections: readonly (readonly [heading: string, firstStep: string])[] = [
  ['Networks', 'networks'],
  ['Volumes', 'volumes'],
  ['Configs', 'configs'],
  ['Secrets', 'secrets'],
  ['Models', 'models'],
];

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');
}

function targets(to: readonly string[]): string {
  return to.map((target) => `\`${target}\``).join('<br>');
}

function row(name: string, fate: string, to: readonly string[], how: string): string {
  return `| ${name} | ${fate} | ${targets(to)} | ${cell(how)} |`;
}

function caseRow({ when, disposition, to, rule }: SupportCase): string {
  return row(`– ${cell(when)}`, disposition.replace('-', ' '), to, rule);
}

function rows(path: AttributePath): readonly string[] {
  const support: Support = supportOf[path];
  const how = support.note === undefined ? support.rule : `${support.rule} ${support.note}`;
  return [row(`\`${spokenPath(path)}\``, fateText(support), support.to, how), ...(support.cases ?? []).map(caseRow)];
}

function table(paths: readonly AttributePath[]): readonly string[] {
  return ['', '| attribute | fate | goes to | how |', '|---|---|---|---|', ...paths.flatMap(rows)];
}

function firstStep(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? '';
}

/** `healthcheck` of `services.*.healthcheck.test`; undefined for what is no key of a service. */
function serviceKey(path: string): string | undefined {
  return path.startsWith('services.*.') ? firstStep(spokenPath(path)) : undefined;
}

function counts(): string {
  const all = attributePaths.map((path) => supportOf[path]);
  const fates = ['converted', 'approximated', 'delegated', 'not-applicable', 'refused'] as const;
  const done = all.filter(({ isPending }) => isPending !== true);
  const text = fates.map((fate) => {
    const count = done.filter(({ disposition }) => disposition === fate).length;
    return `${count} ${fate.replace('-', ' ')}`;
  });
  return `Of ${all.length} attributes ${text.join(', ')}, ${all.length - done.length} not converted yet.`;
}

const introduction = [
  '# Attributes',
  '',
  'What happens to each attribute of the Compose specification. This page is generated from the registry that does it;',
  '`longshore explain ATTRIBUTE` prints one entry.',
  '',
  '- **converted**: the output does the same.',
  '- **approximated**: the output does something near, and a warning says what differs.',
  '- **delegated**: somebody or something else has to do it; a warning says who.',
  '- **not applicable**: it has no meaning in a cluster; an info line says so.',
  '- **refused**: it is left out, and the run fails unless `--drop` accepts that.',
  '- **not converted yet**: planned; each use gives a warning.',
  '',
  'Rows that begin with a dash are cases of the attribute above them; the first that applies holds.',
  'In the third column, `Workload` is the Deployment, StatefulSet, DaemonSet, Job or CronJob of a service.',
  '',
];

/** The whole page, with a final line break. */
export function attributeTable(): string {
  const named = new Set(sections.map(([, step]) => step));
  const top = attributePaths.filter((path) => serviceKey(path) === undefined && !named.has(firstStep(path)));
  const keys = [...new Set(attributePaths.flatMap((path) => serviceKey(path) ?? []))].sort();
  const services = keys.flatMap((key) => [
    '',
    `### ${key}`,
    ...table(attributePaths.filter((path) => serviceKey(path) === key)),
  ]);
  const others = sections.flatMap(([heading, step]) => [
    '',
    `## ${heading}`,
    ...table(attributePaths.filter((path) => firstStep(path) === step)),
  ]);
  const body = ['', '## Top level', ...table(top), '', '## Services', ...services, ...others];
  return [...introduction, counts(), ...body, ''].join('\n');
}
