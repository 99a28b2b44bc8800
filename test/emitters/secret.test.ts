import { expect, test } from 'vitest';
import { secret } from '../../src/emitters/secret.ts';
import { encodeUtf8 } from '../../src/kernel/base64.ts';
import type { DataObject } from '../../src/model/plan.ts';
import { at, from } from '../support/draft.ts';
import { context, labels } from '../support/plan.ts';

const password: DataObject = {
  kind: 'secret',
  name: 'password-1a2b3c4d',
  service: 'web',
  isImmutable: true,
  items: [{ key: 'password', data: at(encodeUtf8('no\n'), 'secrets', 'password') }],
  annotations: [],
  origin: from('secrets', 'password'),
};

test('holds its data in base64', () => {
  const { object, origins } = secret(password, context());
  expect(JSON.stringify(object)).toBe(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'password-1a2b3c4d', labels: labels('web') },
      immutable: true,
      data: { password: 'bm8K' },
    }),
  );
  expect(origins).toEqual(
    new Map([
      ['', from('secrets', 'password')],
      ['/data/password', from('secrets', 'password')],
    ]),
  );
});

test('one that may change, of a name that is a contract, is not immutable', () => {
  const { object } = secret({ ...password, name: 'password', isImmutable: false, items: [] }, context());
  expect(object).toEqual({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'password', labels: labels('web') } });
});
