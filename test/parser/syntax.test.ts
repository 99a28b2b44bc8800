/** Mistakes of YAML syntax, in plain words and at the place to change. */
import { expect, test } from 'vitest';
import { read } from '../support/told.ts';

test.each([
  ['a:\n\tb: c', '2:1 error yaml/tab a tab cannot indent YAML'],
  ['a: "b\nc: d\n', '1:4 error yaml/open-quote the double quote that opens here is never closed'],
  ["a: b\nc: 'd\n", '2:4 error yaml/open-quote the single quote that opens here is never closed'],
  ['a: {b: ["x", \'y]}\n', '1:14 error yaml/open-quote the single quote that opens here is never closed'],
  ['a: ["b", "c"\nd: e\n', '1:4 error yaml/open-bracket the [ that opens here is not closed before its key is over'],
  ['a: {b: c\nd: e\n', '1:4 error yaml/open-bracket the { that opens here is not closed before its key is over'],
  ['a: [{b: c]\nd: e\n', '1:5 error yaml/open-bracket the { that opens here is not closed before its key is over'],
  ['[a, b\n', '1:1 error yaml/open-bracket the [ that opens here is not closed before its key is over'],
  ['a:\n  b: [\n c\n]\n', '2:6 error yaml/open-bracket the [ that opens here is not closed before its key is over'],
  [
    'a:\n  b: c\n d: e\n',
    '3:2 error yaml/indentation this is not indented like the other keys or items that it stands with',
  ],
  [
    'a:\n  - b\n   - c\n d: e\n',
    '4:2 error yaml/indentation this is not indented like the other keys or items that it stands with',
  ],
  ['a: echo b: c\n', '1:4 error yaml/second-colon a colon with a blank after it makes this a mapping inside a text'],
  ['a:\n  b\n  c: d\n', '2:3 error yaml/no-colon a colon is missing after this key'],
  ['a: ["b" "c"]\n', '1:9 error yaml/no-comma a comma is missing before this'],
  ['a: @b\n', '1:4 error yaml/needs-quotes text that begins with @ must be in quotes'],
  ['a: %b\n', '1:4 error yaml/needs-quotes text that begins with % must be in quotes'],
  ['a: "b\\dc"\n', '1:6 error yaml/escape \\d means nothing in double quotes'],
  [
    'a:\n  - b\n  c\n',
    '3:3 error yaml/indentation this is not indented like the other keys or items that it stands with',
  ],
  ['a: b\n}\n', '2:1 error yaml/closes-nothing this } closes nothing'],
  ['a: &x &y b\n', '1:7 error yaml/syntax a node can have at most one anchor'],
])('explains %j', (text, expected) => {
  expect(read(text).said[0]).toBe(`s:${expected}`);
});

test('says one thing for each place and no more than ten for a document', () => {
  const broken = (count: number): string => Array.from({ length: count }, (_, index) => `k${index}: @x\n`).join('');
  expect(read(broken(3)).said).toEqual([
    's:1:5 error yaml/needs-quotes text that begins with @ must be in quotes',
    's:2:5 error yaml/needs-quotes text that begins with @ must be in quotes',
    's:3:5 error yaml/needs-quotes text that begins with @ must be in quotes',
  ]);
  expect(read(broken(30)).said).toHaveLength(10);
});

test('finds the quote and the bracket of a very long file', () => {
  const items = Array.from({ length: 20_000 }, (_, index) => `  - [a${index}, {b: c}]\n`).join('');
  expect(read(`a:\n${items}  - "x\n`).said).toEqual([
    's:20002:5 error yaml/open-quote the double quote that opens here is never closed',
  ]);
});

test('keeps the rest of the file out of what it says', () => {
  expect(read("a: b\n]\n'x\nPASSWORD: hunter2'\n").said).toEqual([
    's:2:1 error yaml/closes-nothing this ] closes nothing',
    's:3:1 error yaml/unexpected nothing of this kind is expected here',
  ]);
  expect(read('PASSWORD: |hunter2\n  x\n').said).toEqual([
    's:1:12 error yaml/block-text after | and > nothing but an indentation number, + or - may stand',
  ]);
});
