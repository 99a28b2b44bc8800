/** Which services are part of this run. */

import { get, type Tree } from '../kernel/tree.ts';

function profilesOf(service: Tree): readonly string[] {
  const profiles = get(service, 'profiles');
  if (profiles?.kind !== 'list') return [];
  return profiles.items.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []));
}

/** A service without profiles is always on, one with profiles when one of them is active; `*` activates all. */
export function isActive(service: Tree, active: ReadonlySet<string>): boolean {
  const profiles = profilesOf(service);
  return profiles.length === 0 || active.has('*') || profiles.some((profile) => active.has(profile));
}
