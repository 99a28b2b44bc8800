import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { labels } from '../../src/attributes/labels.ts';
import { place } from '../../src/kernel/source.ts';
import { type Given, given } from '../support/given.ts';
import { routeLine } from '../support/hints.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string, more: Given = {}) {
  const outcome = given(`services:\n  web:\n    image: a\n${keys}`, { rules: [image, labels], ...more });
  const { podAnnotations, serviceAnnotations, routes, wishes } = outcome.service('web');
  return { podAnnotations, serviceAnnotations, routes, wishes, said: outcome.said };
}

test('says nothing about a service without labels', () => {
  const { podAnnotations, serviceAnnotations, routes, wishes, said } = web('');
  expect([podAnnotations, serviceAnnotations, routes, wishes, said]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    [],
  ]);
});

test('writes labels and annotations on the pod, and labels of deploy on workload and Service', () => {
  const { podAnnotations, serviceAnnotations, said } =
    web(`    labels: {com.example.team: shop, retries: 3, beta: true, bare: }
    annotations: [com.example.note=a=b, empty]
    deploy: {labels: [tier=front, later=1, later=2]}
`);
  expect(values(podAnnotations)).toEqual([
    { key: 'com.example.team', value: 'shop' },
    { key: 'retries', value: '3' },
    { key: 'beta', value: 'true' },
    { key: 'bare', value: '' },
    { key: 'com.example.note', value: 'a=b' },
    { key: 'empty', value: '' },
  ]);
  expect(values(serviceAnnotations)).toEqual([
    { key: 'tier', value: 'front' },
    { key: 'later', value: '2' },
  ]);
  expect(podAnnotations?.map(({ value }) => pathOf(value))[0]).toBe('services.web.labels["com.example.team"]');
  expect(serviceAnnotations?.map(({ value }) => pathOf(value))[0]).toBe('services.web.deploy.labels.tier');
  expect(said).toEqual([]);
});

test('moves what cannot be the key of an annotation', () => {
  const { podAnnotations, serviceAnnotations, said } =
    web(`    labels: {good: 1, "two words": 2, a/b/c: 3, Example.COM/x: 4}
    deploy: {labels: {compose.annotations: own}}
`);
  expect(values(podAnnotations)).toEqual([
    { key: 'good', value: '1' },
    { key: 'Example.COM/x', value: '4' },
    { key: 'compose.annotations', value: '{"two words":"2","a/b/c":"3"}' },
  ]);
  expect(pathOf(podAnnotations?.[2]?.value)).toBe('services.web.labels["two words"]');
  expect(values(serviceAnnotations)).toEqual([{ key: 'compose.annotations', value: '{"compose.annotations":"own"}' }]);
  expect(said).toEqual([
    '4:36 warning labels/moved-key "two words" cannot be the key of an annotation and moves into compose.annotations',
    '4:46 warning labels/moved-key "a/b/c" cannot be the key of an annotation and moves into compose.annotations',
    '5:44 warning labels/moved-key "compose.annotations" cannot be the key of an annotation and moves into compose.annotations',
  ]);
});

test('refuses labels of Docker Compose itself', () => {
  const { podAnnotations, said } = web(`    labels: [com.docker.compose.project=x]
    deploy: {labels: [com.docker.compose.service=x]}
`);
  expect(podAnnotations).toBeUndefined();
  expect(said).toEqual([
    "4:14 error labels/reserved the label com.docker.compose.project is Docker Compose's own",
    "5:23 error labels/reserved the label com.docker.compose.service is Docker Compose's own",
  ]);
});

test('lets annotations win over labels', () => {
  const { podAnnotations, said } = web('    labels: {a: 1, b: 2}\n    annotations: {a: 3, b: 2}');
  expect(values(podAnnotations)).toEqual([
    { key: 'a', value: '3' },
    { key: 'b', value: '2' },
  ]);
  expect(said).toEqual([
    '4:17 warning labels/two-values a has another value under annotations, which wins: a pod has one of the two',
  ]);
});

test('refuses more than annotations may hold', () => {
  const { said } = web(`    labels: {small: x, large: ${'ä'.repeat(128 * 1024)}}`);
  expect(said).toEqual([
    '4:31 error labels/too-large labels and annotations come to more than the 256 KiB that annotations may have',
  ]);
});

