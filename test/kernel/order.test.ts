/** The order of diagnostics. */
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/kernel/diagnostic.ts';
import { sortDiagnostics } from '../../src/kernel/order.ts';

const a = { name: 'a.yaml', text: 'xxxxxxxxxx' };
const b = { name: 'b.yaml', text: 'xxxxxxxxxx' };

function one(code: string, source?: typeof a, start = 0, message = 'm'): Diagnostic {
  return { code, severity: 'error', message, ...(source !== undefined && { at: { source, start, end: start + 1 } }) };
}

test('puts diagnostics without a place first, then goes by file, place, code and message', () => {
  const sorted = [
    one('x/a'),
    one('x/b', undefined, 0, 'l'),
    one('x/b', undefined, 0, 'm'),
    one('x/a', a, 1),
    one('x/a', a, 2, 'l'),
    one('x/a', a, 2, 'm'),
    one('x/b', a, 2),
    one('x/a', a, 10),
    one('x/a', b, 0),
  ];
  expect(sortDiagnostics([...sorted].reverse())).toEqual(sorted);
});

test('keeps once what was said twice', () => {
  expect(sortDiagnostics([one('x/a', a, 1), one('x/a', b, 1), one('x/a', a, 1), one('x/a'), one('x/a')])).toEqual([
    one('x/a'),
    one('x/a', a, 1),
    one('x/a', b, 1),
  ]);
});

test('leaves its argument as it was', () => {
  const given = [one('b'), one('a')];
  sortDiagnostics(given);
  expect(given).toEqual([one('b'), one('a')]);
});
