// cspell:ignore cret dbname
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HostText, scanHosts } from '../../src/passes/scan-hosts.ts';

const known = new Set(['db', 'db-1', 'my_db', 'web', 'cache', 'shop', 'postgres', 'kafka', '172.20.0.5', 'tasks.web']);

/** `name`, `name:port`, with `?` behind a word that may mean something else. */
function hosts(text: string, kind: HostText['kind'] = 'value', key = 'X'): readonly string[] {
  return scanHosts({ text, key, kind }, (name) => known.has(name)).map(
    ({ name, port, isHost }) => `${name}${port === undefined ? '' : `:${port}`}${isHost ? '' : '?'}`,
  );
}

test('a URL names its host, and neither its scheme, its user nor its path', () => {
  expect(hosts('postgres://shop:s3cret@db:5432/shop')).toEqual(['db:5432']);
  expect(hosts('postgres://shop:p@ss@db/shop')).toEqual(['db:5432']);
  expect(hosts('redis://:@cache:6379/0')).toEqual(['cache:6379']);
  expect(hosts('http://web.example.com/web')).toEqual([]);
});

test('a URL without a port has that of its scheme', () => {
  expect(hosts('http://web/path')).toEqual(['web:80']);
  expect(hosts('db+postgresql://shop@postgres/shop')).toEqual(['postgres:5432']);
  expect(hosts('jdbc:postgresql://db/shop')).toEqual(['db:5432']);
  expect(hosts('tcp://db')).toEqual(['db']);
});

test('a URL may have several hosts, and several URLs may stand in a row', () => {
  expect(hosts('mongodb://db:27017,db-1:27018/x')).toEqual(['db:27017', 'db-1:27018']);
  expect(hosts('PLAINTEXT://kafka:29092,PLAINTEXT_HOST://localhost:9092,S://db:9093')).toEqual([
    'kafka:29092',
    'db:9093',
  ]);
});

test('a name with a port is a host, wherever it stands', () => {
  expect(hosts('db:5432')).toEqual(['db:5432']);
  expect(hosts('1@kafka:9093,2@db:9093')).toEqual(['kafka:9093', 'db:9093']);
  expect(hosts('user:pass@tcp(db:3306)/shop')).toEqual(['db:3306']);
  expect(hosts('the web:8000 server', 'file', '')).toEqual(['web:8000']);
  expect(hosts('db:5432:shop:user:secret', 'file', '')).toEqual(['db:5432']);
});

test('the tag of an image is no port', () => {
  expect(hosts('postgres:16')).toEqual([]);
  expect(hosts('postgres:16.2-bookworm')).toEqual([]);
  expect(hosts('postgres:99999')).toEqual([]);
});

test('a user, a key, a folder, a variable and a part of a longer word are no hosts', () => {
  expect(hosts('db@example.com')).toEqual([]);
  expect(hosts('web: 1', 'file', '')).toEqual([]);
  expect(hosts('web=1', 'command', '')).toEqual([]);
  expect(hosts('/srv/web ./web web/app', 'command', '')).toEqual([]);
  expect(hosts('$web ${web} $(web) web.conf web-db my-web --web', 'command', '')).toEqual([]);
});

test('the whole value of a variable is a host when the variable is called so', () => {
  expect(hosts('db', 'value', 'DB_HOST')).toEqual(['db']);
  expect(hosts('db', 'value', 'dbHostname')).toEqual(['db']);
  expect(hosts('db', 'value', 'HOST_NAME')).toEqual(['db']);
  expect(hosts('db, cache web', 'value', 'REDIS_SERVERS_1')).toEqual(['db', 'cache', 'web']);
});

test('the whole value of another variable may be one, unless the variable is called something else', () => {
  expect(hosts('cache', 'value', 'BACKEND')).toEqual(['cache?']);
  expect(hosts('shop', 'value', 'POSTGRES_USER')).toEqual([]);
  expect(hosts('db', 'value', 'DB_NAME')).toEqual([]);
  expect(hosts('the web of things', 'value', 'TEXT')).toEqual([]);
});

test('keys inside a value rule what stands behind them', () => {
  expect(hosts('host=db user=postgres dbname=shop')).toEqual(['db']);
  expect(hosts('Server=db;Port=5432;User=shop')).toEqual(['db']);
});

test('flags of a command have hosts behind them', () => {
  expect(hosts('psql -h db -U shop', 'command', '')).toEqual(['db']);
  expect(hosts('app --db-host=db --cache-host cache --name web', 'command', '')).toEqual(['db', 'cache']);
  expect(hosts('celery web', 'command', '')).toEqual(['web?']);
});

test('nc has its port behind a blank', () => {
  expect(hosts('until nc -z db 5432; do sleep 1; done', 'command', '')).toEqual(['db:5432']);
  expect(hosts('nc -z db 5432; echo web 8000', 'command', '')).toEqual(['db:5432', 'web?']);
});

test('in a file a bare word counts behind a key only', () => {
  expect(hosts('the web of db things', 'file', '')).toEqual([]);
  expect(hosts('upstream app { server web; }', 'file', '')).toEqual(['web']);
  expect(hosts('{"host": "db", "user": "shop", "mode": "web"}', 'file', '')).toEqual(['db']);
  expect(hosts('hosts:\n  - db\n  - "web"\nother:\n  - cache\n', 'file', '')).toEqual(['db', 'web', 'cache?']);
  expect(hosts("targets: ['web:9090', 'db:9100']", 'file', '')).toEqual(['web:9090', 'db:9100']);
});

test('addresses and names with dots are found like any other', () => {
  expect(hosts('172.20.0.5', 'value', 'TRUSTED')).toEqual(['172.20.0.5?']);
  expect(hosts('http://172.20.0.5:8080/')).toEqual(['172.20.0.5:8080']);
  expect(hosts('http://tasks.web/')).toEqual(['tasks.web:80']);
});

test('the offset is that of the name', () => {
  expect(scanHosts({ text: 'http://a@web:80/', key: '', kind: 'value' }, (name) => name === 'web')).toEqual([
    { name: 'web', port: 80, isHost: true, start: 9 },
  ]);
});

test('any text is read, in rising order, and every token is where it says', () => {
  const piece = fc.oneof(
    fc.constantFrom('db', '://', ':', '@', ',', ' ', '=', 'nc', '-h', '/', '80', '\n'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.constantFrom('value', 'command', 'file'), (pieces, kind) => {
      const text = pieces.join('');
      const found = scanHosts({ text, key: 'HOST', kind }, (name) => name === 'db');
      expect(found.every(({ name, start }) => text.startsWith(name, start))).toBe(true);
      expect(found.map(({ start }) => start)).toEqual(
        [...new Set(found.map(({ start }) => start))].toSorted((a, b) => a - b),
      );
    }),
  );
});

// Backing up over such a text would take minutes, and the runner's limit would end the test.
test.each([
  ['letters', 'a'.repeat(1_000_000), 0],
  ['dashes', `a${'-'.repeat(1_000_000)}`, 0],
  ['blanks', `a${' '.repeat(1_000_000)}b`, 0],
  ['schemes', 'a://'.repeat(250_000), 0],
  ['users', `a://${'b:'.repeat(500_000)}`, 0],
  ['hosts', `a://${'db,'.repeat(300_000)}`, 300_000],
  ['names', 'db '.repeat(300_000), 300_000],
])('a megabyte of %s is read through', (_what, text, count) => {
  expect(scanHosts({ text, key: 'HOST', kind: 'command' }, (name) => known.has(name))).toHaveLength(count);
});
