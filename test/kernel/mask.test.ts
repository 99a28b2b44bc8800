/** What nobody may see in an excerpt or a message. */
// cspell:ignore requirepass foobared hunter swordfish
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { looksSecret, maskedParts, maskMessage, maskText } from '../../src/kernel/mask.ts';

function masked(text: string, name = 'compose.yaml'): string {
  const source = { name, text };
  return text
    .split('\n')
    .map((line, index) => {
      let shown = '';
      let at = 0;
      for (const { from, to } of maskedParts(source, index + 1)) {
        shown += line.slice(at, from) + maskText;
        at = to;
      }
      return shown + line.slice(at);
    })
    .join('\n');
}

test.each([
  'PASSWORD',
  'POSTGRES_PASSWORD',
  'dbPassword',
  'MYSQL_PWD',
  'API_TOKEN',
  'token',
  'client-secret',
  'API_KEY',
  'apikey',
  'AWS_SECRET_ACCESS_KEY',
  'aws_access_key_id',
  'PRIVATE_KEY',
  'ENCRYPTION_KEY',
  'SENTRY_DSN',
  'DB_PASS',
  'credentials',
  'passphrase',
])('takes %s for the name of a secret', (name) => {
  expect(looksSecret(name)).toBe(true);
});

test.each([
  'POSTGRES_PASSWORD_FILE',
  'secret-path',
  'SECRET_NAME',
  'TOKEN_TTL',
  'secrets',
  'credential_spec',
  'KEY',
  'PASSENGER',
  'keyboard',
  'image',
  '',
])('takes %j for no secret', (name) => {
  expect(looksSecret(name)).toBe(false);
});

test.each([
  ['environment:\n  DB_PASSWORD: hunter2 # twice', 'environment:\n  DB_PASSWORD: ****'],
  ['environment:\n  - DB_PASSWORD=hunter2 x', 'environment:\n  - DB_PASSWORD=****'],
  ['environment:\n  - "DB_PASSWORD=hunter2"', 'environment:\n  - "DB_PASSWORD=****"'],
  ["environment:\n  DB_PASSWORD: 'it''s'", 'environment:\n  DB_PASSWORD: ****'],
  ['environment:\n  DB_PASSWORD: "a\\"b" # c', 'environment:\n  DB_PASSWORD: **** # c'],
  ['environment: {DB_PASSWORD: hunter2, A: b}', 'environment: {DB_PASSWORD: ****, A: b}'],
  ['environment: {TOKEN: [a, b], A: b}', 'environment: {TOKEN: ****, A: b}'],
  ['environment: {TOKEN: {a: {b: c}}, A: b}', 'environment: {TOKEN: ****, A: b}'],
  ['environment: ["TOKEN=x, y", "A=b"]', 'environment: ["TOKEN=****", "A=b"]'],
  ['{"environment":{"TOKEN":"x","A":"b"}}', '{"environment":{"TOKEN":****,"A":"b"}}'],
  ['environment:\n  TOKEN:\n    value: x', 'environment:\n  TOKEN:\n    value: ****'],
  ['environment:\n  TOKEN: |\n    user: x', 'environment:\n  TOKEN: |\n    ****'],
  ['environment:\n  TOKEN:\n  - x', 'environment:\n  TOKEN:\n  ****'],
  ['environment:\n  TOKEN: |\n    one\n\n    two\n  A: b', 'environment:\n  TOKEN: |\n    ****\n\n    ****\n  A: b'],
  ['environment:\n  TOKEN: >-\n    one', 'environment:\n  TOKEN: >-\n    ****'],
  ['command: redis-server --requirepass foobared --port 1', 'command: redis-server --requirepass **** --port 1'],
  ['command: ["--password", "x", "-v"]', 'command: ["--password", "****", "-v"]'],
  ['command: app --api-key=abc', 'command: app --api-key=****'],
  ['image: ${DB_PASSWORD:-sword{fi}sh} x', 'image: ${DB_PASSWORD:-****} x'],
  ['image: ${A:-${DB_PASSWORD+x}}', 'image: ${A:-${DB_PASSWORD+****}}'],
  ['image: ${DB_PASSWORD:swordfish}', 'image: ${DB_PASSWORD:****}'],
  ['environment:\n  TOKEN:abc', 'environment:\n  TOKEN:****'],
  ['environment:\n  DB_PASSWORD hunter2', 'environment:\n  DB_PASSWORD ****'],
  ['environment:\n  - "DB_PASSWORD" hunter2', 'environment:\n  - "DB_PASSWORD" ****'],
  ['command: ["--password" "x", "-v"]', 'command: ["--password" "****", "-v"]'],
  ['environment: {TOKEN:abc, A: b}', 'environment: {TOKEN:****, A: b}'],
  ['environment: {TOKEN:"abc", A: b}', 'environment: {TOKEN:****, A: b}'],
  ['environment: {TOKEN: "abc, A: b}', 'environment: {TOKEN: ****'],
  ['environment: {TOKEN: [abc, A: b', 'environment: {TOKEN: ****'],
  ['environment:\n  TOKEN: |\n  one\n two\n  A: b', 'environment:\n  TOKEN: |\n  ****\n ****\n  A: b'],
  ['environment:\n  TOKEN: "one\ntwo"\n  A: b', 'environment:\n  TOKEN: ****\n****\n  A: b'],
])('hides the secret of %j', (text, expected) => {
  expect(masked(text)).toBe(expected);
});

