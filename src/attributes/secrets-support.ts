/** What becomes of `secrets` of a service. */

import { does, extension, type SupportTable } from './rule.ts';

/** Entries of the `secrets` rule. */
export const secretsSupport = {
  'services.*.secrets': does(
    'converted',
    ['Workload.spec.template.spec.containers[].volumeMounts', 'Workload.spec.template.spec.volumes[].secret'],
    'Each grant is a volume of that Secret and a read-only file mount by subPath, so neighbours in the target directory stay visible and a target below /var/run cannot clash with the service-account mount. Without a grant a service sees nothing of the Secret.',
  ),
  'services.*.secrets[]': does(
    'converted',
    ['Workload.spec.template.spec.containers[].volumeMounts[]', 'Workload.spec.template.spec.volumes[].secret'],
    'A bare name mounts at /run/secrets/<source>; two grants on one target are an error.',
  ),
  'services.*.secrets[].source': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].secret.secretName'],
    'Key in the top-level secrets; unknown is an error. The key inside the object is this name with characters outside [-._A-Za-z0-9] replaced by `_`.',
  ),
  'services.*.secrets[].target': does(
    'converted',
    ['Workload.spec.template.spec.containers[].volumeMounts[].mountPath'],
    'Absolute path of the file; a relative one is taken from /run/secrets/. Default /run/secrets/<source>.',
  ),
  'services.*.secrets[].uid': does(
    'approximated',
    [
      'Workload.spec.template.spec.securityContext.fsGroup',
      'Workload.spec.template.spec.volumes[].secret.items[].user',
    ],
    "0 or equal to the container's own user with a readable mode: nothing to say. Otherwise the mode gets read permission for the group and the difference is reported.",
    {
      note: 'Files of such volumes belong to root; an owner per file (items[].user) is alpha in v1.37 and off by default, so it is used only with --feature-gate AtomicWriteVolumeUserFields.',
    },
  ),
  'services.*.secrets[].gid': does(
    'approximated',
    ['Workload.spec.template.spec.securityContext.fsGroup'],
    "Becomes the pod's fsGroup when fsGroup is still free and all grants agree, with fsGroupChangePolicy OnRootMismatch; otherwise reported.",
    { note: 'fsGroup applies to every volume of the pod that supports it, not to one file.' },
  ),
  'services.*.secrets[].mode': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].secret.items[].mode'],
    "Octal text or number, written as a decimal-safe octal; write bits are cleared as the specification demands; default 0444 (the text of the specification; the schema's description says 0400). A YAML 1.1 leading-zero octal and a 0o octal read the same.",
  ),
  'services.*.secrets[].x-*': extension('a secret grant'),
} satisfies SupportTable;
