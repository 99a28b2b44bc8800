import { expect, test } from 'vitest';
import type { Storage } from '../../src/passes/decisions.ts';
import { findMentions } from '../../src/passes/find-mentions.ts';
import { at, type DraftLiteral, draftOf, from, health, variable } from '../support/draft.ts';
import { storageOf } from '../support/network-draft.ts';

type Text = Storage['texts'][number];

function mentionsOf(literal: DraftLiteral, texts: readonly Text[] = []) {
  return findMentions(draftOf(literal), storageOf(texts));
}

function words(service: string, key: string, ...texts: readonly string[]) {
  return {
    words: texts.map((text, index) => at(text, 'services', service, key, index)),
    origin: from('services', service, key),
  };
}

test('variables mention services by their keys', () => {
  const mentions = mentionsOf({
    services: { web: { environment: [variable('web', 'DB_URL', 'postgres://u:p@db/shop')] }, db: {} },
  });
  expect(mentions.of('db')).toEqual([
    {
      service: 'web',
      port: 5432,
      isHost: true,
      origin: from('services', 'web', 'environment', 'DB_URL'),
      where: 'environment.DB_URL',
    },
  ]);
  expect(mentions.of('web')).toEqual([]);
});

test('a host and a port in two variables of one prefix belong together', () => {
  const mentions = mentionsOf({
    services: {
      web: {
        environment: [
          variable('web', 'DB_HOST', 'db'),
          variable('web', 'DB_PORT', '5432'),
          variable('web', 'cache_host', 'cache'),
          variable('web', 'cache_port', '6379'),
          variable('web', 'MAIL_HOST', 'mail'),
          variable('web', 'MAIL_PORT', 'smtp'),
          variable('web', 'DB_NAME', 'db'),
        ],
      },
      db: {},
      cache: {},
      mail: {},
    },
  });
  const portsOf = (host: string) => mentions.of(host).map(({ where, port }) => [where, port]);
  expect(portsOf('cache')).toEqual([['environment.cache_host', 6379]]);
  expect(portsOf('mail')).toEqual([['environment.MAIL_HOST', undefined]]);
  expect(portsOf('db')[0]).toEqual(['environment.DB_HOST', 5432]);
});

test('a variable of an env file says which one it is', () => {
  const mentions = mentionsOf({
    services: { web: { environment: [variable('web', 'DB_HOST', 'db', 'file')] }, db: {} },
  });
  expect(mentions.of('db').map(({ where }) => where)).toEqual(['DB_HOST of an env_file']);
});

test('container names, host names, aliases, link aliases, task names and addresses are looked for', () => {
  const names = ['shop-db', 'db.shop', 'database', 'sql', 'tasks.db', '172.20.0.5'];
  const mentions = mentionsOf({
    services: {
      web: {
        environment: names.map((name, index) => variable('web', `HOST_${index}`, name)),
        links: [{ service: 'db', alias: at('sql', 'services', 'web', 'links', 0), origin: from() }],
      },
      db: {
        containerName: at('shop-db'),
        hostname: at('db.shop'),
        networks: [{ network: 'back', aliases: [at('database')], ipv4: at('172.20.0.5'), origin: from() }],
      },
    },
  });
  expect(names.map((name) => mentions.of(name).map(({ where }) => where))).toEqual(
    names.map((_, index) => [`environment.HOST_${index}`]),
  );
});

test('words of a command are read together, and each mention is at its own word', () => {
  const mentions = mentionsOf({
    services: {
      web: {
        entrypoint: words('web', 'entrypoint', '/wait', 'db:5432'),
        command: words('web', 'command', 'serve', '--cache-host', 'cache', 'http://db/'),
        healthCheck: health('web', 'curl http://cache/'),
      },
      db: {},
      cache: {},
    },
  });
  expect(mentions.of('db').map(({ where, origin, port }) => [where, origin.path.at(-1), port])).toEqual([
    ['entrypoint', 1, 5432],
    ['command', 3, 80],
  ]);
  expect(mentions.of('cache').map(({ where, origin, isHost }) => [where, origin.path.at(-1), isHost])).toEqual([
    ['command', 2, true],
    ['healthcheck.test', 1, true],
  ]);
});

test('files are read with their lines', () => {
  const origin = from('services', 'proxy', 'volumes', 0);
  const text = 'upstream app {\n  server web:8000;\n  server web:8001;\n}\n# the web\n';
  const mentions = mentionsOf({ services: { proxy: {}, web: {} } }, [
    { service: 'proxy', name: 'nginx.conf', text, origin },
  ]);
  expect(mentions.of('web')).toEqual([
    { service: 'proxy', port: 8000, isHost: true, origin, where: 'nginx.conf:2' },
    { service: 'proxy', port: 8001, isHost: true, origin, where: 'nginx.conf:3' },
  ]);
});

test('what one place says twice is one mention, the surer one', () => {
  const mentions = mentionsOf({
    services: { web: { environment: [variable('web', 'BACKENDS', 'db,tcp://db')] }, db: {} },
  });
  expect(mentions.of('db').map(({ isHost, port }) => [isHost, port])).toEqual([[true, undefined]]);
});

test('extra_hosts mention addresses', () => {
  const mentions = mentionsOf({
    services: {
      web: { hostAliases: [{ ip: at('172.20.0.5'), hostnames: [at('database')] }] },
      db: { networks: [{ network: 'back', aliases: [], ipv4: at('172.20.0.5'), origin: from() }] },
    },
  });
  expect(mentions.of('172.20.0.5').map(({ service, where }) => [service, where])).toEqual([['web', 'extra_hosts']]);
});

test('two thousand services that all mention one are read in a blink', () => {
  const services = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [
      `s${index}`,
      {
        environment: [
          variable(`s${index}`, 'URL', 'http://s0:8080/'),
          variable(`s${index}`, 'NEXT', `s${index + 1}:90`),
        ],
      },
    ]),
  );
  const mentions = mentionsOf({ services });
  expect(mentions.of('s0')).toHaveLength(2000);
  expect(mentions.of('s1999')).toHaveLength(1);
});
