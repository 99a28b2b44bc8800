/** Amounts of CPU. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCpus, quantityFromCpus } from '../../src/kernel/cpu.ts';

test.each([
  ['0.50', 0.5],
  ['2', 2],
  ['+2', 2],
  ['.5', 0.5],
  ['1.', 1],
  ['5e-1', 0.5],
  ['0', 0],
  [1.5, 1.5],
  [0, 0],
  [1e-7, 1e-7],
  ['', undefined],
  ['.', undefined],
  ['500m', undefined],
  ['-1', undefined],
  [-1, undefined],
  [' 1', undefined],
  ['0x1', undefined],
  ['9e12', 9e12],
  ['1e13', undefined],
  ['1e999', undefined],
  ['half', undefined],
  [Number.NaN, undefined],
  [Number.POSITIVE_INFINITY, undefined],
])('reads %j as %j cores', (value, cores) => {
  expect(parseCpus(value)).toBe(cores);
});

test.each([
  [0, '0'],
  [0.5, '500m'],
  [2, '2'],
  [1.5, '1500m'],
  [0.07, '70m'],
  [0.1 + 0.2, '300m'],
  [1.1 * 3, '3300m'],
  [0.0001, '1m'],
  [1e-12, '1m'],
  [0.0011, '2m'],
  [1 / 3, '334m'],
  [2 / 1024, '2m'],
  [0.9999, '1'],
  [9e12, '9000000000000'],
])('writes %j cores as %j', (cores, quantity) => {
  expect(quantityFromCpus(cores)).toBe(quantity);
});

test.each([-1, 1e13, Number.NaN, Number.POSITIVE_INFINITY])('refuses to write %j cores', (cores) => {
  expect(() => quantityFromCpus(cores)).toThrow(`${cores} is no amount of CPU`);
});

test('writes whole thousandths exactly, whatever the noise of a float', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999 }), (thousandths) => {
      const expected = thousandths % 1000 === 0 ? `${thousandths / 1000}` : `${thousandths}m`;
      expect(quantityFromCpus(thousandths / 1000)).toBe(expected);
      expect(quantityFromCpus(thousandths * 0.001)).toBe(expected);
    }),
  ));
