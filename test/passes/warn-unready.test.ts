import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { Located } from '../../src/kernel/located.ts';
import type { ServiceSays } from '../../src/model/draft.ts';
import { collectNames } from '../../src/passes/collect-names.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { sharePods } from '../../src/passes/share-pods.ts';
import { selfName, warnUnready } from '../../src/passes/warn-unready.ts';
import { at, type DraftLiteral, draftOf, from, health, said, variable } from '../support/draft.ts';
import { mentionsIn } from '../support/network-draft.ts';

function warned(services: DraftLiteral['services']): readonly string[] {
  const draft = draftOf({ services });
  const report = new Report();
  const groups = sharePods(draft, report);
  warnUnready(draft, groups, collectNames(draft, nameObjects(draft, report)), mentionsIn(draft), report);
  return said(report);
}

/** What the pods of `web` are called for their own sake. */
function selfNamed(web: ServiceSays, others: DraftLiteral['services'] = {}): Located<string> | undefined {
  const draft = draftOf({ services: { web, ...others } });
  const report = new Report();
  const service = draft.services.get('web');
  const hosts = collectNames(draft, nameObjects(draft, report));
  return service && selfName(service, draft, sharePods(draft, report), hosts, mentionsIn(draft));
}

const network = {
  kind: 'http',
  port: 5000,
  path: '/',
  isHttps: false,
  host: 'web:5000',
  headers: [],
  maxSeconds: undefined,
} as const;

test('a pod has the name by which its health test asks it, and so finds itself before it is ready', () => {
  const healthCheck = health('web', 'wget -q http://web:5000/', { network });
  expect(selfNamed({ healthCheck })).toEqual(at('web', 'services', 'web', 'healthcheck', 'test', 1));
  expect(warned({ web: { healthCheck } })).toEqual([]);
  const alias = { network: 'default', aliases: [at('site')], ipv4: undefined, origin: from() };
  expect(selfNamed({ healthCheck: health('web', 'curl http://site:5000/'), networks: [alias] })?.value).toBe('site');
});

test('a pod has the name with a port that its service is told of itself, if it has to become ready', () => {
  const environment = [variable('web', 'ADVERTISED', 'PLAINTEXT://web:9092')];
  expect(selfNamed({ healthCheck: health('web', 'true'), environment })?.value).toBe('web');
  expect(selfNamed({ environment })).toBeUndefined();
  expect(
    selfNamed({ healthCheck: health('web', 'true'), environment: [variable('web', 'URL', 'http://web:8080')] }),
  ).toBeUndefined();
  expect(
    selfNamed({ healthCheck: health('web', 'true'), environment: [variable('web', 'NAME_HOST', 'web')] }),
  ).toBeUndefined();
  expect(
    selfNamed(
      { healthCheck: health('web', 'true') },
      { api: { environment: [variable('api', 'A', 'http://web:80')] } },
    ),
  ).toBeUndefined();
});

test('a health test that asks its own service by a name that the pod cannot have never succeeds', () => {
  const healthCheck = health('web', 'wget -q http://web:5000/', { network });
  const told =
    'warning warn-unready/asks-itself services.web.healthcheck.test[1]: the healthcheck of web asks it by the name web, which leads nowhere before the first success: it never becomes ready';
  expect(warned({ web: { healthCheck, hostname: at('box') } })).toEqual([told]);
  expect(warned({ web: { healthCheck, hostname: at('web') } })).toEqual([]);
  expect(warned({ web: { healthCheck, networkMode: at({ kind: 'host' as const }) } })).toEqual([told]);
  const inPod = { healthCheck, networkMode: at({ kind: 'service' as const, service: 'vpn' }) };
  expect(warned({ vpn: {}, web: inPod })).toEqual([told]);
});

test('a declared port is asked at the pod, and other values do not matter', () => {
  const healthCheck = health('web', 'wget -q http://web:5000/', { network });
  expect(warned({ web: { healthCheck, exposed: [{ port: at(5000), protocol: at('tcp') }] } })).toEqual([]);
  const silent = health('web', 'true');
  expect(warned({ web: { healthCheck: silent, environment: [variable('web', 'URL', 'http://web:5000/')] } })).toEqual(
    [],
  );
});

test('services with health tests that name each other are told once', () => {
  const peer = (name: string, ...others: readonly string[]) => ({
    healthCheck: health(name, 'true'),
    environment: others.map((other, index) => variable(name, `PEER_${index}`, `http://${other}/`)),
  });
  expect(
    warned({
      a: peer('a', 'b', 'c'),
      b: peer('b', 'a', 'c'),
      c: peer('c', 'a'),
      d: { environment: [variable('d', 'X', 'http://a/')] },
    }),
  ).toEqual([
    'info warn-unready/each-other services.a: a and b, c name each other, and their names lead to pods only while these are healthy',
  ]);
});
