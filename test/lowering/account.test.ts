import { expect, test } from 'vitest';
import { convert, memoryFiles } from '../../src/index.ts';

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
