/** `scale`, `deploy.replicas` and `deploy.mode`: how many containers of a service run, and where. */

import { approximated, error, noted } from '../kernel/diagnostic.ts';
import { defineRule, does, when } from './rule.ts';
import { integer, oneOf } from './shapes.ts';

/**
 * The number of replicas is written only when the file states it; a global mode runs one on each node instead.
 * @see https://github.com/compose-spec/compose-spec/blob/main/deploy.md#mode
 */
export const replicas = defineRule({
  name: 'replicas',
  service: { scale: () => integer(0) },
  deploy: {
    replicas: () => integer(0),
    mode: () => oneOf('replicated', 'global', 'replicated-job', 'global-job'),
  },
  support: {
    'services.*.scale': does(
      'converted',
      ['Deployment.spec.replicas', 'StatefulSet.spec.replicas'],
      'As deploy.replicas, which it must equal when both are set.',
    ),
    'services.*.deploy.replicas': does(
      'converted',
      ['Deployment.spec.replicas', 'StatefulSet.spec.replicas', 'Job.spec.completions'],
      'Written whenever set, 0 included, and left out when unset so that an autoscaler or `kubectl scale` is not fought; must equal `scale` when both are set. Ignored with a warning on a global service.',
      {
        cases: [
          when(
            'replicas > 1 and a read-write named volume',
            'approximated',
            ['PersistentVolumeClaim.spec.accessModes'],
            'Stays a Deployment on one shared ReadWriteMany claim, as Compose replicas share the volume; x-kubernetes.perReplica on the volume turns it into a StatefulSet with a claim each.',
          ),
        ],
      },
    ),
    'services.*.deploy.mode': does(
      'converted',
      ['Workload.kind'],
      'replicated (default), global, replicated-job or global-job; any other value is an error. A named volume on a global service needs RWX storage, because one claim is mounted on every node.',
      {
        cases: [
          when(
            'replicated',
            'converted',
            ['Deployment', 'StatefulSet'],
            'Kind by the table under services.*; spec.replicas from replicas or scale.',
          ),
          when(
            'global',
            'converted',
            ['DaemonSet'],
            'No replicas field and no toleration for tainted control-plane nodes unless placement asks for managers (Swarm managers accept tasks, tainted control-plane nodes do not: said as info).',
          ),
          when(
            'replicated-job',
            'converted',
            ['Job'],
            'spec.completions and spec.parallelism both equal replicas (default 1), completionMode NonIndexed.',
          ),
          when(
            'global-job',
            'approximated',
            ['DaemonSet'],
            'The command runs as an init container and a pause container (registry.k8s.io/pause) holds the pod, so it runs once on each node, present or future; it runs again when the pod is replaced.',
          ),
        ],
      },
    ),
  },
  messages: {
    differs: error(
      (scale: number, count: number) => `scale is ${scale}, but deploy.replicas is ${count}`,
      'remove one of them',
    ),
    'one-per-node': approximated(
      (key: string, mode: string) => `${key} is not used, because deploy.mode ${mode} runs one container on each node`,
      (key: string) => `remove ${key}, or deploy.mode`,
    ),
    'not-on-managers': noted(
      'no container runs on tainted control-plane nodes, although the managers of a swarm take part',
      'state node.role == manager under deploy.placement.constraints to run there',
    ),
    'once-per-node': approximated(
      'the command runs as an init container of a pod on each node, and again whenever that pod is replaced',
      'the command must bear being run twice',
    ),
  },
  lower({ scale, deploy }, { at, has, say }) {
    const { mode, replicas: count } = deploy;
    const isGlobal = mode === 'global' || mode === 'global-job';
    if (scale !== undefined && count !== undefined && scale !== count) say('differs', ['scale'], scale, count);
    if (isGlobal && scale !== undefined) say('one-per-node', ['scale'], 'scale', mode);
    if (isGlobal && count !== undefined) say('one-per-node', ['deploy', 'replicas'], 'deploy.replicas', mode);
    if (mode === 'global' && !has('deploy', 'placement', 'constraints')) say('not-on-managers', ['deploy', 'mode']);
    if (mode === 'global-job') say('once-per-node', ['deploy', 'mode']);
    return {
      replicas: isGlobal
        ? undefined
        : count !== undefined
          ? at(count, 'deploy', 'replicas')
          : scale !== undefined
            ? at(scale, 'scale')
            : undefined,
      mode: mode === undefined ? undefined : at(mode, 'deploy', 'mode'),
    };
  },
});
