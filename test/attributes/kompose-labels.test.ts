import { expect, test } from 'vitest';
import { isKomposeLabel, komposeWishes } from '../../src/attributes/kompose-labels.ts';
import { hintsOf, remarkLines, routeLines } from '../support/hints.ts';
import { pathOf, values } from '../support/values.ts';

function kompose(labels: Readonly<Record<string, string>>) {
  const { wishes, asked, remarks } = komposeWishes(
    hintsOf(Object.fromEntries(Object.entries(labels).map(([key, value]) => [`kompose.${key}`, value]))),
    'my_web',
  );
  return {
    wishes: values(wishes),
    routes: routeLines(asked),
    remarks: remarkLines(remarks).map((line) => line.replace('["kompose.', '["')),
  };
}

test('wishes nothing without labels', () => {
  expect(komposeWishes(hintsOf({ 'other.label': 'x' }), 'web')).toEqual({ wishes: undefined, asked: [], remarks: [] });
});

test('reads the wishes of all labels', () => {
  const outcome = kompose({
    'controller.type': 'StatefulSet',
    'cronjob.schedule': '*/5 0-6 1,15 JAN MON-FRI',
    'cronjob.concurrency_policy': 'Forbid',
    'cronjob.backoff_limit': '0',
    'service.type': 'NodePort',
    'service.nodeport.port': '30080',
    'service.external-traffic-policy': 'LOCAL',
    'serviceaccount-name': 'robot',
    'image-pull-secret': 'registry',
    'image-pull-policy': 'always',
    'security-context.fsgroup': '1001',
    'volume.size': '2Gi',
    'volume.storage-class-name': 'fast',
  });
  expect(outcome).toEqual({
    wishes: {
      kind: 'StatefulSet',
      schedule: '*/5 0-6 1,15 JAN MON-FRI',
      concurrencyPolicy: 'Forbid',
      backoffLimit: 0,
      serviceType: 'NodePort',
      nodePort: 30080,
      externalTrafficPolicy: 'Local',
      serviceAccountName: 'robot',
      imagePullSecret: 'registry',
      imagePullPolicy: 'Always',
      fsGroup: 1001,
      volumeSize: '2Gi',
      storageClass: 'fast',
    },
    routes: [],
    remarks: [
      'must-exist ["serviceaccount-name"]: ServiceAccount robot',
      'must-exist ["image-pull-secret"]: Secret registry',
    ],
  });
});

test('remembers where a wish was written', () => {
  const { wishes } = komposeWishes(hintsOf({ 'kompose.service.type': 'headless' }), 'web');
  expect([wishes?.serviceType?.value, pathOf(wishes?.serviceType)]).toEqual([
    'Headless',
    'services.web.labels["kompose.service.type"]',
  ]);
});

test('reads schedules with names', () => {
  expect(['@daily', ' 0  4 * * * ', '@every 1h'].map((text) => kompose({ 'cronjob.schedule': text }).wishes)).toEqual([
    { schedule: '@daily' },
    { schedule: '0  4 * * *' },
    { schedule: '@every 1h' },
  ]);
});

test('refuses wrong values', () => {
  const wrong: readonly (readonly [key: string, value: string, expected: string])[] = [
    ['controller.type', 'replicationcontroller', 'one of deployment, statefulset, daemonset'],
    ['cronjob.schedule', 'every day', 'a cron schedule such as "*/5 * * * *"'],
    ['cronjob.concurrency_policy', 'Never', 'one of allow, forbid, replace'],
    ['cronjob.backoff_limit', '-1', 'a whole number'],
    ['service.type', 'Ingress', 'one of clusterip, nodeport, loadbalancer, headless'],
    ['service.type', 'constructor', 'one of clusterip, nodeport, loadbalancer, headless'],
    ['service.nodeport.port', '8080', 'a port from 30000 to 32767'],
    ['service.external-traffic-policy', 'global', 'one of cluster, local'],
    ['serviceaccount-name', 'Sa_1', 'the name of a Kubernetes object'],
    ['image-pull-secret', '', 'the name of a Kubernetes object'],
    ['image-pull-policy', 'sometimes', 'one of always, ifnotpresent, never'],
    ['security-context.fsgroup', 'staff', 'the number of a group'],
    ['volume.size', '-1Gi', 'a size such as 512Mi or 10Gi'],
    ['volume.storage-class-name', 'a b', 'the name of a Kubernetes object'],
  ];
  expect(wrong.map(([key, value]) => kompose({ [key]: value }))).toEqual(
    wrong.map(([key, , expected]) => ({
      wishes: undefined,
      routes: [],
      remarks: [`bad-value ["${key}"]: ${expected}`],
    })),
  );
});

