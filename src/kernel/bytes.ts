/** Amounts of memory: Compose writes `512m`, Kubernetes writes `512Mi`. */
// cspell:ignore kmgtp

import { invariant } from './invariant.ts';

const SIZE = /^(\+?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?) ?(?:([kmgtp])(?:i?b)?|b)?$/i;

/** Powers of 1024. */
const EXPONENT = { k: 1, m: 2, g: 3, t: 4, p: 5 } as const;

const QUANTITY_UNITS = [
  ['Ti', 1024 ** 4],
  ['Gi', 1024 ** 3],
  ['Mi', 1024 ** 2],
  ['Ki', 1024],
] as const;

/**
 * Reads a Compose byte value as a whole number of bytes: a number, or text with one of the units b, k, m, g, t, p in any
 * case and with an optional `b` or `ib`, all of them powers of 1024. A fraction of a byte is cut off, as Docker does.
 * `-1` (unlimited) is the only negative amount. Gives undefined for anything else.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/11-extension.md#specifying-byte-values
 */
export function parseBytes(text: string | number): number | undefined {
  if (String(text) === '-1') return -1;
  const [, amount, unit] = SIZE.exec(String(text)) ?? [];
  if (amount === undefined) return undefined;
  const exponent = unit === undefined ? 0 : EXPONENT[unit.toLowerCase() as keyof typeof EXPONENT];
  const bytes = Math.trunc(Number(amount) * 1024 ** exponent);
  return bytes <= 2 ** 63 ? bytes : undefined;
}

/**
 * Writes a whole, not negative number of bytes as a Kubernetes quantity: in the largest of Ti, Gi, Mi and Ki that divides it,
 * else in plain bytes. 1.5 GiB is therefore `1536Mi`, and never a bare `m`, which would mean thousandths.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantityFromBytes(bytes: number): string {
  invariant(Number.isInteger(bytes) && bytes >= 0, `${bytes} is no amount of bytes`);
  const unit = bytes === 0 ? undefined : QUANTITY_UNITS.find(([, size]) => bytes % size === 0);
  return unit === undefined ? String(bytes) : `${bytes / unit[1]}${unit[0]}`;
}
