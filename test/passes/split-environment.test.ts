// cspell:ignore APIKEY AUTHKEY MEILI OLDPWD pgpass
import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { ServiceSays } from '../../src/model/draft.ts';
import type { EnvironmentEntry, TemplatePart } from '../../src/model/facts.ts';
import type { Options } from '../../src/model/options.ts';
import type { Mounts, Role } from '../../src/passes/decisions.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { itemsHash } from '../../src/passes/read-files.ts';
import { sharePods } from '../../src/passes/share-pods.ts';
import { isSecretVariable, splitEnvironment } from '../../src/passes/split-environment.ts';
import { at, draftOf, from, said, variable } from '../support/draft.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Setting {
  readonly options?: Partial<Options>;
  readonly kind?: Role['kind'];
  readonly zone?: string;
  readonly more?: ServiceSays;
}

function splitOf(
  environment: readonly EnvironmentEntry[],
  { options = {}, kind = 'deployment', zone, more = {} }: Setting = {},
) {
  const draft = draftOf({ services: { web: { environment, ...more } }, options });
  const report = new Report();
  const mounts: Mounts = {
    of: () => [],
    timeZone: () => (zone === undefined ? undefined : at(zone, 'services', 'web', 'volumes', 0)),
  };
  const roles = new Map([['web', { kind, of: undefined, because: '' }]]);
  const split = splitEnvironment(draft, nameObjects(draft, report), sharePods(draft, report), roles, mounts, report);
  return { ...split, said: said(report), hints: report.diagnostics.map(({ hint }) => hint) };
}

const text = (name: string, value: string, ...path: readonly (string | number)[]) => ({
  name,
  value: { kind: 'text', text: at(value, 'services', 'web', ...(path.length === 0 ? ['environment', name] : path)) },
});

test.each([
  ['DB_PASSWORD', 'x', true],
  ['pgpass', 'x', true],
  ['MYSQL_ROOT_PASSWD', 'x', true],
  ['JWT_SECRET', 'x', true],
  ['API_TOKEN', 'x', true],
  ['API_TOKEN', '', false],
  ['DB', 'Server=db;User Id=sa;Password=pw', true],
  ['DB', 'Server=db;Password=', false],
  ['STRIPE_API_KEY', 'x', true],
  ['AWS_ACCESS_KEY', 'x', true],
  ['SENTRY_DSN', 'x', true],
  ['DB_PASSWORD_FILE', '/run/secrets/x', false],
  ['TOKEN_URL', 'https://example.com/token', false],
  ['PASSWORD_MIN_LENGTH', '8', false],
  ['URL', 'postgres://app:pw@db/app', true],
  ['URL', 'redis://:pw@cache', true],
  ['URL', 'jdbc:postgresql://app:pw@db:5432/app', true],
  ['URL', 'https://user@example.com:8080/', false],
  ['URL', 'http://example.com:80/@scope/name', false],
  ['URL', 'http://example.com/?a=b:c@d', false],
  ['NOTE', 'see postgres://app:pw@db/app', false],
])('%s=%s is secret: %s', (name, value, isSecret) => {
  expect(isSecretVariable(name, value)).toBe(isSecret);
});

test('plain values stay in the container, in the order of the file, escaped for the kubelet', () => {
  const {
    environment,
    from: sources,
    names,
    data,
    said,
  } = splitOf([
    variable('web', 'B', '1 $$ $x'),
    variable('web', 'A', '$(B) $(C) $(KUBERNETES_SERVICE_HOST)'),
    variable('web', 'odd[name]', 'x'),
  ]);
  expect(environment('web')).toEqual([
    text('B', '1 $$$$ $x'),
    text('A', '$$(B) $(C) $$(KUBERNETES_SERVICE_HOST)'),
    text('odd[name]', 'x'),
  ]);
  expect([sources('web'), data, said]).toEqual([[], [], []]);
  expect([names('web').has('A'), names('web').has('KUBERNETES_PORT_443_TCP_ADDR'), names('web').has('C')]).toEqual([
    true,
    true,
    false,
  ]);
  expect([environment('gone'), sources('gone'), names('gone').has('KUBERNETES_PORT')]).toEqual([[], [], true]);
});

