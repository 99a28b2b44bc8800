import { expect, test } from 'vitest';
import { deviceQuantities, isExtendedResource } from '../../src/attributes/device-requests.ts';
import { devices } from '../../src/attributes/devices.ts';
import { image } from '../../src/attributes/image.ts';
import { resources } from '../../src/attributes/resources.ts';
import { at } from '../support/draft.ts';
import { type Given, given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function gpus(list: string, more: Given = {}) {
  const outcome = given(`services:\n  web:\n    image: a\n    gpus: ${list}\n`, { rules: [image, devices], ...more });
  return {
    resources: values(outcome.service('web').deviceResources),
    said: outcome.said,
    found: outcome.service('web').deviceResources,
  };
}

test('adds up the counts of one resource at the place of the first', () => {
  const counts = deviceQuantities([
    { resource: 'a.com/x', count: at(1, 'a') },
    { resource: 'a.com/y', count: at(2, 'b') },
    { resource: 'a.com/x', count: at(4, 'c') },
  ]);
  expect(values(counts)).toEqual(
    new Map([
      ['a.com/x', '5'],
      ['a.com/y', '2'],
    ]),
  );
  expect(pathOf(counts?.get('a.com/x'))).toBe('a');
  expect(deviceQuantities([])).toBeUndefined();
});

test('knows what can be an extended resource', () => {
  expect(
    ['nvidia.com/gpu', 'gpu.intel.com/xe', 'gpu', 'kubernetes.io/x', 'node.kubernetes.io/x', 'a/b/c', 'A B/c'].map(
      isExtendedResource,
    ),
  ).toEqual([true, true, false, false, false, false, false]);
});

test('makes a count of a known vendor a quantity', () => {
  const {
    resources: counted,
    said,
    found,
  } = gpus('[{driver: nvidia, count: 2}, {driver: amd, count: 1}, {count: "1"}]');
  expect(counted).toEqual(
    new Map([
      ['nvidia.com/gpu', '3'],
      ['amd.com/gpu', '1'],
    ]),
  );
  expect(pathOf(found?.get('nvidia.com/gpu'))).toBe('services.web.gpus[0].count');
  expect(said).toEqual([
    '4:12 warning devices/device-plugin 2 of nvidia.com/gpu must be offered by a device plugin on the nodes',
    '4:40 warning devices/device-plugin 1 of amd.com/gpu must be offered by a device plugin on the nodes',
    '4:65 warning devices/device-plugin 1 of nvidia.com/gpu must be offered by a device plugin on the nodes',
  ]);
});

test('chooses the resource by driver, then by capability', () => {
  const resource = (request: string, more: Given = {}) =>
    [...(gpus(`[{count: 1, ${request}}]`, more).found?.keys() ?? [])][0];
  const named = {
    options: {
      extendedResources: new Map([
        ['tensor', 'vendor.com/tensor'],
        ['nvidia', 'nvidia.com/mig-1g.5gb'],
        ['dpu', 'vendor.com/dpu'],
      ]),
    },
  };
  expect([
    resource('driver: intel'),
    resource('driver: ""'),
    resource('capabilities: [tpu]'),
    resource('driver: tensor', named),
    resource('driver: nvidia', named),
    resource('capabilities: [dpu]', named),
    resource('driver: tensor'),
  ]).toEqual([
    'gpu.intel.com/xe',
    'nvidia.com/gpu',
    'google.com/tpu',
    'vendor.com/tensor',
    'nvidia.com/mig-1g.5gb',
    'vendor.com/dpu',
    undefined,
  ]);
});

test('gives one where all are asked for, and says so', () => {
  expect(gpus('all')).toMatchObject({
    resources: new Map([['nvidia.com/gpu', '1']]),
    said: ['4:11 warning devices/all-as-one all of nvidia.com/gpu cannot be asked for, so the container gets 1'],
  });
  expect(['{count: all}', '{count: -1}', '{driver: amd}'].map((request) => gpus(`[${request}]`).said)).toEqual([
    ['4:20 warning devices/all-as-one all of nvidia.com/gpu cannot be asked for, so the container gets 1'],
    ['4:20 warning devices/all-as-one all of nvidia.com/gpu cannot be asked for, so the container gets 1'],
    [
      '4:12 warning devices/all-as-one without a count all of amd.com/gpu are asked for, which cannot be, so the container gets 1',
    ],
  ]);
});

test('refuses devices by id', () => {
  const { resources: counted, said } = gpus('[{driver: nvidia, device_ids: ["0", "3"]}]');
  expect([counted, said]).toEqual([
    undefined,
    ['4:29 error devices/device-ids device_ids name slots of one machine and mean nothing in a cluster'],
  ]);
});

test('refuses a request that names nothing known', () => {
  const web = (request: string) =>
    given(`services:\n  web:\n    image: a\n    deploy: {resources: {reservations: {devices: [${request}]}}}\n`, {
      rules: [image, resources],
    });
  expect(
    [
      '{capabilities: [fpga], count: 1}',
      '{capabilities: [gpu], driver: xilinx, count: 1}',
      '{capabilities: []}',
      '{count: 1}',
    ].flatMap((request) => web(request).said),
  ).toEqual([
    '4:51 error resources/unknown-device no resource of a cluster is known for the capability fpga',
    '4:51 error resources/unknown-device no resource of a cluster is known for the driver xilinx',
    '4:51 error resources/unknown-device no resource of a cluster is known for a device without capability',
    '4:51 error check/type services.web.deploy.resources.reservations.devices[0].capabilities is required',
  ]);
});

test('tells what only the driver could have done', () => {
  expect(gpus('[{count: 1, capabilities: [nvidia-compute, utility, gpu], options: {a: b, c: d}}]').said).toEqual([
    '4:12 warning devices/device-plugin 1 of nvidia.com/gpu must be offered by a device plugin on the nodes',
    '4:23 warning devices/driver-capabilities the driver capabilities compute,utility are not passed on',
    '4:69 warning devices/driver-options the driver options a, c are not passed on',
  ]);
});

test('says what a request cannot be', () => {
  expect(
    ['[{count: 1, device_ids: ["0"]}]', '[{count: some}]', '[{count: -2}]', '[{number: 1}]', 'none', '{count: 1}'].map(
      (list) => gpus(list).said.find((one) => one.includes('error')),
    ),
  ).toEqual([
    '4:23 error devices/count-and-ids count and device_ids exclude each other',
    '4:20 error check/type services.web.gpus[0].count must be a whole number or all, not "some"',
    '4:20 error check/type services.web.gpus[0].count must be a whole number or all, not -2',
    '4:13 error check/unknown-key unknown attribute "number" in services.web.gpus[0]',
    '4:11 error devices/gpus gpus must be all or a list of requests, not "none"',
    '4:11 error check/type services.web.gpus must be a list, not a mapping',
  ]);
});

test('takes a count of 0 as it is', () => {
  expect(gpus('[{count: 0}]').resources).toEqual(new Map([['nvidia.com/gpu', '0']]));
});
