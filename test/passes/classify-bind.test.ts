import { expect, test } from 'vitest';
import type { Options } from '../../src/model/options.ts';
import { classifyBind } from '../../src/passes/classify-bind.ts';
import { SIZE_LIMIT } from '../../src/passes/read-files.ts';
import { at, draftOf, type Entry, from } from '../support/draft.ts';

interface Case {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly options?: Partial<Options>;
  readonly isReadOnly?: boolean;
  readonly everywhere?: boolean;
  readonly isBuilt?: boolean;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function classify(
  source: string,
  { files = {}, options = {}, isReadOnly = false, everywhere = false, isBuilt = false }: Case = {},
) {
  const build = {
    context: at('/shop'),
    isRemote: false,
    dockerfile: undefined,
    dockerfileInline: at('FROM a\nCOPY . /target'),
    target: undefined,
    args: [],
    origin: from('services', 'web', 'build'),
  };
  const draft = draftOf({ services: { web: isBuilt ? { build } : {} }, files, options });
  const service = draft.services.get('web');
  if (service === undefined) throw new Error('no service');
  return classifyBind({ source, target: '/target', isReadOnly }, service, everywhere, draft);
}

test.each([
  '/var/run/docker.sock',
  '/run/user/1000/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/podman/podman.sock',
  '\\\\.\\pipe\\docker_engine',
])('%s is the socket of an engine, whether it is there or not', (path) => {
  expect(classify(path)).toEqual({ kind: 'socket', isEngine: true });
  expect(classify(path, { everywhere: true, options: { bindMounts: 'hostpath' } })).toEqual({
    kind: 'socket',
    isEngine: true,
  });
  expect(classify(path, { options: { allow: new Set(['host-socket']) } })).toEqual({ kind: 'host', type: 'Socket' });
});

test('another socket is refused too, except for a service of every node', () => {
  const files = { '/run/dbus/socket': { kind: 'socket' } } as const;
  expect(classify('/run/dbus/socket', { files })).toEqual({ kind: 'socket', isEngine: false });
  expect(classify('/run/dbus/socket', { files, everywhere: true })).toEqual({ kind: 'host', type: undefined });
});

test('--bind-mounts overrides what lies there', () => {
  const files = { '/shop/a.conf': 'x' };
  expect(classify('/var/run/docker.sock', { options: { bindMounts: 'skip' } })).toEqual({ kind: 'skipped' });
  expect(classify('/shop/a.conf', { files, options: { bindMounts: 'hostpath' } })).toEqual({
    kind: 'host',
    type: undefined,
  });
  expect(classify('/shop/a.conf', { files, options: { bindMounts: 'pvc' } })).toEqual({
    kind: 'claim',
    why: 'is a claim by --bind-mounts=pvc',
    found: 'files',
  });
});

test('an overlay for development comes before anything else in the project', () => {
  const files = { '/shop/src/x': '' };
  expect(classify('/shop', { files, isBuilt: true })).toEqual({ kind: 'development', isCovered: true });
  expect(classify('/shop/src', { files, isBuilt: true })).toEqual({ kind: 'development', isCovered: false });
});

test('a file of the project is read, unless it is too large or locked', () => {
  const files = { '/shop/a.conf': 'x', '/shop/big': new Uint8Array(SIZE_LIMIT + 1), '/shop/no': { error: 'denied' } };
  expect(classify('/shop/a.conf', { files })).toEqual({ kind: 'file', bytes: bytes('x'), isExecutable: false });
  expect(classify('/shop/big', { files })).toEqual({ kind: 'too-large', size: SIZE_LIMIT + 1 });
  expect(classify('/shop/no', { files })).toEqual({ kind: 'unreadable', error: 'denied' });
});

test('a folder of the project is read if it is text or read-only', () => {
  const text = { '/shop/conf/a': 'x' };
  const binary = { '/shop/conf/a': new Uint8Array([0, 255]) };
  expect(classify('/shop/conf', { files: text }).kind).toBe('tree');
  expect(classify('/shop/conf', { files: binary, isReadOnly: true }).kind).toBe('tree');
  expect(classify('/shop/conf', { files: binary })).toEqual({
    kind: 'claim',
    why: 'can be written to and holds more than text',
    found: 'files',
  });
});

test('a folder that holds nothing, or too much, is data', () => {
  const files = {
    '/shop/empty': { kind: 'directory' },
    '/shop/fifo': { kind: 'other' },
    '/shop/large/a': new Uint8Array(SIZE_LIMIT + 1),
  } as const;
  const claim = (why: string, found: string) => ({ kind: 'claim', why, found });
  expect(classify('/shop/gone', { files })).toEqual(claim('does not exist here', 'nothing'));
  expect(classify('/shop/empty', { files })).toEqual(claim('is empty', 'nothing'));
  expect(classify('/shop/large', { files, isReadOnly: true })).toEqual(claim('is larger than 1 MiB', 'files'));
  expect(classify('/shop/fifo', { files })).toEqual(claim('is neither a file nor a folder', 'nothing'));
});

test('a file outside is never read unasked, also not through a link', () => {
  const files = { '/etc/passwd': 'root', '/shop/link': { link: '/etc/passwd' } } as const;
  expect(classify('/etc/passwd', { files })).toEqual({ kind: 'outside-file' });
  expect(classify('/shop/link', { files })).toEqual({ kind: 'outside-file' });
  const allowed = { files, options: { allowOutside: new Set(['/etc/passwd']) } };
  expect(classify('/etc/passwd', allowed)).toEqual({ kind: 'file', bytes: bytes('root'), isExecutable: false });
  const inWordsOfTheFile = { files, options: { allowOutside: new Set(['../etc/passwd']) } };
  expect(classify('/etc/passwd', inWordsOfTheFile)).toEqual(classify('/etc/passwd', allowed));
});

test('the project may itself be reached through a link', () => {
  const files = { '/shop': { link: '/home/me/shop' }, '/home/me/shop/a.conf': 'x' } as const;
  expect(classify('/shop/a.conf', { files }).kind).toBe('file');
});

test('a folder outside becomes a claim, there or not', () => {
  expect(classify('/mnt/media', { files: { '/mnt/media/film': 'x' } })).toEqual({
    kind: 'claim',
    why: 'lies outside the project',
    found: 'outside',
  });
  expect(classify('/srv/gone')).toEqual({ kind: 'claim', why: 'lies outside the project', found: 'outside' });
});

test.each([
  '/',
  '/proc',
  '/sys/fs',
  '/dev/shm',
  '/run/x',
  '/var/run',
  '/var/log/app',
  '/lib/modules',
  '/boot',
  '/var/lib/docker/volumes',
])('%s is a path of the machine itself', (path) => {
  expect(classify(path)).toEqual({ kind: 'host', type: undefined });
});

test('a service of every node means the paths of those nodes, whatever is found here', () => {
  const files = { '/opt/agent/x': '', '/opt/agent.conf': '', '/opt/fifo': { kind: 'other' } } as const;
  const host = (path: string) => classify(path, { files, everywhere: true });
  expect(host('/opt/agent')).toEqual({ kind: 'host', type: undefined });
  expect(host('/opt/agent.conf')).toEqual({ kind: 'host', type: undefined });
  expect(host('/opt/fifo')).toEqual({ kind: 'host', type: undefined });
  expect(host('/opt/gone')).toEqual({ kind: 'host', type: undefined });
  expect(host('/shop/agent.conf').kind).toBe('claim');
});

test('the time zone is told from the name of its file, or from the text of /etc/timezone', () => {
  const files = {
    '/etc/localtime': { link: '/usr/share/zoneinfo/posix/Europe/Berlin' },
    '/usr/share/zoneinfo/posix/Europe/Berlin': 'TZif',
    '/etc/timezone': 'America/Argentina/Buenos_Aires\n',
  } as const;
  const zone = (name: string | undefined) => ({ kind: 'time-zone', zone: name });
  expect(classify('/etc/localtime', { files })).toEqual(zone('Europe/Berlin'));
  expect(classify('/etc/timezone', { files })).toEqual(zone('America/Argentina/Buenos_Aires'));
  expect(classify('/usr/share/zoneinfo/Etc/GMT-14')).toEqual(zone('Etc/GMT-14'));
  expect(classify('/etc/localtime', { files: { '/etc/localtime': 'TZif' } })).toEqual(zone(undefined));
  expect(classify('/etc/timezone')).toEqual(zone(undefined));
  expect(classify('/etc/timezone', { files: { '/etc/timezone': '$(reboot)' } })).toEqual(zone(undefined));
});
