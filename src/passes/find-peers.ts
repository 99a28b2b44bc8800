/** Finds the members of clusters: services of one image that name each other, and so have to meet before any of them is ready. */

import type { Draft, ServiceDraft } from '../model/draft.ts';
import { type HostNames, mentionsOf } from './collect-names.ts';
import type { Mentions } from './decisions.ts';

/** The image without tag and digest: members of one cluster may be of different versions. */
function repository({ image }: ServiceDraft): string | undefined {
  return image?.value.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}

/**
 * The services with a health test that form a cluster with others, such as brokers and voters. A Service leads only to ready
 * pods, and such a pod becomes ready only after it has reached the others through theirs, so these must lead to all pods.
 */
export function findPeers(draft: Draft, hosts: HostNames, mentions: Mentions): ReadonlySet<string> {
  const speakers = new Map<string, ReadonlySet<string>>();
  for (const name of draft.services.keys())
    speakers.set(name, new Set(mentionsOf(name, hosts, mentions).map(({ service }) => service)));
  const peers = new Set<string>();
  for (const [name, service] of draft.services) {
    const image = repository(service);
    if (service.healthCheck === undefined || image === undefined) continue;
    for (const other of speakers.get(name) ?? []) {
      const stranger = draft.services.get(other);
      if (other === name || stranger === undefined || repository(stranger) !== image) continue;
      if (speakers.get(other)?.has(name) === true) peers.add(name);
    }
  }
  return peers;
}
