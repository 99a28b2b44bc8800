import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { secretEntries, secrets } from '../../src/attributes/secrets.ts';
import { decodeUtf8 } from '../../src/kernel/base64.ts';
import { type Given, given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function project(web: string, section: string, more: Given = {}) {
  const text = `services:\n  web:\n    image: a\n${web}\nsecrets:\n${section}\n`;
  return given(text, { rules: [image, secrets], entries: [secretEntries], ...more });
}
const two = '  key: {environment: KEY}\n  other: {environment: OTHER}';

test('mounts a bare name below /run/secrets', () => {
  const { service, said } = project('    secrets: [key]', two);
  expect(values(service('web').secretGrants)).toEqual([{ source: 'key', target: '/run/secrets/key' }]);
  expect(said).toEqual([]);
});

test('reads every key of the long form', () => {
  const { service } = project(
    '    secrets: [{source: key, target: sub/k.pem, uid: 1000, gid: "1000", mode: 0400}, {source: other, target: /etc/k}]',
    two,
  );
  expect(values(service('web').secretGrants)).toEqual([
    { source: 'key', target: '/run/secrets/sub/k.pem', mode: 0o440, uid: 1000, gid: 1000 },
    { source: 'other', target: '/etc/k' },
  ]);
});

test('speaks of secrets in its messages', () => {
  expect(project('    secrets: [kay, {source: key, target: /}]', two).said).toEqual([
    '4:15 error secrets/unknown no secret is called "kay"',
    '4:42 error secrets/not-a-file a secret cannot be mounted at /',
  ]);
  expect(project('    secrets: [key, {source: other, target: key}]', two).said).toEqual([
    '4:20 error secrets/same-target two secrets are mounted at /run/secrets/key',
  ]);
});

test('takes the value from a variable or a file, and never prints it', () => {
  const { draft, said } = project('', '  a: {environment: KEY}\n  b: {file: ./key.txt}', {
    env: { KEY: 'hidden' },
    files: { 'key.txt': 'hidden too\n' },
  });
  const contents = [...draft.secrets.values()].map(({ content }) => decodeUtf8(content?.value ?? new Uint8Array()));
  expect([contents, said]).toEqual([['hidden', 'hidden too\n'], []]);
  expect(pathOf(draft.secrets.get('a')?.content)).toBe('secrets.a.environment');
});

test('keeps what is wrong with a source', () => {
  const { draft, said } = project('', '  a: {file: ./gone}\n  b: {environment: KEY}');
  expect([...draft.secrets.values()].map(({ problem }) => problem?.message)).toEqual([
    'the file ./gone of the secret a does not exist',
    'the variable KEY of the secret b is not set',
  ]);
  expect(said).toEqual([]);
});

test('leaves the content of a secret of a driver to the driver', () => {
  const { draft, said } = project('', '  a: {driver: vault, driver_opts: {path: kv/a}}');
  expect(values(draft.secrets.get('a'))).toEqual({ name: 'a', annotations: [] });
  expect(said).toEqual([]);
});

test('prefers a file to a driver, as Compose does', () => {
  const { draft, said } = project('', '  a: {driver: vault, file: ./key.txt}', { files: { 'key.txt': 'hidden' } });
  expect([decodeUtf8(draft.secrets.get('a')?.content?.value ?? new Uint8Array()), said]).toEqual(['hidden', []]);
});

test('wants exactly one source, and knows no content', () => {
  const { said } = project('', '  none: {}\n  many: {file: b, environment: c, driver: d}\n  inline: {content: hidden}');
  expect(said).toEqual([
    '6:3 error secrets/no-source the secret none does not say where its content comes from',
    '7:3 error secrets/many-sources the secret many has more than one source: file, environment',
    '8:12 error check/unknown-key unknown attribute "content" in secrets.inline',
  ]);
});

test('reads external secrets, names and labels', () => {
  const { draft, said } = project(
    '',
    '  a: {external: true, name: in-cluster}\n  b: {external: {name: old}}\n  c: {environment: C, name: kept, labels: {l: 1}}',
    { env: { C: 'x' } },
  );
  expect(
    [...draft.secrets.values()].map(({ objectName, isExternal }) => [objectName?.value, isExternal?.value]),
  ).toEqual([
    ['in-cluster', true],
    ['old', true],
    ['kept', undefined],
  ]);
  expect(values(draft.secrets.get('c')?.annotations)).toEqual([{ key: 'l', value: '1' }]);
  expect(said).toEqual(['7:17 warning secrets/external-name external: {name: old} is the form of old files']);
});
