import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { fileHolder } from '../../src/passes/hold-files.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { at, content, type DraftLiteral, draftOf, from, said } from '../support/draft.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function holding(literal: Partial<DraftLiteral>) {
  const draft = draftOf({ services: { web: {}, db: {} }, ...literal });
  const report = new Report();
  const holder = fileHolder(draft, nameObjects(draft, report), report);
  return { holder, said: () => said(report), hints: () => report.diagnostics.map(({ hint }) => hint) };
}

test('a config becomes an immutable object named after its content', () => {
  const { holder, said } = holding({
    configs: {
      Site_conf: { ...content('configs', 'Site_conf', 'hello'), annotations: [{ key: 'a', value: at('b') }] },
    },
  });
  expect(holder.grant('config', 'Site_conf', 'web')).toEqual({
    object: 'site-conf-2cf24dba',
    key: 'Site_conf',
    annotation: undefined,
  });
  expect(holder.finish()).toEqual([
    {
      kind: 'config',
      name: 'site-conf-2cf24dba',
      service: 'web',
      isImmutable: true,
      items: [{ key: 'Site_conf', data: at(bytes('hello'), 'configs', 'Site_conf', 'file') }],
      annotations: [{ key: 'a', value: at('b') }],
      origin: from('configs', 'Site_conf'),
    },
  ]);
  expect(said()).toEqual([]);
});

test('what several services are granted belongs to none of them', () => {
  const { holder } = holding({ secrets: { key: content('secrets', 'key', 'x') } });
  const first = holder.grant('secret', 'key', 'web');
  expect(holder.grant('secret', 'key', 'web')).toBe(first);
  expect(holder.grant('secret', 'key', 'db')).toBe(first);
  expect(holder.finish().map(({ name, service }) => ({ name, service }))).toEqual([
    { name: 'key-2d711642', service: undefined },
  ]);
});

test('an explicit name stays, and an annotation rolls the pods instead', () => {
  const { holder, said } = holding({
    configs: {
      site: {
        ...content('configs', 'site', 'hello'),
        objectName: at('Shop.conf', 'configs', 'site', 'name'),
        key: at('a.conf'),
      },
      plain: { ...content('configs', 'plain', 'hello'), objectName: at('plain', 'configs', 'plain', 'name') },
    },
  });
  expect(holder.grant('config', 'site', 'web')).toEqual({
    object: 'shop.conf',
    key: 'a.conf',
    annotation: { key: 'compose.checksum/shop-conf', value: at('2cf24dba', 'configs', 'site', 'file') },
  });
  holder.grant('config', 'plain', 'web');
  expect(holder.finish().map(({ name, isImmutable }) => `${name} ${isImmutable}`)).toEqual([
    'shop.conf false',
    'plain false',
  ]);
  expect(said()).toEqual(['info hold-files/renamed configs.site.name: the object of "site" is called shop.conf']);
});

test('what is external is only referred to', () => {
  const { holder, said, hints } = holding({
    configs: { site: { isExternal: at(true, 'configs', 'site', 'external') } },
    secrets: {
      tls: { isExternal: at(true, 'secrets', 'tls', 'external'), objectName: at('wildcard.tls'), key: at('crt') },
      fetched: {},
    },
  });
  expect(holder.grant('config', 'site', 'web')).toEqual({ object: 'site', key: 'site', annotation: undefined });
  expect(holder.grant('secret', 'tls', 'web')).toEqual({ object: 'wildcard.tls', key: 'crt', annotation: undefined });
  expect(holder.grant('secret', 'fetched', 'web')).toEqual({
    object: 'fetched',
    key: 'fetched',
    annotation: undefined,
  });
  expect(holder.finish()).toEqual([]);
  expect(said()).toEqual([
    'info hold-files/must-exist configs.site.external: the ConfigMap site must be in the namespace before the pods start',
    'info hold-files/must-exist secrets.tls.external: the Secret wildcard.tls must be in the namespace before the pods start',
  ]);
  expect(hints()).toEqual([
    'kubectl create configmap site --from-file=site=FILE',
    'kubectl create secret generic wildcard.tls --from-file=crt=FILE',
  ]);
});

