import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { ServiceSays, VolumeDraft } from '../../src/model/draft.ts';
import type { Options } from '../../src/model/options.ts';
import type { Claim } from '../../src/model/plan.ts';
import { chooseControllers } from '../../src/passes/choose-controller.ts';
import { fileHolder } from '../../src/passes/hold-files.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { planClaims } from '../../src/passes/plan-claims.ts';
import { resolveBinds } from '../../src/passes/resolve-binds.ts';
import { sharePods } from '../../src/passes/share-pods.ts';
import { at, bind, dependency, draftOf, from, mount, named, said } from '../support/draft.ts';

function planned(
  services: Readonly<Record<string, ServiceSays>>,
  volumes: Readonly<Record<string, Partial<VolumeDraft>>>,
  options: Partial<Options> = {},
) {
  const draft = draftOf({ services, volumes, options });
  const quiet = new Report();
  const report = new Report();
  const names = nameObjects(draft, quiet);
  const groups = sharePods(draft, quiet);
  const mounts = resolveBinds(draft, groups, quiet);
  const roles = chooseControllers(draft, groups, mounts, quiet);
  const holder = fileHolder(draft, names, quiet);
  const claims = planClaims(draft, names, groups, roles, mounts, holder, report);
  const besides = Object.keys(services).flatMap((pod) =>
    claims.besides(pod).map((one) => `${pod} beside ${one.service}`),
  );
  return { claims, mounts, data: () => holder.finish(), besides, said: said(report) };
}

/** Mounts by volume names; `data:ro` is read-only, `data:nocopy` asks for no copy. */
function uses(service: string, ...volumes: readonly string[]): ServiceSays {
  return {
    mounts: volumes.map((text, index) => {
      const [volume = '', option] = text.split(':');
      return mount(service, index, named(service, index, volume), `/mnt/${index}`, {
        isReadOnly: option === 'ro',
        isNocopy: option === 'nocopy',
      });
    }),
  };
}

const inPodOf = (host: string): ServiceSays => ({ networkMode: at({ kind: 'service', service: host }) });

function claim(fields: Partial<Claim> = {}): Claim {
  return {
    name: 'data',
    service: 'db',
    accessMode: 'ReadWriteOnce',
    size: '1Gi',
    storageClass: undefined,
    volumeName: undefined,
    annotations: [],
    origin: from('volumes', 'data'),
    ...fields,
  };
}

test('what one pod alone writes is a template of its StatefulSet', () => {
  const { claims, mounts, said } = planned({ db: uses('db', 'data', 'data:ro') }, { data: {} });
  expect(claims.templates('db')).toEqual([claim()]);
  expect(claims.claims).toEqual([]);
  expect(mounts.of('db').map((one) => claims.of(one))).toEqual([
    { claim: 'data', isTemplate: true, isNew: true },
    { claim: 'data', isTemplate: true, isNew: true },
  ]);
  expect(claims.isExclusive('db')).toBe(true);
  expect([claims.templates('other'), claims.besides('db'), claims.isExclusive('other')]).toEqual([[], [], false]);
  expect(said).toEqual([]);
});

test('size, class and annotations come from the volume, else from the labels of a service', () => {
  const volume = {
    size: at('10Gi', 'volumes', 'data', 'x-kubernetes', 'size'),
    storageClass: at('fast', 'volumes', 'data', 'driver'),
    annotations: [{ key: 'team', value: at('front') }],
  };
  expect(planned({ db: uses('db', 'data') }, { data: volume }).claims.templates('db')).toEqual([claim(volume)]);
  const wishes = { volumeSize: at('5Gi', 'l'), storageClass: at('slow', 'l') };
  const { claims } = planned({ db: { ...uses('db', 'data'), wishes } }, { data: {} }, { pvcSize: '2Gi' });
  expect(claims.templates('db')).toEqual([claim({ size: at('5Gi', 'l'), storageClass: at('slow', 'l') })]);
  expect(planned({ db: uses('db', 'data') }, { data: {} }, { pvcSize: '2Gi' }).claims.templates('db')).toEqual([
    claim({ size: '2Gi' }),
  ]);
});

test('a name that is fixed, another kind, and a Job need a claim of their own', () => {
  const own = (services: Readonly<Record<string, ServiceSays>>, volume: Partial<VolumeDraft> = {}) => {
    const { claims, said } = planned(services, { data: volume });
    return { claims: claims.claims, templates: claims.templates('db'), isExclusive: claims.isExclusive('db'), said };
  };
  const alone = { templates: [], isExclusive: true, said: [] };
  const fixed = { claimName: at('shop-data', 'volumes', 'data', 'name') };
  expect(own({ db: uses('db', 'data') }, fixed)).toEqual({ ...alone, claims: [claim({ name: 'shop-data' })] });
  expect(own({ db: { ...uses('db', 'data'), wishes: { kind: at('Deployment') } } })).toEqual({
    ...alone,
    claims: [claim()],
  });
  expect(own({ db: { ...uses('db', 'data'), mode: at('replicated-job') } })).toEqual({ ...alone, claims: [claim()] });
});

