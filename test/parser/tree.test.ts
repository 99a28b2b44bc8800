/** Documents of a YAML text. */
import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { readTrees } from '../../src/parser/tree.ts';
import { read } from '../support/told.ts';

test.each([
  ['', []],
  ['\n\n', []],
  ['# comment\n', []],
  ['---\n# comment\n', [null]],
  ['a: 1\n', [{ a: 1 }]],
  ['--- {a: 1}\n', [{ a: 1 }]],
  ['a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
  ['a: 1\n---\n', [{ a: 1 }, null]],
  ['---\n---\na: 1\n', [null, { a: 1 }]],
  ['a: 1\n...\n# end\n', [{ a: 1 }]],
  ['%YAML 1.1\n---\na: yes\n', [{ a: 'yes' }]],
  ['text', ['text']],
  ['- a\n- b\n', [['a', 'b']]],
  ['a:\tb\n', [{ a: 'b' }]],
  ['a: b\r\nc: |\r\n  d\r\n  e\r\n', [{ a: 'b', c: 'd\ne\n' }]],
])('reads the documents of %j', (text, values) => {
  expect(read(text)).toEqual({ values, said: [] });
});

test('keeps anchors to their document', () => {
  expect(read('a: &x 1\n---\nb: *x\n').said).toEqual([
    's:3:4 error yaml/unknown-alias no anchor &x stands before this alias',
  ]);
});

test('leaves a document with a mistake of syntax out, and reads the others', () => {
  expect(read('a: 1\n---\nb: [\n---\nc: 3\n')).toEqual({
    values: [{ a: 1 }, { c: 3 }],
    said: ['s:3:4 error yaml/open-bracket the [ that opens here is not closed before its key is over'],
  });
});

test.each([
  ['a: 1', true],
  ['a: 1e6', true],
  ['a: [', false],
  ['1: a', false],
  [`a: ${'['.repeat(300)}`, false],
])('knows whether %j could be read without a mistake', (text, isReadable) => {
  expect(readTrees({ name: 's', text }, new Report()).isReadable).toBe(isReadable);
});

test.each([
  ['brackets', (depth: number) => `a: ${'['.repeat(depth)}${']'.repeat(depth)}`],
  ['braces', (depth: number) => `${'{a: '.repeat(depth)}${'}'.repeat(depth)}`],
  ['dashes', (depth: number) => `${'- '.repeat(depth)}a`],
  ['indentation', (depth: number) => Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
])('reads %s 190 deep, and stops with a word where they nest deeper than 200', (_, nested) => {
  expect(read(nested(190)).said).toEqual([]);
  const { values, said } = read(nested(3000));
  expect(values).toEqual([]);
  expect(said).toEqual([
    expect.stringMatching(/^s:\d+:\d+ error yaml\/too-deep more than 200 lists and mappings are nested here$/),
  ]);
});

test('does not fall over a million brackets', () => {
  expect(read('['.repeat(1_000_000)).said).toHaveLength(1);
});
