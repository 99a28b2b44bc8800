import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { warnRenames } from '../../src/passes/warn-renames.ts';
import { at, type DraftLiteral, draftOf, from, health, said, variable } from '../support/draft.ts';
import { mentionsIn } from '../support/network-draft.ts';

function warned(literal: DraftLiteral, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const draft = draftOf(literal);
  const report = new Report();
  warnRenames(draft, nameObjects(draft, report), mentionsIn(draft, files), report);
  return said(report);
}

test('each place that uses the old name of a service is told', () => {
  expect(
    warned(
      { services: { my_db: {}, web: { environment: [variable('web', 'URL', 'postgres://my_db/x')] } } },
      { web: '\n\nserver my_db:80;\n' },
    ),
  ).toEqual([
    'warning warn-renames/old-name services.web.environment.URL: environment.URL of web uses the host name "my_db", which is my-db in the cluster',
    'warning warn-renames/old-name services.web.volumes[0]: web.conf:3 of web uses the host name "my_db", which is my-db in the cluster',
  ]);
});

test('a word that may mean something else is told with care', () => {
  expect(warned({ services: { my_db: {}, web: { environment: [variable('web', 'BACKEND', 'my_db')] } } })).toEqual([
    'warning warn-renames/maybe-old-name services.web.environment.BACKEND: environment.BACKEND of web says "my_db", and the service of that name is called my-db in the cluster',
  ]);
});

test('upper case resolves as it is', () => {
  expect(warned({ services: { DB: {}, web: { environment: [variable('web', 'DB_HOST', 'DB')] } } })).toEqual([]);
});

test('a container name that cannot be a Service is told where others use it as a host', () => {
  const services = {
    db: { containerName: at('shop_db'), environment: [variable('db', 'SELF_HOST', 'shop_db')] },
    web: { environment: [variable('web', 'DB_HOST', 'shop_db'), variable('web', 'LABELS', 'shop_db')] },
  };
  expect(warned({ services })).toEqual([
    'warning warn-renames/no-such-host services.web.environment.DB_HOST: environment.DB_HOST of web uses the host name "shop_db", which cannot be the name of a Service',
  ]);
});

test('a host name with dots, the names of tasks and fixed addresses are told', () => {
  const services = {
    db: {
      hostname: at('db.shop'),
      networks: [{ network: 'back', aliases: [], ipv4: at('172.20.0.5'), origin: from() }],
      environment: [variable('db', 'BIND_ADDRESS', '172.20.0.5')],
    },
    web: {
      environment: [
        variable('web', 'A_HOST', 'db.shop'),
        variable('web', 'B_HOST', 'tasks.db'),
        variable('web', 'TRUSTED', '172.20.0.5'),
      ],
      healthCheck: health('web', 'ping tasks.db'),
    },
    ui: { healthCheck: health('ui', 'curl http://tasks.api:80') },
    api: { endpointMode: at('dnsrr' as const) },
  };
  expect(warned({ services, networks: { back: {} } })).toEqual([
    'warning warn-renames/no-such-host services.web.environment.A_HOST: environment.A_HOST of web uses the host name "db.shop", which cannot be the name of a Service',
    // The variable is judged, and told, by the rule of the environment.
    'warning warn-renames/tasks services.web.healthcheck.test[1]: healthcheck.test of web uses tasks.db, a name that only Swarm answers',
    'warning warn-renames/address services.web.environment.TRUSTED: environment.TRUSTED of web holds the fixed address 172.20.0.5 of db, which pods do not keep',
    'warning warn-renames/tasks-of-headless services.ui.healthcheck.test[1]: healthcheck.test of ui uses tasks.api, a name that only Swarm answers',
  ]);
});
