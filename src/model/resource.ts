/** A finished Kubernetes object with the origin of each of its parts: what writers and the applier see. */

import { Located, type Origin } from '../kernel/located.ts';

/** A plain Kubernetes object. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** An object, and for each JSON pointer into it that some line of the input stands behind, that line. */
export interface Resource {
  readonly object: KubernetesObject;
  /** Keys are JSON pointers (RFC 6901); the empty pointer is the object as a whole. */
  readonly origins: ReadonlyMap<string, Origin>;
}

/** A record whose fields may carry their origins. Optional fields may be undefined; such fields vanish. */
export type TracedFields<T> = {
  readonly [Key in keyof T]: Traced<T[Key]> | (Partial<Pick<T, Key>> extends Pick<T, Key> ? undefined : never);
};

/** T with any part of it possibly still carrying its origin. */
export type Traced<T> =
  | Located<T>
  | (T extends readonly (infer Item)[] ? readonly Traced<Item>[] : T extends object ? TracedFields<T> : T);

const markOf = new WeakMap<object, Origin>();

/**
 * Marks a part that is being built with where it comes from, and returns it. The type comes from the place the part is put,
 * never from the part, so that a misspelt field is an error.
 */
export function from<T extends object | undefined>(origin: Origin, part: NoInfer<T> & object): T {
  markOf.set(part, origin);
  return part;
}

function pointerStep(step: string | number): string {
  const text = String(step);
  return /[~/]/.test(text) ? `/${text.replaceAll('~', '~0').replaceAll('/', '~1')}` : `/${text}`;
}

function unwrap(part: unknown, pointer: string, origins: Map<string, Origin>): unknown {
  if (part instanceof Located) {
    if (part.origin.path.length > 0 || part.origin.span !== undefined) origins.set(pointer, part.origin);
    return unwrap(part.value, pointer, origins);
  }
  if (typeof part !== 'object' || part === null) return part;
  const mark = markOf.get(part);
  if (mark !== undefined) origins.set(pointer, mark);
  if (Array.isArray(part)) return part.map((item, index) => unwrap(item, pointer + pointerStep(index), origins));
  const fields: [string, unknown][] = [];
  for (const [key, value] of Object.entries(part)) {
    if (value !== undefined) fields.push([key, unwrap(value, pointer + pointerStep(key), origins)]);
  }
  return Object.fromEntries(fields);
}

/**
 * Takes a traced object apart: the plain object, without undefined fields, and the map of its origins. T is the type of the
 * object, such as `IService & KubernetesObject`.
 */
export function resource<T extends KubernetesObject = KubernetesObject>(traced: Traced<NoInfer<T>>): Resource {
  const origins = new Map<string, Origin>();
  return { object: unwrap(traced, '', origins) as KubernetesObject, origins };
}
