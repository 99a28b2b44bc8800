/** What a rule may ask and say while it lowers one service or entry. */

import type { Project, Section } from '../attributes/project.ts';
import type { Scope } from '../attributes/rule.ts';
import { type Messages, type Report, type Say, speaker } from '../kernel/diagnostic.ts';
import { Located, type Path } from '../kernel/located.ts';
import { get, type Tree } from '../kernel/tree.ts';
import type { Options } from '../model/options.ts';

function nodeAt(tree: Tree, path: Path): Tree | undefined {
  let node: Tree | undefined = tree;
  for (const step of path) {
    node = node?.kind === 'list' ? node.items[Number(step)] : get(node, String(step));
    if (node === undefined) return undefined;
  }
  return node;
}

const declaredOf = new WeakMap<Project, Scope<Messages>['declared']>();

function declared(project: Project): Scope<Messages>['declared'] {
  const known = declaredOf.get(project);
  if (known !== undefined) return known;
  // An entry with a mistake in it is declared all the same.
  const namesIn = (section: Section): ReadonlySet<string> => {
    const node = get(project.tree, section);
    return new Set(node?.kind === 'dict' ? node.entries.keys() : []);
  };
  const names = {
    services: new Set(project.services.keys()),
    networks: namesIn('networks'),
    volumes: namesIn('volumes'),
    configs: namesIn('configs'),
    secrets: namesIn('secrets'),
    models: namesIn('models'),
  };
  declaredOf.set(project, names);
  return names;
}

const speakers = new WeakMap<object, Say<Messages>>();

/** The voice of a rule, made once. */
function voiceOf(rule: { readonly name: string; readonly messages: Messages }): Say<Messages> {
  const known = speakers.get(rule) ?? speaker(rule.name, rule.messages);
  speakers.set(rule, known);
  return known;
}

/** The scope of a rule at `base`, such as `['services', 'web']`. */
export function scopeFor(
  rule: { readonly name: string; readonly messages: Messages },
  name: string,
  base: Path,
  project: Project,
  options: Options,
  report: Report,
): Scope<Messages> {
  const say = voiceOf(rule);
  const origin = (...path: Path) => project.origin([...base, ...path]);
  return {
    name,
    options,
    files: project.files,
    directory: project.directory,
    declared: declared(project),
    variable: project.variable,
    readEnvFile: project.readEnvFile,
    has: (...path) => nodeAt(project.tree, [...base, ...path]) !== undefined,
    keys(...path) {
      const node = nodeAt(project.tree, [...base, ...path]);
      return node?.kind === 'dict' ? [...node.entries.keys()] : [];
    },
    origin,
    at: (value, ...path) => new Located(value, origin(...path)),
    say: (code, path, ...args) => say(report, code, origin(...path), ...args),
    sayAt: (code, path, span, ...args) => say(report, code, { ...origin(...path), span }, ...args),
    settle: (path, disposition) => report.settle([...base, ...path], disposition),
  };
}
