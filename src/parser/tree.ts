/** YAML text to located trees, one for each document, with every mistake at its place. */

import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import { error, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Source } from '../kernel/source.ts';
import type { Tree } from '../kernel/tree.ts';
import { depthLimit, readDocument } from './nodes.ts';

const say = speaker('yaml', {
  syntax: error((what: string) => what, 'check the indentation, quotes and brackets around this place'),
  tab: error('a tab cannot indent YAML', 'use spaces'),
  'too-deep': error(`more than ${depthLimit} lists and mappings are nested here`),
});

/** Mistakes of syntax that are told for one document; what comes after them are mostly consequences. */
const syntaxLimit = 10;

/**
 * The tokens of a text. Stops where nesting goes too deep, because the YAML library walks tokens recursively.
 * Returns true then.
 */
function readTokens(source: Source, report: Report): readonly CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(source.text)) {
    const start = parser.offset;
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length <= depthLimit * 2) continue;
    say(report, 'too-deep', { path: [], span: { source, start, end: start + 1 } });
    return undefined;
  }
  tokens.push(...parser.end());
  return tokens;
}

function saySyntax(document: Document.Parsed, source: Source, report: Report): void {
  const told = new Set<number>();
  for (const { code, message, pos } of document.errors) {
    if (told.has(pos[0]) || told.size >= syntaxLimit) continue;
    told.add(pos[0]);
    const origin = { path: [], span: { source, start: pos[0], end: Math.max(pos[0], pos[1]) } };
    if (code === 'TAB_AS_INDENT') say(report, 'tab', origin);
    else say(report, 'syntax', origin, lowered(message));
  }
}

function lowered(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return first.charAt(0).toLowerCase() + first.slice(1).replace(/\.$/, '');
}

/** The documents of a text, and whether all of them could be read as YAML. */
export interface Documents {
  readonly trees: readonly Tree[];
  readonly isReadable: boolean;
}

/**
 * All documents of a YAML text. Syntax errors are reported with their places; a document that has some is left out,
 * because what could be read of it would be told off for mistakes that nobody made.
 */
export function readTrees(source: Source, report: Report): Documents {
  const tokens = readTokens(source, report);
  if (tokens === undefined) return { trees: [], isReadable: false };
  // Failsafe: every scalar stays text, because what a scalar means is for Compose to say.
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  const trees: Tree[] = [];
  let isReadable = true;
  for (const document of composer.compose(tokens, true, source.text.length)) {
    saySyntax(document, source, report);
    if (document.errors.length > 0) isReadable = false;
    else if (document.contents !== null) trees.push(readDocument(document.contents, source, report));
  }
  return { trees, isReadable };
}
