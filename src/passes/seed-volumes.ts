/** Makes the init containers that fill new claims with the files of the image, as Docker fills new volumes. */

import { dnsLabel } from '../kernel/names.ts';
import type { Container, VolumeMount } from '../model/pod.ts';
import { bareContainer } from './bare-container.ts';

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
  const owner = typeof container.name === 'string' ? container.name : container.name.value;
  return {
    ...bareContainer(dnsLabel(`seed-${mount.volume}-${owner}`, ''), container.image, mount.origin),
    pullPolicy: container.pullPolicy,
    command: ['sh', '-c', script],
    security: container.security,
    mounts: [{ ...mount, path: SEED_FOLDER, isReadOnly: undefined }],
  };
}
