/** What the fixtures keep secret is in no output in plain text: it is in base64 in the data of a Secret, and nowhere else. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { fixtures } from './support/fixtures.ts';
import { run } from './support/run.ts';

/** Stands for a real password wherever a fixture has one that must be kept. */
const SECRET = 'hunter2-example';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'longshore-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface KubernetesObject {
  readonly kind: string;
  readonly data?: Readonly<Record<string, string>>;
}

/** Every text in a value, keys included, but for what is below some keys. */
function textsOf(value: unknown, without: readonly string[] = []): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    without.includes(key) ? [] : [key, ...textsOf(inner, without)],
  );
}

/** What a text may hide: itself, and what it is in base64 (also of base64), at whatever offset that begins. */
function hides(text: string): boolean {
  const decoded = [0, 1, 2, 3].map((from) => Buffer.from(text.slice(from), 'base64').toString('latin1'));
  const twice = Buffer.from(decoded[0] ?? '', 'base64').toString('latin1');
  return [text, ...decoded, twice].some((one) => one.includes(SECRET));
}

/** All that a run leaves behind: manifests, diagnostics, and the ledger where there is one. */
async function outputOf(args: readonly string[], cwd: string) {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const { stdout, stderr } = await run(['convert', '--stdout', '--report', report, ...args], { cwd });
  return { stdout, stderr, ledger: existsSync(report) ? readFileSync(report, 'utf8') : '' };
}

function objectsIn(manifests: string): readonly KubernetesObject[] {
  return parseAllDocuments(manifests).flatMap((document) => (document.toJS() as KubernetesObject | null) ?? []);
}

/** What the Secrets hold, so far as it is long enough to be told from an ordinary word. */
function secretsOf(objects: readonly KubernetesObject[]): readonly string[] {
  return objects
    .filter(({ kind }) => kind === 'Secret')
    .flatMap(({ data }) => Object.values(data ?? {}))
    .map((value) => Buffer.from(value, 'base64').toString().trim())
    .filter((text) => text.length >= 12);
}

describe.each(['attributes', 'projects', 'regressions', 'quiet', 'errors'])('%s', (kind) => {
  test.each(fixtures(kind).map((fixture) => [fixture.name, fixture] as const))('%s', async (_, fixture) => {
    const { stdout, stderr, ledger } = await outputOf(fixture.args, fixture.folder);
    const objects = objectsIn(stdout);
    const others = objects.map(({ data, ...rest }) => (rest.kind === 'Secret' ? rest : { ...rest, data }));
    const words = [stderr, ...textsOf(ledger === '' ? {} : JSON.parse(ledger))];
    expect(stdout).not.toContain(SECRET);
    expect([...words, ...others.flatMap((one) => textsOf(one))].filter(hides)).toEqual([]);
    // Who writes a password into a command shows it to everybody who may list processes, in Docker too.
    const texts = [...words, ...others.flatMap((one) => textsOf(one, ['command', 'args']))];
    for (const secret of secretsOf(objects)) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
    // Base64 once: what the container reads is the text itself.
    for (const value of objects.flatMap(({ data }) => Object.values(data ?? {})).filter(hides))
      expect(Buffer.from(value, 'base64').toString()).toContain(SECRET);
  });
});

describe('the fixtures that are about it', () => {
  const kept: Readonly<Record<string, number>> = {
    'regressions/secrets-stay-secret': 9,
    'regressions/project-folder-bind-leaves-the-dot-env': 2,
  };
  test.each(Object.entries(kept))('%s', async (name, count) => {
    const fixture = fixtures().find((one) => one.name === name);
    if (fixture === undefined) throw new Error(`no fixture ${name}`);
    const { stdout } = await outputOf(fixture.args, fixture.folder);
    expect(secretsOf(objectsIn(stdout)).filter((text) => text.includes(SECRET))).toHaveLength(count);
  });
});
