/** `deploy.placement`: which nodes a service may run on, from Swarm's words for nodes to those of Kubernetes. */

import { approximated, error, noted, refused } from '../kernel/diagnostic.ts';
import type { Located, Path } from '../kernel/located.ts';
import { isLabelValue, isQualifiedName } from '../kernel/names.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import type { NodeRule } from '../model/facts.ts';
import { defineRule, does, extension, pending, type Scope, when } from './rule.ts';
import { integer, list, object, text } from './shapes.ts';

const keys = [
  'node.hostname',
  'node.role',
  'node.platform.os',
  'node.platform.arch',
  'node.labels.',
  'engine.labels.',
  'node.id',
];

const messages = {
  form: error(
    (constraint: string) => `"${constraint}" is not a constraint`,
    'write KEY==VALUE or KEY!=VALUE, such as node.labels.disk==ssd',
  ),
  'unknown-key': refused(
    (key: string, _value: string) => `the constraint key ${key} has no counterpart`,
    (key: string, value: string) =>
      didYouMean(nearest(key, keys)) || `label the nodes and write node.labels.NAME==${value}`,
  ),
  hostname: noted(
    (name: string) => `the constraint asks for a node named ${name}, which the cluster must have`,
    'compare kubectl get nodes, or constrain by a label instead',
  ),
  'node-label': approximated(
    (key: string, _value: string) => `no node has the label ${key} until somebody sets it`,
    (key: string, value: string) => `set it with kubectl label node NODE ${key}=${value}`,
  ),
  'not-a-label': refused(
    (text: string) => `"${text}" cannot be a label of a node`,
    'labels are letters, digits, -, _ and ., at most 63 of them, and begin and end with a letter or digit',
  ),
  'operating-system': refused(
    (system: string) => `"${system}" is no operating system that nodes tell apart`,
    'write linux or windows, or label the nodes by their distribution',
  ),
  role: error((role: string) => `"${role}" is not a role of a node`, 'write manager or worker'),
  'control-plane': approximated(
    'control-plane nodes are preferred, not required, since managed clusters show none',
    'label the nodes that are meant and constrain by node.labels',
  ),
  'node-id': refused(
    'the id of a node of a swarm names nothing in a cluster',
    'write node.hostname==NAME, or label the node',
  ),
};

type Voice = Scope<typeof messages>;

interface Constraint {
  readonly key: string;
  readonly isEqual: boolean;
  readonly value: string;
  readonly path: Path;
}

/** What one constraint comes to; undefined when it is left out. */
type Outcome = { readonly rule: NodeRule } | { readonly controlPlane: Located<boolean> } | undefined;

const architectures: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'amd64'],
  ['aarch64', 'arm64'],
  ['armv7l', 'arm'],
  ['armv6l', 'arm'],
]);

function labelRule({ isEqual, path }: Constraint, key: string, value: string, { at }: Voice): Outcome {
  return { rule: { key: at(key, ...path), operator: isEqual ? 'In' : 'NotIn', values: [at(value, ...path)] } };
}

/** `node.role`: workers are those without the control-plane label; managers can only be preferred. */
function roleRule({ value, isEqual, path }: Constraint, { at, say, settle }: Voice): Outcome {
  const role = value.toLowerCase();
  if (role !== 'manager' && role !== 'worker') {
    say('role', path, value);
    return undefined;
  }
  if ((role === 'worker') === isEqual) {
    settle(path, 'converted');
    return {
      rule: { key: at('node-role.kubernetes.io/control-plane', ...path), operator: 'DoesNotExist', values: [] },
    };
  }
  say('control-plane', path);
  return { controlPlane: at(true, ...path) };
}

function ownLabelRule(constraint: Constraint, key: string, voice: Voice): Outcome {
  const { value, path } = constraint;
  const wrong = isQualifiedName(key) ? (isLabelValue(value) ? undefined : value) : key;
  if (wrong !== undefined) {
    voice.say('not-a-label', path, wrong);
    return undefined;
  }
  voice.say('node-label', path, key, value);
  return labelRule(constraint, key, value, voice);
}

