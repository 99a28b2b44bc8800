/** What becomes of `environment` and `env_file`. */

import { does, type SupportTable, when } from './rule.ts';

/** Entries of the `environment` rule. */
export const environmentSupport = {
  'services.*.environment': does(
    'converted',
    ['Workload.spec.template.spec.containers[].env', 'Secret.data'],
    'Plain values become env entries in file order, always quoted, `$` escaped as for command. A value that is not empty and whose name ends in PASSWORD, PASSWD, PASSPHRASE, PASS, _PWD, SECRET, TOKEN, CREDENTIALS, DSN, SALT, SECRET_KEY_BASE or the KEY of API, APP, AUTH, ACCESS, ENCRYPTION, FERNET, JWT, MASTER, PRIVATE, SECRET, SERVICE or SIGNING (never one ending in _FILE), or that is a URL holding user:password@ or a connection string holding Password=, goes to Secret <service>-env-<hash> and is read by secretKeyRef. A host name of a renamed service inside a value is a warning.',
  ),
  'services.*.environment.*': does(
    'converted',
    ['Workload.spec.template.spec.containers[].env[]'],
    'Map form: numbers and booleans become their YAML text, null is looked up in the shell and .env and otherwise unset, which also removes the env_file value (told as info).',
    {
      cases: [
        when(
          'the value holds a Swarm template: {{.Node.Hostname}}, {{.Task.Name}}, {{.Service.Name}}, {{.Task.Slot}}',
          'approximated',
          ['Workload.spec.template.spec.containers[].env[].valueFrom.fieldRef'],
          'spec.nodeName, metadata.name, the service name as text, and for the slot the label apps.kubernetes.io/pod-index on a StatefulSet (counts from 0, Swarm from 1; refused elsewhere). Text around a template is kept by a helper variable and $(HELPER). Other template fields are an error.',
        ),
        when(
          'the value begins with tasks. and a service name',
          'approximated',
          ['report.warning'],
          "Swarm's per-task DNS name cannot be a Service name: set endpoint_mode dnsrr on that service and use its plain name.",
        ),
      ],
    },
  ),
  'services.*.environment[]': does(
    'converted',
    ['Workload.spec.template.spec.containers[].env[]'],
    'List form KEY=VALUE (VALUE may hold further `=`), or KEY alone as null; later duplicates win; the cases of environment.* apply.',
  ),
  'services.*.env_file': does(
    'converted',
    ['ConfigMap.data', 'Workload.spec.template.spec.containers[].envFrom'],
    'All files of a service are read at conversion in order (later wins), then merged into one ConfigMap <service>-env-<hash> used by envFrom; keys set or unset by `environment` are left out of it, and keys that look secret go to a Secret <service>-env-<hash> instead. ConfigMap values are not expanded by kubelet, so `$` is not escaped here.',
  ),
  'services.*.env_file[]': does(
    'converted',
    ['ConfigMap.data'],
    'A path relative to the Compose file; a bare string is the short form of `path`. An absolute path draws a portability warning.',
  ),
  'services.*.env_file[].path': does(
    'converted',
    ['ConfigMap.data'],
    'Parsed as Compose does: comments, quotes, escapes in double quotes, interpolation unless single-quoted. KEY without `=` is taken from the environment and left out when unset.',
  ),
  'services.*.env_file[].format': does(
    'converted',
    ['loader'],
    'Unset: Compose rules. raw: every line KEY=VALUE taken literally. Anything else is an error.',
  ),
  'services.*.env_file[].required': does(
    'converted',
    ['loader'],
    'true (default): a missing file is an error. false: skipped with info.',
  ),
} satisfies SupportTable;
