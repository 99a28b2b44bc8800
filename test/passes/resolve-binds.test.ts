import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { ServiceSays } from '../../src/model/draft.ts';
import { CLIENT_APPLY_LIMIT, SIZE_LIMIT } from '../../src/passes/read-files.ts';
import { resolveBinds } from '../../src/passes/resolve-binds.ts';
import { sharePods } from '../../src/passes/share-pods.ts';
import {
  at,
  bind,
  type DraftLiteral,
  draftOf,
  from,
  mount,
  named,
  said,
  settledSilently,
  variable,
} from '../support/draft.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function resolved(literal: DraftLiteral) {
  const draft = draftOf(literal);
  const report = new Report();
  const mounts = resolveBinds(draft, sharePods(draft, report), report);
  return {
    of: mounts.of,
    zone: mounts.timeZone,
    said: said(report),
    settled: settledSilently(report),
    hints: report.diagnostics.map(({ hint }) => hint),
  };
}

/** One service with the mounts of some sources, each at `/target<index>`. */
function web(...sources: readonly string[]): ServiceSays {
  return { mounts: sources.map((path, index) => mount('web', index, bind('web', index, path), `/target${index}`)) };
}

const volumes = (index: number) => `services.web.volumes[${index}]`;

test('a named volume, memory and an image stay what they are', () => {
  const mounts = [
    mount('web', 0, named('web', 0, 'data'), '/data'),
    mount('web', 1, { kind: 'tmpfs', size: at(64, 'x') }, '/tmp'),
    mount('web', 2, { kind: 'image', reference: at('busybox:1', 'x'), subPath: at('bin', 'y') }, '/image'),
    mount('web', 3, named('web', 3, 'ram'), '/ram'),
    {
      ...mount('web', 0, { kind: 'tmpfs', size: undefined }, '/run'),
      attribute: 'tmpfs',
      origin: from('services', 'web', 'tmpfs', 0),
    } as const,
    mount('web', 4, named('web', 4, 'undeclared'), '/gone'),
  ];
  const { of, said, settled } = resolved({
    services: { web: { mounts } },
    volumes: { data: {}, ram: { backing: { kind: 'tmpfs', size: at(1024, 'z') } } },
  });
  expect(of('web')).toEqual([
    { kind: 'volume', volume: 'data', mount: mounts[0] },
    { kind: 'empty', isMemory: true, size: at(64, 'x'), mount: mounts[1] },
    { kind: 'image', reference: at('busybox:1', 'x'), subPath: at('bin', 'y'), mount: mounts[2] },
    { kind: 'empty', isMemory: true, size: at(1024, 'z'), mount: mounts[3] },
    { kind: 'empty', isMemory: true, size: undefined, mount: mounts[4] },
  ]);
  expect(said).toEqual([]);
  expect(settled).toEqual(
    [0, 1, 2, 3].flatMap((index) => [
      `${volumes(index)} converted`,
      `${volumes(index)}.type converted`,
      `${volumes(index)}.bind.selinux converted`,
    ]),
  );
  expect(of('nobody')).toEqual([]);
});

test('a file becomes an item, a Secret by its name, and says that it cannot be written', () => {
  const service = {
    mounts: [
      mount('web', 0, bind('web', 0, '/shop/conf/site.conf', './conf/site.conf'), '/etc/site.conf', {
        isReadOnly: true,
      }),
      mount('web', 1, bind('web', 1, '/shop/tls/server.key', './tls/server.key'), '/etc/server.key'),
    ],
  };
  const { of, said, settled } = resolved({
    services: { web: service },
    files: { '/shop/conf/site.conf': { text: 'x', executable: true }, '/shop/tls/server.key': 'k' },
  });
  const item = (index: number, key: string, text: string) => ({
    key,
    data: at(bytes(text), 'services', 'web', 'volumes', index),
  });
  expect(of('web')).toEqual([
    { kind: 'file', item: item(0, 'site.conf', 'x'), isSecret: false, isExecutable: true, mount: service.mounts[0] },
    { kind: 'file', item: item(1, 'server.key', 'k'), isSecret: true, isExecutable: false, mount: service.mounts[1] },
  ]);
  expect(said).toEqual([
    `warning resolve-binds/not-writable ${volumes(1)}: /etc/server.key cannot be written to, since it becomes a ConfigMap or Secret`,
  ]);
  expect(settled).toContain(`${volumes(1)} converted`);
});

