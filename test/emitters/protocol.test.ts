import { expect, test } from 'vitest';
import { protocolName } from '../../src/emitters/protocol.ts';
import { at } from '../support/draft.ts';

test('TCP goes without saying', () => {
  expect([protocolName('tcp'), protocolName(at('tcp', 'x'))]).toEqual([undefined, undefined]);
});

test('others are written in capitals and keep their origin', () => {
  expect([protocolName('sctp'), protocolName(at('udp', 'x'))]).toEqual(['SCTP', at('UDP', 'x')]);
});
