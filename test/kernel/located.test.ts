/** Values that know where they were said. */
import { expect, test } from 'vitest';
import { derive, Located, pathText, stepText } from '../../src/kernel/located.ts';

test('hands the origin on to a value made from another', () => {
  const origin = { path: ['services', 'web'], span: { source: { name: 's', text: 'x' }, start: 0, end: 1 } };
  const derived = derive(new Located(1, origin), 'one');
  expect(derived).toEqual(new Located('one', origin));
  expect(derived.origin).toBe(origin);
});

test.each([
  [[], ''],
  [['services', 'web', 'ports', 0, 'target'], 'services.web.ports[0].target'],
  [['services', 'web-1', 'x-kubernetes'], 'services.web-1.x-kubernetes'],
  [['services', 'web', 'labels', 'app.kubernetes.io/name'], 'services.web.labels["app.kubernetes.io/name"]'],
  [['services', 'a b'], 'services["a b"]'],
  [['a"b'], '["a\\"b"]'],
  [['/x'], '["/x"]'],
  [['a/b'], 'a/b'],
  [[''], '[""]'],
  [[0], '[0]'],
])('writes the path %j', (path, expected) => {
  expect(pathText(path)).toBe(expected);
});

test('adds one step to a text', () => {
  expect(stepText('', 'a')).toBe('a');
  expect(stepText('a', 'b')).toBe('a.b');
  expect(stepText('a', 3)).toBe('a[3]');
  expect(stepText('a', 'é')).toBe('a["é"]');
});
