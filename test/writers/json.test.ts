import { expect, test } from 'vitest';
import { writeJson } from '../../src/writers/json.ts';

const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } };

test('holds the objects in a list, in their order', () => {
  expect(writeJson([{ object, origins: new Map() }], '-')).toEqual([
    {
      path: '-',
      text: `{
  "apiVersion": "v1",
  "kind": "List",
  "items": [
    {
      "apiVersion": "v1",
      "kind": "Namespace",
      "metadata": {
        "name": "a"
      }
    }
  ]
}
`,
    },
  ]);
});

test('nothing is an empty list', () => {
  expect(writeJson([], 'a.json')).toEqual([
    { path: 'a.json', text: '{\n  "apiVersion": "v1",\n  "kind": "List",\n  "items": []\n}\n' },
  ]);
});