test('fills automatic scaling up with the defaults of kompose', () => {
  expect(kompose({ 'hpa.cpu': '80%' })).toEqual({
    wishes: { scaling: { min: 1, max: 3, cpu: 80, memory: 70 } },
    routes: [],
    remarks: ['needs-metrics ["hpa.cpu"]: '],
  });
  expect(kompose({ 'hpa.replicas.min': '2', 'hpa.replicas.max': '9', 'hpa.memory': '60' }).wishes).toEqual({
    scaling: { min: 2, max: 9, cpu: 50, memory: 60 },
  });
});

test('raises a maximum of replicas that is below the minimum', () => {
  expect(kompose({ 'hpa.replicas.min': '5', 'hpa.replicas.max': '2' })).toMatchObject({
    wishes: { scaling: { min: 5, max: 5 } },
    remarks: ['needs-metrics ["hpa.replicas.min"]: ', 'more-minimum ["hpa.replicas.max"]: 5'],
  });
  expect(kompose({ 'hpa.replicas.min': '5' })).toMatchObject({
    wishes: { scaling: { min: 5, max: 5 } },
    remarks: ['needs-metrics ["hpa.replicas.min"]: '],
  });
});

test('refuses wrong amounts of scaling', () => {
  expect(kompose({ 'hpa.replicas.max': '0', 'hpa.cpu': '200', 'hpa.memory': '200Mi' }).remarks).toEqual([
    'needs-metrics ["hpa.replicas.max"]: ',
    'bad-value ["hpa.replicas.max"]: a whole number of at least 1',
    'bad-value ["hpa.cpu"]: a percentage from 1 to 100',
    'bad-value ["hpa.memory"]: a percentage from 1 to 100',
  ]);
});

test('exposes hosts, paths and all hosts', () => {
  const routes = (value: string) => kompose({ 'service.expose': value });
  expect(routes('true')).toMatchObject({ routes: ['*/'], remarks: [] });
  expect(routes('A.example, b.example/shop,*.c.example')).toMatchObject({
    routes: ['a.example/', 'b.example/shop', '*.c.example/'],
    remarks: [],
  });
  expect(routes('false')).toMatchObject({ routes: [], remarks: [] });
  expect(routes('a.example:8443')).toMatchObject({
    routes: [],
    remarks: ['bad-value ["service.expose"]: true, or host names such as a.example/path with commas between them'],
  });
});

test('takes class and certificate of the Ingress', () => {
  const expose = { 'service.expose': 'a.example', 'service.expose.ingress-class-name': 'nginx' };
  expect(kompose({ ...expose, 'service.expose.tls-secret': 'cert' })).toMatchObject({
    routes: ['a.example/ tls cert class nginx'],
    remarks: [],
  });
  expect(kompose({ ...expose, 'service.expose.tls-secret': 'true' })).toMatchObject({
    routes: ['a.example/ tls my-web-tls class nginx'],
    remarks: ['needs-secret ["service.expose.tls-secret"]: my-web-tls'],
  });
  expect(kompose({ ...expose, 'service.expose.tls-secret': 'A_b' }).remarks).toEqual([
    'bad-value ["service.expose.tls-secret"]: the name of a Kubernetes object',
  ]);
});

test('says that class and certificate need a host', () => {
  expect(kompose({ 'service.expose.tls-secret': 'cert', 'service.expose.ingress-class-name': 'nginx' })).toEqual({
    wishes: undefined,
    routes: [],
    remarks: [
      'alone ["service.expose.tls-secret"]: kompose.service.expose',
      'alone ["service.expose.ingress-class-name"]: kompose.service.expose',
    ],
  });
});

test('tells labels that are not carried out from labels that do not exist', () => {
  expect(kompose({ 'init.containers.image': 'busybox', 'service.typ': 'nodeport', xyz: '1' }).remarks).toEqual([
    'not-yet ["init.containers.image"]: ',
    'unknown-kompose ["service.typ"]: did you mean "kompose.service.type"?',
    'unknown-kompose ["xyz"]: ',
  ]);
  expect(['kompose.service.type', 'kompose.service.group', 'kompose.service.typ'].map(isKomposeLabel)).toEqual([
    true,
    true,
    false,
  ]);
});
