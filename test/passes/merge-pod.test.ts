import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { ServiceSays } from '../../src/model/draft.ts';
import { mergePod } from '../../src/passes/merge-pod.ts';
import { decidedOf } from '../support/decided.ts';
import { at, content, type DraftLiteral, from, grant, mount, named, said } from '../support/draft.ts';

/** The pod of `web`, with the services `side` in it and `init` before it, where they are given. */
function merged(services: Readonly<Record<string, ServiceSays>>, more: Omit<DraftLiteral, 'services'> = {}) {
  const decided = decidedOf({ services, ...more });
  const report = new Report();
  const of = (names: readonly string[]) =>
    names.filter((name) => name in services).map((name) => decided.service(name));
  const company = { host: decided.service('web'), members: of(['web', 'side']), all: of(['web', 'side', 'init']) };
  return { pod: mergePod(company, decided, report), said: said(report) };
}

const inPod: ServiceSays = { networkMode: at({ kind: 'service', service: 'web' }) };
const plainPod = {
  annotations: [],
  terminationGracePeriodSeconds: undefined,
  hostNetwork: undefined,
  hostPid: undefined,
  hostIpc: undefined,
  shareProcessNamespace: undefined,
  hostUsers: undefined,
  hostname: undefined,
  hostnameOverride: undefined,
  imagePullSecrets: [],
  nodeSelector: [],
  nodeRules: [],
  prefersControlPlane: undefined,
  runsBeside: [],
  dns: { nameservers: [], searches: [], options: [] },
  hostAliases: [],
  sysctls: [],
  fsGroup: undefined,
  supplementalGroups: [],
};

test('a service that says nothing has a plain pod', () => {
  expect(merged({ web: {} })).toEqual({ pod: plainPod, said: [] });
});

test('everything that belongs to the pod is in it', () => {
  const node = { key: at('disk'), operator: 'In', values: [at('ssd')] } as const;
  const option = { name: at('ndots', 'o'), value: at('2', 'o') };
  const alias = { ip: at('10.0.0.1', 'h'), hostnames: [at('a', 'h')] };
  const sysctl = { name: at('net.core.somaxconn', 's'), value: at('1024', 's') };
  const { pod, said } = merged(
    {
      web: {
        ...{ podAnnotations: [{ key: 'a', value: at('1') }], stopGrace: at(60, 'g'), hostname: at('shop', 'n') },
        ...{ hostPid: at(true, 'p'), hostIpc: at(true, 'i'), prefersControlPlane: at(true, 'c') },
        ...{
          platform: { os: at('linux', 'l'), arch: at('arm64', 'l') },
          nodeRules: [node],
          groups: [at(27), at(44), at(27)],
        },
        ...{ nameservers: [at('1.1.1.1')], dnsSearches: [at('a.example')], dnsOptions: [option], hostAliases: [alias] },
        ...{ sysctls: [sysctl], wishes: { imagePullSecret: at('pull'), fsGroup: at(5) } },
        configGrants: [grant('web', 'configs', 0, 'site')],
      },
    },
    { configs: { site: { ...content('configs', 'site', 'x'), objectName: at('site') } } },
  );
  expect(pod).toEqual({
    ...plainPod,
    annotations: [
      { key: 'a', value: at('1') },
      { key: 'compose.checksum/site', value: at('2d711642', 'configs', 'site', 'file') },
    ],
    terminationGracePeriodSeconds: at(60, 'g'),
    hostPid: at(true, 'p'),
    hostIpc: at(true, 'i'),
    hostname: at('shop', 'n'),
    imagePullSecrets: [at('pull')],
    nodeSelector: [
      { key: 'kubernetes.io/os', value: at('linux', 'l') },
      { key: 'kubernetes.io/arch', value: at('arm64', 'l') },
    ],
    nodeRules: [node],
    prefersControlPlane: at(true, 'c'),
    dns: { nameservers: [at('1.1.1.1')], searches: [at('a.example')], options: [option] },
    hostAliases: [alias],
    sysctls: [sysctl],
    fsGroup: at(5),
    supplementalGroups: [at(27), at(44)],
  });
  expect(said).toEqual([]);
});

