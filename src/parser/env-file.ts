/** The grammar of `.env` and env files, as Compose reads it, with the place of each variable. */

import type { EnvFileEntry } from '../attributes/project.ts';
import type { Source } from '../kernel/source.ts';
import { interpolateText, type Lookup } from './interpolate.ts';

/** A mistake in an env file. */
export interface EnvFileProblem {
  readonly message: string;
  readonly start: number;
}

interface Reading {
  readonly source: Source;
  readonly text: string;
  readonly lookup: Lookup;
  readonly entries: EnvFileEntry[];
  readonly problems: EnvFileProblem[];
  at: number;
}

const keyForm = /^[A-Za-z0-9_.[\]-]+/;
const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['"', '"'],
  ['\\', '\\'],
]);

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function expand(reading: Reading, value: string, start: number): string {
  const known = (name: string): string | undefined =>
    reading.lookup(name) ?? reading.entries.findLast((entry) => entry.name === name)?.value;
  const { text, problems } = interpolateText(value, known);
  for (const message of problems) reading.problems.push({ message, start });
  return text;
}

/** A quoted value that begins at the current place; leaves the place after the closing quote. */
function quoted(reading: Reading, quote: string): string {
  const start = reading.at;
  let raw = '';
  for (let at = start + 1; at < reading.text.length; at += 1) {
    const sign = reading.text[at];
    if (sign === '\\' && reading.text[at + 1] !== undefined) {
      const next = reading.text[at + 1] ?? '';
      if (quote === "'") raw += next === "'" ? "'" : `\\${next}`;
      // A dollar that is escaped must survive the expansion that follows.
      else raw += next === '$' ? '$$' : (escapes.get(next) ?? `\\${next}`);
      at += 1;
    } else if (sign === quote) {
      reading.at = at + 1;
      return quote === '"' ? expand(reading, raw, start) : raw;
    } else {
      raw += sign;
    }
  }
  reading.problems.push({
    message: `the ${quote === '"' ? 'double' : 'single'} quote that opens here is never closed`,
    start,
  });
  reading.at = reading.text.length;
  return raw;
}

function value(reading: Reading): string {
  const first = reading.text[reading.at];
  if (first === '"' || first === "'") return quoted(reading, first);
  const start = reading.at;
  const end = lineEnd(reading.text, start);
  const line = reading.text.slice(start, end);
  const comment = /(^|[ \t])#/.exec(line);
  reading.at = end;
  return expand(reading, (comment === null ? line : line.slice(0, comment.index)).trim(), start);
}

function skipBlank(reading: Reading): void {
  for (;;) {
    while (/\s/.test(reading.text[reading.at] ?? '')) reading.at += 1;
    if (reading.text[reading.at] !== '#') return;
    reading.at = lineEnd(reading.text, reading.at);
  }
}

function skipSpaces(reading: Reading): void {
  while (reading.text[reading.at] === ' ' || reading.text[reading.at] === '\t') reading.at += 1;
}

function statement(reading: Reading): void {
  const exported = /^export[ \t]+/.exec(reading.text.slice(reading.at, reading.at + 64));
  if (exported !== null) reading.at += exported[0].length;
  const start = reading.at;
  const key = keyForm.exec(reading.text.slice(start, lineEnd(reading.text, start)))?.[0];
  if (key === undefined) {
    reading.problems.push({
      message: `unexpected character ${JSON.stringify(reading.text[start] ?? '')} in a variable name`,
      start,
    });
    reading.at = lineEnd(reading.text, start);
    return;
  }
  reading.at = start + key.length;
  skipSpaces(reading);
  const span = { source: reading.source, start, end: start + key.length };
  const sign = reading.text[reading.at];
  if (sign === '=' || sign === ':') {
    reading.at += 1;
    skipSpaces(reading);
    reading.entries.push({ name: key, value: value(reading), span });
  } else if (sign === undefined || sign === '\n' || sign === '#') {
    reading.entries.push({ name: key, value: undefined, span });
    reading.at = lineEnd(reading.text, reading.at);
  } else {
    const message =
      reading.at > start + key.length
        ? 'a variable name cannot contain a space'
        : `unexpected character ${JSON.stringify(sign)} in a variable name`;
    reading.problems.push({ message, start: reading.at });
    reading.at = lineEnd(reading.text, reading.at);
  }
}

function rawEntries(source: Source): readonly EnvFileEntry[] {
  const entries: EnvFileEntry[] = [];
  let start = 0;
  for (const line of source.text.split('\n')) {
    const text = line
      .replace(/\r$/, '')
      .replace(/^\uFEFF/, '')
      .trimStart();
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const span = { source, start, end: start + line.length };
    if (text !== '' && !text.startsWith('#'))
      entries.push({ name, value: equals < 0 ? undefined : text.slice(equals + 1), span });
    start += line.length + 1;
  }
  return entries;
}

/**
 * The variables of an env file in order, later ones of the same name included. `lookup` is asked before the file's own
 * earlier variables. `raw` takes every KEY=VALUE line literally, as `docker run --env-file` does.
 * @see compose-semantics.md §13
 */
export function parseEnvFile(
  source: Source,
  format: 'compose' | 'raw',
  lookup: Lookup,
): { readonly entries: readonly EnvFileEntry[]; readonly problems: readonly EnvFileProblem[] } {
  if (format === 'raw') return { entries: rawEntries(source), problems: [] };
  const text = source.text.replaceAll('\r\n', ' \n');
  const reading: Reading = { source, text, lookup, entries: [], problems: [], at: text.startsWith('\uFEFF') ? 1 : 0 };
  for (skipBlank(reading); reading.at < text.length; skipBlank(reading)) statement(reading);
  return { entries: reading.entries, problems: reading.problems };
}