test('a folder becomes a tree, a Secret when one of its files is secret; links that leave are told', () => {
  const service = {
    mounts: [mount('web', 0, bind('web', 0, '/shop/conf', './conf'), '/etc/app', { isReadOnly: true })],
  };
  const { of, said } = resolved({
    services: { web: service },
    files: {
      '/shop/conf/a/b.conf': 'x',
      '/shop/conf/.env': 'K=V',
      '/shop/conf/out': { link: '/etc/passwd' },
      '/etc/passwd': '',
    },
  });
  const data = (text: string) => at(bytes(text), 'services', 'web', 'volumes', 0);
  expect(of('web')).toEqual([
    {
      kind: 'tree',
      items: [
        { key: '.env', path: '.env', data: data('K=V'), isExecutable: false },
        { key: 'a__b.conf', path: 'a/b.conf', data: data('x'), isExecutable: false },
      ],
      isSecret: true,
      mount: service.mounts[0],
    },
  ]);
  expect(said).toEqual([
    `warning resolve-binds/link-leaves ${volumes(0)}: out in ./conf cannot be followed inside the project, and is left out`,
  ]);
});

test('files above 256 KiB need a server-side apply', () => {
  const { said } = resolved({
    services: { web: { mounts: [mount('web', 0, bind('web', 0, '/shop/big.txt'), '/big.txt', { isReadOnly: true })] } },
    files: { '/shop/big.txt': 'x'.repeat(CLIENT_APPLY_LIMIT + 1) },
  });
  expect(said).toEqual([
    `info resolve-binds/large ${volumes(0)}: /shop/big.txt is larger than 256 KiB, which kubectl apply takes with --server-side only`,
  ]);
});

test('folders that are data become claims, one for each folder, and say how to fill them', () => {
  const target = '/var/lib/data';
  const { of, said, settled, hints } = resolved({
    services: {
      db: {
        mounts: [
          mount('db', 0, bind('db', 0, '/shop/data', './data'), target),
          mount('db', 1, bind('db', 1, '/shop/other', './other'), '/opt/data'),
          mount('db', 2, bind('db', 2, '/shop/old/other', './old/other'), '/opt-data/data'),
          mount('db', 3, bind('db', 3, '/shop/third', './third'), '/opt/data/data'),
          mount('db', 4, bind('db', 4, '/shop/deep/third', './deep/third'), '/opt-data-data'),
        ],
      },
      copy: { mounts: [mount('copy', 0, bind('copy', 0, '/shop/data', './data'), '/backup', { isReadOnly: true })] },
    },
    files: { '/shop/data/file': new Uint8Array([0]) },
  });
  const claims = (service: string) => of(service).map((one) => (one.kind === 'own-claim' ? one.claim : one.kind));
  // Targets that end alike are told apart by their sources.
  expect(claims('db')).toEqual(['db-data', 'db-other', 'db-opt-data-data', 'db-third', 'db-opt-data-data-65a6481f']);
  expect(claims('copy')).toEqual(['db-data']);
  expect(said[5]).toBe(
    'warning resolve-binds/to-claim services.copy.volumes[0]: ./data is written to by another service, so /backup becomes a claim that is empty at first',
  );
  expect(said.slice(0, 2)).toEqual([
    'warning resolve-binds/to-claim services.db.volumes[0]: ./data can be written to and holds more than text, so /var/lib/data becomes a claim that is empty at first',
    'warning resolve-binds/to-claim services.db.volumes[1]: ./other does not exist here, so /opt/data becomes a claim that is empty at first',
  ]);
  expect(hints.slice(0, 2)).toEqual([
    'fill it once: kubectl cp ./data/. "$(kubectl get pod -l app.kubernetes.io/name=db -o jsonpath={.items[0].metadata.name})":/var/lib/data',
    'put the files there before converting if they are configuration, else fill it once: kubectl cp FILES "$(kubectl get pod -l app.kubernetes.io/name=db -o jsonpath={.items[0].metadata.name})":/opt/data',
  ]);
  expect(settled.slice(0, 3)).toEqual([
    'services.db.volumes[0] approximated',
    'services.db.volumes[0].type approximated',
    'services.db.volumes[0].bind.selinux converted',
  ]);
});

