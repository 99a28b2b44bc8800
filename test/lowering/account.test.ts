import { expect, test } from 'vitest';
import type { Project } from '../../src/attributes/project.ts';
import { defineRule, does, pending, type Support } from '../../src/attributes/rule.ts';
import { convert, memoryFiles } from '../../src/index.ts';
import { approximated, notApplicable, noted, Report, refused, speaker } from '../../src/kernel/diagnostic.ts';
import { dictFrom } from '../../src/kernel/tree.ts';
import { account } from '../../src/lowering/account.ts';
import type { Resource } from '../../src/model/resource.ts';
import { projectOf } from '../support/project.ts';
import { told } from '../support/told.ts';

/** What became of a project: `path attribute disposition`, and what was said. */
function accounted(text: string) {
  const { ledger, diagnostics } = convert({
    files: memoryFiles({ '/shop/compose.yaml': text }),
    cwd: '/shop',
    composeFiles: [],
    env: {},
    envFiles: [],
    projectDirectory: undefined,
    projectName: undefined,
    profiles: [],
  });
  return {
    ledger: ledger.map(({ path, attribute, disposition }) => `${path} ${attribute} ${disposition}`),
    reasons: new Map(ledger.map(({ path, reason }) => [path, reason])),
    said: diagnostics.map(({ severity, code, message }) => `${severity} ${code} ${message}`),
  };
}

test('the leaves of a short form are one, and those of an old form are where they are written', () => {
  const { ledger } = accounted(`
services:
  web:
    image: nginx
    environment: [A=1, B]
    networks: []
    volumes: ["data:/data"]
volumes:
  data:
    external: {name: shop-data}
`);
  expect(ledger).toEqual([
    'services.web.image services.*.image converted',
    'services.web.environment.A services.*.environment[] converted',
    'services.web.environment.B services.*.environment[] not-applicable',
    'services.web.networks services.*.networks converted',
    'services.web.volumes[0] services.*.volumes[] converted',
    'volumes.data.external.name volumes.*.external.name converted',
  ]);
});

test('a service that no profile selects is left out whole, and its profiles are obeyed', () => {
  const { ledger, reasons, said } = accounted(`
services:
  web: {image: nginx}
  debug: {image: busybox, profiles: [debug], devices: [/dev/x]}
`);
  expect(ledger.slice(1)).toEqual([
    'services.debug.image services.*.image not-applicable',
    'services.debug.profiles[0] services.*.profiles[] converted',
    'services.debug.devices[0] services.*.devices[] not-applicable',
  ]);
  const sentence = 'the service debug is left out, since none of its profiles (debug) is active';
  expect(reasons.get('services.debug.devices[0]')).toBe(sentence);
  expect(said).toEqual([`info project/left-out ${sentence}`]);
});

test('what is settled in silence has the reason that was given for the whole', () => {
  const { reasons } = accounted(`
services:
  web: {image: nginx, volumes: ["pages:/pages"]}
volumes:
  pages:
    driver_opts: {type: none, o: bind, device: ./not-there}
`);
  expect(reasons.get('volumes.pages.driver_opts.o')).toBe('the volume is treated as a bind mount of ./not-there');
});

test('the keys of x-kubernetes are counted one by one, and told where nobody reads them', () => {
  const { ledger, said } = accounted(`
services:
  web:
    image: nginx
    x-kubernetes: {kind: Deployment, imagePullSecrets: [one]}
    x-owner: {team: shop, mail: shop}
    deploy: {x-kubernetes: {kind: Job}}
`);
  expect(ledger.slice(1)).toEqual([
    'services.web.x-kubernetes.kind services.*.x-* converted',
    'services.web.x-kubernetes.imagePullSecrets[0] services.*.x-* converted',
    'services.web.x-owner services.*.x-* not-applicable',
    'services.web.deploy.x-kubernetes.kind services.*.deploy.x-* delegated',
  ]);
  expect(said).toEqual([
    'info labels/must-exist the Secret one must be in the namespace before the pods start',
    'warning support/not-yet x-kubernetes.kind is not carried out at this place',
  ]);
});

