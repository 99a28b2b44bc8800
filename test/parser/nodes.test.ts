/** Anchors, aliases, tags, keys and merge keys. */
import { expect, test } from 'vitest';
import { get, type Tree } from '../../src/kernel/tree.ts';
import { read, treeOf, written } from '../support/told.ts';

test('gives every part its place', () => {
  const tree = treeOf('web:\n  image: "nginx"\n  ports: [80, {target: 81}]\n  empty:\n');
  const web = get(tree, 'web');
  const ports = get(web, 'ports');
  expect(web?.kind === 'dict' && [...web.entries].map(([key, entry]) => [key, written({ span: entry.key })])).toEqual([
    ['image', 'image'],
    ['ports', 'ports'],
    ['empty', 'empty'],
  ]);
  expect(get(web, 'image')).toEqual({
    kind: 'scalar',
    value: 'nginx',
    text: 'nginx',
    span: { source: tree.span.source, start: 14, end: 21 },
  });
  expect(ports?.kind === 'list' && ports.items.map(written)).toEqual(['80', '{target: 81}']);
  expect(written(ports as Tree)).toBe('[80, {target: 81}]');
  expect(get(web, 'empty')).toMatchObject({ kind: 'scalar', value: null, text: '' });
});

test('keeps the text of a scalar as it is written beside its value', () => {
  const tree = treeOf("a: 0777\nb: 1.10\nc: 'x''y'\nd: \"x\\ty\"\ne: |\n  one\n  two\nf: on\n");
  expect(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => get(tree, key))).toMatchObject([
    { value: 511, text: '0777' },
    { value: 1.1, text: '1.10' },
    { value: "x'y", text: "x'y" },
    { value: 'x\ty', text: 'x\ty' },
    { value: 'one\ntwo\n', text: 'one\ntwo\n' },
    { value: 'on', text: 'on' },
  ]);
});

// Each of these was run through compose-go v2.16.2.
test.each([
  ['quoted scalars are text', 'a: "1"\nb: \'true\'\nc: ""\nd: "null"\n', { a: '1', b: 'true', c: '', d: 'null' }],
  [
    'tags decide',
    'a: !!str 1\nb: !!int "3"\nc: !!float 3\nd: !!bool "true"\ne: ! 5\nf: !!null ""\n',
    { a: '1', b: 3, c: 3, d: true, e: '5', f: null },
  ],
  ['collections may be tagged', 'a: !!map {b: c}\nd: !!seq [e]\n', { a: { b: 'c' }, d: ['e'] }],
  ['an anchor may be used many times', 'a: &x [1]\nb: *x\nc: [*x, *x]\n', { a: [1], b: [1], c: [[1], [1]] }],
  ['an anchor may be defined again', 'a: &x 1\nb: *x\nc: &x 2\nd: *x\n', { a: 1, b: 1, c: 2, d: 2 }],
  ['an anchor inside a node of its name is the later one', 'a: &x {b: &x 1}\nc: *x\n', { a: { b: 1 }, c: 1 }],
  ['an anchor may be on an empty node', 'a: &x\nb: *x\n', { a: null, b: null }],
  ['an anchor may be on a key', '&x a: 1\nb: *x\n', { a: 1, b: 'a' }],
  ['an alias may be a key', 'a: &x key\nb: {*x : 1}\n', { a: 'key', b: { key: 1 } }],
  ['a tagged key is text', '!!str 1: a\n"2": b\n', { 1: 'a', 2: 'b' }],
  [
    'merged entries yield to own ones',
    'a: &x {b: 1, c: 2}\nd:\n  c: 3\n  <<: *x\n',
    { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } },
  ],
  [
    'the first of several merged mappings wins',
    'a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne: {<<: [*x, *y]}\n',
    { a: { b: 1 }, c: { b: 2, d: 3 }, e: { b: 1, d: 3 } },
  ],
  [
    'a list of mappings may be merged through one alias',
    'a: &x [{b: 1}, {c: 2}]\nd: {<<: *x}\n',
    { a: [{ b: 1 }, { c: 2 }], d: { b: 1, c: 2 } },
  ],
  ['merging is shallow', 'a: &x {e: {f: 1}}\nb: {<<: *x, e: {g: 2}}\n', { a: { e: { f: 1 } }, b: { e: { g: 2 } } }],
  [
    'merged mappings may have merged others',
    'a: &x {b: 1}\nc: &y {<<: *x, d: 2}\ne: {<<: *y}\n',
    { a: { b: 1 }, c: { b: 1, d: 2 }, e: { b: 1, d: 2 } },
  ],
  ['an inline mapping may be merged', 'a: {<<: {b: 1}, c: 2}\n', { a: { b: 1, c: 2 } }],
  ['a quoted << is a key like any other', 'a: {"<<": 1}\n', { a: { '<<': 1 } }],
  ['empty values are null', 'a:\nb: ~\nc: [,]\n'.replace('[,]', '[~]'), { a: null, b: null, c: [null] }],
  [
    'names of every object are keys',
    '__proto__: a\nconstructor: {toString: b}\n',
    JSON.parse('{"__proto__": "a", "constructor": {"toString": "b"}}'),
  ],
])('reads that %s', (_, text, value) => {
  expect(read(text)).toEqual({ values: [value], said: [] });
});