test('two services that mount one folder share its claim', () => {
  const { of } = resolved({
    services: {
      a: { mounts: [mount('a', 0, bind('a', 0, '/mnt/media'), '/media')] },
      b: { mounts: [mount('b', 0, bind('b', 0, '/mnt/media'), '/films')] },
    },
  });
  expect([of('a'), of('b')].map(([one]) => (one?.kind === 'own-claim' ? one.claim : undefined))).toEqual([
    'a-media',
    'a-media',
  ]);
});

test('what is refused is not mounted, and says what to do', () => {
  const { of, said, settled } = resolved({
    services: { web: web('/var/run/docker.sock', '/run/x', '/shop/big', '/shop/locked', '/etc/passwd') },
    files: {
      '/run/x': { kind: 'socket' },
      '/shop/big': new Uint8Array(SIZE_LIMIT + 1),
      '/shop/locked': { error: 'permission denied' },
      '/etc/passwd': '',
    },
  });
  expect(of('web')).toEqual([]);
  expect(said).toEqual([
    `error resolve-binds/engine-socket ${volumes(0)}: /var/run/docker.sock is not mounted: it gives a pod the container engine of its node`,
    `error resolve-binds/socket ${volumes(1)}: /run/x is not mounted: it is a socket of this machine`,
    `error resolve-binds/too-large ${volumes(2)}: /shop/big has 1032193 bytes, and a ConfigMap holds at most 1 MiB`,
    `error resolve-binds/unreadable ${volumes(3)}: /shop/locked cannot be read: permission denied`,
    `error resolve-binds/outside-file ${volumes(4)}: /etc/passwd is a file outside the project, which is never read unasked`,
  ]);
  expect(settled.filter((line) => line.endsWith('refused'))).toHaveLength(10);
});

test('paths of the node are mounted with a warning, and are not relabelled', () => {
  const { of, said, settled } = resolved({ services: { web: web('/proc') } });
  expect(of('web')).toEqual([
    {
      kind: 'host',
      path: at('/proc', 'services', 'web', 'volumes', 0, 'source'),
      type: undefined,
      mount: expect.anything(),
    },
  ]);
  expect(said).toEqual([
    `warning resolve-binds/host-path ${volumes(0)}: /proc is mounted from the node, which needs the privileged Pod Security level`,
  ]);
  expect(settled).toEqual([`${volumes(0)} approximated`, `${volumes(0)}.type approximated`]);
});

test.each([
  [{ mode: at('global', 'services', 'web', 'deploy', 'mode') }, 'host'],
  [{ mode: at('global-job', 'services', 'web', 'deploy', 'mode') }, 'host'],
  [{ wishes: { kind: at('DaemonSet', 'services', 'web', 'labels') } }, 'host'],
  [{ wishes: { kind: at('Deployment', 'services', 'web', 'labels') }, mode: at('global', 'x') }, 'own-claim'],
  [{}, 'own-claim'],
] as readonly [ServiceSays, string][])('a service with %o has a bind of kind %s', (says, kind) => {
  expect(
    resolved({ services: { web: { ...web('/opt/agent'), ...says } } })
      .of('web')
      .map((one) => one.kind),
  ).toEqual([kind]);
});