test('a pending part of a short form is told, whatever was said about the rest', () => {
  const { ledger, said } = accounted(`
services:
  web: {image: nginx, expose: ["80"], volumes: ["/sys:/sys:ro,rslave"]}
`);
  expect(ledger.at(-1)).toBe('services.web.volumes[0] services.*.volumes[] approximated');
  expect(said.map((line) => line.split(' ')[1])).toEqual(['resolve-binds/host-path', 'support/not-yet']);
});

const table: Readonly<Record<string, Support>> = {
  'services.*.image': does('converted', [], 'The image goes to the container.'),
  'services.*.restart': does('approximated', [], 'Always.', { note: 'Kubernetes knows Always only. Set it by hand.' }),
  'services.*.logging': does('not-applicable', [], 'Nothing.'),
  'services.*.hostname': does('delegated', [], 'DNS does it.'),
  'services.*.devices[]': does('refused', [], 'No devices.', { note: 'use a device plugin' }),
  'services.*.ports[]': does('converted', [], 'A port.'),
  'services.*.ports[].target': does('converted', [], 'The port of the container.'),
  'services.*.ports[].mode': does('approximated', [], 'A mode.', { note: 'mode is near' }),
  'services.*.ports[].name': pending('converted', [], 'The name.'),
  'services.*.x-*': does('not-applicable', [], 'An extension.'),
};

/** The ledger of a small project by a small table, without any rule. */
function ledgerOf(
  yaml: string,
  prepare: (report: Report, project: Project) => void = () => undefined,
  resources: readonly Resource[] = [],
) {
  const { project } = projectOf(yaml, { rules: [ports] });
  const report = new Report();
  prepare(report, project);
  const entries = account(project, table, resources, report);
  return {
    ledger: entries.map(({ path, disposition, reason, to }) => [path, disposition, reason, to]),
    said: told(report),
  };
}

const ports = defineRule({
  name: 'ports',
  service: {},
  deploy: {},
  expand: {
    'ports[]': (node) => (node.kind === 'scalar' ? dictFrom({ target: node, mode: 'ingress', name: 'n' }, node) : node),
  },
  support: {},
  messages: {},
  lower: () => ({}),
});

test('the table speaks for whoever forgot to, in the words of each disposition', () => {
  const yaml = 'services: {web: {image: i, restart: no, logging: l, hostname: h, devices: [d], odd: o}}';
  expect(ledgerOf(yaml)).toEqual({
    ledger: [
      ['services.web.image', 'converted', 'The image goes to the container.', []],
      [
        'services.web.restart',
        'approximated',
        'restart is approximated: Kubernetes knows Always only; set it by hand',
        [],
      ],
      ['services.web.logging', 'not-applicable', 'logging has no meaning in a cluster: nothing', []],
      ['services.web.hostname', 'delegated', 'hostname is left to others: DNS does it', []],
      ['services.web.devices[0]', 'refused', 'devices[] is refused: use a device plugin', []],
      ['services.web.odd', 'converted', '', []],
    ],
    said: [
      'f0.yaml:1:37 warning support/approximated restart is approximated: Kubernetes knows Always only; set it by hand',
      'f0.yaml:1:50 info support/not-applicable logging has no meaning in a cluster: nothing',
      'f0.yaml:1:63 warning support/delegated hostname is left to others: DNS does it',
      'f0.yaml:1:76 error support/refused devices[] is refused: use a device plugin',
    ],
  });
});

