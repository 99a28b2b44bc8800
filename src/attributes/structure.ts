/** What the parser itself uses up: `extends`, `profiles`, `include`, `name`, `version`, and the sections as such. */

import type { Tree } from '../kernel/tree.ts';
import { scalarToDict } from './forms.ts';
import { defineRule, does, extension, when } from './rule.ts';
import { list, object, text } from './shapes.ts';

/** Profiles are one by their name. */
function nameOf(item: Tree): string | undefined {
  return item.kind === 'scalar' ? String(item.value) : undefined;
}

/**
 * Attributes that are settled before a rule could lower them.
 * @see https://github.com/compose-spec/compose-spec/blob/main/13-merge.md
 */
export const structure = defineRule({
  name: 'structure',
  service: {
    extends: () => object({ service: text(), file: text().optional() }),
    profiles: () => list(text()),
  },
  deploy: {},
  expand: { extends: scalarToDict('service') },
  unique: { profiles: nameOf },
  support: {
    services: does(
      'converted',
      ['Workload', 'Service'],
      'Every service left after profile selection yields one workload and, when it is addressable, one Service of the same name. An empty map is an error.',
    ),
    'services.*': does(
      'converted',
      [
        'Workload',
        'Service.metadata.name',
        'Workload.spec.template.metadata.labels',
        'Workload.spec.template.spec.enableServiceLinks',
        'Workload.spec.template.spec.automountServiceAccountToken',
        'Workload.spec.template.spec.securityContext.seccompProfile',
      ],
      'The key, made a DNS-1123 label (lower case, `_` and `.` to `-`, at most 63 characters, `s-` put before a leading digit), names the workload, container and Service; a changed name is a warning listing every place the old host name is used, and two keys meeting in one name is an error. Every pod also gets enableServiceLinks: false, automountServiceAccountToken: false and seccompProfile RuntimeDefault, because Docker injects no link variables or API token and does apply its default seccomp profile. The selector is only app.kubernetes.io/name plus app.kubernetes.io/instance, since selectors are immutable.',
      {
        cases: [
          when(
            'x-kubernetes.kind is set',
            'converted',
            ['Workload.kind'],
            'That kind is used; every later test is skipped.',
          ),
          when(
            'network_mode, pid, ipc or volumes_from (with an anonymous volume) names another service',
            'approximated',
            ['Workload.spec.template.spec.containers[]'],
            "It becomes a further container of that service's pod; its Service keeps its own name and selects the shared pod.",
          ),
          when('deploy.mode is global', 'converted', ['DaemonSet'], 'One pod per eligible node.'),
          when('deploy.mode is replicated-job or global-job', 'converted', ['Job'], 'See deploy.mode.'),
          when(
            'another service waits for it with service_completed_successfully, or its explicit restart policy is no/on-failure and it has no ports, expose, healthcheck, aliases or replicas > 1',
            'converted',
            ['Job'],
            'One-shot: a Job named <service>-<hash of its pod template>, or an init container of its only dependent (see depends_on.*.condition).',
          ),
          when(
            'at most one replica and a read-write named volume used by no other service',
            'converted',
            ['StatefulSet'],
            "Stateful: volumeClaimTemplates, and serviceName is the service's own Service (ClusterIP or headless), since Compose never had per-replica DNS names.",
          ),
          when(
            'anything else',
            'converted',
            ['Deployment'],
            'Long-running and replaceable. Bare Pods are never emitted.',
          ),
        ],
      },
    ),
    'services.*.deploy': does(
      'converted',
      ['Workload'],
      'Honoured in full whether or not the file was meant for Swarm; null is an empty map.',
    ),
    'services.*.deploy.x-*': extension('deploy'),
    'services.*.x-*': extension('a service'),
    'x-*': extension('the top level'),
    name: does(
      'converted',
      [
        '*.metadata.labels[app.kubernetes.io/part-of]',
        '*.metadata.labels[app.kubernetes.io/instance]',
        '*.metadata.labels[com.docker.compose.project]',
        'applier.prune',
      ],
      "Project name, taken in the order -p, COMPOSE_PROJECT_NAME, this, base name of the project directory; lower-cased and stripped to [a-z0-9_-]. It becomes labels on every object and the applier's pruning scope, and is offered to interpolation as COMPOSE_PROJECT_NAME. It never prefixes a Service name (DNS names must stay the Compose service names); two projects are kept apart by namespace (-n), and cluster-scoped objects such as PersistentVolume do get the prefix.",
    ),
    version: does(
      'not-applicable',
      ['report.info'],
      'Never selects a schema: the newest one always applies, and unknown attributes are errors whatever this says.',
      { note: 'Obsolete; delete the line.' },
    ),
    include: does(
      'converted',
      ['loader'],
      'Each entry is loaded as a project of its own, with its own directory, .env and interpolation, after the main files are merged; its resources are then copied in, and a name clash is an error. Recursion is allowed, a cycle is an error.',
    ),
    'include[]': does(
      'converted',
      ['loader'],
      'A bare string is the short form of `path`. Remote (git, OCI) includes are an error with the advice to fetch them first.',
    ),
    'include[].path': does(
      'converted',
      ['loader'],
      "One file, or several merged in order by the ordinary merge rules, resolved against the including project's directory.",
    ),
    'include[].path[]': does('converted', ['loader'], 'The first file is the base, each later one an override of it.'),
    'include[].env_file': does(
      'converted',
      ['loader'],
      "Default values for interpolation of the included files only; the calling project's own variables win. Default: .env in `project_directory`.",
    ),
    'include[].env_file[]': does(
      'converted',
      ['loader'],
      'Files are read in order and a later one wins; a missing file that was named explicitly is an error.',
    ),
    'include[].project_directory': does(
      'converted',
      ['loader'],
      'Base for relative paths (env_file, configs, secrets, bind mounts, build contexts) of the included files; default the directory of the first included file.',
    ),
    'services.*.extends': does(
      'converted',
      ['loader'],
      'Resolved first, recursively, with the merge rules; a string names a service of the same file. Relative paths of another file stay relative to it; a cycle is an error.',
    ),
    'services.*.extends.service': does('converted', ['loader'], 'Base service; unknown is an error.'),
    'services.*.extends.file': does(
      'converted',
      ['loader'],
      'File holding it, default this file; missing is an error.',
    ),
    'services.*.profiles': does(
      'converted',
      ['loader'],
      'A service with profiles is emitted only when one is active (--profile, COMPOSE_PROFILES, `*` for all) or the service is named on the command line; services left out are listed as info. A dependency on a left-out service is an error unless required: false.',
    ),
    'services.*.profiles[]': does('converted', ['loader'], 'One profile name.'),
  },
  messages: {},
  lower() {
    return {};
  },
});
