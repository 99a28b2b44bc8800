/** What becomes of `ports`, `expose` and `deploy.endpoint_mode`. */

import { does, extension, type SupportTable, when } from './rule.ts';

/** Entries of the `ports` rule. */
export const portsSupport = {
  'services.*.ports': does(
    'approximated',
    ['Workload.spec.template.spec.containers[].ports', 'Service.spec.ports', 'Service.spec.type'],
    'One ClusterIP Service named after the service. Its ports are every target port under its own number (what other services use) and, where different and free, every published port leading to the same target (what people type). Outside access is opted into: --expose=none|loadbalancer|nodeport|ingress, or labels or x-kubernetes per service, and then <service>-external carries the published ports.',
    {
      note: 'Publishing by default would put databases that were published for convenience on the internet and create a paid load balancer per service; the report lists each published port with its `kubectl port-forward` line.',
      cases: [
        when(
          'no ports and no expose',
          'approximated',
          ['Service.spec.clusterIP'],
          "Every long-running service still gets a Service, because its name must resolve. Ports are gathered from `name:PORT` in other services' environment, commands and configs, from its own healthcheck, from routing labels and from EXPOSE of a readable Dockerfile: found, a ClusterIP Service; none found, a headless Service without ports, through which every port is reachable as in Compose.",
        ),
        when(
          'a one-shot service without ports, expose or aliases',
          'converted',
          ['report.info'],
          'No Service. x-kubernetes.service: none does the same for any other service.',
        ),
      ],
    },
  ),
  'services.*.ports[]': does(
    'approximated',
    ['Workload.spec.template.spec.containers[].ports[]', 'Service.spec.ports[]'],
    '[IP:][PUBLISHED:]TARGET[/PROTOCOL]; equal-length ranges are paired, a bare number is a target. Over 100 expanded ports make the Service headless without ports.',
    {
      note: 'See ports.',
      cases: [
        when(
          'PUBLISHED is a range and TARGET one port',
          'approximated',
          ['report.info'],
          'Docker would take any free port of the range: the first is used.',
        ),
      ],
    },
  ),
  'services.*.ports[].name': does(
    'converted',
    ['Workload.spec.template.spec.containers[].ports[].name', 'Service.spec.ports[].name'],
    'Lower-cased, other characters to `-`, at most 15 with a letter in it; unset, app_protocol is the name if unique, else <protocol>-<target> (tcp-8080). Service ports name their targetPort by it, and a second Service port on one target adds -<number>.',
  ),
  'services.*.ports[].mode': does(
    'approximated',
    ['Workload.spec.template.spec.containers[].ports[].hostPort'],
    'ingress (default): nothing special. host: hostPort is the published port (target when unset), hostIP from host_ip, and the update strategy is maxSurge 0 since two such pods cannot share a node.',
    { note: 'Mode host needs the privileged Pod Security level and limits a node to one such pod.' },
  ),
  'services.*.ports[].host_ip': does(
    'approximated',
    ['Workload.spec.template.spec.containers[].ports[].hostIP', 'Service.spec.type'],
    'With 127.0.0.1 or ::1 the port is never exposed outside, whatever --expose says; 0.0.0.0 and [::] count as unset. Any other address becomes hostIP with mode host and is otherwise reported.',
    { note: 'Addresses of the Compose machine mean nothing on a cluster; loopback is read as `not public`.' },
  ),
  'services.*.ports[].target': does(
    'converted',
    [
      'Workload.spec.template.spec.containers[].ports[].containerPort',
      'Service.spec.ports[].targetPort',
      'Service.spec.ports[].port',
    ],
    '1 to 65535; the same number under tcp and udp makes two entries with distinct names, and a repeated pair only one.',
  ),
  'services.*.ports[].published': does(
    'approximated',
    ['Service.spec.ports[].port', 'Service.spec.ports[].nodePort'],
    'Further port of the ClusterIP Service when it differs from all targets; port of the LoadBalancer with --expose=loadbalancer; nodePort with --expose=nodeport if it lies in 30000-32767, else allocated and reported. Unset: only the target number.',
    { note: 'It is a port of the Service, no longer of a machine.' },
  ),
  'services.*.ports[].protocol': does(
    'converted',
    ['Workload.spec.template.spec.containers[].ports[].protocol', 'Service.spec.ports[].protocol'],
    'tcp (default), udp, sctp in upper case; anything else is an error.',
  ),
  'services.*.ports[].app_protocol': does(
    'converted',
    ['Service.spec.ports[].appProtocol'],
    'IANA names are copied in lower case; h2c, ws and wss become kubernetes.io/h2c, kubernetes.io/ws and kubernetes.io/wss; http2 becomes kubernetes.io/h2c.',
  ),
  'services.*.ports[].x-*': extension('a port'),
  'services.*.expose': does(
    'converted',
    ['Workload.spec.template.spec.containers[].ports', 'Service.spec.ports'],
    'containerPort and ClusterIP Service port of the same number, merged with `ports` on the same number and protocol.',
  ),
  'services.*.expose[]': does(
    'converted',
    ['Workload.spec.template.spec.containers[].ports[]', 'Service.spec.ports[]'],
    'PORT, START-END or either with /tcp, /udp, /sctp (default tcp); ranges are written out up to 100 ports, beyond which the Service becomes headless without ports, so that every port stays reachable.',
  ),
  'services.*.deploy.endpoint_mode': does(
    'converted',
    ['Service.spec.clusterIP'],
    'vip (default): a ClusterIP Service. dnsrr: a headless Service (clusterIP: None), which Swarm likewise forbids together with ingress-mode published ports, so that mix is an error.',
  ),
} satisfies SupportTable;
