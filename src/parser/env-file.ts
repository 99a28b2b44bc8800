/** The grammar of `.env` and env files, as Compose reads it, with the place of each variable. */

import type { EnvFileEntry } from '../attributes/project.ts';
import type { Source } from '../kernel/source.ts';
import { interpolateText, type Lookup } from './interpolate.ts';

/** A mistake in an env file. */
export interface EnvFileProblem {
  readonly message: string;
  readonly start: number;
}

/** What an env file says, and what is wrong with it. */
export interface EnvFile {
  readonly entries: readonly EnvFileEntry[];
  readonly problems: readonly EnvFileProblem[];
  /** Those whose value refers to a variable that is not set, often by a `$` that was meant as itself. */
  readonly lacking: readonly EnvFileEntry[];
}

interface Reading {
  readonly source: Source;
  readonly text: string;
  readonly lookup: Lookup;
  readonly entries: EnvFileEntry[];
  readonly values: Map<string, string>;
  readonly problems: EnvFileProblem[];
  readonly lacking: EnvFileEntry[];
  /** True when the value at hand refers to a variable that is not set. */
  isLacking: boolean;
  at: number;
}

/** Blanks within a line, and blanks that may end one, as the Go library that Compose uses sees them. */
const blank = /[\t\v\f\r \u0085\u00a0]/;
const space = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const trailingSpace = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/;
const nameSign = /[\p{L}\p{N}_.[\]-]/u;
const escapes: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['"', '"'],
  ['\\', '\\'],
  // A dollar that is escaped must survive the expansion that follows.
  ['$', '$$'],
]);

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function expand(reading: Reading, value: string, start: number): string {
  const { text, problems, unset } = interpolateText(value, (name) => reading.lookup(name) ?? reading.values.get(name));
  reading.isLacking = unset.length > 0;
  for (const message of problems) reading.problems.push({ message, start });
  return text;
}

/** Escapes of a double-quoted value: those of the shell, and `\0` with an octal code. */
function unescaped(value: string): string {
  return value.replace(/\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g, (whole, letter?: string, digits = '') => {
    if (letter !== undefined) return escapes.get(letter) ?? whole;
    const code = /^[0-7]{3}$/.test(digits) ? Number.parseInt(digits, 8) : Number.POSITIVE_INFINITY;
    return code <= 255 ? String.fromCharCode(code) : `\\${digits}`;
  });
}

/** A quoted value that begins at the current place; leaves the place after the closing quote. */
function quoted(reading: Reading, quote: string): string {
  const { text, at: start } = reading;
  const parts: string[] = [];
  let from = start + 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') {
      // Only the quote loses its backslash here; other escapes are for later, and for double quotes.
      if (text[at + 1] === quote) {
        parts.push(text.slice(from, at));
        from = at + 1;
      }
      at += 1;
    } else if (text[at] === quote) {
      reading.at = at + 1;
      const raw = parts.join('') + text.slice(from, at);
      return quote === '"' ? expand(reading, unescaped(raw), start) : raw;
    }
  }
  const kind = quote === '"' ? 'double' : 'single';
  reading.problems.push({ message: `the ${kind} quote that opens here is never closed`, start });
  reading.at = text.length;
  return '';
}

function unquoted(reading: Reading): string {
  const start = reading.at;
  const end = lineEnd(reading.text, start);
  const line = reading.text.slice(start, end);
  const comment = line.indexOf(' #');
  reading.at = Math.min(end + 1, reading.text.length);
  return expand(reading, (comment < 0 ? line : line.slice(0, comment)).replace(trailingSpace, ''), start);
}

function skip(reading: Reading, what: RegExp): void {
  while (reading.at < reading.text.length && what.test(reading.text[reading.at] ?? '')) reading.at += 1;
}

/** To the next statement: over blank lines and comments. */
function skipToStatement(reading: Reading): void {
  for (;;) {
    skip(reading, space);
    if (reading.text[reading.at] !== '#') return;
    reading.at = lineEnd(reading.text, reading.at);
  }
}

/** Says what is wrong at a place and goes on with the next line. */
function wrong(reading: Reading, message: string, start: number): void {
  reading.problems.push({ message, start });
  reading.at = lineEnd(reading.text, start);
}

