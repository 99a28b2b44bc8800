/** Leaves out what says nothing: empty parts, and values that the API server would fill in by itself. */

import { Located } from '../kernel/located.ts';
import type { Sourced } from '../model/pod.ts';

/** The value without its origin. */
export function plain<T>(sourced: Sourced<T>): T {
  return sourced instanceof Located ? sourced.value : sourced;
}

/** The value, or undefined when it is the one that the API server assumes. */
export function unlessDefault<T>(value: Sourced<T> | undefined, standard: NoInfer<T>): Sourced<T> | undefined {
  return value === undefined || plain(value) === standard ? undefined : value;
}

/** The list or record, or undefined when nothing is in it. The type comes from the place it is put, as in `from()`. */
export function unlessEmpty<T extends object>(part: NoInfer<T>): T | undefined {
  return Object.values(part).every((value) => value === undefined) ? undefined : part;
}
