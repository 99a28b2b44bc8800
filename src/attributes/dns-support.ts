/** What becomes of the name and resolver attributes of a service. */

import { does, type SupportTable, when } from './rule.ts';

/** Entries of the `dns` rule. */
export const dnsSupport = {
  'services.*.dns': does(
    'approximated',
    ['Workload.spec.template.spec.dnsConfig.nameservers'],
    "Appended after the cluster's server with dnsPolicy ClusterFirst, so service names keep resolving; more than three servers in all is an error.",
    {
      note: 'Resolvers ask the cluster server first and the listed ones only if it does not answer; to send a domain elsewhere configure a CoreDNS stub domain.',
      cases: [
        when(
          'x-kubernetes.dnsPolicy: None',
          'converted',
          ['Workload.spec.template.spec.dnsPolicy'],
          'Only the listed servers are used; service names no longer resolve.',
        ),
      ],
    },
  ),
  'services.*.dns[]': does(
    'approximated',
    ['Workload.spec.template.spec.dnsConfig.nameservers[]'],
    'An IPv4 or IPv6 address.',
    { note: 'See dns.' },
  ),
  'services.*.dns_opt': does(
    'converted',
    ['Workload.spec.template.spec.dnsConfig.options'],
    'Merged over the pod defaults (ndots:5), the listed value winning.',
  ),
  'services.*.dns_opt[]': does(
    'converted',
    ['Workload.spec.template.spec.dnsConfig.options[]'],
    '`name` or `name:value`, split at the first colon.',
  ),
  'services.*.dns_search': does(
    'approximated',
    ['Workload.spec.template.spec.dnsConfig.searches'],
    "Appended after the namespace's own domains; `.` (no search) needs x-kubernetes.dnsPolicy: None; at most 32 domains and 2048 characters.",
    { note: 'The cluster domains are tried first, so a short name may match a Service before an outside host.' },
  ),
  'services.*.dns_search[]': does('approximated', ['Workload.spec.template.spec.dnsConfig.searches[]'], 'One domain.', {
    note: 'See dns_search.',
  }),
  'services.*.extra_hosts': does(
    'converted',
    ['Workload.spec.template.spec.hostAliases'],
    'Grouped by address, one hostAliases entry per address with its names in file order.',
  ),
  'services.*.extra_hosts.*': does(
    'converted',
    ['Workload.spec.template.spec.hostAliases[]'],
    'Map form host: address, or host: [addresses].',
  ),
  'services.*.extra_hosts.*[]': does(
    'converted',
    ['Workload.spec.template.spec.hostAliases[]'],
    'One of several addresses.',
  ),
  'services.*.extra_hosts[]': does(
    'converted',
    ['Workload.spec.template.spec.hostAliases[]'],
    'List form HOST=ADDRESS, or HOST:ADDRESS split at the first colon; IPv6 brackets are removed.',
    {
      cases: [
        when(
          'ADDRESS is host-gateway',
          'refused',
          ['report.error'],
          'A pod has no Compose host to call back; point the name at a Service or ExternalName. --drop removes the line.',
        ),
      ],
    },
  ),
  'services.*.hostname': does(
    'converted',
    ['Workload.spec.template.spec.hostname', 'Workload.spec.template.spec.hostnameOverride'],
    "A DNS label goes to hostname; with dots, with domainname, or on a StatefulSet, which overwrites hostname with the name of the pod, to hostnameOverride (at most 64 characters; needs v1.35). Unset, it is the service's own name if its healthcheck asks for it or it is told that name with a port, because a Service leads nowhere before the pod is ready. Upper case is lowered and `_` becomes `-`, with a warning. Together with network_mode: host it is reported and ignored, as such a pod has its node's name.",
    {
      cases: [
        when(
          "another service's environment, command or config mentions it as a host name",
          'converted',
          ['Service.metadata.name'],
          'A further Service of that name is added, as for container_name.',
        ),
        when(
          'the value holds a Swarm template such as {{.Task.Slot}} or {{.Node.Hostname}}',
          'approximated',
          ['report.warning'],
          'Left out: pod names already tell replicas apart, and a StatefulSet numbers them.',
        ),
      ],
    },
  ),
  'services.*.domainname': does(
    'approximated',
    ['Workload.spec.template.spec.hostnameOverride'],
    'hostnameOverride becomes <hostname or service>.<domainname>, at most 64 characters (on by default since v1.35, stable in v1.37); below that version it is reported only.',
    { note: 'Seen by the container itself; no DNS record follows from it.' },
  ),
} satisfies SupportTable;
