/** Diagnostics as text. */
// cspell:ignore hunter
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/kernel/diagnostic.ts';
import { renderDiagnostic } from '../../src/kernel/render.ts';

function at(text: string, part: string, name = 'compose.yaml'): NonNullable<Diagnostic['at']> {
  const start = text.indexOf(part);
  return { source: { name, text }, start, end: start + part.length };
}

function block(more: Partial<Diagnostic>, color = false): string {
  return renderDiagnostic({ code: 'x/y', severity: 'error', message: 'm', ...more }, { color, excerpt: true });
}

test('shows the line, the place and the hint of an error', () => {
  const span = at('services:\n  web:\n    restart: sometimes\n', 'sometimes');
  expect(block({ at: span, message: 'bad word', hint: 'write always' })).toBe(
    [
      'compose.yaml:3:14: error: bad word [x/y]',
      '  |',
      '3 |     restart: sometimes',
      '  |              ^~~~~~~~~',
      '  = hint: write always',
    ].join('\n'),
  );
});

test('shows no line for a warning or for what has no place', () => {
  const span = at('a: b\n', 'b');
  expect(block({ at: span, severity: 'warning', hint: 'h' })).toBe('compose.yaml:1:4: warning: m [x/y]\n  = hint: h');
  expect(block({ severity: 'info' })).toBe('info: m [x/y]');
});

test('says it on one line when asked to', () => {
  const options = { color: false, excerpt: false };
  const one: Diagnostic = { code: 'x/y', severity: 'error', message: 'a\nb', at: at('a: b', 'b'), hint: 'c\td' };
  expect(renderDiagnostic(one, options)).toBe('compose.yaml:1:4: error: a·b [x/y] (c d)');
  expect(renderDiagnostic({ code: 'x/y', severity: 'info', message: 'm' }, options)).toBe('info: m [x/y]');
});

test('colours the place, the severity and the caret', () => {
  expect(block({ at: at('a: b', 'b') }, true)).toBe(
    '\u001b[1mcompose.yaml:1:4\u001b[0m: \u001b[31merror:\u001b[0m m [x/y]\n  |\n1 | a: b\n  |    \u001b[31m^\u001b[0m',
  );
  expect(block({ severity: 'warning' }, true)).toBe('\u001b[33mwarning:\u001b[0m m [x/y]');
  expect(block({ severity: 'info' }, true)).toBe('\u001b[36minfo:\u001b[0m m [x/y]');
});

test('marks a span that goes on in the next line to the end of its line', () => {
  expect(
    block({ at: at('a:\n  b: c\n  d: e\n', 'b: c\n  d: e') })
      .split('\n')
      .slice(2),
  ).toEqual(['2 |   b: c', '  |   ^~~~']);
});

test('makes room for long line numbers, and marks an empty place with one caret', () => {
  const text = `${'\n'.repeat(99)}x: y\n`;
  expect(block({ at: { source: { name: 's', text }, start: 100, end: 100 } })).toBe(
    ['s:100:2: error: m [x/y]', '    |', '100 | x: y', '    |  ^'].join('\n'),
  );
});

test('marks the end of a file that has nothing more', () => {
  expect(block({ at: { source: { name: 's', text: 'a: "b\n' }, start: 6, end: 7 } })).toBe(
    ['s:2:1: error: m [x/y]', '  |', '2 |', '  | ^'].join('\n'),
  );
});

test('leaves the line end of a CRLF file out', () => {
  expect(
    block({ at: at('a: b\r\nc: d\r\n', 'd\r\n') })
      .split('\n')
      .slice(2),
  ).toEqual(['2 | c: d', '  |    ^']);
});

test('counts wide and combining characters as terminals do', () => {
  const text = '{title: "日本 🐳 cafe\u0301", restart: "時々"}';
  expect(
    block({ at: at(text, '"時々"') })
      .split('\n')
      .slice(2),
  ).toEqual(['1 | {title: "日本 🐳 cafe\u0301", restart: "時々"}', `  | ${' '.repeat(33)}^~~~~~`]);
});

