import { expect, test } from 'vitest';
import { hostOnly } from '../../src/attributes/host-only.ts';
import { image } from '../../src/attributes/image.ts';
import { given } from '../support/given.ts';

function said(keys: string): readonly string[] {
  return given(`services:\n  web:\n    image: a\n    ${keys}\n`, { rules: [image, hostOnly] }).said;
}

test('tells what becomes of a log driver', () => {
  const drivers = ['json-file', 'local', 'journald', 'none', 'fluentd', 'x-plugin'];
  expect(drivers.flatMap((driver) => said(`logging: {driver: ${driver}}`))).toEqual([
    '4:23 info host-only/node-keeps-logs logging with json-file is what every node does anyway',
    '4:23 info host-only/node-keeps-logs logging with local is what every node does anyway',
    '4:23 info host-only/node-keeps-logs logging with journald is what every node does anyway',
    '4:23 warning host-only/logs-cannot-be-off the output of a container cannot be switched off',
    '4:23 warning host-only/log-agent the log driver fluentd has to become a destination of the log agent of the cluster',
    '4:23 warning host-only/log-agent the log driver x-plugin has to become a destination of the log agent of the cluster',
  ]);
});

test('gathers log options in one sentence, without secrets', () => {
  expect(said('logging: {options: {max-size: 10m, max-file: "3"}}')).toEqual([
    '4:15 warning host-only/log-rotation log rotation (max-size=10m, max-file=3) is a setting of the nodes',
  ]);
  expect(
    said(
      'logging: {driver: splunk, options: {splunk-token: abc, splunk-url: "https://u:p@h", tag: 1, gelf-PASSWORD: x}}',
    ),
  ).toEqual([
    '4:23 warning host-only/log-agent the log driver splunk has to become a destination of the log agent of the cluster',
    '4:31 warning host-only/log-options the log options splunk-token=***, splunk-url=***, tag=1, gelf-PASSWORD=*** belong to the log agent of the cluster',
  ]);
});

test('counts watch rules and checks them', () => {
  const rule = 'path: ./src, action: sync, target: /app, ignore: a, include: [b], initial_sync: true';
  const exec = 'path: p, action: sync+exec, target: /t, exec: {command: a b, environment: [A=1]}';
  expect(
    [`{${rule}}`, `{${rule}}, {path: a, action: rebuild}, {${exec}}`].flatMap((rules) =>
      said(`develop: {watch: [${rules}]}`),
    ),
  ).toEqual([
    '4:15 info host-only/watch-rules one watch rule with 6 settings is left out, since nothing is synchronised into a cluster',
    '4:15 info host-only/watch-rules 3 watch rules with 14 settings are left out, since nothing is synchronised into a cluster',
  ]);
  expect(
    [
      '{path: "", action: rebuild}',
      '{path: a, action: sync}',
      '{path: a, action: copy}',
      '{path: a, action: restart, exec: {command: a "b}}',
      '{path: a, action: restart, exec: {user: a}}',
    ].map((rules) => said(`develop: {watch: [${rules}]}`).filter((one) => one.includes('error'))),
  ).toEqual([
    ['4:30 error host-only/empty-watch-path path is empty'],
    ['4:23 error host-only/no-watch-target the action sync needs a target'],
    [
      '4:41 error check/type services.web.develop.watch[0].action must be one of rebuild, sync, restart, sync+restart, sync+exec, not "copy"',
    ],
    ['4:66 error host-only/words this cannot be split into words: a double quote is not closed'],
    ['4:56 error check/type services.web.develop.watch[0].exec.command is required'],
  ]);
});

test('says nothing about empty sections', () => {
  expect([...said('develop: {}'), ...said('develop: {watch: []}'), ...said('logging: {}')]).toEqual([]);
});

test('leaves the rest to its table', () => {
  expect([...said('attach: false'), ...said('use_api_socket: true'), ...said('use_api_socket: false')]).toEqual([]);
});
