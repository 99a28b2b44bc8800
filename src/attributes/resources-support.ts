/** What becomes of the resource attributes that stand directly in a service. */

import { does, pending, type SupportTable } from './rule.ts';

const noBlockControl =
  'The pod API has no block I/O control; containerd and CRI-O can map the pod annotation blockio.resources.beta.kubernetes.io/pod to a class configured on the node.';

/** Entries of the `resources` rule for keys of the service itself. */
export const serviceResourcesSupport = {
  'services.*.cpu_count': pending(
    'delegated',
    ['Workload.spec.template.spec.containers[].resources.limits.cpu'],
    'Windows Hyper-V: becomes limits.cpu when no other CPU limit is given; on Linux reported and ignored.',
    { note: 'Only meaningful on Windows nodes.' },
  ),
  'services.*.cpu_percent': does(
    'not-applicable',
    ['report.info'],
    'Windows Hyper-V share of the host; reported and ignored.',
    { note: 'State an absolute limit with deploy.resources.limits.cpus.' },
  ),
  'services.*.cpu_shares': does(
    'approximated',
    ['Workload.spec.template.spec.containers[].resources.requests.cpu'],
    'requests.cpu is shares/1024 cores in millicores, at least 1m, when no CPU reservation is given; 0 is unset.',
    {
      note: 'A request sets the same weight on the node but is also reserved by the scheduler, which shares never were.',
    },
  ),
  'services.*.cpu_quota': does(
    'converted',
    ['Workload.spec.template.spec.containers[].resources.limits.cpu'],
    'limits.cpu is quota/period cores, rounded up to 1m; 0 or -1 means no limit. It loses to cpus and to deploy.resources.limits.cpus, and a different value there is an error.',
  ),
  'services.*.cpu_period': does(
    'approximated',
    ['Workload.spec.template.spec.containers[].resources.limits.cpu'],
    'Divisor of cpu_quota, default 100000 microseconds; alone it has no effect.',
    { note: 'The period itself is one setting per node (kubelet cpuCFSQuotaPeriod).' },
  ),
  'services.*.cpu_rt_period': does('delegated', ['report.warning'], 'Reported and ignored.', {
    note: 'Kubernetes gives containers no real-time budget; use a node prepared for it and a privileged workload.',
  }),
  'services.*.cpu_rt_runtime': does('delegated', ['report.warning'], 'Reported and ignored.', {
    note: 'See cpu_rt_period.',
  }),
  'services.*.cpus': does(
    'converted',
    ['Workload.spec.template.spec.containers[].resources.limits.cpu'],
    'Same notation as deploy.resources.limits.cpus and must equal it when both are set; 0 means no limit.',
  ),
  'services.*.cpuset': does(
    'delegated',
    [
      'Workload.spec.template.spec.containers[].resources.requests.cpu',
      'Workload.spec.template.spec.containers[].resources.limits.cpu',
    ],
    'When no CPU limit is given, request and limit become the number of CPUs in the set, whole, which with equal memory request and limit makes the pod Guaranteed; the CPU numbers themselves are dropped and reported.',
    { note: "Exclusive cores need the kubelet's static CPU manager policy; which cores is its choice." },
  ),
  'services.*.mem_limit': does(
    'converted',
    ['Workload.spec.template.spec.containers[].resources.limits.memory'],
    'Same notation as deploy.resources.limits.memory and must equal it when both are set; 0 means no limit.',
  ),
  'services.*.mem_reservation': does(
    'converted',
    ['Workload.spec.template.spec.containers[].resources.requests.memory'],
    'Same notation as deploy.resources.limits.memory; must equal deploy.resources.reservations.memory when both are set, and may not exceed the limit.',
  ),
  'services.*.mem_swappiness': does('not-applicable', ['report.info'], 'Reported and ignored.', {
    note: 'Swap is a node setting (kubelet memorySwap.swapBehavior); pods cannot tune it.',
  }),
  'services.*.memswap_limit': does(
    'delegated',
    ['report.info'],
    'Equal to mem_limit, 0 or unset: nothing to say, pods get no swap unless the node allows it. Otherwise reported with the swap it asks for.',
    {
      note: 'Swap for pods needs nodes with kubelet memorySwap.swapBehavior LimitedSwap, where the share follows from the memory request.',
    },
  ),
  'services.*.pids_limit': does(
    'delegated',
    ['report.warning'],
    'As deploy.resources.limits.pids, which it must equal when both are set.',
    { note: 'Set podPidsLimit in the kubelet configuration.' },
  ),
  'services.*.oom_kill_disable': does(
    'not-applicable',
    ['report.info'],
    'true is reported and ignored; false is the normal state.',
    { note: 'The kernel of cgroup v2 and Kubernetes both lack it; set a sufficient memory limit.' },
  ),
  'services.*.oom_score_adj': does(
    'not-applicable',
    ['report.info'],
    'Reported and ignored; a negative value draws the advice to set memory requests equal to limits (QoS Guaranteed scores -997).',
    { note: 'The kubelet computes it from the QoS class.' },
  ),
  'services.*.blkio_config': does(
    'delegated',
    ['report.warning'],
    'Listed in the report with all values; no object changes.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.device_read_bps': does(
    'delegated',
    ['report.warning'],
    'Throttle in bytes per second; reported per device.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.device_read_bps[]': does('delegated', ['report.warning'], 'One device with its rate.', {
    note: noBlockControl,
  }),
  'services.*.blkio_config.device_read_bps[].path': does(
    'delegated',
    ['report.warning'],
    'Device node on one machine; a cluster has no such name.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.device_read_bps[].rate': does(
    'delegated',
    ['report.warning'],
    'Number, or byte text such as 12mb for the bps kinds, in bytes per second.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.device_read_iops': does(
    'delegated',
    ['report.warning'],
    'Throttle in operations per second; reported per device.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.device_read_iops[]': does('delegated', ['report.warning'], 'One device with its rate.', {
    note: noBlockControl,
  }),
  'services.*.blkio_config.device_read_iops[].path': does(
    'delegated',
    ['report.warning'],
    'Device node on one machine; a cluster has no such name.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.device_read_iops[].rate': does(
    'delegated',
    ['report.warning'],
    'Number, or byte text such as 12mb for the bps kinds, in operations per second.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.device_write_bps': does(
    'delegated',
    ['report.warning'],
    'Throttle in bytes per second; reported per device.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.device_write_bps[]': does('delegated', ['report.warning'], 'One device with its rate.', {
    note: noBlockControl,
  }),
  'services.*.blkio_config.device_write_bps[].path': does(
    'delegated',
    ['report.warning'],
    'Device node on one machine; a cluster has no such name.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.device_write_bps[].rate': does(
    'delegated',
    ['report.warning'],
    'Number, or byte text such as 12mb for the bps kinds, in bytes per second.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.device_write_iops': does(
    'delegated',
    ['report.warning'],
    'Throttle in operations per second; reported per device.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.device_write_iops[]': does('delegated', ['report.warning'], 'One device with its rate.', {
    note: noBlockControl,
  }),
  'services.*.blkio_config.device_write_iops[].path': does(
    'delegated',
    ['report.warning'],
    'Device node on one machine; a cluster has no such name.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.device_write_iops[].rate': does(
    'delegated',
    ['report.warning'],
    'Number, or byte text such as 12mb for the bps kinds, in operations per second.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.weight': does(
    'delegated',
    ['report.warning'],
    'Relative weight 10 to 1000, default 500; reported.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.weight_device': does(
    'delegated',
    ['report.warning'],
    'Relative weight per device; reported.',
    { note: noBlockControl },
  ),
  'services.*.blkio_config.weight_device[]': does('delegated', ['report.warning'], 'One device with its weight.', {
    note: noBlockControl,
  }),
  'services.*.blkio_config.weight_device[].path': does('delegated', ['report.warning'], 'Device node on one machine.', {
    note: noBlockControl,
  }),
  'services.*.blkio_config.weight_device[].weight': does('delegated', ['report.warning'], '10 to 1000.', {
    note: noBlockControl,
  }),
  'services.*.storage_opt': does(
    'approximated',
    ['Workload.spec.template.spec.containers[].resources.limits.ephemeral-storage'],
    'size becomes the ephemeral-storage limit; other keys are reported.',
    { note: 'Exceeding it evicts the pod instead of failing the write.' },
  ),
  'services.*.storage_opt.*': does(
    'approximated',
    ['Workload.spec.template.spec.containers[].resources.limits.ephemeral-storage'],
    'size in byte notation; anything else is a storage-driver option without a counterpart.',
    { note: 'See storage_opt.' },
  ),
} satisfies SupportTable;
