/** Labels of kompose, with kompose's meaning, so that its users can switch: wishes for the passes, and routes. */

import { compact } from '../kernel/compact.ts';
import { derive, type Located } from '../kernel/located.ts';
import { isDnsSubdomain } from '../kernel/names.ts';
import { isQuantity } from '../kernel/quantity.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import type { Wishes } from '../model/facts.ts';
import { type Remark, remark } from './label-messages.ts';
import { type AskedRoute, defaultTlsSecret, type Hints, parseHostPath } from './routes.ts';

/** Labels that are carried out. */
const carriedOut = [
  'kompose.controller.type',
  'kompose.cronjob.backoff_limit',
  'kompose.cronjob.concurrency_policy',
  'kompose.cronjob.schedule',
  'kompose.hpa.cpu',
  'kompose.hpa.memory',
  'kompose.hpa.replicas.max',
  'kompose.hpa.replicas.min',
  'kompose.image-pull-policy',
  'kompose.image-pull-secret',
  'kompose.security-context.fsgroup',
  'kompose.service.expose',
  'kompose.service.expose.ingress-class-name',
  'kompose.service.expose.tls-secret',
  'kompose.service.external-traffic-policy',
  'kompose.service.nodeport.port',
  'kompose.service.type',
  'kompose.serviceaccount-name',
  'kompose.volume.size',
  'kompose.volume.storage-class-name',
] as const;
type CarriedOut = (typeof carriedOut)[number];

/** Labels that kompose knows and that are not carried out here yet. */
const notYet: readonly string[] = [
  'kompose.controller.port.expose',
  'kompose.ephemeral-storage.limit',
  'kompose.ephemeral-storage.request',
  'kompose.init.containers.command',
  'kompose.init.containers.image',
  'kompose.init.containers.name',
  'kompose.service.group',
  'kompose.service.healthcheck.liveness.http_get_path',
  'kompose.service.healthcheck.liveness.http_get_port',
  'kompose.service.healthcheck.liveness.tcp_port',
  'kompose.service.healthcheck.readiness.disable',
  'kompose.service.healthcheck.readiness.http_get_path',
  'kompose.service.healthcheck.readiness.http_get_port',
  'kompose.service.healthcheck.readiness.interval',
  'kompose.service.healthcheck.readiness.retries',
  'kompose.service.healthcheck.readiness.start_period',
  'kompose.service.healthcheck.readiness.tcp_port',
  'kompose.service.healthcheck.readiness.test',
  'kompose.service.healthcheck.readiness.timeout',
  'kompose.service.name_override',
  'kompose.volume.selector',
  'kompose.volume.subpath',
  'kompose.volume.type',
];
const known: ReadonlySet<string> = new Set([...carriedOut, ...notYet]);

/** Whether a label belongs to kompose and is understood; what is not stays an annotation. */
export function isKomposeLabel(key: string): boolean {
  return known.has(key);
}

/** What the labels of kompose ask for. */
export interface KomposeOutcome {
  readonly wishes: Wishes | undefined;
  readonly asked: readonly AskedRoute[];
  readonly remarks: readonly Remark[];
}

/** A reader of one label's text; undefined for a wrong value. */
interface Reader<T> {
  readonly read: (text: string) => T | undefined;
  /** Completes "must be …". */
  readonly expected: string;
}

/** One of some words in any case; the key is what is written, the value what is meant. */
function word<const T extends string>(words: Readonly<Record<string, T>>): Reader<T> {
  const names = Object.keys(words).filter((name) => name !== '');
  const read = (text: string): T | undefined =>
    Object.hasOwn(words, text.toLowerCase()) ? words[text.toLowerCase()] : undefined;
  return { read, expected: `one of ${names.join(', ')}` };
}

function whole(minimum: number, maximum: number, expected: string): Reader<number> {
  return {
    read: (text) => {
      const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
      return number >= minimum && number <= maximum ? number : undefined;
    },
    expected,
  };
}

