/** Where a pod may run: node selector, affinities, tolerations. */

import type { INodeSelectorRequirement, IPodSpec } from 'kubernetes-models/v1';
import type { Origin } from '../kernel/located.ts';
import type { NodeRule } from '../model/facts.ts';
import type { Pod } from '../model/pod.ts';
import { from, type Traced, type TracedFields } from '../model/resource.ts';
import { unlessEmpty } from './leave-out.ts';

const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

function requirement(rule: NodeRule): Traced<INodeSelectorRequirement> {
  return from(rule.key.origin, { key: rule.key, operator: rule.operator, values: unlessEmpty(rule.values) });
}

function affinity(pod: Pod, wish: Origin | undefined): Traced<IPodSpec['affinity']> {
  const rules = pod.nodeRules.map(requirement);
  return unlessEmpty({
    nodeAffinity: unlessEmpty({
      requiredDuringSchedulingIgnoredDuringExecution:
        rules.length === 0 ? undefined : { nodeSelectorTerms: [{ matchExpressions: rules }] },
      preferredDuringSchedulingIgnoredDuringExecution: wish && [
        from(wish, { weight: 100, preference: { matchExpressions: [{ key: CONTROL_PLANE, operator: 'Exists' }] } }),
      ],
    }),
    podAffinity: unlessEmpty({
      requiredDuringSchedulingIgnoredDuringExecution: unlessEmpty(
        pod.runsBeside.map(({ selector, origin }) =>
          from(origin, {
            labelSelector: { matchLabels: Object.fromEntries(selector) },
            topologyKey: 'kubernetes.io/hostname',
          }),
        ),
      ),
    }),
  });
}

/**
 * The fields of a pod that choose its node. Control-plane nodes are preferred, not required, and their taint is tolerated:
 * managed clusters show no such nodes, so that a requirement would leave the pod pending for ever.
 */
export function podScheduling(pod: Pod): TracedFields<Pick<IPodSpec, 'nodeSelector' | 'affinity' | 'tolerations'>> {
  const wish = pod.prefersControlPlane?.value === true ? pod.prefersControlPlane.origin : undefined;
  return {
    nodeSelector: unlessEmpty(Object.fromEntries(pod.nodeSelector.map(({ key, value }) => [key, value]))),
    affinity: affinity(pod, wish),
    tolerations: wish && [from(wish, { key: CONTROL_PLANE, operator: 'Exists', effect: 'NoSchedule' })],
  };
}