test('a name with dots, and any name in a StatefulSet, needs the override', () => {
  const stateful = { mounts: [mount('web', 0, named('web', 0, 'data'), '/data')] };
  expect(merged({ web: { hostname: at('a.example', 'n') } }).pod).toMatchObject({
    hostname: undefined,
    hostnameOverride: at('a.example', 'n'),
  });
  const { pod } = merged({ web: { ...stateful, hostname: at('shop', 'n') } }, { volumes: { data: {} } });
  expect(pod).toMatchObject({ hostname: undefined, hostnameOverride: at('shop', 'n') });
});

test('containers of one pod, and what runs before them, are joined', () => {
  const rule = (key: string) => ({ key: at(key), operator: 'DoesNotExist', values: [] }) as const;
  const { pod, said } = merged({
    web: {
      stopGrace: at(10, 'w'),
      nodeRules: [rule('a')],
      podAnnotations: [{ key: 'k', value: at('1', 'w') }],
      groups: [at(1)],
    },
    side: {
      ...inPod,
      stopGrace: at(60, 's'),
      nodeRules: [rule('b')],
      podAnnotations: [{ key: 'k', value: at('1', 's') }],
      groups: [at(2)],
    },
    init: {
      stopGrace: at(90, 'i'),
      hostIpc: at(true, 'i'),
      wishes: { imagePullSecret: at('p') },
      podAnnotations: [{ key: 'k', value: at('2', 'services', 'init', 'labels', 'k') }],
    },
  });
  expect(pod).toMatchObject({
    annotations: [{ key: 'k', value: at('1', 'w') }],
    terminationGracePeriodSeconds: at(60, 's'),
    hostIpc: at(true, 'i'),
    nodeRules: [rule('a'), rule('b')],
    imagePullSecrets: [at('p')],
    supplementalGroups: [at(1), at(2)],
  });
  expect(said).toEqual([
    'warning merge-pod/annotation-taken services.init.labels.k: the pod has the annotation k from web already, with another value',
  ]);
});

test('the first of two equal graces holds', () => {
  expect(
    merged({ web: { stopGrace: at(10, 'w') }, side: { ...inPod, stopGrace: at(10, 's') } }).pod
      .terminationGracePeriodSeconds,
  ).toEqual(at(10, 'w'));
});

test('the network of the pod is for its host to say', () => {
  const path = (key: string) => ['services', 'side', key] as const;
  const { pod, said } = merged({
    web: {},
    side: {
      ...inPod,
      hostname: at('x', ...path('hostname')),
      nameservers: [at('1.1.1.1', ...path('dns'))],
      dnsSearches: [at('a', ...path('dns_search'))],
      dnsOptions: [{ name: at('ndots', ...path('dns_opt')), value: undefined }],
      hostAliases: [{ ip: at('10.0.0.1', ...path('extra_hosts')), hostnames: [] }],
      sysctls: [{ name: at('net.core.somaxconn', ...path('sysctls')), value: at('1') }],
    },
  });
  expect(pod).toEqual(plainPod);
  expect(said).toEqual(
    ['hostname', 'dns', 'dns_search', 'dns_opt', 'extra_hosts', 'sysctls'].map(
      (key) =>
        `warning merge-pod/of-the-pod services.side.${key}: ${key} is not used, because the container runs in the pod of web`,
    ),
  );
});

test('a pod on the network of its node has the name and the settings of the node', () => {
  const { pod, said } = merged({
    web: {
      networkMode: at({ kind: 'host' }, 'services', 'web', 'network_mode'),
      hostname: at('x', 'services', 'web', 'hostname'),
      sysctls: [
        { name: at('net.core.somaxconn', 'services', 'web', 'sysctls', 'net'), value: at('1') },
        { name: at('kernel.shmmax', 'k'), value: at('1') },
      ],
    },
  });
  expect(pod).toEqual({
    ...plainPod,
    hostNetwork: at(true, 'services', 'web', 'network_mode'),
    sysctls: [{ name: at('kernel.shmmax', 'k'), value: at('1') }],
  });
  expect(said).toEqual([
    'warning merge-pod/name-of-the-node services.web.hostname: the hostname is not used: a pod on the network of its node has the name of the node',
    'error merge-pod/setting-of-the-node services.web.sysctls.net: net.core.somaxconn cannot be set for a pod that uses the network or memory of its node',
  ]);
});

test('settings of the memory are refused beside that of the node', () => {
  const sysctl = (name: string) => ({ name: at(name, 's'), value: at('1') });
  const { pod } = merged({
    web: {
      hostIpc: at(true),
      sysctls: [sysctl('kernel.msgmax'), sysctl('fs.mqueue.msg_max'), sysctl('net.core.somaxconn')],
    },
  });
  expect(pod.sysctls).toEqual([sysctl('net.core.somaxconn')]);
});

