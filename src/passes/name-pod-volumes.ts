/** Names the volumes of each pod: the name that fits, unless another volume of the pod has it. */

import { dnsLabel, hash8 } from '../kernel/names.ts';

/** Gives a volume of a pod its name. The same identity always gets the same name. */
export type NameVolume = (pod: string, wanted: string, identity: string, service: string) => string;

/** Names for the volumes of all pods. Those of claim templates cannot give way, so they are reserved first. */
export function podVolumeNames(reserved: ReadonlyMap<string, readonly string[]>): NameVolume {
  const pods = new Map<string, Map<string, string>>();
  for (const [pod, names] of reserved) pods.set(pod, new Map(names.map((name) => [name, `template ${name}`])));
  return (pod, wanted, identity, service) => {
    const taken = pods.get(pod) ?? new Map<string, string>();
    pods.set(pod, taken);
    const candidates = [wanted, `${service}-${wanted}`, `${wanted}-${hash8(identity)}`].map((text) =>
      dnsLabel(text, ''),
    );
    const free = candidates.find((name) => (taken.get(name) ?? identity) === identity);
    const name = free ?? dnsLabel(`${wanted}-${hash8(`${service} ${identity}`)}`, '');
    taken.set(name, identity);
    return name;
  };
}
