/** What becomes of the device attributes of a service. */

import { does, extension, pending, type SupportTable, when } from './rule.ts';

const limits = ['Workload.spec.template.spec.containers[].resources.limits'];
const nodesDiffer =
  'Nodes differ: a path such as /dev/ttyUSB0 exists on one of them, so a device plugin (generic-device-plugin, smarter, Akri) or a DRA driver must offer it to the scheduler.';

/** Entries of the `devices` rule. */
export const devicesSupport = {
  'services.*.devices': does(
    'refused',
    [
      'report.error',
      'Workload.spec.template.spec.containers[].resources.limits',
      'Workload.spec.template.spec.volumes[].hostPath',
    ],
    'An error that names the device plugin to use, unless --extended-resource PATH=vendor.com/name turns the entry into a limit of 1, --allow host-devices emits a hostPath (CharDevice or BlockDevice) plus privileged: true, or --drop leaves it out.',
    { note: nodesDiffer },
  ),
  'services.*.devices[]': does(
    'refused',
    ['report.error', 'Workload.spec.template.spec.containers[].resources.limits'],
    'HOST[:CONTAINER[:rwm]], or a CDI name vendor.com/class=name, which becomes a DRA request for DeviceClass --device-class CLASS=NAME.',
    {
      note: nodesDiffer,
      cases: [
        when(
          '/dev/dri, /dev/kfd, /dev/nvidia*',
          'delegated',
          ['Workload.spec.template.spec.containers[].resources.limits'],
          'Suggests gpu.intel.com/xe, amd.com/gpu or nvidia.com/gpu.',
        ),
        when(
          '/dev/fuse, /dev/net/tun, /dev/kvm',
          'delegated',
          ['Workload.spec.template.spec.containers[].resources.limits'],
          'Suggests the matching resource of a generic device plugin; /dev/net/tun also works with NET_ADMIN and an mknod in the container.',
        ),
      ],
    },
  ),
  'services.*.devices[].source': does('refused', ['report.error'], 'Path on the machine, or a CDI name.', {
    note: nodesDiffer,
  }),
  'services.*.devices[].target': does(
    'refused',
    ['report.error'],
    'Path in the container, default the source; a device plugin fixes it itself, so a different target is reported even with --extended-resource.',
    { note: nodesDiffer },
  ),
  'services.*.devices[].permissions': does(
    'refused',
    ['report.error'],
    'rwm by default; a narrower value is reported, as a device plugin decides.',
    { note: nodesDiffer },
  ),
  'services.*.devices[].x-*': extension('a device'),
  'services.*.device_cgroup_rules': does(
    'refused',
    ['report.error'],
    'An error unless --drop or --allow privileged: nothing but a privileged container can be given such rules.',
    { note: 'Ask for a device plugin that hands out the device, or run the service privileged.' },
  ),
  'services.*.device_cgroup_rules[]': does(
    'refused',
    ['report.error'],
    "One rule in the kernel's `type major:minor access` form; see the list.",
    { note: 'See device_cgroup_rules.' },
  ),
  'services.*.gpus': does(
    'delegated',
    ['Workload.spec.template.spec.containers[].resources.limits', 'Workload.spec.template.spec.resourceClaims'],
    'A device request with capability gpu implied: the string all is one request for every GPU, a list works like deploy.resources.reservations.devices.',
    {
      note: "Needs the vendor's device plugin (count) or DRA driver (all, ids, options) on the nodes; GPU operator installs both.",
    },
  ),
  'services.*.gpus.x-*': extension('gpus'),
  'services.*.gpus[]': does(
    'delegated',
    ['Workload.spec.template.spec.containers[].resources.limits', 'Workload.spec.template.spec.resourceClaims'],
    'One device request; count and device_ids together are an error.',
    { note: 'See the parent attribute.' },
  ),
  'services.*.gpus[].capabilities': does(
    'delegated',
    limits,
    'gpu (or a list holding it) selects the GPU resource, tpu selects google.com/tpu; no known capability and no driver is an error.',
    {
      note: 'Driver capabilities such as compute, utility, video reach NVIDIA containers only as NVIDIA_DRIVER_CAPABILITIES, which is added to env when listed.',
    },
  ),
  'services.*.gpus[].capabilities[]': does(
    'delegated',
    limits,
    'gpu, tpu, or a driver-prefixed name such as nvidia-compute.',
    { note: 'See capabilities.' },
  ),
  'services.*.gpus[].count': does(
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
  'services.*.gpus[].device_ids': does(
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
  'services.*.gpus[].device_ids[]': does(
    'delegated',
    ['ResourceClaimTemplate.spec.spec.devices.requests[].exactly.selectors[].cel'],
    "Matches the driver's uuid attribute.",
    { note: 'See device_ids.' },
  ),
  'services.*.gpus[].driver': does(
    'delegated',
    limits,
    'nvidia (default for gpu): nvidia.com/gpu and DeviceClass gpu.nvidia.com; amd: amd.com/gpu; intel: gpu.intel.com/xe; others need --extended-resource.',
    { note: "The resource name is the vendor's choice." },
  ),
  'services.*.gpus[].options': pending(
    'delegated',
    ['ResourceClaimTemplate.spec.spec.devices.config[].opaque'],
    'Passed as opaque DRA configuration when DRA is used, otherwise reported.',
    { note: "Their meaning is the driver's own." },
  ),
  'services.*.gpus[].options.*': pending(
    'delegated',
    ['ResourceClaimTemplate.spec.spec.devices.config[].opaque'],
    'Map form of one driver option.',
    { note: 'See options.' },
  ),
  'services.*.gpus[].options[]': pending(
    'delegated',
    ['ResourceClaimTemplate.spec.spec.devices.config[].opaque'],
    'List form KEY=VALUE of one driver option.',
    { note: 'See options.' },
  ),
} satisfies SupportTable;
