/** The name of the project, by Compose's order of sources. */

import { error, type Report, speaker } from '../kernel/diagnostic.ts';
import { Located } from '../kernel/located.ts';
import { baseName } from '../kernel/paths.ts';
import { get, type Scalar, type Tree } from '../kernel/tree.ts';
import type { Found } from './discover.ts';
import { interpolateText } from './interpolate.ts';

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

/** The last name that the files give, with its variables filled in. */
function writtenName(documents: readonly Tree[], variables: ReadonlyMap<string, string>): Scalar | undefined {
  const named = documents
    .map((document) => get(document, 'name'))
    .findLast((node) => node?.kind === 'scalar' && typeof node.value === 'string' && node.value !== '');
  if (named?.kind !== 'scalar') return undefined;
  // What is wrong with its references is said when the whole document is interpolated.
  const { text } = interpolateText(String(named.value), (name) => variables.get(name));
  return { ...named, value: text, text };
}

/**
 * `-p`, then COMPOSE_PROJECT_NAME, then the last `name:` of the files, then the folder. What is given by flag or
 * variable must already be valid.
 * @see compose-semantics.md point 59
 */
export function projectName(
  given: string | undefined,
  found: Pick<Found, 'environment' | 'directory'>,
  documents: readonly Tree[],
  report: Report,
): Located<string> {
  const fromEnvironment = found.environment.get('COMPOSE_PROJECT_NAME');
  const chosen = given ?? (fromEnvironment === '' ? undefined : fromEnvironment);
  if (chosen !== undefined) {
    if (!/^[a-z0-9][a-z0-9_-]*$/.test(chosen)) say(report, 'invalid', undefined, chosen);
    return new Located(chosen, { path: [] });
  }
  const written = writtenName(documents, found.environment);
  if (written !== undefined) {
    const name = normalised(written.text);
    if (name === '') say(report, 'invalid', { path: ['name'], span: written.span }, written.text);
    return new Located(name, { path: ['name'], span: written.span });
  }
  const folder = normalised(baseName(found.directory));
  // A file that could not be read may well hold a name.
  if (folder === '' && documents.length > 0) say(report, 'empty', undefined, baseName(found.directory));
  return new Located(folder === '' ? 'default' : folder, { path: [] });
}
