/** The sentences about mounts, most of them about what a bind mount became. */

import { approximated, notApplicable, noted, refused, warning } from '../kernel/diagnostic.ts';

/** By the last part of their codes, `resolve-binds/…`. */
export const bindMessages = {
  'left-out': notApplicable((source: string) => `${source} is not mounted, because of --bind-mounts=skip`),
  'engine-socket': refused(
    (source: string) => `${source} is not mounted: it gives a pod the container engine of its node`,
    'let the program ask the API server, or mount it with --allow host-socket',
  ),
  socket: refused(
    (source: string) => `${source} is not mounted: it is a socket of this machine`,
    'mount the one of the node with --allow host-socket',
  ),
  development: notApplicable((source: string) => `${source} is not mounted: the image holds these files`),
  'development-uncovered': warning(
    (source: string) => `${source} is not mounted, but no COPY or ADD of the Dockerfile puts it into the image`,
    'copy it in the Dockerfile, so that the image runs without the working folder',
  ),
  'below-development': notApplicable(
    (target: string) =>
      `nothing is mounted at ${target}: without the mount above it, the image's own folder is visible`,
  ),
  anonymous: approximated(
    (target: string) => `the volume at ${target} lives as long as its pod, and starts empty`,
    'name the volume if its content is to last',
  ),
  'not-writable': warning(
    (target: string) => `${target} cannot be written to, since it becomes a ConfigMap or Secret`,
    'append :ro if that is meant, or put the files into a volume',
  ),
  large: noted(
    (source: string) => `${source} is larger than 256 KiB, which kubectl apply takes with --server-side only`,
  ),
  'to-claim': approximated(
    (source: string, why: string, target: string, _hint: string) =>
      `${source} ${why}, so ${target} becomes a claim that is empty at first`,
    (_source: string, _why: string, _target: string, hint: string) => hint,
  ),
  'too-large': refused(
    (source: string, size: number) => `${source} has ${size} bytes, and a ConfigMap holds at most 1 MiB`,
    'put it into the image, or into a volume',
  ),
  unreadable: refused((source: string, problem: string) => `${source} cannot be read: ${problem}`),
  'link-leaves': warning(
    (source: string, links: string) => `${links} in ${source} cannot be followed inside the project, and is left out`,
    'replace each link by the file it leads to',
  ),
  'time-zone': approximated(
    (source: string, zone: string | undefined) =>
      zone === undefined ? `${source} is not mounted` : `${source} is not mounted; TZ is ${zone}`,
    (_source: string, zone: string | undefined) =>
      zone === undefined ? 'set TZ to the name of the time zone' : 'images without tzdata know only UTC',
  ),
  'time-zone-set': approximated((source: string) => `${source} is not mounted; the variable TZ says the time zone`),
  'host-path': approximated(
    (source: string) => `${source} is mounted from the node, which needs the privileged Pod Security level`,
    'the path must exist on every node that may run the service',
  ),
  'outside-file': refused(
    (source: string) => `${source} is a file outside the project, which is never read unasked`,
    (source: string) => `move it into the project, or say --allow outside-file=${source}`,
  ),
};
