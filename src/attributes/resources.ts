/** `cpus`, `mem_limit`, `deploy.resources` and their like: how much of a machine a service may have. */

import { quantityFromBytes } from '../kernel/bytes.ts';
import { delegated, error, notApplicable, refused } from '../kernel/diagnostic.ts';
import { deployResourcesSupport } from './deploy-resources-support.ts';
import {
  type DeviceCount,
  deviceQuantities,
  deviceRequest,
  deviceRequestMessages,
  deviceRequests,
  isExtendedResource,
} from './device-requests.ts';
import { pairsToMap } from './forms.ts';
import { amountMessages, resourceAmounts } from './resource-amounts.ts';
import { serviceResourcesSupport } from './resources-support.ts';
import { defineRule, type Scope, type Values } from './rule.ts';
import { boolean, bytes, cpus, integer, list, map, number, object, scalarText, text } from './shapes.ts';

const messages = {
  ...amountMessages,
  ...deviceRequestMessages,
  'empty-generic': error(
    'a generic resource without discrete_resource_spec asks for nothing',
    'add discrete_resource_spec: {kind: KIND, value: 1}',
  ),
  'unknown-kind': refused(
    (kind: string) => `the generic resource ${kind} has no vendor, which a resource of a cluster must have`,
    (kind: string) => `name it with --extended-resource ${kind}=vendor.com/name`,
  ),
  swap: delegated(
    (swap: string) => `${swap} of swap cannot be asked for by a pod`,
    'swap needs nodes with the kubelet setting memorySwap.swapBehavior LimitedSwap, where the share follows from the memory request',
  ),
  'real-time': delegated(
    (key: string) => `${key} has no counterpart, since containers get no real-time budget`,
    'use a node prepared for it and a privileged workload',
  ),
  processes: delegated(
    (count: number) => `a limit of ${count} processes is a setting of the nodes`,
    'set podPidsLimit in the kubelet configuration',
  ),
  'oom-score': notApplicable(
    (score: number) => `oom_score_adj: ${score} is computed by the kubelet from requests and limits`,
    'memory requests equal to limits, for every container of the pod, protect it best',
  ),
  'block-io': delegated(
    (settings: string) => `block I/O cannot be shared out by a pod: ${settings}`,
    'containerd and CRI-O can map the annotation blockio.resources.beta.kubernetes.io/pod to a class configured on the node',
  ),
};

type Voice = Scope<typeof messages>;

const throttle = () => list(object({ path: text().optional(), rate: bytes().optional() })).optional();

const blockIo = () =>
  object({
    device_read_bps: throttle(),
    device_read_iops: throttle(),
    device_write_bps: throttle(),
    device_write_iops: throttle(),
    weight: integer(0, 1000).optional(),
    weight_device: list(object({ path: text().optional(), weight: integer(0, 1000).optional() })).optional(),
  });

const resourcesShape = () =>
  object({
    limits: object({ cpus: cpus().optional(), memory: bytes().optional(), pids: integer(-1).optional() }).optional(),
    reservations: object({
      cpus: cpus().optional(),
      memory: bytes().optional(),
      generic_resources: list(
        object({ discrete_resource_spec: object({ kind: text(), value: integer(1) }).optional() }),
      ).optional(),
      devices: list(deviceRequest()).optional(),
    }).optional(),
  });

type BlockIo = NonNullable<Values<{ readonly io: typeof blockIo }>['io']>;
type Reservations = NonNullable<
  NonNullable<Values<{ readonly resources: typeof resourcesShape }>['resources']>['reservations']
>;

const reservationsPath = ['deploy', 'resources', 'reservations'] as const;

/** All settings in one line, such as `weight 300, device_read_bps /dev/sda 12Mi`. */
function blockIoText({ weight, weight_device: weights = [], ...throttles }: BlockIo): string {
  const rates = Object.entries(throttles).flatMap(([key, devices = []]) =>
    devices.map(({ path, rate = 0 }) => `${key} ${path ?? 'all'} ${quantityFromBytes(Math.max(0, rate))}`),
  );
  const shares = weights.map(({ path, weight: share = 0 }) => `weight_device ${path ?? 'all'} ${share}`);
  return [...(weight === undefined ? [] : [`weight ${weight}`]), ...shares, ...rates].join(', ');
}

