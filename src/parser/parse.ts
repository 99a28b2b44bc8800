/** Compose files to a Project: the phases, in order. */

import type { EnvFileReader, Project, Section } from '../attributes/project.ts';
import type { AnyEntryRule, AnyRule } from '../attributes/rule.ts';
import { decodeUtf8 } from '../kernel/base64.ts';
import { error, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Files } from '../kernel/files.ts';
import type { Origin, Path } from '../kernel/located.ts';
import { relativeTo } from '../kernel/paths.ts';
import { type Dict, type Entry, kindText, type Tree } from '../kernel/tree.ts';
import { checkSection, checkService, ruleIndex, sayUnknown } from './check.ts';
import { checkProject } from './consistency.ts';
import { findFiles } from './discover.ts';
import { parseEnvFile } from './env-file.ts';
import { expandAll } from './expand.ts';
import type { Input } from './input.ts';
import { interpolate } from './interpolate.ts';
import { mergeFiles, mergeTables, uniqueItems } from './merge.ts';
import { isActive } from './profiles.ts';
import { projectName } from './project-name.ts';
import { readTrees } from './tree.ts';

const messages = {
  empty: error((name: string) => `${name} is empty`, 'write at least services: with one service'),
  'not-a-mapping': error((what: string) => `a Compose file must be a mapping, not ${what}`, 'begin with services:'),
  'old-format': error(
    (services: string) => `this file has the format of 2014, with services at the top level (${services})`,
    'put them under services:',
  ),
  'not-yet': error(
    (attribute: string) => `${attribute} is not supported yet`,
    (attribute: string) =>
      attribute === 'include' ? 'give the included files with -f' : 'write the inherited attributes out',
  ),
};
const say = speaker('parser', messages);

const sections: readonly Section[] = ['networks', 'volumes', 'configs', 'secrets', 'models'];
const topLevelKeys: ReadonlySet<string> = new Set(['version', 'name', 'services', 'include', ...sections]);

function isOldFormat(document: Dict): boolean {
  return (
    !document.entries.has('services') &&
    [...document.entries.values()].some(
      ({ value }) => value.kind === 'dict' && (value.entries.has('image') || value.entries.has('build')),
    )
  );
}

function checkTopLevel(document: Dict, report: Report): void {
  if (isOldFormat(document)) {
    say(report, 'old-format', { path: [], span: document.span }, [...document.entries.keys()].join(', '));
    return;
  }
  for (const [key, entry] of document.entries) {
    if (!topLevelKeys.has(key) && !key.startsWith('x-'))
      sayUnknown(key, entry, [], { keys: topLevelKeys, where: 'the top level' }, report);
  }
}

/** Parts of the specification that are not resolved yet: told, never ignored. */
function checkUnsupported(document: Dict, report: Report): void {
  const include = document.entries.get('include');
  if (include !== undefined) say(report, 'not-yet', { path: ['include'], span: include.key }, 'include');
  const services = document.entries.get('services')?.value;
  if (services?.kind !== 'dict') return;
  for (const [name, { value }] of services.entries) {
    const entry = value.kind === 'dict' ? value.entries.get('extends') : undefined;
    if (entry !== undefined)
      say(report, 'not-yet', { path: ['services', name, 'extends'], span: entry.key }, 'extends');
  }
}

/** The located mappings of all files, in order of precedence. */
function readDocuments(found: ReturnType<typeof findFiles>, report: Report): readonly Dict[] {
  const documents: Dict[] = [];
  for (const source of found.sources) {
    const before = report.diagnostics.length;
    const trees = readTrees(source, report);
    if (trees.length === 0 && report.diagnostics.length === before)
      say(report, 'empty', { path: [], span: { source, start: 0, end: 0 } }, source.name);
    for (const tree of trees) {
      if (tree.kind === 'dict') documents.push(tree);
      else say(report, 'not-a-mapping', { path: [], span: tree.span }, kindText(tree));
    }
  }
  return documents;
}

function envFileReader(files: Files, cwd: string): EnvFileReader {
  return (path, format, lookup) => {
    const bytes = files.read(path);
    const name = relativeTo(cwd, path);
    if ('error' in bytes)
      return {
        entries: [],
        problems: [{ message: `the env file ${name} cannot be read: ${bytes.error}`, isMissing: true }],
      };
    const text = decodeUtf8(bytes);
    if (text === undefined)
      return { entries: [], problems: [{ message: `the env file ${name} is not UTF-8 text`, isMissing: false }] };
    const source = { name, text };
    const { entries, problems } = parseEnvFile(source, format, lookup);
    return {
      entries,
      problems: problems.map(({ message, start }) => ({
        message,
        span: { source, start, end: start + 1 },
        isMissing: false,
      })),
    };
  };
}

