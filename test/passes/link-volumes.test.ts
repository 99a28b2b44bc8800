import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { chooseControllers } from '../../src/passes/choose-controller.ts';
import { linkVolumes } from '../../src/passes/link-volumes.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { resolveBinds } from '../../src/passes/resolve-binds.ts';
import { sharePods } from '../../src/passes/share-pods.ts';
import { at, bind, content, type DraftLiteral, draftOf, from, grant, mount, named, said } from '../support/draft.ts';

function linked(literal: DraftLiteral) {
  const draft = draftOf(literal);
  const quiet = new Report();
  const report = new Report();
  const names = nameObjects(draft, quiet);
  const groups = sharePods(draft, quiet);
  const mounts = resolveBinds(draft, groups, quiet);
  const roles = chooseControllers(draft, groups, mounts, quiet);
  return { storage: linkVolumes(draft, names, groups, roles, mounts, report), said: said(report) };
}

const volume = (index: number, ...rest: readonly string[]) => ['services', 'web', 'volumes', index, ...rest] as const;

test('a claim is mounted at its folder for data, and one of a template is no volume of the pod', () => {
  const { storage } = linked({
    services: {
      web: {
        mounts: [
          mount('web', 0, named('web', 0, 'own'), '/own'),
          mount('web', 1, named('web', 1, 'shared', 'a/b'), '/shared', { isReadOnly: true }),
        ],
      },
      other: { mounts: [mount('other', 0, named('other', 0, 'shared'), '/x', { isNocopy: true })] },
    },
    volumes: { own: {}, shared: {} },
  });
  expect(storage.templates('web').map(({ name }) => name)).toEqual(['own']);
  expect(storage.volumes('web')).toEqual([
    { name: 'shared', source: { kind: 'claim', claim: 'shared', isReadOnly: false }, origin: from(...volume(1)) },
  ]);
  const own = {
    volume: 'own',
    path: at('/own', ...volume(0, 'target')),
    subPath: 'data',
    isReadOnly: at(false, ...volume(0, 'read_only')),
    origin: from(...volume(0)),
  };
  const shared = {
    volume: 'shared',
    path: at('/shared', ...volume(1, 'target')),
    subPath: at('data/a/b', ...volume(1, 'volume', 'subpath')),
    isReadOnly: at(true, ...volume(1, 'read_only')),
    origin: from(...volume(1)),
  };
  expect(storage.mounts('web')).toEqual([own, shared]);
  expect(storage.seeds('web')).toEqual([own, shared]);
  expect(storage.seeds('other')).toEqual([]);
  expect([storage.hasNewVolume('web'), storage.isExclusive('web')]).toEqual([true, true]);
  expect(storage.besides('web').map(({ service }) => service)).toEqual(['other']);
  expect(storage.claims.map(({ name }) => name)).toEqual(['shared']);
  expect(storage.persistentVolumes).toEqual([]);
});

test('an external claim is mounted as it is', () => {
  const isExternal = at(true, 'volumes', 'data', 'external');
  const { storage } = linked({
    services: {
      web: {
        mounts: [mount('web', 0, named('web', 0, 'data'), '/a'), mount('web', 1, named('web', 1, 'data', 'sub'), '/b')],
      },
    },
    volumes: { data: { isExternal } },
  });
  expect(storage.mounts('web').map(({ subPath }) => subPath)).toEqual([
    undefined,
    at('sub', ...volume(1, 'volume', 'subpath')),
  ]);
  expect(storage.volumes('web')).toHaveLength(1);
  expect([storage.hasNewVolume('web'), storage.seeds('web')]).toEqual([false, []]);
});

test('a folder of files is one object with the tree restored, and a file is mounted by itself', () => {
  const { storage } = linked({
    services: {
      web: {
        mounts: [
          mount('web', 0, bind('web', 0, '/shop/conf'), '/etc/app', { isReadOnly: true }),
          mount('web', 1, bind('web', 1, '/shop/run.sh'), '/run.sh'),
          mount('web', 2, bind('web', 2, '/shop/tls.key'), '/tls.key', { isReadOnly: true }),
        ],
      },
    },
    files: { '/shop/conf/a/b.conf': 'x', '/shop/run.sh': { text: 'y', executable: true }, '/shop/tls.key': 'z' },
  });
  const [tree, script, key] = storage.data;
  const held = (kind: 'config' | 'secret', name: string | undefined, items: unknown) => ({
    kind,
    object: name,
    items,
    defaultMode: undefined,
  });
  expect(storage.volumes('web').map(({ name, source }) => ({ name, source }))).toEqual([
    { name: 'mount-0', source: held('config', tree?.name, [{ key: 'a__b.conf', path: 'a/b.conf', mode: undefined }]) },
    { name: 'mount-1', source: held('config', script?.name, [{ key: 'run.sh', path: 'run.sh', mode: 0o755 }]) },
    { name: 'mount-2', source: held('secret', key?.name, [{ key: 'tls.key', path: 'tls.key', mode: undefined }]) },
  ]);
  expect(storage.mounts('web').map(({ volume: name, subPath, isReadOnly }) => ({ name, subPath, isReadOnly }))).toEqual(
    [
      { name: 'mount-0', subPath: undefined, isReadOnly: at(true, ...volume(0, 'read_only')) },
      { name: 'mount-1', subPath: 'run.sh', isReadOnly: true },
      { name: 'mount-2', subPath: 'tls.key', isReadOnly: at(true, ...volume(2, 'read_only')) },
    ],
  );
  expect(storage.texts).toEqual([
    { service: 'web', text: 'x', name: 'b.conf', origin: from(...volume(0)) },
    { service: 'web', text: 'y', name: 'run.sh', origin: from(...volume(1)) },
  ]);
});

