import { expect, test } from 'vitest';
import type { Resource } from '../../src/model/resource.ts';
import { marker, writeDirectory } from '../../src/writers/directory.ts';

function resource(kind: string, name: string): Resource {
  return { object: { apiVersion: 'v1', kind, metadata: { name } }, origins: new Map() };
}

function paths(...objects: readonly (readonly [kind: string, name: string])[]): readonly string[] {
  return writeDirectory(objects.map(([kind, name]) => resource(kind, name))).map(({ path }) => path);
}

test('each object has a file of its own, which begins with the marker', () => {
  expect(writeDirectory([resource('Service', 'web'), resource('Secret', 'web-env')])).toEqual([
    { path: 'web-service.yaml', text: `${marker}\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n` },
    { path: 'web-env-secret.yaml', text: `${marker}\napiVersion: v1\nkind: Secret\nmetadata:\n  name: web-env\n` },
  ]);
});

test('the namespace comes first where files are applied by name', () => {
  expect(paths(['Deployment', 'app'], ['Namespace', 'zoo']).toSorted()).toEqual([
    '00-namespace.yaml',
    'app-deployment.yaml',
  ]);
});

test('names that differ only in capitals, or in signs a system refuses, get a number', () => {
  expect(paths(['Role', 'a'], ['Role', 'A'], ['Role', 'a:b'], ['Role', 'a-b'], ['Role', 'a/b'])).toEqual([
    'a-role.yaml',
    'a-role-2.yaml',
    'a-b-role.yaml',
    'a-b-role-2.yaml',
    'a-b-role-3.yaml',
  ]);
});

test('a name that is too long for a file system is cut, and two such names stay apart', () => {
  const long = 'a'.repeat(252);
  const [first, second] = paths(['PersistentVolumeClaim', `${long}b`], ['PersistentVolumeClaim', `${long}c`]);
  expect([first, second]).toEqual([
    expect.stringMatching(/^a{231}-[0-9a-f]{8}\.yaml$/),
    expect.stringMatching(/^a{231}-[0-9a-f]{8}\.yaml$/),
  ]);
  expect(first).not.toBe(second);
});

test('nothing is no file', () => {
  expect(writeDirectory([])).toEqual([]);
});
