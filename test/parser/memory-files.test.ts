/** Files in memory. */
import { expect, test } from 'vitest';
import { memoryFiles } from '../../src/parser/memory-files.ts';

const files = memoryFiles({ '/a/b.txt': 'é', '/a/c/d.bin': Uint8Array.of(1, 2, 3), '/z': '' });

test('knows what lies at a path', () => {
  expect(files.stat('/a/b.txt')).toEqual({ kind: 'file', size: 2, executable: false });
  expect(files.stat('/a/c')).toEqual({ kind: 'directory', size: 0, executable: false });
  expect(files.stat('/')).toEqual({ kind: 'directory', size: 0, executable: false });
  expect(files.stat('/z')).toEqual({ kind: 'file', size: 0, executable: false });
  expect(files.stat('/a/x')).toBeUndefined();
  expect(files.stat('/constructor')).toBeUndefined();
  expect(files.stat('constructor')).toBeUndefined();
});

test('reads bytes, and tells why it cannot', () => {
  expect(files.read('/a/b.txt')).toEqual(Uint8Array.of(0xc3, 0xa9));
  expect(files.read('/a/c/d.bin')).toEqual(Uint8Array.of(1, 2, 3));
  expect(files.read('/a')).toEqual({ error: 'is a directory' });
  expect(files.read('/none')).toEqual({ error: 'no such file' });
});

test('lists names in order, and finds real paths', () => {
  expect(files.list('/a')).toEqual(['b.txt', 'c']);
  expect(files.list('/')).toEqual(['a', 'z']);
  expect(files.list('/none')).toEqual([]);
  expect(files.realPath('/a/c')).toBe('/a/c');
  expect(files.realPath('/a/b.txt')).toBe('/a/b.txt');
  expect(files.realPath('/none')).toBeUndefined();
});
