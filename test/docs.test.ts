/** What the documents claim is what the program does: generated pages are goldens, examples are run. */

import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attributeTable } from '../src/attributes/attribute-table.ts';
import { root } from './support/fixtures.ts';
import { run } from './support/run.ts';

test('docs/attributes.md is the registry, printed', async () => {
  await expect(attributeTable()).toMatchFileSnapshot('../docs/attributes.md');
});

/** The fenced block of a document that follows a line with the given text. */
function blockAfter(document: string, line: string): string {
  const after = document.slice(document.indexOf(line) + line.length);
  const block = /```\w*\n([\s\S]*?)```/.exec(after)?.[1];
  if (!document.includes(line) || block === undefined) throw new Error(`no block after "${line}"`);
  return block;
}

test('the example of the README gives the output that it shows', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'longshore-')));
  try {
    writeFileSync(join(cwd, 'compose.yaml'), blockAfter(readme, '`compose.yaml`'));
    const { code, stdout, stderr } = await run(['convert', '--stdout'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toBe(blockAfter(readme, 'on standard output:'));
    expect(stderr).toBe(blockAfter(readme, 'on standard error:'));
  } finally {
    rmSync(cwd, { recursive: true });
  }
});

test('the commands of the README name scripts and folders that exist', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const used = [...readme.matchAll(/npm (?:run (?:--silent )?)?([a-z]+)/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => !['ci', 'install'].includes(name));
  expect(used.filter((name) => !(name in scripts))).toEqual([]);
  for (const [, folder] of readme.matchAll(/fixtures\/projects\/([a-z0-9-]+)/g)) {
    const copy = realpathSync(mkdtempSync(join(tmpdir(), 'longshore-')));
    cpSync(join(root, 'fixtures', 'projects', folder ?? ''), copy, { recursive: true });
    rmSync(copy, { recursive: true });
  }
});
