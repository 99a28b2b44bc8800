import { expect, test } from 'vitest';
import {
  itemsHash,
  looksSecretFile,
  readSmallFile,
  readTree,
  SIZE_LIMIT,
  treeKeys,
} from '../../src/passes/read-files.ts';
import { at, type Entry, filesOf } from '../support/draft.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  ['server.key', true],
  ['certs/ca.PEM', true],
  ['keystore.p12', true],
  ['.ssh/id_ed25519', true],
  ['.htpasswd', true],
  ['.env', true],
  ['conf/.env.production', true],
  ['secrets/readme.txt', true],
  ['run/secrets/token', true],
  ['relay/credentials.json', true],
  ['db_password.txt', true],
  ['nginx.passwd', true],
  ['client_secret.json', true],
  ['secrets.yml', true],
  ['password-policy.conf', false],
  ['tokenizer.json', false],
  ['my-secrets/readme.txt', false],
  ['secrets', false],
  ['keys.json', false],
  ['environment', false],
  ['id_rsa.pub', false],
])('%s looks secret: %s', (path, isSecret) => {
  expect(looksSecretFile(path)).toBe(isSecret);
});

test('a small file is read with its mode', () => {
  const files = filesOf({ '/shop/run.sh': { text: 'echo', executable: true }, '/shop/empty': '' });
  expect(readSmallFile('/shop/run.sh', files)).toEqual({ kind: 'file', bytes: bytes('echo'), isExecutable: true });
  expect(readSmallFile('/shop/empty', files)).toEqual({ kind: 'file', bytes: bytes(''), isExecutable: false });
});

test('a file above the limit, and one that grew while nobody looked, are too large', () => {
  const big = new Uint8Array(SIZE_LIMIT + 1);
  const files = filesOf({ '/shop/big': big, '/shop/limit': new Uint8Array(SIZE_LIMIT) });
  expect(readSmallFile('/shop/big', files)).toEqual({ kind: 'too-large', size: 1_032_193 });
  expect(readSmallFile('/shop/limit', files).kind).toBe('file');
  const growing = { ...files, stat: () => ({ kind: 'file', size: 1, executable: false }) as const };
  expect(readSmallFile('/shop/big', growing)).toEqual({ kind: 'too-large', size: 1_032_193 });
});

test('a file that cannot be read says why', () => {
  const files = filesOf({ '/shop/locked': { error: 'permission denied' } });
  expect(readSmallFile('/shop/locked', files)).toEqual({ kind: 'unreadable', error: 'permission denied' });
});

function tree(entries: Readonly<Record<string, Entry>>) {
  return readTree('/shop/conf', ['/shop'], filesOf(entries));
}

test('a folder is read with its folders, in the order of names', () => {
  expect(
    tree({
      '/shop/conf/z.conf': 'z',
      '/shop/conf/a/deep.sh': { text: 'x', executable: true },
      '/shop/conf/.hidden': bytes('h'),
      '/shop/conf/logo.png': new Uint8Array([255, 0]),
    }),
  ).toEqual({
    kind: 'tree',
    files: [
      { path: '.hidden', bytes: bytes('h'), isExecutable: false, isText: true },
      { path: 'a/deep.sh', bytes: bytes('x'), isExecutable: true, isText: true },
      { path: 'logo.png', bytes: new Uint8Array([255, 0]), isExecutable: false, isText: false },
      { path: 'z.conf', bytes: bytes('z'), isExecutable: false, isText: true },
    ],
    leaving: [],
  });
});

test('links are followed inside the given folders only', () => {
  const found = tree({
    '/shop/conf/inside': { link: '/shop/shared.conf' },
    '/shop/conf/outside': { link: '/etc/passwd' },
    '/shop/conf/nowhere': { link: '/shop/gone' },
    '/shop/shared.conf': 'shared',
    '/etc/passwd': 'root',
  });
  expect(found).toEqual({
    kind: 'tree',
    files: [{ path: 'inside', bytes: bytes('shared'), isExecutable: false, isText: true }],
    leaving: ['nowhere', 'outside'],
  });
});

test('a link back into the folder ends the reading', () => {
  expect(tree({ '/shop/conf/a/file': 'x', '/shop/conf/a/again': { link: '/shop/conf' } })).toEqual({
    kind: 'unsuitable',
    why: 'leads back into itself',
  });
});

test('a folder without files is empty', () => {
  expect(tree({ '/shop/conf': { kind: 'directory' } })).toEqual({ kind: 'empty' });
  expect(tree({ '/shop/conf/below': { kind: 'directory' } })).toEqual({ kind: 'empty' });
});

test('a folder with too much, too many, or other things than files is unsuitable', () => {
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`/shop/conf/${index}`, '']));
  expect(tree(many)).toEqual({ kind: 'unsuitable', why: 'holds more than 200 files' });
  expect(tree({ '/shop/conf/a': new Uint8Array(SIZE_LIMIT), '/shop/conf/b': 'x', '/shop/conf/c/d': 'x' })).toEqual({
    kind: 'unsuitable',
    why: 'is larger than 1 MiB',
  });
  expect(tree({ '/shop/conf/pipe': { kind: 'other' } })).toEqual({ kind: 'unsuitable', why: 'holds more than files' });
  expect(tree({ '/shop/conf/locked': { error: 'permission denied' } })).toEqual({
    kind: 'unsuitable',
    why: 'holds locked, which cannot be read: permission denied',
  });
});

test('paths become keys, and two that meet stay apart', () => {
  expect(treeKeys(['a/b.conf', 'a__b.conf', 'with space', '.hidden'])).toEqual([
    'a__b.conf',
    'a__b.conf-d66242fa',
    'with_space',
    '.hidden',
  ]);
});

test('the hash covers keys and contents, and where one ends and the next begins', () => {
  const item = (key: string, text: string) => ({ key, data: at(bytes(text)) });
  const hashes = [
    itemsHash([item('a', 'x')]),
    itemsHash([item('b', 'x')]),
    itemsHash([item('a', 'y')]),
    itemsHash([item('a', 'x'), item('b', 'y')]),
    itemsHash([item('a', 'xb'), item('', 'y')]),
  ];
  expect(new Set(hashes).size).toBe(5);
  expect(itemsHash([item('a', 'x')])).toBe(hashes[0]);
});
