/** What the YAML library complains about, in plain words and at the place that has to be changed. */

import type { CST, YAMLParseError } from 'yaml';
import { error, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Source } from '../kernel/source.ts';

const say = speaker('yaml', {
  syntax: error((what: string) => what, 'check the indentation, quotes and brackets around this place'),
  tab: error('a tab cannot indent YAML', 'use spaces'),
  'open-quote': error((quote: string) => `the ${quote} that opens here is never closed`, 'close it'),
  'open-bracket': error(
    (open: string) => `the ${open} that opens here is never closed`,
    (open: string) => `close it with ${open === '[' ? ']' : '}'}`,
  ),
  'bracket-indent': error(
    (open: string) => `what stands inside this ${open} must be indented more than the key before it`,
    'indent it, the closing bracket too',
  ),
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
  'no-dash': error('this is no item of the list above it', 'begin each item with "- "'),
});

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
    const end = token.end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
    if (end === undefined || end.offset >= at) found = token;
  }
  return found;
}

type Told = (start: number, end: number) => void;

/** What to say about one complaint; the function that is returned says it about a range. */
function wordsFor(message: string, source: Source, report: Report): Told {
  const origin = (start: number, end: number) => ({ path: [], span: { source, start, end } });
  if (/must start at the same column/.test(message)) return (...at) => say(report, 'indentation', origin(...at));
  if (/^Nested mappings are not allowed/.test(message)) return (...at) => say(report, 'second-colon', origin(...at));
  if (/^Implicit map keys need to be followed/.test(message)) return (...at) => say(report, 'no-colon', origin(...at));
  if (/^Missing , (or : )?between/.test(message)) return (...at) => say(report, 'no-comma', origin(...at));
  if (/^Sequence item without/.test(message)) return (...at) => say(report, 'no-dash', origin(...at));
  const sign = /^Plain value cannot start with (?:.*character )?(\S+)$/.exec(message)?.[1];
  if (sign !== undefined) return (...at) => say(report, 'needs-quotes', origin(...at), sign);
  const sequence = /^Invalid escape sequence (.*)$/.exec(message)?.[1];
  if (sequence !== undefined) return (...at) => say(report, 'escape', origin(...at), sequence);
  const text = message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
  return (...at) => say(report, 'syntax', origin(...at), text);
}

function sayOne({ code, message, pos }: YAMLParseError, tokens: readonly CST.Token[], source: Source, report: Report) {
  const one = (start: number) => ({ path: [], span: { source, start, end: start + 1 } });
  if (code === 'TAB_AS_INDENT') return say(report, 'tab', one(pos[0]));
  const quote = /^Missing closing/.test(message) ? openQuote(tokens, pos[0]) : undefined;
  if (quote !== undefined)
    return say(report, 'open-quote', one(quote.offset), quote.source.startsWith('"') ? 'double quote' : 'single quote');
  const isFlow = /^Flow (map|sequence) in block|^Expected flow (map|sequence) to end/.test(message);
  const bracket = isFlow ? openBracket(tokens, pos[0]) : undefined;
  if (bracket !== undefined) {
    const isClosed = bracket.end.some(({ type }) => type !== 'comment' && type !== 'space' && type !== 'newline');
    return say(report, isClosed ? 'bracket-indent' : 'open-bracket', one(bracket.offset), bracket.start.source);
  }
  const [first = '', ...more] = message.split('\n');
  let start = pos[0];
  while (source.text[start] === ' ') start += 1;
  return wordsFor(more.length === 0 ? first : first.replace(/:$/, ''), source, report)(start, Math.max(start, pos[1]));
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