/** Says what of the limits a pod cannot have, when there is anything to miss. */
function sayUnlimited(
  values: {
    readonly pids_limit?: number;
    readonly memswap_limit?: number;
    readonly oom_kill_disable?: boolean;
    readonly oom_score_adj?: number;
  },
  pids: number | undefined,
  memory: number | undefined,
  { say, settle }: Voice,
): void {
  const { pids_limit: own, memswap_limit: total } = values;
  const deployPath = ['deploy', 'resources', 'limits', 'pids'];
  const isLimit = (count: number | undefined): count is number => count !== undefined && count > 0;
  if (isLimit(own) && isLimit(pids) && own !== pids)
    say('differs', ['pids_limit'], 'pids_limit', String(own), deployPath.join('.'), String(pids));
  if (isLimit(pids)) say('processes', deployPath, pids);
  else settle(deployPath, 'converted');
  if (!isLimit(own)) settle(['pids_limit'], 'converted');
  else if (isLimit(pids)) settle(['pids_limit'], 'delegated');
  else say('processes', ['pids_limit'], own);
  if (total === -1) say('swap', ['memswap_limit'], 'an unlimited amount');
  else if (total === 0 || (total !== undefined && memory !== undefined && total <= memory))
    settle(['memswap_limit'], 'converted');
  else if (total !== undefined) say('swap', ['memswap_limit'], quantityFromBytes(total - (memory ?? 0)));
  if (values.oom_kill_disable === false) settle(['oom_kill_disable'], 'converted');
  if (values.oom_score_adj !== undefined) say('oom-score', ['oom_score_adj'], values.oom_score_adj);
}

/** A kind of Swarm as the name of an extended resource. */
function genericResource(kind: string, named: ReadonlyMap<string, string>): string | undefined {
  const resource = named.get(kind) ?? (/^(?:nvidia-)?gpu$/i.test(kind) ? 'nvidia.com/gpu' : kind);
  return isExtendedResource(resource) ? resource : undefined;
}

function genericResources(
  { generic_resources: items = [] }: Reservations,
  { at, options, say }: Voice,
): readonly DeviceCount[] {
  return items.flatMap(({ discrete_resource_spec: spec }, index) => {
    const path = [...reservationsPath, 'generic_resources', index];
    if (spec === undefined) {
      say('empty-generic', path);
      return [];
    }
    const resource = genericResource(spec.kind, options.extendedResources);
    if (resource === undefined) {
      say('unknown-kind', path, spec.kind);
      return [];
    }
    say('device-plugin', path, resource, spec.value);
    return [{ resource, count: at(spec.value, ...path, 'discrete_resource_spec', 'value') }];
  });
}

/**
 * Limits become limits and reservations become requests; what only a node can limit is told.
 * @see https://github.com/compose-spec/compose-spec/blob/main/deploy.md#resources
 */
export const resources = defineRule({
  name: 'resources',
  service: {
    cpu_count: () => integer(0),
    cpu_percent: () => number(),
    cpu_shares: () => number(),
    cpu_quota: () => number(),
    cpu_period: () => number(),
    cpu_rt_period: () => scalarText(),
    cpu_rt_runtime: () => scalarText(),
    cpus: () => cpus(),
    cpuset: () => text(),
    mem_limit: () => bytes(),
    mem_reservation: () => bytes(),
    mem_swappiness: () => integer(-1, 100),
    memswap_limit: () => bytes(),
    pids_limit: () => integer(-1),
    oom_kill_disable: () => boolean(),
    oom_score_adj: () => integer(-1000, 1000),
    blkio_config: blockIo,
    storage_opt: () => map(scalarText()),
  },
  deploy: { resources: resourcesShape },
  expand: { 'deploy.resources.reservations.devices[].options': pairsToMap },
  support: { ...serviceResourcesSupport, ...deployResourcesSupport },
  messages,
  lower(values, scope) {
    const { limits, reservations = {} } = values.deploy.resources ?? {};
    const amounts = resourceAmounts({ ...values, limits, reservations }, scope);
    for (const key of ['cpu_rt_period', 'cpu_rt_runtime'] as const)
      if (values[key] !== undefined) scope.say('real-time', [key], key);
    sayUnlimited(values, limits?.pids, amounts.memory, scope);
    if (values.blkio_config !== undefined)
      scope.say('block-io', ['blkio_config'], blockIoText(values.blkio_config) || 'nothing stated');
    const devices = deviceRequests(reservations.devices ?? [], [...reservationsPath, 'devices'], scope);
    return {
      limits: amounts.limits,
      requests: amounts.requests,
      reservedDevices: deviceQuantities([...genericResources(reservations, scope), ...devices]),
    };
  },
});
