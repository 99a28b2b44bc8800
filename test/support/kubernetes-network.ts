/** What Services, Ingresses and NetworkPolicies ask of the pods of their set, and pods of the node they share. */

import { hostPortKey, portProblems } from './kubernetes-container.ts';
import { isPortName, isSubdomain, labelProblems, selectorProblems } from './kubernetes-metadata.ts';
import {
  at,
  containers,
  items,
  type Json,
  list,
  type PodTemplate,
  type Problems,
  record,
  repeated,
  selects,
  text,
  title,
} from './kubernetes-object.ts';
import { absent, namespaceOf, type ObjectSet } from './kubernetes-references.ts';

/** Says which ports of nodes two workloads both want. */
export function* nodeProblems(set: ObjectSet): Problems {
  const wanted = set.templates.flatMap((template) => {
    const ports = containers(template.spec).flatMap(({ item }) =>
      items(item, 'ports').flatMap((port) => hostPortKey(port.item) ?? []),
    );
    return [...new Set(ports)].map((key) => [`${title(template.owner)}: hostPort`, key] as const);
  });
  yield* repeated(wanted, 'port of the node');
  const nodePorts = set.objects.flatMap((object) =>
    (object['kind'] === 'Service' ? items(object, 'spec.ports') : []).flatMap(({ item, path }) =>
      item['nodePort'] === undefined
        ? []
        : [[`${title(object)}: ${path}`, `${String(item['nodePort'])}/${String(item['protocol'] ?? 'TCP')}`] as const],
    ),
  );
  yield* repeated(nodePorts, 'port of every node');
}

function selected(set: ObjectSet, object: Json, selector: unknown): readonly PodTemplate[] {
  return set.templates.filter(
    (template) => template.namespace === namespaceOf(object) && selects(selector, template.labels),
  );
}

/** Whether some pod has a port of that name and protocol; only running containers are looked at. */
function hasPort(pods: readonly PodTemplate[], name: string, protocol: unknown): boolean {
  return pods.some(({ spec }) =>
    containers(spec).some(({ item, isLasting }) =>
      items(item, 'ports').some(
        ({ item: port }) => isLasting && port['name'] === name && (port['protocol'] ?? 'TCP') === (protocol ?? 'TCP'),
      ),
    ),
  );
}

function* servicePortProblems(spec: Json): Problems {
  const { type = 'ClusterIP', clusterIP } = spec;
  const ports = items(spec, 'ports').map((port) => ({ ...port, path: `spec.${port.path}` }));
  if (ports.length === 0 && clusterIP !== 'None' && type !== 'ExternalName')
    yield 'spec.ports: is empty and the service is not headless';
  if (clusterIP === 'None' && type !== 'ClusterIP') yield `spec.clusterIP: None does not go with type ${String(type)}`;
  for (const { item: port, path } of ports) {
    const { name, nodePort, targetPort } = port;
    yield* portProblems(`${path}.port`, port['port']);
    if (targetPort !== undefined) yield* portProblems(`${path}.targetPort`, targetPort);
    if (name === undefined ? ports.length > 1 : !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(String(name)))
      yield `${path}.name: ${String(name)} is no DNS-1123 label`;
    if (nodePort === undefined) continue;
    if (type !== 'NodePort' && type !== 'LoadBalancer') yield `${path}.nodePort: does not go with type ${String(type)}`;
    if (!(Number(nodePort) >= 30000 && Number(nodePort) <= 32767))
      yield `${path}.nodePort: ${String(nodePort)} is not in 30000-32767`;
  }
  yield* repeated(
    ports.map(({ item, path }) => [`${path}.name`, text(item['name'])]),
    'port name',
  );
  yield* repeated(
    ports.map(({ item, path }) => [path, `${String(item['port'])}/${String(item['protocol'] ?? 'TCP')}`]),
    'port',
  );
}

/** Checks a Service and that it leads to pods which have the ports it names. */
export function* serviceProblems(set: ObjectSet, service: Json): Problems {
  const spec = record(service['spec']);
  yield* servicePortProblems(spec);
  yield* labelProblems('spec.selector', spec['selector']);
  const isExternal = spec['type'] === 'ExternalName';
  if (isExternal !== (spec['externalName'] !== undefined))
    yield 'spec.externalName: goes with type ExternalName, and only with it';
  if (isExternal && !isSubdomain(String(spec['externalName']).replace(/\.$/, '')))
    yield `spec.externalName: ${String(spec['externalName'])} is no DNS-1123 subdomain`;
  const isPublic = spec['type'] === 'NodePort' || spec['type'] === 'LoadBalancer';
  if (spec['externalTrafficPolicy'] !== undefined && !isPublic)
    yield 'spec.externalTrafficPolicy: goes with type NodePort or LoadBalancer only';
  if (isExternal || spec['selector'] === undefined) return;
  const pods = selected(set, service, spec['selector']);
  if (pods.length === 0) yield 'spec.selector: selects no pod of the set';
  for (const { item: port, path } of pods.length === 0 ? [] : items(service, 'spec.ports')) {
    const target = text(port['targetPort']);
    if (target === undefined || hasPort(pods, target, port['protocol'])) continue;
    yield `${path}.targetPort: no selected pod has a ${String(port['protocol'] ?? 'TCP')} port ${target}`;
  }
}

