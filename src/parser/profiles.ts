/** Which services are part of this run. */

import { get, type Tree } from '../kernel/tree.ts';
import type { Input } from './input.ts';

/** The profiles that are on: those of `--profile`, else those of COMPOSE_PROFILES. */
export function activeProfiles(
  input: Pick<Input, 'profiles'>,
  environment: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  if (input.profiles.length > 0) return new Set(input.profiles);
  const listed = (environment.get('COMPOSE_PROFILES') ?? '').split(',').map((profile) => profile.trim());
  return new Set(listed.filter((profile) => profile !== ''));
}

/** The profiles of a service, as text. */
export function profilesOf(service: Tree): readonly string[] {
  const profiles = get(service, 'profiles');
  if (profiles?.kind !== 'list') return [];
  return profiles.items.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []));
}

/** A service without profiles is always on, one with profiles when one of them is active; `*` activates all. */
export function isActive(service: Tree, active: ReadonlySet<string>): boolean {
  const profiles = profilesOf(service);
  return profiles.length === 0 || active.has('*') || profiles.some((profile) => active.has(profile));
}
