/** What becomes of the network attributes of a service and of the top-level `networks`. */

import { does, extension, pending, type SupportTable, when } from './rule.ts';

/** Entries of the `networks` rule. */
export const networksSupport = {
  'services.*.networks': does(
    'converted',
    ['Workload.spec.template.metadata.labels[compose.network/<name>]', 'NetworkPolicy'],
    'All pods can reach each other by default. Policies are emitted only where the file separates services: some network is internal, or at least two networks are in use and some pair of services shares none; then each network becomes one NetworkPolicy and its members carry a label. --network-policies=auto|always|never.',
    {
      note: 'Info: a policy acts only if the network plug-in enforces it (Calico, Cilium, most clouds; not plain flannel), and names of unreachable services still resolve.',
    },
  ),
  'services.*.networks[]': does(
    'converted',
    ['Workload.spec.template.metadata.labels[compose.network/<name>]'],
    'Short form: network name; unknown is an error. An empty list is the default network.',
  ),
  'services.*.networks.*': does(
    'converted',
    ['Workload.spec.template.metadata.labels[compose.network/<name>]'],
    'Long form; null is the short form.',
  ),
  'services.*.networks.*.aliases': does(
    'converted',
    ['Service.metadata.name'],
    'Each alias is one more Service with the same ports and selector. An alias given by several services is one Service whose selector is the pod label compose.alias/<alias>, carried by all of them, so requests spread over them as in Compose.',
  ),
  'services.*.networks.*.aliases[]': does(
    'converted',
    ['Service.metadata.name'],
    "Must become a DNS label; an alias equal to the service's own name is ignored, to another service's name an error. Aliases are namespace-wide, not per network (info).",
    {
      cases: [
        when(
          'the alias contains a dot',
          'refused',
          ['report.error'],
          'A Service name cannot hold dots; use a CoreDNS rewrite or change the name. --drop removes it.',
        ),
      ],
    },
  ),
  'services.*.networks.*.interface_name': does('not-applicable', ['report.info'], 'Reported and ignored.', {
    note: 'Pods have eth0; named extra interfaces need Multus.',
  }),
  'services.*.networks.*.ipv4_address': does(
    'not-applicable',
    ['report.info'],
    'Ignored; when the same address occurs elsewhere in the file (environment, extra_hosts, commands), a warning names each place.',
    { note: 'Pod addresses are assigned by the cluster; use the service name.' },
  ),
  'services.*.networks.*.ipv6_address': does('not-applicable', ['report.info'], 'As ipv4_address.', {
    note: 'Pod addresses are assigned by the cluster; use the service name.',
  }),
  'services.*.networks.*.link_local_ips': does('not-applicable', ['report.info'], 'Reported and ignored.', {
    note: "Link-local addresses are the node's business.",
  }),
  'services.*.networks.*.link_local_ips[]': does('not-applicable', ['report.info'], 'One address.', {
    note: 'See link_local_ips.',
  }),
  'services.*.networks.*.mac_address': does('not-applicable', ['report.info'], 'Reported and ignored.', {
    note: 'See services.*.mac_address.',
  }),
  'services.*.networks.*.driver_opts': does('not-applicable', ['report.info'], 'Reported and ignored.', {
    note: 'Endpoint options of a Docker network driver.',
  }),
  'services.*.networks.*.driver_opts.*': does(
    'not-applicable',
    ['report.info'],
    'One option; com.docker.network.endpoint.sysctls should be stated as sysctls.',
    { note: 'See driver_opts.' },
  ),
  'services.*.networks.*.priority': does('not-applicable', ['report.info'], 'Ignored.', {
    note: 'A pod joins one network, so there is no order.',
  }),
  'services.*.networks.*.gw_priority': does('not-applicable', ['report.info'], 'Ignored.', {
    note: "A pod has one default gateway, the cluster's.",
  }),
  'services.*.networks.*.x-*': extension('a network attachment'),
  'services.*.network_mode': does(
    'converted',
    ['Workload.spec.template.spec.hostNetwork', 'NetworkPolicy'],
    'Value by case; together with `networks` an error, as in Compose.',
    {
      cases: [
        when(
          'bridge, default, or the name of a project network',
          'converted',
          ['report.info'],
          'Ordinary pod network.',
        ),
        when(
          'host',
          'converted',
          ['Workload.spec.template.spec.hostNetwork', 'Workload.spec.template.spec.dnsPolicy'],
          'hostNetwork: true with dnsPolicy ClusterFirstWithHostNet; ports become declarations only, update strategy maxSurge 0, and the privileged Pod Security level is needed (warning).',
        ),
        when(
          'none',
          'approximated',
          ['NetworkPolicy.spec'],
          'A policy selecting the pod with no ingress and no egress rule; the interface still exists, and the network plug-in must enforce policies.',
        ),
        when(
          'service:NAME',
          'approximated',
          ['Workload.spec.template.spec.containers[]'],
          "One pod for both: NAME's workload hosts the extra container and both Services select it; NAME becomes a native sidecar when this service depends on it being healthy. Replicas must agree, and ports must not collide.",
        ),
        when(
          'container:NAME',
          'refused',
          ['report.error'],
          'As service:X when NAME is the container_name of service X, otherwise an error.',
        ),
      ],
    },
  ),
  'services.*.links': does(
    'converted',
    ['Service', 'applier.order'],
    'Counts as depends_on service_started; names already resolve. An alias different from the service name is one more Service (see networks.*.aliases).',
  ),
  'services.*.links[]': does('converted', ['Service.metadata.name'], 'SERVICE or SERVICE:ALIAS.'),
  'services.*.external_links': pending(
    'approximated',
    ['Service.spec.externalName'],
    'Each becomes a Service of type ExternalName named after the alias and pointing to <service>.<namespace>.svc.<cluster domain>.',
    {
      note: 'Which namespace or host the outside service lives in is unknown: the same namespace is assumed, and --external-link NAME=HOST sets it.',
    },
  ),
  'services.*.external_links[]': pending(
    'approximated',
    ['Service.spec.externalName'],
    'NAME or NAME:ALIAS; an alias equal to a project service is an error.',
    { note: 'See external_links.' },
  ),
  'services.*.mac_address': does('not-applicable', ['report.info'], 'Reported and ignored.', {
    note: 'The network plug-in assigns addresses; software licensed to a MAC address needs Multus with a fixed-MAC attachment.',
  }),
} satisfies SupportTable;
