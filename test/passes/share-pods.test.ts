import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { ServiceSays } from '../../src/model/draft.ts';
import type { NetworkMode } from '../../src/model/facts.ts';
import { sharePods } from '../../src/passes/share-pods.ts';
import { at, draftOf, port, said } from '../support/draft.ts';

function mode(service: string, value: NetworkMode): ServiceSays {
  return { networkMode: at(value, 'services', service, 'network_mode') };
}

function uses(service: string, other: string): ServiceSays {
  return mode(service, { kind: 'service', service: other });
}

function shared(services: Readonly<Record<string, ServiceSays>>) {
  const report = new Report();
  const groups = sharePods(draftOf({ services }), report);
  const pods = Object.keys(services).map((name) => [groups.hostOf(name), ...groups.members(name)].join(' '));
  return { pods, said: said(report) };
}

test('each service has a pod of its own', () => {
  expect(shared({ web: {}, db: mode('db', { kind: 'host' }) })).toEqual({ pods: ['web web', 'db db'], said: [] });
});

test('chains lead to the service at their end, which comes first in the pod', () => {
  expect(shared({ a: uses('a', 'b'), b: uses('b', 'vpn'), vpn: {}, c: uses('c', 'vpn') })).toEqual({
    pods: ['vpn a', 'vpn b', 'vpn vpn a b c', 'vpn c'],
    said: [],
  });
});

test('a container name stands for its service', () => {
  const { pods, said } = shared({
    app: mode('app', { kind: 'container', container: 'gluetun' }),
    vpn: { containerName: at('gluetun', 'services', 'vpn', 'container_name') },
  });
  expect(pods).toEqual(['vpn app', 'vpn vpn app']);
  expect(said).toEqual([
    'warning share-pods/by-container services.app.network_mode: gluetun is the container of vpn, so this one runs in its pod to share its network',
  ]);
});

test('a container of nobody, and of the service itself, is refused', () => {
  const { pods, said } = shared({
    app: mode('app', { kind: 'container', container: 'gluetun' }),
    own: { ...mode('own', { kind: 'container', container: 'me' }), containerName: at('me', 'services', 'own') },
  });
  expect(pods).toEqual(['app app', 'own own']);
  expect(said).toEqual([
    'error share-pods/unknown-container services.app.network_mode: no service of the project has the container_name gluetun',
    'error share-pods/unknown-container services.own.network_mode: no service of the project has the container_name me',
  ]);
});

test('a service that is not there is no host', () => {
  expect(shared({ app: uses('app', 'gone') })).toEqual({ pods: ['app app'], said: [] });
});

test('a circle is an error, said once', () => {
  expect(shared({ x: uses('x', 'a'), a: uses('a', 'b'), b: uses('b', 'a') })).toEqual({
    pods: ['x x', 'a a', 'b b'],
    said: [
      'error share-pods/circle services.a.network_mode: services use the network of each other in a circle: a → b → a',
    ],
  });
});

test('replicas and modes must agree', () => {
  const { said } = shared({
    vpn: { replicas: at(2, 'services', 'vpn', 'scale') },
    same: { ...uses('same', 'vpn'), replicas: at(2, 'services', 'same', 'scale') },
    app: { ...uses('app', 'vpn'), mode: at('global', 'services', 'app', 'deploy', 'mode') },
  });
  expect(said).toEqual([
    'error share-pods/mode services.app.network_mode: app has the mode global, but vpn, whose pod it shares, replicated',
    'error share-pods/replicas services.app.network_mode: app runs 1 times, but vpn, whose pod it shares, 2 times',
  ]);
});

test('two members cannot publish one port; what one only exposes the other may publish', () => {
  const { said } = shared({
    vpn: { ports: [port('vpn', 0, 8080), port('vpn', 1, 53, { protocol: 'udp' })] },
    app: { ...uses('app', 'vpn'), exposed: [{ port: at(8080), protocol: at('tcp') }], ports: [port('app', 0, 53)] },
    web: { ...uses('web', 'vpn'), ports: [port('web', 0, 8080), port('web', 1, 8080)] },
  });
  expect(said).toEqual([
    'error share-pods/ports services.web.ports[0]: web and vpn share a pod and both publish 8080/tcp',
    'error share-pods/ports services.web.ports[1]: web and vpn share a pod and both publish 8080/tcp',
  ]);
});
