/** What becomes of `sysctls` and `ulimits`. */

import { does, extension, type SupportTable, when } from './rule.ts';

/** Entries of the `sysctls` rule. */
export const sysctlsSupport = {
  'services.*.sysctls': does(
    'converted',
    ['Workload.spec.template.spec.securityContext.sysctls'],
    'Pod-wide, sorted by name, values as text. Refused together with network_mode: host (net.*) or ipc: host (kernel.shm*, kernel.msg*, kernel.sem, fs.mqueue.*).',
  ),
  'services.*.sysctls.*': does('converted', ['Workload.spec.template.spec.securityContext.sysctls[]'], 'Map form.', {
    cases: [
      when(
        'kernel.shm_rmid_forced, net.ipv4.ip_local_port_range, tcp_syncookies, ping_group_range, ip_unprivileged_port_start, ip_local_reserved_ports, tcp_keepalive_time, tcp_keepalive_intvl, tcp_keepalive_probes, tcp_fin_timeout, tcp_rmem, tcp_wmem, tcp_slow_start_after_idle, tcp_notsent_lowat',
        'converted',
        ['Workload.spec.template.spec.securityContext.sysctls[]'],
        'Safe: every node accepts it.',
      ),
      when(
        'any other namespaced one, e.g. net.core.somaxconn',
        'delegated',
        ['Workload.spec.template.spec.securityContext.sysctls[]'],
        'Emitted with a warning: the kubelet must list it in allowedUnsafeSysctls, or the pod is rejected.',
      ),
      when(
        'not namespaced, e.g. vm.max_map_count, fs.file-max',
        'delegated',
        ['report.warning'],
        'Not emitted, since no kubelet can be told to allow it: set it on the node, or from a privileged DaemonSet.',
      ),
    ],
  }),
  'services.*.sysctls[]': does(
    'converted',
    ['Workload.spec.template.spec.securityContext.sysctls[]'],
    'List form NAME=VALUE.',
  ),
  'services.*.ulimits': does(
    'delegated',
    ['report.warning'],
    'Listed in the report; no object changes. A nofile value up to the usual containerd default of 1048576 is info only.',
    {
      note: "The pod API has no ulimits: set default_ulimits in the node's CRI-O, LimitNOFILE of containerd, or raise soft limits in the entrypoint (`ulimit -n N && exec ...`).",
    },
  ),
  'services.*.ulimits.*': does('delegated', ['report.warning'], 'A number is soft and hard alike.', {
    note: "The pod API has no ulimits: set default_ulimits in the node's CRI-O, LimitNOFILE of containerd, or raise soft limits in the entrypoint (`ulimit -n N && exec ...`).",
  }),
  'services.*.ulimits.*.hard': does('delegated', ['report.warning'], 'Hard limit.', {
    note: "The pod API has no ulimits: set default_ulimits in the node's CRI-O, LimitNOFILE of containerd, or raise soft limits in the entrypoint (`ulimit -n N && exec ...`).",
  }),
  'services.*.ulimits.*.soft': does('delegated', ['report.warning'], 'Soft limit.', {
    note: "The pod API has no ulimits: set default_ulimits in the node's CRI-O, LimitNOFILE of containerd, or raise soft limits in the entrypoint (`ulimit -n N && exec ...`).",
  }),
  'services.*.ulimits.*.x-*': extension('a ulimit'),
} satisfies SupportTable;
