import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { networkEntries } from '../../src/attributes/network-entries.ts';
import { networks } from '../../src/attributes/networks.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function project(web: string, rest = '') {
  return given(`services:\n  web:\n    image: a\n${web}\n  db: {image: b}\n${rest}`, {
    rules: [image, networks],
    entries: [networkEntries],
  });
}

test('says nothing about a service without networks', () => {
  const { service, said } = project('');
  const { networks: attached, networkMode, links } = service('web');
  expect([attached, networkMode, links, said]).toEqual([undefined, undefined, undefined, []]);
});

test('reads short and long networks alike', () => {
  const short = project('    networks: [front, default]', 'networks: {front: {}}');
  const long = project(
    '    networks: {front: {aliases: [shop], ipv4_address: 10.0.0.9}, default: }',
    'networks: {front: {}}',
  );
  expect(values(short.service('web').networks)).toEqual([
    { network: 'front', aliases: [] },
    { network: 'default', aliases: [] },
  ]);
  expect(values(long.service('web').networks)).toEqual([
    { network: 'front', aliases: ['shop'], ipv4: '10.0.0.9' },
    { network: 'default', aliases: [] },
  ]);
  expect([short.said, long.said]).toEqual([[], []]);
  expect(pathOf(long.service('web').networks?.[0]?.aliases[0])).toBe('services.web.networks.front.aliases[0]');
});

test('takes an empty list for the default network', () => {
  const { service, said } = project('    networks: []');
  expect([service('web').networks, said]).toEqual([undefined, []]);
});

test('refuses networks that are not declared', () => {
  const { service, said } = project('    networks: [frnt]', 'networks: {front: {}}');
  expect(service('web').networks).toBeUndefined();
  expect(said).toEqual(['4:16 error networks/unknown-network the network "frnt" is not declared']);
});

test('judges aliases', () => {
  const { service, said } = project(
    `    networks:
      front:
        aliases:
          - Shop
          - web
          - my_shop
          - shop.example
          - db
`,
    'networks: {front: {}}',
  );
  expect(values(service('web').networks)).toEqual([{ network: 'front', aliases: ['shop', 'my-shop'] }]);
  expect(said).toEqual([
    '9:13 warning networks/alias-renamed the alias "my_shop" becomes my-shop, as the name of a Service is a DNS label',
    '10:13 error networks/alias-with-dot the alias "shop.example" holds a dot, which the name of a Service cannot',
    '11:13 error networks/alias-taken the alias db is the name of the service db',
  ]);
});

test('says where aliases are known when there is more than one network', () => {
  const { said } = project('    networks: {front: {aliases: [shop]}}', 'networks: {front: {}, back: {}}');
  expect(said).toEqual([
    '4:34 info networks/alias-everywhere the alias shop is known to all services of the namespace, not only on this network',
  ]);
});

test('knows the network modes', () => {
  const mode = (text: string) => {
    const { service, said } = project(`    network_mode: "${text}"`, 'networks: {front: {}}');
    return [values(service('web').networkMode), said];
  };
  expect(mode('bridge')).toEqual([{ kind: 'ordinary' }, []]);
  expect(mode('default')).toEqual([{ kind: 'ordinary' }, []]);
  expect(mode('front')).toEqual([{ kind: 'ordinary' }, []]);
  expect(mode('container:box')).toEqual([{ kind: 'container', container: 'box' }, []]);
  expect(mode('service:db')).toEqual([
    { kind: 'service', service: 'db' },
    ['4:19 warning networks/shared-network this container runs in the pod of db to share its network'],
  ]);
  expect(mode('host')).toEqual([
    { kind: 'host' },
    [
      '4:19 warning networks/host-network network_mode host needs the privileged Pod Security level, and a node holds one such pod for each port',
    ],
  ]);
  expect(mode('none')).toEqual([
    { kind: 'none' },
    [
      '4:19 warning networks/no-network a NetworkPolicy without rules cuts the pods off; they keep an interface, and the network plug-in must enforce policies',
    ],
  ]);
  expect(mode('hots')).toEqual([
    undefined,
    ['4:19 error networks/unknown-mode "hots" is no network mode and no network of this project'],
  ]);
});

test('refuses the network of the service itself', () => {
  expect(project('    network_mode: service:web').said).toContain(
    '4:19 error networks/own-network a service cannot use its own network',
  );
});

test('refuses a mode beside networks', () => {
  expect(project('    network_mode: bridge\n    networks: [front]', 'networks: {front: {}}').said).toEqual([
    '4:19 error networks/mode-and-networks network_mode and networks exclude each other',
  ]);
});

test('reads links and their aliases', () => {
  const { service, said } = project('    links: [db, "db:db", "db:Store", "db:my_db", "db:a.b"]');
  expect(values(service('web').links)).toEqual([
    { service: 'db' },
    { service: 'db' },
    { service: 'db', alias: 'store' },
    { service: 'db', alias: 'my-db' },
    { service: 'db' },
  ]);
  expect(said).toEqual([
    '4:38 warning networks/alias-renamed the alias "my_db" becomes my-db, as the name of a Service is a DNS label',
    '4:50 error networks/alias-with-dot the alias "a.b" holds a dot, which the name of a Service cannot',
  ]);
});

test('reads what is only told about', () => {
  const { said } = project(
    `    mac_address: 02:42:ac:11:00:02
    external_links: [redis_1, "other:cache", redis_1]
    networks:
      front:
        interface_name: eth1
        ipv6_address: 2001:db8::9
        link_local_ips: [169.254.8.8]
        mac_address: 02:42:ac:11:00:03
        driver_opts: {com.docker.network.endpoint.sysctls: net.ipv4.ip_forward=1}
        priority: 100
        gw_priority: 1
`,
    'networks: {front: {}}',
  );
  expect(said).toEqual([]);
});
