/** Keeps passwords and tokens out of what is printed: which parts of a source line nobody may see. */

import { lineStarts, lineText, place, type Source, type Span } from './source.ts';

/** What stands in place of a secret, whatever its length. */
export const maskText = '****';

const secretWord =
  /passw(or)?d|passphrase|secret|token|credential|(api|access|private|encryption|signing|master)[-_.]?key|(pass|pwd|dsn)$/i;
/** Names of files, of Compose sections and of settings about secrets, none of which is one. */
const harmless =
  /[-_.](file|path|dir|name|length|ttl|timeout|expiry|enabled)$|^(secrets|credential_spec)$|(tls|pull)-?secrets?$/i;

/** True for a name whose value is likely a password, a token or a private key. */
export function looksSecret(name: string): boolean {
  return secretWord.test(name) && !harmless.test(name);
}

/** Sections whose keys are names that the user gives to things, not to values. */
const namingSections: ReadonlySet<string> = new Set([
  ...['services', 'networks', 'volumes', 'configs', 'secrets', 'models', 'depends_on', 'links'],
]);
/** What a declared secret may say about itself without giving itself away. */
const secretProperties: ReadonlySet<string> = new Set([
  ...['file', 'environment', 'external', 'name', 'labels', 'driver', 'template_driver'],
]);

/** How many lines or signs are looked at around a place: files that nobody wrote by hand must not take for ever. */
const farthest = 200;

interface Layout {
  /** For each line the nearest earlier line that it lies below, or -1. */
  readonly parents: readonly number[];
  readonly lines: readonly string[];
  /** Parts by line that were asked for before. */
  readonly masked: Map<number, readonly Masked[]>;
}

const layouts = new WeakMap<Source, Layout>();

/** The nesting of a text by its indentation alone, so that it holds for a file that YAML cannot read. */
function layoutOf(source: Source): Layout {
  const known = layouts.get(source);
  if (known !== undefined) return known;
  const lines = lineStarts(source).map((_, index) => lineText(source, index + 1));
  const open: { readonly indent: number; readonly line: number; readonly isItem: boolean }[] = [];
  const parents = lines.map((text, line) => {
    const indent = text.search(/\S/);
    if (indent < 0 || text[indent] === '#') return open.at(-1)?.line ?? -1;
    const dashes = /^(?:- +)*/.exec(text.slice(indent))?.[0].length ?? 0;
    const isItem = dashes > 0;
    // A list may stand at the indentation of its key.
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      if (top.indent < indent || (top.indent === indent && isItem && !top.isItem)) break;
      open.pop();
    }
    const parent = open.at(-1)?.line ?? -1;
    open.push({ indent, line, isItem });
    if (isItem) open.push({ indent: indent + dashes, line, isItem: false });
    return parent;
  });
  const layout: Layout = { parents, lines, masked: new Map() };
  layouts.set(source, layout);
  return layout;
}

function keyOf(line: string): string {
  return /^\s*(?:- +)*["']?([^"'\s:#{}[\],]+)["']?\s*:(?:\s|$)/.exec(line)?.[1] ?? '';
}

/** The key that a line lies directly below; that of declared secrets, whatever they are called, is told apart. */
function sectionOf(layout: Layout, line: number): string {
  const parent = layout.parents[line] ?? -1;
  const section = keyOf(layout.lines[parent] ?? '');
  return section === 'secrets' && layout.parents[parent] === -1 ? 'top-level secrets' : section;
}

/** True when a line goes on with a text that a secret's line begins, although its indentation may deny it. */
function goesOnWithSecret(layout: Layout, index: number): boolean {
  let before = index;
  while (before > index - farthest && keyOf(layout.lines[before] ?? '') === '') before -= 1;
  const line = layout.lines[before] ?? '';
  return before < index && looksSecret(keyOf(line)) && /:\s+([|>][-+\d]*\s*|"[^"]*|'[^']*)$/.test(line);
}

/** Whether a line lies below a key that looks secret: then its value, or all of it, is part of the secret. */
function belowSecret(layout: Layout, index: number): 'all' | 'value' | undefined {
  const own = keyOf(layout.lines[index] ?? '');
  if (goesOnWithSecret(layout, index)) return 'all';
  for (let line = layout.parents[index] ?? -1; line >= 0; line = layout.parents[line] ?? -1) {
    const text = layout.lines[line] ?? '';
    const key = keyOf(text);
    const section = sectionOf(layout, line);
    if (section === 'top-level secrets' || (section === 'secrets' && looksSecret(key)))
      return secretProperties.has(own) ? undefined : 'value';
    if (looksSecret(key) && !namingSections.has(section)) return /[|>][-+\d]*\s*$/.test(text) ? 'all' : 'value';
  }
  return undefined;
}

