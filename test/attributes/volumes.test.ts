import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { volumeEntries } from '../../src/attributes/volume-entries.ts';
import { volumes } from '../../src/attributes/volumes.ts';
import { type Given, given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string, more: Given = {}) {
  const text = `services:\n  web:\n    image: a\n${keys}\nvolumes: {data: {}, logs: {}}\n`;
  const outcome = given(text, { rules: [image, volumes], entries: [volumeEntries], ...more });
  const { mounts, shmSize } = outcome.service('web');
  return { mounts, shmSize, said: outcome.said };
}
const mount = (fields: object) => ({ isReadOnly: false, isNocopy: false, attribute: 'volumes', ...fields });

test('says nothing about a service without mounts', () => {
  expect(web('')).toEqual({ mounts: undefined, shmSize: undefined, said: [] });
});

test('reads short volumes', () => {
  const { mounts, said } = web(
    '    volumes: ["data:/var//lib/./data/", "./conf:/etc/conf:ro,z", /cache, "logs:/logs:nocopy,Z"]',
  );
  expect(values(mounts)).toEqual([
    mount({ source: { kind: 'named', volume: 'data' }, target: '/var/lib/data' }),
    mount({
      source: { kind: 'bind', path: '/project/conf', written: './conf' },
      target: '/etc/conf',
      isReadOnly: true,
    }),
    mount({ source: { kind: 'anonymous' }, target: '/cache' }),
    mount({ source: { kind: 'named', volume: 'logs' }, target: '/logs', isNocopy: true }),
  ]);
  expect(pathOf(mounts?.[0]?.target)).toBe('services.web.volumes[0].target');
  expect(said).toEqual([]);
});

test('reads long volumes', () => {
  const { mounts, said } = web(`    volumes:
      - {type: volume, source: data, target: /a, read_only: true, volume: {nocopy: true, subpath: x/./y}}
      - {type: volume, target: /b}
      - {type: bind, source: ../up, target: /c, consistency: cached, bind: {create_host_path: true, propagation: rprivate, selinux: z}}
      - {type: tmpfs, target: /d, tmpfs: {size: 64m, mode: 01777}}
      - {type: tmpfs, target: /e}
      - {type: image, source: "busybox:1", target: /f, image: {subpath: bin}}
      - {type: cluster, source: logs, target: /g}`);
  expect(values(mounts)).toEqual([
    mount({
      source: { kind: 'named', volume: 'data', subPath: 'x/y' },
      target: '/a',
      isReadOnly: true,
      isNocopy: true,
    }),
    mount({ source: { kind: 'anonymous' }, target: '/b' }),
    mount({ source: { kind: 'bind', path: '/up', written: '../up' }, target: '/c' }),
    mount({ source: { kind: 'tmpfs', size: 64 * 1024 ** 2 }, target: '/d' }),
    mount({ source: { kind: 'tmpfs' }, target: '/e' }),
    mount({ source: { kind: 'image', reference: 'busybox:1', subPath: 'bin' }, target: '/f', isReadOnly: true }),
    mount({ source: { kind: 'named', volume: 'logs' }, target: '/g' }),
  ]);
  expect(said).toEqual([
    '11:16 warning volumes/cluster the cluster volume logs becomes a claim, which needs the CSI driver of the volume',
  ]);
});

test('finds paths from the project and from home', () => {
  const { mounts } = web('    volumes: ["~/a:/a", "~:/b", "/abs/../x:/c", ".:/d"]', { env: { HOME: '/home/me' } });
  expect(mounts?.map(({ source }) => source.kind === 'bind' && source.path.value)).toEqual([
    '/home/me/a',
    '/home/me',
    '/x',
    '/project',
  ]);
  expect(web('    volumes: ["~/a:/a"]').said).toEqual([
    '4:15 error volumes/no-home ~/a cannot be found, since HOME is not set',
  ]);
});

