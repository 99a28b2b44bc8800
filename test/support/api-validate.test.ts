import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { spoiled } from './kubernetes-case.ts';
import { cases } from './kubernetes-cases.ts';
import { shop } from './kubernetes-shop.ts';

// Built from tools/api-validate; without it there is no server to ask.
const binary = process.env['LONGSHORE_API_VALIDATE'];

function refusals(objects: readonly object[]): { readonly code: number | null; readonly said: string } {
  const input = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const { status, stdout } = spawnSync(binary ?? '', { input, encoding: 'utf8' });
  return { code: status, said: stdout };
}

describe.runIf(binary)('a real API server', () => {
  test('accepts the shop', () => {
    expect(refusals(shop())).toEqual({ code: 0, said: '' });
  });

  test.each(cases)('and $title: refused is $isRefused', (spoiling) => {
    const { code, said } = refusals(spoiled(spoiling));
    expect({ code, isSilent: said === '' }).toEqual({
      code: spoiling.isRefused ? 1 : 0,
      isSilent: !spoiling.isRefused,
    });
  });
});