test('memory, paths of the node, images and devices', () => {
  const device = {
    source: at('/dev/snd', 'd', 'source'),
    target: at('/dev/snd', 'd', 'target'),
    type: 'CharDevice',
    origin: from('d'),
  } as const;
  const tmpfs = {
    ...mount('web', 0, { kind: 'tmpfs', size: at(0) }, '/run'),
    attribute: 'tmpfs',
    origin: from('services', 'web', 'tmpfs', 0),
  } as const;
  const { storage, said } = linked({
    services: {
      web: {
        mounts: [
          mount('web', 0, { kind: 'tmpfs', size: at(65536, ...volume(0, 'tmpfs', 'size')) }, '/tmp'),
          mount('web', 1, bind('web', 1, '/proc'), '/host/proc', { isReadOnly: true }),
          mount('web', 2, { kind: 'image', reference: at('tools:1'), subPath: at('bin') }, '/tools'),
          mount('web', 3, { kind: 'anonymous' }, '/cache'),
          tmpfs,
        ],
        shmSize: at(134217728, 'services', 'web', 'shm_size'),
        hostDevices: [device],
      },
    },
  });
  expect(storage.volumes('web').map(({ name, source }) => ({ name, source }))).toEqual([
    { name: 'mount-0', source: { kind: 'empty', isMemory: true, size: at('64Ki', ...volume(0, 'tmpfs', 'size')) } },
    { name: 'mount-1', source: { kind: 'host', path: at('/proc', ...volume(1, 'source')), type: undefined } },
    { name: 'mount-2', source: { kind: 'image', reference: at('tools:1') } },
    { name: 'mount-3', source: { kind: 'empty', isMemory: false, size: undefined } },
    { name: 'tmpfs-0', source: { kind: 'empty', isMemory: true, size: undefined } },
    { name: 'shm', source: { kind: 'empty', isMemory: true, size: at('128Mi', 'services', 'web', 'shm_size') } },
    { name: 'device-0', source: { kind: 'host', path: device.source, type: 'CharDevice' } },
  ]);
  expect(storage.mounts('web').slice(-2)).toEqual([
    {
      volume: 'shm',
      path: '/dev/shm',
      subPath: undefined,
      isReadOnly: undefined,
      origin: from('services', 'web', 'shm_size'),
    },
    { volume: 'device-0', path: device.target, subPath: undefined, isReadOnly: undefined, origin: from('d') },
  ]);
  expect(storage.mounts('web')[2]).toMatchObject({ subPath: at('bin'), isReadOnly: true });
  expect(said).toEqual([]);
});

test('shared memory above the memory limit is told, and a size of 0 is none', () => {
  const limited = (shm: number, limit: string) =>
    linked({
      services: { web: { shmSize: at(shm, 'services', 'web', 'shm_size'), limits: new Map([['memory', at(limit)]]) } },
    });
  expect(limited(2 ** 30, '512Mi').said).toEqual([
    'warning link-volumes/memory-above-limit services.web.shm_size: 1Gi of shared memory count against the memory limit, which is 512Mi',
  ]);
  expect(limited(2 ** 29, '512Mi').said).toEqual([]);
  expect(limited(1000, '999').said).toHaveLength(1);
  expect(limited(0, '512Mi').storage.volumes('web')).toEqual([]);
});