test('refuses short volumes that cannot be read', () => {
  const { mounts, said } = web('    volumes: ["data:", 7, "data:/x:fast", [a]]');
  expect(values(mounts)).toEqual([mount({ source: { kind: 'named', volume: 'data' }, target: '/x' })]);
  expect(said).toEqual([
    '4:15 error volumes/form the volume "data:" has nothing between two colons, or before or after one',
    '4:24 error volumes/form services.web.volumes takes volumes such as "data:/var/lib/data", not a number',
    '4:27 warning volumes/unknown-option the option "fast" of a volume is ignored, as Compose ignores it',
    '4:43 error volumes/form services.web.volumes takes volumes such as "data:/var/lib/data", not a list',
  ]);
});

test('refuses targets that are no paths in a container', () => {
  const { mounts, said } = web('    volumes: ["data:lib", "d:/data", "data:/x/.."]\n    tmpfs: run');
  expect(mounts).toBeUndefined();
  expect(said).toEqual([
    '4:15 error volumes/target "lib" is no absolute path in a container',
    '4:27 error volumes/target "d:/data" is no absolute path in a container',
    '4:38 error volumes/target "/x/.." is no absolute path in a container',
    '5:12 error volumes/target "run" is no absolute path in a container',
  ]);
});

test('refuses volumes that are not declared', () => {
  const { mounts, said } = web('    volumes: ["dat:/a", "conf/x:/b", "zzzzzz:/c"]');
  expect(mounts).toBeUndefined();
  expect(said).toEqual([
    '4:15 error volumes/undeclared no volume is called "dat"',
    '4:25 error volumes/undeclared no volume is called "conf/x"',
    '4:38 error volumes/undeclared no volume is called "zzzzzz"',
  ]);
});

test('refuses mounts without what they need', () => {
  const { mounts, said } = web(`    volumes:
      - {type: bind, target: /a}
      - {type: image, source: "", target: /b}
      - {type: tmpfs, source: x, target: /c, tmpfs: {size: -1}}
      - {type: cluster, source: "group:fast", target: /d}
      - {type: npipe, source: '\\\\.\\pipe\\docker', target: /e}
      - "https://example.com/x.git:/f"
      - {type: volume, source: data, target: /g, volume: {subpath: ../x}}
      - {type: volume, target: /h, volume: {subpath: x}}`);
  expect(mounts?.map(({ target }) => target.value)).toEqual(['/c', '/g', '/h']);
  expect(said).toEqual([
    '5:9 error volumes/no-source a mount of type bind needs a source',
    '6:9 error volumes/no-source a mount of type image needs a source',
    '7:31 error volumes/tmpfs-source a mount of type tmpfs has no source',
    '7:60 error volumes/tmpfs-value the option "size: -1" of a tmpfs cannot be read',
    '8:9 error volumes/cluster-group group:fast names a group of cluster volumes, and a pod can mount only a certain one',
    '9:9 error volumes/pipe \\\\.\\pipe\\docker is a pipe of the Windows machine, and no cluster has it',
    '10:9 error volumes/git https://example.com/x.git cannot be mounted: Kubernetes has no volumes that hold a repository any more',
    '11:68 error volumes/subpath "../x" is no path inside a volume',
    '12:54 info volumes/other-section volume.subpath means nothing to a mount of type volume without a source',
  ]);
});

test('mounts a pipe for those who ask for it', () => {
  const { mounts, said } = web("    volumes: [{type: npipe, source: '\\\\.\\pipe\\docker', target: /e}]", {
    options: { allow: new Set(['host-socket']) },
  });
  expect(mounts?.[0]?.source).toMatchObject({ kind: 'bind', written: '\\\\.\\pipe\\docker' });
  expect(said).toEqual([]);
});

test('tells which options mean nothing to a type', () => {
  const { said } = web(`    volumes:
      - {type: bind, source: ./a, target: /a, volume: {nocopy: true}, tmpfs: {mode: 0700}}
      - {type: volume, source: data, target: /b, bind: {propagation: shared, selinux: z}}
      - {type: image, source: i, target: /c, read_only: false}`);
  expect(said).toEqual([
    '5:64 info volumes/other-section volume.nocopy means nothing to a mount of type bind',
    '5:85 info volumes/other-section tmpfs.mode means nothing to a mount of type bind',
    '6:70 info volumes/other-section bind.propagation means nothing to a mount of type volume',
    '7:57 warning volumes/always-read-only an image is always mounted read-only',
  ]);
});