test('development overlays are left out, and anonymous volumes below them too', () => {
  const build = {
    context: at('/shop', 'services', 'web', 'build', 'context'),
    isRemote: false,
    dockerfile: undefined,
    dockerfileInline: at('FROM a\nCOPY . /app'),
    target: undefined,
    args: [],
    origin: from('services', 'web', 'build'),
  };
  const anonymous = (index: number, target: string) => mount('web', index, { kind: 'anonymous' }, target);
  const { of, said, settled } = resolved({
    services: {
      web: {
        build,
        mounts: [
          anonymous(0, '/app/node_modules'),
          mount('web', 1, bind('web', 1, '/shop', '.'), '/app'),
          anonymous(2, '/cache'),
          mount('web', 3, bind('web', 3, '/shop/src', './src'), '/srv'),
        ],
      },
    },
    files: { '/shop/src/x': '' },
  });
  expect(of('web').map(({ kind, mount: { target } }) => `${kind} ${target.value}`)).toEqual(['empty /cache']);
  expect(said).toEqual([
    `info resolve-binds/development ${volumes(1)}: . is not mounted: the image holds these files`,
    `warning resolve-binds/development-uncovered ${volumes(3)}: ./src is not mounted, but no COPY or ADD of the Dockerfile puts it into the image`,
    `info resolve-binds/below-development ${volumes(0)}: nothing is mounted at /app/node_modules: without the mount above it, the image's own folder is visible`,
    `warning resolve-binds/anonymous ${volumes(2)}: the volume at /cache lives as long as its pod, and starts empty`,
  ]);
  expect(settled.filter((line) => line.endsWith('not-applicable'))).toEqual([
    ...[1, 3, 0].flatMap((index) => [`${volumes(index)} not-applicable`, `${volumes(index)}.type not-applicable`]),
  ]);
});

test('--bind-mounts=skip leaves all of them out, but not named volumes', () => {
  const { of, said } = resolved({
    services: { web: { mounts: [...(web('/proc').mounts ?? []), mount('web', 1, named('web', 1, 'data'), '/data')] } },
    volumes: { data: {} },
    options: { bindMounts: 'skip' },
  });
  expect(of('web').map(({ kind }) => kind)).toEqual(['volume']);
  expect(said).toEqual([
    `info resolve-binds/left-out ${volumes(0)}: /proc is not mounted, because of --bind-mounts=skip`,
  ]);
});

test('the time zone becomes TZ, unless that is set or the zone is unknown', () => {
  const files = {
    '/etc/localtime': { link: '/usr/share/zoneinfo/Europe/Oslo' },
    '/usr/share/zoneinfo/Europe/Oslo': '',
  } as const;
  const services = { web: web('/etc/localtime') };
  const found = resolved({ services, files });
  expect(found.of('web')).toEqual([]);
  expect(found.zone('web')).toEqual(at('Europe/Oslo', 'services', 'web', 'volumes', 0));
  expect(found.said).toEqual([
    `warning resolve-binds/time-zone ${volumes(0)}: /etc/localtime is not mounted; TZ is Europe/Oslo`,
  ]);
  const set = resolved({ services: { web: { ...services.web, environment: [variable('web', 'TZ', 'UTC')] } }, files });
  expect(set.zone('web')).toBeUndefined();
  expect(set.said).toEqual([
    `warning resolve-binds/time-zone-set ${volumes(0)}: /etc/localtime is not mounted; the variable TZ says the time zone`,
  ]);
  const unknown = resolved({ services });
  expect(unknown.zone('web')).toBeUndefined();
  expect(unknown.said).toEqual([`warning resolve-binds/time-zone ${volumes(0)}: /etc/localtime is not mounted`]);
});

test('a volume that binds a folder is a bind mount of it', () => {
  const volume = {
    backing: { kind: 'bind', path: at('/shop/conf', 'volumes', 'conf', 'driver_opts', 'device'), written: './conf' },
  } as const;
  const { of } = resolved({
    services: {
      web: {
        mounts: [
          mount('web', 0, named('web', 0, 'conf'), '/etc/app', { isReadOnly: true }),
          mount('web', 1, named('web', 1, 'conf', 'sub'), '/etc/sub', { isReadOnly: true }),
        ],
      },
    },
    volumes: { conf: volume },
    files: { '/shop/conf/sub/a': 'x' },
  });
  expect(of('web').map((one) => (one.kind === 'tree' ? one.items.map(({ path }) => path) : one.kind))).toEqual([
    ['sub/a'],
    ['a'],
  ]);
});
