/** The house itself: flat layers, the tree in the docs, no key in two rooms, no golden without its fixture. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { entryRules, serviceRules } from '../src/attributes/index.ts';
import { version } from '../src/kernel/version.ts';
import { fixtures, root } from './support/fixtures.ts';

const source = join(root, 'src');
const layers = readdirSync(source, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const sourceFiles = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(source, join(entry.parentPath, entry.name)));

test('no folder lies inside a layer', () => {
  const nested = layers.flatMap((layer) =>
    readdirSync(join(source, layer), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${layer}/${entry.name}`),
  );
  expect(nested).toEqual([]);
});

test('docs/architecture.md lists every source file, and none that is gone', () => {
  const text = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');
  const tree = /```tree\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  let folder = '';
  const listed = tree.split('\n').flatMap((line) => {
    const layer = /^ {2}([a-z-]+)\/ /.exec(line)?.[1];
    if (layer !== undefined) folder = `${layer}/`;
    const inLayer = /^ {4}([a-z0-9-]+\.ts) /.exec(line)?.[1];
    const atRoot = /^ {2}([a-z0-9-]+\.ts) /.exec(line)?.[1];
    return inLayer !== undefined ? [`${folder}${inLayer}`] : atRoot !== undefined ? [atRoot] : [];
  });
  expect(listed.sort()).toEqual([...sourceFiles].sort());
});

test('each attribute is the business of one rule', () => {
  const owners = new Map<string, string[]>();
  const claim = (key: string, rule: string): void => void owners.set(key, [...(owners.get(key) ?? []), rule]);
  for (const rule of serviceRules) {
    for (const key of Object.keys(rule.service)) claim(key, rule.name);
    for (const key of Object.keys(rule.deploy)) claim(`deploy.${key}`, rule.name);
  }
  for (const rule of entryRules) claim(`${rule.section}.*`, rule.name);
  for (const rule of [...serviceRules, ...entryRules])
    for (const path of Object.keys(rule.support)) claim(`support of ${path}`, rule.name);
  expect([...owners].filter(([, rules]) => rules.length > 1)).toEqual([]);
});

test('every golden folder has its fixture', () => {
  const known = new Set(fixtures().map(({ name }) => name));
  const goldens = readdirSync(join(root, 'golden'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(root, 'golden'), entry.parentPath))
    .filter((folder) => !folder.startsWith('cli'));
  expect([...new Set(goldens)].filter((folder) => !known.has(folder))).toEqual([]);
});

test('every fixture folder is a case or belongs to one', () => {
  const cases = fixtures().map(({ name }) => name);
  const folders = readdirSync(join(root, 'fixtures'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(root, 'fixtures'), entry.parentPath));
  expect(folders.filter((folder) => !cases.some((name) => folder === name || folder.startsWith(`${name}/`)))).toEqual(
    [],
  );
});

test('the program knows the version of its package', () => {
  const { version: released } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(version).toBe(released);
});

test('the lock file names no registry', () => {
  expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
  expect(existsSync(join(root, '.npmrc'))).toBe(true);
});