function systemRule(constraint: Constraint, voice: Voice): Outcome {
  const system = constraint.value.toLowerCase();
  if (system !== 'linux' && system !== 'windows') {
    voice.say('operating-system', constraint.path, constraint.value);
    return undefined;
  }
  voice.settle(constraint.path, 'converted');
  return labelRule(constraint, 'kubernetes.io/os', system, voice);
}

function archRule(constraint: Constraint, voice: Voice): Outcome {
  const written = constraint.value.toLowerCase();
  const arch = architectures.get(written) ?? written;
  if (!isLabelValue(arch)) {
    voice.say('not-a-label', constraint.path, constraint.value);
    return undefined;
  }
  voice.settle(constraint.path, 'converted');
  return labelRule(constraint, 'kubernetes.io/arch', arch, voice);
}

function hostRule(constraint: Constraint, voice: Voice): Outcome {
  if (!isLabelValue(constraint.value)) {
    voice.say('not-a-label', constraint.path, constraint.value);
    return undefined;
  }
  voice.say('hostname', constraint.path, constraint.value);
  return labelRule(constraint, 'kubernetes.io/hostname', constraint.value, voice);
}

function translate(constraint: Constraint, voice: Voice): Outcome {
  const { key, value, path } = constraint;
  const ownLabel = /^(?:node|engine)\.labels\.(.+)$/i.exec(key)?.[1];
  switch (key.toLowerCase()) {
    case 'node.hostname':
      return hostRule(constraint, voice);
    case 'node.role':
      return roleRule(constraint, voice);
    case 'node.platform.os':
    case 'engine.labels.operatingsystem':
      return systemRule(constraint, voice);
    case 'node.platform.arch':
      return archRule(constraint, voice);
    case 'node.id':
      voice.say('node-id', path);
      return undefined;
    default:
      if (ownLabel !== undefined) return ownLabelRule(constraint, ownLabel, voice);
      voice.say('unknown-key', path, key, value);
      return undefined;
  }
}

/** Reads `KEY==VALUE` or `KEY!=VALUE`, with any blanks. */
function readConstraint(written: string, path: Path, { say }: Voice): Constraint | undefined {
  const [, key, operator, value] = /^\s*([^\s=!]+)\s*(==|!=)\s*([^=\s].*?)\s*$/.exec(written) ?? [];
  if (key !== undefined && value !== undefined) return { key, isEqual: operator === '==', value, path };
  say('form', path, written);
  return undefined;
}

/**
 * Constraints become one required node affinity, all of whose expressions must hold, as in Swarm.
 * @see https://github.com/compose-spec/compose-spec/blob/main/deploy.md#placement
 */
