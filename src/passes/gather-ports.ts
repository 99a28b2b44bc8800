/** Finds the ports of a service that it does not declare: what others call, what its health test asks, what its image exposes. */

import type { Files } from '../kernel/files.ts';
import { Located } from '../kernel/located.ts';
import type { ServiceDraft } from '../model/draft.ts';
import type { Protocol } from '../model/facts.ts';
import type { Mention } from './decisions.ts';
import { readDockerfile } from './read-dockerfile.ts';

/** A port that something speaks of. */
export interface FoundPort {
  readonly port: Located<number>;
  readonly protocol: Located<Protocol>;
  /** What speaks of it, for messages: `environment.API of web`. */
  readonly where: string;
}

function found(port: Located<number>, where: string, protocol: Protocol = 'tcp'): FoundPort {
  return { port, protocol: new Located(protocol, port.origin), where };
}

/** Whether the file says what the service listens on. */
export function declaresPorts({ ports = [], exposed = [], hasTooManyPorts }: ServiceDraft): boolean {
  return ports.length > 0 || exposed.length > 0 || hasTooManyPorts !== undefined;
}

/** What the service itself shows of its ports, which counts only while it declares none. */
function shownBy({ healthCheck, build }: ServiceDraft, files: Files): readonly FoundPort[] {
  const network = healthCheck?.network;
  const dockerfile = build === undefined ? undefined : readDockerfile(build, files);
  return [
    ...(healthCheck === undefined || network === undefined
      ? []
      : [found(new Located(network.port, healthCheck.testOrigin), 'its healthcheck')]),
    ...(build === undefined || dockerfile === undefined
      ? []
      : dockerfile.ports.map(({ port, protocol }) =>
          found(new Located(port, build.origin), 'EXPOSE in its Dockerfile', protocol),
        )),
  ];
}

/**
 * Ports that are used or shown without being declared, each once. In Compose every port of a service can be reached, declared
 * or not, so a port that another service calls is one. A published port is no new one: its number leads to its target.
 */
export function gatherPorts(service: ServiceDraft, mentions: readonly Mention[], files: Files): readonly FoundPort[] {
  const { ports = [], exposed = [], routes = [] } = service;
  const known = new Set([
    ...ports.flatMap(({ target, published }) => [target.value, ...(published === undefined ? [] : [published.value])]),
    ...exposed.map(({ port }) => port.value),
  ]);
  const seen = new Set<string>();
  const all = [
    ...routes.flatMap(({ port }) => (port === undefined ? [] : [found(port, 'its route')])),
    ...mentions.flatMap(({ port, origin, where, service: speaker }) =>
      port === undefined
        ? []
        : [found(new Located(port, origin), speaker === service.name ? `its ${where}` : `${where} of ${speaker}`)],
    ),
    ...(declaresPorts(service) ? [] : shownBy(service, files)),
  ];
  return all.filter(({ port, protocol }) => {
    const key = `${port.value}/${protocol.value}`;
    if (seen.has(key) || known.has(port.value)) return false;
    seen.add(key);
    return true;
  });
}
