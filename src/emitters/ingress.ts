/** Ingress: hosts and paths that lead from outside to a Service. */

import type { IHTTPIngressPath, IIngress } from 'kubernetes-models/networking.k8s.io/v1';
import type { EdgeRoute } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource, type Traced } from '../model/resource.ts';
import type { Context } from './context.ts';
import { unlessEmpty } from './leave-out.ts';
import { metadata } from './metadata.ts';

function ingressPath(path: EdgeRoute['rules'][number]['paths'][number]): Traced<IHTTPIngressPath> {
  return from(path.origin, {
    path: path.path,
    pathType: path.pathType,
    backend: { service: { name: path.target, port: { name: path.port } } },
  });
}

/** An Ingress. */
export function ingress(route: EdgeRoute, context: Context): Resource {
  return resource<IIngress & KubernetesObject>(
    from(route.origin, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: metadata(route, context),
      spec: {
        ingressClassName: route.className,
        rules: route.rules.map(({ host, paths }) => ({ host, http: { paths: paths.map(ingressPath) } })),
        tls: unlessEmpty(
          route.tls.map(({ hosts, secret }) => from(secret.origin, { hosts: unlessEmpty(hosts), secretName: secret })),
        ),
      },
    }),
  );
}
