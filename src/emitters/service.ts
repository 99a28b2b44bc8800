/** Service: a name that resolves in the cluster, and the ports behind it. */

import type { IService, IServicePort } from 'kubernetes-models/v1';
import { derive, Located } from '../kernel/located.ts';
import type { NamedPort, NetworkName } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource, type Traced } from '../model/resource.ts';
import { type Context, selectedLabels } from './context.ts';
import { plain, unlessDefault, unlessEmpty } from './leave-out.ts';
import { metadata } from './metadata.ts';
import { protocolName } from './protocol.ts';

function servicePort(port: NamedPort): Traced<IServicePort> {
  return from(port.port.origin, {
    name: port.name,
    port: port.port,
    targetPort: port.targetPort,
    nodePort: port.nodePort,
    protocol: protocolName(port.protocol),
    appProtocol: port.appProtocol,
  });
}

function clusterIp(isHeadless: NetworkName['isHeadless']): Traced<'None'> | undefined {
  if (!plain(isHeadless)) return undefined;
  return isHeadless instanceof Located ? derive(isHeadless, 'None') : 'None';
}

/** A Service. One without ports is headless: its name gives the pods' addresses, where every port can be reached. */
export function service(name: NetworkName, context: Context): Resource {
  return resource<IService & KubernetesObject>(
    from(name.origin, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(name, context),
      spec: {
        type: unlessDefault(name.type, 'ClusterIP'),
        clusterIP: clusterIp(name.isHeadless),
        publishNotReadyAddresses: unlessDefault(name.reachesUnready, false),
        externalTrafficPolicy: unlessDefault(name.externalTrafficPolicy, 'Cluster'),
        selector: selectedLabels(name.selects, context),
        ports: unlessEmpty(name.ports.map(servicePort)),
      },
    }),
  );
}