/** The origin of the nearest node on the way to a path. The place of a mapping or list is its key. */
function originIn(tree: Dict, path: Path): Origin {
  let node: Tree = tree;
  let span = tree.span;
  for (const step of path) {
    let next: Tree | undefined;
    if (node.kind === 'list') {
      next = node.items[Number(step)];
      if (next !== undefined) span = next.span;
    } else if (node.kind === 'dict') {
      const entry: Entry | undefined = node.entries.get(String(step));
      next = entry?.value;
      if (entry !== undefined)
        span = entry.value.kind === 'scalar' && entry.value.value !== null ? entry.value.span : entry.key;
    }
    if (next === undefined) break;
    node = next;
  }
  return { path, span };
}

function activeProfiles(input: Input, environment: ReadonlyMap<string, string>): ReadonlySet<string> {
  if (input.profiles.length > 0) return new Set(input.profiles);
  return new Set(
    (environment.get('COMPOSE_PROFILES') ?? '')
      .split(',')
      .map((profile) => profile.trim())
      .filter((profile) => profile !== ''),
  );
}

/** Splits services by profile. */
function splitServices(
  tree: Dict,
  profiles: ReadonlySet<string>,
): { readonly active: ReadonlyMap<string, Tree>; readonly inactive: ReadonlyMap<string, Tree> } {
  const services = tree.entries.get('services')?.value;
  const all = services?.kind === 'dict' ? [...services.entries].filter(([name]) => !name.startsWith('x-')) : [];
  const of = (wanted: boolean): ReadonlyMap<string, Tree> =>
    new Map(all.flatMap(([name, { value }]) => (isActive(value, profiles) === wanted ? [[name, value] as const] : [])));
  return { active: of(true), inactive: of(false) };
}

/**
 * Reads, interpolates, expands, merges and checks the Compose files of a run. All mistakes are in the report; when it
 * has failed, the project is good for nothing but further messages.
 */
export function parse(
  input: Input,
  rules: readonly AnyRule[],
  entryRules: readonly AnyEntryRule[],
  report: Report,
): Project {
  const found = findFiles(input, report);
  const documents = readDocuments(found, report);
  const name = projectName(
    input.projectName,
    found.environment.get('COMPOSE_PROJECT_NAME'),
    documents,
    found.directory,
    report,
  );
  const environment = new Map(found.environment).set('COMPOSE_PROJECT_NAME', name.value);
  const variable = (key: string): string | undefined => environment.get(key);
  const warned = new Set<string>();
  const tables = mergeTables(rules, entryRules);
  const source = found.sources[0] ?? { name: '-', text: '' };
  let tree: Dict = { kind: 'dict', entries: new Map(), span: { source, start: 0, end: 0 } };
  for (const document of documents) {
    checkTopLevel(document, report);
    checkUnsupported(document, report);
    const filled = interpolate(document, variable, warned, report) as Dict;
    const long = expandAll(filled, rules, entryRules, report);
    tree = tree.entries.size === 0 ? long : mergeFiles(tree, long, tables, report);
  }
  tree = uniqueItems(tree, tables);
  const index = ruleIndex(rules);
  const { active, inactive } = splitServices(tree, activeProfiles(input, environment));
  for (const [key, service] of inactive) checkService(key, service, index, report);
  const services = new Map(
    [...active].map(([key, service]) => [key, checkService(key, service, index, report)] as const),
  );
  const sectionValues = Object.fromEntries(
    sections.map((section) => {
      const rule = entryRules.find((one) => one.section === section);
      return [
        section,
        rule === undefined ? new Map() : checkSection(rule, tree.entries.get(section)?.value, report),
      ] as const;
    }),
  ) as unknown as Project['sections'];
  if (documents.length > 0 && !documents.some(isOldFormat)) checkProject(tree, active, inactive, report);
  return {
    name,
    directory: found.directory,
    services,
    inactive: new Set(inactive.keys()),
    sections: sectionValues,
    tree,
    files: input.files,
    variable,
    readEnvFile: envFileReader(input.files, input.cwd),
    origin: (path) => originIn(tree, path),
  };
}
