/** The security context of a container. */

import type { ISecurityContext } from 'kubernetes-models/v1';
import type { ContainerSecurity } from '../model/pod.ts';
import { from, type Traced } from '../model/resource.ts';
import { unlessDefault, unlessEmpty } from './leave-out.ts';

/** What a container may do beyond, or short of, what the API grants by itself. */
export function containerSecurity(security: ContainerSecurity): Traced<ISecurityContext> | undefined {
  const { seccomp, appArmor } = security;
  return unlessEmpty({
    runAsUser: security.runAsUser,
    runAsGroup: security.runAsGroup,
    runAsNonRoot: unlessDefault(security.runAsNonRoot, false),
    privileged: unlessDefault(security.privileged, false),
    allowPrivilegeEscalation: security.allowPrivilegeEscalation,
    readOnlyRootFilesystem: unlessDefault(security.readOnlyRootFilesystem, false),
    capabilities: unlessEmpty({
      add: unlessEmpty(security.capabilitiesAdded),
      drop: unlessEmpty(security.capabilitiesDropped),
    }),
    seccompProfile: seccomp && from(seccomp.origin, { type: seccomp.type, localhostProfile: seccomp.localhostProfile }),
    appArmorProfile:
      appArmor && from(appArmor.origin, { type: appArmor.type, localhostProfile: appArmor.localhostProfile }),
    seLinuxOptions: unlessEmpty(Object.fromEntries(security.seLinux.map(({ field, value }) => [field, value]))),
    procMount: security.procMount,
  });
}