test('what nobody writes is told', () => {
  const { claims, said } = planned({ db: uses('db', 'data:ro') }, { data: {} });
  expect(claims.claims).toEqual([claim()]);
  expect(said).toEqual([
    'warning plan-claims/nobody-writes volumes.data: nothing in the project writes to data, so its claim stays empty until somebody fills it',
  ]);
});

test('several pods share a claim on one node, beside the first that writes', () => {
  const services = { web: uses('web', 'data:ro'), worker: uses('worker', 'data'), cron: uses('cron', 'data') };
  const { claims, besides, said } = planned(services, { data: {} });
  expect(claims.claims).toEqual([claim({ service: undefined })]);
  expect(besides).toEqual(['web beside worker', 'cron beside worker']);
  expect(claims.besides('web')).toEqual([{ service: 'worker', origin: from('services', 'web', 'volumes', 0) }]);
  expect(['web', 'worker', 'cron'].map((pod) => claims.isExclusive(pod))).toEqual([true, true, true]);
  expect(said).toEqual([
    'warning plan-claims/one-node volumes.data: web, worker and cron share data, so they all run on one node',
    'warning plan-claims/not-seeded volumes.data: data is empty at first, where Docker fills it with the files of the image',
  ]);
});

test.each([
  ['copies are not wanted', { web: uses('web', 'data:nocopy'), worker: uses('worker', 'data:ro') }, {}],
  ['they are made', { web: uses('web', 'data'), worker: uses('worker', 'data') }, { seedVolumes: true }],
] as readonly [string, Readonly<Record<string, ServiceSays>>, Partial<Options>][])(
  'a shared volume needs no files when %s',
  (_name, services, options) => {
    expect(planned(services, { data: {} }, options).said.filter((line) => line.includes('not-seeded'))).toEqual([]);
  },
);

test('containers of one pod share its volume without further ado', () => {
  const { claims, besides, said } = planned(
    { db: uses('db', 'data'), side: { ...inPodOf('db'), ...uses('side', 'data') } },
    { data: {} },
  );
  expect(claims.templates('db')).toEqual([claim({ service: undefined })]);
  expect([besides, said]).toEqual([[], []]);
});

test('a one-shot is placed beside what runs, never the other way round', () => {
  const web = { ...uses('web', 'data'), dependencies: [dependency('web', 'init', 'service_completed_successfully')] };
  const other = { dependencies: [dependency('other', 'init', 'service_completed_successfully')] };
  expect(planned({ init: uses('init', 'data'), web, other }, { data: {} }).besides).toEqual(['init beside web']);
  const jobs = planned(
    {
      a: { ...uses('a', 'data'), mode: at('replicated-job') },
      b: { ...uses('b', 'data'), mode: at('replicated-job') },
    },
    { data: {} },
  );
  expect([jobs.besides, jobs.said, jobs.claims.isExclusive('a')]).toEqual([[], [], false]);
  expect(jobs.claims.claims).toEqual([claim({ service: undefined })]);
});

test('many pods need a claim that many can write', () => {
  const message =
    'warning plan-claims/written-at-once volumes.data: several pods mount data at once, so its claim asks for ReadWriteMany, which the StorageClass must offer';
  const replicas = planned({ db: { ...uses('db', 'data'), replicas: at(3) } }, { data: {} });
  expect([replicas.claims.claims, replicas.said]).toEqual([[claim({ accessMode: 'ReadWriteMany' })], [message]]);
  expect(replicas.claims.isExclusive('db')).toBe(false);
  expect(planned({ db: { ...uses('db', 'data'), mode: at('global') } }, { data: {} }).said).toEqual([message]);
  const rwx = planned({ db: uses('db', 'data'), web: uses('web', 'data') }, { data: {} }, { sharedVolumes: 'rwx' });
  expect([rwx.besides, rwx.said]).toEqual([[], [message]]);
});

test('an access mode that is asked for is kept', () => {
  const mode = <T extends 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany'>(value: T) => ({
    accessMode: at(value, 'volumes', 'data', 'x-kubernetes', 'accessMode'),
  });
  const many = planned({ db: uses('db', 'data'), web: uses('web', 'data') }, { data: mode('ReadWriteMany') });
  expect([many.claims.claims, many.besides, many.said]).toEqual([
    [claim({ service: undefined, ...mode('ReadWriteMany') })],
    [],
    [],
  ]);
  const once = planned({ db: uses('db', 'data') }, { data: mode('ReadWriteOnce') });
  expect(once.claims.templates('db')).toEqual([claim(mode('ReadWriteOnce'))]);
  const shared = planned(
    { db: { ...uses('db', 'data'), replicas: at(2) }, web: uses('web', 'data') },
    { data: mode('ReadWriteOnce') },
  );
  expect(shared.besides).toEqual(['web beside db']);
});