test('a declared network may stand for that of the node', () => {
  const networks = [
    { network: 'machine', aliases: [], ipv4: undefined, origin: from('services', 'web', 'networks', 'machine') },
  ];
  const { pod } = merged({ web: { networks } }, { networks: { machine: { standsFor: 'host' } } });
  expect(pod.hostNetwork).toEqual(at(true, 'services', 'web', 'networks', 'machine'));
});

test('processes are shared to reap children, unless they are those of the node', () => {
  expect(merged({ web: { reapsChildren: at(true, 'r') } }).pod.shareProcessNamespace).toEqual(at(true, 'r'));
  expect(
    merged({ web: { reapsChildren: at(true, 'r'), hostPid: at(true) } }).pod.shareProcessNamespace,
  ).toBeUndefined();
});

test('an unmasked /proc needs users of its own, which a pod with parts of its node cannot have', () => {
  const unmaskedProc = at(true, 'services', 'web', 'security_opt', 0);
  expect(merged({ web: { unmaskedProc } })).toMatchObject({
    pod: { hostUsers: at(false, 'services', 'web', 'security_opt', 0) },
    said: [],
  });
  const shared = merged({ web: { unmaskedProc, hostPid: at(true) } });
  expect(shared.pod.hostUsers).toBeUndefined();
  expect(shared.said).toEqual([
    'error merge-pod/user-namespace services.web.security_opt[0]: systempaths=unconfined is left out: it needs a user namespace of its own, which a pod with parts of its node cannot have',
  ]);
});

test('a pod that shares storage runs beside the one that writes it', () => {
  const uses = (service: string, isReadOnly: boolean) => ({
    mounts: [mount(service, 0, named(service, 0, 'data'), '/data', { isReadOnly })],
  });
  const { pod } = merged({ web: uses('web', true), Db_1: uses('Db_1', false) }, { volumes: { data: {} } });
  expect(pod.runsBeside).toEqual([
    {
      selector: [
        ['app.kubernetes.io/name', 'Db_1'],
        ['app.kubernetes.io/instance', 'shop'],
      ],
      origin: from('services', 'web', 'volumes', 0),
    },
  ]);
});

test('the group of a user owns a new volume', () => {
  const user = { uid: at(1000, 'u'), gid: undefined };
  const mounts = [mount('web', 0, named('web', 0, 'data'), '/data')];
  expect(merged({ web: { user, mounts } }, { volumes: { data: {} } }).pod.fsGroup).toEqual(at(1000, 'u'));
  expect(merged({ web: { user } }).pod.fsGroup).toBeUndefined();
});

test('a pod that asks only its own name servers needs some', () => {
  const wishes = { dnsPolicy: at('None' as const, 'd') };
  expect(merged({ web: { wishes, nameservers: [at('10.0.0.53', 'n')] } })).toEqual({
    pod: {
      ...plainPod,
      dns: { policy: at('None', 'd'), nameservers: [at('10.0.0.53', 'n')], searches: [], options: [] },
    },
    said: [],
  });
  expect(merged({ web: { wishes } })).toEqual({
    pod: plainPod,
    said: ['error merge-pod/no-servers d: dnsPolicy None asks only the servers under dns, and there are none'],
  });
  const other = { web: { wishes: { dnsPolicy: at('Default' as const, 'd') } } };
  expect(merged(other).pod.dns).toEqual({ policy: at('Default', 'd'), nameservers: [], searches: [], options: [] });
});

test('init is not needed where the node reaps the processes', () => {
  const { pod, said } = merged({ web: { hostPid: at(true, 'p'), reapsChildren: at(true, 'i') } });
  expect([pod.hostPid, pod.shareProcessNamespace, said]).toEqual([
    at(true, 'p'),
    undefined,
    ['info merge-pod/reaped-by-the-node i: init is not needed: with pid: host the node reaps all processes'],
  ]);
});

test('the secrets for pulling images are those of both, each once', () => {
  const wishes = { imagePullSecrets: [at('one'), at('two')], imagePullSecret: at('two') };
  expect(merged({ web: { wishes } }).pod.imagePullSecrets).toEqual([at('one'), at('two')]);
});
