import { expect, test } from 'vitest';
import { containerName } from '../../src/attributes/container-name.ts';
import { image } from '../../src/attributes/image.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function named(text: string) {
  const outcome = given(`services:\n  web:\n    image: a\n    container_name: ${text}\n`, {
    rules: [image, containerName],
  });
  return { name: outcome.service('web').containerName, said: outcome.said };
}

test('keeps the name as it is written', () => {
  const { name, said } = named('Shop_Web.1');
  expect([values(name), pathOf(name), said]).toEqual(['Shop_Web.1', 'services.web.container_name', []]);
});

test('says nothing about a service without one', () => {
  const outcome = given('services: {web: {image: a}}', { rules: [image, containerName] });
  expect([outcome.service('web').containerName, outcome.said]).toEqual([undefined, []]);
});

test('refuses what Docker refuses', () => {
  expect(['a', '-ab', 'a/b', '"a b"'].flatMap((text) => named(text).said)).toEqual([
    '4:21 error container-name/invalid "a" cannot be the name of a container',
    '4:21 error container-name/invalid "-ab" cannot be the name of a container',
    '4:21 error container-name/invalid "a/b" cannot be the name of a container',
    '4:21 error container-name/invalid "a b" cannot be the name of a container',
  ]);
});
