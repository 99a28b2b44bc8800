/** `environment` and `env_file`: the variables of a container. */

import { approximated, error, info, notApplicable, noted, refused, warning } from '../kernel/diagnostic.ts';
import { Located, type Path } from '../kernel/located.ts';
import { isAbsolute } from '../kernel/paths.ts';
import { get, type Tree } from '../kernel/tree.ts';
import type { EnvironmentEntry } from '../model/facts.ts';
import { environmentSupport } from './environment-support.ts';
import { itemsToDicts, pairsToMap } from './forms.ts';
import { hostPath } from './host-path.ts';
import type { EnvFileEntry } from './project.ts';
import { defineRule, type ExpandScope, type Scope } from './rule.ts';
import { boolean, list, map, object, reading, scalarTextOrNull, text } from './shapes.ts';
import { swarmTemplate } from './swarm-template.ts';

const messages = {
  name: error(
    (name: string) => `${JSON.stringify(name)} cannot be the name of a variable`,
    'use visible ASCII characters other than "=", without blanks at the ends',
  ),
  'number-text': info(
    'this number is not passed as it is written, but as YAML reads it (so does Compose)',
    'put it in quotes',
  ),
  unset: notApplicable(
    (name: string) => `${name} has no value in the environment of this run, so the container does not get it`,
    (name: string) => `set ${name}, or write ${name}: "" for an empty value`,
  ),
  removed: noted(
    (name: string) => `${name} has no value in the environment of this run, which also removes the one of the env file`,
    (name: string) => `remove ${name} from environment to keep the value of the env file`,
  ),
  'missing-file': error((file: string) => `the env file ${file} does not exist`, 'create it, or write required: false'),
  'no-such-file': notApplicable((file: string) => `the env file ${file} does not exist and is not required`),
  'no-home': error(
    (file: string) => `the env file ${file} cannot be found, since HOME is not set`,
    'write the path without ~',
  ),
  'absolute-file': warning(
    (file: string) => `the env file ${file} is an absolute path, which other machines may not have`,
    'write it relative to the Compose file',
  ),
  'env-file': error((problem: string) => problem),
  'env-file-unset': warning(
    (name: string) => `the value of ${name} refers to a variable that is not set; an empty text is used`,
    'put the value in single quotes if the $ is meant as itself',
  ),
  // What stands there may be a piece of a secret.
  'env-name': error('this cannot be the name of a variable', 'write NAME=VALUE'),
  template: approximated((templates: string) => `each pod fills in ${templates}, where Swarm does so for each task`),
  slot: approximated(
    (template: string) => `${template} is the number of the pod, which counts from 0, while slots count from 1`,
  ),
  'service-name': approximated(
    (template: string, service: string) => `${template} becomes ${service}, without the name of the stack`,
  ),
  'unknown-template': refused(
    (template: string) => `no pod knows the value of ${template}`,
    'write the value out, or use {{.Node.Hostname}}, {{.Task.Name}}, {{.Task.Slot}} or {{.Service.Name}}',
  ),
  'virtual-host': info(
    (name: string, host: string) =>
      `${name} is read by nginx-proxy, which asks a container engine for it: no Ingress is made for ${host}`,
    (_name: string, host: string) => `give the service the label kompose.service.expose: ${host}`,
  ),
  tasks: approximated(
    (service: string) => `tasks.${service} is a name that only Swarm resolves`,
    (service: string) => `set endpoint_mode: dnsrr on ${service} and use the name ${service}`,
  ),
};
type EnvironmentScope = Scope<typeof messages>;

/** Says when the text of a number is lost on the way through YAML. */
function tellNumber(node: Tree, scope: ExpandScope<typeof messages>): Tree {
  if (node.kind === 'scalar' && typeof node.value === 'number' && node.text !== String(node.value))
    scope.say('number-text', node);
  return node;
}

function pathOf(item: Tree): string | undefined {
  const path = get(item, 'path');
  return path?.kind === 'scalar' ? String(path.value) : undefined;
}

const formatShape = () => reading((value) => (value === 'raw' ? value : undefined), 'raw, or be left out');

/** A value before null is settled, and where it was said. */
interface Variable {
  readonly name: string;
  readonly value: Located<string>;
  readonly from: EnvironmentEntry['from'];
  /** The attribute that messages are about, relative to the service. */
  readonly path: Path;
}

const nameForm = /^[!-<>-~](?:[ -<>-~]*[!-<>-~])?$/;

interface EnvFile {
  readonly path: string;
  readonly format?: 'raw' | undefined;
  readonly required?: boolean | undefined;
}

/** The entries of one env file; earlier files are seen by `${…}` where this one does not say the name itself. */
function readFile(
  file: EnvFile,
  absolute: string,
  earlier: ReadonlyMap<string, Variable>,
  inline: (name: string) => string | undefined,
  scope: EnvironmentScope,
): ReturnType<Scope<typeof messages>['readEnvFile']> {
  const lookup = (name: string): string | undefined => scope.variable(name) ?? inline(name);
  const first = scope.readEnvFile(absolute, file.format ?? 'compose', lookup);
  if (earlier.size === 0 || file.format === 'raw') return first;
  const own = new Set(first.entries.map(({ name }) => name));
  const withEarlier = (name: string): string | undefined =>
    lookup(name) ?? (own.has(name) ? undefined : earlier.get(name)?.value.value);
  return scope.readEnvFile(absolute, 'compose', withEarlier);
}

