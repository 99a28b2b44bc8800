/** Compose files to a Project: the phases, in order. */

import type { Project, Section } from '../attributes/project.ts';
import type { AnyEntryRule, AnyRule } from '../attributes/rule.ts';
import { error, type Report, speaker, warning } from '../kernel/diagnostic.ts';
import type { Origin, Path } from '../kernel/located.ts';
import { type Dict, type Entry, kindText, type Tree } from '../kernel/tree.ts';
import { checkNames, checkSection, checkService, checkText, ruleIndex, sayKind, sayUnknown } from './check.ts';
import { checkProject } from './consistency.ts';
import { type Found, findFiles } from './discover.ts';
import { envFileReader } from './env-file-reader.ts';
import { expander } from './expand.ts';
import type { Input } from './input.ts';
import { interpolate } from './interpolate.ts';
import { mergeFiles, mergeTables, uniqueItems } from './merge.ts';
import { activeProfiles, isActive } from './profiles.ts';
import { projectName } from './project-name.ts';
import { readTrees } from './tree.ts';

const messages = {
  empty: error((name: string) => `${name} is empty`, 'write at least services: with one service'),
  'empty-too': warning((name: string) => `${name} is empty and changes nothing`, 'remove it, or leave it out'),
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
    say(report, 'old-format', { path: [], span: document.span }, [...document.entries.keys()].slice(0, 5).join(', '));
    return;
  }
  for (const [key, entry] of document.entries) {
    if (!topLevelKeys.has(key) && !key.startsWith('x-'))
      sayUnknown(key, entry, [], { keys: topLevelKeys, where: '' }, report);
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

interface Documents {
  readonly all: readonly Dict[];
  /** False when something could not be read, so that what is missing may stand there. */
  readonly isComplete: boolean;
}

/** The located mappings of all files, in order of precedence. */
function readDocuments(found: Found, report: Report): Documents {
  const documents: Dict[] = [];
  const empty: Tree['span'][] = [];
  let isComplete = true;
  for (const source of found.sources) {
    const { trees, isReadable } = readTrees(source, report);
    if (trees.length === 0 && isReadable) empty.push({ source, start: 0, end: 0 });
    for (const tree of trees) {
      if (tree.kind === 'dict') documents.push(tree);
      else say(report, 'not-a-mapping', { path: [], span: tree.span }, kindText(tree));
    }
    isComplete &&= isReadable && trees.every((tree) => tree.kind === 'dict');
  }
  for (const span of empty)
    say(report, documents.length === 0 ? 'empty' : 'empty-too', { path: [], span }, span.source.name);
  return { all: documents, isComplete: isComplete && documents.length > 0 };
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

/** Splits services by profile. */
function splitServices(
  tree: Dict,
  profiles: ReadonlySet<string>,
  report: Report,
): { readonly active: ReadonlyMap<string, Tree>; readonly inactive: ReadonlyMap<string, Tree> } {
  const services = tree.entries.get('services')?.value;
  const active = new Map<string, Tree>();
  const inactive = new Map<string, Tree>();
  if (services?.kind === 'dict') {
    checkNames('services', services, report);
    for (const [name, { value }] of services.entries) (isActive(value, profiles) ? active : inactive).set(name, value);
  } else if (services !== undefined && (services.kind === 'list' || services.value !== null)) {
    sayKind(services, ['services'], report);
  }
  return { active, inactive };
}

/** All documents as one, in long form. */
function resolve(
  documents: readonly Dict[],
  variable: (name: string) => string | undefined,
  rules: readonly AnyRule[],
  entryRules: readonly AnyEntryRule[],
  report: Report,
): Dict | undefined {
  const tables = mergeTables(rules, entryRules);
  const expand = expander(rules, entryRules);
  const warned = new Set<string>();
  let tree: Dict | undefined;
  for (const document of documents) {
    checkTopLevel(document, report);
    checkUnsupported(document, report);
    const filled = interpolate(document, variable, warned, report) as Dict;
    const long = expand(filled, report);
    tree = tree === undefined ? uniqueItems(long, tables) : mergeFiles(tree, long, tables, report);
  }
  return tree;
}

/** True when a key holds what it should hold as a whole: entries, or nothing. */
function isSection(tree: Dict, key: string): boolean {
  const node = tree.entries.get(key)?.value;
  return node === undefined || node.kind === 'dict' || (node.kind === 'scalar' && node.value === null);
}

/** The checked entries of every section beside `services`. */
function checkSections(tree: Dict, entryRules: readonly AnyEntryRule[], report: Report): Project['sections'] {
  const checked = (section: Section): ReadonlyMap<string, unknown> => {
    const rule = entryRules.find((one) => one.section === section);
    return rule === undefined ? new Map() : checkSection(rule, tree.entries.get(section)?.value, report);
  };
  return {
    networks: checked('networks'),
    volumes: checked('volumes'),
    configs: checked('configs'),
    secrets: checked('secrets'),
    models: checked('models'),
  };
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
  const name = projectName(input.projectName, found, documents.all, report);
  const environment = new Map(found.environment).set('COMPOSE_PROJECT_NAME', name.value);
  const variable = (key: string): string | undefined => environment.get(key);
  const source = found.sources[0] ?? { name: '-', text: '' };
  const nothing: Dict = { kind: 'dict', entries: new Map(), span: { source, start: 0, end: 0 } };
  const tree = resolve(documents.all, variable, rules, entryRules, report) ?? nothing;
  checkText(tree, 'name', report);
  const { active, inactive } = splitServices(tree, activeProfiles(input, environment), report);
  const index = ruleIndex(rules);
  for (const [key, service] of inactive) checkService(key, service, index, report);
  const services = new Map(
    [...active].map(([key, service]) => [key, checkService(key, service, index, report)] as const),
  );
  const checkedSections = checkSections(tree, entryRules, report);
  const isComplete = documents.isComplete && found.isComplete && !documents.all.some(isOldFormat);
  if (isComplete) checkProject(tree, active, inactive, report);
  return {
    name,
    directory: found.directory,
    services,
    sections: checkedSections,
    tree,
    isWhole: isComplete && ['services', ...sections].every((key) => isSection(tree, key)),
    files: input.files,
    variable,
    readEnvFile: envFileReader(input.files, input.cwd),
    origin: (path) => originIn(tree, path),
  };
}
