/** The name of the project, by Compose's order of sources. */

import { error, type Report, speaker } from '../kernel/diagnostic.ts';
import { Located } from '../kernel/located.ts';
import { baseName } from '../kernel/paths.ts';
import { get, type Tree } from '../kernel/tree.ts';

const say = speaker('name', {
  invalid: error(
    (name: string) => `"${name}" is not a project name`,
    'use lower-case letters, digits, - and _, beginning with a letter or digit',
  ),
  empty: error(
    (folder: string) => `no project name can be made from the folder "${folder}"`,
    'give one with -p or with name: in the file',
  ),
});

/** Lower case, foreign characters removed, as Compose normalises folder names and `name:`. */
function normalised(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^-_a-z0-9]/g, '')
    .replace(/^[-_]+/, '');
}

/**
 * `-p`, then COMPOSE_PROJECT_NAME, then the last `name:` of the files, then the folder. What is given by flag or
 * variable must already be valid.
 * @see compose-semantics.md point 59
 */
export function projectName(
  given: string | undefined,
  fromEnvironment: string | undefined,
  documents: readonly Tree[],
  directory: string,
  report: Report,
): Located<string> {
  const chosen = given ?? (fromEnvironment === '' ? undefined : fromEnvironment);
  if (chosen !== undefined) {
    if (!/^[a-z0-9][a-z0-9_-]*$/.test(chosen)) say(report, 'invalid', undefined, chosen);
    return new Located(chosen, { path: [] });
  }
  const named = documents
    .map((document) => get(document, 'name'))
    .findLast((node) => node?.kind === 'scalar' && typeof node.value === 'string');
  if (named !== undefined) {
    const written = named.kind === 'scalar' ? String(named.value) : '';
    const name = normalised(written);
    if (name === '') say(report, 'invalid', { path: ['name'], span: named.span }, written);
    return new Located(name, { path: ['name'], span: named.span });
  }
  const folder = normalised(baseName(directory));
  if (folder === '') say(report, 'empty', undefined, baseName(directory));
  return new Located(folder === '' ? 'default' : folder, { path: [] });
}
