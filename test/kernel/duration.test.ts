/** Durations: what Go and Compose read and write, and nothing more. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDuration, wholeSeconds } from '../../src/kernel/duration.ts';

test.each([
  ['0', 0],
  ['+0', 0],
  ['0s', 0],
  ['90s', 90],
  ['1m30s', 90],
  ['+1m30s', 90],
  ['1.5h', 5400],
  ['.5h', 1800],
  ['1.s', 1],
  ['500ms', 0.5],
  ['10us', 0.00001],
  ['10\u00b5s', 0.00001],
  ['10\u03bcs', 0.00001],
  ['7ns', 7e-9],
  ['1d', 86_400],
  ['1w', 604_800],
  ['1w2d3h4m5s6ms', 788_645.006],
  ['1s1m', 61],
  ['0.57s', 0.57],
  ['1.1s', 1.1],
  ['0.9ns', 0],
  ['1.0000000019s', 1.000000001],
  ['0.1234567890123456789012345s', 0.123456789],
  ['292y', undefined],
  ['9223372036s', 9_223_372_036],
  ['9223372037s', undefined],
  ['10', undefined],
  ['', undefined],
  ['+', undefined],
  ['s', undefined],
  ['.s', undefined],
  ['1.5.5s', undefined],
  ['-1s', undefined],
  ['-0', undefined],
  ['1m 30s', undefined],
  [' 1s', undefined],
  ['1s\n', undefined],
  ['1S', undefined],
  ['1e3s', undefined],
  ['1m30', undefined],
  ['fast', undefined],
])('reads %j as %j seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

// Written by Go 1.26's time.Duration.String.
test.each([
  [0, '0s'],
  [1e-9, '1ns'],
  [0.00001, '10\u00b5s'],
  [0.0000015, '1.5\u00b5s'],
  [0.5, '500ms'],
  [0.0015, '1.5ms'],
  [0.999999999, '999.999999ms'],
  [0.9999999999, '1s'],
  [1, '1s'],
  [1.5, '1.5s'],
  [59.9999999999, '1m0s'],
  [90, '1m30s'],
  [90.25, '1m30.25s'],
  [120, '2m0s'],
  [3600, '1h0m0s'],
  [5400, '1h30m0s'],
  [86_400, '24h0m0s'],
  [48_124_800.009, '13368h0m0.009s'],
])('writes %j seconds as %j', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses to write %j seconds', (seconds) => {
  expect(() => formatDuration(seconds)).toThrow(`${seconds} seconds are no duration`);
});

test.each([
  [0, 1],
  [0.2, 1],
  [1, 1],
  [1.000000001, 2],
  [30, 30],
  [89.5, 90],
  [1.1 + 2.2 - 0.3, 3],
])('makes %j seconds %j whole ones', (seconds, whole) => {
  expect(wholeSeconds(seconds)).toBe(whole);
});

test('reads back every duration it writes, to the nanosecond', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 52 }), (nanoseconds) => {
      const seconds = nanoseconds / 1e9;
      expect(parseDuration(formatDuration(seconds))).toBe(seconds);
    }),
  ));

test('takes as long for the terms together as for each alone', () => {
  const term = fc.tuple(fc.nat(99), fc.constantFrom('ms', 's', 'm', 'h', 'd')).map(([n, unit]) => `${n}${unit}`);
  return fc.assert(
    fc.property(fc.array(term, { minLength: 1, maxLength: 5 }), (terms) => {
      const sum = terms.reduce((total, one) => total + (parseDuration(one) ?? Number.NaN), 0);
      expect(parseDuration(terms.join(''))).toBeCloseTo(sum, 6);
    }),
  );
});

test('reads a long text without a unit in no time', () => {
  expect(parseDuration('1'.repeat(100_000))).toBeUndefined();
  expect(parseDuration('1m'.repeat(50_000))).toBe(3_000_000);
});
