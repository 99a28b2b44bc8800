/** In whose pod a container runs, and how many such pods there are. */

import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { PodGroups, Role, Roles } from './decisions.ts';

/** The service whose workload holds the container of a service: through shared pods and through init containers. */
export function podOf(service: string, groups: PodGroups, roles: Roles): string {
  let at = groups.hostOf(service);
  for (let role = roles.get(at); role?.kind === 'init-container' && role.of !== undefined; role = roles.get(at))
    at = groups.hostOf(role.of);
  return at;
}

/** The largest number of containers of a service, apart from one on each node. */
export function replicasOf(service: ServiceDraft): number {
  return Math.max(service.replicas?.value ?? 1, service.wishes?.scaling?.max.value ?? 1);
}

/** True when several pods of a workload exist at once. `host` is the service that `podOf` gives. */
export function isMultiple(host: string, draft: Draft, roles: Roles): boolean {
  const kind = roles.get(host)?.kind;
  const service = draft.services.get(host);
  return kind === 'daemon-set' || kind === 'global-job' || (service !== undefined && replicasOf(service) > 1);
}

/** True for a workload that goes on running: it can be relied upon to be there. */
export function isLongRunning(role: Role | undefined): boolean {
  return role?.kind === 'deployment' || role?.kind === 'stateful-set' || role?.kind === 'daemon-set';
}
