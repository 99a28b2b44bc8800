/** Leads hosts and paths from outside to services: one Ingress for each service that has routes or is to be exposed by one. */

import { approximated, type Report, refused, speaker, warning } from '../kernel/diagnostic.ts';
import { Located } from '../kernel/located.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { Label, PortDraft, Route } from '../model/facts.ts';
import type { EdgeRoute, NamedPort, NetworkName } from '../model/plan.ts';
import type { Edges, Endpoints, Names } from './decisions.ts';
import { edgePort, exposureOf, isPublic } from './expose-ports.ts';

const say = speaker('route-edges', {
  'no-port': refused(
    (service: string) => `the route to ${service} is left out, because no TCP port of ${service} is known`,
    (service: string) => `state the port of ${service} under expose`,
  ),
  'unknown-port': refused(
    (service: string, port: number) =>
      `the route to ${service} is left out, because ${port} is no TCP port of its Service`,
    'name the port that the container listens on',
  ),
  'several-ports': refused(
    (service: string, ports: string) =>
      `the route to ${service} is left out, because it names none of the ports ${ports}`,
    'name the port in the label for it, such as com.docker.lb.port or traefik.http.services.NAME.loadbalancer.server.port',
  ),
  'class-differs': approximated(
    (service: string, written: string, name: string) =>
      `the Ingress ${service} has the class ${name}, as for its first route, and not ${written}`,
    'give all routes of a service one class',
  ),
  'made-up-host': warning(
    (service: string, host: string) => `no host name is known for ${service}, so its Ingress answers to ${host}`,
    'name its hosts in the label com.docker.lb.hosts',
  ),
  'no-http': warning(
    (service: string) => `no published port of ${service} is likely to speak HTTP, so no Ingress leads to it`,
    'state app_protocol: http on the port, or use --expose=loadbalancer',
  ),
});

/** A route with the port it leads to. */
interface Lead {
  readonly route: Route;
  readonly port: NamedPort;
}

function tcpTargets(main: NetworkName | undefined): readonly NamedPort[] {
  return (main?.ports ?? []).filter(
    ({ name, targetPort, protocol }) => name === targetPort && protocol.value === 'tcp',
  );
}

/** The port of a route: the one it names, else the only one, else the only one that the file declares. */
function portOf(route: Route, service: string, endpoints: Endpoints, report: Report): NamedPort | undefined {
  const ports = tcpTargets(endpoints.main(service));
  if (ports.length === 0) {
    say(report, 'no-port', route.origin, service);
    return undefined;
  }
  const { port: wanted } = route;
  if (wanted !== undefined) {
    const named = ports.find(({ port }) => port.value === wanted.value);
    if (named === undefined) say(report, 'unknown-port', wanted.origin, service, wanted.value);
    return named;
  }
  const declared = new Set(endpoints.listeners(service).flatMap(({ isDeclared, name }) => (isDeclared ? [name] : [])));
  const [only, ...others] = ports.length === 1 ? ports : ports.filter(({ targetPort }) => declared.has(targetPort));
  if (only !== undefined && others.length === 0) return only;
  say(report, 'several-ports', route.origin, service, ports.map(({ port }) => port.value).join(', '));
  return undefined;
}

function rulesOf(leads: readonly Lead[], target: string): EdgeRoute['rules'] {
  const rules = new Map<string, { host: Route['host']; paths: EdgeRoute['rules'][number]['paths'][number][] }>();
  for (const { route, port } of leads) {
    const { host, path, pathType, origin } = route;
    const rule = rules.get(host?.value ?? '') ?? { host, paths: [] };
    rules.set(host?.value ?? '', rule);
    rule.paths.push({ path, pathType, target, port: port.name, origin });
  }
  return [...rules.values()];
}

