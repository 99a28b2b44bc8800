import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { networkEntries } from '../../src/attributes/network-entries.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function network(text: string) {
  const { draft, said } = given(`services: {web: {image: a}}\nnetworks:\n  front: ${text}\n`, {
    rules: [image],
    entries: [networkEntries],
  });
  return { network: draft.networks.get('front'), said };
}

test('reads an empty network', () => {
  const { network: front, said } = network('');
  expect(values(front)).toEqual({ name: 'front', label: 'front' });
  expect([pathOf(front?.label), said]).toEqual(['networks.front', []]);
});

test('reads name and flags', () => {
  const { network: front, said } = network('{name: shop_front, internal: true, attachable: true, enable_ipv6: "true"}');
  expect(values(front)).toEqual({ name: 'front', label: 'shop_front', isInternal: true });
  expect([pathOf(front?.label), said]).toEqual(['networks.front.name', []]);
});

test('reads external networks, also in their old form', () => {
  const modern = network('{external: true, name: shared}');
  const old = network('{external: {name: shared}}');
  const expected = { name: 'front', label: 'shared', isExternal: true };
  expect([values(modern.network), modern.said]).toEqual([expected, []]);
  expect(values(old.network)).toEqual(expected);
  expect(old.said).toEqual([
    '3:21 warning network-entries/external-name external: {name: shared} is the form of old files',
  ]);
  expect(values(network('{external: false}').network)).toEqual({ name: 'front', label: 'front', isExternal: false });
});

test('refuses other attributes of an external network', () => {
  expect(network('{external: true, internal: false, driver_opts: {mtu: 1400}, x-note: 1}').said).toEqual([
    '3:44 error network-entries/external-with-others the network front is external, so it cannot have driver_opts, internal',
  ]);
  expect(network('{external: {name: a}, name: b}').said).toEqual([
    '3:21 error check/type networks.front.external must be true or false, not a mapping',
  ]);
});

test('knows the networks that stand for a mode', () => {
  const modes = ['{driver: host}', '{driver: none}', '{external: true, name: host}', '{external: true, name: none}'];
  const told = [
    'warning network-entries/no-network services on this network are cut off by a NetworkPolicy without rules; they keep an interface, and the network plug-in must enforce policies',
  ];
  const outcomes = modes.map((text) => {
    const { network: front, said } = network(text);
    return [front?.standsFor, said.map((line) => line.replace(/^\S+ /, ''))];
  });
  expect(outcomes).toEqual([
    ['host', []],
    ['none', told],
    ['host', []],
    ['none', told],
  ]);
});

test('tells which drivers need Multus', () => {
  const drivers = ['bridge', 'overlay', 'default', 'macvlan', 'weave'];
  expect(drivers.map((driver) => network(`{driver: ${driver}}`).said)).toEqual([
    [],
    [],
    [],
    [
      '3:19 warning network-entries/own-driver a network of the driver macvlan needs Multus and a NetworkAttachmentDefinition',
    ],
    [
      '3:19 warning network-entries/own-driver a network of the driver weave needs Multus and a NetworkAttachmentDefinition',
    ],
  ]);
});

test('tells about driver options that mean something', () => {
  const { said } = network(`
    driver_opts:
      encrypted: ""
      com.docker.network.bridge.enable_icc: "false"
      com.docker.network.bridge.host_binding_ipv4: 127.0.0.1
      com.docker.network.driver.mtu: 1400
`);
  expect(said).toEqual([
    '5:18 warning network-entries/encrypted traffic between pods is encrypted by the network plug-in, if at all',
    '6:45 warning network-entries/no-icc enable_icc: false is not converted yet: members of this network can reach each other',
    '7:52 warning network-entries/host-binding host_binding_ipv4: 127.0.0.1 is not converted yet: ports of its members count as public',
  ]);
  const harmless = network(`
    driver_opts:
      encrypted: "false"
      com.docker.network.bridge.enable_icc: "true"
      com.docker.network.bridge.host_binding_ipv4: 0.0.0.0
`);
  expect(harmless.said).toEqual([]);
});

test('reads addresses and labels', () => {
  const { said } = network(`
    enable_ipv4: true
    labels: [a=1, b]
    ipam:
      driver: default
      options: {foo: bar}
      config:
        - {subnet: 10.0.0.0/24, ip_range: 10.0.0.0/25, gateway: 10.0.0.1, aux_addresses: {host1: 10.0.0.5}}
`);
  expect(said).toEqual([]);
});

test('refuses unknown attributes', () => {
  expect(network('{drivr: bridge}').said).toEqual([
    '3:11 error check/unknown-key unknown attribute "drivr" in networks.front',
  ]);
});