test('the table is silent where a rule has spoken or settled, and the worst of several words holds', () => {
  const say = speaker('x', { near: approximated('near'), gone: refused('gone'), fine: noted('fine') });
  const yaml = 'services: {web: {image: i, restart: no, hostname: h, devices: [d]}}';
  const { ledger, said } = ledgerOf(yaml, (report, project) => {
    say(report, 'near', project.origin(['services', 'web', 'image']));
    say(report, 'gone', project.origin(['services', 'web', 'image']));
    say(report, 'fine', project.origin(['services', 'web', 'image']));
    report.settle(['services', 'web', 'restart'], 'converted');
    say(report, 'gone', project.origin(['services', 'web', 'devices']));
    report.settle(['services', 'web', 'hostname'], 'delegated');
  });
  expect(ledger).toEqual([
    ['services.web.image', 'refused', 'gone', []],
    ['services.web.restart', 'converted', 'Always.', []],
    ['services.web.hostname', 'delegated', 'DNS does it.', []],
    ['services.web.devices[0]', 'refused', 'gone', []],
  ]);
  expect(said.filter((one) => one.includes('support/'))).toEqual([]);
});

test('what is converted as a whole says nothing about its parts, what is left out settles them', () => {
  const say = speaker('x', { near: approximated('near'), off: notApplicable('off') });
  const yaml = 'services: {web: {hostname: h}, db: {hostname: i, devices: [d]}}';
  const { ledger } = ledgerOf(yaml, (report, project) => {
    say(report, 'near', project.origin(['services', 'web']));
    say(report, 'off', project.origin(['services', 'db']));
  });
  expect(ledger).toEqual([
    ['services.web.hostname', 'delegated', 'hostname is left to others: DNS does it', []],
    ['services.db.hostname', 'not-applicable', 'off', []],
    ['services.db.devices[0]', 'not-applicable', 'off', []],
  ]);
});

test('a short form is as bad as the worst of its parts', () => {
  expect(ledgerOf('services: {web: {ports: ["80", {target: 81}]}}')).toEqual({
    ledger: [
      ['services.web.ports[0]', 'approximated', 'ports[].mode is approximated: mode is near', []],
      ['services.web.ports[1].target', 'converted', 'The port of the container.', []],
    ],
    said: [
      'f0.yaml:1:26 warning support/approximated ports[].mode is approximated: mode is near',
      'f0.yaml:1:26 warning support/not-yet ports[].name is not converted yet; planned is: the name',
    ],
  });
});

test('an extension is counted, but not spoken of', () => {
  expect(ledgerOf('services: {web: {x-any: {a: [1, 2]}}}')).toEqual({
    ledger: [['services.web.x-any', 'not-applicable', 'x-* has no meaning in a cluster: an extension', []]],
    said: [],
  });
});

test('an empty value is a leaf like any other', () => {
  expect(
    ledgerOf('services:\n  web:\n    restart:\n    devices: []\n').ledger.map(([path, disposition]) => [
      path,
      disposition,
    ]),
  ).toEqual([
    ['services.web.restart', 'approximated'],
    ['services.web.devices', 'converted'],
  ]);
});

test('a leaf leads to the fields that come from it or from its parts', () => {
  const resource = (name: string, origins: Readonly<Record<string, readonly (string | number)[]>>): Resource => ({
    object: { apiVersion: 'v1', kind: 'Service', metadata: { name } },
    origins: new Map(Object.entries(origins).map(([field, path]) => [field, { path }])),
  });
  const resources = [
    resource('web', {
      '/spec/ports/0/port': ['services', 'web', 'ports', 0, 'target'],
      '/spec/ports/0': ['services', 'web', 'ports', 0],
      '/metadata/name': ['services', 'web'],
    }),
    resource('db', { '/spec/x': ['services', 'web', 'ports', 0, 'target'] }),
  ];
  expect(
    ledgerOf('services: {web: {ports: ["80"], image: i}}', undefined, resources).ledger.map(([path, , , to]) => [
      path,
      to,
    ]),
  ).toEqual([
    [
      'services.web.ports[0]',
      [
        { object: 'Service/web', fields: ['/spec/ports/0', '/spec/ports/0/port'] },
        { object: 'Service/db', fields: ['/spec/x'] },
      ],
    ],
    ['services.web.image', []],
  ]);
});
