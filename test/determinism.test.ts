/** The same project gives the same bytes, wherever, whenever and in whatever surroundings it is converted. */

import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtures } from './support/fixtures.ts';
import { run } from './support/run.ts';

let elsewhere = '';
const zone = process.env['TZ'];
const language = process.env['LC_ALL'];

beforeAll(() => {
  elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'longshore-')));
});
afterAll(() => {
  rmSync(elsewhere, { recursive: true });
  process.env['TZ'] = zone ?? 'UTC';
  process.env['LC_ALL'] = language ?? 'C';
});

// Errors are about their places; a bind that leaves the project sees other neighbours elsewhere.
const projects = ['projects', 'regressions', 'attributes', 'quiet'].flatMap((kind) => fixtures(kind));

test.each(projects.map((fixture) => [fixture.name, fixture] as const))('%s', async (name, { folder, args }) => {
  const first = await run(['convert', '--stdout', ...args], { cwd: folder });
  process.env['TZ'] = 'Pacific/Chatham';
  process.env['LC_ALL'] = 'tr_TR.UTF-8';
  // The folder's own name is the project's name where the file gives none, so it stays.
  const copy = join(elsewhere, name);
  cpSync(folder, copy, { recursive: true });
  const second = await run(['convert', '--stdout', ...args], { cwd: copy });
  expect(second).toEqual(first);
});
