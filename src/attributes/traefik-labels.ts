/** Labels of Traefik 2 and 3 as routes, and a word about each label that an Ingress has nothing like. */

import { derive, type Located } from '../kernel/located.ts';
import type { Route } from '../model/facts.ts';
import { type Hint, type Remark, remark } from './label-messages.ts';
import { type AskedRoute, defaultTlsSecret, type Hints, type Routing, readPort, routeText } from './routes.ts';
import { parseTraefikRule } from './traefik-rule.ts';

/** The labels of one router by what comes after its name, lower case: `rule`, `tls.certresolver`. */
interface Router {
  readonly name: string;
  readonly parts: Map<string, Hint>;
}

/** What labels say once they are sorted. */
interface Sorted {
  readonly routers: Map<string, Router>;
  /** Ports by name of the Traefik service, lower case. */
  readonly ports: Map<string, Hint>;
  readonly remarks: Remark[];
  /** Labels that shape a route. */
  readonly used: Set<Hint>;
}

const routerKeys: ReadonlySet<string> = new Set(['rule', 'entrypoints', 'tls', 'tls.certresolver', 'service']);
/** Entry points that an Ingress has, by the names that Traefik's own examples give them. */
const plainEntryPoints: ReadonlySet<string> = new Set(['web', 'http']);
const secureEntryPoints: ReadonlySet<string> = new Set(['websecure', 'https']);

function sortRouter(hint: Hint, name: string, part: string, { routers, remarks }: Sorted): void {
  const id = name.toLowerCase();
  const router = routers.get(id) ?? { name, parts: new Map() };
  routers.set(id, router);
  router.parts.set(part, hint);
  // How to read the rule is no wish of its own, and both readings agree on what is understood here.
  if (!routerKeys.has(part) && part !== 'rulesyntax') remarks.push(remark('for-traefik', hint));
}

function sort(hints: Hints): Sorted {
  const sorted: Sorted = { routers: new Map(), ports: new Map(), remarks: [], used: new Set() };
  for (const hint of hints.values()) {
    // Traefik reads its labels in any case; names of routers and services are the user's.
    const key = hint.key.toLowerCase();
    if (!key.startsWith('traefik.') || key === 'traefik.enable') continue;
    const router = /^traefik\.http\.routers\.([^.]+)\.(.+)$/.exec(key);
    const port = /^traefik\.http\.services\.([^.]+)\.loadbalancer\.server\.port$/.exec(key)?.[1];
    if (router !== null) sortRouter(hint, hint.key.split('.')[3] ?? '', router[2] ?? '', sorted);
    else if (port !== undefined) sorted.ports.set(port, hint);
    else if (/^traefik\.(docker|swarm)\./.test(key)) sorted.remarks.push(remark('one-network', hint));
    else if (/^traefik\.(http|tcp|udp|tls)\./.test(key)) sorted.remarks.push(remark('for-traefik', hint));
    else sorted.remarks.push(remark('old-traefik', hint));
  }
  return sorted;
}

/** The port a router leads to; null when it leads to something that is not in these labels. */
function portOf(router: Router, first: Hint, { ports, remarks }: Sorted): Located<number> | undefined | null {
  const named = router.parts.get('service');
  if (named !== undefined) {
    const [name = '', provider = 'docker'] = named.value.value.toLowerCase().split('@');
    const port = ports.get(name);
    const isHere = ['docker', 'swarm'].includes(provider) && (port !== undefined || ports.size === 0);
    if (!isHere) remarks.push(remark('other-service', named, named.value.value));
    return isHere ? readPort(port, remarks) : null;
  }
  if (ports.size > 1) remarks.push(remark('which-service', first, router.name));
  return ports.size > 1 ? null : readPort([...ports.values()][0], remarks);
}

