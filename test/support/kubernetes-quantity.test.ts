import { expect, test } from 'vitest';
import { quantity } from './kubernetes-quantity.ts';

test.each([
  ['0.5', 0.5],
  [2, 2],
  ['35m', 0.035],
  ['5u', 5e-6],
  ['5n', 5e-9],
  ['1k', 1000],
  ['128M', 128_000_000],
  ['128Mi', 134_217_728],
  ['1.5Gi', 1_610_612_736],
  ['12e6', 12_000_000],
  ['1E3', 1000],
  ['1E', 1e18],
  ['-1', -1],
  ['.5', 0.5],
])('%j is %d', (text, number) => {
  expect(quantity(text)).toBe(number);
});

test.each(['', '1 Gi', '64MB', '1g', '1K', '1mi', 'Mi', '1h', '0x10', true, null, undefined, ['1']])(
  '%j is no quantity',
  (value) => {
    expect(quantity(value)).toBeUndefined();
  },
);
