import { expect, test } from 'vitest';
import { given } from '../support/given.ts';
import { values } from '../support/values.ts';

function own(extension: string) {
  const { service, said } = given(`services: {web: {image: nginx, x-kubernetes: ${extension}}}`);
  const { wishes, routes } = said.some((line) => line.includes(' error check/')) ? {} : service('web');
  return { wishes: values(wishes), routes: values(routes), said };
}

test('reads wishes in the words of Kubernetes', () => {
  const text =
    '{kind: Job, schedule: "@daily", service: none, expose: ingress, serviceAccountName: robot, imagePullSecrets: [one, two], dnsPolicy: Default}';
  expect(own(text)).toEqual({
    wishes: {
      kind: 'Job',
      schedule: '@daily',
      hasNoService: true,
      expose: 'ingress',
      serviceAccountName: 'robot',
      imagePullSecrets: ['one', 'two'],
      dnsPolicy: 'Default',
    },
    routes: undefined,
    said: [
      '1:130 info labels/must-exist the ServiceAccount robot must be in the namespace before the pods start',
      '1:156 info labels/must-exist the Secret one must be in the namespace before the pods start',
      '1:161 info labels/must-exist the Secret two must be in the namespace before the pods start',
    ],
  });
});

test('comes before the labels of kompose', () => {
  const { service } = given(`
services:
  web:
    image: nginx
    labels: {kompose.controller.type: daemonset, kompose.image-pull-policy: always}
    x-kubernetes: {kind: StatefulSet}
`);
  expect(values(service('web').wishes)).toEqual({ kind: 'StatefulSet', imagePullPolicy: 'Always' });
});

test('leads a host to the service', () => {
  const { routes, said } = own('{host: Shop.example.com/a, ingressClass: nginx, tlsSecret: shop-cert}');
  expect(routes).toEqual([
    {
      host: 'shop.example.com',
      path: '/a',
      pathType: 'Prefix',
      tlsSecret: 'shop-cert',
      className: 'nginx',
      annotations: [],
    },
  ]);
  expect(said).toEqual([
    '1:53 warning labels/needs-controller an Ingress serves shop.example.com/a, which needs an Ingress controller in the cluster',
    '1:105 warning labels/needs-secret the certificate is expected in the Secret shop-cert',
  ]);
});

test('refuses what is no name, host or schedule, and what has nothing to hold to', () => {
  expect(own('{schedule: at noon, serviceAccountName: A B, host: "a b", tlsSecret: s}').said).toEqual([
    '1:57 error labels/bad-value x-kubernetes.schedule must be a cron schedule such as "*/5 * * * *"',
    '1:86 error labels/bad-value x-kubernetes.serviceAccountName must be the name of a Kubernetes object',
    '1:97 error labels/bad-value x-kubernetes.host must be a host name such as shop.example.com',
  ]);
  expect(own('{tlsSecret: shop-cert, ingressClass: nginx}').said).toEqual([
    '1:58 warning labels/alone x-kubernetes.tlsSecret has no effect without x-kubernetes.host',
    '1:83 warning labels/alone x-kubernetes.ingressClass has no effect without x-kubernetes.host',
  ]);
});

test('says of unknown keys and words what is meant', () => {
  expect(own('{knd: Job}').said).toEqual([
    '1:47 error check/unknown-key unknown attribute "knd" in services.web.x-kubernetes',
  ]);
  expect(own('{kind: Pod}').said).toEqual([
    '1:53 error check/type services.web.x-kubernetes.kind must be one of Deployment, StatefulSet, DaemonSet, Job, CronJob, not "Pod"',
  ]);
});

test('says what is not converted yet', () => {
  expect(own('{labels: {tier: front}, patch: {spec: none}}').said).toEqual([
    '1:47 warning labels/not-yet x-kubernetes.labels is not converted yet',
    '1:70 warning labels/not-yet x-kubernetes.patch is not converted yet',
  ]);
});