test('puts merged entries first and keeps their place when they are overridden', () => {
  const tree = treeOf('a: &x {one: 1, two: 2}\nb: {three: 3, two: 4, <<: *x}\n');
  const merged = get(tree, 'b');
  expect(merged?.kind === 'dict' && [...merged.entries.keys()]).toEqual(['one', 'two', 'three']);
});

test('gives what an alias stands for the place of its anchor', () => {
  const tree = treeOf('a: &x [1]\nb: *x\n');
  expect(get(tree, 'b')).toBe(get(tree, 'a'));
});

test.each([
  ['a: 1\nb: 2\na: 3\n', 's:3:1 error yaml/duplicate-key "a" is written twice in one mapping; the first is in line 1'],
  ['{a: 1, a: 1}', 's:1:8 error yaml/duplicate-key "a" is written twice in one mapping; the first is in line 1'],
  [
    '"__proto__": 1\n__proto__: 2\n',
    's:2:1 error yaml/duplicate-key "__proto__" is written twice in one mapping; the first is in line 1',
  ],
  [
    'a: &x {b: 1}\nc:\n  <<: *x\n  <<: *x\n',
    's:4:3 error yaml/duplicate-key "<<" is written twice in one mapping; the first is in line 3',
  ],
  ['1: a', 's:1:1 error yaml/key-not-text a key must be text, not the number 1'],
  ['true: a', 's:1:1 error yaml/key-not-text a key must be text, not the boolean true'],
  ['null: a', 's:1:1 error yaml/key-not-text a key must be text, not empty'],
  [': a', 's:1:1 error yaml/key-not-text a key must be text, not empty'],
  ['2024-01-01: a', 's:1:1 error yaml/key-not-text a key must be text, not the date or number 2024-01-01'],
  ['[a, b]: c', 's:1:1 error yaml/key-not-text a key must be text, not a list or mapping'],
  ['a: &x [1]\nb: {*x : c}', 's:2:5 error yaml/key-not-text a key must be text, not a list or mapping'],
  ['a: *x', 's:1:4 error yaml/unknown-alias no anchor &x stands before this alias'],
  ['a: *x\nb: &x 1\n', 's:1:4 error yaml/unknown-alias no anchor &x stands before this alias'],
  ['*x : a', 's:1:1 error yaml/unknown-alias no anchor &x stands before this alias'],
  ['a: &x [*x]', 's:1:8 error yaml/alias-of-itself the anchor &x contains itself'],
  ['a: &x 1\nb: &x [*x]', 's:2:8 error yaml/alias-of-itself the anchor &x contains itself'],
  ['a: &x\n  b:\n    <<: *x\n', 's:3:9 error yaml/alias-of-itself the anchor &x contains itself'],
  ['a:\n  <<: [*x]\n', 's:2:8 error yaml/unknown-alias no anchor &x stands before this alias'],
  ['a:\n  <<: text\n', 's:2:7 error yaml/merge-value << takes a mapping, or a list of mappings'],
  ['a:\n  <<:\n', 's:2:6 error yaml/merge-value << takes a mapping, or a list of mappings'],
  ['a: {<<: [{b: 1}, [{c: 2}]]}', 's:1:9 error yaml/merge-value << takes a mapping, or a list of mappings'],
  ['a: !reset null', 's:1:4 error yaml/not-yet !reset is not supported yet'],
  ['a: !override\n  - b\n', 's:1:4 error yaml/not-yet !override is not supported yet'],
  ['a: !vault b', 's:1:4 error yaml/unknown-tag the tag !vault is not known'],
  ['a: !!binary aGk=', 's:1:4 error yaml/unknown-tag the tag !!binary is not known'],
  ['a: !!set {b}', 's:1:4 error yaml/unknown-tag the tag !!set is not known'],
  ['a: !!int x', 's:1:10 error yaml/tag-value "x" cannot be read as !!int'],
  ['a: !!int 1.5', 's:1:10 error yaml/tag-value "1.5" cannot be read as !!int'],
  ['a: !!float x', 's:1:12 error yaml/tag-value "x" cannot be read as !!float'],
  ['a: !!bool yes', 's:1:11 error yaml/tag-value "yes" cannot be read as !!bool'],
  ['a: !!null x', 's:1:11 error yaml/tag-value "x" cannot be read as !!null'],
  ['a: !!timestamp x', 's:1:16 error yaml/tag-value "x" cannot be read as !!timestamp'],
])('finds the mistake of %j', (text, expected) => {
  expect(read(text).said).toEqual([expected]);
});

