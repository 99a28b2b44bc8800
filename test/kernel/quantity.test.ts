/** Kubernetes quantities. */
import { expect, test } from 'vitest';
import { isQuantity } from '../../src/kernel/quantity.ts';

test.each([
  '1',
  '1Gi',
  '500Mi',
  '1.5G',
  '.5',
  '5.',
  '+1k',
  '100m',
  '2u',
  '3n',
  '1e3',
  '1E-3',
  '1E',
  '10E+2',
  '128974848',
])('takes %j for an amount', (text) => {
  expect(isQuantity(text)).toBe(true);
});

test.each(['', '0', '0Gi', '0.0', '0e5', '-1', '1K', '1gi', '1 Gi', '1.5.0', '.', 'Gi', '1MB', '1e', '٣'])(
  'does not take %j for an amount',
  (text) => {
    expect(isQuantity(text)).toBe(false);
  },
);
