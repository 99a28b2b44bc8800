/** The grammar of env files. */
// cspell:ignore árvíztűrő
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { spanText } from '../../src/kernel/source.ts';
import { parseEnvFile } from '../../src/parser/env-file.ts';

const environment: Readonly<Record<string, string>> = { SHELL_SET: 'shell', EMPTY: '' };
const lookup = (name: string): string | undefined => (Object.hasOwn(environment, name) ? environment[name] : undefined);

function read(text: string, format: 'compose' | 'raw' = 'compose') {
  const source = { name: '.env', text };
  const { entries, problems } = parseEnvFile(source, format, lookup);
  return {
    values: entries.map(({ name, value }) => [name, value]),
    places: entries.map(({ span }) => [text.slice(span.start, span.end), spanText(span)]),
    problems: problems.map(({ message, start }) => `${spanText({ source, start, end: start })} ${message}`),
  };
}

// Each case was run through compose-go v2.16.2.
test.each([
  ['A=b', 'b'],
  ['A = b', 'b'],
  ['A\t=\tb', 'b'],
  ['A: b', 'b'],
  ['A:b', 'b'],
  ['export A=b', 'b'],
  ['export   A=b', 'b'],
  ['  A=b', 'b'],
  ['A=', ''],
  ['A=  ', ''],
  ['A=b c  ', 'b c'],
  ['A=b#c', 'b#c'],
  ['A=b #c', 'b'],
  ['A=b\t#c', 'b\t#c'],
  ['A=#c', '#c'],
  ['A= #c', '#c'],
  ['A=b\\nc', 'b\\nc'],
  ['A=`b`', '`b`'],
  ['A=$SHELL_SET', 'shell'],
  ['A=${NOPE:-default}', 'default'],
  ['A=$$B', '$B'],
  ['A=\\$SHELL_SET', '\\shell'],
  ["A='b'", 'b'],
  ["A='$SHELL_SET'", '$SHELL_SET'],
  ["A='b\\'c'", "b'c"],
  ["A='b\\nc\\\\'", 'b\\nc\\\\'],
  ["A='one\ntwo'", 'one\ntwo'],
  ['A="b"', 'b'],
  ['A="b # c" # d', 'b # c'],
  ['A="one\r\ntwo"', 'one\r\ntwo'],
  ['A="\\n\\t\\r\\"\\\\\\a\\b\\f\\v"', '\n\t\r"\\\x07\b\f\v'],
  ['A="\\c\\x"', '\\c\\x'],
  ['A="\\0101\\0377"', 'A\u00ff'],
  ['A="\\07\\0400\\0"', '\\7\\400\\'],
  ['A="\\$B $$C"', '$B $C'],
  ['A="$SHELL_SET ${NOPE:-x}"', 'shell x'],
  ['A="it\'s"', "it's"],
])('reads %j', (text, expected) => {
  expect(read(text)).toMatchObject({ values: [['A', expected]], problems: [] });
});

test('reads files of any system and with any name that Compose allows', () => {
  const text = '\uFEFF# comment\r\n\r\nA=1\r\n with-dash=2\r\nwith.dot[0]=3\r\nárvíztűrő=4\r\n9=5\r\n';
  expect(read(text)).toEqual({
    values: [
      ['A', '1'],
      ['with-dash', '2'],
      ['with.dot[0]', '3'],
      ['árvíztűrő', '4'],
      ['9', '5'],
    ],
    places: [
      ['A', '.env:3:1'],
      ['with-dash', '.env:4:2'],
      ['with.dot[0]', '.env:5:1'],
      ['árvíztűrő', '.env:6:1'],
      ['9', '.env:7:1'],
    ],
    problems: [],
  });
});

test('leaves a name without a value to the environment, at the end of the file too', () => {
  expect(read('SHELL_SET\nA=$SHELL_SET\n  NOPE  \nLAST')).toMatchObject({
    values: [
      ['SHELL_SET', undefined],
      ['A', 'shell'],
      ['NOPE', undefined],
      ['LAST', undefined],
    ],
    problems: [],
  });
});