const count = whole(1, 2 ** 31 - 1, 'a whole number of at least 1');
/** kompose's user guide writes a percent sign, its code refuses it. */
const percent: Reader<number> = {
  read: (text) => whole(1, 100, '').read(text.replace(/%$/, '')),
  expected: 'a percentage from 1 to 100',
};
const objectName: Reader<string> = {
  read: (text) => (isDnsSubdomain(text) ? text : undefined),
  expected: 'the name of a Kubernetes object',
};
const quantity: Reader<string> = {
  read: (text) => (isQuantity(text) && /^[^-]*[1-9]/.test(text) ? text : undefined),
  expected: 'a size such as 512Mi or 10Gi',
};

const cronField = /^(\*|\?|[\dA-Za-z]+(-[\dA-Za-z]+)?)(\/\d+)?(,(\*|[\dA-Za-z]+(-[\dA-Za-z]+)?)(\/\d+)?)*$/;
/** Reads the times of a CronJob. */
export const schedule: Reader<string> = {
  read: (text) => {
    const fields = text.trim().split(/\s+/);
    const isMacro = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/.test(text.trim());
    return isMacro || (fields.length === 5 && fields.every((field) => cronField.test(field))) ? text.trim() : undefined;
  },
  expected: 'a cron schedule such as "*/5 * * * *"',
};

const kinds = word({ deployment: 'Deployment', statefulset: 'StatefulSet', daemonset: 'DaemonSet' });
const serviceTypes = word({
  '': 'ClusterIP',
  clusterip: 'ClusterIP',
  nodeport: 'NodePort',
  loadbalancer: 'LoadBalancer',
  headless: 'Headless',
});
const trafficPolicies = word({ '': 'Cluster', cluster: 'Cluster', local: 'Local' });
const concurrencyPolicies = word({ '': 'Allow', allow: 'Allow', forbid: 'Forbid', replace: 'Replace' });
const pullPolicies = word({ always: 'Always', ifnotpresent: 'IfNotPresent', never: 'Never' });
const nodePort = whole(30000, 32767, 'a port from 30000 to 32767');
const groupId = whole(0, 2 ** 31 - 1, 'the number of a group');

/** Reads one label. */
type Read = <T>(key: CarriedOut, reader: Reader<T>) => Located<T> | undefined;

function readerOf(hints: Hints, remarks: Remark[]): Read {
  return (key, { read, expected }) => {
    const hint = hints.get(key);
    if (hint === undefined) return undefined;
    const value = read(hint.value.value);
    if (value === undefined) remarks.push(remark('bad-value', hint, expected));
    return value === undefined ? undefined : derive(hint.value, value);
  };
}

/** Automatic scaling; what no label says has kompose's defaults: 1 to 3 replicas, 50 % of CPU, 70 % of memory. */
function scalingWish(hints: Hints, read: Read, remarks: Remark[]): Wishes['scaling'] {
  const asking = [...hints.values()].find(({ key }) => key.startsWith('kompose.hpa.') && known.has(key));
  if (asking === undefined) return undefined;
  remarks.push(remark('needs-metrics', asking));
  const min = read('kompose.hpa.replicas.min', count) ?? derive(asking.value, 1);
  const max = read('kompose.hpa.replicas.max', count) ?? derive(asking.value, 3);
  const written = hints.get('kompose.hpa.replicas.max');
  if (max.value < min.value && written !== undefined) remarks.push(remark('more-minimum', written, String(min.value)));
  return {
    min,
    max: max.value < min.value ? derive(max, min.value) : max,
    cpu: read('kompose.hpa.cpu', percent) ?? derive(asking.value, 50),
    memory: read('kompose.hpa.memory', percent) ?? derive(asking.value, 70),
    origin: asking.value.origin,
  };
}

