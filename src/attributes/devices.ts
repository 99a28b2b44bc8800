/** `devices`, `device_cgroup_rules` and `gpus`: hardware, which a cluster hands out through plugins instead of paths. */

import { approximated, delegated, error, noted, refused } from '../kernel/diagnostic.ts';
import { dictFrom, listFrom, type Tree } from '../kernel/tree.ts';
import type { HostDevice } from '../model/facts.ts';
import {
  type DeviceCount,
  deviceQuantities,
  deviceRequestMessages,
  deviceRequests,
  gpuRequest,
} from './device-requests.ts';
import { devicesSupport } from './devices-support.ts';
import { pairsToMap } from './forms.ts';
import { defineRule, type Expand, type Scope } from './rule.ts';
import { list, object, text } from './shapes.ts';

const messages = {
  ...deviceRequestMessages,
  gpus: error(
    (found: string) => `gpus must be all or a list of requests, not ${found}`,
    'write gpus: all, or [{count: 1}]',
  ),
  parts: error(
    (device: string) => `"${device}" has more than three parts`,
    'write HOST:CONTAINER:rwm, or a mapping with source and target',
  ),
  'no-such-device': refused(
    (device: string) => `${device} exists on some machines only, so a pod cannot mount it`,
    (device: string) =>
      `install a device plugin that offers it and say --extended-resource ${device}=vendor.com/name, or mount it from any node with --allow host-devices`,
  ),
  'known-plugin': delegated(
    (device: string, _resource: string) => `${device} is handed out by a device plugin, not by its path`,
    (device: string, resource: string) => `install the plugin and say --extended-resource ${device}=${resource}`,
  ),
  cdi: refused(
    (device: string) => `the CDI device ${device} needs a DRA request, which is not written yet`,
    'ask for a number of devices with gpus or deploy.resources.reservations.devices',
  ),
  'plugin-target': approximated(
    (target: string) => `the device plugin decides the path in the container, which may not be ${target}`,
  ),
  'plugin-permissions': approximated(
    (permissions: string) => `the device plugin decides the access, which may be more than ${permissions}`,
  ),
  'by-resource': noted(
    (device: string, resource: string) => `${device} is 1 of ${resource}, which a device plugin must offer`,
  ),
  'host-device': approximated(
    (device: string) => `${device} is mounted from the node, which takes a privileged container`,
    'the device must exist on every node that may run the service',
  ),
  'privileged-anyway': approximated(
    'the container is privileged, as --allow privileged says, and so may use every device',
    'ask for a device plugin that hands out the device',
  ),
};

type Voice = Scope<typeof messages>;
interface Device {
  readonly source: string;
  readonly target?: string | undefined;
  readonly permissions?: string | undefined;
}

/** Resources of well-known plugins, by the devices they hand out. */
const knownPlugins: readonly (readonly [RegExp, string])[] = [
  [/^\/dev\/dri(?:\/|$)/, 'gpu.intel.com/xe'],
  [/^\/dev\/kfd$/, 'amd.com/gpu'],
  [/^\/dev\/nvidia/, 'nvidia.com/gpu'],
  [/^\/dev\/fuse$/, 'smarter-devices/fuse'],
  [/^\/dev\/net\/tun$/, 'squat.ai/tun'],
  [/^\/dev\/kvm$/, 'devices.kubevirt.io/kvm'],
];

/** What kind of node a path of /dev is on every Linux. */
function deviceType(path: string): HostDevice['type'] {
  if (/^\/dev\/(?:dri|snd|input|bus(?:\/usb)?|mapper|shm|serial|disk|dvb|vfio)\/?$/.test(path)) return 'Directory';
  return /^\/dev\/(?:sd|hd|vd|xvd|nvme\d+n|mmcblk|loop\d|dm-|md\d|sr\d|mapper\/.|disk\/.)/.test(path)
    ? 'BlockDevice'
    : 'CharDevice';
}

/** `HOST[:CONTAINER[:rwm]]` becomes a mapping. */
const toDevice: Expand<typeof messages> = (node, scope) => {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const [source, target, permissions, ...rest] = node.value.split(':');
  if (rest.length > 0) scope.say('parts', node, node.value);
  return dictFrom({ source, target: target || undefined, permissions }, node);
};

