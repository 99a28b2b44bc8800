/** YAML text to located trees, one for each document, with every mistake at its place. */

import { Composer, type CST, Lexer, Parser } from 'yaml';
import { error, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Source } from '../kernel/source.ts';
import type { Tree } from '../kernel/tree.ts';
import { depthLimit, readDocument } from './nodes.ts';
import { saySyntax } from './syntax.ts';

const say = speaker('yaml', {
  'too-deep': error(`more than ${depthLimit} lists and mappings are nested here`),
});

/**
 * The tokens of a text; undefined after saying that nesting goes too deep for the recursion of the YAML library.
 */
function readTokens(source: Source, report: Report): readonly CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(source.text)) {
    const start = parser.offset;
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length <= depthLimit + 2) continue;
    say(report, 'too-deep', { path: [], span: { source, start, end: start + 1 } });
    return undefined;
  }
  tokens.push(...parser.end());
  return tokens;
}

/** The documents of a text, and whether all of them could be read as YAML without a mistake. */
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
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
  });
  const trees: Tree[] = [];
  const before = report.diagnostics.length;
  for (const document of composer.compose(tokens, true, source.text.length)) {
    saySyntax(document.errors, tokens, source, report);
    if (document.errors.length === 0 && document.contents !== null)
      trees.push(readDocument(document.contents, source, report));
  }
  return { trees, isReadable: report.diagnostics.slice(before).every(({ severity }) => severity !== 'error') };
}
