/** Labels of edge routers as routes: what all families share, and the family com.docker.lb.*. */

import type { Disposition } from '../kernel/diagnostic.ts';
import { derive, type Located } from '../kernel/located.ts';
import { dnsLabel, dnsSubdomain } from '../kernel/names.ts';
import type { Route } from '../model/facts.ts';
import { type Hint, type Remark, remark } from './label-messages.ts';
import { isIngressHost, isIngressPath } from './traefik-rule.ts';

/** Labels of one service by key. */
export type Hints = ReadonlyMap<string, Hint>;

/** A route and the label that asks for it. */
export interface AskedRoute {
  readonly hint: Hint;
  readonly route: Route;
}

/** What the labels of one family come to. */
export interface Routing {
  readonly asked: readonly AskedRoute[];
  readonly remarks: readonly Remark[];
  /** Labels that shape a route, such as its port. */
  readonly used: ReadonlySet<Hint>;
  /** What became of the other labels of the family that no remark is about. */
  readonly rest: Disposition;
}

/** The Secret that is expected to hold a service's certificate when nothing names one. */
export function defaultTlsSecret(service: string): string {
  return `${dnsLabel(service)}-tls`;
}

/** A container port; undefined for a missing label, and for a wrong one after a remark. */
export function readPort(hint: Hint | undefined, remarks: Remark[]): Located<number> | undefined {
  if (hint === undefined) return undefined;
  const port = /^\d{1,5}$/.test(hint.value.value) ? Number(hint.value.value) : 0;
  if (port >= 1 && port <= 65535) return derive(hint.value, port);
  remarks.push(remark('bad-value', hint, 'a port from 1 to 65535'));
  return undefined;
}

/** A route as people write it: `a.example/api`. */
export function routeText({ host, path }: Pick<Route, 'host' | 'path'>): string {
  return `${host?.value ?? 'any host, '}${path.value}`;
}

/** Reads `host` or `host/path`; `*.` may lead the host. Undefined when Kubernetes would not take it. */
export function parseHostPath(text: string): { readonly host: string; readonly path: string } | undefined {
  const slash = text.indexOf('/');
  const host = (slash < 0 ? text : text.slice(0, slash)).toLowerCase();
  const path = slash < 0 ? '/' : text.slice(slash);
  return isIngressHost(host.replace(/^\*\./, '')) && isIngressPath(path) ? { host, path } : undefined;
}

/**
 * Routes with each host and path once. A route that two routers ask for, one of them with a certificate, has the
 * certificate; of two ports the first is kept, with a remark.
 */
export function mergeRoutes(asked: readonly AskedRoute[]): {
  readonly routes: readonly Route[];
  readonly remarks: readonly Remark[];
} {
  const byPlace = new Map<string, Route>();
  const remarks: Remark[] = [];
  for (const { hint, route } of asked) {
    const place = [route.host?.value ?? '', route.pathType, route.path.value].join('\0');
    const known = byPlace.get(place);
    const port = known?.port ?? route.port;
    const tlsSecret = known?.tlsSecret ?? route.tlsSecret;
    byPlace.set(place, { ...(known ?? route), port, tlsSecret });
    if (port !== undefined && route.port !== undefined && port.value !== route.port.value) {
      remarks.push(remark('same-route', hint, routeText(route)));
    }
  }
  return { routes: [...byPlace.values()], remarks };
}

const FAMILY = 'com.docker.lb.';
/** Keys of the family that routes are made of, without the prefix. */
const routeKeys: ReadonlySet<string> = new Set(['hosts', 'port', 'context_root', 'ssl_cert', 'ssl_key']);

function hosts(hint: Hint, remarks: Remark[]): readonly Located<string>[] {
  const names = hint.value.value.split(',').map((name) => name.trim().toLowerCase());
  const good = names.filter((name) => isIngressHost(name.replace(/^\*\./, '')));
  if (good.length < names.length) remarks.push(remark('bad-value', hint, 'host names with commas between them'));
  return good.map((name) => derive(hint.value, name));
}

function contextRoot(hint: Hint | undefined, remarks: Remark[]): Located<string> | undefined {
  if (hint === undefined) return undefined;
  const path = hint.value.value.startsWith('/') ? hint.value.value : `/${hint.value.value}`;
  if (isIngressPath(path)) return derive(hint.value, path);
  remarks.push(remark('bad-value', hint, 'a path such as /shop'));
  return undefined;
}

/** Says of each label that makes no route why. */
function tellOthers(hints: Hints, hasHosts: boolean, remarks: Remark[]): void {
  for (const [key, hint] of hints) {
    const name = key.startsWith(FAMILY) ? key.slice(FAMILY.length) : undefined;
    if (name === undefined) continue;
    if (name === 'network') remarks.push(remark('one-network', hint));
    else if (!routeKeys.has(name)) remarks.push(remark('no-equal', hint));
    else if (!hasHosts) remarks.push(remark('no-hosts', hint));
  }
}

/**
 * The labels of Docker's layer 7 routing: one route for each host, for the path `context_root` or `/`.
 * @see https://docs.mirantis.com/mke/3.8/ops/deploy-apps-k8s/interlock.html
 */
export function loadBalancerRoutes(hints: Hints): Routing {
  const remarks: Remark[] = [];
  const asking = hints.get(`${FAMILY}hosts`);
  tellOthers(hints, asking !== undefined, remarks);
  if (asking === undefined) return { asked: [], remarks, used: new Set(), rest: 'delegated' };
  const port = readPort(hints.get(`${FAMILY}port`), remarks);
  const path = contextRoot(hints.get(`${FAMILY}context_root`), remarks) ?? derive(asking.value, '/');
  const certificates = ['ssl_cert', 'ssl_key'].flatMap((key) => hints.get(`${FAMILY}${key}`) ?? []);
  const [certificate] = certificates;
  const tlsSecret = certificate && derive(certificate.value, dnsSubdomain(certificate.value.value));
  if (tlsSecret) remarks.push(...certificates.map((one) => remark('needs-secret', one, tlsSecret.value)));
  const asked = hosts(asking, remarks).map((host): AskedRoute => {
    const { origin } = asking.value;
    const rest = { port, tlsSecret, className: undefined, annotations: [], origin };
    return { hint: asking, route: { host, path, pathType: 'Prefix', ...rest } };
  });
  const texts = asked.map(({ route }) => routeText(route)).join(', ');
  if (texts !== '') remarks.push(remark('needs-controller', asking, texts));
  const shaping = ['port', 'context_root'].flatMap((key) => hints.get(`${FAMILY}${key}`) ?? []);
  return { asked, remarks, used: new Set(asked.length === 0 ? [] : shaping), rest: 'delegated' };
}