/** The label that asks for a certificate: any of `tls`, else a secure entry point. */
function tlsHint(router: Router): Hint | undefined {
  const tls = router.parts.get('tls');
  if (tls !== undefined) return tls.value.value.toLowerCase() === 'false' ? undefined : tls;
  const asking = [...router.parts].find(([part]) => part.startsWith('tls.'))?.[1];
  const entryPoints = router.parts.get('entrypoints');
  return asking ?? (entryPointsOf(entryPoints).some((name) => secureEntryPoints.has(name)) ? entryPoints : undefined);
}

function entryPointsOf(hint: Hint | undefined): readonly string[] {
  return (hint?.value.value ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function tellEntryPoints(router: Router, remarks: Remark[]): void {
  const hint = router.parts.get('entrypoints');
  for (const name of entryPointsOf(hint)) {
    const isKnown = plainEntryPoints.has(name) || secureEntryPoints.has(name);
    if (hint !== undefined && !isKnown) remarks.push(remark('entry-point', hint, name));
  }
}

function routesOf(router: Router, service: string, sorted: Sorted): readonly AskedRoute[] {
  const { remarks, used } = sorted;
  const [first] = router.parts.values();
  const rule = router.parts.get('rule');
  if (first === undefined) return [];
  tellEntryPoints(router, remarks);
  if (rule === undefined) {
    remarks.push(remark('no-rule', first, router.name));
    return [];
  }
  const port = portOf(router, rule, sorted);
  const { matches, problems } = parseTraefikRule(rule.value.value);
  for (const problem of problems) remarks.push(remark('lost-alternative', rule, problem));
  if (port === null || matches.length === 0) return [];
  const tls = tlsHint(router);
  const tlsSecret = tls && derive(tls.value, defaultTlsSecret(service));
  if (tls !== undefined && tlsSecret !== undefined) remarks.push(remark('needs-secret', tls, tlsSecret.value));
  const resolver = router.parts.get('tls.certresolver');
  if (resolver !== undefined && resolver !== tls) remarks.push(remark('no-resolver', resolver));
  const routes = matches.map(
    ({ host, path, pathType }): Route => ({
      host: host === undefined ? undefined : derive(rule.value, host),
      path: derive(rule.value, path),
      pathType,
      port,
      tlsSecret,
      className: undefined,
      annotations: [],
      origin: rule.value.origin,
    }),
  );
  remarks.push(remark('needs-controller', rule, routes.map(routeText).join(', ')));
  for (const hint of router.parts.values()) used.add(hint);
  for (const hint of sorted.ports.values()) if (hint.value.origin === port?.origin) used.add(hint);
  return routes.map((route) => ({ hint: rule, route }));
}

/**
 * The routes that Traefik would serve. What only Traefik has (middlewares, patterns of hosts, TCP and UDP routers) gets a
 * remark for each label, and a router loses exactly the alternatives that cannot be said.
 * @see https://doc.traefik.io/traefik/routing/providers/docker/
 */
export function traefikRoutes(hints: Hints, service: string): Routing {
  const enable = [...hints.values()].find(({ key }) => key.toLowerCase() === 'traefik.enable');
  if (enable?.value.value.toLowerCase() === 'false') {
    const others = [...hints.values()].filter((one) => one !== enable && one.key.toLowerCase().startsWith('traefik.'));
    const remarks = [remark('switched-off', enable), ...others.map((one) => remark('not-read', one))];
    return { asked: [], remarks, used: new Set(), rest: 'not-applicable' };
  }
  const sorted = sort(hints);
  const asked = [...sorted.routers.values()].flatMap((router) => routesOf(router, service, sorted));
  const lonely = enable ?? [...sorted.ports.values()][0];
  if (lonely !== undefined && sorted.routers.size === 0 && sorted.remarks.length === 0) {
    sorted.remarks.push(remark('no-rule', lonely, service));
  }
  if (enable !== undefined && asked.length > 0) sorted.used.add(enable);
  return { asked, remarks: sorted.remarks, used: sorted.used, rest: 'delegated' };
}