test('configs and secrets are files, each mounted by itself, readable by all unless said', () => {
  const { storage } = linked({
    services: {
      web: {
        configGrants: [
          grant('web', 'configs', 0, 'site', { target: '/etc/site.conf' }),
          grant('web', 'configs', 1, 'site'),
        ],
        secretGrants: [
          grant('web', 'secrets', 0, 'db_password'),
          grant('web', 'secrets', 1, 'db_password', { target: '/x', mode: 0o400 }),
        ],
      },
    },
    configs: { site: content('configs', 'site', 'hello') },
    secrets: { db_password: content('secrets', 'db_password', 's3cret') },
  });
  const config = {
    kind: 'config',
    object: 'site-2cf24dba',
    items: [{ key: 'site', path: 'site', mode: 292 }],
    defaultMode: undefined,
  };
  const secret = (mode: unknown) => ({
    kind: 'secret',
    object: 'db-password-1ec1c26b',
    items: [{ key: 'db_password', path: 'db_password', mode }],
    defaultMode: undefined,
  });
  expect(storage.volumes('web').map(({ name, source }) => ({ name, source }))).toEqual([
    { name: 'config-site', source: config },
    { name: 'secret-db-password', source: secret(292) },
    { name: 'web-secret-db-password', source: secret(at(0o400, 'services', 'web', 'secrets', 1, 'mode')) },
  ]);
  expect(storage.mounts('web')).toMatchObject([
    { volume: 'config-site', path: { value: '/etc/site.conf' }, subPath: 'site', isReadOnly: true },
    { volume: 'config-site', path: { value: '/site' }, subPath: 'site', isReadOnly: true },
    {
      volume: 'secret-db-password',
      path: { value: '/run/secrets/db_password' },
      subPath: 'db_password',
      isReadOnly: true,
    },
    { volume: 'web-secret-db-password', path: { value: '/x' }, subPath: 'db_password', isReadOnly: true },
  ]);
  expect(storage.texts).toEqual([
    { service: 'web', text: 'hello', name: 'site', origin: from('configs', 'site', 'file') },
    { service: 'web', text: 'hello', name: 'site', origin: from('configs', 'site', 'file') },
  ]);
});

test('a fixed name annotates the pods, and content that is not text names no hosts', () => {
  const { storage } = linked({
    services: { web: { configGrants: [grant('web', 'configs', 0, 'logo'), grant('web', 'configs', 1, 'gone')] } },
    configs: { logo: { ...content('configs', 'logo', new Uint8Array([255])), objectName: at('logo') } },
  });
  expect(storage.annotations('web')).toEqual([
    { key: 'compose.checksum/logo', value: at('a8100ae6', 'configs', 'logo', 'file') },
  ]);
  expect([storage.texts, storage.mounts('web')]).toMatchObject([[], [{ volume: 'config-logo' }]]);
});

test('two things at one target are an error, whatever they are', () => {
  const { storage, said } = linked({
    services: {
      web: {
        mounts: [mount('web', 0, { kind: 'tmpfs', size: undefined }, '/etc/site.conf')],
        configGrants: [grant('web', 'configs', 0, 'site', { target: '/etc/site.conf' })],
        shmSize: at(1024, 'services', 'web', 'shm_size'),
        secretGrants: [grant('web', 'secrets', 0, 'key', { target: '/dev/shm' })],
      },
    },
    configs: { site: content('configs', 'site', 'x') },
    secrets: { key: content('secrets', 'key', 'x') },
  });
  expect(said).toEqual([
    'error link-volumes/same-target services.web.configs[0]: two things would be mounted at /etc/site.conf',
    'error link-volumes/same-target services.web.secrets[0]: two things would be mounted at /dev/shm',
  ]);
  expect(storage.mounts('web')).toHaveLength(2);
});

test('names are unique in a pod, also of its companions and of what runs before', () => {
  const own = (service: string) => ({
    mounts: [mount(service, 0, { kind: 'tmpfs', size: undefined } as const, '/tmp')],
  });
  const { storage } = linked({
    services: {
      web: { ...own('web'), mounts: [...own('web').mounts, mount('web', 1, named('web', 1, 'shared'), '/s')] },
      side: {
        networkMode: at({ kind: 'service', service: 'web' }),
        mounts: [...own('side').mounts, mount('side', 1, named('side', 1, 'shared'), '/s')],
      },
      other: { mounts: [mount('other', 0, named('other', 0, 'shared'), '/s')] },
      plugin: { provider: at('x'), ...own('plugin') },
    },
    volumes: { shared: {} },
  });
  expect(storage.volumes('web').map(({ name }) => name)).toEqual(['mount-0', 'shared']);
  expect(storage.volumes('side').map(({ name }) => name)).toEqual(['side-mount-0', 'shared']);
  expect([
    storage.volumes('plugin'),
    storage.mounts('plugin'),
    storage.annotations('plugin'),
    storage.hasNewVolume('plugin'),
    storage.seeds('plugin'),
  ]).toEqual([...[[], [], [], false, []]]);
});

test('the open files of a folder that holds a secret speak of hosts, the secret ones do not', () => {
  const { storage } = linked({
    services: { web: { mounts: [mount('web', 0, bind('web', 0, '/shop/relay', './relay'), '/relay')] } },
    files: { '/shop/relay/config.yml': 'redis: redis:6379', '/shop/relay/credentials.json': '{}' },
  });
  expect(storage.data.map(({ kind }) => kind)).toEqual(['secret']);
  expect(storage.texts).toEqual([
    { service: 'web', text: 'redis: redis:6379', name: 'config.yml', origin: from(...volume(0)) },
  ]);
});
