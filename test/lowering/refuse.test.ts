/** The user's own judgement. */
// cspell:ignore devicse
import { expect, test } from 'vitest';
import type { Diagnostic, Disposition, Severity } from '../../src/kernel/diagnostic.ts';
import { refuse } from '../../src/lowering/refuse.ts';

function one(severity: Severity, path: readonly (string | number)[], disposition?: Disposition): Diagnostic {
  return { code: 'x/y', severity, message: 'm', path, ...(disposition !== undefined && { disposition }) };
}

const devices = one('error', ['services', 'web', 'devices', 0], 'refused');
const pid = one('error', ['services', 'web', 'pid'], 'refused');
const near = one('warning', ['services', 'web', 'restart'], 'approximated');
const word = one('info', ['services', 'web', 'image'], 'converted');

function judged(diagnostics: readonly Diagnostic[], strictness: Parameters<typeof refuse>[1]) {
  const result = refuse(diagnostics, strictness);
  return {
    severities: result.diagnostics.slice(0, diagnostics.length).map(({ severity }) => severity),
    added: result.diagnostics.slice(diagnostics.length).map(({ code, message, hint }) => [code, message, hint]),
    failed: result.failed,
  };
}

test('leaves everything as it is when nothing was asked for', () => {
  expect(refuse([devices, near, word], {})).toEqual({ diagnostics: [devices, near, word], failed: false });
});

test('fails on a warning when strict, but not on what is only told', () => {
  expect(judged([near, word], { strict: true })).toEqual({ severities: ['error', 'info'], added: [], failed: true });
  expect(judged([word], { strict: true })).toEqual({ severities: ['info'], added: [], failed: false });
  expect(judged([devices], { strict: true })).toEqual({ severities: ['error'], added: [], failed: true });
});

test.each([
  ['services.web.devices[0]', ['warning', 'error']],
  ['services.web.devices', ['warning', 'error']],
  ['services.web', ['warning', 'warning']],
  ['services.web.pid', ['error', 'warning']],
])('accepts the refusals that --drop %s covers', (path, severities) => {
  expect(judged([devices, pid], { drop: [path] })).toEqual({ severities, added: [], failed: false });
});

test('accepts a refusal that is dropped even when strict', () => {
  expect(judged([devices], { strict: true, drop: ['services.web.devices'] })).toEqual({
    severities: ['warning'],
    added: [],
    failed: false,
  });
});

test.each([
  ['services.web.devicse', [devices], 'did you mean "services.web.devices[0]"?'],
  ['volumes.data', [pid], 'refused were services.web.pid'],
  ['services.web.restart', [near], 'nothing was refused'],
])('fails when --drop %s matches nothing', (path, diagnostics, hint) => {
  const { added, failed } = judged(diagnostics, { drop: [path] });
  expect(failed).toBe(true);
  expect(added).toEqual([['drop/matches-nothing', `--drop ${path} matches nothing that was refused`, hint]]);
});
