import { expect, test } from 'vitest';
import { podTemplate } from '../../src/emitters/pod.ts';
import type { Pod } from '../../src/model/pod.ts';
import { at, from } from '../support/draft.ts';
import { container, context, labels, pod, taken, workload } from '../support/plan.ts';

const service = ['services', 'web'] as const;

function template(fields: Partial<Pod>, accounts: readonly string[] = []) {
  const waiting = accounts.map((name) => ({
    name,
    service: 'web',
    resources: ['jobs' as const],
    origin: from(...service),
  }));
  return taken(podTemplate(workload({ pod: pod(fields) }), context({ accounts: waiting })));
}

const usual = {
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ name: 'web', image: 'nginx:1.29' }],
};

test('every pod goes without token and service links, under the default seccomp profile', () => {
  expect(template({}).plain).toEqual({ metadata: { labels: labels('web') }, spec: usual });
});

test('own labels follow the standard ones, annotations are written', () => {
  const { plain, said } = template({
    labels: [{ key: 'compose.network/back', value: 'true', origin: from('networks', 'back') }],
    annotations: [{ key: 'a', value: at('b', ...service, 'labels', 'a') }],
  });
  expect(plain).toEqual({
    metadata: { labels: { ...labels('web'), 'compose.network/back': 'true' }, annotations: { a: 'b' } },
    spec: usual,
  });
  expect(said).toMatchObject({
    '/metadata/labels/compose.network~1back': 'networks.back',
    '/metadata/annotations/a': 'services.web.labels.a',
  });
});

test('an account that the user named is mounted, one that only waits is not', () => {
  const { automountServiceAccountToken: _, ...mounted } = usual;
  expect(template({ serviceAccount: 'robot' }, ['web-wait']).plain).toEqual({
    metadata: { labels: labels('web') },
    spec: { serviceAccountName: 'robot', ...mounted },
  });
  expect(template({ serviceAccount: at('web-wait', ...service) }, ['web-wait']).plain).toEqual({
    metadata: { labels: labels('web') },
    spec: { serviceAccountName: 'web-wait', ...usual },
  });
});

test('what the API assumes anyway is left out', () => {
  const off = at(false, ...service);
  const { plain } = template({
    hostNetwork: off,
    hostPid: off,
    hostIpc: off,
    shareProcessNamespace: off,
    hostUsers: at(true, ...service, 'userns_mode'),
    terminationGracePeriodSeconds: at(30, ...service, 'stop_grace_period'),
  });
  expect(plain).toEqual({ metadata: { labels: labels('web') }, spec: usual });
});

test('writes every field in a steady order', () => {
  const on = at(true, ...service);
  const { plain, said } = template({
    volumes: [
      { name: 'tmp', source: { kind: 'empty', isMemory: false, size: undefined }, origin: from(...service, 'tmpfs') },
    ],
    initContainers: [container({ name: 'wait' })],
    supplementalGroups: [at(10, ...service, 'group_add', 0)],
    fsGroup: 1000,
    sysctls: [
      {
        name: at('net.core.somaxconn', ...service, 'sysctls'),
        value: at('1024', ...service, 'sysctls', 'net.core.somaxconn'),
      },
    ],
    terminationGracePeriodSeconds: at(10, ...service, 'stop_grace_period'),
    prefersControlPlane: on,
    nodeSelector: [{ key: 'a', value: at('b', ...service) }],
    shareProcessNamespace: on,
    hostUsers: at(false, ...service),
    hostIpc: on,
    hostPid: on,
    hostAliases: [
      { ip: at('10.0.0.1', ...service, 'extra_hosts', 'db'), hostnames: [at('db', ...service, 'extra_hosts', 'db')] },
    ],
    dns: {
      nameservers: [at('1.1.1.1', ...service, 'dns', 0)],
      searches: [at('corp', ...service, 'dns_search', 0)],
      options: [
        { name: at('ndots', ...service, 'dns_opt', 0), value: at('2', ...service, 'dns_opt', 0) },
        { name: at('rotate', ...service, 'dns_opt', 1), value: undefined },
      ],
    },
    hostname: at('box', ...service, 'hostname'),
    hostnameOverride: at('box.corp', ...service, 'domainname'),
    hostNetwork: on,
    restartPolicy: 'Never',
    imagePullSecrets: [at('registry', ...service, 'labels', 'x')],
    serviceAccount: 'robot',
  });
  const spec = {
    serviceAccountName: 'robot',
    enableServiceLinks: false,
    imagePullSecrets: [{ name: 'registry' }],
    restartPolicy: 'Never',
    hostNetwork: true,
    hostname: 'box',
    hostnameOverride: 'box.corp',
    dnsPolicy: 'ClusterFirstWithHostNet',
    dnsConfig: {
      nameservers: ['1.1.1.1'],
      searches: ['corp'],
      options: [{ name: 'ndots', value: '2' }, { name: 'rotate' }],
    },
    hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }],
    hostPID: true,
    hostIPC: true,
    hostUsers: false,
    shareProcessNamespace: true,
    nodeSelector: { a: 'b' },
    affinity: {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            preference: { matchExpressions: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }] },
          },
        ],
      },
    },
    tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' }],
    terminationGracePeriodSeconds: 10,
    securityContext: {
      seccompProfile: { type: 'RuntimeDefault' },
      fsGroup: 1000,
      fsGroupChangePolicy: 'OnRootMismatch',
      supplementalGroups: [10],
      sysctls: [{ name: 'net.core.somaxconn', value: '1024' }],
    },
    initContainers: [{ name: 'wait', image: 'nginx:1.29' }],
    containers: [{ name: 'web', image: 'nginx:1.29' }],
    volumes: [{ name: 'tmp', emptyDir: {} }],
  };
  expect(JSON.stringify(plain, null, 1)).toBe(JSON.stringify({ metadata: { labels: labels('web') }, spec }, null, 1));
  expect(said).toMatchObject({
    '/spec/hostAliases/0': 'services.web.extra_hosts.db',
    '/spec/securityContext/sysctls/0/value': 'services.web.sysctls["net.core.somaxconn"]',
    '/spec/volumes/0': 'services.web.tmpfs',
  });
});

test('a pod of a Windows node says so, and has no profile that only Linux knows', () => {
  const { plain } = template({ system: at('windows', ...service, 'platform') });
  const { securityContext: _, ...rest } = usual;
  expect(plain).toEqual({ metadata: { labels: labels('web') }, spec: { ...rest, os: { name: 'windows' } } });
});

test('the policy of the name servers is what is asked for', () => {
  const dns = { policy: at('None' as const), nameservers: [at('10.0.0.53')], searches: [], options: [] };
  expect(template({ dns, hostNetwork: at(true) }).plain).toMatchObject({
    spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.53'] } },
  });
});
