/** Bytes to text. */
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/kernel/base64.ts';
import { Report } from '../../src/kernel/diagnostic.ts';
import { readSource } from '../../src/parser/source-text.ts';
import { told } from '../support/told.ts';

function read(content: string | readonly number[]) {
  const report = new Report();
  const bytes = typeof content === 'string' ? encodeUtf8(content) : Uint8Array.from(content);
  return { text: readSource('f.yaml', bytes, report)?.text, said: told(report) };
}

const ascii = (text: string): readonly number[] => [...encodeUtf8(text)];

test.each([
  ['plain', 'a: b\n', 'a: b\n'],
  ['with a byte order mark', '\uFEFFa: b\n', 'a: b\n'],
  ['with CRLF', 'a: b\r\nc: d\r\n', 'a: b\r\nc: d\r\n'],
  ['with lone carriage returns', 'a: b\rc: d\r', 'a: b\nc: d\n'],
  ['with tabs, next line and wide characters', 'a:\tb\u0085é日🐳', 'a:\tb\u0085é日🐳'],
  ['with a replacement character of its own', 'a: \ufffd\ufffd b', 'a: \ufffd\ufffd b'],
  ['that is empty', '', ''],
])('reads a text %s', (_, content, text) => {
  expect(read(content)).toEqual({ text, said: [] });
});

test.each([
  ['Latin-1', [...ascii('a: b\nc: Z'), 0xfc, ...ascii('rich')], 2, 5],
  ['a byte cut off at the end', [...ascii('a: '), 0xc3], 1, 4],
  ['a broken byte after a replacement character', [...ascii('\ufffd é '), 0xff, ...ascii('\n')], 1, 5],
  ['a broken byte after a byte order mark', [0xef, 0xbb, 0xbf, ...ascii('a'), 0xff], 1, 2],
  ['half a surrogate pair', [...ascii('ab'), 0xed, 0xa0, 0x80], 1, 3],
])('refuses %s at its place', (_, bytes, line, column) => {
  expect(read(bytes)).toEqual({
    text: undefined,
    said: [`f.yaml:${line}:${column} error files/not-text f.yaml is not UTF-8 text`],
  });
});

test.each([[[0xff, 0xfe, 0x61, 0x00]], [[0xfe, 0xff, 0x00, 0x61]]])('refuses UTF-16', (bytes) => {
  expect(read(bytes)).toEqual({
    text: undefined,
    said: ['- error files/utf16 f.yaml is UTF-16 text, which is not read'],
  });
});

test.each([
  ['a: b\n\u0000c', '2:1', 'U+0000'],
  ['a: \u001b[31m', '1:4', 'U+001B'],
  ['a: \u007f', '1:4', 'U+007F'],
  ['a: \u009b', '1:4', 'U+009B'],
  ['a: \uFEFFb', '1:4', 'U+FEFF'],
  ['\uFEFF\uFEFFa', '1:1', 'U+FEFF'],
  ['a: \uffff', '1:4', 'U+FFFF'],
])('refuses the control character in %j at its place', (content, where, code) => {
  expect(read(content)).toEqual({
    text: undefined,
    said: [`f.yaml:${where} error files/control the control character ${code} cannot stand in a file of this kind`],
  });
});
