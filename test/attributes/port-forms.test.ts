import { expect, test } from 'vitest';
import {
  expandRange,
  forwarding,
  parseExposed,
  parseRange,
  parseShortPort,
  rangeText,
} from '../../src/attributes/port-forms.ts';

function one(first: number, last = first) {
  return { first, last };
}

test('reads ranges of ports', () => {
  const texts = ['80', '80-82', '1', '65535', '0', '65536', '82-80', '80-', '-80', 'a', '', '080', '80-80'];
  expect(texts.map((text) => [text, parseRange(text)])).toEqual([
    ['80', one(80)],
    ['80-82', one(80, 82)],
    ['1', one(1)],
    ['65535', one(65535)],
    ['0', undefined],
    ['65536', undefined],
    ['82-80', undefined],
    ['80-', undefined],
    ['-80', undefined],
    ['a', undefined],
    ['', undefined],
    ['080', one(80)],
    ['80-80', one(80)],
  ]);
});

test('writes ranges as they are read', () => {
  expect([rangeText(one(80)), rangeText(one(80, 90))]).toEqual(['80', '80-90']);
});

test('reads the short form of a port', () => {
  const short = (text: string) => {
    const port = parseShortPort(text);
    if ('code' in port) return `${port.code} ${port.subject}`;
    const { address = '', published, target, protocol = '' } = port;
    return [address, published === undefined ? '' : rangeText(published), rangeText(target), protocol].join(' | ');
  };
  const table: readonly (readonly [string, string])[] = [
    ['80', ' |  | 80 | '],
    ['80/udp', ' |  | 80 | udp'],
    ['80/UDP', ' |  | 80 | udp'],
    ['8080:80', ' | 8080 | 80 | '],
    [':80', ' |  | 80 | '],
    ['8000-8001:80-81', ' | 8000-8001 | 80-81 | '],
    ['8000-8010:80', ' | 8000-8010 | 80 | '],
    ['127.0.0.1:8080:80', '127.0.0.1 | 8080 | 80 | '],
    ['127.0.0.1::80/sctp', '127.0.0.1 |  | 80 | sctp'],
    ['[::1]:8080:80', '::1 | 8080 | 80 | '],
    ['::1:8080:80', '::1 | 8080 | 80 | '],
    ['8080:80/icmp', 'not-a-protocol icmp'],
    ['localhost:8080:80', 'not-an-address localhost'],
    ['8080:', 'no-target 8080:'],
    ['8080:http', 'not-a-port http'],
    ['8a:80', 'not-a-port 8a'],
    ['70000:80', 'not-a-port 70000'],
    ['1-2:3-5', 'unequal-ranges 1-2:3-5'],
    ['1:3-5', 'unequal-ranges 1:3-5'],
  ];
  expect(table.map(([text]) => [text, short(text)])).toEqual(table);
});

test('pairs ranges number by number', () => {
  const port = { address: '10.0.0.1', published: one(8000, 8001), target: one(80, 81), protocol: 'udp' } as const;
  expect(expandRange(port)).toEqual([
    { target: 80, published: '8000', host_ip: '10.0.0.1', protocol: 'udp' },
    { target: 81, published: '8001', host_ip: '10.0.0.1', protocol: 'udp' },
  ]);
});

test('keeps a published range of one target', () => {
  const port = { address: undefined, published: one(8000, 8009), target: one(80), protocol: undefined };
  expect(expandRange(port)).toEqual([{ target: 80, published: '8000-8009', host_ip: undefined, protocol: undefined }]);
});

test('writes a range of targets out without published ports', () => {
  const port = { address: undefined, published: undefined, target: one(80, 81), protocol: undefined };
  expect(expandRange(port).map(({ target, published }) => [target, published])).toEqual([
    [80, undefined],
    [81, undefined],
  ]);
});

test('writes out a hundred ports, and no more', () => {
  const port = (last: number) => ({
    address: undefined,
    published: one(1, last),
    target: one(1, last),
    protocol: undefined,
  });
  expect(expandRange(port(100)).length).toBe(100);
  expect(expandRange(port(101))).toEqual([
    { target: '1-101', published: '1-101', host_ip: undefined, protocol: undefined },
  ]);
});

test('reads items of expose', () => {
  expect(['80', '80-82/udp', '80/icmp', 'x', ''].map(parseExposed)).toEqual([
    { range: one(80), protocol: 'tcp' },
    { range: one(80, 82), protocol: 'udp' },
    { code: 'not-a-protocol', subject: 'icmp' },
    { code: 'not-a-port', subject: 'x' },
    { code: 'not-a-port', subject: '' },
  ]);
});

test('says how a port that stays inside is reached', () => {
  const ports = { target: one(80), published: one(8080, 8081) };
  expect(forwarding('My_Web', ports)).toEqual([8080, 'kubectl port-forward service/my-web 8080:8080']);
  expect(forwarding('web', { target: one(53), published: null, protocol: 'udp' })).toEqual([
    53,
    'kubectl port-forward cannot carry udp',
  ]);
});
