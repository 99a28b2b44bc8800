/** What is said, and the report that collects it. */
// cspell:ignore hunter
import { expect, test } from 'vitest';
import {
  approximated,
  delegated,
  error,
  info,
  notApplicable,
  noted,
  Report,
  refused,
  speaker,
  warning,
} from '../../src/kernel/diagnostic.ts';
import type { Source } from '../../src/kernel/source.ts';

const source: Source = { name: 'compose.yaml', text: 'a: ${X}\nTOKEN: hunter2\nb: c\n' };
const path = ['a'];
const span = { source, start: 3, end: 7 };

test.each([
  [error('x'), 'error', undefined],
  [warning('x'), 'warning', undefined],
  [info('x'), 'info', undefined],
  [noted('x'), 'info', 'converted'],
  [approximated('x'), 'warning', 'approximated'],
  [delegated('x'), 'warning', 'delegated'],
  [notApplicable('x'), 'info', 'not-applicable'],
  [refused('x'), 'error', 'refused'],
])('gives a message its severity and disposition', (message, severity, disposition) => {
  expect([message.severity, message.disposition, message.text(), message.hint]).toEqual([
    severity,
    disposition,
    'x',
    undefined,
  ]);
});

test('says a message with its place, path, hint and disposition', () => {
  const say = speaker('ports', {
    range: refused(
      (low: number, high: number) => `${low} is above ${high}`,
      (low: number, high: number) => `write ${high}-${low}`,
    ),
    plain: error('plain', 'fixed hint'),
  });
  const report = new Report();
  say(report, 'range', { path, span }, 9, 3);
  say(report, 'plain', { path });
  say(report, 'plain', undefined);
  expect(report.diagnostics).toEqual([
    {
      code: 'ports/range',
      severity: 'error',
      disposition: 'refused',
      message: '9 is above 3',
      hint: 'write 3-9',
      at: span,
      path,
    },
    { code: 'ports/plain', severity: 'error', message: 'plain', hint: 'fixed hint', path },
    { code: 'ports/plain', severity: 'error', message: 'plain', hint: 'fixed hint' },
  ]);
});

test('has failed after an error, but not after a refusal, which --drop may accept', () => {
  const report = new Report();
  const say = speaker('x', { refusal: refused('r'), word: warning('w'), mistake: error('e') });
  expect(report.failed).toBe(false);
  say(report, 'refusal', undefined);
  say(report, 'word', undefined);
  expect(report.failed).toBe(false);
  say(report, 'mistake', undefined);
  expect(report.failed).toBe(true);
});

test('remembers judgements without a word', () => {
  const report = new Report();
  report.settle(path, 'converted');
  expect(report.settledSilently).toEqual([{ path, disposition: 'converted' }]);
  expect(report.diagnostics).toEqual([]);
});

const say = speaker('x', {
  quote: error(
    (value: string) => `must be a number, not "${value}"`,
    (value: string) => `do not write ${value}`,
  ),
});

test('keeps the secret of a source line out of messages and hints', () => {
  const report = new Report();
  const start = source.text.indexOf('hunter2');
  say(report, 'quote', { path, span: { source, start, end: start + 7 } }, 'hunter2');
  expect(report.diagnostics).toEqual([
    {
      code: 'x/quote',
      severity: 'error',
      message: 'must be a number, not "****"',
      hint: 'do not write ****',
      at: { source, start, end: start + 7 },
      path,
    },
  ]);
});

test('keeps hidden texts out of messages about their place, and only of those', () => {
  const report = new Report();
  report.hide(span, 'from a variable');
  report.hide(span, 'from another');
  say(report, 'quote', { path, span }, 'from a variable');
  say(report, 'quote', { path, span: { source, start: 3, end: 4 } }, 'from another');
  const start = source.text.indexOf('b: c');
  say(report, 'quote', { path, span: { source, start, end: start + 1 } }, 'from a variable');
  say(report, 'quote', { path, span: { source: { ...source }, start: 3, end: 7 } }, 'from a variable');
  expect(report.diagnostics.map(({ message, hint }) => [message, hint])).toEqual([
    ['must be a number, not "****"', 'do not write ****'],
    ['must be a number, not "****"', 'do not write ****'],
    ['must be a number, not "from a variable"', 'do not write from a variable'],
    ['must be a number, not "from a variable"', 'do not write from a variable'],
  ]);
});

test('says nothing more about a spoiled place', () => {
  const report = new Report();
  report.spoil(span);
  say(report, 'quote', { path, span }, 'x');
  say(report, 'quote', { path, span: { source, start: 4, end: 7 } }, 'y');
  say(report, 'quote', { path }, 'z');
  expect(report.diagnostics.map(({ message }) => message)).toEqual([
    'must be a number, not "y"',
    'must be a number, not "z"',
  ]);
});

test('cuts long quotations, but not a command that is to be copied', () => {
  const say = speaker('x', {
    long: error(
      (text: string) => `no "${text}"`,
      (text: string) => `write "${text}" or: kubectl cp FILES "$(kubectl get pod -l ${text})":/data`,
    ),
  });
  const report = new Report();
  const text = 'x'.repeat(100);
  say(report, 'long', { path, span }, text);
  const cut = `${'x'.repeat(40)}…`;
  expect(report.diagnostics.map(({ message, hint }) => [message, hint])).toEqual([
    [`no "${cut}"`, `write "${cut}" or: kubectl cp FILES "$(kubectl get pod -l ${text})":/data`],
  ]);
});
