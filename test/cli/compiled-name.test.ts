import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compiledName } from '../../src/cli/compiled-name.ts';

test('two builds of one version of Node have different names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'longshore-'));
  try {
    writeFileSync(join(folder, 'one'), 'x'.repeat(10));
    writeFileSync(join(folder, 'other'), 'x'.repeat(11));
    const nameOf = (execPath: string): string =>
      compiledName({ version: 'v20.20.2', platform: 'linux', arch: 'x64', execPath: join(folder, execPath) });
    expect([nameOf('one'), nameOf('other')]).toEqual([
      'longshore.v20.20.2-linux-x64-10.v8',
      'longshore.v20.20.2-linux-x64-11.v8',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
