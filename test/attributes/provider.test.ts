import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { provider } from '../../src/attributes/provider.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function db(text: string) {
  const outcome = given(`services:\n  db:\n    provider: ${text}\n`, { rules: [provider] });
  return { provider: outcome.service('db').provider, said: outcome.said };
}

test('names the plug-in and the options it was given, without secrets', () => {
  const { provider: found, said } = db('{type: cloud, options: {type: mysql, zones: [a, b], token: t0p}}');
  expect([values(found), pathOf(found)]).toEqual(['cloud', 'services.db.provider.type']);
  expect(said).toEqual([
    '3:5 warning provider/runs-elsewhere the provider cloud (type=mysql, zones=a b, token=***) runs only beside Compose, so nothing is written for this service, nor are its variables given to others',
  ]);
});

test('has no options to name when none were given', () => {
  expect(db('{type: cloud}').said).toEqual([
    '3:5 warning provider/runs-elsewhere the provider cloud runs only beside Compose, so nothing is written for this service, nor are its variables given to others',
  ]);
});

test('says nothing about a service without a provider', () => {
  const outcome = given('services: {web: {image: a}}', { rules: [provider, image] });
  expect([outcome.service('web').provider, outcome.said]).toEqual([undefined, []]);
});

test('requires a type', () => {
  expect(db('{options: {}}').said).toEqual(['3:15 error check/type services.db.provider.type is required']);
});
