import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { collectNames } from '../../src/passes/collect-names.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { warnUnready } from '../../src/passes/warn-unready.ts';
import { at, type DraftLiteral, draftOf, health, said, variable } from '../support/draft.ts';
import { mentionsIn } from '../support/network-draft.ts';

function warned(services: DraftLiteral['services']): readonly string[] {
  const draft = draftOf({ services });
  const report = new Report();
  warnUnready(draft, collectNames(draft, nameObjects(draft, report)), mentionsIn(draft), report);
  return said(report);
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

test('a health test that asks its own service by name never succeeds', () => {
  const healthCheck = health('web', 'wget -q http://web:5000/', { network });
  expect(warned({ web: { healthCheck } })).toEqual([
    'warning warn-unready/asks-itself services.web.healthcheck.test[1]: the healthcheck of web asks web by its name, which leads nowhere before the first success: it never becomes ready',
  ]);
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
