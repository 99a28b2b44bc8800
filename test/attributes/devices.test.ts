import { expect, test } from 'vitest';
import { devices } from '../../src/attributes/devices.ts';
import { image } from '../../src/attributes/image.ts';
import type { Options } from '../../src/model/options.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(list: string, options: Partial<Options> = {}) {
  const outcome = given(`services:\n  web:\n    image: a\n    ${list}\n`, { rules: [image, devices], options });
  const { deviceResources, hostDevices, needsPrivileged } = outcome.service('web');
  return {
    draft: values({ deviceResources, hostDevices, needsPrivileged }),
    said: outcome.said,
    hostDevices,
    needsPrivileged,
  };
}

const refusedAt = (place: string, device: string) =>
  `${place} error devices/no-such-device ${device} exists on some machines only, so a pod cannot mount it`;

test('refuses devices by path, one sentence each', () => {
  const { draft, said } = web('devices: ["/dev/ttyUSB0:/dev/ttyACM0:rw", {source: /dev/ttyUSB1, target: /dev/x}]');
  expect(draft).toEqual({});
  expect(said).toEqual([refusedAt('4:15', '/dev/ttyUSB0'), refusedAt('4:47', '/dev/ttyUSB1')]);
});

test('names the plugin of well-known devices', () => {
  const said = (device: string) => web(`devices: ["${device}"]`).said;
  const plugin = (device: string) =>
    `4:15 warning devices/known-plugin ${device} is handed out by a device plugin, not by its path`;
  const known = [
    '/dev/dri',
    '/dev/dri/renderD128',
    '/dev/kfd',
    '/dev/nvidia0',
    '/dev/nvidia-uvm',
    '/dev/fuse',
    '/dev/net/tun',
    '/dev/kvm',
  ];
  expect(known.flatMap(said)).toEqual(known.map(plugin));
  expect(said('/dev/drift')).toEqual([refusedAt('4:15', '/dev/drift')]);
});

test('refuses a CDI device', () => {
  expect(web('devices: [vendor.com/device=mydevice]').said).toEqual([
    '4:15 error devices/cdi the CDI device vendor.com/device=mydevice needs a DRA request, which is not written yet',
  ]);
});

test('turns a device into the extended resource it was given', () => {
  const options = {
    extendedResources: new Map([
      ['/dev/ttyUSB0', 'squat.ai/serial'],
      ['/dev/video0', 'squat.ai/video'],
    ]),
  };
  const { draft, said } = web('devices: [/dev/ttyUSB0, "/dev/video0:/dev/video9:r"]', options);
  expect(draft).toEqual({
    deviceResources: new Map([
      ['squat.ai/serial', '1'],
      ['squat.ai/video', '1'],
    ]),
  });
  expect(said).toEqual([
    '4:15 info devices/by-resource /dev/ttyUSB0 is 1 of squat.ai/serial, which a device plugin must offer',
    '4:29 info devices/by-resource /dev/video0 is 1 of squat.ai/video, which a device plugin must offer',
    '4:29 warning devices/plugin-permissions the device plugin decides the access, which may be more than r',
    '4:29 warning devices/plugin-target the device plugin decides the path in the container, which may not be /dev/video9',
  ]);
});

test('mounts devices of the node when that is allowed', () => {
  const paths = [
    '/dev/ttyUSB0:/dev/ttyACM0',
    '/dev/sda',
    '/dev/snd',
    '/dev/mapper/data',
    '/dev/nvme0n1',
    '/dev/nvme0',
    '/dev/dri/card0',
  ];
  const { hostDevices, said } = web(`devices: ${JSON.stringify(paths)}`, { allow: new Set(['host-devices']) });
  expect(values(hostDevices)).toEqual([
    { source: '/dev/ttyUSB0', target: '/dev/ttyACM0', type: 'CharDevice' },
    { source: '/dev/sda', target: '/dev/sda', type: 'BlockDevice' },
    { source: '/dev/snd', target: '/dev/snd', type: 'Directory' },
    { source: '/dev/mapper/data', target: '/dev/mapper/data', type: 'BlockDevice' },
    { source: '/dev/nvme0n1', target: '/dev/nvme0n1', type: 'BlockDevice' },
    { source: '/dev/nvme0', target: '/dev/nvme0', type: 'CharDevice' },
    { source: '/dev/dri/card0', target: '/dev/dri/card0', type: 'CharDevice' },
  ]);
  expect(pathOf(hostDevices?.[0]?.target)).toBe('services.web.devices[0].target');
  expect(said[0]).toBe(
    '4:15 warning devices/host-device /dev/ttyUSB0 is mounted from the node, which takes a privileged container',
  );
  expect(web('devices: [vendor.com/device=a]', { allow: new Set(['host-devices']) }).said).toHaveLength(1);
});

test('needs a privileged container for cgroup rules, where that is allowed', () => {
  const list = 'device_cgroup_rules: ["c 188:* rmw"]';
  expect(web(list)).toMatchObject({ draft: {}, said: [] });
  const { needsPrivileged, said } = web(list, { allow: new Set(['privileged']) });
  expect([values(needsPrivileged), pathOf(needsPrivileged)]).toEqual([true, 'services.web.device_cgroup_rules']);
  expect(said).toEqual([
    '4:5 warning devices/privileged-anyway the container is privileged, as --allow privileged says, and so may use every device',
  ]);
});

test('says what a device cannot be', () => {
  expect(
    ['["/dev/fuse:/b:rw:x"]', '[{target: /dev/x}]', '[{source: /dev/a, mode: r}]', '/dev/a'].map((list) =>
      web(`devices: ${list}`).said.find((one) => one.includes('error')),
    ),
  ).toEqual([
    '4:15 error devices/parts "/dev/fuse:/b:rw:x" has more than three parts',
    '4:15 error check/type services.web.devices[0].source is required',
    '4:32 error check/unknown-key unknown attribute "mode" in services.web.devices[0]',
    '4:14 error check/type services.web.devices must be a list, not text',
  ]);
});

test('says nothing about empty lists and keys without a value', () => {
  expect(
    ['devices: []', 'gpus: []', 'device_cgroup_rules: []', 'gpus:', 'devices:'].map((list) => web(list)),
  ).toMatchObject(['', '', '', '', ''].map(() => ({ draft: {}, said: [] })));
});

test('takes the last device of one target', () => {
  const yaml =
    'services: {web: {image: a, devices: ["/dev/a:/dev/x", /dev/b]}}\n---\nservices: {web: {devices: [{source: /dev/c, target: /dev/x}]}}\n';
  const outcome = given(yaml, { rules: [image, devices], options: { allow: new Set(['host-devices']) } });
  expect(outcome.service('web').hostDevices?.map(({ source }) => source.value)).toEqual(['/dev/c', '/dev/b']);
});
