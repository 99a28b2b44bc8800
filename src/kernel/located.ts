/** Values that know where they were said: the thread that leads from each emitted field back to a Compose line. */

import type { Span } from './source.ts';

/** A path of keys and indexes from the root of the project, such as `['services', 'web', 'ports', 0]`. */
export type Path = readonly (string | number)[];

/** Where something was said. */
export interface Origin {
  /** Path in the resolved project, in long form. */
  readonly path: Path;
  /** The text that said it; absent for what no file says (a default, a command-line option). */
  readonly span?: Span;
}

/**
 * A value and its origin. Rules make them, passes and emitters hand them on, `resource()` takes them apart again
 * into a plain Kubernetes object and a map of origins. A class, because user data could look like any plain record.
 */
export class Located<T> {
  readonly value: T;
  readonly origin: Origin;

  constructor(value: T, origin: Origin) {
    this.value = value;
    this.origin = origin;
  }
}

/** The same origin for another value: how a computed field keeps its thread. */
export function derive<T, U>(from: Located<T>, value: U): Located<U> {
  return new Located(value, from.origin);
}

/** The text of a path with one step more. */
export function stepText(text: string, step: string | number): string {
  if (typeof step === 'number') return `${text}[${step}]`;
  if (!/^[A-Za-z0-9_$-][A-Za-z0-9_$/-]*$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
  return text === '' ? step : `${text}.${step}`;
}

/** A path as people write it: `services.web.ports[0].target`; keys with other characters are quoted in brackets. */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) text = stepText(text, step);
  return text;
}
