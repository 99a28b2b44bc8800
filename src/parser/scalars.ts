/** What a plain YAML scalar means to Compose: the core schema, with the old octals and dates that its YAML library still reads. */

const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);
const integers: readonly { readonly form: RegExp; readonly prefix: string; readonly skip: number }[] = [
  { form: /^(0|[1-9][0-9]*)$/, prefix: '', skip: 0 },
  { form: /^0[oO][0-7]+$/, prefix: '0o', skip: 2 },
  { form: /^0[0-7]+$/, prefix: '0o', skip: 1 },
  { form: /^0[xX][0-9a-fA-F]+$/, prefix: '0x', skip: 2 },
  { form: /^0[bB][01]+$/, prefix: '0b', skip: 2 },
];
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

/** The whole number of at most 64 bits that a text means; undefined when it means none. */
function wholeNumber(text: string): bigint | undefined {
  const digits = text.replace(/^[-+]/, '');
  const found = integers.find(({ form }) => form.test(digits));
  if (found === undefined || text === '-0') return undefined;
  const size = BigInt(found.prefix + digits.slice(found.skip));
  const value = text.startsWith('-') ? -size : size;
  const limit = digits === text ? 64 : 63;
  return value < 2n ** BigInt(limit) && value >= -(2n ** 63n) ? value : undefined;
}

/** A number as Go writes it: with an exponent from seven digits before the point on, and from five zeros after it. */
function goText(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const [mantissa = '', power = ''] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

const date =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:([Tt])| +)(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d{2}:\d{2})?)?$/;

function isOfCalendar(year: number, month: number, day: number): boolean {
  const made = new Date(0);
  made.setUTCFullYear(year, month - 1, day);
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

/** `2024-01-01` as Go writes the moment it means; undefined for a text that is no date of the calendar. */
function dateText(text: string): string | undefined {
  const match = date.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', letter, hour = '0', minute = '0', second = '0', fraction = '', zone] =
    match;
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  // With a T a zone must follow, with a blank none may.
  const isForm = match[5] === undefined || (letter === undefined) === (zone === undefined);
  const [, offsetHour = '0', offsetMinute = '0'] = /(\d{2}):(\d{2})$/.exec(zone ?? '') ?? [];
  const isZone = Number(offsetHour) <= 24 && Number(offsetMinute) < 60;
  if (!isTime || !isForm || !isZone || !isOfCalendar(Number(year), Number(month), Number(day))) return undefined;
  const two = (digits: string): string => digits.padStart(2, '0');
  const part = fraction.slice(0, 9).replace(/0+$/, '');
  const offset = (zone ?? 'Z').replace(':', '');
  const zoneText = /^(Z|[-+]0000)$/.test(offset) ? '+0000 UTC' : `${offset} ${offset}`;
  const seconds = `${two(second)}${part === '' ? '' : `.${part}`}`;
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${seconds} ${zoneText}`;
}

/**
 * The value of a plain scalar. `yes`, `on` and `1:30` stay text, `017` is fifteen. Numbers whose text in JavaScript is
 * not the one that Compose passes on (`1e6`, `-0`, `9007199254740993`), and dates, are that text.
 * @see compose-semantics.md points 9 to 11 and 57
 */
export function plainScalar(text: string): string | number | boolean | null {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (!/^[-+.0-9]/.test(text)) return text;
  const moment = dateText(text);
  if (moment !== undefined) return moment;
  // After a leading point an underscore must stand between digits; elsewhere it may stand anywhere.
  const digits = text.startsWith('.') ? text.replace(/(?<=\d)_(?=\d)/g, '') : text.replaceAll('_', '');
  const whole = wholeNumber(digits);
  if (whole !== undefined) return Number.isSafeInteger(Number(whole)) ? Number(whole) : String(whole);
  const value = float.test(digits) ? Number(digits) : Number.NaN;
  if (!Number.isFinite(value)) return text;
  const written = goText(value);
  return written === String(value) ? value : written;
}
