import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { volumeEntries } from '../../src/attributes/volume-entries.ts';
import type { VolumeDraft } from '../../src/model/draft.ts';
import { type Given, given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

/** The one volume `data` and what was said. */
function volume(keys: string, more: Given = {}): { readonly data: VolumeDraft; readonly said: readonly string[] } {
  const text = `services: {web: {image: a}}\nvolumes:\n  data: ${keys}\n`;
  const { draft, said } = given(text, { rules: [image], entries: [volumeEntries], ...more });
  const data = draft.volumes.get('data');
  if (data === undefined) throw new Error(said.join('\n'));
  return { data, said };
}

test('asks for ordinary storage without a word', () => {
  for (const keys of ['', '{}', '{driver: local}', '{driver: default, driver_opts: {}}', '{external: false}']) {
    const { data, said } = volume(keys);
    expect([values(data), said]).toEqual([{ name: 'data', annotations: [] }, []]);
  }
});

test('keeps name and labels', () => {
  const { data, said } = volume('{name: My_Data, labels: [a=1, b]}');
  expect([values(data), said]).toEqual([
    {
      name: 'data',
      claimName: 'My_Data',
      annotations: [
        { key: 'a', value: '1' },
        { key: 'b', value: '' },
      ],
    },
    [],
  ]);
});

test('reads external volumes, in the old form too', () => {
  expect(values(volume('{external: true}').data)).toEqual({ name: 'data', isExternal: true, annotations: [] });
  const old = volume('{external: {name: claim}}');
  expect(values(old.data)).toEqual({ name: 'data', claimName: 'claim', isExternal: true, annotations: [] });
  expect(old.said).toEqual([
    '3:20 warning volume-entries/external-name external: {name: claim} is the form of old files',
  ]);
});

test('refuses an external volume with anything else', () => {
  expect(volume('{external: true, driver: local, driver_opts: {size: 1g}, labels: {a: b}}').said).toEqual([
    '3:34 error volume-entries/external-with-others the volume data is external, so it cannot have driver, driver_opts, labels',
  ]);
});

test('takes sizes from options, labels and the own extension, the last being the strongest', () => {
  const sizes = [
    '{driver_opts: {size: 10g}}',
    '{driver_opts: {o: "size=512m"}}',
    '{driver: rexray/ebs, driver_opts: {size: 20g}}',
    '{driver_opts: {size: 10g}, labels: {kompose.volume.size: 5Gi}}',
    '{labels: {kompose.volume.size: 5Gi}, x-kubernetes: {size: 7Gi}}',
  ].map((keys) => volume(keys).data.size);
  expect(sizes.map((size) => size?.value)).toEqual(['10Gi', '512Mi', '20Gi', '5Gi', '7Gi']);
  expect(sizes.map(pathOf)).toEqual([
    'volumes.data.driver_opts.size',
    'volumes.data.driver_opts.o',
    'volumes.data.driver_opts.size',
    'volumes.data.labels["kompose.volume.size"]',
    'volumes.data.x-kubernetes.size',
  ]);
});

test('consumes the labels that ask for storage', () => {
  const { data } = volume('{labels: {kompose.volume.size: 5Gi, kompose.volume.storage-class-name: fast, a: b}}');
  expect(values(data)).toEqual({
    name: 'data',
    size: '5Gi',
    storageClass: 'fast',
    annotations: [{ key: 'a', value: 'b' }],
  });
});

test('refuses sizes that are none', () => {
  expect(volume('{driver_opts: {size: big}}').said).toEqual([
    '3:30 error volume-entries/no-size "big" is no size of a volume',
  ]);
  for (const size of ['10g', '100m', '0', '0Gi', '-1Gi', 'x'])
    expect(volume(`{x-kubernetes: {size: "${size}"}}`).said).toEqual([
      `3:31 error volume-entries/no-quantity "${size}" is no quantity`,
    ]);
});

test('reads the own extension', () => {
  const { data, said } = volume(
    '{x-kubernetes: {size: 1.5Gi, storageClass: fast, accessMode: ReadWriteMany}, x-mine: 1}',
  );
  expect([values(data), said]).toEqual([
    { name: 'data', size: '1.5Gi', storageClass: 'fast', accessMode: 'ReadWriteMany', annotations: [] },
    [],
  ]);
  expect(volume('{x-kubernetes: {perReplica: true, seed: true}}').said).toEqual([
    '3:37 warning volume-entries/not-yet x-kubernetes.perReplica is not converted yet',
    '3:49 warning volume-entries/not-yet x-kubernetes.seed is not converted yet',
  ]);
});

test('names a StorageClass after a driver, or as the run says', () => {
  const classes = new Map([
    ['rexray/ebs', 'gp3'],
    ['local', 'slow'],
  ]);
  const options = { storageClasses: classes };
  expect([
    volume('{driver: rexray/ebs}').data.storageClass?.value,
    volume('{driver: "vieux/sshfs:latest"}').data.storageClass?.value,
    volume('{driver: "registry:5000/x/y:1"}').data.storageClass?.value,
    volume('{driver: rexray/ebs}', { options }).data.storageClass?.value,
    volume('{}', { options }).data.storageClass?.value,
    volume('{driver: local}').data.storageClass?.value,
  ]).toEqual(['rexray-ebs', 'vieux-sshfs', 'registry-5000-x-y', 'gp3', 'slow', undefined]);
});

test('tells which server a plug-in mounts, without its password', () => {
  const { data, said } = volume(
    '{driver: "vieux/sshfs:latest", driver_opts: {sshcmd: "me:hidden@host:/x", password: hidden}}',
  );
  expect(data.storageClass?.value).toBe('vieux-sshfs');
  expect(said).toEqual([
    '3:18 warning volume-entries/server the driver vieux/sshfs:latest mounts host:/x, which a CSI driver has to do',
  ]);
});

test('reads NFS volumes', () => {
  const { data, said } = volume('{driver_opts: {type: nfs4, o: "addr=10.0.0.1,ro,soft", device: ":/srv"}}');
  expect([values(data.backing), said]).toEqual([
    { kind: 'nfs', server: '10.0.0.1', path: '/srv', isReadOnly: true, mountOptions: ['soft', 'nfsvers=4'] },
    [],
  ]);
  expect(volume('{driver_opts: {type: nfs, device: "/srv"}}').said).toEqual([
    '3:10 error volume-entries/no-server this NFS volume names no server',
  ]);
});

test('reads SMB shares without printing a password', () => {
  const { data, said } = volume(
    '{driver_opts: {type: cifs, o: "username=u,password=hidden,vers=3.0", device: //nas/x}}',
  );
  expect(values(data.backing)).toEqual({
    kind: 'cifs',
    source: '//nas/x',
    credentials: [
      { key: 'username', value: 'u' },
      { key: 'password', value: 'hidden' },
    ],
    mountOptions: ['vers=3.0'],
  });
  expect(said).toEqual([
    '3:10 warning volume-entries/smb //nas/x is mounted by the CSI driver smb.csi.k8s.io, which the cluster must have',
  ]);
  expect(volume('{driver_opts: {type: cifs, device: nas}}').said).toEqual([
    '3:10 error volume-entries/no-share this SMB volume names no share',
  ]);
});

test('reads volumes in memory', () => {
  const { data, said } = volume('{driver_opts: {type: tmpfs, device: tmpfs, o: "size=64m,uid=1000"}}');
  expect([values(data.backing), data.size]).toEqual([{ kind: 'tmpfs', size: 64 * 1024 ** 2 }, undefined]);
  expect(said).toEqual([
    '3:30 warning volume-entries/memory each pod that mounts this volume has its own in memory, so services do not share it',
    '3:45 info volume-entries/no-device-needed memory has no device, so this says nothing',
    '3:55 warning volume-entries/lost-option the option uid=1000 of the local driver is left out',
  ]);
});

test('refuses sizes of memory that are none', () => {
  const { data, said } = volume('{driver_opts: {type: tmpfs, size: half}}');
  expect(values(data.backing)).toEqual({ kind: 'tmpfs' });
  expect(said.slice(1)).toEqual(['3:43 error volume-entries/no-size "half" is no size of a volume']);
});

test('tells which CSI driver mounts shares of other drivers', () => {
  const drivers = ['netshare-nfs', 'netshare-cifs', 'other'];
  const hints = drivers.map((driver) => volume(`{driver: ${driver}, driver_opts: {share: "nas:/x"}}`).said);
  expect(hints).toEqual(
    drivers.map((driver) => [
      `3:18 warning volume-entries/server the driver ${driver} mounts nas:/x, which a CSI driver has to do`,
    ]),
  );
});

test('reads volumes that are folders', () => {
  const { data, said } = volume('{driver_opts: {type: none, o: bind, device: ./files}}');
  expect([values(data.backing), said]).toEqual([
    { kind: 'bind', path: '/project/files', written: './files' },
    ['3:10 warning volume-entries/folder the volume is treated as a bind mount of ./files'],
  ]);
  expect(volume('{driver_opts: {type: none, o: bind}}').said).toEqual([
    '3:10 error volume-entries/no-device this volume binds no folder',
  ]);
  expect(volume('{driver_opts: {type: none, o: bind, device: ~/x}}').said).toEqual([
    '3:53 error volume-entries/no-home ~/x cannot be found, since HOME is not set',
  ]);
});

test('refuses disks of one machine, and tells of options that are lost', () => {
  expect(volume('{driver_opts: {type: ext4, device: /dev/sdb}}').said).toEqual([
    '3:10 error volume-entries/disk a volume of type "ext4" is a disk or folder of one machine',
  ]);
  expect(volume('{driver_opts: {o: "uid=1000,size=1g", color: red}}').said).toEqual([
    '3:27 warning volume-entries/lost-option the option uid of the local driver is left out',
    '3:54 warning volume-entries/lost-option the option color of the local driver is left out',
  ]);
});

test('leaves options of other drivers to the table', () => {
  const { data, said } = volume('{driver: portworx, driver_opts: {type: nfs, repl: 3}}');
  expect([data.backing, data.storageClass?.value, said]).toEqual([undefined, 'portworx', []]);
});