test('content that cannot be had is an error, once, and only for what is granted', () => {
  const problem = { message: 'a.conf does not exist', hint: 'create it', origin: from('configs', 'a', 'file') };
  const { holder, said } = holding({ configs: { a: { problem }, b: { problem } } });
  expect([
    holder.grant('config', 'a', 'web'),
    holder.grant('config', 'a', 'db'),
    holder.grant('config', 'gone', 'db'),
  ]).toEqual([...[undefined, undefined, undefined]]);
  expect(holder.finish()).toEqual([]);
  expect(said()).toEqual([
    'error hold-files/problem configs.a.file: a.conf does not exist',
    'info hold-files/unused configs.b: no service is granted the config b, so it is left out',
  ]);
});

test('two configs that would be one object are an error', () => {
  const { holder, said } = holding({
    configs: { app_conf: content('configs', 'app_conf', 'same'), 'app.conf': content('configs', 'app.conf', 'same') },
  });
  holder.grant('config', 'app_conf', 'web');
  holder.grant('config', 'app.conf', 'web');
  expect(said()).toEqual([
    'error hold-files/objects-meet configs["app.conf"]: two different things would be the ConfigMap app-conf-0967115f',
  ]);
});

test('files of a service are one object for each content', () => {
  const { holder } = holding({});
  const items = (text: string) => [{ key: 'a', data: at(bytes(text)) }];
  const origin = from('services', 'web', 'volumes', 0);
  const first = holder.files('config', 'web', '/a', items('x'), origin);
  expect(first).toMatch(/^web-files-[0-9a-f]{8}$/);
  expect(holder.files('config', 'web', '/b', items('x'), origin)).toBe(first);
  expect(holder.files('config', 'web', '/c', items('y'), origin)).not.toBe(first);
  expect(holder.finish().map(({ service, isImmutable, items: held }) => [service, isImmutable, held.length])).toEqual([
    ['web', true, 1],
    ['web', true, 1],
  ]);
});

test('credentials of a volume are a Secret of the project', () => {
  const { holder } = holding({ volumes: { Share_1: {} } });
  const name = holder.credentials('Share_1', [{ key: 'password', data: at(bytes('x')) }], from('volumes', 'Share_1'));
  expect(name).toMatch(/^share-1-credentials-[0-9a-f]{8}$/);
  expect(holder.finish()).toMatchObject([{ kind: 'secret', name, service: undefined }]);
});

test('--secrets=external writes no Secret, and says how to create it without a value', () => {
  const { holder, said, hints } = holding({
    options: { secrets: 'external' },
    secrets: {
      api_key: content('secrets', 'api_key', 'hunter2'),
      named: { ...content('secrets', 'named', 'hunter2'), objectName: at('fixed') },
    },
    configs: { site: content('configs', 'site', 'x') },
    volumes: { share: {} },
  });
  const many = Array.from({ length: 9 }, (_, index) => ({ key: `k${index}`, data: at(bytes('hunter2')) }));
  expect(holder.grant('secret', 'api_key', 'web')).toEqual({
    object: 'api-key',
    key: 'api_key',
    annotation: undefined,
  });
  expect(holder.grant('secret', 'named', 'web')).toEqual({ object: 'fixed', key: 'named', annotation: undefined });
  expect(holder.grant('config', 'site', 'web')?.object).toBe('site-2d711642');
  expect(holder.files('secret', 'web', '/etc/certs', many, from('services', 'web', 'volumes', 0))).toBe(
    'web-files-etc-certs',
  );
  expect(holder.credentials('share', many.slice(0, 1), from('volumes', 'share'))).toBe('share-credentials');
  expect(holder.finish().map(({ name }) => name)).toEqual(['site-2d711642']);
  expect(said()).toEqual([
    'info hold-files/not-written secrets.api_key: the Secret api-key is not written, because of --secrets=external',
    'info hold-files/not-written secrets.named: the Secret fixed is not written, because of --secrets=external',
    'info hold-files/not-written services.web.volumes[0]: the Secret web-files-etc-certs is not written, because of --secrets=external',
    'info hold-files/not-written volumes.share: the Secret share-credentials is not written, because of --secrets=external',
  ]);
  expect(hints()).toEqual([
    'kubectl create secret generic api-key --from-file=api_key=FILE',
    'kubectl create secret generic fixed --from-file=named=FILE',
    `kubectl create secret generic web-files-etc-certs ${[0, 1, 2, 3, 4, 5, 6, 7].map((n) => `--from-file=k${n}=FILE`).join(' ')} ...`,
    'kubectl create secret generic share-credentials --from-file=k0=FILE',
  ]);
});
