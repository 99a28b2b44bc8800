/** `build`: how the image is made. A cluster does not build, so this is told, and handed on to the build plan. */

import { delegated, error } from '../kernel/diagnostic.ts';
import { type Located, type Path, pathText } from '../kernel/located.ts';
import { resolvePath } from '../kernel/paths.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import { dictFrom, kindText, listFrom, scalarAt, type Tree } from '../kernel/tree.ts';
import { buildSupport } from './build-support.ts';
import { itemsToDicts, listToMap, pairsToMap, scalarToDict, toList } from './forms.ts';
import { hostPath } from './host-path.ts';
import { defineRule, type Expand, type Scope, type Values } from './rule.ts';
import { anything, boolean, bytes, integer, list, map, object, scalarText, scalarTextOrNull, text } from './shapes.ts';

const messages = {
  outside: delegated(
    (context: string, how: string) =>
      `the image is not built here: build it from ${context}${how} and push it before applying`,
    'a cluster can only run an image that its nodes can pull, or that was loaded onto them',
  ),
  'two-dockerfiles': error('dockerfile_inline and dockerfile exclude each other', 'remove one of them'),
  'unknown-secret': error(
    (secret: string, _hint: string) => `the build secret "${secret}" is not declared`,
    (_secret: string, hint: string) => hint,
  ),
  'unknown-service': error(
    (service: string, _hint: string) => `the build context service:${service} names no service of this project`,
    (_service: string, hint: string) => hint,
  ),
  'not-in-plan': delegated(
    (attribute: string) => `${attribute} is not written into the build plan yet`,
    'add it to docker-bake.json by hand',
  ),
  'ssh-key': error((key: string) => `the ssh key "${key}" has no path`, 'write default, or ID=PATH'),
};

/** Keys that the build plan knows. */
const planned: ReadonlySet<string> = new Set(['context', 'dockerfile', 'dockerfile_inline', 'target', 'args']);

/** `[HOST=ADDRESS, HOST:ADDRESS]` or a mapping becomes a mapping to lists of addresses. */
const hostsToMap: Expand<typeof messages> = (node, scope) => {
  if (node.kind === 'dict') {
    return {
      ...node,
      entries: new Map([...node.entries].map(([key, entry]) => [key, { ...entry, value: toList(entry.value) }])),
    };
  }
  if (node.kind === 'scalar') return node;
  const addresses = new Map<string, Tree[]>();
  for (const item of node.items) {
    const [, host, address] = item.kind === 'scalar' ? (/^([^=:]+)[=:](.+)$/.exec(String(item.value)) ?? []) : [];
    if (host === undefined || address === undefined)
      scope.wrong(item, `takes items of the form HOST=ADDRESS, not ${kindText(item)}`);
    else addresses.set(host, [...(addresses.get(host) ?? []), scalarAt(address, item)]);
  }
  return dictFrom(
    Object.fromEntries([...addresses].map(([host, items]) => [host, listFrom(items, items[0] ?? node)])),
    node,
  );
};

/** `[default, ID=PATH]` becomes a mapping; only `default` can go without a path. */
const sshToMap: Expand<typeof messages> = (node, scope) => {
  const mapping = listToMap(node, scope, '=');
  if (node.kind === 'list' && mapping.kind === 'dict') {
    for (const [key, { value }] of mapping.entries) {
      if (key !== 'default' && value.kind === 'scalar' && value.value === null) scope.say('ssh-key', value, key);
    }
  }
  return mapping;
};

const shape = () =>
  object({
    context: text().optional(),
    dockerfile: text().optional(),
    dockerfile_inline: text().optional(),
    entitlements: list(text()).optional(),
    args: map(scalarTextOrNull()).optional(),
    ssh: map(scalarTextOrNull()).optional(),
    labels: map(scalarText()).optional(),
    cache_from: list(text()).optional(),
    cache_to: list(text()).optional(),
    no_cache: boolean().optional(),
    no_cache_filter: list(text()).optional(),
    additional_contexts: map(scalarText()).optional(),
    network: text().optional(),
    provenance: scalarText().optional(),
    sbom: scalarText().optional(),
    pull: boolean().optional(),
    target: text().optional(),
    shm_size: bytes().optional(),
    extra_hosts: map(list(text())).optional(),
    isolation: text().optional(),
    privileged: boolean().optional(),
    secrets: list(
      object({
        source: text(),
        target: text().optional(),
        uid: text().optional(),
        gid: text().optional(),
        mode: anything().optional(),
      }),
    ).optional(),
    tags: list(text()).optional(),
    ulimits: map(object({ soft: integer(-1), hard: integer(-1) })).optional(),
    platforms: list(text()).optional(),
  });

