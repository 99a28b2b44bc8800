/** What becomes of the attributes that only a single machine can honour. */

import { does, extension, type SupportTable, when } from './rule.ts';

/** Entries of the `host-only` rule. */
export const hostOnlySupport = {
  'services.*.attach': does(
    'not-applicable',
    ['report.info'],
    "Whether `docker compose up` prints this service's output; logs are always kept by the node.",
    { note: 'Use `kubectl logs` or a log viewer.' },
  ),
  'services.*.develop': does(
    'not-applicable',
    ['report.info'],
    'The inner-loop section is read, validated and left out of the manifests.',
    {
      note: 'Live sync is a job for Tilt, Skaffold or `docker compose watch`; nothing of it belongs in a deployed object.',
    },
  ),
  'services.*.develop.watch': does(
    'not-applicable',
    ['report.info'],
    'Validated only; one info message per service names the number of rules left out.',
    { note: 'Use Tilt (live_update), Skaffold (sync) or Telepresence against the deployed workload.' },
  ),
  'services.*.develop.watch[]': does(
    'not-applicable',
    ['report.info'],
    'One watch rule; it has no counterpart in a running cluster.',
    { note: 'See develop.watch.' },
  ),
  'services.*.develop.watch[].ignore': does(
    'not-applicable',
    ['report.info'],
    'Ignore patterns, one string or a list.',
    { note: 'Give them to the sync tool; .dockerignore still governs the image build.' },
  ),
  'services.*.develop.watch[].ignore[]': does(
    'not-applicable',
    ['report.info'],
    'One ignore pattern in .dockerignore syntax.',
    { note: 'See develop.watch[].ignore.' },
  ),
  'services.*.develop.watch[].include': does(
    'not-applicable',
    ['report.info'],
    'Include patterns, one string or a list.',
    { note: 'Give them to the sync tool.' },
  ),
  'services.*.develop.watch[].include[]': does(
    'not-applicable',
    ['report.info'],
    'One include pattern in .dockerignore syntax.',
    { note: 'See develop.watch[].include.' },
  ),
  'services.*.develop.watch[].path': does(
    'not-applicable',
    ['report.info'],
    'Watched source path. It also marks a bind mount of the same directory as a development mount (see volumes[]).',
    { note: 'Sync tools replace it; the image already contains the files.' },
  ),
  'services.*.develop.watch[].action': does(
    'not-applicable',
    ['report.info'],
    "rebuild, sync, restart, sync+restart, sync+exec: all act on a developer's machine.",
    { note: 'rebuild corresponds to building and pushing a new tag, restart to `kubectl rollout restart`.' },
  ),
  'services.*.develop.watch[].target': does(
    'not-applicable',
    ['report.info'],
    'Container path to sync into; required by Compose for the sync actions, and checked.',
    { note: 'Give it to the sync tool.' },
  ),
  'services.*.develop.watch[].exec': does(
    'not-applicable',
    ['report.info'],
    'Command run in the container after a sync.',
    { note: 'Run it by hand with `kubectl exec`.' },
  ),
  'services.*.develop.watch[].exec.command': does(
    'not-applicable',
    ['report.info'],
    'String (split like a shell would, not run by one) or list; validated only.',
    { note: 'See develop.watch[].exec.' },
  ),
  'services.*.develop.watch[].exec.command[]': does('not-applicable', ['report.info'], 'One word of the command.', {
    note: 'See develop.watch[].exec.',
  }),
  'services.*.develop.watch[].exec.user': does('not-applicable', ['report.info'], 'User for the sync command.', {
    note: "`kubectl exec` always runs as the container's user.",
  }),
  'services.*.develop.watch[].exec.privileged': does(
    'not-applicable',
    ['report.info'],
    'Privilege for the sync command.',
    { note: '`kubectl exec` cannot raise privileges.' },
  ),
  'services.*.develop.watch[].exec.working_dir': does(
    'not-applicable',
    ['report.info'],
    'Directory for the sync command.',
    { note: "Use `kubectl exec -- sh -c 'cd DIR && ...'`." },
  ),
  'services.*.develop.watch[].exec.environment': does(
    'not-applicable',
    ['report.info'],
    'Extra variables for the sync command.',
    { note: 'Use `kubectl exec -- env K=V ...`.' },
  ),
  'services.*.develop.watch[].exec.environment.*': does(
    'not-applicable',
    ['report.info'],
    'Map form of one variable.',
    { note: 'See develop.watch[].exec.environment.' },
  ),
  'services.*.develop.watch[].exec.environment[]': does(
    'not-applicable',
    ['report.info'],
    'List form KEY=VALUE of one variable.',
    { note: 'See develop.watch[].exec.environment.' },
  ),
  'services.*.develop.watch[].exec.x-*': extension('a watch command'),
  'services.*.develop.watch[].initial_sync': does(
    'not-applicable',
    ['report.info'],
    'Sync once when the watch session opens; no session exists on a cluster.',
    { note: 'Not needed: pods start from the image.' },
  ),
  'services.*.develop.watch[].x-*': extension('a watch rule'),
  'services.*.develop.x-*': extension('develop'),
  'services.*.logging': does(
    'delegated',
    ['report.info'],
    'Containers write to standard output and the node keeps it; no object changes.',
    { note: "Shipping logs is the work of a cluster log agent (Fluent Bit, Vector, Promtail or the cloud's own)." },
  ),
  'services.*.logging.driver': does(
    'delegated',
    ['report.info'],
    'Named in the message, with the cases below; x- drivers and plug-ins are reported by name.',
    {
      note: 'See logging.',
      cases: [
        when('json-file, local, journald', 'not-applicable', ['report.info'], 'What every node already does.'),
        when(
          'none',
          'approximated',
          ['report.info'],
          'Output cannot be switched off; the agent can be told to skip the pod.',
        ),
        when(
          'fluentd, gelf, syslog, splunk, awslogs, gcplogs, loki, others',
          'delegated',
          ['report.warning'],
          'Configure the log agent with the destination given in options.',
        ),
      ],
    },
  ),
  'services.*.logging.options': does(
    'delegated',
    ['report.info'],
    'Quoted in the message (values of *token*, *password* masked).',
    { note: 'See logging.' },
  ),
  'services.*.logging.options.*': does(
    'delegated',
    ['report.info'],
    "max-size and max-file correspond to the kubelet's containerLogMaxSize and containerLogMaxFiles; addresses and tags belong to the log agent.",
    { note: 'See logging.' },
  ),
  'services.*.logging.x-*': extension('logging'),
  'services.*.use_api_socket': does(
    'refused',
    ['report.error'],
    'true is an error unless --drop; there is no Docker engine to talk to.',
    { note: 'Use a ServiceAccount with the Kubernetes API, or docker-in-docker / BuildKit as a service of its own.' },
  ),
} satisfies SupportTable;
