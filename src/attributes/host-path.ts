/** Paths of the machine that converts, as a Compose file writes them. */

import { resolvePath } from '../kernel/paths.ts';

/** What is asked to find a path. */
export interface PathScope {
  readonly directory: string;
  variable(name: string): string | undefined;
}

/**
 * The absolute path that is meant: a leading `~` is the home folder, a relative path is seen from the project folder.
 * Undefined when `~` is written and HOME is not set.
 * @see compose-semantics.md point 65
 */
export function hostPath(written: string, scope: PathScope): string | undefined {
  if (!written.startsWith('~')) return resolvePath(scope.directory, written);
  const home = scope.variable('HOME');
  return home === undefined ? undefined : resolvePath(scope.directory, `${home}/${written.slice(1)}`);
}
