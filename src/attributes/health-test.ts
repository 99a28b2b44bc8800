/** Recognises the health tests that a kubelet can run itself: curl, wget, nc and grpc_health_probe on the container's own port. */

import { baseName } from '../kernel/paths.ts';
import type { NetworkTest } from '../model/draft.ts';

/** A word of a command; `$HOSTNAME` is the one variable that is understood, and only in a shell's text. */
type Words = readonly string[];

/** Stands for `$HOSTNAME` after the shell's words are split, since no word of a file can hold a NUL. */
const HOSTNAME = '\0HOSTNAME';

/** Redirections to /dev/null change no exit status. */
const silence = /\s*(?:&>|[12]?>)\s*\/dev\/null|\s*2>\s*&1/g;
const failure = /\s*\|\|\s*(?:exit\s+[1-9]\d*|false)\s*;?\s*$/;
const shellWord = /^(?:[^\s'"\\$`|&;<>()*{}#!~\0]|'[^'\0]*'|"[^"\\$`\0]*"|\0HOSTNAME)+/;

/** The words of a shell text that runs one plain command; undefined when the shell does anything of its own. */
function shellWords(text: string): Words | undefined {
  if (text.includes('\0')) return undefined;
  let rest = text.trim().replace(failure, '').replace(silence, '').replace(/\$(?:HOSTNAME(?![A-Za-z0-9_])|\{HOSTNAME\})/g, HOSTNAME);
  const words: string[] = [];
  while (rest !== '') {
    const found = shellWord.exec(rest)?.[0];
    if (found === undefined) return undefined;
    words.push(found.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
    rest = rest.slice(found.length).replace(/^[ \t]+/, '');
    if (rest !== '' && !/[ \t]$/.test(text.slice(0, 0)) && !/^\S/.test(rest)) return undefined;
  }
  return words.length === 0 ? undefined : words;
}
