import { expect, test } from 'vitest';
import { dns } from '../../src/attributes/dns.ts';
import { image } from '../../src/attributes/image.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string, service = 'web') {
  const outcome = given(`services:\n  ${service}:\n    image: a\n${keys}`, { rules: [image, dns] });
  return { ...outcome.service(service), said: outcome.said };
}

test('says nothing about a service without names', () => {
  const { nameservers, dnsOptions, dnsSearches, hostAliases, hostname, said } = web('');
  expect([nameservers, dnsOptions, dnsSearches, hostAliases, hostname, said]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    [],
  ]);
});

test('reads one name server or a list', () => {
  const one = web('    dns: 10.0.0.53');
  const two = web('    dns: [10.0.0.53, "fd00::53", 10.0.0.53]');
  expect([values(one.nameservers), one.said]).toEqual([['10.0.0.53'], []]);
  expect([values(two.nameservers), two.said]).toEqual([['10.0.0.53', 'fd00::53'], []]);
  expect(pathOf(two.nameservers?.[1])).toBe('services.web.dns[1]');
});

test('leaves out name servers that a resolver never asks', () => {
  const { nameservers, said } = web('    dns: [10.0.0.1, 10.0.0.2, 10.0.0.3]');
  expect(values(nameservers)).toEqual(['10.0.0.1', '10.0.0.2']);
  expect(said).toEqual([
    "4:31 error dns/too-many-servers the name server 10.0.0.3 is left out: a pod asks three at most, and the first is the cluster's own",
  ]);
});

test('refuses a name server that is no address', () => {
  expect(web('    dns: [dns.example]').said).toEqual(['4:11 error dns/not-an-address "dns.example" is no IP address']);
});

test('cuts resolver options at the first colon', () => {
  const { dnsOptions, said } = web('    dns_opt: ["ndots:1", use-vc, "a:b:c"]');
  expect(values(dnsOptions)).toEqual([{ name: 'ndots', value: '1' }, { name: 'use-vc' }, { name: 'a', value: 'b:c' }]);
  expect(said).toEqual([]);
});

test('reads search domains', () => {
  const { dnsSearches, said } = web('    dns_search: [Corp.example., "., not", ".", corp]');
  expect(values(dnsSearches)).toEqual(['corp.example', 'corp']);
  expect(said).toEqual([
    '4:33 error dns/bad-search the search domain "., not" is left out: it is no domain name',
    '4:43 error dns/no-search a search list of "." is left out: a pod always searches the domains of the cluster',
  ]);
  expect(values(web('    dns_search: corp.example').dnsSearches)).toEqual(['corp.example']);
});

test('leaves out search domains beyond what a pod has', () => {
  const many = web(`    dns_search: [${Array.from({ length: 30 }, (_, index) => `d${index}`).join(', ')}]`);
  expect([many.dnsSearches?.length, many.said.length]).toEqual([29, 1]);
  expect(many.said[0]).toContain('dns/too-many-searches the search domain d29 is left out');
  const name = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.example`;
  const long = web(`    dns_search: [${Array.from({ length: 12 }, (_, index) => `n${index}.${name}`).join(', ')}]`);
  expect([long.dnsSearches?.length, long.said.length]).toEqual([9, 3]);
});

test('groups extra hosts by address, from either form', () => {
  const expected = [
    { ip: '10.0.0.1', hostnames: ['one', 'other'] },
    { ip: '10.0.0.2', hostnames: ['one'] },
    { ip: 'fd00::1', hostnames: ['six'] },
  ];
  const asList = web('    extra_hosts: ["One=10.0.0.1", "one:10.0.0.2", "six=[fd00::1]", "other=10.0.0.1"]');
  const asMap = web('    extra_hosts: {one: [10.0.0.1, 10.0.0.2], six: "[fd00::1]", other: 10.0.0.1}');
  expect(values(asList.hostAliases)).toEqual([expected[0], expected[1], expected[2]]);
  expect(values(asMap.hostAliases)).toEqual(expected);
  expect([asList.said, asMap.said]).toEqual([[], []]);
});

test('splits several addresses of one line', () => {
  expect(values(web('    extra_hosts: ["one=10.0.0.1,10.0.0.2", "one=10.0.0.1", "six:fd00::1"]').hostAliases)).toEqual([
    { ip: '10.0.0.1', hostnames: ['one'] },
    { ip: '10.0.0.2', hostnames: ['one'] },
    { ip: 'fd00::1', hostnames: ['six'] },
  ]);
});

test('says which extra hosts are left out', () => {
  const { hostAliases, said } = web(`    extra_hosts:
      - host.docker.internal:host-gateway
      - under_score=10.0.0.1
      - nowhere
      - empty=
      - bad=10.0.0
      - [a]
`);
  expect(hostAliases).toBeUndefined();
  expect(said).toEqual([
    '5:9 error dns/host-gateway host.docker.internal is left out: a pod has no Compose machine to call back',
    '6:9 error dns/bad-host the host "under_score" is left out: it is no host name that Kubernetes accepts',
    '7:9 error dns/no-host-address the host "nowhere" has no address',
    '8:9 error dns/no-host-address the host "empty" has no address',
    '9:9 error dns/not-an-address "10.0.0" is no IP address',
    '10:9 error dns/form services.web.extra_hosts takes items of the form HOST=ADDRESS, not a list',
  ]);
  expect(web('    extra_hosts: one=10.0.0.1').said).toEqual([
    '4:18 error check/type services.web.extra_hosts must be a mapping, not text',
  ]);
});

test('reads host names', () => {
  const name = (keys: string, service?: string) => {
    const { hostname, said } = web(keys, service);
    return [hostname?.value, pathOf(hostname), said];
  };
  expect(name('    hostname: box')).toEqual(['box', 'services.web.hostname', []]);
  expect(name('    hostname: box.example.com.')).toEqual([
    'box.example.com',
    'services.web.hostname',
    [
      '4:15 warning dns/hostname-changed the hostname "box.example.com." becomes box.example.com, as it must be a DNS name',
    ],
  ]);
  expect(name('    hostname: My_Box')).toEqual([
    'my-box',
    'services.web.hostname',
    ['4:15 warning dns/hostname-changed the hostname "My_Box" becomes my-box, as it must be a DNS name'],
  ]);
  expect(name('    hostname: box\n    domainname: Example.com')).toEqual([
    'box.example.com',
    'services.web.hostname',
    [],
  ]);
  expect(name('    domainname: example.com', 'my_web')).toEqual([
    'my-web.example.com',
    'services.my_web.domainname',
    [],
  ]);
});

test('leaves out host names that a pod cannot have', () => {
  const said = (hostname: string) => web(`    hostname: "${hostname}"`).said;
  expect(said('node-{{.Task.Slot}}')).toEqual([
    '4:15 warning dns/hostname-template the hostname "node-{{.Task.Slot}}" is left out: the names of pods already tell replicas apart',
  ]);
  expect(said('-box')).toEqual([
    '4:15 error dns/bad-hostname the hostname "-box" is left out: it is no DNS name of at most 64 characters',
  ]);
  expect(said('a'.repeat(64))[0]).toContain('dns/bad-hostname');
  expect(said(`${'a'.repeat(60)}.bcde`)[0]).toContain('dns/bad-hostname');
  expect(said(`${'a'.repeat(60)}.bcd`)).toEqual([]);
});