/** Ingress routes of `kompose.service.expose`: `true`, or hosts with paths and commas between them. */
function exposeRoutes(hints: Hints, service: string, remarks: Remark[]): readonly AskedRoute[] {
  const asking = hints.get('kompose.service.expose');
  const secret = hints.get('kompose.service.expose.tls-secret');
  const className = hints.get('kompose.service.expose.ingress-class-name');
  const entries = (asking?.value.value ?? 'false').split(',').map((entry) => entry.trim());
  const wanted = entries.filter((entry) => entry !== '' && entry.toLowerCase() !== 'false');
  if (asking === undefined || wanted.length === 0) {
    for (const hint of [secret, className])
      if (hint !== undefined) remarks.push(remark('alone', hint, 'kompose.service.expose'));
    return [];
  }
  const ownSecret = secret?.value.value.toLowerCase() === 'true' ? defaultTlsSecret(service) : secret?.value.value;
  if (secret !== undefined && ownSecret !== undefined) {
    if (!isDnsSubdomain(ownSecret)) remarks.push(remark('bad-value', secret, objectName.expected));
    else if (ownSecret !== secret.value.value) remarks.push(remark('needs-secret', secret, ownSecret));
  }
  return wanted.flatMap((entry): readonly AskedRoute[] => {
    const place = entry.toLowerCase() === 'true' ? { host: undefined, path: '/' } : parseHostPath(entry);
    if (place === undefined) {
      remarks.push(remark('bad-value', asking, 'true, or host names such as a.example/path with commas between them'));
      return [];
    }
    const route = {
      host: place.host === undefined ? undefined : derive(asking.value, place.host),
      path: derive(asking.value, place.path),
      pathType: 'Prefix' as const,
      port: undefined,
      tlsSecret: secret && ownSecret !== undefined ? derive(secret.value, ownSecret) : undefined,
      className: className?.value,
      annotations: [],
      origin: asking.value.origin,
    };
    return [{ hint: asking, route }];
  });
}

/** Says which objects the pods need that nobody writes here. */
function tellNeeded({ serviceAccountName, imagePullSecret }: Wishes, hints: Hints, remarks: Remark[]): void {
  const needed = [
    ['kompose.serviceaccount-name', 'ServiceAccount', serviceAccountName],
    ['kompose.image-pull-secret', 'Secret', imagePullSecret],
  ] as const;
  for (const [key, kind, name] of needed) {
    const hint = hints.get(key);
    if (hint !== undefined && name !== undefined) remarks.push(remark('must-exist', hint, `${kind} ${name.value}`));
  }
}

/** Says of each label that is not carried out why, with the nearest label for one that kompose does not know either. */
function tellOthers(hints: Hints, remarks: Remark[]): void {
  for (const [key, hint] of hints) {
    if (!key.startsWith('kompose.')) continue;
    if (notYet.includes(key)) remarks.push(remark('not-yet', hint));
    else if (!known.has(key)) remarks.push(remark('unknown-kompose', hint, didYouMean(nearest(key, known))));
  }
}

/**
 * What the labels of kompose ask for.
 * @see https://kompose.io/user-guide/#labels
 */
export function komposeWishes(hints: Hints, service: string): KomposeOutcome {
  const remarks: Remark[] = [];
  const read = readerOf(hints, remarks);
  tellOthers(hints, remarks);
  const wishes = compact<Wishes>({
    kind: read('kompose.controller.type', kinds),
    schedule: read('kompose.cronjob.schedule', schedule),
    concurrencyPolicy: read('kompose.cronjob.concurrency_policy', concurrencyPolicies),
    backoffLimit: read('kompose.cronjob.backoff_limit', whole(0, 2 ** 31 - 1, 'a whole number')),
    serviceType: read('kompose.service.type', serviceTypes),
    nodePort: read('kompose.service.nodeport.port', nodePort),
    externalTrafficPolicy: read('kompose.service.external-traffic-policy', trafficPolicies),
    serviceAccountName: read('kompose.serviceaccount-name', objectName),
    imagePullSecret: read('kompose.image-pull-secret', objectName),
    imagePullPolicy: read('kompose.image-pull-policy', pullPolicies),
    fsGroup: read('kompose.security-context.fsgroup', groupId),
    volumeSize: read('kompose.volume.size', quantity),
    storageClass: read('kompose.volume.storage-class-name', objectName),
    scaling: scalingWish(hints, read, remarks),
  });
  tellNeeded(wishes, hints, remarks);
  const asked = exposeRoutes(hints, service, remarks);
  return { wishes: Object.keys(wishes).length === 0 ? undefined : wishes, asked, remarks };
}
