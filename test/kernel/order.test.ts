/** The order of diagnostics. */
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/kernel/diagnostic.ts';
import { mistakes, sortDiagnostics } from '../../src/kernel/order.ts';

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

function word(severity: Diagnostic['severity'], message: string, start: number, service = 'web'): Diagnostic {
  const path = ['services', service, 'init'];
  return { code: 'x/y', severity, message, at: { source: a, start, end: start + 2 }, path };
}

test('folds equal sentences into the first, but shows every error', () => {
  const [first, second, other] = [word('warning', 'm', 1), word('warning', 'm', 5), word('warning', 'n', 3)];
  expect(sortDiagnostics([second, other, first])).toEqual([
    { ...first, also: [{ path: second.path, span: second.at }] },
    other,
  ]);
  const hinted = { ...second, hint: 'h' };
  expect(sortDiagnostics([first, hinted])).toEqual([first, hinted]);
  const errors = [word('error', 'm', 1), word('error', 'm', 5)];
  expect(sortDiagnostics(errors)).toEqual(errors);
});

test('folds what is said of one place for several services, whatever the words', () => {
  const [web, db] = [word('error', 'web has it', 1), word('error', 'db has it', 1, 'db')];
  expect(sortDiagnostics([web, db])).toEqual([{ ...db, also: [{ path: web.path, span: web.at }] }]);
  const elsewhere = { ...db, path: ['services', 'db', 'tty'] };
  expect(sortDiagnostics([web, elsewhere])).toEqual([elsewhere, web]);
  const longer = { ...db, at: { source: a, start: 1, end: 9 } };
  expect(sortDiagnostics([web, longer])).toEqual([longer, web]);
});

test('keeps of a failed run the mistakes, the early warnings, and no echo of a mistake', () => {
  const early = [word('error', 'wrong', 1), word('warning', 'unset', 7), word('info', 'news', 8)];
  const late = [
    word('error', 'echo', 2),
    word('error', 'beside', 3),
    { ...word('error', 'another file', 1), at: { source: b, start: 1, end: 3 } },
    word('warning', 'late warning', 9),
  ];
  expect(mistakes(early, late).map(({ message }) => message)).toEqual(['unset', 'wrong', 'beside', 'another file']);
});

test('makes a warning about the place of an error its hint', () => {
  const [wrong, unset] = [word('error', 'wrong', 1), word('warning', 'X is not set', 2)];
  expect(mistakes([unset, wrong], [])).toEqual([{ ...wrong, hint: 'X is not set' }]);
  const hinted = { ...wrong, hint: 'h' };
  expect(mistakes([unset, hinted], [])).toEqual([unset, hinted]);
});

test('keeps two sentences about one attribute apart, and folds those of services that share a text', () => {
  const about = (service: string, message: string): Diagnostic => ({
    ...one('x/a', a, 1, message),
    severity: 'warning',
    path: ['services', service, 'ports', 0],
  });
  expect(sortDiagnostics([about('web', 'first'), about('web', 'second')])).toEqual([
    about('web', 'first'),
    about('web', 'second'),
  ]);
  expect(sortDiagnostics([about('web', 'of web'), about('worker', 'of worker')])).toEqual([
    {
      ...about('web', 'of web'),
      also: [{ path: ['services', 'worker', 'ports', 0], span: { source: a, start: 1, end: 2 } }],
    },
  ]);
});