/** The offset of the sign that ends a name: `=`, `:`, a line end or the end; undefined after a sign that is none of a name. */
function nameEnd(reading: Reading): number | undefined {
  const { text } = reading;
  for (let at = reading.at; at < text.length; ) {
    const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (sign === '=' || sign === ':' || sign === '\n') return at;
    if (!blank.test(sign) && !nameSign.test(sign)) {
      wrong(reading, `unexpected character ${JSON.stringify(sign)} in a variable name`, at);
      return undefined;
    }
    at += sign.length;
  }
  return text.length;
}

function statement(reading: Reading): void {
  const { text } = reading;
  if (/^export[\t\n\f\r ]/.test(text.slice(reading.at, reading.at + 7))) {
    reading.at += 6;
    skip(reading, blank);
    if (reading.at === text.length) wrong(reading, 'a variable name is missing after export', reading.at - 1);
  }
  const start = reading.at;
  const end = nameEnd(reading);
  if (end === undefined) return;
  const name = text.slice(start, end).replace(trailingSpace, '');
  const inner = name.search(space);
  const hasValue = text[end] === '=' || text[end] === ':';
  if (inner >= 0 || (name === '' && hasValue)) {
    if (inner >= 0) wrong(reading, 'a variable name cannot contain a space', start + inner);
    else wrong(reading, `a variable name is missing before "${text[end]}"`, end);
    return;
  }
  reading.at = Math.min(end + 1, text.length);
  if (name === '') return;
  const span = { source: reading.source, start, end: start + name.length };
  if (!hasValue) {
    reading.entries.push({ name, value: undefined, span });
    const inherited = reading.lookup(name);
    if (inherited !== undefined) reading.values.set(name, inherited);
    return;
  }
  skip(reading, blank);
  const first = text[reading.at];
  reading.isLacking = false;
  const value = first === '"' || first === "'" ? quoted(reading, first) : unquoted(reading);
  const entry = { name, value, span };
  reading.values.set(name, value);
  reading.entries.push(entry);
  if (reading.isLacking) reading.lacking.push(entry);
}

function readRaw(source: Source): EnvFile {
  const entries: EnvFileEntry[] = [];
  const problems: EnvFileProblem[] = [];
  let lineStart = 0;
  for (const full of source.text.split('\n')) {
    const line = full
      .replace(/\r$/, '')
      .replace(lineStart === 0 ? /^\uFEFF/ : /(?!)/, (mark) => ' '.repeat(mark.length));
    const offset = line.search(new RegExp(`[^${space.source.slice(1, -1)}]`));
    const text = offset < 0 ? '' : line.slice(offset);
    const start = lineStart + Math.max(0, offset);
    lineStart += full.length + 1;
    if (text === '' || text.startsWith('#')) continue;
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const inner = name.search(/[ \t]/);
    if (name === '') problems.push({ message: 'a variable name is missing before "="', start });
    else if (inner >= 0) problems.push({ message: 'a variable name cannot contain a space', start: start + inner });
    else {
      const span = { source, start, end: start + name.length };
      entries.push({ name, value: equals < 0 ? undefined : text.slice(equals + 1), span });
    }
  }
  return { entries, problems, lacking: [] };
}

/**
 * The variables of an env file in order, later ones of the same name included; all mistakes, each with its line left
 * out. `lookup` is asked before the file's own earlier variables. `raw` takes every KEY=VALUE line literally, as
 * `docker run --env-file` does.
 * @see compose-semantics.md §13
 */
export function parseEnvFile(source: Source, format: 'compose' | 'raw', lookup: Lookup): EnvFile {
  if (format === 'raw') return readRaw(source);
  const { text } = source;
  const reading: Reading = {
    source,
    text,
    lookup,
    entries: [],
    values: new Map(),
    problems: [],
    lacking: [],
    isLacking: false,
    at: text.startsWith('\uFEFF') ? 1 : 0,
  };
  for (skipToStatement(reading); reading.at < text.length; skipToStatement(reading)) statement(reading);
  return { entries: reading.entries, problems: reading.problems, lacking: reading.lacking };
}
