/** What becomes of `deploy.resources`. */

import { does, extension, pending, type SupportTable, when } from './rule.ts';

const limits = ['Workload.spec.template.spec.containers[].resources.limits'];
const both = [
  'Workload.spec.template.spec.containers[].resources.requests',
  'Workload.spec.template.spec.containers[].resources.limits',
];

/** Entries of the `resources` rule for `deploy.resources`. */
export const deployResourcesSupport = {
  'services.*.deploy.resources': does(
    'converted',
    ['Workload.spec.template.spec.containers[].resources'],
    "limits become limits and reservations become requests, on the service's own container only.",
  ),
  'services.*.deploy.resources.limits': does(
    'converted',
    limits,
    'A request above its limit is an error, as the API server would reject it. No request is invented: when only a limit is given Kubernetes itself uses it as the request, which is said once as info.',
  ),
  'services.*.deploy.resources.limits.cpus': does(
    'converted',
    ['Workload.spec.template.spec.containers[].resources.limits.cpu'],
    'Cores as number or string, written in millicores without trailing zeros (\'0.50\' is 500m, 2 is "2"), rounded up to 1m; 0 means no limit and is left out. Must equal `cpus` when both are set.',
  ),
  'services.*.deploy.resources.limits.memory': does(
    'converted',
    ['Workload.spec.template.spec.containers[].resources.limits.memory'],
    'Compose units are powers of 1024 (b, k, m, g, t with optional b or ib): 512m is 512Mi, 1.5g is 1536Mi, anything not whole in Ki is plain bytes. A bare `m` is never written, since it means milli; 0 means no limit; must equal mem_limit when both are set.',
  ),
  'services.*.deploy.resources.limits.pids': does(
    'delegated',
    ['report.warning'],
    'No field exists in a pod; reported with the value. -1 or 0 (unlimited) needs no message.',
    { note: 'Set podPidsLimit in the kubelet configuration of the nodes that run this service.' },
  ),
  'services.*.deploy.resources.limits.x-*': extension('resource limits'),
  'services.*.deploy.resources.reservations': does(
    'converted',
    ['Workload.spec.template.spec.containers[].resources.requests'],
    'Guaranteed share: requests decide scheduling and are what the node sets aside.',
  ),
  'services.*.deploy.resources.reservations.cpus': does(
    'converted',
    ['Workload.spec.template.spec.containers[].resources.requests.cpu'],
    'Same notation as limits.cpus.',
  ),
  'services.*.deploy.resources.reservations.memory': does(
    'converted',
    ['Workload.spec.template.spec.containers[].resources.requests.memory'],
    'Same notation as limits.memory; must equal mem_reservation when both are set.',
  ),
  'services.*.deploy.resources.reservations.generic_resources': does(
    'delegated',
    both,
    'Each kind becomes an extended resource, in requests and limits alike (Kubernetes demands equality).',
    { note: 'A device plugin or `kubectl patch node --subresource=status` must advertise the resource on the nodes.' },
  ),
  'services.*.deploy.resources.reservations.generic_resources[]': does(
    'delegated',
    both,
    'Only discrete_resource_spec exists; an empty item is an error.',
    { note: 'See generic_resources.' },
  ),
  'services.*.deploy.resources.reservations.generic_resources[].discrete_resource_spec': does(
    'delegated',
    both,
    'kind and value together are one extended resource.',
    { note: 'See generic_resources.' },
  ),
  'services.*.deploy.resources.reservations.generic_resources[].discrete_resource_spec.kind': does(
    'delegated',
    limits,
    'A kind with a domain (vendor.com/name) is used as it is; gpu, GPU, NVIDIA-GPU mean nvidia.com/gpu; any other kind needs --extended-resource KIND=vendor.com/name and is otherwise an error.',
    { note: 'Swarm kinds have no vendor domain, Kubernetes resource names must have one.' },
  ),
  'services.*.deploy.resources.reservations.generic_resources[].discrete_resource_spec.value': does(
    'delegated',
    limits,
    'Whole number of units, 1 or more.',
    { note: 'See generic_resources.' },
  ),
  'services.*.deploy.resources.reservations.generic_resources[].discrete_resource_spec.x-*':
    extension('a generic resource'),
  'services.*.deploy.resources.reservations.generic_resources[].x-*': extension('a generic resource'),
  'services.*.deploy.resources.reservations.devices': does(
    'delegated',
    ['Workload.spec.template.spec.containers[].resources.limits', 'Workload.spec.template.spec.resourceClaims'],
    'Every reservation entry becomes a count of an extended resource; entries that need more than a count (count all, device_ids, options) become a ResourceClaimTemplate of resource.k8s.io/v1.',
    {
      note: "Needs the vendor's device plugin (count) or DRA driver (all, ids, options) on the nodes; GPU operator installs both.",
    },
  ),
  'services.*.deploy.resources.reservations.devices[]': does(
    'delegated',
    ['Workload.spec.template.spec.containers[].resources.limits', 'Workload.spec.template.spec.resourceClaims'],
    'One device request; count and device_ids together are an error.',
    { note: 'See the parent attribute.' },
  ),
  'services.*.deploy.resources.reservations.devices[].capabilities': does(
    'delegated',
    limits,
    'gpu (or a list holding it) selects the GPU resource, tpu selects google.com/tpu; no known capability and no driver is an error.',
    {
      note: 'Driver capabilities such as compute, utility, video reach NVIDIA containers only as NVIDIA_DRIVER_CAPABILITIES, which is added to env when listed.',
    },
  ),
  'services.*.deploy.resources.reservations.devices[].capabilities[]': does(
    'delegated',
    limits,
    'gpu, tpu, or a driver-prefixed name such as nvidia-compute.',
    { note: 'See capabilities.' },
  ),
  'services.*.deploy.resources.reservations.devices[].count': does(
    'delegated',
    [
      'Workload.spec.template.spec.containers[].resources.limits',
      'ResourceClaimTemplate.spec.spec.devices.requests[].exactly',
    ],
    'A number is the limit. all, -1 or unset: a DRA request with allocationMode All; with --no-dra it becomes 1 and a warning, as extended resources have no word for all.',
    {
      note: 'allocationMode All needs a DRA driver (DRA is stable since v1.34).',
      cases: [
        when(
          'all, -1 or unset, as long as DRA requests are not written',
          'approximated',
          ['Workload.spec.template.spec.containers[].resources.limits'],
          '1, with a warning.',
        ),
      ],
    },
  ),
  'services.*.deploy.resources.reservations.devices[].device_ids': does(
    'delegated',
    ['ResourceClaimTemplate.spec.spec.devices.requests[].exactly.selectors[].cel'],
    'A DRA request with one CEL selector per id; without DRA it is an error.',
    {
      note: 'Index ids such as "0" name a slot of one machine and mean nothing on a cluster; use UUIDs or drop the ids and state a count.',
      cases: [
        when(
          'as long as DRA requests are not written',
          'refused',
          ['report.error'],
          'The whole request is left out; the message names the count to state instead.',
        ),
      ],
    },
  ),
  'services.*.deploy.resources.reservations.devices[].device_ids[]': does(
    'delegated',
    ['ResourceClaimTemplate.spec.spec.devices.requests[].exactly.selectors[].cel'],
    "Matches the driver's uuid attribute.",
    { note: 'See device_ids.' },
  ),
  'services.*.deploy.resources.reservations.devices[].driver': does(
    'delegated',
    limits,
    'nvidia (default for gpu): nvidia.com/gpu and DeviceClass gpu.nvidia.com; amd: amd.com/gpu; intel: gpu.intel.com/xe; others need --extended-resource.',
    { note: "The resource name is the vendor's choice." },
  ),
  'services.*.deploy.resources.reservations.devices[].options': pending(
    'delegated',
    ['ResourceClaimTemplate.spec.spec.devices.config[].opaque'],
    'Passed as opaque DRA configuration when DRA is used, otherwise reported.',
    { note: "Their meaning is the driver's own." },
  ),
  'services.*.deploy.resources.reservations.devices[].options.*': pending(
    'delegated',
    ['ResourceClaimTemplate.spec.spec.devices.config[].opaque'],
    'Map form of one driver option.',
    { note: 'See options.' },
  ),
  'services.*.deploy.resources.reservations.devices[].options[]': pending(
    'delegated',
    ['ResourceClaimTemplate.spec.spec.devices.config[].opaque'],
    'List form KEY=VALUE of one driver option.',
    { note: 'See options.' },
  ),
  'services.*.deploy.resources.reservations.devices[].x-*': extension('a device request'),
  'services.*.deploy.resources.reservations.x-*': extension('reservations'),
  'services.*.deploy.resources.x-*': extension('resources'),
} satisfies SupportTable;