test('reads label files in order, under the labels', () => {
  const { podAnnotations, said } = web('    label_file: [one.labels, two.labels]\n    labels: {c: own}', {
    files: { 'one.labels': 'a=1\nb=2\nc=3\n', 'two.labels': 'b=${a}2\nbare\n' },
  });
  expect(values(podAnnotations)).toEqual([
    { key: 'a', value: '1' },
    { key: 'b', value: '12' },
    { key: 'c', value: 'own' },
    { key: 'bare', value: '' },
  ]);
  const [, second] = podAnnotations ?? [];
  const { span } = second?.value.origin ?? {};
  expect(pathOf(second?.value)).toBe('services.web.label_file[1]');
  expect(span && [span.source.name, place(span.source, span.start).line]).toEqual(['two.labels', 1]);
  expect(said).toEqual([]);
});

test('reads one label file, also from the home folder', () => {
  const { podAnnotations, said } = web('    label_file: ~/my.labels', {
    files: { '/home/me/my.labels': 'a=1' },
    env: { HOME: '/home/me' },
  });
  expect([values(podAnnotations), said]).toEqual([[{ key: 'a', value: '1' }], []]);
});

test('says which label files cannot be read', () => {
  expect(
    web('    label_file: [none.labels, ~/my.labels, bad.labels, /etc/labels]', {
      files: { 'bad.labels': 'a b=1', '/etc/labels': 'a=1' },
    }).said.map((line) => line.replace(/(cannot be read: ).*/, '$1…')),
  ).toEqual([
    '4:18 error labels/no-file the label file none.labels does not exist',
    '4:31 error labels/no-home the label file ~/my.labels is in a home folder, and HOME is not set',
    '4:44 error labels/bad-file the label file bad.labels cannot be read: …',
    '4:56 warning labels/absolute-file the label file /etc/labels is an absolute path, which other machines may not have',
  ]);
});

test('consumes the labels of edge routers and of kompose', () => {
  const { podAnnotations, routes, wishes, said } = web(`    labels:
      com.docker.lb.hosts: lb.example
      traefik.enable: true
      traefik.http.routers.web.rule: Host(\`traefik.example\`)
      kompose.service.expose: kompose.example
      kompose.service.type: headless
      plain: x
`);
  expect(values(podAnnotations)).toEqual([{ key: 'plain', value: 'x' }]);
  expect(routes?.map(routeLine)).toEqual(['lb.example/', 'traefik.example/', 'kompose.example/']);
  expect(values(wishes)).toEqual({ serviceType: 'Headless' });
  expect(said).toEqual([
    '5:28 warning labels/needs-controller an Ingress serves lb.example/, which needs an Ingress controller in the cluster',
    '7:38 warning labels/needs-controller an Ingress serves traefik.example/, which needs an Ingress controller in the cluster',
  ]);
});

test('keeps a label that only looks like one of kompose', () => {
  const { podAnnotations, wishes, said } = web('    labels: {kompose.service.typ: nodeport}');
  expect(values(podAnnotations)).toEqual([{ key: 'kompose.service.typ', value: 'nodeport' }]);
  expect(wishes).toBeUndefined();
  expect(said).toEqual([
    '4:35 warning labels/unknown-kompose kompose.service.typ is no label of kompose and becomes an annotation',
  ]);
});

test('reads hints from the labels of deploy first', () => {
  const { podAnnotations, serviceAnnotations, routes, said } = web(`    labels:
      traefik.http.routers.web.rule: Host(\`own.example\`)
      traefik.http.services.web.loadbalancer.server.port: 80
      both: own
    deploy:
      labels:
        traefik.http.routers.web.rule: Host(\`deploy.example\`)
        both: deploy
`);
  expect(routes?.map(routeLine)).toEqual(['deploy.example/ -> 80']);
  expect(values([podAnnotations, serviceAnnotations])).toEqual([
    [{ key: 'both', value: 'own' }],
    [{ key: 'both', value: 'deploy' }],
  ]);
  expect(said).toEqual([
    '5:38 info labels/overridden traefik.http.routers.web.rule is also in deploy.labels, which is read first',
    '10:40 warning labels/needs-controller an Ingress serves deploy.example/, which needs an Ingress controller in the cluster',
  ]);
});

test('says the same thing once', () => {
  const { said } = web(`    labels:
      traefik.http.routers.a.rule: Path(\`/a\`)
      traefik.http.routers.b.rule: Path(\`/b\`)
      traefik.http.services.web.loadbalancer.server.port: none
`);
  expect(said.filter((line) => line.includes('bad-value'))).toEqual([
    '7:59 error labels/bad-value traefik.http.services.web.loadbalancer.server.port must be a port from 1 to 65535',
  ]);
});

