/** Decides what a container may do, and which group owns the volumes of its pod. */

import { derive, type Located } from '../kernel/located.ts';
import type { ServiceDraft } from '../model/draft.ts';
import type { ContainerSecurity, Sourced } from '../model/pod.ts';

/** True for a container that only a privileged one can be, because it is given devices of the node. */
function privilege({ privileged, needsPrivileged, hostDevices }: ServiceDraft): Located<boolean> | undefined {
  const [device] = hostDevices ?? [];
  return privileged ?? needsPrivileged ?? (device === undefined ? undefined : derive(device.source, true));
}

/**
 * The security context of a container; undefined when the file says nothing about it. A user other than root is said to be none,
 * so that an image with another user cannot slip in. What a privileged container has anyway is left out.
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
 */
export function secureContainer(service: ServiceDraft): ContainerSecurity | undefined {
  const { user, readOnlyRoot, noNewPrivileges, capabilitiesAdded, capabilitiesDropped, seccomp, appArmor, seLinux } =
    service;
  const privileged = privilege(service);
  const isPrivileged = privileged !== undefined;
  const unmasked: Sourced<'Unmasked'> | undefined =
    service.unmaskedProc === undefined ? undefined : derive(service.unmaskedProc, 'Unmasked');
  const security: ContainerSecurity = {
    runAsUser: user?.uid,
    runAsGroup: user?.gid,
    runAsNonRoot: user === undefined || user.uid.value === 0 ? undefined : derive(user.uid, true),
    privileged,
    allowPrivilegeEscalation:
      noNewPrivileges === undefined || isPrivileged ? undefined : derive(noNewPrivileges, false),
    readOnlyRootFilesystem: readOnlyRoot,
    capabilitiesAdded: isPrivileged ? [] : (capabilitiesAdded ?? []),
    capabilitiesDropped: capabilitiesDropped ?? [],
    seccomp: isPrivileged ? undefined : seccomp,
    appArmor: isPrivileged ? undefined : appArmor,
    seLinux: seLinux ?? [],
    procMount: unmasked,
  };
  const isSilent = Object.values(security).every(
    (part) => part === undefined || (Array.isArray(part) && part.length === 0),
  );
  return isSilent ? undefined : security;
}

/**
 * The group that owns the volumes of a pod: the one that is asked for; else that of a numeric user whose new claim would belong
 * to root; else one that a tmpfs or a granted file wants. The first container that says so decides for the pod.
 */
export function volumeGroup(
  services: readonly ServiceDraft[],
  hasNewVolume: (service: string) => boolean,
): Sourced<number> | undefined {
  for (const { wishes } of services) if (wishes?.fsGroup !== undefined) return wishes.fsGroup;
  for (const { name, user } of services)
    if (user !== undefined && user.uid.value !== 0 && hasNewVolume(name)) return user.gid ?? user.uid;
  const wanted = services.flatMap(({ mounts, configGrants, secretGrants }) => [
    ...(mounts ?? []).flatMap(({ source }) => (source.kind === 'tmpfs' ? (source.gid ?? []) : [])),
    ...[...(configGrants ?? []), ...(secretGrants ?? [])].flatMap(({ gid }) => gid ?? []),
  ]);
  return wanted.find(({ value }) => value !== 0);
}
