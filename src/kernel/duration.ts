/** Durations as Compose writes them (`1m30s`), in seconds. */

import { invariant } from './invariant.ts';

const NANOSECONDS: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['\u00b5s', 1e3],
  ['\u03bcs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3_600e9],
  ['d', 86_400e9],
  ['w', 604_800e9],
]);

const TERM = '(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h|d|w)';
const TERMS = new RegExp(TERM, 'g');
const DURATION = new RegExp(`^\\+?(?:${TERM})+$`);

/** Beyond 18 digits a fraction of any unit is below a nanosecond and only costs exactness. */
const FRACTION_DIGITS = 18;

function nanoseconds(amount: string, unit: number): number {
  const [whole = '', fraction = ''] = amount.split('.');
  const digits = fraction.slice(0, FRACTION_DIGITS);
  // Dividing the unit first keeps decimal fractions exact: 0.57 * 1e9 would fall one short.
  return Number(whole) * unit + Math.trunc(Number(digits) * (unit / 10 ** digits.length));
}

/**
 * Reads a duration such as `1m30s`, `1.5h`, `500ms` or `1d`, as seconds with a fraction (exact to the nanosecond up to 97 days).
 * Gives undefined for anything else: a number without a unit (but `0`), a minus sign, a blank, or more than 292 years.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/11-extension.md#specifying-durations
 */
export function parseDuration(text: string): number | undefined {
  if (text === '0' || text === '+0') return 0;
  if (!DURATION.test(text)) return undefined;
  let total = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(TERMS)) {
    total += nanoseconds(amount, NANOSECONDS.get(unit) ?? Number.NaN);
  }
  return total < 2 ** 63 ? total / 1e9 : undefined;
}

/** Rounds seconds up to a whole number, at least 1, which is the least that a Kubernetes probe or grace period takes. */
export function wholeSeconds(seconds: number): number {
  // To nanoseconds first, so that the float noise of a sum (0.1 + 0.2) is not rounded up.
  return Math.max(1, Math.ceil(Math.round(seconds * 1e9) / 1e9));
}

/** Writes seconds as Go and `docker compose config` do: `1m30s`, `24h0m0s`, `500ms`, `0s`. Seconds are not negative. */
export function formatDuration(seconds: number): string {
  invariant(seconds >= 0 && Number.isFinite(seconds), `${seconds} seconds are no duration`);
  let whole = Math.floor(seconds);
  // The shortest decimal that is this number has no float noise; the difference of the two numbers has.
  const decimals = String(seconds).split('.')[1] ?? '0';
  let nanos = Math.round((whole === 0 ? seconds : Number(`0.${decimals}`)) * 1e9);
  if (nanos === 1e9) {
    whole += 1;
    nanos = 0;
  }
  if (whole === 0) return formatBelowSecond(nanos);
  const fraction = nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const tail = `${whole % 60}${fraction}s`;
  if (hours > 0) return `${hours}h${minutes}m${tail}`;
  return minutes > 0 ? `${minutes}m${tail}` : tail;
}

function formatBelowSecond(nanos: number): string {
  if (nanos === 0) return '0s';
  if (nanos < 1e3) return `${nanos}ns`;
  return nanos < 1e6 ? `${nanos / 1e3}\u00b5s` : `${nanos / 1e6}ms`;
}
