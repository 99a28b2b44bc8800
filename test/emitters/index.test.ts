import { expect, test } from 'vitest';
import { emit } from '../../src/emitters/index.ts';
import { encodeUtf8 } from '../../src/kernel/base64.ts';
import type { DataObject, Plan, Workload } from '../../src/model/plan.ts';
import { at, from } from '../support/draft.ts';
import { validate } from '../support/kubernetes-schema.ts';
import { semanticProblems } from '../support/kubernetes-semantics.ts';
import { container, controllers, networkName, plan, pod, workload } from '../support/plan.ts';

const origin = from('services', 'web');

function data(kind: DataObject['kind'], name: string): DataObject {
  const items = [{ key: 'a', data: at(encodeUtf8('b'), 'configs', 'a') }];
  return { kind, name, service: 'web', isImmutable: true, items, annotations: [], origin };
}

function named(name: string, fields: Partial<Workload>): Workload {
  return workload({ name: at(name, 'services', name), service: name, ...fields });
}

const port = {
  name: 'http',
  port: at(80, 'services', 'web', 'expose', 0),
  protocol: at('tcp' as const, 'services', 'web', 'expose', 0),
};
const listening = pod({
  containers: [
    container({
      ports: [{ ...port, hostPort: undefined, hostIp: undefined }],
      requests: new Map([['cpu', at('100m', 'services', 'web', 'cpus')]]),
    }),
  ],
});
const once = pod({ restartPolicy: 'Never' });

const everything: Plan = plan({
  namespace: 'prod',
  createsNamespace: true,
  data: [
    data('secret', 's-1a2b3c41'),
    data('config', 'c-1a2b3c41'),
    data('secret', 's-1a2b3c42'),
    data('config', 'c-1a2b3c42'),
  ],
  claims: [
    {
      name: 'data',
      service: undefined,
      accessMode: 'ReadWriteMany',
      size: '1Gi',
      storageClass: '',
      volumeName: 'shop-data',
      annotations: [],
      origin,
    },
  ],
  persistentVolumes: [
    {
      name: 'shop-data',
      size: '1Gi',
      accessMode: 'ReadWriteMany',
      source: { kind: 'nfs', server: at('nfs', 'x'), path: at('/srv', 'x'), isReadOnly: false },
      mountOptions: [],
      origin,
    },
  ],
  accounts: [{ name: 'web-wait', service: 'web', resources: ['jobs'], origin }],
  names: [
    networkName({ ports: [{ ...port, targetPort: 'http', appProtocol: undefined, nodePort: undefined }] }),
    networkName({ name: at('db', 'services', 'db'), service: 'db', selects: 'db', isHeadless: true }),
  ],
  policies: [
    {
      name: 'web-published',
      service: 'web',
      annotations: [],
      selects: 'web',
      ingress: [{ peers: [], ports: [{ port: 'http', protocol: 'tcp' }] }],
      egress: undefined,
      origin,
    },
  ],
  workloads: [
    named('cron', { controller: controllers.cronJob, pod: once }),
    workload({ pod: listening }),
    named('job-1a2b3c4d', { controller: controllers.job, pod: once }),
    named('agent', { controller: controllers.daemonSet }),
    named('db', { controller: { ...controllers.statefulSet, serviceName: 'db' } }),
  ],
  routes: [
    {
      name: 'web',
      service: 'web',
      className: undefined,
      rules: [
        {
          host: at('a.example', 'x'),
          paths: [{ path: at('/', 'x'), pathType: 'Prefix', target: 'web', port: 'http', origin }],
        },
      ],
      tls: [],
      annotations: [],
      origin,
    },
  ],
  scalers: [
    {
      name: 'web',
      service: 'web',
      target: 'Deployment',
      min: undefined,
      max: at(3, 'x'),
      cpu: undefined,
      memory: undefined,
      origin,
    },
  ],
});

test('writes an empty plan as nothing', () => {
  expect(emit(plan())).toEqual([]);
});

test('puts what others need before them and keeps workloads in their order', () => {
  expect(emit(everything).map(({ object }) => `${object.kind}/${object.metadata.name}`)).toEqual([
    'Namespace/prod',
    'ServiceAccount/web-wait',
    'Role/web-wait',
    'RoleBinding/web-wait',
    'ConfigMap/c-1a2b3c41',
    'ConfigMap/c-1a2b3c42',
    'Secret/s-1a2b3c41',
    'Secret/s-1a2b3c42',
    'PersistentVolume/shop-data',
    'PersistentVolumeClaim/data',
    'Service/web',
    'Service/db',
    'NetworkPolicy/web-published',
    'CronJob/cron',
    'Deployment/web',
    'Job/job-1a2b3c4d',
    'DaemonSet/agent',
    'StatefulSet/db',
    'HorizontalPodAutoscaler/web',
    'Ingress/web',
  ]);
});

test('writes objects that fit their schemas and each other', () => {
  const objects = emit(everything).map(({ object }) => object);
  expect(objects.flatMap((object) => validate(object))).toEqual([]);
  expect(semanticProblems(objects)).toEqual([]);
});

test('puts the namespace on everything that lives in one', () => {
  const outside = emit(everything).filter(({ object }) => object.metadata.namespace !== 'prod');
  expect(outside.map(({ object }) => object.kind)).toEqual(['Namespace', 'PersistentVolume']);
});

test('knows a line of the input for every object', () => {
  expect(emit(everything).filter(({ origins }) => !origins.has(''))).toEqual([]);
});

test('a namespace that exists already is not written, nor one without a name', () => {
  const kinds = (fields: Partial<Plan>): readonly string[] => emit(plan(fields)).map(({ object }) => object.kind);
  expect([kinds({ namespace: 'prod' }), kinds({ createsNamespace: true })]).toEqual([[], []]);
});

test('a kind of controller that nobody knows is a bug', () => {
  const unknown = workload({ controller: { kind: 'pet' } as unknown as Workload['controller'] });
  expect(() => emit(plan({ workloads: [unknown] }))).toThrow('unexpected value {"kind":"pet"}');
});
