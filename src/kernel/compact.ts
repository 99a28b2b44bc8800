/** Objects without undefined fields. */

/** The same fields, where each optional one may also be given as undefined. */
type Loose<T> = { readonly [K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K> ? T[K] | undefined : T[K] };

/** Copies an object without its undefined fields. Name the type, `compact<Probe>({ … })`, to have every field checked. */
export function compact<T extends object>(fields: Loose<T>): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