test('an external volume is only referred to', () => {
  const volume = {
    isExternal: at(true, 'volumes', 'data', 'external'),
    claimName: at('backups', 'volumes', 'data', 'name'),
  };
  const { claims, mounts, besides, said } = planned(
    { db: uses('db', 'data'), web: uses('web', 'data') },
    { data: volume },
  );
  expect(claims.claims).toEqual([]);
  expect(mounts.of('db').map((one) => claims.of(one))).toEqual([{ claim: 'backups', isTemplate: false, isNew: false }]);
  expect(besides).toEqual([]);
  expect(said).toEqual([
    'info plan-claims/must-exist volumes.data.external: the claim backups must be in the namespace before the pods start',
  ]);
});

test('an NFS share is a volume of the cluster that its claim names', () => {
  const backing = {
    kind: 'nfs',
    server: at('10.0.0.5', 'volumes', 'data', 'driver_opts', 'o'),
    path: at('/export', 'volumes', 'data', 'driver_opts', 'device'),
    isReadOnly: true,
    mountOptions: [at('nfsvers=4', 'volumes', 'data', 'driver_opts', 'o')],
  } as const;
  const { claims, mounts, besides } = planned(
    { db: uses('db', 'data'), web: uses('web', 'data') },
    { data: { backing } },
  );
  expect(claims.claims).toEqual([
    claim({ service: undefined, accessMode: 'ReadWriteMany', storageClass: '', volumeName: 'shop-data' }),
  ]);
  expect(claims.persistentVolumes).toEqual([
    {
      name: 'shop-data',
      size: '1Gi',
      accessMode: 'ReadWriteMany',
      source: { kind: 'nfs', server: backing.server, path: backing.path, isReadOnly: true },
      mountOptions: backing.mountOptions,
      origin: from('volumes', 'data'),
    },
  ]);
  expect(mounts.of('db').map((one) => claims.of(one))).toEqual([{ claim: 'data', isTemplate: false, isNew: false }]);
  expect(besides).toEqual([]);
});

test('an SMB share has its credentials in a Secret', () => {
  const backing = (...keys: readonly ('username' | 'password')[]) =>
    ({
      kind: 'cifs',
      source: at('//host/share', 'volumes', 'data', 'driver_opts', 'device'),
      credentials: keys.map((key) => ({ key, value: at('x', 'volumes', 'data', 'driver_opts', 'o') })),
      mountOptions: [],
    }) as const;
  const { claims, data } = planned({ db: uses('db', 'data') }, { data: { backing: backing('username', 'password') } });
  const [secret] = data();
  expect(claims.persistentVolumes.map(({ source }) => source)).toEqual([
    {
      kind: 'csi',
      driver: 'smb.csi.k8s.io',
      handle: 'shop-data',
      attributes: [['source', at('//host/share', 'volumes', 'data', 'driver_opts', 'device')]],
      secret: secret?.name,
    },
  ]);
  expect(secret).toMatchObject({
    kind: 'secret',
    service: undefined,
    items: [{ key: 'username' }, { key: 'password' }],
  });
  const open = planned({ db: uses('db', 'data') }, { data: { backing: backing() } });
  expect([open.claims.persistentVolumes[0]?.source, open.data()]).toMatchObject([{ secret: undefined }, []]);
});

test('a folder of the machine that became a claim is like a volume, but is never filled by Docker', () => {
  const folder = (service: string) => ({ mounts: [mount(service, 0, bind(service, 0, '/shop/data'), '/data')] });
  const { claims, besides, said } = planned({ db: folder('db'), web: folder('web') }, {});
  expect(claims.claims).toEqual([
    claim({ name: 'db-data', service: undefined, origin: from('services', 'db', 'volumes', 0) }),
  ]);
  expect(besides).toEqual(['web beside db']);
  expect(said).toEqual([
    'warning plan-claims/one-node services.db.volumes[0]: db and web share db-data, so they all run on one node',
  ]);
  expect(planned({ db: folder('db') }, { 'db-data': {} }).said).toEqual([
    'error plan-claims/claims-meet services.db.volumes[0]: this folder would become a claim called db-data, which is the name of the claim of a volume',
    'info plan-claims/unused volumes.db-data: no service mounts the volume db-data, so it is left out',
  ]);
});

test('volumes that no service mounts are told; one that is memory or a folder is mounted', () => {
  const ram = { backing: { kind: 'tmpfs', size: undefined } } as const;
  expect(planned({ db: uses('db', 'ram') }, { ram, unused: {} }).said).toEqual([
    'info plan-claims/unused volumes.unused: no service mounts the volume unused, so it is left out',
  ]);
});
