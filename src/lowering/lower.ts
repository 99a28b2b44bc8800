/** Project to Draft: runs every rule on every service, and the section rules on their entries. */

import type { Project, Section } from '../attributes/project.ts';
import type { AnyEntryRule, AnyRule, Entries } from '../attributes/rule.ts';
import type { Report } from '../kernel/diagnostic.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { Options } from '../model/options.ts';
import { contribute } from './contribute.ts';
import { scopeFor } from './scope.ts';

/** The values of some keys, those that are there. */
function pick(values: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const key of keys) if (Object.hasOwn(values, key)) picked[key] = values[key];
  return picked;
}

/** A rule with the keys it wants to see. */
interface Prepared {
  readonly rule: AnyRule;
  readonly service: readonly string[];
  readonly deploy: readonly string[];
}

function lowerService(
  name: string,
  project: Project,
  rules: readonly Prepared[],
  options: Options,
  report: Report,
): ServiceDraft {
  const values = project.services.get(name) ?? { deploy: {} };
  const base = ['services', name];
  const said = rules.map(({ rule, service, deploy }) => {
    const own = { ...pick(values, service), deploy: pick(values.deploy, deploy) };
    return { rule: rule.name, says: rule.lower(own, scopeFor(rule, name, base, project, options, report)) };
  });
  return { name, origin: project.origin(base), ...contribute(said) };
}

function lowerSection<K extends Section & keyof Entries>(
  section: K,
  project: Project,
  entryRules: readonly AnyEntryRule[],
  options: Options,
  report: Report,
): ReadonlyMap<string, Entries[K]> {
  const rule = entryRules.find((one) => one.section === section);
  if (rule === undefined) return new Map();
  return new Map(
    [...project.sections[section]].map(
      ([name, value]) =>
        [
          name,
          rule.lower(value, scopeFor(rule, name, [section, name], project, options, report)) as Entries[K],
        ] as const,
    ),
  );
}

/** What the rules make of the project. */
export function lower(
  project: Project,
  rules: readonly AnyRule[],
  entryRules: readonly AnyEntryRule[],
  options: Options,
  report: Report,
): Draft {
  lowerSection('models', project, entryRules, options, report);
  const prepared = rules.map((rule) => ({
    rule,
    service: Object.keys(rule.service),
    deploy: Object.keys(rule.deploy),
  }));
  return {
    project: project.name,
    directory: project.directory,
    services: new Map(
      [...project.services.keys()].map(
        (name) => [name, lowerService(name, project, prepared, options, report)] as const,
      ),
    ),
    networks: lowerSection('networks', project, entryRules, options, report),
    volumes: lowerSection('volumes', project, entryRules, options, report),
    configs: lowerSection('configs', project, entryRules, options, report),
    secrets: lowerSection('secrets', project, entryRules, options, report),
    files: project.files,
    options,
  };
}
