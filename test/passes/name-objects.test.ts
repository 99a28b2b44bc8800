import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { at, type DraftLiteral, draftOf, said } from '../support/draft.ts';

function named(literal: DraftLiteral) {
  const report = new Report();
  return { names: nameObjects(draftOf(literal), report), said: said(report) };
}

test('a legal name stays, another becomes a DNS label and is listed as renamed', () => {
  const { names, said } = named({ services: { web: {}, Api_v1: {}, '2fa': {} } });
  expect(names.service('web')).toEqual(at('web', 'services', 'web'));
  expect(names.service('Api_v1')).toEqual(at('api-v1', 'services', 'Api_v1'));
  expect(names.renamed).toEqual(
    new Map([
      ['Api_v1', 'api-v1'],
      ['2fa', 's-2fa'],
    ]),
  );
  expect(said).toEqual([]);
});

test('a name that nothing declares is made legal all the same', () => {
  const { names } = named({ services: {} });
  expect([names.service('9_x').value, names.claim('9_x').value, names.network('default').value]).toEqual([
    's-9-x',
    '9-x',
    'default',
  ]);
});

test('services that meet in one name are errors, each with the first of them', () => {
  expect(named({ services: { a_b: {}, 'a.b': {}, 'A-B': {} } }).said).toEqual([
    'error name-objects/services-meet services["a.b"]: the services "a.b" and "a_b" would both be called a-b',
    'error name-objects/services-meet services.A-B: the services "A-B" and "a_b" would both be called a-b',
  ]);
});

test('an error names the other place', () => {
  const source = { name: 'compose.yaml', text: 'services:\n  a_b: {}\n  a-b: {}\n' };
  const report = new Report();
  const draft = draftOf({ services: { a_b: {}, 'a-b': {} } });
  const services = new Map(
    [...draft.services.values()].map((service, index) => [
      service.name,
      { ...service, origin: { ...service.origin, span: { source, start: 12 + index * 10, end: 15 + index * 10 } } },
    ]),
  );
  nameObjects({ ...draft, services }, report);
  expect(report.diagnostics.map(({ message }) => message)).toEqual([
    'the services "a-b" and "a_b", at compose.yaml:2:3, would both be called a-b',
  ]);
});

test('a claim is called like its volume, or as name: says', () => {
  const { names, said } = named({
    services: {},
    volumes: {
      '1_data': {},
      named: { claimName: at('Company_data', 'volumes', 'named', 'name') },
      kept: { claimName: at('backups.v1', 'volumes', 'kept', 'name') },
      there: { isExternal: at(true, 'volumes', 'there', 'external') },
    },
  });
  expect(names.claim('1_data')).toEqual(at('1-data', 'volumes', '1_data'));
  expect(names.claim('named')).toEqual(at('company-data', 'volumes', 'named', 'name'));
  expect(names.claim('kept').value).toBe('backups.v1');
  expect(names.claim('there').value).toBe('there');
  expect(said).toEqual([
    'info name-objects/claim-renamed volumes.named.name: the claim of the volume "Company_data" is called company-data',
  ]);
});

test('volumes that meet are errors, but two keys for one external volume are one', () => {
  const external = (key: string) => ({
    isExternal: at(true, 'volumes', key, 'external'),
    claimName: at('shared', 'volumes', key, 'name'),
  });
  expect(named({ services: {}, volumes: { Data_1: {}, 'data-1': {} } }).said).toEqual([
    'error name-objects/volumes-meet volumes.data-1: the volumes "data-1" and "Data_1" would both be called data-1',
  ]);
  expect(named({ services: {}, volumes: { a: external('a'), b: external('b') } }).said).toEqual([]);
});

test('networks that meet are errors, unless they are one network', () => {
  expect(named({ services: {}, networks: { front_end: {}, 'front.end': {} } }).said).toEqual([
    'error name-objects/networks-meet networks["front.end"]: the networks "front.end" and "front_end" would both be called front-end',
  ]);
  const one = named({
    services: {},
    networks: {
      a: { label: at('Edge_1', 'networks', 'a', 'name') },
      b: { label: at('Edge_1', 'networks', 'b', 'name') },
    },
  });
  expect(one.said).toEqual([]);
  expect(one.names.network('a')).toEqual(at('edge-1', 'networks', 'a', 'name'));
});

test('a container name is for one container', () => {
  const containerName = (service: string) => at('app', 'services', service, 'container_name');
  expect(
    named({
      services: {
        web: { containerName: containerName('web'), replicas: at(3, 'services', 'web', 'scale') },
        worker: { containerName: containerName('worker'), replicas: at(1, 'services', 'worker', 'scale') },
        other: { containerName: at('other', 'services', 'other', 'container_name') },
      },
    }).said,
  ).toEqual([
    'error name-objects/container-with-replicas services.web.container_name: 3 containers cannot all be called app',
    'error name-objects/containers-meet services.worker.container_name: the service "web" has the container_name app too',
  ]);
});

test('a name without a letter or digit is an error', () => {
  expect(named({ services: { ___: {}, _a_: {} } }).said).toEqual([
    'error name-objects/nothing-left services.___: nothing of "___" can stand in the name of a Service',
  ]);
});
