import { expect, test } from 'vitest';
import { hostPath } from '../../src/attributes/host-path.ts';

const scope = { directory: '/project', variable: (name: string) => (name === 'HOME' ? '/home/me' : undefined) };

test.each([
  ['./a', '/project/a'],
  ['a/../b/', '/project/b'],
  ['..', '/'],
  ['/etc/x/', '/etc/x'],
  ['~', '/home/me'],
  ['~/a/../b', '/home/me/b'],
  ['C:\\data', 'C:\\data'],
])('%s is %s', (written, expected) => {
  expect(hostPath(written, scope)).toBe(expected);
});

test('cannot find a home folder that is not set', () => {
  expect(hostPath('~/a', { directory: '/project', variable: () => undefined })).toBeUndefined();
});
