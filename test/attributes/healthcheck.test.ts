import { expect, test } from 'vitest';
import { healthcheck } from '../../src/attributes/healthcheck.ts';
import { image } from '../../src/attributes/image.ts';
import { type Given, given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string, more: Given = {}) {
  const text = `services:\n  web:\n    image: a\n${keys}\n`;
  const outcome = given(text, { rules: [image, healthcheck], entries: [], ...more });
  return { check: outcome.service('web').healthCheck, said: outcome.said };
}

test('says nothing about a service without a health check', () => {
  expect(web('')).toEqual({ check: undefined, said: [] });
  expect(web('    healthcheck: {}')).toEqual({ check: undefined, said: [] });
});

test("writes Docker's defaults out", () => {
  const { check, said } = web('    healthcheck: {test: pg_isready}');
  expect(values(check)).toEqual({
    test: { kind: 'shell', text: 'pg_isready' },
    testOrigin: { path: ['services', 'web', 'healthcheck', 'test'], span: check?.testOrigin.span },
    interval: 30,
    timeout: 30,
    retries: 3,
    startPeriod: 0,
    startInterval: 5,
  });
  expect(pathOf(check?.interval)).toBe('services.web.healthcheck.interval');
  expect(said).toEqual([]);
});

test('rounds times up to whole seconds, and takes 0 for unset', () => {
  const { check } = web(
    '    healthcheck: {test: a, interval: 1500ms, timeout: 100ms, retries: 5, start_period: 10m0.5s, start_interval: 2s}',
  );
  expect(values(check)).toMatchObject({ interval: 2, timeout: 1, retries: 5, startPeriod: 601, startInterval: 2 });
  const zeros = web(
    '    healthcheck: {test: a, interval: 0s, timeout: 0, retries: 0, start_period: 0s, start_interval: 0s}',
  );
  expect(values(zeros.check)).toMatchObject({
    interval: 30,
    timeout: 30,
    retries: 3,
    startPeriod: 0,
    startInterval: 5,
  });
});

test('starts no more slowly than it tests', () => {
  expect(web('    healthcheck: {test: a, interval: 2s}').check?.startInterval.value).toBe(2);
});

test('reads the three forms of a test', () => {
  const forms = ['"a | b"', '[CMD-SHELL, "a | b"]', '[CMD, a, "| b"]'].map((form) =>
    values(web(`    healthcheck: {test: ${form}}`).check?.test),
  );
  expect(forms).toEqual([
    { kind: 'shell', text: 'a | b' },
    { kind: 'shell', text: 'a | b' },
    { kind: 'exec', words: ['a', '| b'] },
  ]);
});

test('leads each word of a test back to its place', () => {
  const { check } = web('    healthcheck: {test: [CMD, a, b]}');
  const words = check?.test.kind === 'exec' ? check.test.words : [];
  expect(words.map(pathOf)).toEqual(['services.web.healthcheck.test[1]', 'services.web.healthcheck.test[2]']);
});

test('recognises a request to the own port', () => {
  const { check } = web('    healthcheck: {test: "curl -f http://web:8080/up || exit 1"}');
  expect(check?.network).toEqual({
    kind: 'http',
    port: 8080,
    path: '/up',
    isHttps: false,
    host: 'web:8080',
    headers: [],
    maxSeconds: undefined,
  });
});

test('probes nothing when the check is switched off, and says what then means nothing', () => {
  expect(web('    healthcheck: {disable: true}')).toEqual({ check: undefined, said: [] });
  expect(web('    healthcheck: {test: [NONE]}')).toEqual({ check: undefined, said: [] });
  expect(web('    healthcheck: {test: a, disable: true}')).toEqual({
    check: undefined,
    said: ['4:19 info healthcheck/disabled test says nothing, since the health check is switched off'],
  });
  expect(web('    healthcheck: {test: [NONE], interval: 5s}')).toEqual({
    check: undefined,
    said: ['4:43 info healthcheck/disabled interval says nothing, since the health check is switched off'],
  });
});

test('does not switch off by disable: false', () => {
  expect(values(web('    healthcheck: {test: a, disable: false}').check?.test)).toEqual({ kind: 'shell', text: 'a' });
});

test('says that the test of an image is not seen', () => {
  const said = [
    '4:5 warning healthcheck/no-test there is no test here, and Kubernetes ignores the HEALTHCHECK of an image, so nothing is probed',
  ];
  expect(web('    healthcheck: {interval: 5s}')).toEqual({ check: undefined, said });
  expect(web('    healthcheck: {test: [], interval: 5s}')).toEqual({ check: undefined, said });
  expect(web('    healthcheck: {test: []}')).toEqual({ check: undefined, said });
});

test.each([
  ['[curl, a]', 'healthcheck/test-kind a test begins with NONE, CMD or CMD-SHELL, not with "curl"'],
  ['[CMD]', 'healthcheck/no-command CMD is not followed by a command'],
  ['[CMD-SHELL]', 'healthcheck/no-command CMD-SHELL is not followed by a command'],
  ['""', 'healthcheck/no-command CMD-SHELL is not followed by a command'],
  ['[CMD-SHELL, a, b]', 'healthcheck/too-many-words CMD-SHELL takes one text, and this list has more'],
])('refuses the test %s', (form, message) => {
  const { check, said } = web(`    healthcheck: {test: ${form}}`);
  expect(check).toBeUndefined();
  expect(said.map((one) => one.replace(/^\S+ error /, ''))).toEqual([message]);
});

test('refuses numbers without a unit', () => {
  expect(web('    healthcheck: {test: a, interval: 30, retries: -1}').said).toEqual([
    '4:38 error check/type services.web.healthcheck.interval must be a duration such as 30s or 1m30s, not 30',
    '4:51 error check/type services.web.healthcheck.retries must be a whole number of at least 0, not -1',
  ]);
});

test('replaces a test by that of a later file and keeps the rest', () => {
  const text =
    'services:\n  web:\n    image: a\n    healthcheck: {test: [CMD, a, b], retries: 7}\n---\nservices:\n  web:\n    healthcheck: {test: [CMD, c]}\n';
  const { service } = given(text, { rules: [image, healthcheck], entries: [] });
  expect(values(service('web').healthCheck)).toMatchObject({ test: { kind: 'exec', words: ['c'] }, retries: 7 });
});
