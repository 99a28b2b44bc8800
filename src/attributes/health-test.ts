/** Recognises health tests that a kubelet can run itself: curl, wget, nc and grpc_health_probe against the container's own port. */

import { baseName } from '../kernel/paths.ts';
import type { NetworkTest } from '../model/facts.ts';
import { plainWords, variableHost } from './shell-words.ts';

/** A health test as plain text. */
export type PlainTest =
  | { readonly kind: 'exec'; readonly words: readonly string[] }
  | { readonly kind: 'shell'; readonly text: string };

/** What the options of curl or wget ask for. */
interface Request {
  readonly urls: string[];
  readonly headers: { readonly name: string; readonly value: string }[];
  host: string | undefined;
  maxSeconds: number | undefined;
  /** An HTTP error makes the command fail. */
  isStrict: boolean;
}

/** Takes an option's value; false when the command is then more than a plain request. */
type TakeValue = (value: string, request: Request) => boolean;

/** Options of a command: those without a value, and what is done with the value of the others. */
interface OptionTable {
  readonly harmless: ReadonlySet<string>;
  readonly strict: ReadonlySet<string>;
  readonly withValue: Readonly<Record<string, TakeValue>>;
}

const credentials = /^(authorization|proxy-authorization|cookie)$/i;

const takeHeader: TakeValue = (value, request) => {
  const [, name, text] = /^([-A-Za-z0-9]+):\s*([^\0]+)$/.exec(value) ?? [];
  if (name === undefined || text === undefined || credentials.test(name)) return false;
  if (name.toLowerCase() === 'host') request.host = text;
  else request.headers.push({ name, value: text });
  return true;
};
const takeSeconds: TakeValue = (value, request) => {
  if (!/^\d+(\.\d+)?$/.test(value)) return false;
  if (Number(value) > 0) request.maxSeconds = Number(value);
  return true;
};
const takeOutput: TakeValue = (value) => value === '/dev/null' || value === '-';
const takeUrl: TakeValue = (value, request) => request.urls.push(value) > 0;
const takeMethod: TakeValue = (value) => value === 'GET';
const takeNumber: TakeValue = (value) => /^\d+$/.test(value);

const curl: OptionTable = {
  harmless: new Set(
    's S L k q g i v silent show-error location insecure disable globoff include verbose no-progress-meter'.split(' '),
  ),
  strict: new Set(['f', 'fail', 'fail-with-body']),
  withValue: {
    o: takeOutput,
    output: takeOutput,
    H: takeHeader,
    header: takeHeader,
    m: takeSeconds,
    'max-time': takeSeconds,
    X: takeMethod,
    request: takeMethod,
    url: takeUrl,
  },
};
const wget: OptionTable = {
  harmless: new Set('q S quiet spider no-verbose server-response no-check-certificate'.split(' ')),
  strict: new Set(),
  withValue: {
    O: takeOutput,
    'output-document': takeOutput,
    header: takeHeader,
    T: takeSeconds,
    timeout: takeSeconds,
    t: takeNumber,
    tries: takeNumber,
    // The two letters of -nv are one option.
    n: (value) => value === 'v',
  },
};

/** One option word such as `-fsSm5` or `--max-time 5`. Gives how many of the words are used up; undefined for an unknown option. */
function takeOption(words: readonly string[], table: OptionTable, request: Request): number | undefined {
  const [word = '', next] = words;
  const isLong = word.startsWith('--');
  let rest = word.slice(isLong ? 2 : 1);
  while (rest !== '') {
    const equals = isLong ? rest.indexOf('=') : -1;
    const name = isLong ? rest.slice(0, equals < 0 ? undefined : equals) : rest.slice(0, 1);
    const inner = isLong ? (equals < 0 ? undefined : rest.slice(equals + 1)) : rest.slice(1) || undefined;
    const take = Object.hasOwn(table.withValue, name) ? table.withValue[name] : undefined;
    if (take !== undefined) {
      const value = inner ?? next;
      return value !== undefined && take(value, request) ? (inner === undefined ? 2 : 1) : undefined;
    }
    if (table.strict.has(name)) request.isStrict = true;
    else if (!table.harmless.has(name)) return undefined;
    if (isLong && equals >= 0) return undefined;
    rest = isLong ? '' : rest.slice(1);
  }
  return 1;
}

function requestOf(words: readonly string[], table: OptionTable, isStrict: boolean): Request | undefined {
  const request: Request = { urls: [], headers: [], host: undefined, maxSeconds: undefined, isStrict };
  for (let at = 0; at < words.length; ) {
    const word = words[at] ?? '';
    if (word.startsWith('-') && word !== '-') {
      const used = takeOption(words.slice(at), table, request);
      if (used === undefined) return undefined;
      at += used;
    } else {
      request.urls.push(word);
      at += 1;
    }
  }
  return request.isStrict ? request : undefined;
}

