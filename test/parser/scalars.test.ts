/** What plain scalars mean. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainScalar } from '../../src/parser/scalars.ts';

// Each line was run through go.yaml.in/yaml v4.0.0-rc.4, and the texts of numbers and dates through Go's fmt.Sprint.
test.each([
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['nULL', 'nULL'],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['tRUE', 'tRUE'],
  ['false', false],
  ['yes', 'yes'],
  ['no', 'no'],
  ['on', 'on'],
  ['y', 'y'],
  ['text', 'text'],
  ['<<', '<<'],
  ['0', 0],
  ['12', 12],
  ['+12', 12],
  ['-12', -12],
  ['1_000', 1000],
  ['1__0_', 10],
  ['010', 8],
  ['0777', 511],
  ['-017', -15],
  ['0_7', 7],
  ['08', 8],
  ['0o17', 15],
  ['0O17', 15],
  ['0x1F', 31],
  ['0XaB', 171],
  ['-0x10', -16],
  ['0b11', 3],
  ['0B1', 1],
  ['0o8', '0o8'],
  ['0x', '0x'],
  ['0b2', '0b2'],
  ['1:30', '1:30'],
  ['22:22', '22:22'],
  ['1.2.3', '1.2.3'],
  ['127.0.0.1', '127.0.0.1'],
  ['-', '-'],
  ['+', '+'],
  ['.', '.'],
  ['--1', '--1'],
  ['1-2', '1-2'],
  ['1.10', 1.1],
  ['1.', 1],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['1e3', 1000],
  ['1E+3', 1000],
  ['1_0.5', 10.5],
  ['.5_0', 0.5],
  ['._5', '._5'],
  ['.5_', '.5_'],
  ['1e', '1e'],
  ['.e1', '.e1'],
  ['9007199254740991', 9007199254740991],
  ['9007199254740993', '9007199254740993'],
  ['-9007199254740993', '-9007199254740993'],
  ['18446744073709551615', '18446744073709551615'],
  ['0xFFFFFFFFFFFFFFFF', '18446744073709551615'],
  ['18446744073709551616', '1.8446744073709552e+19'],
  ['+9223372036854775808', '9.223372036854775808e+18'.replace('775808', '776')],
  ['-9223372036854775808', '-9223372036854775808'],
  ['1e6', '1e+06'],
  ['999999.0', 999999],
  ['1234567.5', '1.2345675e+06'],
  ['0.0001', 0.0001],
  ['0.00001', '1e-05'],
  ['1e21', 1e21],
  ['1e400', '1e400'],
  ['-0', '-0'],
  ['-0.0', '-0'],
  ['.inf', '.inf'],
  ['-.Inf', '-.Inf'],
  ['.nan', '.nan'],
  ['2024-01-01', '2024-01-01 00:00:00 +0000 UTC'],
  ['2024-1-2', '2024-01-02 00:00:00 +0000 UTC'],
  ['2024-02-29', '2024-02-29 00:00:00 +0000 UTC'],
  ['2023-02-29', '2023-02-29'],
  ['2024-13-01', '2024-13-01'],
  ['2024-01-00', '2024-01-00'],
  ['24-01-01', '24-01-01'],
  ['0099-01-01', '0099-01-01 00:00:00 +0000 UTC'],
  ['2024-01-01T10:20:30Z', '2024-01-01 10:20:30 +0000 UTC'],
  ['2024-01-01t10:20:30.50+00:00', '2024-01-01 10:20:30.5 +0000 UTC'],
  ['2024-01-01T1:2:3-05:30', '2024-01-01 01:02:03 -0530 -0530'],
  ['2024-01-01 10:20:30', '2024-01-01 10:20:30 +0000 UTC'],
  ['2024-01-01  10:20:30,1234567891', '2024-01-01 10:20:30.123456789 +0000 UTC'],
  ['2024-01-01T10:20:30', '2024-01-01T10:20:30'],
  ['2024-01-01 10:20:30Z', '2024-01-01 10:20:30Z'],
  ['2024-01-01T24:00:00Z', '2024-01-01T24:00:00Z'],
  ['2024-01-01T10:60:00Z', '2024-01-01T10:60:00Z'],
  ['2024-01-01T10:00:00+25:00', '2024-01-01T10:00:00+25:00'],
])('reads %j', (text, expected) => {
  expect(plainScalar(text)).toBe(expected);
});

test('gives only numbers whose text is the one that Go writes', () => {
  return fc.assert(
    fc.property(fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true })), (number) => {
      const value = plainScalar(String(number));
      expect(Number(value) === number).toBe(true);
      if (typeof value === 'string' || Number.isSafeInteger(value)) return;
      const [, exponent] = String(value).split('e');
      if (exponent !== undefined) expect(exponent).toMatch(/^[-+]\d\d/);
      else expect(Math.abs(Number(value))).toSatisfy((size: number) => size >= 1e-4 && size < 1e6);
    }),
  );
});

test('reads whole numbers of every base', () => {
  return fc.assert(
    fc.property(
      fc.maxSafeInteger(),
      fc.constantFrom([2, '0b'], [8, '0o'], [8, '0'], [16, '0x']),
      (number, [base, prefix]) => {
        const sign = number < 0 ? '-' : '';
        expect(plainScalar(`${sign}${prefix}${Math.abs(number).toString(Number(base))}`)).toBe(number);
      },
    ),
  );
});

test('leaves every text alone that begins like a word', () => {
  return fc.assert(
    fc.property(fc.string(), (text) => {
      expect(plainScalar(`x${text}`)).toBe(`x${text}`);
    }),
  );
});
