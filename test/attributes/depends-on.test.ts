import { expect, test } from 'vitest';
import { dependsOn } from '../../src/attributes/depends-on.ts';
import { image } from '../../src/attributes/image.ts';
import { structure } from '../../src/attributes/structure.ts';
import { type Given, given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(dependsOnText: string, more: Given = {}) {
  const yaml = `services:\n  web:\n    image: a\n    depends_on: ${dependsOnText}\n  db: {image: a}\n  cache: {image: a}\n  debug: {image: a, profiles: [debug]}\n`;
  const outcome = given(yaml, { rules: [image, dependsOn, structure], ...more });
  const { dependencies } = outcome.service('web');
  return { dependencies, draft: values(dependencies), said: outcome.said.filter((one) => !one.includes('left-out')) };
}

test('reads the short form as started and required', () => {
  const { draft, dependencies, said } = web('[db, cache]');
  expect(draft).toEqual([
    { service: 'db', condition: 'service_started', isRequired: true },
    { service: 'cache', condition: 'service_started', isRequired: true },
  ]);
  expect([pathOf(dependencies?.[1]?.condition), said]).toEqual(['services.web.depends_on.cache.condition', []]);
});

test('keeps the order of names that JavaScript objects put first', () => {
  const text =
    'services:\n  web: {image: a, depends_on: [db, "10", "2", __proto__]}\n  db: {image: a}\n  "10": {image: a}\n  "2": {image: a}\n  __proto__: {image: a}\n';
  const { dependencies } = given(text, { rules: [image, dependsOn], entries: [] }).service('web');
  expect(dependencies?.map(({ service }) => service)).toEqual(['db', '10', '2', '__proto__']);
});

test('reads the long form', () => {
  const { draft, said } = web(
    '{db: {condition: service_healthy, restart: true}, cache: {condition: service_completed_successfully, required: false}}',
  );
  expect(draft).toEqual([
    { service: 'db', condition: 'service_healthy', isRequired: true },
    { service: 'cache', condition: 'service_completed_successfully', isRequired: false },
  ]);
  expect(said).toEqual([]);
});

test('leaves out an optional dependency that is absent or inactive', () => {
  const text =
    '{db: {condition: service_started}, gone: {condition: service_started, required: false}, debug: {condition: service_started, required: false}}';
  const { draft, said } = web(text);
  expect(draft).toEqual([{ service: 'db', condition: 'service_started', isRequired: true }]);
  expect(said).toEqual([
    '4:52 warning depends-on/absent the dependency on gone is left out, since no active service has that name',
    '4:105 warning depends-on/absent the dependency on debug is left out, since no active service has that name',
  ]);
  expect(web(text, { profiles: ['debug'] }).said).toHaveLength(1);
});

test('leaves required dependencies that are absent to the parser', () => {
  expect(web('[dbb, debug]')).toMatchObject({
    draft: undefined,
    said: [
      '4:18 error project/unknown-service web depends on "dbb", which is no service of this project',
      '4:23 error project/inactive-service web depends on debug, which no active profile selects',
    ],
  });
});

test('merges short and long forms of two files', () => {
  const merged = (earlier: string, later: string) =>
    values(
      given(
        `services: {web: {image: a, depends_on: ${earlier}}, db: {image: a}}\n---\nservices: {web: {depends_on: ${later}}}\n`,
        { rules: [image, dependsOn] },
      ).service('web').dependencies,
    );
  expect([
    merged('[db]', '{db: {condition: service_healthy}}'),
    merged('{db: {condition: service_healthy, required: false}}', '[db]'),
  ]).toEqual([
    [{ service: 'db', condition: 'service_healthy', isRequired: true }],
    [{ service: 'db', condition: 'service_started', isRequired: true }],
  ]);
});

test('says what a dependency cannot be', () => {
  expect(['[[db]]', '{db: }', '{db: {}}', '{db: {condition: ready}}', 'db'].map((text) => web(text).said)).toEqual([
    ['4:18 error depends-on/form services.web.depends_on takes names of services, not a list'],
    ['4:22 error check/type services.web.depends_on.db must be a mapping, not empty'],
    ['4:22 error check/type services.web.depends_on.db.condition is required'],
    [
      '4:34 error check/type services.web.depends_on.db.condition must be one of service_started, service_healthy, service_completed_successfully, not "ready"',
    ],
    ['4:17 error depends-on/form services.web.depends_on must be a list or a mapping, not text'],
  ]);
});
