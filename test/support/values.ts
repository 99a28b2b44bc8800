/** What a draft says without where it was said, for assertions on whole values. */

import { Located, pathText } from '../../src/kernel/located.ts';

/** A copy with every located value bare, and fields that are undefined or origins left out. */
export function values(part: unknown): unknown {
  if (part instanceof Located) return values(part.value);
  if (Array.isArray(part)) return part.map(values);
  if (part instanceof Map) return new Map([...part].map(([key, value]) => [key, values(value)] as const));
  if (typeof part !== 'object' || part === null) return part;
  const kept = Object.entries(part).filter(([key, value]) => key !== 'origin' && value !== undefined);
  return Object.fromEntries(kept.map(([key, value]) => [key, values(value)]));
}

/** The path a located value leads back to, as text. */
export function pathOf(located: Located<unknown> | undefined): string {
  return located === undefined ? 'undefined' : pathText(located.origin.path);
}
