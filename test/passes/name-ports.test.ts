import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { ServiceDraft } from '../../src/model/draft.ts';
import type { PortDraft } from '../../src/model/facts.ts';
import { namePorts, portKey } from '../../src/passes/name-ports.ts';
import { at, draftOf, port } from '../support/draft.ts';

function service(ports: readonly PortDraft[], name = 'web'): ServiceDraft {
  const found = draftOf({ services: { [name]: { ports } } }).services.get(name);
  if (found === undefined) throw new Error('no such service');
  return found;
}

function namesOf(...members: readonly (readonly PortDraft[])[]): readonly string[] {
  const owners = members.map((ports, index) => ({ service: service(ports, `s${index}`), found: [] }));
  return [...namePorts(owners, false, new Report()).byPort.values()].map(({ name }) => name);
}

function named(index: number, target: number, name: string): PortDraft {
  return { ...port('web', index, target), name: at(name) };
}

function speaking(index: number, target: number, protocol: string): PortDraft {
  return { ...port('web', index, target), appProtocol: at(protocol) };
}

test('a port is called by its name, its application protocol, or its protocol and number', () => {
  expect(
    namesOf([named(0, 80, 'http'), speaking(1, 81, 'kubernetes.io/h2c'), port('web', 2, 53, { protocol: 'udp' })]),
  ).toEqual(['http', 'h2c', 'udp-53']);
});

test('an application protocol that two ports have names none of them', () => {
  expect(namesOf([speaking(0, 80, 'http'), speaking(1, 81, 'http'), speaking(2, 82, 'grpc')])).toEqual([
    'tcp-80',
    'tcp-81',
    'grpc',
  ]);
});

test('a name is there once in a pod and at most 15 characters long', () => {
  expect(namesOf([named(0, 80, 'http')], [named(0, 81, 'http')], [speaking(0, 82, 'http')])).toEqual([
    'http',
    'tcp-81',
    'tcp-82',
  ]);
  expect(namesOf([named(0, 1, 'tcp-81'), named(1, 2, 'abcdefghijklmno'), named(2, 81, 'abcdefghijklmno')])).toEqual([
    'tcp-81',
    'abcdefghijklmno',
    'abcdefghijkl-81',
  ]);
  expect(
    namesOf([named(0, 1, 'tcp-81'), named(1, 2, 'tcp-8-81'), named(2, 3, 'tcp-81-81'), port('web', 3, 81)]),
  ).toEqual(['tcp-81', 'tcp-8-81', 'tcp-81-81', 'tcp-81-2']);
});

test('a port that two members speak of is that of the first who declares it', () => {
  const found = [{ port: at(80), protocol: at('tcp' as const), where: 'x' }];
  const pod = namePorts(
    [
      { service: service([], 'a'), found },
      { service: service([port('b', 0, 80)], 'b'), found: [] },
      { service: service([port('c', 0, 80)], 'c'), found: [] },
    ],
    false,
    new Report(),
  );
  expect([...pod.listeners.keys()]).toEqual(['b']);
  expect(pod.byPort.get(portKey(80, 'tcp'))?.isDeclared).toBe(true);
});

test('two bindings of one port to the same port of the node are one', () => {
  const report = new Report();
  const ports = [port('web', 0, 80, { mode: 'host' }), port('web', 1, 80, { mode: 'host', published: 80 })];
  const pod = namePorts([{ service: service(ports), found: [] }], false, report);
  expect(pod.containerPorts.get('web')?.map(({ hostPort }) => hostPort?.value)).toEqual([80]);
  expect(report.diagnostics).toEqual([]);
});
