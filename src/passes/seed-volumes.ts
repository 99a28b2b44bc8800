/** Makes the init containers that fill new claims with the files of the image, as Docker fills new volumes. */

import { dnsLabel } from '../kernel/names.ts';
import type { Container, VolumeMount } from '../model/plan.ts';

const SEED_FOLDER = '/longshore-seed';

function pathText({ path }: VolumeMount): string {
  return typeof path === 'string' ? path : path.value;
}

/** A word that a shell takes as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** `--seed-volumes`: copies what the image has at the target into the claim, as long as that is empty. Needs sh and cp there. */
export function seedContainer(container: Container, mount: VolumeMount): Container {
  const target = quoted(pathText(mount));
  const script = `[ -n "$(ls -A ${SEED_FOLDER})" ] || [ ! -d ${target} ] || cp -a ${target}/. ${SEED_FOLDER}`;
  return {
    name: dnsLabel(
      `seed-${mount.volume}-${typeof container.name === 'string' ? container.name : container.name.value}`,
      '',
    ),
    image: container.image,
    pullPolicy: container.pullPolicy,
    command: ['sh', '-c', script],
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
    security: container.security,
    mounts: [{ ...mount, path: SEED_FOLDER, isReadOnly: undefined }],
    isSidecar: false,
    origin: mount.origin,
  };
}
