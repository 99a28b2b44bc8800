/** What becomes of the top-level `configs`. */

import { does, extension, type SupportTable } from './rule.ts';

/** Entries of the rule of the section `configs`. */
export const configEntriesSupport = {
  configs: does(
    'converted',
    ['ConfigMap'],
    'Only those granted to a service (or used by credential_spec) are emitted; the rest are listed as info.',
  ),
  'configs.*': does(
    'converted',
    ['ConfigMap.data', 'ConfigMap.immutable', 'ConfigMap.metadata.name'],
    'One ConfigMap per config with one key, named <key>-<hash of the content>, immutable: a changed value is a new object and a rollout, and --apply prunes the old one. Exactly one source must be given, and above 1 MiB is an error (above 256 KiB it needs server-side apply, which --apply uses).',
  ),
  'configs.*.name': does(
    'converted',
    ['ConfigMap.metadata.name'],
    'Used as it is (made a DNS subdomain, changes reported): no hash, not immutable; pods carry the annotation compose.checksum/<name> so that a change still rolls them.',
  ),
  'configs.*.content': does('converted', ['ConfigMap.data'], 'Text after interpolation (`$$` is a literal dollar).'),
  'configs.*.environment': does(
    'converted',
    ['ConfigMap.data'],
    'Value of that variable at conversion, taken from the shell or .env; unset is an error.',
  ),
  'configs.*.file': does(
    'converted',
    ['ConfigMap.data', 'ConfigMap.binaryData'],
    'Bytes of the file, relative to the Compose file, unchanged (no trailing-newline or CRLF editing), as data when UTF-8, else binaryData. Missing is an error.',
  ),
  'configs.*.external': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].configMap'],
    'true: nothing is emitted; an object of that name must exist in the namespace with the name itself as key (x-kubernetes.key overrides), and the report gives the `kubectl create` line. Any other attribute beside name is an error.',
  ),
  'configs.*.external.name': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].configMap.name'],
    'Deprecated form of name; warning.',
  ),
  'configs.*.labels': does(
    'converted',
    ['ConfigMap.metadata.annotations'],
    'Annotations of the object; for an external one an error.',
  ),
  'configs.*.labels.*': does('converted', ['ConfigMap.metadata.annotations'], 'Map form.'),
  'configs.*.labels[]': does('converted', ['ConfigMap.metadata.annotations'], 'List form KEY=VALUE.'),
  'configs.*.template_driver': does(
    'refused',
    ['report.error'],
    'golang with content that holds `{{` is an error unless --drop; content without it needs no templating and the attribute is dropped with info.',
    { note: 'Swarm fills such templates per task; render them in an init container or write the values out.' },
  ),
  'configs.*.x-*': extension('a config'),
} satisfies SupportTable;
