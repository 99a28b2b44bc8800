/** Grants of configs and secrets to a service: the same long form, the same file in the container. */

import { error, noted, warning } from '../kernel/diagnostic.ts';
import type { Path } from '../kernel/located.ts';
import { resolvePath } from '../kernel/paths.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import { dictFrom, get, kindText, type Tree } from '../kernel/tree.ts';
import type { Grant } from '../model/facts.ts';
import { fileMode, isDecimalMode, modeText } from './file-mode.ts';
import type { ExpandScope, Scope } from './rule.ts';
import { integer, list, object, text } from './shapes.ts';

/** What is granted. */
export type Granted = 'config' | 'secret';

/** Where relative targets begin. */
const folders: Readonly<Record<Granted, string>> = { config: '/', secret: '/run/secrets' };

/** The sentences of a rule about grants. */
export function grantMessages(what: Granted) {
  return {
    unknown: error(
      (name: string, _hint: string) => `no ${what} is called "${name}"`,
      (_name: string, hint: string) => (hint === '' ? `declare it under ${what}s at the top level` : hint),
    ),
    'same-target': error(
      (target: string) => `two ${what}s are mounted at ${target}`,
      'give one of them another target',
    ),
    'not-a-file': error(
      (target: string) => `a ${what} cannot be mounted at ${target}`,
      'write the path of the file in the container',
    ),
    'decimal-mode': warning(
      (written: string, octal: string) => `the mode ${written} is a decimal number, which is ${octal} in octal`,
      (written: string) => `write 0${written}`,
    ),
    'mode-bits': noted(
      (written: string, kept: string) => `the mode ${written} becomes ${kept}, since such files are read-only`,
    ),
  };
}
type GrantMessages = ReturnType<typeof grantMessages>;

/** The shape of a list of grants. */
export function grantsShape() {
  return list(
    object({
      source: text(),
      target: text().optional(),
      uid: integer(0, 2 ** 31 - 1).optional(),
      gid: integer(0, 2 ** 31 - 1).optional(),
      mode: fileMode().optional(),
    }),
  );
}

function scalarText(node: Tree | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined;
}

/** What makes two grants one: the file in the container. */
export function grantIdentity(what: Granted): (item: Tree) => string | undefined {
  return (item) => {
    const target = scalarText(get(item, 'target')) ?? scalarText(get(item, 'source'));
    return target === undefined ? undefined : resolvePath(folders[what], target);
  };
}

/** Names to long grants. One list with two grants on one file is a mistake; a later file may well replace a grant. */
export function expandGrants(what: Granted): (node: Tree, scope: ExpandScope<GrantMessages>) => Tree {
  const identity = grantIdentity(what);
  return (node, scope) => {
    if (node.kind !== 'list') return node;
    const targets = new Set<string>();
    const items = node.items.flatMap((item): readonly Tree[] => {
      if (item.kind === 'list' || (item.kind === 'scalar' && typeof item.value !== 'string')) {
        scope.wrong(item, `takes names of ${what}s or mappings with a source, not ${kindText(item)}`);
        return [];
      }
      const long = item.kind === 'scalar' ? dictFrom({ source: item }, item) : item;
      const target = identity(long);
      if (target !== undefined && targets.has(target)) scope.say('same-target', item, target);
      else if (target !== undefined) targets.add(target);
      const mode = get(long, 'mode');
      if (mode?.kind === 'scalar' && isDecimalMode(mode))
        scope.say('decimal-mode', mode, mode.text, modeText(Number(mode.value)));
      return [long];
    });
    return { ...node, items };
  };
}

/** One grant as the shape leaves it. */
interface CheckedGrant {
  readonly source: string;
  readonly target?: string | undefined;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
  readonly mode?: number | undefined;
}

const READ_AND_EXECUTE = 0o555;
const GROUP_READ = 0o040;
const OTHERS_READ = 0o004;

/** The bits that the file gets. The owner is always root, so a mode for another owner lets the group read. */
function modeOf({ uid = 0, mode }: CheckedGrant, path: Path, scope: Scope<GrantMessages>): number | undefined {
  if (mode === undefined) return undefined;
  const kept = mode & READ_AND_EXECUTE;
  if (kept !== mode) scope.say('mode-bits', path, modeText(mode), modeText(kept));
  return uid !== 0 && (kept & OTHERS_READ) === 0 ? kept | GROUP_READ : kept;
}

function lowerGrant(grant: CheckedGrant, path: Path, what: Granted, scope: Scope<GrantMessages>): Grant | undefined {
  const { source, uid, gid } = grant;
  const declared = scope.declared[`${what}s`];
  if (!declared.has(source)) {
    scope.say('unknown', [...path, 'source'], source, didYouMean(nearest(source, declared)));
    return undefined;
  }
  const target = resolvePath(folders[what], grant.target ?? source);
  if (target === '/') {
    scope.say('not-a-file', [...path, 'target'], target);
    return undefined;
  }
  if (uid === 0) scope.settle([...path, 'uid'], 'converted');
  if (gid === 0) scope.settle([...path, 'gid'], 'converted');
  const mode = modeOf(grant, [...path, 'mode'], scope);
  return {
    source: scope.at(source, ...path, 'source'),
    target: scope.at(target, ...path, 'target'),
    mode: mode === undefined ? undefined : scope.at(mode, ...path, 'mode'),
    uid: uid === undefined ? undefined : scope.at(uid, ...path, 'uid'),
    gid: gid === undefined ? undefined : scope.at(gid, ...path, 'gid'),
    origin: scope.origin(...path),
  };
}

/** The grants of a service; those of undeclared names are said and left out. */
export function lowerGrants(
  grants: readonly CheckedGrant[] | undefined,
  what: Granted,
  scope: Scope<GrantMessages>,
): readonly Grant[] | undefined {
  const found = (grants ?? []).flatMap((grant, index) => lowerGrant(grant, [`${what}s`, index], what, scope) ?? []);
  return found.length === 0 ? undefined : found;
}
