import { expect, test } from 'vitest';
import { isHostPath, parseShortMount, parseTmpfs } from '../../src/attributes/mount-forms.ts';

const plain = {
  type: 'volume',
  source: undefined,
  target: '',
  isReadOnly: undefined,
  isNocopy: false,
  propagation: undefined,
  selinux: undefined,
  consistency: undefined,
  unknown: [],
};

test.each([
  ['/data', { target: '/data' }],
  ['data:/data', { source: 'data', target: '/data' }],
  ['data:/data:ro', { source: 'data', target: '/data', isReadOnly: true }],
  ['data:/data:ro,rw', { source: 'data', target: '/data', isReadOnly: false }],
  ['data:/data:rw', { source: 'data', target: '/data', isReadOnly: false }],
  ['data:/data:nocopy', { source: 'data', target: '/data', isNocopy: true }],
  ['./a:/b', { type: 'bind', source: './a', target: '/b' }],
  ['../a:/b', { type: 'bind', source: '../a', target: '/b' }],
  ['/a:/b', { type: 'bind', source: '/a', target: '/b' }],
  ['~/a:/b', { type: 'bind', source: '~/a', target: '/b' }],
  ['C:\\a:/b', { type: 'bind', source: 'C:\\a', target: '/b' }],
  ['C:/a:/b:ro', { type: 'bind', source: 'C:/a', target: '/b', isReadOnly: true }],
  ['d:/data', { target: 'd:/data' }],
  ['\\\\server\\share:/b', { type: 'bind', source: '\\\\server\\share', target: '/b' }],
  [
    '\\\\.\\pipe\\docker:\\\\.\\pipe\\docker',
    { type: 'npipe', source: '\\\\.\\pipe\\docker', target: '\\\\.\\pipe\\docker' },
  ],
  [
    './a:/b:z,rslave,cached,ro,exec,U',
    {
      type: 'bind',
      source: './a',
      target: '/b',
      isReadOnly: true,
      selinux: 'z',
      propagation: 'rslave',
      consistency: 'cached',
      unknown: ['exec', 'U'],
    },
  ],
  ['./a:/b:Z', { type: 'bind', source: './a', target: '/b', selinux: 'Z' }],
  ['https://example.com/x.git:/b', { type: 'bind', source: 'https://example.com/x.git', target: '/b' }],
  [
    'git@example.com:x/y.git#main:/b:ro',
    { type: 'bind', source: 'git@example.com:x/y.git#main', target: '/b', isReadOnly: true },
  ],
])('%s is read', (text, expected) => {
  expect(parseShortMount(text)).toEqual({ ...plain, ...expected });
});

test.each([
  ['', 'is empty'],
  [':/data', 'has nothing between two colons, or before or after one'],
  ['data:', 'has nothing between two colons, or before or after one'],
  ['data::ro', 'has nothing between two colons, or before or after one'],
  ['data:/a:ro:z', 'has too many colons'],
])('%j is a mistake', (text, mistake) => {
  expect(parseShortMount(text)).toEqual({ mistake });
});

test('tells paths of the machine from names', () => {
  expect(['./a', '/a', '~', '\\\\x', 'c:/x', 'data', 'a/b', ''].map(isHostPath)).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

const memory = { target: '/run', size: undefined, gid: undefined, isReadOnly: false, lost: [], wrong: [] };

test.each([
  ['/run', {}],
  ['/run:', {}],
  ['/run:rw', {}],
  ['/run:size=64m', { size: 64 * 1024 ** 2 }],
  ['/run:size=0', {}],
  ['/run:ro,size=1k', { isReadOnly: true, size: 1024 }],
  ['/run:mode=1777,uid=0,gid=0,exec,suid,dev', {}],
  ['/run:mode=755,uid=7,noexec,nosuid', { lost: ['mode=755', 'uid=7', 'noexec', 'nosuid'] }],
  ['/run:gid=7', { gid: 7 }],
  ['/run:size=50%', { wrong: ['size=50%'] }],
  ['/run:size=-1', { wrong: ['size=-1'] }],
  ['/run:gid=staff', { wrong: ['gid=staff'] }],
])('the tmpfs %s is read', (text, expected) => {
  expect(parseTmpfs(text)).toEqual({ ...memory, ...expected });
});
