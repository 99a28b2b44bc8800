/** Every fixture against its golden output. `npm run golden` updates; under CI nothing is ever written. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Fixture, fixtures, root } from './support/fixtures.ts';
import { run } from './support/run.ts';

/** What the program said, and its exit code where it is not 0. */
async function convertFixture({
  folder,
  args,
}: Fixture): Promise<{ readonly manifests: string; readonly diagnostics: string }> {
  const { code, stdout, stderr } = await run(['convert', '--stdout', ...args], { cwd: folder });
  const words = stderr.replaceAll(root, '<root>');
  return { manifests: stdout, diagnostics: code === 0 ? words : `${words}[exit code ${code}]\n` };
}

describe.each(['attributes', 'projects', 'regressions', 'quiet', 'errors'])('%s', (kind) => {
  test.each(fixtures(kind).map((fixture) => [fixture.name, fixture] as const))('%s', async (name, fixture) => {
    const { manifests, diagnostics } = await convertFixture(fixture);
    // Before anything is written: an update in the midst of an edit must not record a crash.
    expect(diagnostics).not.toContain('bug in longshore');
    const golden = join(root, 'golden', name);
    await expect(diagnostics).toMatchFileSnapshot(join(golden, 'diagnostics.txt'));
    if (manifests !== '' || existsSync(join(golden, 'manifests.yaml')))
      await expect(manifests).toMatchFileSnapshot(join(golden, 'manifests.yaml'));
    if (kind === 'quiet')
      expect(
        diagnostics
          .split('\n')
          .filter((line) => !/^\d+ attributes?: /.test(line))
          .join(''),
      ).toBe('');
    if (kind === 'errors') expect(diagnostics).toMatch(/error: .*\n/);
  });
});