test('secrets of environment are read from a Secret by name', () => {
  const { environment, data } = splitOf([variable('web', 'TOKEN', 'hunter2 $$'), variable('web', 'MODE', 'x')]);
  const items = [{ key: 'TOKEN', data: at(bytes('hunter2 $$'), 'services', 'web', 'environment', 'TOKEN') }];
  const name = `web-env-${itemsHash(items)}`;
  expect(data).toEqual([
    {
      kind: 'secret',
      name,
      service: 'web',
      isImmutable: true,
      items,
      annotations: [],
      origin: from('services', 'web', 'environment', 'TOKEN'),
    },
  ]);
  expect(environment('web')).toEqual([
    {
      name: 'TOKEN',
      value: { kind: 'secret', object: name, key: 'TOKEN', origin: from('services', 'web', 'environment', 'TOKEN') },
    },
    text('MODE', 'x'),
  ]);
});

test('an env file becomes a ConfigMap, and its secrets a Secret, both unescaped', () => {
  const {
    environment,
    from: sources,
    data,
  } = splitOf([
    variable('web', 'A', '$$x', 'file'),
    variable('web', 'DB_PASSWORD', 'p$$w', 'file'),
    variable('web', 'B', 'inline'),
  ]);
  expect(environment('web')).toEqual([text('B', 'inline')]);
  expect(
    data.map(({ kind, items }) => [kind, items.map((item) => [item.key, new TextDecoder().decode(item.data.value)])]),
  ).toEqual([
    ['config', [['A', '$$x']]],
    ['secret', [['DB_PASSWORD', 'p$$w']]],
  ]);
  expect(sources('web')).toEqual([
    { kind: 'config', object: data[0]?.name, origin: from('services', 'web', 'env_file', 0) },
    { kind: 'secret', object: data[1]?.name, origin: from('services', 'web', 'env_file', 0) },
  ]);
});

test('a name that no object can hold stays in the container', () => {
  const { environment, from: sources } = splitOf([
    variable('web', 'a[0]', '$$', 'file'),
    variable('web', '..x', 'y', 'file'),
    variable('web', '.', 'z', 'file'),
    variable('web', 'my TOKEN', 'kept'),
  ]);
  expect(
    environment('web').map(({ name, value }) => [name, value.kind === 'text' ? value.text.value : value.kind]),
  ).toEqual([
    ['a[0]', '$$$$'],
    ['..x', 'y'],
    ['.', 'z'],
    ['my TOKEN', 'kept'],
  ]);
  expect(sources('web')).toEqual([]);
});

test('--secrets=external refers to one Secret, tells its keys, and never a value', () => {
  const {
    environment,
    from: sources,
    data,
    said,
    hints,
  } = splitOf(
    [
      variable('web', 'FILE_TOKEN', 'hunter2', 'file'),
      variable('web', 'A', 'x', 'file'),
      variable('web', 'TOKEN', 'hunter2'),
    ],
    { options: { secrets: 'external' } },
  );
  expect(
    environment('web').map(({ name, value }) => [name, value.kind === 'secret' ? value.object : value.kind]),
  ).toEqual([
    ['FILE_TOKEN', 'web-env'],
    ['TOKEN', 'web-env'],
  ]);
  expect(data.map(({ kind }) => kind)).toEqual(['config']);
  expect(sources('web').map(({ kind }) => kind)).toEqual(['config']);
  expect(said).toEqual([
    'info split-environment/not-written services.web.env_file[0]: the Secret web-env is not written, because of --secrets=external',
  ]);
  expect(hints).toEqual([
    'kubectl create secret generic web-env --from-literal=FILE_TOKEN=VALUE --from-literal=TOKEN=VALUE',
  ]);
});

