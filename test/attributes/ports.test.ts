import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { ports } from '../../src/attributes/ports.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string) {
  const outcome = given(`services:\n  web:\n    image: a\n${keys}`, { rules: [image, ports] });
  const { ports: listed, exposed, hasTooManyPorts, endpointMode } = outcome.service('web');
  return { listed, exposed, hasTooManyPorts, endpointMode, said: outcome.said, draft: outcome.draft };
}

const plain = { protocol: 'tcp', mode: 'ingress' };

test('says nothing about a service without ports', () => {
  const { listed, exposed, hasTooManyPorts, endpointMode, said } = web('');
  expect([listed, exposed, hasTooManyPorts, endpointMode, said]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    [],
  ]);
});

test('reads short and long ports alike', () => {
  const { listed, said } = web(`    ports:
      - 80
      - "8080:81/udp"
      - {target: 82, published: "8082", protocol: SCTP, mode: host}
      - {target: "83", published: 0}
`);
  expect(values(listed)).toEqual([
    { target: 80, ...plain },
    { target: 81, published: 8080, protocol: 'udp', mode: 'ingress' },
    { target: 82, published: 8082, protocol: 'sctp', mode: 'host' },
    { target: 83, ...plain },
  ]);
  expect(said).toEqual([]);
});

test('writes ranges out and remembers where each came from', () => {
  const { listed } = web('    ports: ["9000-9001:80-81"]');
  expect(values(listed)).toEqual([
    { target: 80, published: 9000, ...plain },
    { target: 81, published: 9001, ...plain },
  ]);
  expect(listed?.map(({ target }) => pathOf(target))).toEqual([
    'services.web.ports[0].target',
    'services.web.ports[1].target',
  ]);
});

test('takes the first of a published range', () => {
  const { listed, said } = web('    ports: ["8000-8010:80"]');
  expect(values(listed)).toEqual([{ target: 80, published: 8000, ...plain }]);
  expect(said).toEqual([
    '4:13 warning ports/published-range of the ports 8000-8010, 8000 is taken; Docker would take any free one',
  ]);
});

test('reads loopback as not public', () => {
  const { listed, said } = web('    ports: ["127.0.0.1:8080:80", "[::1]:8081:81"]');
  expect(values(listed)).toEqual([
    { target: 80, published: 8080, hostIp: '127.0.0.1', ...plain },
    { target: 81, published: 8081, hostIp: '::1', ...plain },
  ]);
  expect(said).toEqual([
    '4:13 warning ports/loopback 127.0.0.1 is read as "not public": port 8080 is not exposed outside the cluster, whatever --expose says',
    '4:34 warning ports/loopback ::1 is read as "not public": port 8081 is not exposed outside the cluster, whatever --expose says',
  ]);
});

test('counts the addresses that mean all as none', () => {
  const { listed, said } = web('    ports: ["0.0.0.0:8080:80", "[::]:8081:81", {target: 82, host_ip: ""}]');
  expect(values(listed)).toEqual([
    { target: 80, published: 8080, ...plain },
    { target: 81, published: 8081, ...plain },
    { target: 82, ...plain },
  ]);
  expect(said).toEqual([]);
});

test('keeps the address of a host port and drops that of an ingress port', () => {
  const { listed, said } = web(
    '    ports: [{target: 80, host_ip: 10.0.0.1, mode: host}, {target: 81, host_ip: 10.0.0.1}]',
  );
  expect(values(listed)).toEqual([
    { target: 80, protocol: 'tcp', mode: 'host', hostIp: '10.0.0.1' },
    { target: 81, ...plain },
  ]);
  expect(said).toEqual([
    '4:80 warning ports/host-address host_ip 10.0.0.1 is dropped: a Service does not bind an address of a machine',
  ]);
});

test('makes names of ports that Kubernetes takes', () => {
  const { listed, said } = web(
    '    ports: [{target: 80, name: web}, {target: 81, name: My_Long_Port_Name}, {target: 82, name: "82"}]',
  );
  expect(values(listed)).toEqual([
    { target: 80, name: 'web', ...plain },
    { target: 81, name: 'my-long-port-na', ...plain },
    { target: 82, ...plain },
  ]);
  expect(said).toEqual([
    '4:57 info ports/renamed the port name "My_Long_Port_Name" becomes "my-long-port-na", as Kubernetes allows 15 characters',
    '4:96 error ports/nameless "82" cannot be the name of a port',
  ]);
});

test('knows application protocols', () => {
  const written = ['HTTP', 'h2c', 'http2', 'ws', 'wss', 'example.com/Own', 'a b'];
  const { listed, said } = web(
    `    ports: [${written.map((name, index) => `{target: ${index + 1}, app_protocol: "${name}"}`).join(', ')}]`,
  );
  expect(listed?.map(({ appProtocol }) => appProtocol?.value)).toEqual([
    'http',
    'kubernetes.io/h2c',
    'kubernetes.io/h2c',
    'kubernetes.io/ws',
    'kubernetes.io/wss',
    'example.com/own',
    undefined,
  ]);
  expect(said).toEqual(['4:257 error ports/unknown-app-protocol "a b" cannot be an appProtocol']);
});

