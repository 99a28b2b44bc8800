/** Files on the disk. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { diskFiles } from '../../src/parser/files.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'longshore-')));
const at = (name: string): string => join(folder, name);
const files = diskFiles();

mkdirSync(at('sub'));
writeFileSync(at('b.txt'), 'text');
writeFileSync(at('a.sh'), '#!/bin/sh\n');
chmodSync(at('a.sh'), 0o755);
symlinkSync('b.txt', at('link'));
symlinkSync('loop', at('loop'));
symlinkSync('none', at('broken'));
execFileSync('mkfifo', [at('pipe')]);

afterAll(() => rmSync(folder, { recursive: true }));

test('knows what lies at a path, links followed', () => {
  expect(files.stat(at('b.txt'))).toEqual({ kind: 'file', size: 4, executable: false });
  expect(files.stat(at('a.sh'))).toEqual({ kind: 'file', size: 10, executable: true });
  expect(files.stat(at('link'))).toEqual({ kind: 'file', size: 4, executable: false });
  expect(files.stat(at('sub'))).toMatchObject({ kind: 'directory', size: 0 });
  expect(files.stat(at('pipe'))).toEqual({ kind: 'other', size: 0, executable: false });
  expect(files.stat(at('none'))).toBeUndefined();
  expect(files.stat(at('broken'))).toBeUndefined();
  expect(files.stat(at('loop'))).toBeUndefined();
  expect(files.stat(at('b.txt/below'))).toBeUndefined();
  expect(files.stat('a\0b')).toBeUndefined();
});

test('reads bytes, also of what is no file', () => {
  expect(files.read(at('link'))).toEqual(Buffer.from('text'));
  expect(files.read('/dev/null')).toEqual(Buffer.from(''));
});

test.each([
  ['none', 'no such file'],
  ['sub', 'is a directory'],
  ['loop', 'symbolic links form a loop'],
  ['b.txt/below', 'a part of the path is not a directory'],
  ['x'.repeat(300), 'the name is too long'],
])('tells why it cannot read %s', (name, error) => {
  expect(files.read(at(name))).toEqual({ error });
});

test('does not read what has no end', () => {
  expect(files.read('/dev/zero')).toEqual({ error: 'it has no end' });
});

test('tells something even of a path that no system knows', () => {
  expect(files.read('a\0b')).toEqual({ error: 'ERR_INVALID_ARG_VALUE' });
});

test('lists names in order, and finds real paths', () => {
  expect(files.list(folder)).toEqual(['a.sh', 'b.txt', 'broken', 'link', 'loop', 'pipe', 'sub']);
  expect(files.list(at('b.txt'))).toEqual([]);
  expect(files.list(at('none'))).toEqual([]);
  expect(files.realPath(at('link'))).toBe(at('b.txt'));
  expect(files.realPath(at('broken'))).toBeUndefined();
});
