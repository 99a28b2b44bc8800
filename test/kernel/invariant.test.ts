/** Claims that only a bug can break. */
import { expect, expectTypeOf, test } from 'vitest';
import { assertNever, invariant } from '../../src/kernel/invariant.ts';

test('throws its message when the condition does not hold', () => {
  expect(() => invariant(false, 'workload "web" has no containers')).toThrow(
    new Error('workload "web" has no containers'),
  );
});

test('narrows the type when the condition holds', () => {
  const value: string | undefined = ['a'].at(0);
  invariant(value !== undefined, 'there is a value');
  expectTypeOf(value).toEqualTypeOf<string>();
  expect(value).toBe('a');
});

test('names the value that no case was made for', () => {
  expect(() => assertNever({ kind: 'new' } as never)).toThrow(new Error('unexpected value {"kind":"new"}'));
});
