/** Reads a shell text that does nothing but run one command. */

/** Stands for `$HOSTNAME`, the one variable that is understood; no text of a file holds a NUL. */
export const variableHost = '\0HOSTNAME';

const variable = '\\$(?:HOSTNAME(?![A-Za-z0-9_])|\\{HOSTNAME\\})';
const space = /[ \t]+/y;
/** Redirections to /dev/null change no exit status. */
const silence = /(?:(?:&>|[12]?>)[ \t]*\/dev\/null|2>&1)(?=[ \t|]|$)/y;
const failure = /\|\|\s*(?:exit\s+[1-9]\d*|false)\s*;?\s*$/y;
const part = new RegExp(
  `'([^'\\0]*)'|"((?:[^"\\\\$\`\\0]|${variable})*)"|((?:[^\\s'"\\\\$\`|&;<>()*{}#!~\\0]|${variable})+)`,
  'y',
);

/** The words of one command; undefined as soon as the shell would do anything of its own beside running it. */
export function plainWords(text: string): readonly string[] | undefined {
  const trimmed = text.trim();
  const words: string[] = [];
  let at = 0;
  let isOpen = false;
  const take = (form: RegExp): RegExpExecArray | undefined => {
    form.lastIndex = at;
    const found = form.exec(trimmed);
    if (found === null) return undefined;
    at = form.lastIndex;
    return found;
  };
  while (at < trimmed.length) {
    if (take(space) !== undefined) {
      isOpen = false;
      continue;
    }
    if (take(failure) !== undefined) break;
    // A digit right after a word belongs to the word and not to the redirection.
    if ((!isOpen || /[>&]/.test(trimmed[at] ?? '')) && take(silence) !== undefined) continue;
    const found = take(part);
    if (found === undefined) return undefined;
    const expand = (raw: string): string => raw.replace(new RegExp(variable, 'g'), variableHost);
    const piece = found[1] ?? expand(found[2] ?? found[3] ?? '');
    if (isOpen) words.push((words.pop() ?? '') + piece);
    else words.push(piece);
    isOpen = true;
  }
  return words.length === 0 ? undefined : words;
}
