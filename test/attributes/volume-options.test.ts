import { expect, test } from 'vitest';
import { cifsVolume, kindOf, localVolume, nfsVolume, serverOf, sizeOf } from '../../src/attributes/volume-options.ts';

test.each([
  [{}, 'ordinary'],
  [{ o: 'size=1g' }, 'ordinary'],
  [{ type: 'nfs', o: 'addr=h', device: ':/x' }, 'nfs'],
  [{ type: 'NFS4' }, 'nfs'],
  [{ type: 'cifs' }, 'cifs'],
  [{ type: 'smb3' }, 'cifs'],
  [{ type: 'tmpfs', device: 'tmpfs' }, 'tmpfs'],
  [{ type: 'none', o: 'bind', device: '/x' }, 'bind'],
  [{ o: 'rw,rbind', device: '/x' }, 'bind'],
  [{ type: 'none', device: '/x' }, 'unknown'],
  [{ device: '/dev/sdb' }, 'unknown'],
  [{ type: 'ext4', device: '/dev/sdb' }, 'unknown'],
  [{ type: 'btrfs', o: 'bind' }, 'unknown'],
])('%j is %s', (options, kind) => {
  expect(kindOf(localVolume(options))).toBe(kind);
});

test.each([
  [
    { type: 'nfs', o: 'addr=10.0.0.1,rw,nolock,soft', device: ':/srv/x' },
    { server: '10.0.0.1', path: '/srv/x', isReadOnly: false, mountOptions: ['nolock', 'soft'] },
  ],
  [
    { type: 'nfs4', o: 'addr=nas,ro', device: ':/srv' },
    { server: 'nas', path: '/srv', isReadOnly: true, mountOptions: ['nfsvers=4'] },
  ],
  [
    { type: 'nfs4', o: 'vers=4.1', device: 'nas:/srv' },
    { server: 'nas', path: '/srv', isReadOnly: false, mountOptions: ['vers=4.1'] },
  ],
  [
    { type: 'nfs', o: 'nfsvers=3', device: '[fd00::1]:/srv' },
    { server: 'fd00::1', path: '/srv', isReadOnly: false, mountOptions: ['nfsvers=3'] },
  ],
  [
    { type: 'nfs', device: ':/srv' },
    { server: undefined, path: '/srv', isReadOnly: false, mountOptions: [] },
  ],
])('reads the NFS volume %j', (options, expected) => {
  expect(nfsVolume(localVolume(options))).toEqual(expected);
});

test('reads SMB shares', () => {
  const options = { type: 'cifs', device: '//nas/media', o: 'rw,username=u,password=p=1,domain=d,vers=3.0,uid=1000' };
  expect(cifsVolume(localVolume(options))).toEqual({
    source: '//nas/media',
    credentials: [
      { key: 'username', value: 'u' },
      { key: 'password', value: 'p=1' },
      { key: 'domain', value: 'd' },
    ],
    mountOptions: ['vers=3.0', 'uid=1000'],
  });
  expect(cifsVolume(localVolume({ device: '\\\\nas\\media', o: 'user=u,pass=p' }))).toEqual({
    source: '//nas/media',
    credentials: [
      { key: 'username', value: 'u' },
      { key: 'password', value: 'p' },
    ],
    mountOptions: [],
  });
  expect(cifsVolume(localVolume({ device: 'nas' })).source).toBeUndefined();
});

test.each([
  [{}, undefined],
  [{ size: '10g' }, { key: 'size', written: '10g', bytes: 10 * 1024 ** 3 }],
  [{ o: 'uid=1,size=1m' }, { key: 'o', written: '1m', bytes: 1024 ** 2 }],
  [
    { size: '2k', o: 'size=1m' },
    { key: 'size', written: '2k', bytes: 2048 },
  ],
  [{ size: 'large' }, { key: 'size', written: 'large', bytes: undefined }],
  [{ size: '0' }, { key: 'size', written: '0', bytes: undefined }],
])('the size in %j is %j', (options, size) => {
  expect(sizeOf(options)).toEqual(size);
});

test.each([
  [{}, undefined],
  [{ size: '10g' }, undefined],
  [{ device: 'data' }, undefined],
  [{ share: 'nas/media' }, 'nas/media'],
  [{ o: 'addr=10.0.0.1', device: ':/x' }, '10.0.0.1 :/x'],
  [{ sshcmd: 'me:hidden@host:/x' }, 'host:/x'],
  [{ url: 'https://me:hid/den@host/x?password=hidden' }, 'https://host/x'],
])('the server in %j is %j', (options, server) => {
  expect(serverOf(options)).toBe(server);
});
