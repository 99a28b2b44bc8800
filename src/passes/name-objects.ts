/** Gives services, volumes and networks the names they have in the cluster, and refuses two things one name. */

import { error, noted, type Report, speaker } from '../kernel/diagnostic.ts';
import { Located, type Origin } from '../kernel/located.ts';
import { dnsLabel, dnsSubdomain } from '../kernel/names.ts';
import { spanText } from '../kernel/source.ts';
import type { Draft, ServiceDraft, VolumeDraft } from '../model/draft.ts';
import type { Names } from './decisions.ts';

function placeText({ span }: Origin): string {
  return span === undefined ? '' : `, at ${spanText(span)},`;
}

const say = speaker('name-objects', {
  'services-meet': error(
    (name: string, other: string, place: string, label: string) =>
      `the services "${name}" and "${other}"${place} would both be called ${label}`,
    'rename one of them: names in a cluster are lower-case letters, digits and dashes',
  ),
  'volumes-meet': error(
    (name: string, other: string, place: string, label: string) =>
      `the volumes "${name}" and "${other}"${place} would both be called ${label}`,
    'rename one of them: names in a cluster are lower-case letters, digits and dashes',
  ),
  'networks-meet': error(
    (name: string, other: string, place: string, label: string) =>
      `the networks "${name}" and "${other}"${place} would both be called ${label}`,
    'rename one of them: names in a cluster are lower-case letters, digits and dashes',
  ),
  'containers-meet': error(
    (name: string, other: string, place: string) => `the service "${other}"${place} has the container_name ${name} too`,
    'give each container a name of its own, or leave container_name out',
  ),
  'container-with-replicas': error(
    (name: string, count: number) => `${count} containers cannot all be called ${name}`,
    'leave container_name out, or run one replica',
  ),
  'nothing-left': error(
    (name: string) => `nothing of "${name}" can stand in the name of a Service`,
    'use lower-case letters, digits and dashes',
  ),
  'claim-renamed': noted(
    (written: string, name: string) => `the claim of the volume "${written}" is called ${name}`,
    (_written: string, name: string) => `write name: ${name}`,
  ),
});

/** Something that has a name, and the text that tells it from others that may share the name with it. */
interface Named {
  readonly key: string;
  readonly label: Located<string>;
  /** Two things of one identity are one thing. */
  readonly identity: string;
}

function checkDistinct(
  things: readonly Named[],
  code: 'services-meet' | 'volumes-meet' | 'networks-meet',
  report: Report,
): void {
  const owners = new Map<string, Named>();
  for (const thing of things) {
    const { key, label, identity } = thing;
    const owner = owners.get(label.value);
    if (owner === undefined) owners.set(label.value, thing);
    else if (owner.identity !== identity)
      say(report, code, label.origin, key, owner.key, placeText(owner.label.origin), label.value);
  }
}

function checkContainerNames(services: ReadonlyMap<string, ServiceDraft>, report: Report): void {
  const owners = new Map<string, ServiceDraft>();
  for (const service of services.values()) {
    const { containerName: name, replicas } = service;
    if (name === undefined) continue;
    const owner = owners.get(name.value);
    if (owner === undefined) owners.set(name.value, service);
    else
      say(
        report,
        'containers-meet',
        name.origin,
        name.value,
        owner.name,
        placeText(owner.containerName?.origin ?? owner.origin),
      );
    if (replicas !== undefined && replicas.value > 1)
      say(report, 'container-with-replicas', name.origin, name.value, replicas.value);
  }
}

function claimName(volume: VolumeDraft, report: Report): Located<string> {
  const { name, claimName: written, isExternal, origin } = volume;
  if (written === undefined && isExternal === undefined) return new Located(dnsLabel(name, ''), origin);
  const text = written?.value ?? name;
  const legal = dnsSubdomain(text);
  if (legal !== text) say(report, 'claim-renamed', written?.origin ?? origin, text, legal);
  return new Located(legal, written?.origin ?? origin);
}

/**
 * Names services, claims and networks. Several things that would get one name are errors, never numbered: a number would
 * change when the file does. Which values still speak of an old service name is for find-mentions to say.
 */
export function nameObjects(draft: Draft, report: Report): Names {
  const services = [...draft.services.values()].map(({ name, origin }): Named => {
    return { key: name, label: new Located(dnsLabel(name), origin), identity: name };
  });
  for (const { name, origin } of draft.services.values())
    if (!/[a-z0-9]/i.test(name)) say(report, 'nothing-left', origin, name);
  const claims = [...draft.volumes.values()].map((volume): Named => {
    const label = claimName(volume, report);
    // What is there already may be known under two keys.
    return {
      key: volume.name,
      label,
      identity: volume.isExternal === undefined ? volume.name : `${label.value} external`,
    };
  });
  const networks = [...draft.networks.values()].map(({ name, label }): Named => {
    return { key: name, label: new Located(dnsLabel(label.value, ''), label.origin), identity: label.value };
  });
  checkDistinct(services, 'services-meet', report);
  checkDistinct(claims, 'volumes-meet', report);
  checkDistinct(networks, 'networks-meet', report);
  checkContainerNames(draft.services, report);
  const lookup = (things: readonly Named[], prefix: string): ((key: string) => Located<string>) => {
    const labels = new Map(things.map(({ key, label }) => [key, label]));
    return (key) => labels.get(key) ?? new Located(dnsLabel(key, prefix), { path: [] });
  };
  return {
    service: lookup(services, 's-'),
    claim: lookup(claims, ''),
    network: lookup(networks, ''),
    renamed: new Map(
      services.filter(({ key, label }) => key !== label.value).map(({ key, label }) => [key, label.value]),
    ),
  };
}