test('finds every mistake of a document', () => {
  expect(read('a: *x\n1: b\nc: !x d\nc: e\n').said).toEqual([
    's:1:4 error yaml/unknown-alias no anchor &x stands before this alias',
    's:2:1 error yaml/key-not-text a key must be text, not the number 1',
    's:3:4 error yaml/unknown-tag the tag !x is not known',
    's:4:1 error yaml/duplicate-key "c" is written twice in one mapping; the first is in line 3',
  ]);
});

test('tells that a date or number changes on its way, unless a tag says that this is meant', () => {
  expect(
    read('a: 2024-01-01\nb: 1e6\nc: "1e6"\nd: [-0]\ne: !!timestamp 2024-01-01\nf: 12345678901234567890\n'),
  ).toEqual({
    values: [
      {
        a: '2024-01-01 00:00:00 +0000 UTC',
        b: '1e+06',
        c: '1e6',
        d: ['-0'],
        e: '2024-01-01 00:00:00 +0000 UTC',
        f: '12345678901234567890',
      },
    ],
    said: [
      's:1:4 warning yaml/rewritten 2024-01-01 is not text, and Compose passes it on as "2024-01-01 00:00:00 +0000 UTC"',
      's:2:4 warning yaml/rewritten 1e6 is not text, and Compose passes it on as "1e+06"',
    ],
  });
});

test('refuses aliases that unfold to more than a machine can hold', () => {
  const levels = 'abcdefghi'.split('');
  const bomb = levels.map((name, index) =>
    index === 0 ? `a: &a [${'x, '.repeat(9)}]` : `${name}: &${name} [${`*${levels[index - 1]}, `.repeat(9)}]`,
  );
  expect(read(`${bomb.join('\n')}\n`).said).toEqual([
    's:6:24 error yaml/too-many-aliases the aliases of this file unfold to more than 400000 nodes, which is refused as an attack on memory',
  ]);
});

test('refuses a long chain of merges in one mapping each', () => {
  const wide = `a: &a {${Array.from({ length: 1000 }, (_, index) => `k${index}: v`).join(', ')}}\n`;
  const uses = Array.from({ length: 500 }, (_, index) => `u${index}: {<<: *a}\n`).join('');
  expect(read(wide + uses).said).toEqual([
    's:401:12 error yaml/too-many-aliases the aliases of this file unfold to more than 400000 nodes, which is refused as an attack on memory',
  ]);
});

test('refuses aliases that nest too deeply, and reads on', () => {
  const chain = Array.from({ length: 300 }, (_, index) => `k${index}: &k${index} [*k${index - 1}]\n`).join('');
  const { values, said } = read(`k-1: &k-1 [1]\n${chain}`);
  expect(said).toEqual(['s:200:14 error yaml/too-deep more than 200 lists and mappings are nested here']);
  expect(values).toHaveLength(1);
});