/** A part of a line, as columns that count from 0. */
export interface Masked {
  readonly from: number;
  readonly to: number;
}

/** `NAME: `, `NAME=`, `"NAME": `; `--name `, `"--name", "`; and `NAME ` where a key stands, whose colon was forgotten. */
const assignment =
  /(?<![\w.-])-{0,2}(["']?)([A-Za-z_][\w.-]*)\1(\s*[:=]\s*)|(?<![\w-])--?([A-Za-z][\w-]*)["',:\s]+|(?<=^\s{0,99}(?:- {1,9}){0,9}["']?|[{,]\s{0,9}["']?)([A-Z][A-Z0-9_]+)["']?\s+/g;
const reference = /^(["']?)(\$\w+|\$\{\w+(:?\?[^}]*)?\})\1$/;
/** A port and a path after the colon are no password. */
const credentials = /(?<![\w+.-])([A-Za-z][\w+.-]*:\/\/[^\s:/@"']*:)(?!\d+\/)([^\s"'`]{1,999})(?=@)/g;
const fallback = /\$\{([A-Za-z_]\w*)(?::?[-+=]|:(?!\?))/g;
/** What a declared secret may say on one line without giving itself away. */
const harmlessFlow = /^\{\s*(file|environment|external|name)\s*:[^,{}]*\}$/;

/** Tells for growing offsets of a line which quote and how many brackets are open there. */
function structureOf(line: string): (offset: number) => { readonly quote: string; readonly depth: number } {
  let at = 0;
  let quote = '';
  let depth = 0;
  return (offset) => {
    for (; at < offset; at += 1) {
      const sign = line[at] ?? '';
      if (sign === quote) quote = '';
      else if (quote === '' && (sign === '"' || sign === "'") && /[\s[{,:]/.test(line[at - 1] ?? ' ')) quote = sign;
      else if (quote === '' && (sign === '{' || sign === '[')) depth += 1;
      else if (quote === '' && (sign === '}' || sign === ']')) depth -= 1;
    }
    return { quote, depth };
  };
}

function closingQuote(line: string, from: number, quote: string): number {
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === '\\' && quote === '"') at += 1;
    else if (line[at] === quote && line[at + 1] === quote && quote === "'") at += 1;
    else if (line[at] === quote) return at;
  }
  return line.length;
}

/** Where the value ends that begins at `from`: with its quotes, in a flow collection at its comma, else with the line. */
function valueEnd(line: string, from: number, quote: string, isFlow: boolean): number {
  const first = line[from];
  if (quote !== '') return closingQuote(line, from, quote);
  if (first === '"' || first === "'") return Math.min(line.length, closingQuote(line, from + 1, first) + 1);
  if (!isFlow) return line.length;
  let depth = 0;
  for (let at = from; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (sign === '{' || sign === '[') depth += 1;
    else if (depth === 0 && (sign === ',' || sign === '}' || sign === ']')) return at;
    else if (sign === '}' || sign === ']') depth -= 1;
  }
  return line.length;
}

/** True for a colon that no YAML reader takes for one, as in `image: team/token-service:1.2`. */
function isBareColon(line: string, from: number, start: number, match: RegExpMatchArray): boolean {
  if (match[3] !== ':' || match[1] !== '' || from >= line.length) return false;
  // Where a key may stand, somebody may have forgotten the blank.
  const isKeyPlace = /^\s*(export\s+)?$|[{,]\s*$/.test(line.slice(Math.max(0, start - farthest), start));
  return !isKeyPlace && !/["']/.test(line[from] ?? '');
}

function assigned(line: string, section: string): readonly Masked[] {
  const found: Masked[] = [];
  const structure = structureOf(line);
  let done = 0;
  for (const match of line.matchAll(assignment)) {
    const start = match.index;
    const from = start + match[0].length;
    const isFirst = match[2] !== undefined && start < farthest && line.slice(0, start).trim() === '';
    const isEntry = isFirst && section === 'top-level secrets';
    if (start < done || !(isEntry || looksSecret(match[2] ?? match[4] ?? match[5] ?? ''))) continue;
    if (isBareColon(line, from, start, match) || (isFirst && namingSections.has(section))) continue;
    if (line.startsWith('${', start - 2)) continue;
    const { quote, depth } = structure(from);
    const isFlag = match[4] !== undefined;
    const end = valueEnd(line, from, quote, depth > 0);
    const to = isFlag && quote === '' ? from + line.slice(from, end).search(/\s|$/) : end;
    const value = line.slice(from, to).trim();
    done = to;
    if (value === '' || reference.test(value) || /^[|>][-+\d]*$/.test(value)) continue;
    if (!(isEntry && harmlessFlow.test(value))) found.push({ from, to });
  }
  return found;
}

function urlPasswords(line: string): readonly Masked[] {
  return [...line.matchAll(credentials)].flatMap((match) => {
    const from = match.index + (match[1] ?? '').length;
    const password = match[2] ?? '';
    return reference.test(password) ? [] : [{ from, to: from + password.length }];
  });
}

/** What stands in place of a variable that looks secret. */
function fallbacks(line: string): readonly Masked[] {
  const found: Masked[] = [];
  for (const match of line.matchAll(fallback)) {
    const from = match.index + match[0].length;
    if (from < (found.at(-1)?.to ?? 0) || !looksSecret(match[1] ?? '')) continue;
    const to = valueEnd(line, from, '', true);
    if (to > from) found.push({ from, to });
  }
  return found;
}

function findParts(layout: Layout, index: number): readonly Masked[] {
  const text = layout.lines[index] ?? '';
  const indent = text.search(/\S/);
  if (indent < 0) return [];
  const below = belowSecret(layout, index);
  if (below !== undefined) {
    // A key may be shown, so that one that is misspelt can be seen.
    const key = below === 'value' ? (/^\s*(?:- +)*["']?[^"'\s:#{}[\],]+["']?\s*:\s+/.exec(text)?.[0] ?? '') : '';
    const isRelativePath = key !== '' && /^["']?(\.{1,2}|~)\//.test(text.slice(key.length));
    return isRelativePath ? [] : [{ from: Math.max(indent, key.length), to: text.length }];
  }
  const parts = [...assigned(text, sectionOf(layout, index)), ...urlPasswords(text), ...fallbacks(text)].sort(
    (a, b) => a.from - b.from,
  );
  let end = -1;
  return parts.filter(({ from, to }) => {
    const isApart = from >= end;
    if (isApart) end = to;
    return isApart;
  });
}

/** Of a line of an env file all but the name. */
function valuePart(line: string): readonly Masked[] {
  const from = line.indexOf('=') + 1;
  return line.slice(from).trim() === '' ? [] : [{ from, to: line.length }];
}

/**
 * The parts of a line that must not be shown: the value after a name that looks secret, everything below such a key,
 * and the password of a URL. Lines count from 1. In order, without overlap.
 */
export function maskedParts(source: Source, line: number): readonly Masked[] {
  const layout = layoutOf(source);
  const known = layout.masked.get(line);
  if (known !== undefined) return known;
  const parts = source.isPrivate === true ? valuePart(layout.lines[line - 1] ?? '') : findParts(layout, line - 1);
  layout.masked.set(line, parts);
  return parts;
}

/** The words of secrets that a message could repeat. */
function wordsOf(secrets: readonly string[]): readonly string[] {
  const whole = secrets.map((secret) =>
    secret
      .replace(/\s#.*$/, '')
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2'),
  );
  const parts = whole.flatMap((secret) => secret.match(/[^\s"'{}[\],]+/g) ?? []);
  return [...whole, ...parts.filter((part) => part.length >= 4 && !part.endsWith(':') && !part.startsWith('!'))].filter(
    (word) => word !== '',
  );
}

/** True when a secret has a text in it, other than as a key of its flow mapping: keys are no secrets. */
function holds(secret: string, text: string): boolean {
  return secret.includes(text) && !secret.includes(`${text}:`);
}

/** A message about a span without the secrets of its line and without `more`, such as the values of variables. */
export function maskMessage(message: string, span: Span, more: readonly string[]): string {
  const { line, column } = place(span.source, span.start);
  const start = column - 1;
  const parts = maskedParts(span.source, line);
  const next = parts.find(({ from }) => from >= start);
  const text = layoutOf(span.source).lines[line - 1] ?? '';
  const hidden = parts
    .filter((part) => part === next || (part.from < start + span.end - span.start && part.to > start))
    .map(({ from, to }) => text.slice(from, to));
  const words = wordsOf([...hidden, ...more]);
  if (words.length === 0) return message;
  // A short secret could be any word, so it is masked in quotes only.
  const quoted = message.replaceAll(/"((?:[^"\\]|\\.)+)"/g, (whole, inside: string) =>
    words.some((word) => word === inside || (inside.length >= 4 && holds(word, inside))) ? `"${maskText}"` : whole,
  );
  // Sentences about env files repeat what stands there in quotes only.
  if (span.source.isPrivate === true && more.length === 0) return quoted;
  return words
    .filter((word) => word.length >= 4)
    .sort((a, b) => b.length - a.length)
    .reduce((result, word) => result.replaceAll(word, maskText), quoted);
}
