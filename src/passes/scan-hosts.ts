/** Finds known host names in a text: in URLs, before a port, after `host=` or `-h`, or standing alone. One pass, no backing up. */
// cspell:ignore addrs amqps dbname ldaps mqtts ncat Netcat netcat netcats rediss rtsp

/** A host name in a text. */
export interface HostToken {
  readonly name: string;
  /** The port said with it, or the one that the scheme of its URL implies. */
  readonly port: number | undefined;
  /** True where only a host name can stand; false for a word that may mean something else. */
  readonly isHost: boolean;
  /** Offset of the name in the text. */
  readonly start: number;
}

/** A text to look through. */
export interface HostText {
  readonly text: string;
  /** The name of what holds the text, such as a variable; empty when nothing does. */
  readonly key: string;
  /** Where a bare word counts: alone in a value, anywhere in a command, behind a key in a file. */
  readonly kind: 'value' | 'command' | 'file';
}

/** Ports that URLs leave out. */
const schemePorts: ReadonlyMap<string, number> = new Map([
  ['amqp', 5672],
  ['amqps', 5671],
  ['bolt', 7687],
  ['ftp', 21],
  ['http', 80],
  ['https', 443],
  ['ldap', 389],
  ['ldaps', 636],
  ['mariadb', 3306],
  ['memcached', 11211],
  ['mongodb', 27017],
  ['mqtt', 1883],
  ['mqtts', 8883],
  ['mssql', 1433],
  ['mysql', 3306],
  ['nats', 4222],
  ['neo4j', 7687],
  ['postgres', 5432],
  ['postgresql', 5432],
  ['redis', 6379],
  ['rediss', 6379],
  ['rtsp', 554],
  ['smtp', 25],
  ['sqlserver', 1433],
  ['ssh', 22],
  ['ws', 80],
  ['wss', 443],
]);

/** Below it no service of today listens, but many images have tags: `postgres:16`. */
const LOWEST_PORT = 20;
const HIGHEST_PORT = 65535;
/** A separator between a key and its value is never longer. */
const LONGEST_SEPARATOR = 200;

