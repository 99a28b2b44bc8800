/** Places in texts. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineStarts, lineText, place, spanText } from '../../src/kernel/source.ts';

const source = { name: 'compose.yaml', text: 'a: 1\r\n\nlast 🐳x' };

test('knows where each line begins', () => {
  expect(lineStarts(source)).toEqual([0, 6, 7]);
  expect(lineStarts({ name: 'e', text: '' })).toEqual([0]);
  expect(lineStarts({ name: 'e', text: '\n' })).toEqual([0, 1]);
});

test('computes the lines of a source once', () => {
  expect(lineStarts(source)).toBe(lineStarts(source));
});

test.each([
  [0, { line: 1, column: 1 }],
  [4, { line: 1, column: 5 }],
  [5, { line: 1, column: 6 }],
  [6, { line: 2, column: 1 }],
  [7, { line: 3, column: 1 }],
  [14, { line: 3, column: 8 }],
  [15, { line: 3, column: 9 }],
  [99, { line: 3, column: 9 }],
])('finds the place of offset %i', (offset, expected) => {
  expect(place(source, offset)).toEqual(expected);
});

test.each([
  [0, ''],
  [1, 'a: 1'],
  [2, ''],
  [3, 'last 🐳x'],
  [4, ''],
])('gives line %i without its end', (line, expected) => {
  expect(lineText(source, line)).toBe(expected);
});

test('writes the beginning of a span as editors do', () => {
  expect(spanText({ source, start: 7, end: 11 })).toBe('compose.yaml:3:1');
});

test('agrees with splitting the text, wherever one looks', () => {
  return fc.assert(
    fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n', 'bc'), { maxLength: 20 }), fc.nat(50), (parts, offset) => {
      const text = parts.join('');
      const at = Math.min(offset, text.length);
      const before = text.slice(0, at).split('\n');
      expect(place({ name: 's', text }, at)).toEqual({
        line: before.length,
        column: (before.at(-1) ?? '').length + 1,
      });
    }),
  );
});
