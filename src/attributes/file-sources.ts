/** Top-level configs and secrets: content that is read at conversion from a file, a variable or the Compose file itself. */

import { encodeUtf8 } from '../kernel/base64.ts';
import { error, type Message, notApplicable, warning } from '../kernel/diagnostic.ts';
import type { Located } from '../kernel/located.ts';
import type { FileDraft, FileProblem } from '../model/draft.ts';
import { annotationsOf, labelKey } from './declared-labels.ts';
import type { Granted } from './grants.ts';
import { hostPath } from './host-path.ts';
import type { Scope } from './rule.ts';

/** Kubernetes takes no more bytes in one object. */
const LARGEST = 1024 ** 2;

/** The sentences that configs and secrets share. `sources` are the attributes that give content. */
export function sourceMessages(what: Granted, sources: string) {
  return {
    'external-name': warning(
      (name: string) => `external: {name: ${name}} is the form of old files`,
      (name: string) => `write external: true and name: ${name}`,
    ),
    'external-with-others': error(
      (name: string, keys: string) => `the ${what} ${name} is external, so it cannot have ${keys}`,
      'keep only external and name',
    ),
    'no-source': error(
      (name: string) => `the ${what} ${name} does not say where its content comes from`,
      `give it one of ${sources}`,
    ),
    'many-sources': error(
      (name: string, keys: string) => `the ${what} ${name} has more than one source: ${keys}`,
      'keep one of them',
    ),
    'not-a-key': error(
      (key: string) => `"${key}" cannot be a key in a ${what === 'config' ? 'ConfigMap' : 'Secret'}`,
      'use letters, digits, "-", "_" and "."',
    ),
    'nothing-to-fill': notApplicable('the content holds no template, so there is nothing to fill in'),
    'label-key': labelKey satisfies Message<[string]>,
  };
}
type SourceScope = Scope<ReturnType<typeof sourceMessages>>;

/** A config or secret as the shape leaves it. */
export interface CheckedSource {
  readonly name?: string | undefined;
  readonly external?: boolean | undefined;
  readonly file?: string | undefined;
  readonly environment?: string | undefined;
  readonly content?: string | undefined;
  readonly driver?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly template_driver?: string | undefined;
  readonly 'x-kubernetes'?: { readonly key?: string | undefined } | undefined;
}

type Reading = { readonly content: Located<Uint8Array> } | { readonly problem: FileProblem };

function limited(content: Uint8Array, what: Granted, key: string, scope: SourceScope): Reading {
  if (content.length <= LARGEST) return { content: scope.at(content, key) };
  const message = `the ${what} ${scope.name} has ${content.length} bytes, and Kubernetes takes ${LARGEST} at most`;
  return { problem: { message, hint: 'put it in the image or on a volume', origin: scope.origin(key) } };
}

function readFile(written: string, what: Granted, scope: SourceScope): Reading {
  const subject = `the file ${written} of the ${what} ${scope.name}`;
  const problem = (message: string, hint: string): Reading => ({
    problem: { message: `${subject} ${message}`, hint, origin: scope.origin('file') },
  });
  const path = hostPath(written, scope);
  if (path === undefined) return problem('cannot be found, since HOME is not set', 'write the path without ~');
  const found = scope.files.stat(path);
  if (found === undefined)
    return problem('does not exist', `create it, or declare the ${what} external if the cluster has it`);
  if (found.kind !== 'file')
    return problem(`is ${found.kind === 'directory' ? 'a directory' : 'no ordinary file'}`, 'name one file');
  if (found.size > LARGEST)
    return problem(
      `has ${found.size} bytes, and Kubernetes takes ${LARGEST} at most`,
      'put it in the image or on a volume',
    );
  const bytes = scope.files.read(path);
  if ('error' in bytes) return problem(`cannot be read: ${bytes.error}`, 'make it readable');
  return limited(bytes, what, 'file', scope);
}

function readVariable(variable: string, what: Granted, scope: SourceScope): Reading {
  const value = scope.variable(variable);
  if (value !== undefined) return limited(encodeUtf8(value), what, 'environment', scope);
  const message = `the variable ${variable} of the ${what} ${scope.name} is not set`;
  return { problem: { message, hint: `set ${variable} in the shell or in .env`, origin: scope.origin('environment') } };
}

const sources = ['file', 'environment', 'content'] as const;

function readSource(value: CheckedSource, what: Granted, scope: SourceScope): Reading | undefined {
  const given = sources.filter((key) => value[key] !== undefined);
  if (given.length === 0 && value.driver === undefined) scope.say('no-source', [], scope.name);
  else if (given.length > 1) scope.say('many-sources', [], scope.name, given.join(', '));
  if (given.length !== 1) return undefined;
  if (value.file !== undefined) return readFile(value.file, what, scope);
  if (value.environment !== undefined) return readVariable(value.environment, what, scope);
  return value.content === undefined ? undefined : limited(encodeUtf8(value.content), what, 'content', scope);
}

const BRACE = 0x7b;

function holdsTemplate(bytes: Uint8Array): boolean {
  return bytes.some((byte, index) => byte === BRACE && bytes[index + 1] === BRACE);
}

function checkExternal({ name, say, has }: SourceScope): void {
  const others = [...sources, 'driver', 'driver_opts', 'labels', 'template_driver'].filter((key) => has(key));
  if (others.length > 0) say('external-with-others', [others[0] ?? 'external'], name, others.join(', '));
}

/** What a top-level config or secret says; where its content cannot be had, the problem is kept for who needs it. */
export function lowerSource(value: CheckedSource, what: Granted, scope: SourceScope): FileDraft {
  const isExternal = value.external === true;
  if (isExternal) checkExternal(scope);
  const reading = isExternal ? undefined : readSource(value, what, scope);
  const content = reading !== undefined && 'content' in reading ? reading.content : undefined;
  if (value.template_driver !== undefined && content !== undefined && !holdsTemplate(content.value))
    scope.say('nothing-to-fill', ['template_driver']);
  const key = value['x-kubernetes']?.key;
  if (key !== undefined && !/^[-._A-Za-z0-9]{1,253}$/.test(key)) scope.say('not-a-key', ['x-kubernetes', 'key'], key);
  if (key !== undefined) scope.settle(['x-kubernetes'], 'converted');
  return {
    name: scope.name,
    objectName: value.name === undefined ? undefined : scope.at(value.name, 'name'),
    isExternal: isExternal ? scope.at(true, 'external') : undefined,
    content,
    problem: reading !== undefined && 'problem' in reading ? reading.problem : undefined,
    key: key === undefined ? undefined : scope.at(key, 'x-kubernetes', 'key'),
    annotations: annotationsOf(value.labels, scope),
    origin: scope.origin(),
  };
}
