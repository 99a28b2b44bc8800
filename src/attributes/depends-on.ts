/** `depends_on`: which services have to be there before another one starts. */

import { approximated } from '../kernel/diagnostic.ts';
import { type Dict, dictFrom, type Entry, kindText, scalarAt } from '../kernel/tree.ts';
import type { Dependency } from '../model/facts.ts';
import { oneName } from './forms.ts';
import { defineRule, does, type Expand, extension, pending, when } from './rule.ts';
import { boolean, map, object, oneOf } from './shapes.ts';

const messages = {
  absent: approximated(
    (service: string) => `the dependency on ${service} is left out, since no active service has that name`,
    'activate its profile with --profile, or remove the dependency',
  ),
};

/** `[db]` becomes `{db: {condition: service_started, required: true}}`, which is also what it overrides an earlier file with. */
const namesToDependencies: Expand<typeof messages> = (node, scope) => {
  if (node.kind === 'scalar' && node.value !== null) {
    scope.wrong(node, `must be a list or a mapping, not ${kindText(node)}`, oneName(node));
    return dictFrom({}, node);
  }
  if (node.kind !== 'list') return node;
  const entries = new Map<string, Entry>();
  for (const item of node.items) {
    if (item.kind !== 'scalar' || typeof item.value !== 'string')
      scope.wrong(item, `takes names of services, not ${kindText(item)}`);
    else {
      const value = dictFrom({ condition: scalarAt('service_started', item), required: scalarAt(true, item) }, item);
      entries.set(item.value, { key: item.span, value });
    }
  }
  const dict: Dict = { kind: 'dict', entries, span: node.span, written: node };
  return dict;
};

/**
 * The dependencies that the project has. How each is waited for is decided with both services in view.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#depends_on
 */