/** Hosts by certificate. */
function tlsOf(leads: readonly Lead[]): EdgeRoute['tls'] {
  const secrets = new Map<string, { hosts: Map<string, Located<string>>; secret: Located<string> }>();
  for (const { route } of leads) {
    const { tlsSecret: secret, host } = route;
    if (secret === undefined) continue;
    const known = secrets.get(secret.value) ?? { hosts: new Map<string, Located<string>>(), secret };
    secrets.set(secret.value, known);
    if (host !== undefined && !known.hosts.has(host.value)) known.hosts.set(host.value, host);
  }
  return [...secrets.values()].map(({ hosts, secret }) => ({ hosts: [...hosts.values()], secret }));
}

function annotationsOf(leads: readonly Lead[]): readonly Label[] {
  const labels = new Map<string, Label>();
  for (const label of leads.flatMap(({ route }) => route.annotations))
    if (!labels.has(label.key)) labels.set(label.key, label);
  return [...labels.values()];
}

function edgeRoute(
  service: ServiceDraft,
  routes: readonly Route[],
  draft: Draft,
  endpoints: Endpoints,
  report: Report,
): EdgeRoute | undefined {
  const leads = routes.flatMap((route): readonly Lead[] => {
    const port = portOf(route, service.name, endpoints, report);
    return port === undefined ? [] : [{ route, port }];
  });
  const main = endpoints.main(service.name);
  const [first] = leads;
  if (first === undefined || main === undefined) return undefined;
  const classes = leads.flatMap(({ route }) => route.className ?? []);
  const className = classes[0] ?? draft.options.ingressClass;
  for (const other of classes)
    if (other.value !== classes[0]?.value)
      say(report, 'class-differs', other.origin, main.name.value, other.value, classes[0]?.value ?? '');
  return {
    name: main.name.value,
    service: service.name,
    className,
    rules: rulesOf(leads, main.name.value),
    tls: tlsOf(leads),
    annotations: annotationsOf(leads),
    origin: first.route.origin,
  };
}

/** A route for a published port that no label leads to. */
function madeRoute({ target, origin }: PortDraft, host: string | undefined): Route {
  return {
    host: host === undefined ? undefined : new Located(host, origin),
    path: new Located('/', origin),
    pathType: 'Prefix',
    port: target,
    tlsSecret: undefined,
    className: undefined,
    annotations: [],
    origin,
  };
}

/** Services that `--expose=ingress` is to lead to, with the port of each. */
function exposedByOption(draft: Draft, endpoints: Endpoints, report: Report): ReadonlyMap<string, PortDraft> {
  const found = new Map<string, PortDraft>();
  for (const service of draft.services.values()) {
    const { routes = [], ports = [], name } = service;
    const isAsked = exposureOf(service, draft.options) === 'ingress' && routes.length === 0;
    if (!isAsked || tcpTargets(endpoints.main(name)).length === 0) continue;
    const port = edgePort(service);
    const published = ports.find((one) => isPublic(one) && one.mode.value === 'ingress');
    if (port !== undefined) found.set(name, port);
    else if (published !== undefined) say(report, 'no-http', published.origin, name);
  }
  return found;
}

/**
 * Makes the Ingresses. Routes come from labels; `--expose=ingress` adds one for each service that publishes a port which may
 * speak HTTP. Where there are several of these, a host name must tell them apart, and `<service>.localhost` is made up.
 */
export function routeEdges(draft: Draft, names: Names, endpoints: Endpoints, report: Report): Edges {
  const asked = exposedByOption(draft, endpoints, report);
  const routes = [...draft.services.values()].flatMap((service): readonly EdgeRoute[] => {
    const port = asked.get(service.name);
    const host = port !== undefined && asked.size > 1 ? `${names.service(service.name).value}.localhost` : undefined;
    if (port !== undefined && host !== undefined) say(report, 'made-up-host', port.origin, service.name, host);
    const own = port === undefined ? (service.routes ?? []) : [madeRoute(port, host)];
    const route = edgeRoute(service, own, draft, endpoints, report);
    return route === undefined ? [] : [route];
  });
  return { routes };
}