test('says where a port is wrong', () => {
  const { said } = web(`    ports:
      - "80a:80"
      - "8080:"
      - "here:8080:80"
      - "80/icmp"
      - "1-2:3-5"
      - [80]
      - true
      - {published: 80}
      - {target: 80-90}
      - {target: 80, published: many}
      - {target: 80, host_ip: here}
      - {target: 80, protocol: icmp}
      - {target: 85, mode: global}
      - {target: 80, public: true}
    expose: [http, 1/2]
`);
  expect(said).toEqual([
    '5:9 error ports/not-a-port "80a" is no port and no range of ports',
    '6:9 error ports/no-target the port "8080:" has no target',
    '7:9 error ports/not-an-address "here" is no IP address',
    '8:9 error ports/not-a-protocol "icmp" is no protocol of a port',
    '9:9 error ports/unequal-ranges the two ranges of "1-2:3-5" are not equally long',
    '10:9 error ports/form services.web.ports takes ports such as "8080:80", not a list',
    '11:9 error ports/form services.web.ports takes ports such as "8080:80", not true or false',
    '12:9 error check/type services.web.ports[0].target is required',
    '13:18 error check/type services.web.ports[1].target must be a port from 1 to 65535, not "80-90"',
    '14:33 error check/type services.web.ports[2].published must be a port from 1 to 65535 or a range such as 8000-8010, not "many"',
    '15:31 error check/type services.web.ports[3].host_ip must be an IP address, not "here"',
    '16:32 error check/type services.web.ports[4].protocol must be one of tcp, udp, sctp, not "icmp"',
    '17:28 error check/type services.web.ports[5].mode must be ingress or host, not "global"',
    '18:22 error check/unknown-key unknown attribute "public" in services.web.ports[6]',
    '19:14 error ports/not-a-port "http" is no port and no range of ports',
    '19:20 error ports/not-a-protocol "2" is no protocol of a port',
  ]);
});

test('refuses ports that are no list', () => {
  expect(web('    ports: "80:80"').said).toEqual(['4:12 error check/type services.web.ports must be a list, not text']);
});

test('keeps the last of two ports with one address, number and protocol', () => {
  const { listed, said } = web('    ports: ["80:80", "81:81", {target: 80, published: "80", mode: host}, "80:80/udp"]');
  expect(values(listed)).toEqual([
    { target: 80, published: 80, protocol: 'tcp', mode: 'host' },
    { target: 81, published: 81, ...plain },
    { target: 80, published: 80, protocol: 'udp', mode: 'ingress' },
  ]);
  expect(said).toEqual([]);
});

test('exposes numbers, ranges and protocols once each', () => {
  const { exposed, said } = web('    expose: ["3000", 3000, 3000/tcp, 4000-4001/udp, "4001/udp"]');
  expect(values(exposed)).toEqual([
    { port: 3000, protocol: 'tcp' },
    { port: 4000, protocol: 'udp' },
    { port: 4001, protocol: 'udp' },
  ]);
  expect(said).toEqual([]);
});

test('does not list more than a hundred ports', () => {
  const { listed, exposed, hasTooManyPorts, said } = web(
    '    ports: ["80:80", "10000-20000:10000-20000/udp"]\n    expose: [1-65535]',
  );
  expect(values(listed)).toEqual([{ target: 80, published: 80, ...plain }]);
  expect(exposed).toEqual([]);
  expect([hasTooManyPorts?.value, pathOf(hasTooManyPorts)]).toEqual([true, 'services.web.ports[1]']);
  expect(said).toEqual([
    '4:22 warning ports/too-many-ports 75537 ports are too many to list: the Service is headless, so each port is reachable inside the cluster and none can be exposed',
  ]);
});

test('lists a hundred ports', () => {
  const { listed, hasTooManyPorts } = web('    ports: ["1-60:1-60"]\n    expose: [101-140]');
  expect([listed?.length, hasTooManyPorts]).toEqual([60, undefined]);
});

test('hands the endpoint mode on', () => {
  const { endpointMode, said } = web(
    '    ports: [{target: 80, published: 80, mode: host}, "81"]\n    deploy: {endpoint_mode: dnsrr}',
  );
  expect([endpointMode?.value, pathOf(endpointMode)]).toEqual(['dnsrr', 'services.web.deploy.endpoint_mode']);
  expect(said).toEqual([]);
});

test('refuses a headless service with a published port', () => {
  const { said } = web('    ports: ["8080:80"]\n    deploy: {endpoint_mode: dnsrr}');
  expect(said).toEqual([
    '5:29 error ports/headless-published port 8080 is published, which endpoint_mode dnsrr does not allow in ingress mode',
  ]);
});

test('knows the two endpoint modes', () => {
  expect(web('    deploy: {endpoint_mode: vip}').endpointMode?.value).toBe('vip');
  expect(web('    deploy: {endpoint_mode: none}').said).toEqual([
    '4:29 error check/type services.web.deploy.endpoint_mode must be vip or dnsrr, not "none"',
  ]);
});
