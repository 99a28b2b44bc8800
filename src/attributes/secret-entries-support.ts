/** What becomes of the top-level `secrets`. */

import { does, extension, pending, type SupportTable } from './rule.ts';

/** Entries of the rule of the section `secrets`. */
export const secretEntriesSupport = {
  secrets: does(
    'converted',
    ['Secret'],
    'Only those granted to a service (or used by credential_spec) are emitted; the rest are listed as info.',
  ),
  'secrets.*': does(
    'converted',
    ['Secret.data', 'Secret.immutable', 'Secret.metadata.name'],
    'One Secret per secret with one key, named <key>-<hash of the content>, immutable: a changed value is a new object and a rollout, and --apply prunes the old one. Exactly one source must be given, and above 1 MiB is an error (above 256 KiB it needs server-side apply, which --apply uses). Values never appear in the report and are written to a file of their own; --secrets=external emits references only and prints the kubectl lines.',
  ),
  'secrets.*.name': does(
    'converted',
    ['Secret.metadata.name'],
    'Used as it is (made a DNS subdomain, changes reported): no hash, not immutable; pods carry the annotation compose.checksum/<name> so that a change still rolls them.',
  ),
  'secrets.*.environment': does(
    'converted',
    ['Secret.data'],
    'Value of that variable at conversion, taken from the shell or .env; unset is an error.',
  ),
  'secrets.*.file': does(
    'converted',
    ['Secret.data'],
    'Bytes of the file, relative to the Compose file, unchanged (no trailing-newline or CRLF editing), base64 in data. Missing is an error.',
  ),
  'secrets.*.external': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].secret'],
    'true: nothing is emitted; an object of that name must exist in the namespace with the name itself as key (x-kubernetes.key overrides), and the report gives the `kubectl create` line. Any other attribute beside name is an error.',
  ),
  'secrets.*.external.name': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].secret.secretName'],
    'Deprecated form of name; warning.',
  ),
  'secrets.*.labels': does(
    'converted',
    ['Secret.metadata.annotations'],
    'Annotations of the object; for an external one an error.',
  ),
  'secrets.*.labels.*': does('converted', ['Secret.metadata.annotations'], 'Map form.'),
  'secrets.*.labels[]': does('converted', ['Secret.metadata.annotations'], 'List form KEY=VALUE.'),
  'secrets.*.driver': pending(
    'delegated',
    ['ExternalSecret.spec'],
    'ExternalSecret of external-secrets.io/v1 with secretStoreRef of kind SecretStore named after the driver; it makes a Secret of the name the pods use.',
    {
      note: 'Needs the External Secrets Operator and a SecretStore of that name; otherwise declare the secret external.',
    },
  ),
  'secrets.*.driver_opts': pending(
    'delegated',
    ['ExternalSecret.spec.data[].remoteRef'],
    'By the cases under driver_opts.*.',
    { note: 'See driver.' },
  ),
  'secrets.*.driver_opts.*': pending(
    'delegated',
    ['ExternalSecret.spec.data[].remoteRef'],
    "key or path is remoteRef.key (default the secret's name), property or field is remoteRef.property, version is remoteRef.version; others are reported.",
    { note: 'See driver.' },
  ),
  'secrets.*.template_driver': does(
    'refused',
    ['report.error'],
    'golang with content that holds `{{` is an error unless --drop; content without it needs no templating and the attribute is dropped with info.',
    { note: 'Swarm fills such templates per task; render them in an init container or write the values out.' },
  ),
  'secrets.*.x-*': extension('a secret'),
} satisfies SupportTable;