export const dependsOn = defineRule({
  name: 'depends-on',
  service: {
    depends_on: () =>
      map(
        object({
          condition: oneOf('service_started', 'service_healthy', 'service_completed_successfully'),
          restart: boolean().optional(),
          required: boolean().optional(),
        }),
      ),
  },
  deploy: {},
  expand: { depends_on: namesToDependencies },
  support: {
    'services.*.depends_on': does(
      'approximated',
      ['Workload.spec.template.spec.initContainers[]', 'applier.order'],
      'Order of emission and of --apply follows the graph; what must be waited for becomes init containers, by condition. Cycles are an error. links, volumes_from and service: references count as service_started.',
      {
        note: 'Kubernetes starts everything at once and never stops in order; applications must still survive a dependency that goes away later.',
      },
    ),
    'services.*.depends_on[]': does(
      'approximated',
      ['applier.order'],
      'Short form: service_started, required, restart false.',
      { note: 'No start order exists inside a cluster; see service_started.' },
    ),
    'services.*.depends_on.*': does(
      'approximated',
      ['Workload.spec.template.spec.initContainers[]', 'applier.order'],
      'Key is the dependency; unknown is an error unless required is false, and so is one whose profile is inactive.',
      { note: 'See condition.' },
    ),
    'services.*.depends_on.*.restart': pending(
      'approximated',
      ['Workload.spec.template.metadata.annotations'],
      "true: the pod template is annotated compose.depends-on/<dependency> with the hash of that dependency's pod template, so applying a change of the dependency rolls this service too.",
      {
        note: 'Both roll at the same time instead of one after the other; the wait containers restore the order.',
        cases: [when('false or unset', 'converted', ['report.info'], 'Nothing to emit.')],
      },
    ),
    'services.*.depends_on.*.required': pending(
      'approximated',
      ['Workload.spec.template.spec.initContainers[]'],
      'true (default): an absent dependency is an error. false: an absent or profile-disabled dependency is dropped with a warning, a present one is waited for at most 60s (its wait loop then exits 0).',
      { note: 'Compose decides once at start; here each pod start decides.' },
    ),
    'services.*.depends_on.*.condition': does(
      'approximated',
      ['Workload.spec.template.spec.initContainers[]', 'applier.order'],
      'Three conditions, three means (see cases); --depends-on=init|order|none changes the means. Wait containers run as 65534:65534, drop ALL, use a read-only root and tiny resources, and their image (busybox by default) is --wait-image.',
      {
        note: 'Waiting happens when a pod starts, in each pod and at each restart, not once per deployment.',
        cases: [
          when(
            'both services share one pod (network_mode: service:X)',
            'converted',
            ['Workload.spec.template.spec.initContainers[]'],
            'The dependency becomes a native sidecar (init container with restartPolicy Always) whose startupProbe gates the next container.',
          ),
          when(
            'service_started',
            'approximated',
            ['applier.order'],
            'No init container: only emission and apply order. A container that needs its dependency crashes and is restarted, as every Kubernetes workload must bear.',
          ),
          when(
            'service_healthy, the dependency has no healthcheck',
            'approximated',
            ['Workload.spec.template.spec.initContainers[]'],
            'The wait of the next cases, with a warning that Ready then means merely running (Compose would refuse unless the image has a HEALTHCHECK, which cannot be seen here).',
          ),
          when(
            'service_healthy, the dependency has a TCP Service port',
            'converted',
            ['Workload.spec.template.spec.initContainers[]'],
            'Init container looping on `nc -z -w 2 <service> <port>`: a Service has endpoints only while a pod is Ready, and Ready is the healthcheck, so no API access is needed.',
          ),
          when(
            'service_healthy, the dependency has UDP Service ports only',
            'approximated',
            ['Workload.spec.template.spec.initContainers[]', 'ServiceAccount', 'Role', 'RoleBinding'],
            'A virtual IP resolves whether or not anything is Ready, so the init container is `kubectl wait --for=condition=Ready pod -l <selector>` under a ServiceAccount that may only get, list and watch pods.',
          ),
          when(
            'service_healthy, the dependency has a headless Service without ports',
            'approximated',
            ['Workload.spec.template.spec.initContainers[]'],
            'The loop resolves <service>.<namespace>.svc.<cluster domain> (cluster.local, --cluster-domain), a name which exists only while a pod is Ready.',
          ),
          when(
            'service_completed_successfully, the only dependent, one replica',
            'approximated',
            ['Workload.spec.template.spec.initContainers[]'],
            'The one-shot itself becomes an init container of its dependent, with its own image, command, environment and mounts: no extra image, no RBAC, exact order. It runs again with every new pod; x-kubernetes.kind: Job on the one-shot avoids that.',
          ),
          when(
            'service_completed_successfully, several dependents or replicas',
            'approximated',
            ['Job', 'Workload.spec.template.spec.initContainers[]', 'ServiceAccount', 'Role', 'RoleBinding'],
            'The one-shot is a Job; each dependent waits with `kubectl wait --for=condition=complete job/NAME` in registry.k8s.io/kubectl, under a ServiceAccount that may only get, list and watch jobs, its token projected into that container alone.',
          ),
        ],
      },
    ),
    'services.*.depends_on.*.x-*': extension('a dependency'),
  },
  messages,
  lower({ depends_on: written = {} }, { at, declared, keys, origin, say, settle }) {
    const dependencies = keys('depends_on').flatMap((service): Dependency[] => {
      const checked = written[service];
      if (checked === undefined) return [];
      const { condition, required = true, restart = false } = checked;
      const path = ['depends_on', service] as const;
      if (required) settle([...path, 'required'], 'converted');
      if (!restart) settle([...path, 'restart'], 'converted');
      if (!declared.services.has(service)) {
        // A required one is a mistake, which the parser tells.
        if (required) return [];
        say('absent', path, service);
        for (const part of ['condition', 'required']) settle([...path, part], 'approximated');
        return [];
      }
      return [
        { service, condition: at(condition, ...path, 'condition'), isRequired: required, origin: origin(...path) },
      ];
    });
    return { dependencies: dependencies.length === 0 ? undefined : dependencies };
  },
});
