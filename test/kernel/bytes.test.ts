/** Amounts of memory: what Docker reads, what Kubernetes reads. */
// cspell:ignore kmgt
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBytes, quantityFromBytes } from '../../src/kernel/bytes.ts';

test.each([
  ['0', 0],
  ['100', 100],
  ['100b', 100],
  ['+5', 5],
  ['10KiB', 10_240],
  ['10kb', 10_240],
  ['10k', 10_240],
  ['512m', 536_870_912],
  ['512M', 536_870_912],
  ['2Gb', 2_147_483_648],
  ['1.5g', 1_610_612_736],
  ['.5k', 512],
  ['1.k', 1024],
  ['1e3k', 1_024_000],
  ['1 m', 1_048_576],
  ['1t', 1024 ** 4],
  ['1p', 1024 ** 5],
  ['1.9', 1],
  ['0.0001k', 0],
  ['-1', -1],
  ['9223372036854775807', 2 ** 63],
  ['9223372036854775807k', undefined],
  ['1e999', undefined],
  ['', undefined],
  ['k', undefined],
  ['.', undefined],
  ['-5', undefined],
  ['-1k', undefined],
  ['1  m', undefined],
  [' 1', undefined],
  ['1mm', undefined],
  ['1mi', undefined],
  ['1bb', undefined],
  ['1ib', undefined],
  ['1x', undefined],
  ['0x10', undefined],
  ['lots', undefined],
  [0, 0],
  [1024, 1024],
  [1.9, 1],
  [-1, -1],
  [-2, undefined],
  [Number.NaN, undefined],
  [Number.POSITIVE_INFINITY, undefined],
])('reads %j as %j bytes', (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes);
});

test.each([
  [0, '0'],
  [1, '1'],
  [1000, '1000'],
  [1025, '1025'],
  [1024, '1Ki'],
  [1_049_600, '1025Ki'],
  [536_870_912, '512Mi'],
  [1_610_612_736, '1536Mi'],
  [1_073_741_824, '1Gi'],
  [1024 ** 4, '1Ti'],
  [1024 ** 5, '1024Ti'],
])('writes %j bytes as %j', (bytes, quantity) => {
  expect(quantityFromBytes(bytes)).toBe(quantity);
});

test.each([-1, 0.5, Number.NaN])('refuses to write %j bytes', (bytes) => {
  expect(() => quantityFromBytes(bytes)).toThrow(`${bytes} is no amount of bytes`);
});

test('writes a quantity that means the same number of bytes', () => {
  const sizes: Readonly<Record<string, number>> = { '': 1, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4 };
  const amount = fc.tuple(fc.nat(5000), fc.constantFrom(...Object.values(sizes))).map(([n, size]) => n * size);
  return fc.assert(
    fc.property(amount, (bytes) => {
      const [, digits, unit = '?'] = /^(\d+)(\D*)$/.exec(quantityFromBytes(bytes)) ?? [];
      expect(Number(digits) * (sizes[unit] ?? Number.NaN)).toBe(bytes);
    }),
  );
});

test('reads a unit in any case and with any ending alike', () => {
  const unit = fc.constantFrom('k', 'm', 'g', 't');
  const ending = fc.constantFrom('', 'b', 'B', 'ib', 'IB', 'iB');
  return fc.assert(
    fc.property(fc.nat(9999), unit, ending, fc.boolean(), (n, letter, end, upper) => {
      const text = `${n}${upper ? letter.toUpperCase() : letter}${end}`;
      expect(parseBytes(text)).toBe(n * 1024 ** ('kmgt'.indexOf(letter) + 1));
    }),
  );
});
