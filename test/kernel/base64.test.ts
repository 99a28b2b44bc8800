/** Bytes as text. */
// cspell:ignore foob fooba noncharacter
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8, encodeBase64, encodeUtf8 } from '../../src/kernel/base64.ts';

// RFC 4648, section 10.
test.each([
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
])('writes the bytes of %j as %j', (text, base64) => {
  expect(encodeBase64(encodeUtf8(text))).toBe(base64);
});

test("writes what Node's Buffer writes, for any bytes", () =>
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }),
  ));

test('writes a part of a larger buffer', () => {
  expect(encodeBase64(new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 4))).toBe('AgME');
});

test.each([
  ['plain text', [0x68, 0x69], 'hi'],
  ['nothing', [], ''],
  ['tab, line feed, carriage return and next line', [0x09, 0x0a, 0x0d, 0xc2, 0x85], '\t\n\r\u0085'],
  ['a character of four bytes', [0xf0, 0x9f, 0x98, 0x80], '😀'],
  ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
  ['a NUL', [0x61, 0x00], undefined],
  ['an escape character', [0x1b, 0x5b], undefined],
  ['a delete character', [0x7f], undefined],
  ['a C1 control character', [0xc2, 0x9f], undefined],
  ['a noncharacter', [0xef, 0xbf, 0xbe], undefined],
  ['a stray continuation byte', [0x80], undefined],
  ['a cut character', [0xc3], undefined],
  ['an overlong character', [0xc0, 0xaf], undefined],
  ['a surrogate', [0xed, 0xa0, 0x80], undefined],
])('reads %s', (_, bytes, text) => {
  expect(decodeUtf8(new Uint8Array(bytes))).toBe(text);
});

test('gives back the same bytes whenever it calls them text', () => {
  const bytes = fc.oneof(fc.uint8Array(), fc.string({ unit: 'grapheme' }).map(encodeUtf8));
  return fc.assert(
    fc.property(bytes, (data) => {
      const text = decodeUtf8(data);
      expect(text === undefined || Buffer.from(encodeUtf8(text)).equals(Buffer.from(data))).toBe(true);
    }),
  );
});
