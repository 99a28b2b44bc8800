/** What the YAML library complains about, in plain words and at the place that has to be changed. */

import type { CST, YAMLParseError } from 'yaml';
import { error, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Source } from '../kernel/source.ts';

const say = speaker('yaml', {
  syntax: error((what: string) => what, 'check the indentation, quotes and brackets around this place'),
  tab: error('a tab cannot indent YAML', 'use spaces'),
  'open-quote': error(
    (quote: string) => `the ${quote} that opens here is never closed`,
    'close it, and indent the lines that it goes on with',
  ),
  'open-bracket': error(
    (open: string) => `the ${open} that opens here is not closed before its key is over`,
    (open: string) => `close it with ${closing(open)}, and indent all up to there more than the key`,
  ),
  'closes-nothing': error((close: string) => `this ${close} closes nothing`, 'remove it, or put the text in quotes'),
  indentation: error(
    'this is not indented like the other keys or items that it stands with',
    'make the indentation equal',
  ),
  'second-colon': error(
    'a colon with a blank after it makes this a mapping inside a text',
    'put the whole text in quotes',
  ),
  'no-colon': error('a colon is missing after this key', 'write KEY: VALUE'),
  'no-comma': error('a comma is missing before this'),
  'needs-quotes': error((sign: string) => `text that begins with ${sign} must be in quotes`, 'put it in quotes'),
  escape: error(
    (what: string) => `${what} means nothing in double quotes`,
    'write \\\\ for a backslash, or use single quotes',
  ),
  'block-text': error(
    'after | and > nothing but an indentation number, + or - may stand',
    'begin the text in the next line',
  ),
  unexpected: error('nothing of this kind is expected here', 'remove it, or put the whole text in quotes'),
});

function closing(open: string): string {
  return open === '[' ? ']' : '}';
}

/** Mistakes of syntax that are told for one document; what comes after them are mostly consequences. */
const syntaxLimit = 10;

/** All tokens below some, without recursion, because they may be nested as deep as they like. */
function* allTokens(tokens: readonly CST.Token[]): Generator<CST.Token> {
  const stack: CST.Token[] = [...tokens].reverse();
  for (let token = stack.pop(); token !== undefined; token = stack.pop()) {
    yield token;
    if (token.type === 'document' && token.value !== undefined) stack.push(token.value);
    if (!('items' in token)) continue;
    for (const { key, value } of [...token.items].reverse()) {
      if (value !== undefined) stack.push(value);
      if (key !== undefined && key !== null) stack.push(key);
    }
  }
}

type Quoted = CST.FlowScalar & { readonly type: 'single-quoted-scalar' | 'double-quoted-scalar' };

function openQuote(tokens: readonly CST.Token[], at: number): Quoted | undefined {
  for (const token of allTokens(tokens))
    if (
      (token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar') &&
      token.offset + token.source.length === at
    )
      return token as Quoted;
  return undefined;
}

/** The innermost bracket that is open at a place. */
function openBracket(tokens: readonly CST.Token[], at: number): CST.FlowCollection | undefined {
  let found: CST.FlowCollection | undefined;
  for (const token of allTokens(tokens)) {
    if (token.type !== 'flow-collection' || token.offset > at) continue;
    const end = token.end.find(({ source }) => source === closing(token.start.source));
    if (end === undefined || end.offset >= at) found = token;
  }
  return found;
}

/** Complaints that only need other words. */
const sameElsewhere = [
  [/must start at the same column/, 'indentation'],
  [/^Nested mappings are not allowed/, 'second-colon'],
  [/^Implicit map keys need to be followed|^Implicit keys need to be on/, 'no-colon'],
  [/^Missing , (or : )?between/, 'no-comma'],
  [/^Block scalar header/, 'block-text'],
  // The library's own words go on with the rest of the file, secrets and all.
  [/^Unexpected .* token/, 'unexpected'],
] as const;

/** Complaints whose place is where something opens; true after saying one. */
function sayOpen(message: string, tokens: readonly CST.Token[], at: number, source: Source, report: Report): boolean {
  const one = (start: number) => ({ path: [], span: { source, start, end: start + 1 } });
  const quote = /^Missing closing/.test(message) ? openQuote(tokens, at) : undefined;
  const isFlow = /^Flow (map|sequence).* must (be|end)/.test(message);
  const bracket = isFlow ? openBracket(tokens, at) : undefined;
  if (quote !== undefined)
    say(report, 'open-quote', one(quote.offset), quote.source.startsWith('"') ? 'double quote' : 'single quote');
  if (bracket !== undefined) say(report, 'open-bracket', one(bracket.offset), bracket.start.source);
  return quote !== undefined || bracket !== undefined;
}

function sayOne({ code, message, pos }: YAMLParseError, tokens: readonly CST.Token[], source: Source, report: Report) {
  if (sayOpen(message, tokens, pos[0], source, report)) return;
  let [start] = pos;
  while (source.text[start] === ' ') start += 1;
  const origin = { path: [], span: { source, start, end: Math.max(start + 1, pos[1]) } };
  const plain = sameElsewhere.find(([pattern]) => pattern.test(message))?.[1];
  const close = /^Unexpected flow-(?:map|seq)-end token.*: "(.)"$/.exec(message)?.[1];
  const sign = /^Plain value cannot start with (?:.*character )?(\S+)$/.exec(message)?.[1];
  const sequence = /^Invalid escape sequence (.*)$/.exec(message)?.[1];
  if (code === 'TAB_AS_INDENT') say(report, 'tab', origin);
  else if (close !== undefined) say(report, 'closes-nothing', origin, close);
  else if (plain !== undefined) say(report, plain, origin);
  else if (sign !== undefined) say(report, 'needs-quotes', origin, sign);
  else if (sequence !== undefined) say(report, 'escape', origin, sequence);
  else say(report, 'syntax', origin, message.charAt(0).toLowerCase() + message.slice(1));
}

/** Reports the complaints about one document. */
export function saySyntax(
  errors: readonly YAMLParseError[],
  tokens: readonly CST.Token[],
  source: Source,
  report: Report,
): void {
  const told = new Set<number>();
  for (const problem of errors) {
    if (told.has(problem.pos[0]) || told.size >= syntaxLimit) continue;
    told.add(problem.pos[0]);
    sayOne(problem, tokens, source, report);
  }
}
