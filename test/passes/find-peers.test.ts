import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { collectNames } from '../../src/passes/collect-names.ts';
import { findPeers } from '../../src/passes/find-peers.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { at, type DraftLiteral, draftOf, health, variable } from '../support/draft.ts';
import { mentionsIn } from '../support/network-draft.ts';

function peersOf(services: DraftLiteral['services']): readonly string[] {
  const draft = draftOf({ services });
  return [...findPeers(draft, collectNames(draft, nameObjects(draft, new Report())), mentionsIn(draft))];
}

function broker(name: string, image: string, members: string) {
  return {
    image: at(image),
    healthCheck: health(name, 'kafka-broker-api-versions.sh'),
    environment: [variable(name, 'KAFKA_CONTROLLER_QUORUM_VOTERS', members)],
  };
}

test('services of one image that name each other are peers, of whatever version', () => {
  const members = '1@kafka-1:9093,2@kafka-2:9093';
  expect(
    peersOf({
      'kafka-1': broker('kafka-1', 'apache/kafka:3.9.0', members),
      'kafka-2': broker('kafka-2', 'apache/kafka:3.9.1@sha256:0123', members),
    }),
  ).toEqual(['kafka-1', 'kafka-2']);
});

test('the port of a registry is no tag', () => {
  expect(
    peersOf({
      a: broker('a', 'registry:5000/one', 'b:9093'),
      b: broker('b', 'registry:5000/two', 'a:9093'),
    }),
  ).toEqual([]);
});

test('naming itself, or another that does not name it, makes no peer', () => {
  const image = 'apache/kafka:3.9.0';
  expect(peersOf({ a: broker('a', image, 'a:9093') })).toEqual([]);
  expect(peersOf({ a: broker('a', image, 'b:9093'), b: broker('b', image, 'b:9093') })).toEqual([]);
});

test('services of different images that name each other are no peers', () => {
  expect(
    peersOf({
      web: broker('web', 'shop/web:1', 'api:9093'),
      api: broker('api', 'shop/api:1', 'web:9093'),
    }),
  ).toEqual([]);
});

test('services without an image are no peers', () => {
  const { image: _web, ...web } = broker('web', '', 'api:9093');
  const { image: _api, ...api } = broker('api', '', 'web:9093');
  expect(peersOf({ web, api })).toEqual([]);
});

test('one without a health test is ready as soon as it runs', () => {
  const { healthCheck: _, ...second } = broker('b', 'etcd:3', 'a:2380');
  expect(peersOf({ a: broker('a', 'etcd:3', 'b:2380'), b: second })).toEqual(['a']);
});