test.each([
  'services:\n  token-service:\n    image: nginx\n  secret:\n    image: x',
  'services:\n  token: {image: nginx}',
  'secrets:\n  db_password:\n    file: ./password.txt\n  token: {environment: TOKEN}',
  'services:\n  web:\n    secrets:\n      - db_password\n      - source: token\n        target: x',
  'environment:\n  DB_PASSWORD: ${DB_PASSWORD}\n  TOKEN: "$TOKEN"\n  SECRET: ${SECRET:?must be set}',
  'image: ${TOKEN:?must be set}',
  'environment:\n  PASSWORD_FILE: /run/secrets/password',
  'image: team/token-service:1.2',
  'depends_on: [token-service, db]',
  'secrets: [db_password, api_key]',
  'environment:\n  A: the TOKEN is long',
  'links:\n  - token-service:80',
  'environment:\n  TOKEN:\n  OTHER: x',
  'depends_on:\n  token:\n    condition: service_started',
])('shows all of %j', (text) => {
  expect(masked(text)).toBe(text);
});

test('hides what a declared secret should not say at all', () => {
  expect(masked('secrets:\n  db:\n    content: x\n    files: ./y\n  token: {content: x}\n  other: z')).toBe(
    'secrets:\n  db:\n    content: ****\n    files: ./y\n  token: ****\n  other: ****',
  );
  expect(masked('secrets:\n  db:\n  content: x')).toBe('secrets:\n  db:\n  content: ****');
});

test.each([
  ['DATABASE_URL: postgres://app:hunter2@db:5432/app', 'DATABASE_URL: postgres://app:****@db:5432/app'],
  ['url: "amqp://a:b@c@host/"', 'url: "amqp://a:****@host/"'],
  ['- redis://:hunter2@cache', '- redis://:****@cache'],
  ['url: postgres://app:${PW}@db', 'url: postgres://app:${PW}@db'],
  ['url: https://example.com:8080/@scope', 'url: https://example.com:8080/@scope'],
])('hides the password in %j', (text, expected) => {
  expect(masked(text)).toBe(expected);
});

test.each([
  ['TOKEN=abc\nA=b', 'TOKEN=****\nA=b'],
  ['export TOKEN=abc', 'export TOKEN=****'],
  ['TOKEN:abc', 'TOKEN:****'],
  ["TOKEN='a b' # c", 'TOKEN=**** # c'],
])('hides the secret of the env file %j', (text, expected) => {
  expect(masked(text, '.env')).toBe(expected);
});

test('never shows a password in quotes, however odd', () => {
  return fc.assert(
    fc.property(fc.string({ minLength: 1 }), (secret) => {
      const text = `environment: {A: "b", TOKEN: ${JSON.stringify(`<<${secret}>>`)}, C: d}`;
      const shown = masked(text);
      expect(shown).toBe('environment: {A: "b", TOKEN: ****, C: d}');
    }),
  );
});

test('answers for lines that are not there', () => {
  expect(maskedParts({ name: 's', text: 'TOKEN=x' }, 9)).toEqual([]);
});

const source = { name: 's', text: 'environment:\n  TOKEN: hunter2\n  PIN: {PASSWORD: "1 2", A: abcd}\n' };

test('keeps what a line hides out of a message about it', () => {
  const span = { source, start: 22, end: 29 };
  expect(maskMessage('not "hunter2"', span, [])).toBe('not "****"');
  expect(maskMessage('not hunter2, no hunter', span, [])).toBe('not ****, no hunter');
  expect(maskMessage('not "unte", but "nt"', span, [])).toBe('not "****", but "nt"');
  expect(maskMessage('TOKEN must be text', span, [])).toBe('TOKEN must be text');
});

test('masks a short secret in quotes only', () => {
  const start = source.text.indexOf('"1 2"');
  expect(maskMessage('1 2 is "1 2", not "abcd"', { source, start, end: start + 5 }, [])).toBe(
    '1 2 is "****", not "abcd"',
  );
});

test('masks further texts too, the longer ones first', () => {
  const span = { source, start: 0, end: 11 };
  expect(maskMessage('a swordfish and a swordfish2', span, ['swordfish', 'swordfish2'])).toBe('a **** and a ****');
  expect(maskMessage('nothing to hide', span, [])).toBe('nothing to hide');
});

test.each([
  ['one long word', 'x'.repeat(2_000_000)],
  ['many dashes', '-a'.repeat(1_000_000)],
  ['many blanks', `${' '.repeat(1_000_000)}x`],
  ['many addresses', 'a://b:'.repeat(200_000)],
  ['many references', '${A:-{'.repeat(200_000)],
  ['many references to secrets', '${TOKEN:-{'.repeat(200_000)],
  ['many secrets', `{${'"TOKEN": "x", '.repeat(50_000)}}`],
  ['many lines', 'A: [\n'.concat('- "x",\n'.repeat(100_000))],
])('reads %s without taking for ever', (_, text) => {
  const long = { name: 's', text };
  const started = performance.now();
  for (let line = 1; line < 3; line += 1) maskedParts(long, line);
  for (let line = 90_000; line < 91_000; line += 1) maskedParts(long, line);
  expect(performance.now() - started).toBeLessThan(3000);
});
