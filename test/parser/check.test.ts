/** What the check of keys and values says, and what it advises. */
// cspell:ignore intervall globally
import { expect, test } from 'vitest';
import { convert, memoryFiles } from '../../src/index.ts';

/** `message = hint` of each mistake in a service that has these keys. */
function advice(keys: string): readonly string[] {
  const text = `services:\n  web:\n    image: a\n${keys.replace(/^/gm, '    ')}\n`;
  const files = memoryFiles({ '/p/compose.yaml': text });
  const { diagnostics } = convert({ files, cwd: '/p', composeFiles: [], env: {}, envFiles: [], profiles: [] });
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ message, hint }) => message + (hint === undefined ? '' : ` = ${hint}`));
}

test('knows the keys at every depth', () => {
  expect(advice('healthcheck: {test: a, intervall: 3s}')).toEqual([
    'unknown attribute "intervall" in services.web.healthcheck = did you mean "interval"?',
  ]);
  expect(advice('deploy: {resources: {limits: {cpu: "1"}}}')).toEqual([
    'unknown attribute "cpu" in services.web.deploy.resources.limits = did you mean "cpus"?',
  ]);
  expect(advice('volumes: [{type: bind, source: ./a, target: /a, bind: {zebra: 1}}]')).toEqual([
    'unknown attribute "zebra" in services.web.volumes[0].bind = known here: propagation, create_host_path, recursive, selinux',
  ]);
  expect(advice('networks: {default: {alias: [a]}}')[0]).toMatch(
    /^unknown attribute "alias" in services\.web\.networks\.default = did you mean "aliases"/,
  );
  expect(advice('environment:\n  - a: {b: c}')).toEqual([
    'services.web.environment takes items of the form KEY=VALUE, not a mapping = write a=VALUE, or leave out the dashes',
  ]);
});

test('says where a key belongs that stands in the wrong place', () => {
  expect(advice('restart_policy: {condition: any}')).toEqual([
    'unknown attribute "restart_policy" in the service web = write it under deploy',
  ]);
  expect(advice('deploy: {restart: always}')).toEqual([
    'unknown attribute "restart" in services.web.deploy = write it beside deploy, not under it',
  ]);
});

test('says once that a key is misspelt, not that its right form is missing too', () => {
  expect(advice('depends_on: {web2: {state: a}}')).toEqual([
    'web depends on "web2", which is no service of this project = did you mean "web"?',
    'unknown attribute "state" in services.web.depends_on.web2 = known here: condition, restart, required',
  ]);
});

test('says what to type instead of a value', () => {
  expect(advice('deploy: {mode: globally}')).toEqual([
    'services.web.deploy.mode must be one of replicated, global, replicated-job, global-job, not "globally" = did you mean "global"?',
  ]);
  expect(advice('stop_grace_period: "30"')).toEqual([
    'services.web.stop_grace_period must be a duration such as 30s or 1m30s, not "30" = write the unit: 30s',
  ]);
  expect(advice('cpus: 250m')).toEqual([
    'services.web.cpus must be a number of cores such as 0.5, not "250m" = write 0.25',
  ]);
  expect(advice('ports: "80:80"')).toEqual(['services.web.ports must be a list, not text = write ["80:80"]']);
  expect(advice('networks: back')).toEqual([
    'services.web.networks must be a list or a mapping, not text = write ["back"]',
  ]);
  expect(advice('deploy: [a]')).toEqual([
    'services.web.deploy must be a mapping, not a list = write NAME: in place of - NAME:',
  ]);
});

test('cuts long quotations', () => {
  expect(advice(`restart: ${'x'.repeat(100)}`)[0]).toBe(
    `"${'x'.repeat(40)}…" is not a restart policy = write no, always, on-failure, on-failure:3 or unless-stopped`,
  );
});