function isOwn(host: string, service: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', service, variableHost].includes(host);
}

function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}

/** The test of a plain request; undefined when the URL leads elsewhere or holds what a shell or curl would expand. */
function httpTest(request: Request, service: string): NetworkTest | undefined {
  const [url, ...others] = request.urls;
  if (url === undefined || others.length > 0) return undefined;
  const [, scheme = 'http', authority = '', tail = ''] =
    /^(?:(https?):\/\/)?([^/?#]*)([^#]*)(?:#.*)?$/i.exec(url) ?? [];
  const [, host = '', portText] = /^(.+?)(?::(\d+))?$/.exec(authority) ?? [];
  const isHttps = scheme.toLowerCase() === 'https';
  const port = portText === undefined ? (isHttps ? 443 : 80) : portOf(portText);
  if (!isOwn(host, service) || port === undefined || /[\s\0"$*<>[\\\]^`{|}]/.test(tail)) return undefined;
  return {
    kind: 'http',
    port,
    path: tail.startsWith('/') ? tail : `/${tail}`,
    isHttps,
    host: request.host ?? authority.replace(variableHost, 'localhost'),
    headers: request.headers,
    maxSeconds: request.maxSeconds,
  };
}

/** `nc -z HOST PORT`, with -v, -n and -w SECONDS. */
function tcpTest(words: readonly string[], service: string): NetworkTest | undefined {
  const plain: string[] = [];
  let isScan = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [option, letters = '', wait] = /^-([zvn]*)(w\d*)?$/.exec(word) ?? [];
    if (option === undefined || option === '-') {
      if (word.startsWith('-')) return undefined;
      plain.push(word);
      continue;
    }
    isScan ||= letters.includes('z');
    if (wait === 'w') at += 1;
    if (wait === 'w' && !/^\d+$/.test(words[at] ?? '')) return undefined;
  }
  const [host = '', portText = '', ...others] = plain;
  const port = portOf(portText);
  if (!isScan || port === undefined || others.length > 0 || !(host === '::1' || isOwn(host, service))) return undefined;
  return { kind: 'tcp', port };
}

/** `grpc_health_probe -addr=HOST:PORT [-service=NAME]`. */
function grpcTest(words: readonly string[], service: string): NetworkTest | undefined {
  const options = new Map<string, string>();
  for (let at = 0; at < words.length; at += 1) {
    const [, name, inner] = /^--?(addr|service)(?:=(.*))?$/.exec(words[at] ?? '') ?? [];
    if (inner === undefined) at += 1;
    const value = inner ?? words[at];
    if (name === undefined || value === undefined) return undefined;
    options.set(name, value);
  }
  const [, host = '', portText = ''] = /^(.*):(\d+)$/.exec(options.get('addr') ?? '') ?? [];
  const port = portOf(portText);
  const named = options.get('service') ?? '';
  if (port === undefined || named.includes('\0') || !(host === '' || isOwn(host, service))) return undefined;
  return { kind: 'grpc', port, service: named === '' ? undefined : named };
}

function commandTest(words: readonly string[], service: string): NetworkTest | undefined {
  const [command = '', ...rest] = words;
  const name = baseName(command);
  if (name === 'curl' || name === 'wget') {
    const request = requestOf(rest, name === 'curl' ? curl : wget, name === 'wget');
    return request === undefined ? undefined : httpTest(request, service);
  }
  if (['nc', 'ncat', 'netcat'].includes(name)) return tcpTest(rest, service);
  return /^grpc[_-]health[_-]probe/.test(name) ? grpcTest(rest, service) : undefined;
}

/**
 * The network probe that a health test amounts to: a plain request to the container itself, whose outcome is the same when
 * the kubelet makes it. Undefined for anything else, which stays a command. `service` is the service's own name.
 * @see mapping.yaml, services.*.healthcheck.test
 */
export function networkTest(test: PlainTest, service: string): NetworkTest | undefined {
  const [shell = '', flag, text, ...others] = test.kind === 'exec' ? test.words : ['sh', '-c', test.text];
  const isShell = ['sh', 'bash', 'ash', 'dash'].includes(baseName(shell)) && flag === '-c' && others.length === 0;
  if (isShell && text !== undefined) {
    const words = plainWords(text);
    return words === undefined ? undefined : commandTest(words, service);
  }
  return test.kind === 'exec' ? commandTest(test.words, service) : undefined;
}