const NAME = '[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?';
const TOKEN = new RegExp(`([A-Za-z][A-Za-z0-9+.-]*)://|${NAME}`, 'g');
const USER_INFO = /[^\s/?#"'`<>]*@/y;
const AUTHORITY_HOST = new RegExp(`(${NAME})(?::(\\d{1,5}))?(?![\\w@])`, 'y');
const PORT = /:(\d{1,5})(?![\w@-]|\.\d)/y;
const PORT_ARGUMENT = /[ \t]+(\d{2,5})(?![\w.:-])/y;
const ASSIGNMENT = /^["'\])]*\s*(?:=>|:=|[:=])/;
const ARGUMENT = /^\s+["']?$/;

const hostWords =
  /(?:^|(?<!local))(?:hosts?|hostnames?|servers?|addrs?|address|addresses|urls?|uris?|endpoints?|brokers?|upstreams?|peers?|domains?|dsn)$/;
const otherWords =
  /^(?:users?|username|login|pass|password|passwd|secret|token|db|dbname|databases?|name|schema|bucket|queue|topic|type|kind|driver|engine|dialect|adapter|provider|env|environment|mode|role|image|tag|version|label|prefix|path|file|dir|directory|profile|realm|scope|level|format|class|id|locale|lang|language|theme|title|description|comment)$/;
/** Words of configuration files and commands that have a host behind them without a sign between. */
const directives: ReadonlySet<string> = new Set(['curl', 'host', 'ping', 'proxy_pass', 'server', 'telnet', 'wget']);
const netcats: ReadonlySet<string> = new Set(['nc', 'ncat', 'netcat', 'telnet']);

/** What a key says about its value. */
function keyMeans(key: string): 'host' | 'other' | 'anything' {
  if (/^-.$/.test(key)) return key === '-h' || key === '-H' ? 'host' : 'other';
  if (directives.has(key)) return 'host';
  const words = key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  if (hostWords.test(last) || (last === 'name' && words.at(-2) === 'host')) return 'host';
  return otherWords.test(last) ? 'other' : 'anything';
}

/** The state between two words. */
interface Scanner {
  readonly subject: HostText;
  readonly isKnown: (name: string) => boolean;
  readonly found: HostToken[];
  /** What the word at hand is the value of. */
  key: string;
  /** True while the key is the text's own: blanks separate the items of such a value. */
  isOwnKey: boolean;
  last: string;
  lastEnd: number;
  /** True behind `nc`, whose ports stand after a blank. */
  isNetcat: boolean;
}

function portOf(digits: string | undefined): number | undefined {
  const port = Number(digits);
  return port >= LOWEST_PORT && port <= HIGHEST_PORT ? port : undefined;
}

/** Learns from what stands between two words whether the first is the key of the second. */
function passSeparator(scanner: Scanner, start: number): void {
  const { subject, last, lastEnd } = scanner;
  const isLong = start - lastEnd > LONGEST_SEPARATOR;
  const separator = isLong ? '' : subject.text.slice(lastEnd, start);
  if (isLong || /[;|&\n]/.test(separator)) scanner.isNetcat = false;
  if (lastEnd === 0) return;
  const isItem = separator.includes(',') || /\n\s*-\s/.test(separator) || (scanner.isOwnKey && separator.trim() === '');
  const isArgument = ARGUMENT.test(separator) && (last.startsWith('-') || directives.has(last));
  if ((ASSIGNMENT.test(separator) && !separator.includes(',')) || isArgument) {
    scanner.key = last;
    scanner.isOwnKey = false;
  } else if (isLong || !isItem) {
    scanner.key = '';
    scanner.isOwnKey = false;
  }
}

/** Takes the hosts behind `scheme://`; gives the offset of what follows them. */
function readAuthority(scanner: Scanner, scheme: string, start: number): number {
  const { text } = scanner.subject;
  const implied = scheme
    .toLowerCase()
    .split('+')
    .map((part) => schemePorts.get(part))
    .find((port) => port !== undefined);
  USER_INFO.lastIndex = start;
  let at = USER_INFO.test(text) ? USER_INFO.lastIndex : start;
  for (let next = at; ; next = at + 1) {
    AUTHORITY_HOST.lastIndex = next;
    const host = AUTHORITY_HOST.exec(text);
    const [, name = '', digits] = host ?? [];
    const end = AUTHORITY_HOST.lastIndex;
    if (host === null || text.startsWith('://', end)) return at;
    const port = digits === undefined ? implied : portOf(digits);
    if (scanner.isKnown(name)) scanner.found.push({ name, port, isHost: true, start: next });
    at = end;
    if (text[at] !== ',') return at;
  }
}

/** True when a bare word stands where its kind of text has values. */
function standsAlone({ subject: { text, kind }, key }: Scanner, start: number, end: number): boolean {
  if (kind === 'command') return true;
  if (kind === 'file') return key !== '';
  return /^[=:,;[("']?$/.test(text[start - 1] ?? '') && /^[\n,;\])"']?$/.test(text[end] ?? '');
}

/** The port that is said with a name: behind a colon, or as the next argument of `nc`. */
function portAfter({ subject: { text }, isNetcat }: Scanner, end: number): number | undefined {
  PORT.lastIndex = end;
  const colon = PORT.exec(text);
  if (colon !== null) return portOf(colon[1]);
  PORT_ARGUMENT.lastIndex = end;
  return isNetcat ? portOf(PORT_ARGUMENT.exec(text)?.[1]) : undefined;
}

/** Judges a known name that no URL holds. */
function readWord(scanner: Scanner, name: string, start: number, end: number): void {
  const { text } = scanner.subject;
  const before = text[start - 1] ?? '';
  const isBehindSlashes = before === '/' && text[start - 2] === '/';
  const isSubstituted = before === '(' && text[start - 2] === '$';
  if (isSubstituted || (!/^[\s=:,;"'`([<>|@&!]?$/.test(before) && !isBehindSlashes)) return;
  const port = portAfter(scanner, end);
  if (port !== undefined) {
    scanner.found.push({ name, port, isHost: true, start });
    return;
  }
  const meaning = keyMeans(scanner.key);
  const after = text[end] ?? '';
  if (isBehindSlashes || (after === '/' && meaning !== 'host') || /^[:=@($\\{}*%-]$/.test(after)) return;
  const isHost = before === '@' || meaning === 'host';
  if (isHost || (meaning === 'anything' && standsAlone(scanner, start, end)))
    scanner.found.push({ name, port, isHost, start });
}

/** All places of known host names in a text, in their order. Linear in the length of the text. */
export function scanHosts(subject: HostText, isKnown: (name: string) => boolean): readonly HostToken[] {
  const scanner: Scanner = {
    subject,
    isKnown,
    found: [],
    key: subject.key,
    isOwnKey: subject.key !== '',
    last: '',
    lastEnd: 0,
    isNetcat: false,
  };
  const tokens = new RegExp(TOKEN);
  for (let token = tokens.exec(subject.text); token !== null; token = tokens.exec(subject.text)) {
    const [whole, scheme] = token;
    passSeparator(scanner, token.index);
    if (scheme !== undefined) {
      tokens.lastIndex = readAuthority(scanner, scheme, tokens.lastIndex);
      scanner.last = '';
    } else {
      if (isKnown(whole)) readWord(scanner, whole, token.index, tokens.lastIndex);
      scanner.last = subject.text[token.index - 1] === '-' ? `-${whole}` : whole;
      if (netcats.has(whole)) scanner.isNetcat = true;
    }
    scanner.lastEnd = tokens.lastIndex;
  }
  return scanner.found;
}