test('reads tmpfs as one path or a list', () => {
  const one = web('    tmpfs: /run');
  const two = web('    tmpfs: ["/run:size=64m,ro", "/tmp:gid=7,noexec,uid=5", "/x:size=half"]');
  const memory = { isNocopy: false, attribute: 'tmpfs' };
  expect(values(one.mounts)).toEqual([{ ...memory, source: { kind: 'tmpfs' }, target: '/run', isReadOnly: false }]);
  expect(one.said).toEqual([]);
  expect(values(two.mounts)).toEqual([
    { ...memory, source: { kind: 'tmpfs', size: 64 * 1024 ** 2 }, target: '/run', isReadOnly: true },
    { ...memory, source: { kind: 'tmpfs', gid: 7 }, target: '/tmp', isReadOnly: false },
  ]);
  expect(two.said).toEqual([
    '4:33 warning volumes/tmpfs-group gid=7 becomes the fsGroup of the pod if that is free, which holds for all its volumes',
    '4:33 warning volumes/tmpfs-option noexec, uid=5 cannot be set: the folder is writable by all, and mounted without further options',
    '4:60 error volumes/tmpfs-value the option "size=half" of a tmpfs cannot be read',
  ]);
});

test('refuses two mounts at one target', () => {
  expect(web('    volumes: ["data:/a", "./b:/a/"]').said).toEqual([
    '4:26 error volumes/same-target two mounts of this service are at /a',
  ]);
  const { mounts, said } = web('    volumes: ["data:/a"]\n    tmpfs: ["/a/", "/b", "/b:size=1m"]');
  expect(mounts?.map(({ target }) => target.value)).toEqual(['/a', '/b']);
  expect(said).toEqual([
    '5:13 error volumes/same-target two mounts of this service are at /a',
    '5:26 error volumes/same-target two mounts of this service are at /b',
  ]);
});

test('lets a later file replace a mount by its target', () => {
  const text = `services:
  web: {image: a, volumes: ["data:/a", "logs:/b"], tmpfs: [/run]}
---
services:
  web: {volumes: [{type: bind, source: ./x, target: /a/}], tmpfs: /run}
volumes: {data: {}, logs: {}}
`;
  const { service, said } = given(text, { rules: [image, volumes], entries: [volumeEntries] });
  const found = service('web').mounts?.map(({ source, target }) => [source.kind, target.value]);
  expect([found, said]).toEqual([
    [
      ['bind', '/a'],
      ['named', '/b'],
      ['tmpfs', '/run'],
    ],
    [],
  ]);
});

test('takes options and lists that the table speaks of', () => {
  const { said } = web(`    volumes_from: [db, "db:ro"]
    volumes:
      - {type: volume, source: data, target: /a, volume: {labels: [a=b], nocopy: false}}
  db: {image: b}`);
  expect(said).toEqual([]);
});

test('reads the size of /dev/shm', () => {
  const sizes = ['128m', '"1g"', '1024', '0'].map((size) => web(`    shm_size: ${size}`).shmSize?.value);
  expect(sizes).toEqual([128 * 1024 ** 2, 1024 ** 3, 1024, undefined]);
  expect(web('    shm_size: -1')).toEqual({
    mounts: undefined,
    shmSize: undefined,
    said: ['4:15 error volumes/shm-size -1 is no size of /dev/shm'],
  });
});

test('lets a mount at /dev/shm stand for its size', () => {
  const { shmSize, said } = web('    shm_size: 64m\n    tmpfs: ["/dev/shm:size=1g"]');
  expect(shmSize).toBeUndefined();
  expect(said).toEqual(['4:15 info volumes/shm-covered another mount is at /dev/shm, so this size says nothing']);
});
