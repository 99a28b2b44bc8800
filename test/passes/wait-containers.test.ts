// cspell:ignore nslookup
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { defaultOptions } from '../../src/model/options.ts';
import { asksApi, type Target, tokenVolume, waitContainer } from '../../src/passes/wait-containers.ts';
import { from } from '../support/draft.ts';

const origin = from('services', 'web', 'depends_on', 'db');

function command(target: Target, isLimited = false): readonly string[] {
  return (waitContainer('db', target, isLimited, origin, defaultOptions).command ?? []).map(String);
}

test('each target has its command', () => {
  expect(command({ kind: 'port', host: 'db', port: 80 })).toEqual([
    'sh',
    '-c',
    'until nc -z -w 2 db 80; do sleep 2; done',
  ]);
  expect(command({ kind: 'name', host: 'db' })).toEqual([
    'sh',
    '-c',
    'until nslookup db.$NAMESPACE.svc.cluster.local | grep -q ^Name:; do sleep 2; done',
  ]);
  expect(command({ kind: 'pods', selector: 'a=b,c=d' })).toEqual([
    'kubectl',
    'wait',
    '--for=condition=Ready',
    'pod',
    '-l',
    'a=b,c=d',
    '--timeout=-1s',
  ]);
  expect(command({ kind: 'job', name: 'migrate-1' })).toEqual([
    'kubectl',
    'wait',
    '--for=condition=complete',
    'job/migrate-1',
    '--timeout=-1s',
  ]);
});

test.each<readonly [Target, boolean]>([
  [{ kind: 'port', host: 'db', port: 80 }, false],
  [{ kind: 'port', host: 'db', port: 80 }, true],
  [{ kind: 'name', host: 'db' }, false],
  [{ kind: 'name', host: 'db' }, true],
])('the shell takes the command for %o, limited: %s', (target, isLimited) => {
  const [shell = '', flag = '', script = ''] = command(target, isLimited);
  expect(execFileSync(shell, ['-n', flag, script]).toString()).toBe('');
});

test('a limited wait ends well although its target never comes', () => {
  const [shell = '', , script = ''] = command({ kind: 'port', host: 'db', port: 80 }, true);
  const quick = script
    .replace('timeout 60', 'timeout 1')
    .replace('nc -z -w 2 db 80', 'false')
    .replace('sleep 2', 'sleep 0.2');
  expect(execFileSync(shell, ['-c', quick]).toString()).toBe('');
});

test('a wait ends when its target comes', () => {
  const [shell = '', , script = ''] = command({ kind: 'name', host: 'db' });
  const answered = 'nslookup() { echo "Server: 10.0.0.1"; echo "Name: $1"; }';
  expect(execFileSync(shell, ['-c', `${answered}; ${script}; echo done`]).toString()).toBe('done\n');
});

test('only what asks the API server mounts a token', () => {
  const kinds: readonly Target[] = [
    { kind: 'port', host: 'db', port: 80 },
    { kind: 'name', host: 'db' },
    { kind: 'pods', selector: 'a=b' },
    { kind: 'job', name: 'x' },
  ];
  expect(kinds.map(asksApi)).toEqual([false, false, true, true]);
  expect(kinds.map((kind) => waitContainer('db', kind, false, origin, defaultOptions).mounts.length)).toEqual([
    0, 0, 1, 1,
  ]);
  expect(tokenVolume(origin)).toEqual({ name: 'wait-token', source: { kind: 'token' }, origin });
});
