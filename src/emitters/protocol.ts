/** The name of a transport protocol as Kubernetes writes it. */

import { derive, Located } from '../kernel/located.ts';
import type { Protocol } from '../model/facts.ts';
import type { Sourced } from '../model/pod.ts';

const NAMES = { tcp: undefined, udp: 'UDP', sctp: 'SCTP' } as const;

/** UDP or SCTP; nothing for TCP, which is assumed everywhere. */
export function protocolName(protocol: Sourced<Protocol>): Sourced<'UDP' | 'SCTP'> | undefined {
  if (!(protocol instanceof Located)) return NAMES[protocol];
  const name = NAMES[protocol.value];
  return name && derive(protocol, name);
}
