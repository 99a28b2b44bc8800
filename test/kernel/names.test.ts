/** Names: what Kubernetes accepts, and what becomes of the rest. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  configKey,
  dnsLabel,
  dnsSubdomain,
  hash8,
  isDnsLabel,
  isDnsSubdomain,
  isLabelValue,
  isQualifiedName,
  portName,
} from '../../src/kernel/names.ts';

const someText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('a', 'B', '1', '-', '.', '_', '/', 'é'), maxLength: 300 }),
);

test('hashes text and its UTF-8 bytes alike', () => {
  expect(hash8('')).toBe('e3b0c442');
  expect(hash8('abc')).toBe('ba7816bf');
  expect(hash8('é')).toBe('4a99557e');
  expect(hash8(new Uint8Array([0xc3, 0xa9]))).toBe('4a99557e');
});

test.each([
  ['web', 'web'],
  ['Web_App.v2', 'web-app-v2'],
  ['my__app', 'my--app'],
  ['-web-', 'web'],
  ['_web.', 'web'],
  ['2fa', 's-2fa'],
  ['-2fa', 's-2fa'],
  ['café😀x', 'caf--x'],
  ['', 'x-e3b0c442'],
  ['___', `x-${hash8('___')}`],
  ['日本', `x-${hash8('日本')}`],
  ['a'.repeat(63), 'a'.repeat(63)],
  ['a'.repeat(64), `${'a'.repeat(54)}-${hash8('a'.repeat(64))}`],
  [`${'a'.repeat(53)}--${'b'.repeat(20)}`, `${'a'.repeat(53)}-${hash8(`${'a'.repeat(53)}--${'b'.repeat(20)}`)}`],
  [`1${'a'.repeat(62)}`, `s-1${'a'.repeat(51)}-${hash8(`1${'a'.repeat(62)}`)}`],
])('makes %j the label %j', (text, label) => {
  expect(dnsLabel(text)).toBe(label);
});

test('puts another prefix before a leading digit when told', () => {
  expect(dnsLabel('2fa', 'job-')).toBe('job-2fa');
  expect(dnsLabel('2fa', '')).toBe('2fa');
});

test.each([
  ['web', 'web'],
  ['TLS.example.com', 'tls.example.com'],
  ['2.conf', '2.conf'],
  ['app_config.yml', 'app-config.yml'],
  ['.env', 'env'],
  ['a..b.', 'a.b'],
  ['a-.-b', 'a.b'],
  ['..', `x-${hash8('..')}`],
  ['a'.repeat(253), 'a'.repeat(253)],
  ['a'.repeat(254), `${'a'.repeat(244)}-${hash8('a'.repeat(254))}`],
  [`${'a'.repeat(243)}.${'b'.repeat(20)}`, `${'a'.repeat(243)}-${hash8(`${'a'.repeat(243)}.${'b'.repeat(20)}`)}`],
])('makes %j the subdomain %j', (text, subdomain) => {
  expect(dnsSubdomain(text)).toBe(subdomain);
});

test.each([
  ['a', true],
  ['0', true],
  ['a-b', true],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
  ['', false],
  ['-a', false],
  ['a-', false],
  ['A', false],
  ['a.b', false],
  ['a\n', false],
])('says of %j being a DNS label: %j', (text, verdict) => {
  expect(isDnsLabel(text)).toBe(verdict);
});

test.each([
  ['a', true],
  ['a.b-c.1', true],
  ['a'.repeat(253), true],
  ['a'.repeat(254), false],
  ['', false],
  ['a..b', false],
  ['.a', false],
  ['a.', false],
  ['a.-b', false],
  ['A.b', false],
])('says of %j being a DNS subdomain: %j', (text, verdict) => {
  expect(isDnsSubdomain(text)).toBe(verdict);
});

test.each([
  ['a', true],
  ['A_b.C-1', true],
  ['app.kubernetes.io/name', true],
  [`example.com/${'a'.repeat(63)}`, true],
  ['a'.repeat(64), false],
  ['', false],
  ['/a', false],
  ['a/', false],
  ['a/b/c', false],
  ['Example.com/a', false],
  ['_a', false],
  ['a_', false],
  ['a b', false],
])('says of %j being a qualified name: %j', (text, verdict) => {
  expect(isQualifiedName(text)).toBe(verdict);
});

test.each([
  ['', true],
  ['A_b.C-1', true],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
  ['a/b', false],
  ['-a', false],
  ['a-', false],
])('says of %j being a label value: %j', (text, verdict) => {
  expect(isLabelValue(text)).toBe(verdict);
});

test.each([
  ['http', 'http'],
  ['HTTP', 'http'],
  ['my_port', 'my-port'],
  ['my--port', 'my-port'],
  ['-web.2-', 'web-2'],
  ['tcp-8080', 'tcp-8080'],
  ['a-fifteen-chars', 'a-fifteen-chars'],
  ['a-very-long-name-for-a-port', 'a-very-long-nam'],
  ['exactly-cut-at-dash', 'exactly-cut-at'],
  ['8080', undefined],
  ['1234567890123456a', undefined],
  ['', undefined],
  ['__', undefined],
])('makes %j the port name %j', (text, name) => {
  expect(portName(text)).toBe(name);
});

test.each([
  ['app.conf', 'app.conf'],
  ['App_1-2', 'App_1-2'],
  ['a b/c', 'a_b_c'],
  ['日😀', '__'],
  ['.env', '.env'],
  ['.', '_'],
  ['..', '_.'],
  ['..data', '_.data'],
  ['', '_'],
  ['a'.repeat(254), `${'a'.repeat(244)}-${hash8('a'.repeat(254))}`],
])('makes %j the key %j', (text, key) => {
  expect(configKey(text)).toBe(key);
});

test('makes a valid label of any text, and leaves a label alone', () =>
  fc.assert(
    fc.property(someText, (text) => {
      const label = dnsLabel(text);
      expect(isDnsLabel(label)).toBe(true);
      expect(label).toMatch(/^[a-z]/);
      expect(dnsLabel(label)).toBe(label);
    }),
  ));

test('makes a valid subdomain of any text, and leaves a subdomain alone', () =>
  fc.assert(
    fc.property(someText, (text) => {
      const subdomain = dnsSubdomain(text);
      expect(isDnsSubdomain(subdomain)).toBe(true);
      expect(dnsSubdomain(subdomain)).toBe(subdomain);
    }),
  ));

test('makes a valid port name of any text with a letter early enough, and leaves a port name alone', () =>
  fc.assert(
    fc.property(someText, (text) => {
      const name = portName(text) ?? 'none';
      expect(name).toMatch(/^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/);
      expect(portName(name)).toBe(name);
    }),
  ));

test('makes a valid config key of any text, and leaves a key alone', () =>
  fc.assert(
    fc.property(someText, (text) => {
      const key = configKey(text);
      expect(key).toMatch(/^(?!\.$|\.\.)[-._A-Za-z0-9]{1,253}$/);
      expect(configKey(key)).toBe(key);
    }),
  ));

test('keeps long names apart that differ only at the end', () => {
  const long = 'a'.repeat(300);
  expect(dnsLabel(`${long}1`)).not.toBe(dnsLabel(`${long}2`));
  expect(dnsSubdomain(`${long}1`)).not.toBe(dnsSubdomain(`${long}2`));
  expect(configKey(`${long}1`)).not.toBe(configKey(`${long}2`));
});