test('knows earlier variables of the file, after those of the environment', () => {
  expect(read('A=1\nSHELL_SET=2\nB=$A$SHELL_SET\nA=3\nC=$A').values).toEqual([
    ['A', '1'],
    ['SHELL_SET', '2'],
    ['B', '1shell'],
    ['A', '3'],
    ['C', '3'],
  ]);
});

test('goes on after a closing quote with the next statement', () => {
  expect(read('A="b" C=d').values).toEqual([
    ['A', 'b'],
    ['C', 'd'],
  ]);
});

test.each([
  ['A B=c', '.env:1:2 a variable name cannot contain a space'],
  ['A\tB=c', '.env:1:2 a variable name cannot contain a space'],
  ['A B\n', '.env:1:2 a variable name cannot contain a space'],
  ['A!=b', '.env:1:2 unexpected character "!" in a variable name'],
  ['x\n  🐳=b', '.env:2:3 unexpected character "🐳" in a variable name'],
  ['"A"=b', '.env:1:1 unexpected character "\\"" in a variable name'],
  ['=b', '.env:1:1 a variable name is missing before "="'],
  [': b', '.env:1:1 a variable name is missing before ":"'],
  ['export ', '.env:1:7 a variable name is missing after export'],
  ['A="b\nC=d', '.env:1:3 the double quote that opens here is never closed'],
  ["A='b\\'", '.env:1:3 the single quote that opens here is never closed'],
  ['A=x ${', '.env:1:3 "${" is not a valid variable reference'],
  ['A="${B:?needed}"', '.env:1:3 the variable B is required: needed'],
])('finds the mistake of %j', (text, expected) => {
  expect(read(text).problems).toEqual([expected]);
});

test('goes on with the next line after a mistake', () => {
  expect(read('A B=c\nC=d\n%\nE=f\n')).toMatchObject({
    values: [
      ['C', 'd'],
      ['E', 'f'],
    ],
    problems: [
      '.env:1:2 a variable name cannot contain a space',
      '.env:3:1 unexpected character "%" in a variable name',
    ],
  });
});

// Each case was run through the kvfile package of docker/cli v29.9.3.
test('takes the lines of a raw file as they are', () => {
  const text = '\uFEFFA="b" # c  \r\n  B=$A\'\n# comment\n\nSHELL_SET\nC==\nD=\n\t\u00a0E=x\nNOPE';
  expect(read(text, 'raw')).toEqual({
    values: [
      ['A', '"b" # c  '],
      ['B', "$A'"],
      ['SHELL_SET', undefined],
      ['C', '='],
      ['D', ''],
      ['E', 'x'],
      ['NOPE', undefined],
    ],
    places: [
      ['A', '.env:1:2'],
      ['B', '.env:2:3'],
      ['SHELL_SET', '.env:5:1'],
      ['C', '.env:6:1'],
      ['D', '.env:7:1'],
      ['E', '.env:8:3'],
      ['NOPE', '.env:9:1'],
    ],
    problems: [],
  });
});

test('finds the mistakes of a raw file', () => {
  expect(read('A B=c\n =x\nD \n', 'raw')).toMatchObject({
    values: [],
    problems: [
      '.env:1:2 a variable name cannot contain a space',
      '.env:2:2 a variable name is missing before "="',
      '.env:3:2 a variable name cannot contain a space',
    ],
  });
});

test('reads back every value that is quoted', () => {
  return fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const double = value.replace(/[\\"$]/g, '\\$&');
      expect(read(`A="${double}"\n`).values).toEqual([['A', value]]);
    }),
  );
});

test('ends, whatever it reads, and finds every place inside the text', () => {
  const part = fc.constantFrom('A', '=', ':', '"', "'", '\\', '\n', ' ', '#', '$', '{', '}', '\r\n', 'export ', 'é');
  return fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), fc.constantFrom('compose', 'raw'), (parts, format) => {
      const source = { name: 's', text: parts.join('') };
      const { entries, problems } = parseEnvFile(source, format, lookup);
      for (const { span } of entries) expect(source.text.slice(span.start, span.end)).toMatch(/^\S+$/);
      for (const { start } of problems) expect(start).toBeLessThan(source.text.length);
    }),
  );
});
