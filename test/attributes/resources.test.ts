import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { resources } from '../../src/attributes/resources.ts';
import { type Given, given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string, more: Given = {}) {
  const outcome = given(`services:\n  web:\n    image: a\n    ${keys.replaceAll('; ', '\n    ')}\n`, {
    rules: [image, resources],
    ...more,
  });
  const { reservedDevices } = outcome.service('web');
  return { devices: values(reservedDevices), said: outcome.said, reservedDevices };
}

const reserve = (text: string) => `deploy: {resources: {reservations: {${text}}}}`;

test('reserves GPUs by count', () => {
  const { devices, said, reservedDevices } = web(reserve('devices: [{driver: nvidia, count: 2, capabilities: [gpu]}]'));
  expect(devices).toEqual(new Map([['nvidia.com/gpu', '2']]));
  expect(pathOf(reservedDevices?.get('nvidia.com/gpu'))).toBe(
    'services.web.deploy.resources.reservations.devices[0].count',
  );
  expect(said).toEqual([
    '4:51 warning resources/device-plugin 2 of nvidia.com/gpu must be offered by a device plugin on the nodes',
  ]);
});

test('turns generic resources into extended ones and adds devices to them', () => {
  const text =
    'generic_resources: [{discrete_resource_spec: {kind: NVIDIA-GPU, value: 2}}, {discrete_resource_spec: {kind: vendor.com/fpga, value: "1"}}, {discrete_resource_spec: {kind: SSD, value: 3}}], devices: [{count: 1, capabilities: [gpu]}]';
  const { devices, reservedDevices } = web(reserve(text), {
    options: { extendedResources: new Map([['SSD', 'vendor.com/ssd']]) },
  });
  expect(devices).toEqual(
    new Map([
      ['nvidia.com/gpu', '3'],
      ['vendor.com/fpga', '1'],
      ['vendor.com/ssd', '3'],
    ]),
  );
  expect(pathOf(reservedDevices?.get('vendor.com/fpga'))).toBe(
    'services.web.deploy.resources.reservations.generic_resources[1].discrete_resource_spec.value',
  );
});

test('refuses a generic resource without a vendor, and an empty one', () => {
  const said = (text: string) => web(reserve(`generic_resources: [${text}]`)).said;
  expect([
    ...said('{discrete_resource_spec: {kind: TAPE, value: 1}}'),
    ...said('{}'),
    ...said('{discrete_resource_spec: {kind: gpu, value: 0}}'),
  ]).toEqual([
    '4:61 error resources/unknown-kind the generic resource TAPE has no vendor, which a resource of a cluster must have',
    '4:61 error resources/empty-generic a generic resource without discrete_resource_spec asks for nothing',
    '4:105 error check/type services.web.deploy.resources.reservations.generic_resources[0].discrete_resource_spec.value must be a whole number of at least 1, not 0',
  ]);
});

test('tells the limits that only a node can set', () => {
  expect(web('pids_limit: 100').said).toEqual([
    '4:17 warning resources/processes a limit of 100 processes is a setting of the nodes',
  ]);
  expect(web('pids_limit: 100; deploy: {resources: {limits: {pids: 100}}}').said).toEqual([
    '5:41 warning resources/processes a limit of 100 processes is a setting of the nodes',
  ]);
  expect(web('pids_limit: 100; deploy: {resources: {limits: {pids: 50}}}').said).toEqual([
    '4:17 error resources/differs pids_limit is 100, but deploy.resources.limits.pids is 50',
    '5:41 warning resources/processes a limit of 50 processes is a setting of the nodes',
  ]);
  expect(web('pids_limit: -1; deploy: {resources: {limits: {pids: 0}}}').said).toEqual([]);
});

test('tells how much swap is asked for', () => {
  const said = [
    'mem_limit: 256m; memswap_limit: 1g',
    'memswap_limit: 1g',
    'memswap_limit: -1',
    'mem_limit: 1g; memswap_limit: 1g',
    'memswap_limit: 0',
  ].map((keys) => web(keys).said);
  expect(said).toEqual([
    ['5:20 warning resources/swap 768Mi of swap cannot be asked for by a pod'],
    ['4:20 warning resources/swap 1Gi of swap cannot be asked for by a pod'],
    ['4:20 warning resources/swap an unlimited amount of swap cannot be asked for by a pod'],
    [],
    [],
  ]);
});

test('gathers block I/O in one sentence', () => {
  const io =
    'blkio_config: {weight: 300, weight_device: [{path: /dev/sda, weight: 400}], device_read_bps: [{path: /dev/sdb, rate: 12mb}], device_write_iops: [{path: /dev/sdb, rate: 30}]}';
  expect([
    ...web(io).said,
    ...web('blkio_config: {}').said,
    ...web('blkio_config: {weight_device: [{path: /dev/a}], device_read_bps: [{rate: 1}]}').said,
  ]).toEqual([
    '4:5 warning resources/block-io block I/O cannot be shared out by a pod: weight 300, weight_device /dev/sda 400, device_read_bps /dev/sdb 12Mi, device_write_iops /dev/sdb 30',
    '4:5 warning resources/block-io block I/O cannot be shared out by a pod: nothing stated',
    '4:5 warning resources/block-io block I/O cannot be shared out by a pod: weight_device /dev/a 0, device_read_bps all 1',
  ]);
});

test('tells of real time and of the out-of-memory killer', () => {
  expect(
    web('cpu_rt_period: 1000000; cpu_rt_runtime: 400ms; oom_score_adj: -500; oom_kill_disable: true').said,
  ).toEqual([
    '4:20 warning resources/real-time cpu_rt_period has no counterpart, since containers get no real-time budget',
    '5:21 warning resources/real-time cpu_rt_runtime has no counterpart, since containers get no real-time budget',
    '6:20 info resources/oom-score oom_score_adj: -500 is computed by the kubelet from requests and limits',
  ]);
});

test('leaves to its table what no field of a pod can say', () => {
  expect(web('cpu_count: 2; cpu_percent: 50; mem_swappiness: 10; oom_kill_disable: false').said).toEqual([]);
});

test('says what an amount cannot be', () => {
  const said = [
    'cpus: many',
    'mem_limit: 1x',
    'oom_score_adj: 2000',
    'deploy: {resources: {limits: {cpu: 1}}}',
    'blkio_config: {weight: 5000}',
  ].flatMap((keys) => web(keys).said);
  expect(said).toEqual([
    '4:11 error check/type services.web.cpus must be a number of cores such as 0.5, not "many"',
    '4:16 error check/type services.web.mem_limit must be a size such as 512m or 2g, not "1x"',
    '4:20 error check/type services.web.oom_score_adj must be a whole number from -1000 to 1000, not 2000',
    '4:35 error check/unknown-key unknown attribute "cpu" in services.web.deploy.resources.limits',
    '4:28 error check/type services.web.blkio_config.weight must be a whole number from 0 to 1000, not 5000',
  ]);
});