function fileVariable(entry: EnvFileEntry, path: Path, scope: EnvironmentScope): Variable | undefined {
  const value = entry.value ?? scope.variable(entry.name);
  if (value === undefined) return undefined;
  const origin = { path: scope.origin(...path).path, span: entry.span };
  return { name: entry.name, value: new Located(value, origin), from: 'file', path };
}

/** Where an env file is; undefined when it cannot be read, after saying why. */
function findFile(file: EnvFile, path: Path, scope: EnvironmentScope): string | undefined {
  const absolute = hostPath(file.path, scope);
  if (absolute === undefined) {
    scope.say('no-home', path, file.path);
    return undefined;
  }
  if (scope.files.stat(absolute) === undefined) {
    scope.say(file.required === false ? 'no-such-file' : 'missing-file', path, file.path);
    return undefined;
  }
  if (isAbsolute(file.path)) scope.say('absolute-file', path, file.path);
  return absolute;
}

/** The variables of all env files, a later one of a name at the place of the first. */
function fileVariables(
  files: readonly EnvFile[],
  inline: (name: string) => string | undefined,
  scope: EnvironmentScope,
): ReadonlyMap<string, Variable> {
  const found = new Map<string, Variable>();
  for (const [index, file] of files.entries()) {
    const path: Path = ['env_file', index, 'path'];
    const absolute = findFile(file, path, scope);
    if (absolute === undefined) continue;
    const { entries, problems, lacking } = readFile(file, absolute, found, inline, scope);
    for (const { message, span } of problems) {
      if (span === undefined) scope.say('env-file', path, message);
      else scope.sayAt('env-file', path, span, message);
    }
    for (const { name, span } of lacking) scope.sayAt('env-file-unset', path, span, name);
    for (const entry of entries) {
      if (!nameForm.test(entry.name)) {
        scope.sayAt('env-name', path, entry.span);
        continue;
      }
      const variable = fileVariable(entry, path, scope);
      if (variable !== undefined) found.set(entry.name, variable);
    }
  }
  return found;
}

/** The entry that a variable becomes; undefined when a template makes it impossible. */
function entryOf({ name, value, from, path }: Variable, scope: EnvironmentScope): EnvironmentEntry | undefined {
  const task = [...value.value.matchAll(/(?<![\w.-])tasks\.([\w-]+)/g)].find(([, service = '']) =>
    scope.declared.services.has(service),
  );
  if (task?.[1] !== undefined) scope.say('tasks', path, task[1]);
  if (name === 'VIRTUAL_HOST' && value.value !== '') scope.say('virtual-host', path, name, value.value);
  const template = swarmTemplate(value.value, scope.name);
  if (template === undefined) return { name, value, from };
  const { parts, unknown, known } = template;
  if (unknown !== undefined) {
    scope.say('unknown-template', path, unknown);
    return undefined;
  }
  const isOf = (field: string) => (one: string) => one.includes(field);
  for (const one of known.filter(isOf('.Service.'))) scope.say('service-name', path, one, scope.name);
  for (const one of known.filter(isOf('.Slot'))) scope.say('slot', path, one);
  const others = known.filter((one) => !isOf('.Service.')(one) && !isOf('.Slot')(one));
  if (others.length > 0) scope.say('template', path, others.join(' and '));
  const text = parts.every((part) => part.kind === 'text') ? parts.map((part) => part.text).join('') : undefined;
  if (text !== undefined) return { name, value: new Located(text, value.origin), from };
  return { name, value, from, template: parts };
}

/**
 * `environment` over `env_file`; a variable without a value is taken from the environment of the run.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#environment
 */
export const environment = defineRule({
  name: 'environment',
  service: {
    environment: () => map(scalarTextOrNull()),
    env_file: () => list(object({ path: text(), format: formatShape().optional(), required: boolean().optional() })),
  },
  deploy: {},
  expand: {
    environment: pairsToMap,
    'environment.*': tellNumber,
    env_file: itemsToDicts('path'),
  },
  unique: { env_file: pathOf },
  support: environmentSupport,
  messages,
  lower(values, scope) {
    const written = values.environment ?? {};
    const inlineValue = (name: string): string | undefined =>
      Object.hasOwn(written, name) ? (written[name] ?? scope.variable(name)) : undefined;
    const variables = new Map(fileVariables(values.env_file ?? [], inlineValue, scope));
    for (const name of values.environment === undefined ? [] : scope.keys('environment')) {
      const path: Path = ['environment', name];
      if (!nameForm.test(name)) {
        scope.say('name', path, name);
        continue;
      }
      const value = inlineValue(name);
      const wasInFile = variables.delete(name);
      if (value !== undefined) variables.set(name, { name, value: scope.at(value, ...path), from: 'inline', path });
      else scope.say(wasInFile ? 'removed' : 'unset', path, name);
    }
    const entries = [...variables.values()].flatMap((variable) => entryOf(variable, scope) ?? []);
    return { environment: entries.length === 0 ? undefined : entries };
  },
});
