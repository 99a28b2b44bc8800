/** Notes that only point elsewhere ("See dns.") get the words of that place, so that each message can stand alone. */

import type { Support } from './rule.ts';

/** The paths around a path, nearest first, beginning with itself: `a.b[].c`, `a.b[]`, `a.b`, `a`. */
function around(path: string): readonly string[] {
  const found = [path];
  for (let at = path; at !== ''; ) {
    at = at.endsWith('[]') ? at.slice(0, -2) : at.slice(0, Math.max(at.lastIndexOf('.'), 0));
    if (at !== '') found.push(at);
  }
  return found;
}

/** Where a note points from a path: an attribute below, beside or above it by its name, or a whole path. */
function target(path: string, name: string): readonly string[] {
  const nearby = around(path);
  if (name === 'the parent attribute') return nearby.slice(1, 2);
  return [...nearby.map((one) => `${one}.${name}`), name];
}

function noteOf(path: string, support: Readonly<Record<string, Support>>, depth = 0): string | undefined {
  const note = support[path]?.note;
  const name = /^See (.+)\.$/.exec(note ?? '')?.[1];
  if (name === undefined || depth > 3) return note;
  const place = target(path, name).find((one) => one !== path && support[one] !== undefined);
  return place === undefined ? note : (noteOf(place, support, depth + 1) ?? support[place]?.rule);
}

/** The same table with such notes replaced. */
export function resolveNotes<T extends Readonly<Record<string, Support>>>(support: T): T {
  const entries = Object.entries(support).map(([path, entry]) => {
    const note = noteOf(path, support);
    return [path, note === undefined ? entry : { ...entry, note }] as const;
  });
  return Object.fromEntries(entries) as unknown as T;
}