test('the time zone of a mount becomes TZ', () => {
  const { environment, names } = splitOf([variable('web', 'A', '$(TZ)')], { zone: 'Europe/Oslo' });
  expect(environment('web')).toEqual([text('A', '$$(TZ)'), text('TZ', 'Europe/Oslo', 'volumes', 0)]);
  expect(names('web').has('TZ')).toBe(true);
});

function template(name: string, ...parts: readonly TemplatePart[]): EnvironmentEntry {
  return { ...variable('web', name, 'as written'), template: parts };
}

test('what only the pod knows comes from its fields, with text around it by a helper', () => {
  const { environment, names } = splitOf([
    template('NODE', { kind: 'node' }),
    template('ID', { kind: 'text', text: 'a$(X)$-' }, { kind: 'pod' }, { kind: 'text', text: '@' }, { kind: 'node' }),
    template('AGAIN_TOKEN', { kind: 'text', text: 'x' }, { kind: 'node' }),
  ]);
  const field = (name: string, fieldPath: string, of: string) => ({
    name,
    value: { kind: 'field', fieldPath, origin: from('services', 'web', 'environment', of) },
  });
  expect(environment('web')).toEqual([
    field('NODE', 'spec.nodeName', 'NODE'),
    field('LONGSHORE_POD', 'metadata.name', 'ID'),
    field('LONGSHORE_NODE', 'spec.nodeName', 'ID'),
    text('ID', 'a$$(X)$$-$(LONGSHORE_POD)@$(LONGSHORE_NODE)'),
    text('AGAIN_TOKEN', 'x$(LONGSHORE_NODE)'),
  ]);
  expect(names('web').has('LONGSHORE_NODE')).toBe(true);
});

test('only the pods of a StatefulSet have numbers', () => {
  const slot = template('SLOT', { kind: 'slot' });
  expect(splitOf([slot], { kind: 'stateful-set' }).environment('web')).toEqual([
    {
      name: 'SLOT',
      value: {
        kind: 'field',
        fieldPath: "metadata.labels['apps.kubernetes.io/pod-index']",
        origin: from('services', 'web', 'environment', 'SLOT'),
      },
    },
  ]);
  const refused = splitOf([slot]);
  expect(refused.environment('web')).toEqual([]);
  expect(refused.said).toEqual([
    'error split-environment/no-slot services.web.environment.SLOT: SLOT is left out: only the pods of a StatefulSet have numbers',
  ]);
});

test('a service without a container has no variables', () => {
  expect(splitOf([variable('web', 'A', 'x')], { more: { provider: at('x') } }).environment('web')).toEqual([]);
});

test.each([
  ...['MYSQL_PWD', 'SSH_PASSPHRASE', 'SMTP_PASS', 'AWS_CREDENTIALS', 'SECRET_KEY', 'SECRET_KEY_BASE'],
  ...['STRIPE_APIKEY', 'APP_KEY', 'AUTH_KEY', 'TS_AUTHKEY', 'MEILI_MASTER_KEY', 'COOKIE_SIGNING_KEY'],
  ...['AWS_SECRET_ACCESS_KEY', 'VAPID_PRIVATE_KEY', 'AIRFLOW__CORE__FERNET_KEY', 'JWT_KEY'],
  ...['SERVICE_KEY', 'SERVICE_ROLE_KEY', 'DB_ENC_KEY', 'N8N_ENCRYPTION_KEY'],
  ...['ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY', 'ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT', 'nonce_salt', 'SALT'],
])('%s is kept in a Secret', (name) => {
  expect(isSecretVariable(name, 'x')).toBe(true);
});

test.each([
  ...['SECRET_KEY_FILE', 'VAPID_PUBLIC_KEY', 'SORT_KEY', 'PRIMARY_KEY', 'AWS_ACCESS_KEY_ID'],
  ...['OLDPWD', 'PASS_THROUGH', 'BASALT', 'MONKEY', 'SECRET_KEY_BASE_DIR'],
])('%s stays in the open', (name) => {
  expect(isSecretVariable(name, 'x')).toBe(false);
});
