import { expect, test } from 'vitest';
import { plainWords, variableHost } from '../../src/attributes/shell-words.ts';

test.each([
  ['a', ['a']],
  [' a\tb  c \n', ['a', 'b', 'c']],
  [`a 'b c' "d e" f'g'"h"i`, ['a', 'b c', 'd e', 'fghi']],
  [`a '' ""`, ['a', '', '']],
  [`a '$x "y' "it's"`, ['a', '$x "y', "it's"]],
  ['a $HOSTNAME "${HOSTNAME}:1" b$HOSTNAME', ['a', variableHost, `${variableHost}:1`, `b${variableHost}`]],
  [`a '$HOSTNAME'`, ['a', '$HOSTNAME']],
  ['a >/dev/null 2>&1', ['a']],
  ['a 2> /dev/null b', ['a', 'b']],
  ['a &>/dev/null || exit 1', ['a']],
  ['a 1>/dev/null||exit 12 ;', ['a']],
  ['a || false', ['a']],
  ['a b2>/dev/null', ['a', 'b2']],
  [`a 'b'2>/dev/null`, ['a', 'b2']],
  ['a b&>/dev/null', ['a', 'b']],
])('%j runs one command', (text, words) => {
  expect(plainWords(text)).toEqual(words);
});

test.each([
  '',
  ' ',
  'a | b',
  'a; b',
  'a & b',
  'a\nb',
  'a || exit 0',
  'a || b',
  'a || exit 1 || b',
  'a > file',
  'a < file',
  'a $b',
  'a "$b"',
  'a `b`',
  'a $(b)',
  'a *',
  'a {b,c}',
  'a \\b',
  'a "b\\"c"',
  "a 'b",
  'a "b',
  'a # b',
  '! a',
  'a ~',
  'a\0b',
  'a $HOSTNAMES',
])('%j is more than one command', (text) => {
  expect(plainWords(text)).toBeUndefined();
});
