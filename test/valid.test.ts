/** Every golden manifest is accepted by the Kubernetes schemas and makes sense as a whole. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { fixtures, root } from './support/fixtures.ts';
import { validate } from './support/kubernetes-schema.ts';
import { semanticProblems } from './support/kubernetes-semantics.ts';

const withManifests = fixtures().filter(({ name }) => existsSync(join(root, 'golden', name, 'manifests.yaml')));

/** Objects that a fixture expects to exist already, told by its first lines: `# exists: Secret/name PersistentVolumeClaim/name`. */
function existing(file: string): ReadonlySet<string> {
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((one) => one.startsWith('# exists: '));
  return new Set(line?.slice('# exists: '.length).split(/\s+/));
}

test.each(withManifests.map((fixture) => [fixture.name, fixture] as const))('%s', (name, fixture) => {
  const text = readFileSync(join(root, 'golden', name, 'manifests.yaml'), 'utf8');
  const objects = parseAllDocuments(text).map((document) => document.toJS() as unknown);
  expect(objects.length).toBeGreaterThan(0);
  expect(objects.flatMap((object) => validate(object))).toEqual([]);
  expect(semanticProblems(objects, existing(fixture.file))).toEqual([]);
});