test('lets no control character, direction mark or half of a character through', () => {
  const text = '\t"\u001b[31m\u202e\ud800" : x\u0007';
  expect(block({ at: at(text, ' : x', 'bad\u001bname'), message: 'm\u001b', hint: '\u2066', related: [] })).toBe(
    ['bad·name:1:11: error: m· [x/y]', '  |', '1 |  "·[31m··" : x·', '  |           ^~~~', '  = hint: ·'].join('\n'),
  );
});

test('cuts a long line around the place', () => {
  const text = `command: [${'"--flag", '.repeat(50)}"here", ${'"--more", '.repeat(50)}]`;
  const [, , line, marks] = block({ at: at(text, '"here"') }).split('\n');
  expect(line).toBe(`1 | …${text.slice(470, 590)}…`);
  expect(marks).toBe(`  | ${' '.repeat(41)}^~~~~~`);
  const [, , first] = block({ at: at(text, 'command') }).split('\n');
  expect(first).toBe(`1 | ${text.slice(0, 120)}…`);
});

test('cuts a mark that is longer than the window', () => {
  const text = `a: ${'x'.repeat(300)}`;
  const [, , line, marks] = block({ at: at(text, 'xxx'.repeat(100)) }).split('\n');
  expect(line).toBe(`1 | a: ${'x'.repeat(117)}…`);
  expect(marks).toBe(`  |    ^${'~'.repeat(116)}`);
});

test('shows no secret of the line, and marks what stands beside it rightly', () => {
  const text = 'environment: {TOKEN: "a long secret", OTHER: [x]}';
  expect(
    block({ at: at(text, '[x]') })
      .split('\n')
      .slice(2),
  ).toEqual(['1 | environment: {TOKEN: ****, OTHER: [x]}', '  |                                   ^~~']);
  expect(
    block({ at: at(text, 'long') })
      .split('\n')
      .slice(2),
  ).toEqual(['1 | environment: {TOKEN: ****, OTHER: [x]}', '  |                      ^~~~']);
  expect(
    block({ at: at(text, text) })
      .split('\n')
      .slice(2),
  ).toEqual(['1 | environment: {TOKEN: ****, OTHER: [x]}', `  | ^${'~'.repeat(37)}`]);
});

test('shows a mistake in a secret value without the value', () => {
  const text = 'services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: {value: hunter2}\n';
  expect(block({ at: at(text, 'value: hunter2') })).not.toContain('hunter2');
});

test('names three more places and counts the others', () => {
  const text = 'a: b\nc: d\ne: f\ng: h\ni: j\n';
  const related = ['b', 'd', 'f', 'h', 'j'].map((part, index) => ({
    at: at(text, part),
    message: index === 1 ? '' : `p${index}`,
  }));
  const lines = (count: number): readonly string[] =>
    block({ severity: 'info', related: related.slice(0, count) })
      .split('\n')
      .slice(1);
  expect(lines(2)).toEqual(['  = also compose.yaml:1:4 p0', '  = also compose.yaml:2:4']);
  expect(lines(4)).toEqual([
    '  = also compose.yaml:1:4 p0',
    '  = also compose.yaml:2:4',
    '  = also compose.yaml:3:4 p2',
    '  = and 1 more place',
  ]);
  expect(lines(5).at(-1)).toBe('  = and 2 more places');
});

test('names the attributes that a sentence holds for too, and the place where it is another', () => {
  const text = 'a: b\nc: d\n';
  const one = { at: at(text, 'b'), severity: 'warning' } as const;
  const also = [
    { path: ['services', 'x'], span: one.at },
    { path: ['services', 'y'], span: { ...one.at, start: 8, end: 9 } },
    { path: ['services', 'z'] },
  ];
  expect(block({ ...one, also })).toBe(
    [
      'compose.yaml:1:4: warning: m [x/y]',
      '  = also services.x',
      '  = also compose.yaml:2:4 services.y',
      '  = also services.z',
    ].join('\n'),
  );
  expect(
    renderDiagnostic({ code: 'x/y', message: 'm', ...one, also: also.slice(0, 2) }, { color: false, excerpt: false }),
  ).toBe('compose.yaml:1:4: warning: m [x/y]\ncompose.yaml:2:4: warning: m [x/y]');
});
