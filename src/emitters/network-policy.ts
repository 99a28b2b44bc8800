/** NetworkPolicy: who may talk to a set of pods. */

import type {
  INetworkPolicy,
  INetworkPolicyIngressRule,
  INetworkPolicyPeer,
  INetworkPolicyPort,
} from 'kubernetes-models/networking.k8s.io/v1';
import type { Policy, PolicyRule } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource, type Traced } from '../model/resource.ts';
import { type Context, selectedLabels } from './context.ts';
import { unlessEmpty } from './leave-out.ts';
import { metadata } from './metadata.ts';
import { protocolName } from './protocol.ts';

/** A peer that names neither labels nor namespaces is every pod of the own namespace. */
function peer({ podLabels, isEveryNamespace }: PolicyRule['peers'][number]): Traced<INetworkPolicyPeer> {
  const matchLabels = podLabels && Object.fromEntries(podLabels);
  return {
    namespaceSelector: isEveryNamespace ? {} : undefined,
    podSelector: matchLabels === undefined && isEveryNamespace ? undefined : { matchLabels },
  };
}

function policyPort({ port, protocol }: PolicyRule['ports'][number]): Traced<INetworkPolicyPort> {
  return { port, protocol: protocolName(protocol) };
}

function ingressRule(rule: PolicyRule): Traced<INetworkPolicyIngressRule> {
  return { from: unlessEmpty(rule.peers.map(peer)), ports: unlessEmpty(rule.ports.map(policyPort)) };
}

/** A policy. A direction that is restricted and has no rule lets nothing through. */
export function networkPolicy(policy: Policy, context: Context): Resource {
  const { ingress, egress } = policy;
  return resource<INetworkPolicy & KubernetesObject>(
    from(policy.origin, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadata(policy, context),
      spec: {
        podSelector: { matchLabels: selectedLabels(policy.selects, context) },
        policyTypes: [...(ingress ? (['Ingress'] as const) : []), ...(egress ? (['Egress'] as const) : [])],
        ingress: ingress && unlessEmpty(ingress.map(ingressRule)),
        egress:
          egress &&
          unlessEmpty(
            egress.map((rule) => ({
              to: unlessEmpty(rule.peers.map(peer)),
              ports: unlessEmpty(rule.ports.map(policyPort)),
            })),
          ),
      },
    }),
  );
}
