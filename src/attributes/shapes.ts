/** Shared zod shapes. Compose reads scalars generously ("true" in quotes is a boolean where a boolean belongs), so these do too. */

import { z } from 'zod';
import { parseBytes } from '../kernel/bytes.ts';
import { parseCpus } from '../kernel/cpu.ts';
import { parseDuration } from '../kernel/duration.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';

function shown(value: unknown): string {
  return typeof value === 'string'
    ? `"${value}"`
    : value === null
      ? 'empty'
      : Array.isArray(value)
        ? 'a list'
        : typeof value === 'object'
          ? 'a mapping'
          : String(value);
}

/**
 * A shape from a reader, for what only one rule knows; `expected` completes "must be …", and `hint` may say what to type
 * instead of a value (the empty text: nothing).
 */
export function reading<T>(
  read: (value: unknown) => T | undefined,
  expected: string,
  hint: (value: unknown) => string = () => '',
): z.ZodType<T, unknown> {
  return z.unknown().transform((value, context) => {
    const result = read(value);
    if (result === undefined) {
      const message = `must be ${expected}, not ${shown(value)}`;
      context.issues.push({ code: 'custom', message, input: value, params: { hint: hint(value) } });
      return z.NEVER;
    }
    return result;
  }) as z.ZodType<T, unknown>;
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'y', 'on', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'n', 'off', '0'].map((word) => [word, false] as const),
]);

/** true or false; text such as "yes" counts, as Compose casts it. */
export function boolean(): z.ZodType<boolean, unknown> {
  return reading(
    (value) =>
      typeof value === 'boolean' ? value : typeof value === 'string' ? truths.get(value.toLowerCase()) : undefined,
    'true or false',
  );
}

/** Text. A number is not text here, as in Compose's schema. */
export function text(): z.ZodType<string, unknown> {
  return reading((value) => (typeof value === 'string' ? value : undefined), 'text');
}

/** Text, with numbers and booleans read as their text: values of labels, options, arguments. */
export function scalarText(): z.ZodType<string, unknown> {
  return reading(
    (value) =>
      typeof value === 'string'
        ? value
        : typeof value === 'number' || typeof value === 'boolean'
          ? String(value)
          : value === null
            ? ''
            : undefined,
    'text, a number or a boolean',
  );
}

/** As `scalarText`, but an empty value stays null: it means "take it from the environment". */
export function scalarTextOrNull(): z.ZodType<string | null, unknown> {
  return reading(
    (value) => (value === null ? null : typeof value === 'object' || value === undefined ? undefined : String(value)),
    'text, a number or a boolean',
  );
}

/** A whole number, also as text, within limits. */
export function integer(
  minimum = Number.MIN_SAFE_INTEGER,
  maximum = Number.MAX_SAFE_INTEGER,
): z.ZodType<number, unknown> {
  const range =
    minimum > Number.MIN_SAFE_INTEGER && maximum < Number.MAX_SAFE_INTEGER
      ? ` from ${minimum} to ${maximum}`
      : minimum > Number.MIN_SAFE_INTEGER
        ? ` of at least ${minimum}`
        : '';
  return reading((value) => {
    const number = typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : value;
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= minimum && number <= maximum
      ? number
      : undefined;
  }, `a whole number${range}`);
}

/** A number of devices: a whole number, or `all` in any case, which reads as -1. */
export function deviceCount(): z.ZodType<number, unknown> {
  return reading((value) => {
    if (typeof value === 'string' && value.toLowerCase() === 'all') return -1;
    const count = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    return typeof count === 'number' && Number.isSafeInteger(count) && count >= -1 ? count : undefined;
  }, 'a whole number or all');
}

/** A number, also as text. */
export function number(): z.ZodType<number, unknown> {
  return reading((value) => {
    const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
  }, 'a number');
}

/** A duration such as `1m30s`, in seconds. */
export function duration(): z.ZodType<number, unknown> {
  return reading(
    (value) => (typeof value === 'string' ? parseDuration(value) : value === 0 ? 0 : undefined),
    'a duration such as 30s or 1m30s',
    (value) => (/^\d+$/.test(String(value)) ? `write the unit: ${value}s` : ''),
  );
}

/** A size such as `512m` (powers of 1024), in bytes. */
export function bytes(): z.ZodType<number, unknown> {
  return reading(
    (value) => (typeof value === 'string' || typeof value === 'number' ? parseBytes(value) : undefined),
    'a size such as 512m or 2g',
  );
}

/** Cores such as `0.5`. */
export function cpus(): z.ZodType<number, unknown> {
  return reading(
    (value) => (typeof value === 'string' || typeof value === 'number' ? parseCpus(value) : undefined),
    'a number of cores such as 0.5',
    (value) => (/^\d+m$/.test(String(value)) ? `write ${Number.parseInt(String(value), 10) / 1000}` : ''),
  );
}

/** One of some words. */
export function oneOf<const W extends string>(...words: readonly W[]): z.ZodType<W, unknown> {
  return reading(
    (value) => words.find((word) => word === value),
    words.length === 2 ? `${words[0]} or ${words[1]}` : `one of ${words.join(', ')}`,
    (value) => (typeof value === 'string' ? didYouMean(nearest(value, words)) : ''),
  );
}

function withoutExtensions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('x-')));
}

/** A mapping of known keys, all of them optional unless the shape says otherwise; `x-` keys are let through. */
export function object<S extends z.ZodRawShape>(shape: S) {
  return z.preprocess(withoutExtensions, z.strictObject(shape));
}

/** As `object`, with this program's own extension `x-kubernetes` besides; its keys are checked too. */
export function objectWithOwn<S extends z.ZodRawShape, X extends z.ZodRawShape>(shape: S, own: X) {
  const withoutOthers = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).filter(
      ([key, entry]) => !key.startsWith('x-') || (key === 'x-kubernetes' && entry !== null),
    );
    return Object.fromEntries(entries);
  };
  return z.preprocess(withoutOthers, z.strictObject({ ...shape, 'x-kubernetes': z.strictObject(own).optional() }));
}

/** Zod drops the key `__proto__` of every mapping, so it passes under another name. */
const PROTO = '__proto__';
const PROTO_PASSING = '"__proto__"';

function renamed(value: object, from: string, to: string): object {
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key === from ? to : key, entry]));
}

/** A mapping of the user's own keys. Which came first, `Scope.keys` knows: an object puts keys like `10` before all others. */
export function map<Z extends z.ZodType>(value: Z): z.ZodType<Readonly<Record<string, z.output<Z>>>, unknown> {
  const hidden = (read: unknown): unknown =>
    typeof read === 'object' && read !== null && Object.hasOwn(read, PROTO)
      ? renamed(read, PROTO, PROTO_PASSING)
      : read;
  const shown = (read: object): object =>
    Object.hasOwn(read, PROTO_PASSING) ? renamed(read, PROTO_PASSING, PROTO) : read;
  const record = z.preprocess(hidden, z.record(z.string(), value)).transform(shown);
  return record as unknown as z.ZodType<Readonly<Record<string, z.output<Z>>>, unknown>;
}

/** A list. */
export function list<Z extends z.ZodType>(item: Z): z.ZodArray<Z> {
  return z.array(item);
}

/** Anything at all: for attributes that are only told about. */
export function anything(): z.ZodType<unknown, unknown> {
  return z.unknown();
}
