/** Rules of Traefik routers, such as ``Host(`a.example`) && PathPrefix(`/api`)``, as the pairs of host and path that an Ingress knows. */

import { isIpv4 } from '../kernel/address.ts';
import { isDnsSubdomain } from '../kernel/names.ts';

/** One way to match a request. */
export interface RuleMatch {
  /** Lower case; undefined for any host. */
  readonly host: string | undefined;
  readonly path: string;
  readonly pathType: 'Prefix' | 'Exact';
}

/** What a rule comes to. Alternatives that an Ingress cannot say are left out whole, so that nothing is opened wider than written. */
export interface ParsedRule {
  readonly matches: readonly RuleMatch[];
  /** Why alternatives are missing, without a final dot. */
  readonly problems: readonly string[];
}

/** An alternative in the making; with a problem it is lost. */
interface Alternative {
  readonly host?: string;
  readonly path?: string;
  readonly isExact?: boolean;
  readonly problem?: string;
}

/** More alternatives than this are nobody's intention. */
const mostAlternatives = 64;
/** A rule of more words and signs is not read, which also bounds how deep its brackets go. */
const mostTokens = 1000;

type Token = { readonly kind: 'word' | 'text' | 'sign'; readonly text: string };

/** Words, quoted texts and signs; undefined when something else is in the way. */
function tokens(rule: string): readonly Token[] | undefined {
  const found: Token[] = [];
  const pattern = /\s*(?:([A-Za-z]+)|`([^`]*)`|"((?:[^"\\]|\\.)*)"|'([^']*)'|(&&|\|\||[!(),]))/y;
  const end = rule.trimEnd().length;
  while (pattern.lastIndex < end) {
    const match = pattern.exec(rule);
    if (match === null) return undefined;
    const [, word, tick, double, single, sign] = match;
    const text = tick ?? double?.replace(/\\(.)/g, '$1') ?? single;
    if (word !== undefined) found.push({ kind: 'word', text: word });
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign });
    else found.push({ kind: 'text', text: text ?? '' });
  }
  return found;
}

/** Whether Kubernetes takes a path in an Ingress. */
export function isIngressPath(path: string): boolean {
  return path.startsWith('/') && !/\/\/|\/\.{1,2}(\/|$)|%2f|%5c|[{}\s]/i.test(path);
}

/** Whether Kubernetes takes a host in an Ingress. */
export function isIngressHost(host: string): boolean {
  return isDnsSubdomain(host) && !isIpv4(host);
}

function matcher(name: string, texts: readonly string[]): readonly Alternative[] {
  const kind = name.toLowerCase();
  if (kind === 'host') {
    return texts.map((text) => {
      const host = text.toLowerCase();
      return isIngressHost(host) ? { host } : { problem: `"${text}" is no host of an Ingress` };
    });
  }
  if (kind === 'path' || kind === 'pathprefix') {
    return texts.map((path) =>
      isIngressPath(path) ? { path, isExact: kind === 'path' } : { problem: `"${path}" is no path of an Ingress` },
    );
  }
  return [{ problem: `an Ingress has nothing like ${name}()` }];
}

function bothPaths(a: Alternative, b: Alternative): Alternative {
  if (a.path === undefined || b.path === undefined) return { ...a, ...b };
  const [short, long] = a.path.length <= b.path.length ? [a, b] : [b, a];
  const isInside = long.path === short.path || (!short.isExact && long.path?.startsWith(short.path ?? '') === true);
  if (!isInside) return { problem: `no request has both the path ${a.path} and ${b.path}` };
  const isExact = long.isExact === true || (long.path === short.path && short.isExact === true);
  return { ...a, ...b, ...(long.path !== undefined && { path: long.path }), isExact };
}

function both(a: Alternative, b: Alternative): Alternative {
  if (a.problem !== undefined) return a;
  if (b.problem !== undefined) return b;
  if (a.host !== undefined && b.host !== undefined && a.host !== b.host) {
    return { problem: `no request has both the host ${a.host} and ${b.host}` };
  }
  return bothPaths(a, b);
}

/** Reads tokens by descent; every function takes what is its own from the front. Undefined means: no sentence. */
interface Reader {
  readonly rest: Token[];
}

function take(reader: Reader, sign: string): boolean {
  const [next] = reader.rest;
  if (next?.kind !== 'sign' || next.text !== sign) return false;
  reader.rest.shift();
  return true;
}

function readMatcher(reader: Reader): readonly Alternative[] | undefined {
  const name = reader.rest.shift();
  if (name?.kind !== 'word' || !take(reader, '(')) return undefined;
  const texts: string[] = [];
  do {
    const argument = reader.rest.shift();
    if (argument?.kind !== 'text') return undefined;
    texts.push(argument.text);
  } while (take(reader, ','));
  return take(reader, ')') ? matcher(name.text, texts) : undefined;
}

function readUnit(reader: Reader): readonly Alternative[] | undefined {
  if (take(reader, '!')) {
    return readUnit(reader) === undefined ? undefined : [{ problem: 'an Ingress has no negation' }];
  }
  if (!take(reader, '(')) return readMatcher(reader);
  const inner = readEither(reader);
  return take(reader, ')') ? inner : undefined;
}

function readBoth(reader: Reader): readonly Alternative[] | undefined {
  let left = readUnit(reader);
  while (left !== undefined && take(reader, '&&')) {
    const right: readonly Alternative[] | undefined = readUnit(reader);
    if (right === undefined || left.length * right.length > mostAlternatives) return undefined;
    left = left.flatMap((a) => right.map((b) => both(a, b)));
  }
  return left;
}

function readEither(reader: Reader): readonly Alternative[] | undefined {
  let left = readBoth(reader);
  while (left !== undefined && take(reader, '||')) {
    const right = readBoth(reader);
    if (right === undefined || left.length + right.length > mostAlternatives) return undefined;
    left = [...left, ...right];
  }
  return left;
}

/**
 * Reads a rule of Traefik 2 or 3.
 * @see https://doc.traefik.io/traefik/routing/routers/#rule
 */
export function parseTraefikRule(rule: string): ParsedRule {
  const found = tokens(rule);
  const reader: Reader = { rest: [...(found ?? [])] };
  const read = found === undefined || found.length > mostTokens ? undefined : readEither(reader);
  const alternatives = reader.rest.length > 0 ? undefined : read;
  if (alternatives === undefined) {
    const isOld = /^\s*[A-Za-z]+:/.test(rule);
    return { matches: [], problems: [isOld ? 'it is a rule of Traefik 1' : 'it cannot be read'] };
  }
  const matches = alternatives.flatMap(({ host, path = '/', isExact, problem }): readonly RuleMatch[] =>
    problem === undefined ? [{ host, path, pathType: isExact === true ? 'Exact' : 'Prefix' }] : [],
  );
  return { matches, problems: [...new Set(alternatives.flatMap(({ problem }) => problem ?? []))] };
}
