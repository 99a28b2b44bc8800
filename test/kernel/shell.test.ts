/** Splitting a command string: the odd cases are those of Compose, word for word. */
// cspell:ignore mattn shellwords
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitCommand, splitWords } from '../../src/kernel/shell.ts';

// Written by ShellCommand of compose-go v2.16.2 with mattn/go-shellwords v1.0.12.
test.each([
  ['', []],
  ['  \t\r\n ', []],
  ['npm run start', ['npm', 'run', 'start']],
  ['  a  b ', ['a', 'b']],
  ["sh -c 'x y'", ['sh', '-c', 'x y']],
  ['sh -c "x y"', ['sh', '-c', 'x y']],
  ['a"b c"d', ['ab cd']],
  ['\'a\'"b"c', ['abc']],
  ["''", ['']],
  ['a "" b', ['a', '', 'b']],
  ['a\\ b', ['a b']],
  ['"a\\"b"', ['a"b']],
  ["'a\\b'", ['a\\b']],
  ["'a\\'b", ['a\\b']],
  ['"a\\nb"', ['anb']],
  ['\\\\', ['\\']],
  ['"\'"', ["'"]],
  ["'\"'", ['"']],
  ["sh -c 'x' > out", ['sh', '-c', 'x']],
  ['x 2>&1', ['x']],
  ['x2>y', ['x2']],
  ['22abc>y', []],
  ['"2">y', []],
  ['x > 2', ['x']],
  ['a|b', ['a']],
  ['a;b', ['a']],
  ['a & b', ['a']],
  ['a<b', ['a']],
  ['2<b', ['2']],
  ["x '2 > 1'", ['x', '2 > 1']],
  ['\\>', ['>']],
  ['# not a comment', ['#', 'not', 'a', 'comment']],
  ['*.txt ~ ?', ['*.txt', '~', '?']],
  ['echo $HOME ${X:-y}', ['echo', '$HOME', '${X:-y}']],
  ['echo $(date +%s) b', ['echo', '$(date +%s)', 'b']],
  ["echo $(a 'b) c", ['echo', "$(a 'b)", 'c']],
  ['a$(b)c', ['a$(b)c']],
  ['`date +%s` b', ['`date +%s`', 'b']],
  ["`a 'b c'`", ['`a b c`']],
  ["`a 'b` c'`", ['`a b` c`']],
  ['"$(a b)"', ['$(a b)']],
  ["'$('", ['$(']],
  ['\\$(a b)', ['$(a b)']],
  ["'$'(a b)", ['$(a b)']],
  ['$(a > b)', ['$(a > b)']],
  ['`a | b`', ['`a | b`']],
  ['a) b)', ['a) b)']],
  ['a)b c)d', ['a)b c)d']],
  ['a b', ['a b']],
  ['é 😀', ['é', '😀']],
])('splits %j into %j', (text, words) => {
  expect(splitWords(text)).toEqual(words);
});

test.each([
  ['(a)', 'an unquoted "(" is not allowed here'],
  ['f()', 'an unquoted "(" is not allowed here'],
  ['a(b', 'an unquoted "(" is not allowed here'],
  ['$(a (b))', 'an unquoted "(" is not allowed here'],
  ['$( $(b) )', 'an unquoted "(" is not allowed here'],
  ['$(a', 'an unquoted ")" or an unclosed "$("'],
  ['a)', 'an unquoted ")" or an unclosed "$("'],
  ["'a", 'a single quote is not closed'],
  ['"a', 'a double quote is not closed'],
  ["`a '", 'a single quote is not closed'],
  ['`a', 'a backquote is not closed'],
  ['a\\', 'it ends in a backslash'],
])('refuses %j: %s', (text, error) => {
  expect(splitWords(text)).toEqual({ error });
});

test('gives back any words in single quotes', () => {
  const word = fc.string({ unit: 'binary' }).map((text) => text.replaceAll("'", ''));
  return fc.assert(
    fc.property(fc.array(word), fc.constantFrom(' ', '\t', '\n', ' \r\n '), (words, blank) => {
      expect(splitWords(words.map((text) => `'${text}'`).join(blank))).toEqual(words);
    }),
  );
});

test('gives back any words with a backslash before every sign', () => {
  const word = fc.string({ unit: 'binary', minLength: 1 });
  return fc.assert(
    fc.property(fc.array(word), (words) => {
      const escaped = words.map((text) => [...text].map((sign) => `\\${sign}`).join(''));
      expect(splitWords(escaped.join(' '))).toEqual(words);
    }),
  );
});

test('tells which sign ends a command early', () => {
  expect(['a b', 'a && b', 'a; b', 'a 2>&1', "a '&' b", 'a |', 'a "'].map(splitCommand)).toEqual([
    { words: ['a', 'b'], end: undefined },
    { words: ['a'], end: '&' },
    { words: ['a'], end: ';' },
    { words: ['a'], end: '>' },
    { words: ['a', '&', 'b'], end: undefined },
    { words: ['a'], end: '|' },
    { error: 'a double quote is not closed' },
  ]);
});
