import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { structure } from '../../src/attributes/structure.ts';
import { given } from '../support/given.ts';

test('lets profiles and extensions through and says nothing of them', () => {
  const outcome = given('services:\n  web: {image: a, profiles: [a, b], x-team: shop}\n', {
    rules: [image, structure],
    profiles: ['a'],
  });
  expect([[...outcome.draft.services.keys()], outcome.said]).toEqual([['web'], []]);
});

test('takes both forms of extends and leaves them to the parser', () => {
  const said = ['base', '{service: base, file: other.yaml}', '{file: other.yaml}'].map((text) =>
    given(`services:\n  web: {image: a, extends: ${text}}\n`, { rules: [image, structure] }).said.filter((one) =>
      one.includes('check/'),
    ),
  );
  expect(said).toEqual([[], [], ['2:28 error check/type services.web.extends.service is required']]);
});

test('merges profiles by name', () => {
  const yaml = 'services: {web: {image: a, profiles: [a, b]}}\n---\nservices: {web: {profiles: [b, c]}}\n';
  expect(given(yaml, { rules: [image, structure], profiles: ['c'] }).said).toEqual([]);
});

test('wants a list of texts as profiles', () => {
  const outcome = given('services:\n  web: {image: a, profiles: [[a]]}\n', { rules: [image, structure] });
  expect(outcome.said.filter((one) => one.includes('check/'))).toEqual([
    '2:30 error check/type services.web.profiles[0] must be text, not a list',
  ]);
});
