import { expect, test } from 'vitest';
import { fileMode, isDecimalMode, modeText } from '../../src/attributes/file-mode.ts';
import { scalarAt } from '../../src/kernel/tree.ts';

test.each([
  [0o440, 0o440],
  ['0440', 0o440],
  ['440', 0o440],
  ['0o440', 0o440],
  ['01777', 0o1777],
  [0, 0],
])('%j is a mode', (written, bits) => {
  expect(fileMode().parse(written)).toBe(bits);
});

test.each(['', '0888', 'r--', -1, 0o10000, 1.5, true, null, '0o'])('%j is no mode', (written) => {
  expect(fileMode().safeParse(written).success).toBe(false);
});

test('knows a decimal number that was meant to be octal', () => {
  const span = { source: { name: '-', text: '' }, start: 0, end: 0 };
  const node = (value: string | number, text: string) => ({ ...scalarAt(value, span), text });
  expect([
    isDecimalMode(node(440, '440')),
    isDecimalMode(node(0o440, '0440')),
    isDecimalMode(node(0o400, '0o400')),
    isDecimalMode(node('440', '440')),
    isDecimalMode(node(490, '490')),
    isDecimalMode(undefined),
  ]).toEqual([true, false, false, false, false, false]);
});

test('writes modes in octal', () => {
  expect([modeText(0o440), modeText(0o4), modeText(0o1777)]).toEqual(['0440', '0004', '01777']);
});
