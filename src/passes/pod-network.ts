/** How the pods of a service are selected, and whether they have a network of their own. */

import type { Draft } from '../model/draft.ts';
import { selectorLabels } from '../model/labels.ts';
import type { NetworkName } from '../model/plan.ts';
import type { Names, PodGroups, Roles } from './decisions.ts';
import { podOf } from './pod-of.ts';

/** What selects the pods of a service. The name of a Job ends in a hash that is decided later, so its labels stand in. */
export function selectsPods(
  service: string,
  draft: Draft,
  names: Names,
  groups: PodGroups,
  roles: Roles,
): NetworkName['selects'] {
  const host = podOf(service, groups, roles);
  if (roles.get(host)?.kind === 'job') return selectorLabels(host, draft.project.value);
  return names.service(host).value;
}

/** Whether a service has the network of its node, none at all, or an ordinary one. A companion has that of its pod's host. */
export function networkKind(service: string, draft: Draft, groups: PodGroups): 'host' | 'none' | 'ordinary' {
  const host = draft.services.get(groups.hostOf(service));
  const mode = host?.networkMode?.value.kind;
  if (mode === 'host' || mode === 'none') return mode;
  const standsFor = (host?.networks ?? []).map(({ network }) => draft.networks.get(network)?.standsFor);
  if (standsFor.includes('host')) return 'host';
  return standsFor.length > 0 && standsFor.every((one) => one === 'none') ? 'none' : 'ordinary';
}