export const placement = defineRule({
  name: 'placement',
  service: {},
  deploy: {
    placement: () =>
      object({
        constraints: list(text()).optional(),
        preferences: list(object({ spread: text() })).optional(),
        max_replicas_per_node: integer(0).optional(),
      }),
  },
  support: {
    'services.*.deploy.placement': does(
      'converted',
      ['Workload.spec.template.spec.affinity.nodeAffinity', 'Workload.spec.template.spec.topologySpreadConstraints'],
      'Constraints filter nodes, preferences spread pods; the two never mix.',
    ),
    'services.*.deploy.placement.constraints': does(
      'converted',
      [
        'Workload.spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[].matchExpressions',
      ],
      'All constraints go into one nodeSelectorTerm, whose expressions are ANDed as Swarm does.',
    ),
    'services.*.deploy.placement.constraints[]': does(
      'approximated',
      [
        'Workload.spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[].matchExpressions[]',
      ],
      '`KEY==VALUE` is operator In, `KEY!=VALUE` is NotIn (which, as in Swarm, also accepts nodes lacking the label); spaces are free, other operators are an error. The key is translated by the cases below.',
      {
        note: 'Swarm labels do not exist on Kubernetes nodes until someone sets them: each label key used is listed with the `kubectl label node` command.',
        cases: [
          when(
            'node.hostname',
            'converted',
            ['Workload.spec.template.spec.affinity.nodeAffinity'],
            'kubernetes.io/hostname; told that host names of the old cluster rarely exist on the new one.',
          ),
          when(
            'node.platform.os, engine.labels.operatingsystem',
            'converted',
            ['Workload.spec.template.spec.affinity.nodeAffinity'],
            'kubernetes.io/os, values linux or windows in lower case; a distribution name is an error.',
          ),
          when(
            'node.platform.arch',
            'converted',
            ['Workload.spec.template.spec.affinity.nodeAffinity'],
            'kubernetes.io/arch, with x86_64 as amd64, aarch64 as arm64, armv7l as arm.',
          ),
          when(
            'node.labels.K, engine.labels.K',
            'approximated',
            ['Workload.spec.template.spec.affinity.nodeAffinity'],
            'Label key K as it is (must be a valid qualified name), value unchanged.',
          ),
          when(
            'node.role==worker or node.role!=manager',
            'converted',
            ['Workload.spec.template.spec.affinity.nodeAffinity'],
            'node-role.kubernetes.io/control-plane DoesNotExist.',
          ),
          when(
            'node.role==manager or node.role!=worker',
            'approximated',
            [
              'Workload.spec.template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution',
              'Workload.spec.template.spec.tolerations',
            ],
            'Preferred (weight 100) affinity to node-role.kubernetes.io/control-plane plus a toleration of its NoSchedule taint: managed clusters show no control-plane nodes, so a requirement would leave the pod pending for ever.',
          ),
          when(
            'node.id',
            'refused',
            ['report.error'],
            'A Swarm node id names nothing here; use node.hostname or a label.',
          ),
        ],
      },
    ),
    'services.*.deploy.placement.preferences': pending(
      'converted',
      ['Workload.spec.template.spec.topologySpreadConstraints'],
      'In order; each becomes one constraint.',
    ),
    'services.*.deploy.placement.preferences[]': pending(
      'converted',
      ['Workload.spec.template.spec.topologySpreadConstraints[]'],
      'spread is the only strategy; anything else is an error.',
    ),
    'services.*.deploy.placement.preferences[].spread': pending(
      'approximated',
      ['Workload.spec.template.spec.topologySpreadConstraints[]'],
      "topologyKey is the translated key (as for constraints), maxSkew 1, whenUnsatisfiable ScheduleAnyway, labelSelector the workload's own, matchLabelKeys [pod-template-hash] on a Deployment. node.labels.zone, node.labels.az and node.labels.datacenter are offered topology.kubernetes.io/zone in the message.",
      {
        note: 'Spreading is per constraint, not nested level by level as Swarm does, and nodes without the label are left out.',
      },
    ),
    'services.*.deploy.placement.preferences[].x-*': extension('a placement preference'),
    'services.*.deploy.placement.max_replicas_per_node': pending(
      'approximated',
      [
        'Workload.spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution',
        'Workload.spec.template.spec.topologySpreadConstraints',
      ],
      '1: required podAntiAffinity on kubernetes.io/hostname with matchLabelKeys [pod-template-hash]. n > 1: topologySpreadConstraint on kubernetes.io/hostname with maxSkew n, DoNotSchedule. 0: nothing.',
      {
        note: 'Exact for 1; for n > 1 Kubernetes bounds the difference between nodes, not the number on one node, so a full cluster may exceed n.',
        cases: [
          when(
            '1',
            'converted',
            ['Workload.spec.template.spec.affinity.podAntiAffinity'],
            'Same limit; with as many replicas as nodes maxSurge becomes 0 so that a rollout cannot block itself.',
          ),
        ],
      },
    ),
    'services.*.deploy.placement.x-*': extension('placement'),
  },
  messages,
  lower({ deploy }, scope) {
    const { constraints = [], max_replicas_per_node: most } = deploy.placement ?? {};
    if (most === 0) scope.settle(['deploy', 'placement', 'max_replicas_per_node'], 'converted');
    const outcomes = constraints.flatMap((written, index) => {
      const constraint = readConstraint(written, ['deploy', 'placement', 'constraints', index], scope);
      return (constraint && translate(constraint, scope)) ?? [];
    });
    const rules = outcomes.flatMap((outcome) => ('rule' in outcome ? outcome.rule : []));
    return {
      nodeRules: rules.length === 0 ? undefined : rules,
      prefersControlPlane: outcomes.flatMap((outcome) => ('controlPlane' in outcome ? outcome.controlPlane : []))[0],
    };
  },
});
