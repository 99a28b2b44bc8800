/** Requests for devices by kind and number: what `gpus` and `deploy.resources.reservations.devices` have in common. */

import { approximated, delegated, error, refused } from '../kernel/diagnostic.ts';
import { derive, type Located, type Path } from '../kernel/located.ts';
import { isQualifiedName } from '../kernel/names.ts';
import type { Quantities } from '../model/facts.ts';
import type { Scope } from './rule.ts';
import { deviceCount, list, map, object, scalarTextOrNull, text } from './shapes.ts';

/** One request, in long form; a count of -1 stands for all. */
interface DeviceRequest {
  readonly capabilities?: readonly string[] | undefined;
  readonly count?: number | undefined;
  readonly device_ids?: readonly string[] | undefined;
  readonly driver?: string | undefined;
  readonly options?: Readonly<Record<string, string | null>> | undefined;
}

const shared = () => ({
  count: deviceCount().optional(),
  device_ids: list(text()).optional(),
  driver: text().optional(),
  options: map(scalarTextOrNull()).optional(),
});

/** Shape of one item of `gpus`, where the capability gpu goes without saying. */
export const gpuRequest = () => object({ ...shared(), capabilities: list(text()).optional() });

/** Shape of one item of `deploy.resources.reservations.devices`, which has to name its capabilities. */
export const deviceRequest = () => object({ ...shared(), capabilities: list(text()) });

/** What is said about requests; a rule that reads them spreads these into its own messages. */
export const deviceRequestMessages = {
  'count-and-ids': error('count and device_ids exclude each other', 'remove one of them'),
  'unknown-device': refused(
    (wanted: string) => `no resource of a cluster is known for ${wanted}`,
    (wanted: string) => `name it with --extended-resource ${wanted.replace(/^.* /, '')}=vendor.com/name`,
  ),
  'device-ids': refused(
    (count: number) =>
      `device_ids name ${count === 1 ? 'a slot' : 'slots'} of one machine and mean nothing in a cluster`,
    (count: number) => `write count: ${count} instead`,
  ),
  'all-as-one': approximated(
    (resource: string, isSaid: boolean) =>
      isSaid
        ? `all of ${resource} cannot be asked for, so the container gets 1`
        : `without a count all of ${resource} are asked for, which cannot be, so the container gets 1`,
    (resource: string) => `state the number with count; the nodes need the device plugin that offers ${resource}`,
  ),
  'device-plugin': delegated(
    (resource: string, count: number) => `${count} of ${resource} must be offered by a device plugin on the nodes`,
    'install the device plugin of the vendor, for NVIDIA also by the GPU operator',
  ),
  'driver-capabilities': delegated(
    (capabilities: string) => `the driver capabilities ${capabilities} are not passed on`,
    (capabilities: string) => `set NVIDIA_DRIVER_CAPABILITIES: ${capabilities} under environment`,
  ),
  'driver-options': delegated(
    (options: string) => `the driver options ${options} are not passed on`,
    'options need a DRA driver, whose requests are not written yet',
  ),
};

const byDriver: ReadonlyMap<string, string> = new Map([
  ['nvidia', 'nvidia.com/gpu'],
  ['amd', 'amd.com/gpu'],
  ['amdgpu', 'amd.com/gpu'],
  ['intel', 'gpu.intel.com/xe'],
]);

const nvidiaCapabilities: ReadonlySet<string> = new Set([
  'compute',
  'compat32',
  'graphics',
  'utility',
  'video',
  'display',
]);

/** `nvidia-compute` and `compute` are the same driver capability; undefined for what is none. */
function driverCapability(capability: string): string | undefined {
  const name = capability.replace(/^nvidia-/, '');
  return nvidiaCapabilities.has(name) ? name : undefined;
}

function resourceOf(
  { driver, capabilities = [] }: DeviceRequest,
  named: ReadonlyMap<string, string>,
): string | undefined {
  for (const key of [driver ?? '', ...capabilities]) {
    const resource = named.get(key);
    if (resource !== undefined) return resource;
  }
  if (driver !== undefined && driver !== '') return byDriver.get(driver);
  if (capabilities.includes('tpu')) return 'google.com/tpu';
  const isGpu = capabilities.some(
    (one) => one === 'gpu' || one.startsWith('nvidia') || driverCapability(one) !== undefined,
  );
  return isGpu ? 'nvidia.com/gpu' : undefined;
}

/** Whether a text can be the name of an extended resource: a name under the domain of a vendor. */
export function isExtendedResource(name: string): boolean {
  return name.includes('/') && isQualifiedName(name) && !name.split('/')[0]?.endsWith('kubernetes.io');
}

/** A number of units of one extended resource. */
export interface DeviceCount {
  readonly resource: string;
  readonly count: Located<number>;
}

/** Counts as quantities by name; those of one name are added up at the place of the first. Undefined for none. */
export function deviceQuantities(counts: readonly DeviceCount[]): Quantities | undefined {
  const sums = new Map<string, Located<number>>();
  for (const { resource, count } of counts) {
    const known = sums.get(resource);
    sums.set(resource, known === undefined ? count : derive(known, known.value + count.value));
  }
  if (sums.size === 0) return undefined;
  return new Map([...sums].map(([resource, sum]) => [resource, derive(sum, String(sum.value))] as const));
}

type Voice = Pick<Scope<typeof deviceRequestMessages>, 'at' | 'options' | 'say' | 'settle'>;

function sayExtras(request: DeviceRequest, resource: string, path: Path, { say }: Voice): void {
  const options = Object.keys(request.options ?? {});
  if (options.length > 0) say('driver-options', [...path, 'options'], options.join(', '));
  const wanted = resource.startsWith('nvidia.com/') ? (request.capabilities ?? []).map(driverCapability) : [];
  const capabilities = wanted.filter((one) => one !== undefined);
  if (capabilities.length > 0) say('driver-capabilities', [...path, 'capabilities'], capabilities.join(','));
}

/** The count of one request; undefined when it is left out. */
function readRequest(request: DeviceRequest, path: Path, voice: Voice): DeviceCount | undefined {
  const { at, options, say, settle } = voice;
  const { capabilities = [], count, device_ids: ids = [], driver } = request;
  if (count !== undefined && request.device_ids !== undefined) say('count-and-ids', [...path, 'device_ids']);
  const resource = resourceOf(request, options.extendedResources);
  if (resource === undefined) {
    const wanted = driver
      ? `the driver ${driver}`
      : capabilities.length > 0
        ? `the capability ${capabilities.join(', ')}`
        : 'a device without capability';
    say('unknown-device', path, wanted);
    return undefined;
  }
  if (ids.length > 0) {
    say('device-ids', [...path, 'device_ids'], ids.length);
    settle(path, 'refused');
    return undefined;
  }
  sayExtras(request, resource, path, voice);
  if (count === undefined || count === -1) {
    say('all-as-one', [...path, 'count'], resource, count === -1);
    settle(path, 'delegated');
    return { resource, count: at(1, ...path, 'count') };
  }
  say('device-plugin', path, resource, count);
  return { resource, count: at(count, ...path, 'count') };
}

/**
 * What requests at `path` (`['gpus']`) come to: counts of extended resources, which device plugins have to offer. All
 * devices are one, as an extended resource has no word for all; a request for devices by their ids is refused.
 * @see https://github.com/compose-spec/compose-spec/blob/main/deploy.md#devices
 */
export function deviceRequests(requests: readonly DeviceRequest[], path: Path, voice: Voice): readonly DeviceCount[] {
  return requests.flatMap((request, index) => readRequest(request, [...path, index], voice) ?? []);
}
