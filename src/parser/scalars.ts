/** What a plain YAML scalar means to Compose: the core schema with the old octals that its YAML library still reads. */

const integers: readonly { readonly form: RegExp; readonly base: number; readonly skip: number }[] = [
  { form: /^[-+]?(0|[1-9][0-9_]*)$/, base: 10, skip: 0 },
  { form: /^[-+]?0o[0-7_]+$/, base: 8, skip: 2 },
  { form: /^[-+]?0[0-7_]+$/, base: 8, skip: 1 },
  { form: /^[-+]?0x[0-9a-fA-F_]+$/, base: 16, skip: 2 },
  { form: /^[-+]?0b[01_]+$/, base: 2, skip: 2 },
];
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

/**
 * The value of a plain scalar. `yes`, `on` and `1:30` stay text, `017` is fifteen, numbers too large to be exact stay text.
 * @see compose-semantics.md points 9 to 11
 */
export function plainScalar(text: string): string | number | boolean | null {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (!/^[-+.0-9]/.test(text)) return text;
  for (const { form, base, skip } of integers) {
    if (!form.test(text)) continue;
    const sign = text.startsWith('-') ? -1 : 1;
    const digits = text.replace(/^[-+]/, '').slice(skip).replaceAll('_', '');
    const value = sign * Number.parseInt(digits === '' ? '0' : digits, base);
    return Number.isSafeInteger(value) ? value : text;
  }
  return float.test(text) ? Number(text) : text;
}
