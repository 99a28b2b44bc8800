/** Escaping for the kubelet, proved against its own rules of expansion. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeForKubelet } from '../../src/kernel/kubelet-text.ts';

/**
 * What the kubelet does to command, args and environment values.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.37.2/third_party/forked/golang/expansion/expand.go
 */
function expand(text: string, variables: ReadonlyMap<string, string>): string {
  let result = '';
  let at = 0;
  while (at < text.length) {
    const next = text[at + 1];
    const close = text.indexOf(')', at + 2);
    if (text[at] !== '$' || next === undefined) {
      result += text[at];
      at += 1;
    } else if (next === '$') {
      result += '$';
      at += 2;
    } else if (next === '(' && close !== -1) {
      const name = text.slice(at + 2, close);
      result += variables.get(name) ?? `$(${name})`;
      at = close + 1;
    } else {
      result += `$${next}`;
      at += 2;
    }
  }
  return result;
}

const variables = new Map([['X', 'expanded']]);
const names: ReadonlySet<string> = new Set(variables.keys());

test.each([
  ['echo $HOME', 'echo $HOME'],
  ['echo ${HOME}', 'echo ${HOME}'],
  ['$', '$'],
  ['kill $$', 'kill $$$$'],
  ['$$$', '$$$$$$'],
  ['echo $(X)', 'echo $$(X)'],
  ['echo $(Y)', 'echo $(Y)'],
  ['echo $(x)', 'echo $(x)'],
  ['echo $$(X)', 'echo $$$$(X)'],
  ['echo $$(Y)', 'echo $$$$(Y)'],
  ['$(echo $$)', '$(echo $$)'],
  ['$(echo $$', '$(echo $$$$'],
  ['$(echo $(X))', '$(echo $(X))'],
  ['$(a) $(X) $$', '$(a) $$(X) $$$$'],
  ['$()', '$()'],
  ['$(a\nb $$)', '$(a\nb $$)'],
])('writes %j as %j', (text, escaped) => {
  expect(escapeForKubelet(text, names)).toBe(escaped);
  expect(expand(escaped, variables)).toBe(text);
});

test('survives expansion: every string of up to six signs', () => {
  const signs = ['$', '(', ')', 'X', 'a', '{'];
  const differences: string[] = [];
  let tried = 0;
  let strings = [''];
  for (let length = 0; length <= 6; length++) {
    tried += strings.length;
    differences.push(...strings.filter((text) => expand(escapeForKubelet(text, names), variables) !== text));
    strings = strings.flatMap((text) => signs.map((sign) => text + sign));
  }
  expect({ tried, differences }).toEqual({ tried: 55_987, differences: [] });
});

test('survives expansion: random text, random names of variables', () => {
  const sign = fc.constantFrom('$', '$', '(', ')', 'A', 'B', '_', '-', ' ', '\n', '\\', '😀');
  const name = fc.string({ unit: fc.constantFrom('A', 'B', '_', '-', ' '), maxLength: 3 });
  return fc.assert(
    fc.property(fc.string({ unit: sign, maxLength: 40 }), fc.uniqueArray(name), (text, some) => {
      const values = new Map(some.map((one) => [one, `<${one}>`]));
      expect(expand(escapeForKubelet(text, new Set(some)), values)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});