/** `all` becomes one request for every GPU. */
const toRequests: Expand<typeof messages> = (node, scope) => {
  if (node.kind !== 'scalar' || node.value === null) return node;
  if (node.value !== 'all') scope.say('gpus', node, `"${node.text}"`);
  return listFrom([dictFrom({ count: 'all' }, node)], node);
};

/** Devices of one target are one device. */
function targetOf(item: Tree): string | undefined {
  if (item.kind !== 'dict') return undefined;
  const node = item.entries.get('target')?.value ?? item.entries.get('source')?.value;
  return node?.kind === 'scalar' ? String(node.value) : undefined;
}

/** A device that was given the name of an extended resource. */
function asResource(device: Device, index: number, resource: string, { at, say, settle }: Voice): DeviceCount {
  const { source, target = source, permissions = 'rwm' } = device;
  say('by-resource', ['devices', index, 'source'], source, resource);
  if (target !== source) say('plugin-target', ['devices', index, 'target'], target);
  else settle(['devices', index, 'target'], 'converted');
  if ([...'rwm'].every((access) => permissions.includes(access)))
    settle(['devices', index, 'permissions'], 'converted');
  else say('plugin-permissions', ['devices', index, 'permissions'], permissions);
  return { resource, count: at(1, 'devices', index, 'source') };
}

/** A device as a path of the node. */
function asHostPath(
  { source, target = source }: Device,
  index: number,
  { at, origin, say, settle }: Voice,
): HostDevice {
  say('host-device', ['devices', index, 'source'], source);
  for (const part of ['target', 'permissions']) settle(['devices', index, part], 'converted');
  return {
    source: at(source, 'devices', index, 'source'),
    target: at(target, 'devices', index, 'target'),
    type: deviceType(source),
    origin: origin('devices', index),
  };
}

function sayLeftOut({ source }: Device, index: number, { say }: Voice): void {
  const plugin = knownPlugins.find(([pattern]) => pattern.test(source));
  if (/^[^/]+\/[^/]+=/.test(source)) say('cdi', ['devices', index], source);
  else if (plugin !== undefined) say('known-plugin', ['devices', index], source, plugin[1]);
  else say('no-such-device', ['devices', index], source);
}

/**
 * GPU requests become extended resources. Devices by path are refused unless an extended resource is named for them or
 * --allow host-devices says to mount them from the node.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#devices
 */
export const devices = defineRule({
  name: 'devices',
  service: {
    devices: () => list(object({ source: text(), target: text().optional(), permissions: text().optional() })),
    device_cgroup_rules: () => list(text()),
    gpus: () => list(gpuRequest()),
  },
  deploy: {},
  expand: { 'devices[]': toDevice, gpus: toRequests, 'gpus[].options': pairsToMap },
  unique: { devices: targetOf },
  support: devicesSupport,
  messages,
  lower(values, scope) {
    for (const key of ['devices', 'device_cgroup_rules', 'gpus'] as const) {
      if (values[key]?.length === 0) scope.settle([key], 'converted');
    }
    const counts: DeviceCount[] = [];
    const hostDevices: HostDevice[] = [];
    values.devices?.forEach((device, index) => {
      const resource = scope.options.extendedResources.get(device.source);
      if (resource !== undefined) counts.push(asResource(device, index, resource, scope));
      else if (scope.options.allow.has('host-devices') && device.source.startsWith('/'))
        hostDevices.push(asHostPath(device, index, scope));
      else sayLeftOut(device, index, scope);
    });
    const gpus = (values.gpus ?? []).map((request) => ({
      ...request,
      capabilities: ['gpu', ...(request.capabilities ?? [])],
    }));
    counts.push(...deviceRequests(gpus, ['gpus'], scope));
    const rules = values.device_cgroup_rules ?? [];
    const isPrivileged = rules.length > 0 && scope.options.allow.has('privileged');
    if (isPrivileged) {
      scope.say('privileged-anyway', ['device_cgroup_rules']);
      rules.forEach((_, index) => {
        scope.settle(['device_cgroup_rules', index], 'approximated');
      });
    }
    return {
      deviceResources: deviceQuantities(counts),
      hostDevices: hostDevices.length > 0 ? hostDevices : undefined,
      needsPrivileged: isPrivileged ? scope.at(true, 'device_cgroup_rules') : undefined,
    };
  },
});
