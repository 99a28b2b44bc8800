/** What becomes of the top-level `networks`. */

import { does, extension, pending, type SupportTable, when } from './rule.ts';

/** Entries of the `network-entries` rule. */
export const networkEntriesSupport = {
  networks: does(
    'converted',
    ['NetworkPolicy'],
    'Declared networks no service uses are listed as info. The default network always exists and means `all pods of the project`.',
  ),
  'networks.*': does(
    'converted',
    ['NetworkPolicy', 'Workload.spec.template.metadata.labels[compose.network/<name>]'],
    'When policies are emitted (rule under services.*.networks): podSelector compose.network/<name>, ingress from that same label; and each member that publishes ports (not to 127.0.0.1) gets a policy <service>-published with ingress from anywhere on those ports. Policies add up, so a service on two networks hears both. null is an empty definition.',
  ),
  'networks.*.name': does(
    'approximated',
    ['NetworkPolicy.metadata.name'],
    'Used in the policy name and label instead of the key, made a DNS label.',
    {
      note: 'Sharing a network between projects by name has no effect: reachability across namespaces is open unless a policy forbids it.',
    },
  ),
  'networks.*.driver': does('not-applicable', ['report.info'], 'By the cases; the name is reported.', {
    note: "The cluster's network plug-in carries all traffic.",
    cases: [
      when('bridge, overlay, default', 'not-applicable', ['report.info'], 'The pod network does the same.'),
      when(
        'host, or external with name host',
        'converted',
        ['Workload.spec.template.spec.hostNetwork'],
        'Every attached service as network_mode host.',
      ),
      when(
        'none, or external with name none',
        'approximated',
        ['NetworkPolicy'],
        'Every attached service as network_mode none.',
      ),
      when(
        'macvlan, ipvlan, sriov, other names',
        'delegated',
        ['report.warning'],
        'Needs Multus and a NetworkAttachmentDefinition; the annotation k8s.v1.cni.cncf.io/networks can be given under annotations.',
      ),
    ],
  }),
  'networks.*.driver_opts': does(
    'not-applicable',
    ['report.info'],
    'By the cases under driver_opts.*; other options are reported.',
    { note: "Options of Docker's own drivers." },
  ),
  'networks.*.driver_opts.*': does('not-applicable', ['report.info'], 'One option; reported unless a case applies.', {
    note: "The cluster's network plug-in has its own configuration (MTU, addresses, masquerading).",
    cases: [
      when(
        'encrypted',
        'delegated',
        ['report.warning'],
        'Ask the network plug-in for encryption (WireGuard in Cilium or Calico) or use a service mesh.',
      ),
      when(
        'com.docker.network.bridge.enable_icc: false',
        'approximated',
        ['NetworkPolicy'],
        "The network's policy has no ingress from its own members.",
      ),
      when(
        'com.docker.network.bridge.host_binding_ipv4: 127.0.0.1',
        'converted',
        ['report.info'],
        'Default host_ip of the ports of its members, hence never exposed outside.',
      ),
      when('com.docker.network.driver.mtu', 'not-applicable', ['report.info'], 'Set in the network plug-in.'),
    ],
  }),
  'networks.*.ipam': does('not-applicable', ['report.info'], 'Reported and ignored.', {
    note: "Pod and Service addresses come from the cluster's own ranges.",
  }),
  'networks.*.ipam.driver': does('not-applicable', ['report.info'], 'Reported and ignored.', {
    note: "Pod and Service addresses come from the cluster's own ranges.",
  }),
  'networks.*.ipam.config': does('not-applicable', ['report.info'], 'Reported and ignored.', {
    note: "Pod and Service addresses come from the cluster's own ranges.",
  }),
  'networks.*.ipam.config[]': does('not-applicable', ['report.info'], 'One address block.', {
    note: "Pod and Service addresses come from the cluster's own ranges.",
  }),
  'networks.*.ipam.config[].subnet': does(
    'not-applicable',
    ['report.info'],
    'Reported and ignored; when the subnet or an address in it occurs in a value elsewhere (trusted proxies, allow lists), a warning names the place.',
    { note: "Pod and Service addresses come from the cluster's own ranges." },
  ),
  'networks.*.ipam.config[].ip_range': does('not-applicable', ['report.info'], 'Reported and ignored.', {
    note: "Pod and Service addresses come from the cluster's own ranges.",
  }),
  'networks.*.ipam.config[].gateway': does('not-applicable', ['report.info'], 'Reported and ignored.', {
    note: "Pod and Service addresses come from the cluster's own ranges.",
  }),
  'networks.*.ipam.config[].aux_addresses': does('not-applicable', ['report.info'], 'Reported and ignored.', {
    note: "Pod and Service addresses come from the cluster's own ranges.",
  }),
  'networks.*.ipam.config[].aux_addresses.*': does('not-applicable', ['report.info'], 'One host with its address.', {
    note: "Pod and Service addresses come from the cluster's own ranges.",
  }),
  'networks.*.ipam.config[].x-*': extension('an address block'),
  'networks.*.ipam.options': does('not-applicable', ['report.info'], 'Reported and ignored.', {
    note: "Pod and Service addresses come from the cluster's own ranges.",
  }),
  'networks.*.ipam.options.*': does('not-applicable', ['report.info'], 'One option of the IPAM driver.', {
    note: "Pod and Service addresses come from the cluster's own ranges.",
  }),
  'networks.*.ipam.x-*': extension('ipam'),
  'networks.*.external': does(
    'approximated',
    ['NetworkPolicy'],
    'true: the network counts for separation inside the project and, when policies are emitted, its members also accept traffic from every namespace, since other projects may be on it. false: an own network. Any other attribute beside name is an error.',
    { note: 'Networks of other projects cannot be told apart; write a namespaceSelector by hand where needed.' },
  ),
  'networks.*.external.name': does('approximated', ['NetworkPolicy'], 'Deprecated form of name; warning.', {
    note: 'See networks.*.external.',
  }),
  'networks.*.external.x-*': extension('external'),
  'networks.*.internal': does(
    'converted',
    ['NetworkPolicy.spec.egress'],
    "true: policies are emitted, and a service all of whose networks are internal gets policyTypes Egress with rules only to its networks' members and to DNS (UDP and TCP 53). A service that is also on an ordinary network keeps free egress, as in Compose.",
    { note: 'Info: needs a network plug-in that enforces policies.' },
  ),
  'networks.*.enable_ipv4': pending(
    'approximated',
    ['Service.spec.ipFamilies'],
    'false together with enable_ipv6 true: Services of its members are SingleStack IPv6. Otherwise nothing.',
    { note: "Address families of pods are the cluster's choice; an IPv4-only cluster rejects such a Service." },
  ),
  'networks.*.enable_ipv6': pending(
    'approximated',
    ['Service.spec.ipFamilyPolicy'],
    'true: Services of its members are PreferDualStack, which falls back to the one family a cluster has. false: nothing.',
    { note: "Address families of pods are the cluster's choice." },
  ),
  'networks.*.attachable': does('not-applicable', ['report.info'], 'Ignored.', {
    note: 'Any pod can already reach any other unless a policy forbids it.',
  }),
  'networks.*.labels': pending(
    'converted',
    ['NetworkPolicy.metadata.annotations'],
    'On the policy when one is emitted, otherwise reported.',
  ),
  'networks.*.labels.*': pending('converted', ['NetworkPolicy.metadata.annotations'], 'Map form.'),
  'networks.*.labels[]': pending('converted', ['NetworkPolicy.metadata.annotations'], 'List form KEY=VALUE.'),
  'networks.*.x-*': extension('a network'),
} satisfies SupportTable;