test('never repeats the value of a label', () => {
  const { said } = web(`    labels:
      traefik.http.middlewares.auth.basicauth.users: me:hunter2
      kompose.image-pull-secret: hunter2!
      com.docker.lb.secret: hunter2
      "bad key": hunter2
`);
  expect(said.length).toBe(4);
  expect(said.filter((line) => line.includes('hunter2'))).toEqual([]);
});

test('refuses labels that are no mapping and no list', () => {
  expect(web('    labels: text').said).toEqual([
    '4:13 error labels/form services.web.labels must be a mapping or a list of KEY=VALUE, not text',
  ]);
});

const sentences: readonly (readonly [labels: string, ...said: string[]])[] = [
  [
    'com.docker.lb.hosts: a.example, com.docker.lb.ssl_cert: cert, com.docker.lb.redirects: x, com.docker.lb.network: n',
    'warning needs-controller an Ingress serves a.example/, which needs an Ingress controller in the cluster',
    'warning needs-secret the certificate is expected in the Secret cert',
    'warning no-equal com.docker.lb.redirects is not carried over: an Ingress has nothing like it',
    'info one-network com.docker.lb.network chooses a network, and a pod has one',
  ],
  ['com.docker.lb.port: 80', 'warning no-hosts com.docker.lb.port has no effect without com.docker.lb.hosts'],
  ['traefik.enable: true', "warning no-rule the router web has no rule, and Traefik's default rule is not known here"],
  ['traefik.enable: false', 'info switched-off traefik.enable is false, so the service gets no route'],
  [
    'traefik.http.routers.a.rule: "!Path(`/`)", traefik.http.routers.a.entrypoints: metrics',
    'warning lost-alternative part of traefik.http.routers.a.rule is left out: an Ingress has no negation',
    'warning entry-point the entry point metrics is dropped: an Ingress listens on ports 80 and 443',
  ],
  [
    'traefik.http.routers.a.rule: Path(`/`), traefik.http.routers.a.service: api@internal',
    'warning other-service the Traefik service api@internal is not one of these labels, so its router is left out',
  ],
  [
    'traefik.http.routers.a.rule: Path(`/`), traefik.http.services.a.loadbalancer.server.port: 1, traefik.http.services.b.loadbalancer.server.port: 2',
    'warning which-service the router a does not say which Traefik service it leads to, so it is left out',
  ],
  [
    'traefik.tcp.routers.a.rule: x, traefik.port: 80',
    'warning for-traefik traefik.tcp.routers.a.rule is not carried over: only Traefik knows what it means',
    'warning old-traefik traefik.port is a label of Traefik 1 and is not carried over',
  ],
  [
    'com.docker.lb.hosts: a.example, com.docker.lb.port: 80, traefik.http.routers.a.rule: Host(`a.example`), traefik.http.services.a.loadbalancer.server.port: 81',
    'warning needs-controller an Ingress serves a.example/, which needs an Ingress controller in the cluster',
    'warning needs-controller an Ingress serves a.example/, which needs an Ingress controller in the cluster',
    'warning same-route a.example/ leads to two ports, of which an Ingress can have one: the first is kept',
  ],
  [
    'kompose.service.type: x',
    'error bad-value kompose.service.type must be one of clusterip, nodeport, loadbalancer, headless',
  ],
  [
    'kompose.service.expose.tls-secret: x',
    'warning alone kompose.service.expose.tls-secret has no effect without kompose.service.expose',
  ],
  [
    'kompose.hpa.replicas.min: 4, kompose.hpa.replicas.max: 2',
    'warning needs-metrics automatic scaling needs metrics-server in the cluster',
    'warning more-minimum kompose.hpa.replicas.max is below the minimum, so it counts as 4',
  ],
  ['kompose.service.group: x', 'warning not-yet kompose.service.group is not converted yet'],
  ['kompose.xyz: x', 'warning unknown-kompose kompose.xyz is no label of kompose and becomes an annotation'],
];

test.each(sentences)('speaks of %s', (written, ...said) => {
  const { said: lines } = web(`    labels: {${written}}`);
  expect(lines.map((line) => line.replace(/^\S+ (\S+) labels\//, '$1 '))).toEqual(said);
});
