/** What becomes of the attributes that say who a container is and what it may do. */

import { does, type SupportTable, when } from './rule.ts';

/** Entries of the `security` rule. */
export const securitySupport = {
  'services.*.user': does(
    'approximated',
    [
      'Workload.spec.template.spec.containers[].securityContext.runAsUser',
      'Workload.spec.template.spec.containers[].securityContext.runAsGroup',
      'Workload.spec.template.spec.containers[].securityContext.runAsNonRoot',
      'Workload.spec.template.spec.securityContext.fsGroup',
    ],
    'UID[:GID] goes to runAsUser and runAsGroup; a UID other than 0 adds runAsNonRoot: true, and with a named volume also fsGroup (GID, else UID) with fsGroupChangePolicy OnRootMismatch, since a new claim belongs to root. root or root:root is 0:0.',
    {
      note: "Other names need the image's /etc/passwd: without --inspect-images the name is reported and the image's own USER applies.",
      cases: [
        when(
          'numeric',
          'converted',
          ['Workload.spec.template.spec.containers[].securityContext.runAsUser'],
          'Same identity.',
        ),
        when(
          'a name other than root',
          'approximated',
          ['report.warning'],
          'Left out with a warning that asks for the number.',
        ),
      ],
    },
  ),
  'services.*.group_add': does(
    'approximated',
    ['Workload.spec.template.spec.securityContext.supplementalGroups'],
    'Numeric ids are copied (pod-wide).',
    {
      note: 'Names cannot be looked up without the image: root is 0, any other name is an error asking for the number.',
    },
  ),
  'services.*.group_add[]': does(
    'approximated',
    ['Workload.spec.template.spec.securityContext.supplementalGroups[]'],
    'Number or text of digits.',
    {
      note: 'See group_add.',
      cases: [
        when('a number', 'converted', ['Workload.spec.template.spec.securityContext.supplementalGroups[]'], 'Copied.'),
      ],
    },
  ),
  'services.*.privileged': does(
    'converted',
    ['Workload.spec.template.spec.containers[].securityContext.privileged'],
    'true is copied and drops cap_add, seccomp and apparmor settings as redundant; false is left out.',
    { note: 'Warning: needs a namespace of the privileged Pod Security level; most clusters refuse it by policy.' },
  ),
  'services.*.read_only': does(
    'converted',
    ['Workload.spec.template.spec.containers[].securityContext.readOnlyRootFilesystem'],
    'true is copied, false left out; tmpfs and volumes stay writable.',
  ),
  'services.*.cap_add': does(
    'converted',
    ['Workload.spec.template.spec.containers[].securityContext.capabilities.add'],
    'Names in upper case without CAP_, sorted, duplicates removed; ALL is kept. With privileged: true the list is redundant and left out with info.',
    {
      note: "Info: NET_ADMIN, SYS_ADMIN, SYS_PTRACE, ALL and the like need a namespace whose Pod Security level is privileged; the baseline level allows only Docker's default set.",
    },
  ),
  'services.*.cap_add[]': does(
    'converted',
    ['Workload.spec.template.spec.containers[].securityContext.capabilities.add[]'],
    'One capability, with or without CAP_.',
  ),
  'services.*.cap_drop': does(
    'converted',
    ['Workload.spec.template.spec.containers[].securityContext.capabilities.drop'],
    'Same notation as cap_add; ALL is what the restricted Pod Security level asks for. A name in both lists is added, as in Docker.',
  ),
  'services.*.cap_drop[]': does(
    'converted',
    ['Workload.spec.template.spec.containers[].securityContext.capabilities.drop[]'],
    'One capability, with or without CAP_.',
  ),
  'services.*.security_opt': does(
    'converted',
    ['Workload.spec.template.spec.containers[].securityContext'],
    'Each item by the cases under security_opt[]; a space or `:` is accepted in place of `=`.',
  ),
  'services.*.security_opt[]': does(
    'converted',
    ['Workload.spec.template.spec.containers[].securityContext'],
    'KEY[=VALUE]; an unknown key is an error.',
    {
      cases: [
        when(
          'no-new-privileges[:true]',
          'converted',
          ['Workload.spec.template.spec.containers[].securityContext.allowPrivilegeEscalation'],
          'false; an error together with privileged: true, which the API server rejects.',
        ),
        when(
          'seccomp=unconfined',
          'converted',
          ['Workload.spec.template.spec.containers[].securityContext.seccompProfile'],
          'type Unconfined instead of RuntimeDefault.',
        ),
        when(
          'seccomp=FILE',
          'delegated',
          ['Workload.spec.template.spec.containers[].securityContext.seccompProfile'],
          'type Localhost, localhostProfile profiles/<base name>; the file must be put under /var/lib/kubelet/seccomp on every node (Security Profiles Operator).',
        ),
        when(
          'apparmor=unconfined',
          'converted',
          ['Workload.spec.template.spec.containers[].securityContext.appArmorProfile'],
          'type Unconfined.',
        ),
        when(
          'apparmor=PROFILE',
          'delegated',
          ['Workload.spec.template.spec.containers[].securityContext.appArmorProfile'],
          'docker-default is RuntimeDefault; other names are type Localhost and must be loaded on every node.',
        ),
        when(
          'label=disable',
          'converted',
          ['Workload.spec.template.spec.containers[].securityContext.seLinuxOptions'],
          'type spc_t.',
        ),
        when(
          'label=user:X, role:X, type:X, level:X',
          'converted',
          ['Workload.spec.template.spec.containers[].securityContext.seLinuxOptions'],
          'The field of that name.',
        ),
        when(
          'systempaths=unconfined',
          'approximated',
          ['Workload.spec.template.spec.containers[].securityContext.procMount'],
          'Unmasked with hostUsers: false, which the API demands.',
        ),
        when(
          'credentialspec=...',
          'delegated',
          ['Workload.spec.template.spec.containers[].securityContext.windowsOptions'],
          'As credential_spec.',
        ),
        when('writable-cgroups=true', 'refused', ['report.error'], 'Only a privileged container can have it.'),
      ],
    },
  ),
} satisfies SupportTable;
