/** The container to begin with where the conversion itself adds one. */

import type { Origin } from '../kernel/located.ts';
import type { Container } from '../model/pod.ts';

/** A container that says only its name and image. */
export function bareContainer(name: string, image: Container['image'], origin: Origin): Container {
  return {
    name,
    image,
    pullPolicy: undefined,
    command: undefined,
    args: undefined,
    workingDir: undefined,
    stdin: undefined,
    tty: undefined,
    ports: [],
    environmentFrom: [],
    environment: [],
    limits: new Map(),
    requests: new Map(),
    readiness: undefined,
    liveness: undefined,
    startup: undefined,
    preStop: undefined,
    security: undefined,
    mounts: [],
    isSidecar: false,
    origin,
  };
}
