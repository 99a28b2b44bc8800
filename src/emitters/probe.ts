/** A probe: how the kubelet finds out whether a container is started, alive or ready. */

import type { IProbe } from 'kubernetes-models/v1';
import type { Probe, ProbeAction } from '../model/pod.ts';
import { from, type Traced, type TracedFields } from '../model/resource.ts';
import { unlessEmpty } from './leave-out.ts';

function action(asked: ProbeAction): TracedFields<Pick<IProbe, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'>> {
  switch (asked.kind) {
    case 'exec':
      return { exec: { command: asked.command } };
    case 'http':
      return {
        httpGet: {
          path: asked.path,
          port: asked.port,
          scheme: asked.isHttps ? 'HTTPS' : undefined,
          httpHeaders: unlessEmpty(asked.headers),
        },
      };
    case 'tcp':
      return { tcpSocket: { port: asked.port } };
    case 'grpc':
      return { grpc: { port: asked.port, service: asked.service } };
  }
}

/** All numbers are written, also those that are the API's defaults: Docker's defaults differ, and a reader compares. */
export function probe(asked: Probe): Traced<IProbe> {
  return from(asked.origin, {
    ...action(asked.action),
    periodSeconds: asked.periodSeconds,
    timeoutSeconds: asked.timeoutSeconds,
    successThreshold: asked.successThreshold,
    failureThreshold: asked.failureThreshold,
  });
}
