import { expect, test } from 'vitest';
import { configMap } from '../../src/emitters/config-map.ts';
import { encodeUtf8 } from '../../src/kernel/base64.ts';
import type { DataObject } from '../../src/model/plan.ts';
import { at, from } from '../support/draft.ts';
import { context, labels, projectLabels } from '../support/plan.ts';

const origin = from('configs', 'files');
const files: DataObject = {
  kind: 'config',
  name: 'files-1a2b3c4d',
  service: 'web',
  isImmutable: true,
  items: [],
  annotations: [],
  origin,
};

test('text stays text and bytes become base64', () => {
  const { object, origins } = configMap(
    {
      ...files,
      items: [
        { key: 'b.txt', data: at(encodeUtf8('é\r\n'), 'configs', 'b') },
        { key: 'logo.png', data: at(new Uint8Array([0x89, 0x50, 0xff]), 'configs', 'logo') },
        { key: 'a.txt', data: at(encodeUtf8(''), 'configs', 'a') },
      ],
    },
    context(),
  );
  expect(JSON.stringify(object)).toBe(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'files-1a2b3c4d', labels: labels('web') },
      immutable: true,
      data: { 'b.txt': 'é\r\n', 'a.txt': '' },
      binaryData: { 'logo.png': 'iVD/' },
    }),
  );
  expect(Object.fromEntries(origins)).toEqual({
    '': origin,
    '/data/b.txt': from('configs', 'b'),
    '/data/a.txt': from('configs', 'a'),
    '/binaryData/logo.png': from('configs', 'logo'),
  });
});

test('one of the project that may change holds neither service nor immutable', () => {
  expect(configMap({ ...files, service: undefined, isImmutable: false }, context()).object).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'files-1a2b3c4d', labels: projectLabels },
  });
});

test('a file called __proto__ is a file', () => {
  const { object } = configMap({ ...files, items: [{ key: '__proto__', data: at(encodeUtf8('x'), 'x') }] }, context());
  expect(JSON.stringify(object)).toContain('"data":{"__proto__":"x"}');
});