function* backendProblems(set: ObjectSet, path: string, backend: unknown, namespace: string): Problems {
  const { name, port } = record(at(backend, 'service'));
  if (name === undefined) return yield `${path}: has no service`;
  yield* absent(set, path, 'Service', namespace, name);
  const { name: portName, number } = record(port);
  if ((portName === undefined) === (number === undefined))
    yield `${path}.service.port: needs exactly one of name and number`;
  const service = set.find('Service', name, namespace);
  if (service === undefined || service === 'external') return;
  const isKnown = items(service, 'spec.ports').some(({ item }) =>
    portName === undefined ? item['port'] === number : item['name'] === portName,
  );
  if (!isKnown) yield `${path}.service.port: Service/${String(name)} has no port ${String(portName ?? number)}`;
}

function isHost(host: unknown): boolean {
  return isSubdomain(String(host).replace(/^\*\./, '')) && !/^\d+(?:\.\d+){3}$/.test(String(host));
}

/** Checks an Ingress and that each of its paths leads to a port of a Service. Its TLS secrets are always made elsewhere. */
export function* ingressProblems(set: ObjectSet, ingress: Json): Problems {
  const spec = record(ingress['spec']);
  const namespace = namespaceOf(ingress);
  if (spec['defaultBackend'] !== undefined)
    yield* backendProblems(set, 'spec.defaultBackend', spec['defaultBackend'], namespace);
  else if (list(spec['rules']).length === 0) yield 'spec: has neither rules nor defaultBackend';
  for (const { item: rule, path } of items(ingress, 'spec.rules')) {
    if (rule['host'] !== undefined && !isHost(rule['host']))
      yield `${path}.host: ${String(rule['host'])} is no host name`;
    if (list(at(rule, 'http.paths')).length === 0) yield `${path}.http.paths: is empty`;
    for (const { item: entry, path: where } of items(rule, 'http.paths')) {
      const target = text(entry['path']) ?? '';
      const isOpaque = entry['pathType'] === 'ImplementationSpecific';
      const isWrong = !target.startsWith('/') || (!isOpaque && /\/\/|\/\.\.?(?:\/|$)|%2f/i.test(target));
      if (isWrong && !(isOpaque && target === '')) yield `${path}.${where}.path: ${target} is no absolute path`;
      yield* backendProblems(set, `${path}.${where}.backend`, entry['backend'], namespace);
    }
  }
  for (const { item: tls, path } of items(ingress, 'spec.tls')) {
    for (const host of list(tls['hosts'])) if (!isHost(host)) yield `${path}.hosts: ${String(host)} is no host name`;
  }
}

function peersOf(
  set: ObjectSet,
  policy: Json,
  peers: readonly { readonly item: Json }[],
): readonly PodTemplate[] | undefined {
  const isLocal = peers.every(
    ({ item }) => item['podSelector'] !== undefined && item['namespaceSelector'] === undefined,
  );
  if (peers.length === 0 || !isLocal) return undefined;
  return peers.flatMap(({ item }) => selected(set, policy, at(item, 'podSelector.matchLabels')));
}

/** Checks a NetworkPolicy, that it applies to some pod, and that the ports it names exist where the traffic goes. */
export function* policyProblems(set: ObjectSet, policy: Json): Problems {
  const spec = record(policy['spec']);
  yield* selectorProblems('spec.podSelector', spec['podSelector']);
  const pods = selected(set, policy, at(spec, 'podSelector.matchLabels'));
  if (pods.length === 0) yield 'spec.podSelector: selects no pod of the set';
  for (const [field, side, type] of [
    ['ingress', 'from', 'Ingress'],
    ['egress', 'to', 'Egress'],
  ] as const) {
    const types = list(spec['policyTypes']);
    // Without policyTypes a server assumes Ingress, and Egress when there are egress rules.
    if (spec[field] !== undefined && types.length > 0 && !types.includes(type))
      yield `spec.${field}: policyTypes does not say ${type}`;
    for (const { item: rule, path } of items(policy, `spec.${field}`)) {
      const peers = items(rule, side);
      for (const { item: peer, path: where } of peers)
        yield* selectorProblems(`${path}.${where}.podSelector`, peer['podSelector']);
      const targets = type === 'Ingress' ? pods : peersOf(set, policy, peers);
      for (const { item: port, path: where } of items(rule, 'ports')) {
        const name = text(port['port']);
        if (port['port'] !== undefined) yield* portProblems(`${path}.${where}.port`, port['port']);
        if (
          name === undefined ||
          !isPortName(name) ||
          targets === undefined ||
          hasPort(targets, name, port['protocol'])
        )
          continue;
        yield `${path}.${where}.port: no pod has a ${String(port['protocol'] ?? 'TCP')} port ${name}`;
      }
    }
  }
}