type Build = NonNullable<Values<{ readonly build: typeof shape }>['build']>;
type Voice = Scope<typeof messages>;

/** A context that the builder fetches itself, as Compose tells it from a directory. */
function isRemote(context: string): boolean {
  return context.includes('://') || /^(?:service:|github\.com\/|git@)/.test(context);
}

/** Arguments with a value, those without one taken from the environment. */
function buildArguments(
  args: Build['args'],
  { at, variable }: Voice,
): { readonly name: string; readonly value: Located<string> }[] {
  return Object.entries(args ?? {}).flatMap(([name, written]) => {
    const value = written ?? variable(name);
    return value === undefined ? [] : [{ name, value: at(value, 'build', 'args', name) }];
  });
}

function names(declared: ReadonlySet<string>, like: string): string {
  return didYouMean(nearest(like, declared)) || `declared are ${[...declared].join(', ') || 'none'}`;
}

/** What else the build was told, without values of arguments: they may be secret. */
function howText({ args, dockerfile, dockerfile_inline: inline, target }: Build): string {
  const names = Object.keys(args ?? {});
  const how = [
    ...(dockerfile === undefined ? [] : [`dockerfile ${dockerfile}`]),
    ...(inline === undefined ? [] : ['the inline dockerfile']),
    ...(target === undefined ? [] : [`target ${target}`]),
    ...(names.length === 0 ? [] : [`${names.length === 1 ? 'argument' : 'arguments'} ${names.join(', ')}`]),
  ];
  return how.length === 0 ? '' : ` with ${how.join(', ')}`;
}

/** The paths of all scalars in a value; that of the value itself when it holds none. */
function leafPaths(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const steps = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value);
  return steps.length === 0 ? [path] : steps.flatMap(([step, inner]) => leafPaths(inner, [...path, step]));
}

function check(build: Build, { declared, options, say }: Voice): void {
  if (build.dockerfile !== undefined && build.dockerfile_inline !== undefined)
    say('two-dockerfiles', ['build', 'dockerfile_inline']);
  build.secrets?.forEach(({ source }, index) => {
    if (!declared.secrets.has(source))
      say('unknown-secret', ['build', 'secrets', index], source, names(declared.secrets, source));
  });
  for (const [name, context] of Object.entries(build.additional_contexts ?? {})) {
    const service = context.startsWith('service:') ? context.slice('service:'.length) : undefined;
    if (service !== undefined && !declared.services.has(service)) {
      say('unknown-service', ['build', 'additional_contexts', name], service, names(declared.services, service));
    }
  }
  if (!options.buildPlan) return;
  for (const [key, value] of Object.entries(build)) {
    if (!planned.has(key))
      for (const path of leafPaths(value, ['build', key])) say('not-in-plan', path, pathText(path));
  }
}

/**
 * `build` puts nothing into a manifest: the image has to be built and pushed by others.
 * @see https://github.com/compose-spec/compose-spec/blob/main/build.md
 */
export const build = defineRule({
  name: 'build',
  service: { build: shape },
  deploy: {},
  expand: {
    build: scalarToDict('context'),
    'build.args': pairsToMap,
    'build.ssh': sshToMap,
    'build.labels': (node, scope) => listToMap(node, scope, '=', ''),
    'build.additional_contexts': pairsToMap,
    'build.no_cache_filter': toList,
    'build.extra_hosts': hostsToMap,
    'build.secrets': itemsToDicts('source'),
    'build.ulimits.*': (node) => (node.kind === 'scalar' ? dictFrom({ soft: node, hard: node }, node) : node),
  },
  support: buildSupport,
  messages,
  lower(values, scope) {
    const { at, say } = scope;
    const written = values.build;
    if (written === undefined) return {};
    const context = written.context ?? '.';
    say('outside', ['build'], context, howText(written));
    check(written, scope);
    const part = (key: 'dockerfile' | 'dockerfile_inline' | 'target'): Located<string> | undefined => {
      const value = written[key];
      return value === undefined ? undefined : at(value, 'build', key);
    };
    return {
      build: {
        context: at(
          isRemote(context) ? context : (hostPath(context, scope) ?? resolvePath(scope.directory, context)),
          'build',
          'context',
        ),
        isRemote: isRemote(context),
        dockerfile: part('dockerfile'),
        dockerfileInline: part('dockerfile_inline'),
        target: part('target'),
        args: buildArguments(written.args, scope),
        origin: scope.origin('build'),
      },
    };
  },
});
