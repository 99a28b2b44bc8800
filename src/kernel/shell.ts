/** Splits a command string into words exactly as Compose does. */
// cspell:ignore mattn shellwords

/** What the text at hand stands in: nothing, single quotes, double quotes, or a `$(…)` that is kept as it is. */
type Quote = '' | "'" | '"' | '$(';

interface Splitter {
  readonly words: string[];
  word: string;
  /** Whether a word is begun; it may still be empty, as in `''`. */
  begun: boolean;
  escaped: boolean;
  quote: Quote;
  /** Inside backquotes, which may hold quotes of their own. */
  backquoted: boolean;
}

/**
 * Splits a command string at blanks, outside quotes. Quotes and backslashes are taken away, `$(…)` and backquotes stay as they
 * are, no variable is expanded. An unquoted `|`, `>`, `<`, `;` or `&` ends the command and the rest is dropped; so is a word that
 * stands right before `>` and begins with a digit, as in `2>&1`. Gives an error for an unclosed quote or an unquoted parenthesis.
 *
 * These are the rules of the Go package mattn/go-shellwords without its environment and backquote options; a real shell differs.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#command
 */
export function splitWords(text: string): readonly string[] | { error: string } {
  const split = splitCommand(text);
  return 'error' in split ? split : split.words;
}

/** The words of a command, and the sign that ends it before the end of the text, if there is one. */
export function splitCommand(
  text: string,
): { readonly words: readonly string[]; readonly end: string | undefined } | { readonly error: string } {
  const splitter: Splitter = { words: [], word: '', begun: false, escaped: false, quote: '', backquoted: false };
  let end: string | undefined;
  for (const char of text) {
    const outcome = take(splitter, char);
    if (outcome === 'refused') return { error: 'an unquoted "(" is not allowed here' };
    if (outcome === 'end') {
      end = char;
      break;
    }
  }
  endWord(splitter);
  const error = unfinished(splitter);
  return error === undefined ? { words: splitter.words, end } : { error };
}

function unfinished({ escaped, quote, backquoted }: Splitter): string | undefined {
  if (escaped) return 'it ends in a backslash';
  if (quote === '$(') return 'an unquoted ")" or an unclosed "$("';
  if (quote !== '') return `a ${quote === '"' ? 'double' : 'single'} quote is not closed`;
  return backquoted ? 'a backquote is not closed' : undefined;
}

function endWord(splitter: Splitter): void {
  if (!splitter.begun) return;
  splitter.words.push(splitter.word);
  splitter.word = '';
  splitter.begun = false;
}

function add(splitter: Splitter, char: string): void {
  splitter.word += char;
  splitter.begun = true;
}

function take(splitter: Splitter, char: string): 'end' | 'refused' | undefined {
  const { quote, backquoted } = splitter;
  if (splitter.escaped) {
    splitter.escaped = false;
    add(splitter, char);
    return undefined;
  }
  switch (char) {
    case '\\':
      if (quote === "'") splitter.word += char;
      else splitter.escaped = true;
      return undefined;
    case ' ':
    case '\t':
    case '\r':
    case '\n':
      if (quote === '' && !backquoted) endWord(splitter);
      else splitter.word += char;
      return undefined;
    case '"':
    case "'":
      return takeQuote(splitter, char);
    case '(':
    case ')':
      return takeParenthesis(splitter, char);
    case '`':
      if (quote === '') splitter.backquoted = !backquoted;
      break;
    case ';':
    case '&':
    case '|':
    case '<':
    case '>':
      if (quote !== '' || backquoted) break;
      if (char === '>' && /^\d/.test(splitter.word)) splitter.begun = false;
      return 'end';
    default:
  }
  add(splitter, char);
  return undefined;
}

function takeQuote(splitter: Splitter, char: '"' | "'"): undefined {
  if (splitter.quote === '') {
    splitter.quote = char;
  } else if (splitter.quote === char) {
    splitter.quote = '';
    splitter.begun = true;
  } else {
    add(splitter, char);
  }
}

function takeParenthesis(splitter: Splitter, char: '(' | ')'): 'refused' | undefined {
  const { quote, backquoted, word } = splitter;
  if (!(quote === "'" || quote === '"' || backquoted)) {
    if (char === '(' && (quote === '$(' || !word.endsWith('$'))) return 'refused';
    // A `)` that closes nothing opens the same state as `$(`: so says the package, and so `a) b)` is one word.
    splitter.quote = quote === '$(' ? '' : '$(';
  }
  add(splitter, char);
  return undefined;
}
