/** Ways to spoil Services, Ingresses and NetworkPolicies. */

import { type Case, refused, tolerated } from './kubernetes-case.ts';

/** Each of them is one problem of the shop. */
export const networkCases: readonly Case[] = [
  refused('a Service without ports that is not headless', 'Service/agent', { '/spec/clusterIP': undefined }, [
    'Service/agent: spec.ports: is empty and the service is not headless',
  ]),
  refused('a headless Service on every node', 'Service/db', { '/spec/type': 'NodePort' }, [
    'Service/db: spec.clusterIP: None does not go with type NodePort',
  ]),
  refused(
    'two Service ports without names',
    'Service/web',
    { '/spec/ports/0/name': undefined, '/spec/ports/1/name': undefined },
    [
      'Service/web: spec.ports[0].name: undefined is no DNS-1123 label',
      'Service/web: spec.ports[1].name: undefined is no DNS-1123 label',
      'Ingress/web: spec.rules[0].http.paths[0].backend.service.port: Service/web has no port http',
    ],
  ),
  refused('a Service port name twice', 'Service/web', { '/spec/ports/1/name': 'http' }, [
    'Service/web: spec.ports[1].name: port name http is taken by spec.ports[0].name',
  ]),
  refused(
    'a Service port twice',
    'Service/web',
    { '/spec/ports/1/protocol': 'TCP', '/spec/ports/1/targetPort': 8080 },
    ['Service/web: spec.ports[1]: port 80/TCP is taken by spec.ports[0]'],
  ),
  refused('a Service port name that is no label', 'Service/web', { '/spec/ports/1/name': 'Dns' }, [
    'Service/web: spec.ports[1].name: Dns is no DNS-1123 label',
  ]),
  refused('a Service port of 0', 'Service/web', { '/spec/ports/1/port': 0 }, [
    'Service/web: spec.ports[1].port: 0 is no port',
  ]),
  refused('a node port of an inner Service', 'Service/web', { '/spec/type': 'ClusterIP' }, [
    'Service/web: spec.ports[0].nodePort: does not go with type ClusterIP',
  ]),
  refused('a node port outside of the range', 'Service/web', { '/spec/ports/0/nodePort': 8080 }, [
    'Service/web: spec.ports[0].nodePort: 8080 is not in 30000-32767',
  ]),
  refused(
    'a node port of two Services',
    'Service/db',
    { '/spec/type': 'NodePort', '/spec/clusterIP': undefined, '/spec/ports/0/nodePort': 30080 },
    ['Service/db: spec.ports[0]: port of every node 30080/TCP is taken by Service/web: spec.ports[0]'],
  ),
  tolerated('a target port that the pods do not have', 'Service/web', { '/spec/ports/0/targetPort': 'https' }, [
    'Service/web: spec.ports[0].targetPort: no selected pod has a TCP port https',
  ]),
  tolerated('a target port of another protocol', 'Service/web', { '/spec/ports/1/targetPort': 'http' }, [
    'Service/web: spec.ports[1].targetPort: no selected pod has a UDP port http',
  ]),
  tolerated('a Service that selects nothing', 'Service/web', { '/spec/selector/app.kubernetes.io~1name': 'api' }, [
    'Service/web: spec.selector: selects no pod of the set',
  ]),
  refused('a selector that is no label', 'Service/agent', { '/spec/selector': { 'app.kubernetes.io/name': 'a b' } }, [
    'Service/agent: spec.selector: a b is no value for label app.kubernetes.io/name',
    'Service/agent: spec.selector: selects no pod of the set',
  ]),
  refused('an external name that is none', 'Service/mail', { '/spec/externalName': 'mail_host' }, [
    'Service/mail: spec.externalName: mail_host is no DNS-1123 subdomain',
  ]),
  refused('an external Service without a name', 'Service/mail', { '/spec/externalName': undefined }, [
    'Service/mail: spec.externalName: goes with type ExternalName, and only with it',
  ]),
  refused('a traffic policy of an inner Service', 'Service/db', { '/spec/externalTrafficPolicy': 'Local' }, [
    'Service/db: spec.externalTrafficPolicy: goes with type NodePort or LoadBalancer only',
  ]),
  refused('an Ingress path that is not absolute', 'Ingress/web', { '/spec/rules/0/http/paths/0/path': 'shop' }, [
    'Ingress/web: spec.rules[0].http.paths[0].path: shop is no absolute path',
  ]),
  refused('an Ingress path with two slashes', 'Ingress/web', { '/spec/rules/0/http/paths/0/path': '/a//b' }, [
    'Ingress/web: spec.rules[0].http.paths[0].path: /a//b is no absolute path',
  ]),
  refused('an Ingress host that is an address', 'Ingress/web', { '/spec/rules/0/host': '10.0.0.1' }, [
    'Ingress/web: spec.rules[0].host: 10.0.0.1 is no host name',
  ]),
  refused('an Ingress host with a port', 'Ingress/web', { '/spec/rules/0/host': 'example.com:8080' }, [
    'Ingress/web: spec.rules[0].host: example.com:8080 is no host name',
  ]),
  refused('an Ingress without rules', 'Ingress/web', { '/spec/rules': [] }, [
    'Ingress/web: spec: has neither rules nor defaultBackend',
  ]),
  refused('an Ingress rule without paths', 'Ingress/web', { '/spec/rules/0/http/paths': [] }, [
    'Ingress/web: spec.rules[0].http.paths: is empty',
  ]),
  refused('a TLS host that is none', 'Ingress/web', { '/spec/tls/0/hosts/0': '*.*.example.com' }, [
    'Ingress/web: spec.tls[0].hosts: *.*.example.com is no host name',
  ]),
  tolerated(
    'an Ingress to a Service that is not there',
    'Ingress/web',
    { '/spec/rules/0/http/paths/0/backend/service/name': 'api' },
    ['Ingress/web: spec.rules[0].http.paths[0].backend: there is no Service/api'],
  ),
  tolerated(
    'an Ingress to a port that is not there',
    'Ingress/web',
    { '/spec/rules/0/http/paths/0/backend/service/port': { number: 8080 } },
    ['Ingress/web: spec.rules[0].http.paths[0].backend.service.port: Service/web has no port 8080'],
  ),
  refused('an Ingress to two ports', 'Ingress/web', { '/spec/rules/0/http/paths/0/backend/service/port/number': 80 }, [
    'Ingress/web: spec.rules[0].http.paths[0].backend.service.port: needs exactly one of name and number',
  ]),
  tolerated(
    'an Ingress to a default backend that is not there',
    'Ingress/web',
    { '/spec/defaultBackend': { service: { name: 'api', port: { number: 80 } } } },
    ['Ingress/web: spec.defaultBackend: there is no Service/api'],
  ),
  tolerated(
    'a policy for no pod',
    'NetworkPolicy/db',
    { '/spec/podSelector/matchLabels/app.kubernetes.io~1name': 'api' },
    [
      'NetworkPolicy/db: spec.podSelector: selects no pod of the set',
      'NetworkPolicy/db: spec.ingress[0].ports[0].port: no pod has a TCP port sql',
    ],
  ),
  refused(
    'a policy for a label that is none',
    'NetworkPolicy/db',
    { '/spec/ingress/0/from/0/podSelector/matchLabels': { 'a b': 'c' } },
    ['NetworkPolicy/db: spec.ingress[0].from[0].podSelector.matchLabels: a b is no label key'],
  ),
  tolerated(
    'a policy for a port that its pods do not have',
    'NetworkPolicy/db',
    { '/spec/ingress/0/ports/0/port': 'http' },
    ['NetworkPolicy/db: spec.ingress[0].ports[0].port: no pod has a TCP port http'],
  ),
  tolerated(
    'a policy for a port that its peers do not have',
    'NetworkPolicy/db',
    { '/spec/egress/0/ports/0/port': 'sql' },
    ['NetworkPolicy/db: spec.egress[0].ports[0].port: no pod has a TCP port sql'],
  ),
  tolerated(
    'a policy for a port of another protocol',
    'NetworkPolicy/db',
    { '/spec/ingress/0/ports/0/protocol': 'UDP' },
    ['NetworkPolicy/db: spec.ingress[0].ports[0].port: no pod has a UDP port sql'],
  ),
  refused('a policy for a port that is none', 'NetworkPolicy/db', { '/spec/ingress/0/ports/0/port': 'My_SQL' }, [
    'NetworkPolicy/db: spec.ingress[0].ports[0].port: My_SQL is no port',
  ]),
  tolerated('a policy whose rules are of no type', 'NetworkPolicy/db', { '/spec/policyTypes': ['Ingress'] }, [
    'NetworkPolicy/db: spec.egress: policyTypes does not say Egress',
  ]),
  refused('an Ingress path without a Service', 'Ingress/web', { '/spec/rules/0/http/paths/0/backend': {} }, [
    'Ingress/web: spec.rules[0].http.paths[0].backend: has no service',
  ]),
];
