/** Env files of services. */
import { expect, test } from 'vitest';
import { envFileReader } from '../../src/parser/env-file-reader.ts';
import { memoryFiles } from '../../src/parser/memory-files.ts';

const files = memoryFiles({
  '/project/web.env': '\uFEFFA=$X\nB C=1\n',
  '/project/raw.env': 'A=$X "\u001b"',
  '/project/bad.env': Uint8Array.of(65, 61, 0xff),
  '/project/folder/x': '',
});
const read = envFileReader(files, '/project');
const lookup = (name: string): string | undefined => (name === 'X' ? 'x' : undefined);

test('reads the variables and the mistakes with their places', () => {
  const source = { name: 'web.env', text: '\uFEFFA=$X\nB C=1\n', isPrivate: true };
  expect(read('/project/web.env', 'compose', lookup)).toEqual({
    entries: [{ name: 'A', value: 'x', span: { source, start: 1, end: 2 } }],
    problems: [
      { message: 'a variable name cannot contain a space', span: { source, start: 7, end: 8 }, isMissing: false },
    ],
    lacking: [],
  });
});

test('takes a raw file as it is', () => {
  expect(read('/project/raw.env', 'raw', lookup).entries.map(({ name, value }) => [name, value])).toEqual([
    ['A', '$X "\u001b"'],
  ]);
});

test.each([
  ['/project/none.env', 'the env file none.env cannot be read: no such file', true],
  ['/project/folder', 'the env file folder cannot be read: is a directory', true],
  ['/project/bad.env', 'the env file bad.env is not UTF-8 text', false],
])('tells why %s cannot be read', (path, message, isMissing) => {
  expect(read(path, 'compose', lookup)).toEqual({ entries: [], problems: [{ message, isMissing }], lacking: [] });
});
