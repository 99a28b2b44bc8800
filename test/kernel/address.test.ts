import { expect, test } from 'vitest';
import { isAddress, isAnyAddress, isIpv4, isIpv6, isLoopback, withoutBrackets } from '../../src/kernel/address.ts';

test('knows IPv4 addresses', () => {
  const texts = ['1.2.3.4', '0.0.0.0', '255.255.255.255', '256.0.0.1', '1.2.3', '1.2.3.4.5', '01.2.3.4', 'a.b.c.d', ''];
  expect(texts.filter(isIpv4)).toEqual(['1.2.3.4', '0.0.0.0', '255.255.255.255']);
});

test('knows IPv6 addresses', () => {
  const good = [
    '::',
    '::1',
    '1::',
    'fe80::1',
    '2001:db8:0:0:0:0:0:1',
    '::ffff:10.0.0.1',
    '1:2:3:4:5:6:7::',
    '1:2:3:4:5:6:10.0.0.1',
  ];
  const bad = [
    '',
    ':',
    ':::',
    '1',
    '1:2',
    '1::2::3',
    'g::1',
    '12345::1',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '10.0.0.1::',
    '[::1]',
    'fe80::1%eth0',
  ];
  expect([...good, ...bad].filter(isIpv6)).toEqual(good);
});

test('knows both kinds as addresses', () => {
  expect(['10.0.0.1', 'fd00::1', 'localhost'].filter(isAddress)).toEqual(['10.0.0.1', 'fd00::1']);
});

test('tells loopback addresses', () => {
  expect(
    ['127.0.0.1', '127.9.9.9', '::1', '0:0:0:0:0:0:0:1', '10.0.0.1', '::', '::2', '1::1', '127.x', 'fe80::1'].filter(
      isLoopback,
    ),
  ).toEqual(['127.0.0.1', '127.9.9.9', '::1', '0:0:0:0:0:0:0:1']);
});

test('tells addresses that mean all', () => {
  expect(['0.0.0.0', '::', '0:0:0:0:0:0:0:0', '0.0.0.1', '::1', ''].filter(isAnyAddress)).toEqual([
    '0.0.0.0',
    '::',
    '0:0:0:0:0:0:0:0',
  ]);
});

test('takes brackets off', () => {
  expect(['[::1]', '::1', '[', '10.0.0.1'].map(withoutBrackets)).toEqual(['::1', '::1', '[', '10.0.0.1']);
});
