/** `x-kubernetes` of a service: what Compose has no words for, in the words of Kubernetes. */

import { compact } from '../kernel/compact.ts';
import { Located } from '../kernel/located.ts';
import { isDnsSubdomain } from '../kernel/names.ts';
import type { Wishes } from '../model/facts.ts';
import { schedule as cronSchedule } from './kompose-labels.ts';
import { type Hint, type Remark, remark } from './label-messages.ts';
import { type AskedRoute, parseHostPath } from './routes.ts';
import { list, map, object, oneOf, scalarText, text } from './shapes.ts';

const KEY = 'x-kubernetes';

/** Shape of the extension. Unknown keys are mistakes, as anywhere else. */
export const ownWishesShape = () =>
  object({
    kind: oneOf('Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob').optional(),
    schedule: text().optional(),
    service: oneOf('none').optional(),
    expose: oneOf('none', 'loadbalancer', 'nodeport', 'ingress').optional(),
    host: text().optional(),
    ingressClass: text().optional(),
    tlsSecret: text().optional(),
    serviceAccountName: text().optional(),
    imagePullSecrets: list(text()).optional(),
    dnsPolicy: oneOf('None', 'Default', 'ClusterFirst').optional(),
    labels: map(scalarText()).optional(),
    patch: map(scalarText()).optional(),
  });
type OwnWishes = ReturnType<ReturnType<typeof ownWishesShape>['parse']>;

/** What the extension asks for. */
export interface OwnOutcome {
  readonly wishes: Wishes;
  readonly asked: readonly AskedRoute[];
  readonly remarks: readonly Remark[];
}

/** Lends a value its place. */
type At = <T>(value: T, ...path: readonly (string | number)[]) => Located<T>;

/** Reads the texts of the extension, with a remark for each that is wrong. */
interface Reader {
  readonly at: At;
  readonly remarks: Remark[];
}

function hintAt(key: string, value: Located<string>): Hint {
  return { key: `${KEY}.${key}`, value, path: [KEY, key] };
}

function objectName(value: string | undefined, key: string, { at, remarks }: Reader): Located<string> | undefined {
  if (value === undefined) return undefined;
  const located = at(value, KEY, key);
  if (isDnsSubdomain(value)) return located;
  remarks.push(remark('bad-value', hintAt(key, located), 'the name of a Kubernetes object'));
  return undefined;
}

/** The route to `host`, which may have a path after it. */
function routeOf(own: OwnWishes, reader: Reader): readonly AskedRoute[] {
  const { at, remarks } = reader;
  const className = objectName(own.ingressClass, 'ingressClass', reader);
  const tlsSecret = objectName(own.tlsSecret, 'tlsSecret', reader);
  if (own.host === undefined) {
    for (const [key, value] of [['ingressClass', className] as const, ['tlsSecret', tlsSecret] as const])
      if (value !== undefined) remarks.push(remark('alone', hintAt(key, value), `${KEY}.host`));
    return [];
  }
  const hint = hintAt('host', at(own.host, KEY, 'host'));
  const place = parseHostPath(own.host);
  if (place === undefined) {
    remarks.push(remark('bad-value', hint, 'a host name such as shop.example.com'));
    return [];
  }
  remarks.push(remark('needs-controller', hint, `${place.host}${place.path}`));
  if (tlsSecret !== undefined) remarks.push(remark('needs-secret', hintAt('tlsSecret', tlsSecret), tlsSecret.value));
  const { origin } = hint.value;
  const [host, path] = [new Located(place.host, origin), new Located(place.path, origin)];
  const rest = { pathType: 'Prefix', port: undefined, tlsSecret, className, annotations: [], origin } as const;
  return [{ hint, route: { host, path, ...rest } }];
}

/** What a service's `x-kubernetes` asks for. Its keys are converted, but for those that a remark is about. */
export function ownWishes(own: OwnWishes, at: At): OwnOutcome {
  const remarks: Remark[] = [];
  const reader = { at, remarks };
  const located = <T>(value: T | undefined, key: string) => (value === undefined ? undefined : at(value, KEY, key));
  const schedule = located(own.schedule, 'schedule');
  const isSchedule = schedule === undefined || cronSchedule.read(schedule.value) !== undefined;
  if (!isSchedule) remarks.push(remark('bad-value', hintAt('schedule', schedule), cronSchedule.expected));
  own.imagePullSecrets?.forEach((name, index) => {
    const path = [KEY, 'imagePullSecrets', index];
    remarks.push(
      remark('must-exist', { key: `${KEY}.imagePullSecrets`, value: at(name, ...path), path }, `Secret ${name}`),
    );
  });
  for (const key of ['labels', 'patch'] as const)
    if (own[key] !== undefined) remarks.push(remark('not-yet', hintAt(key, at('', KEY, key))));
  const account = objectName(own.serviceAccountName, 'serviceAccountName', reader);
  if (account !== undefined)
    remarks.push(remark('must-exist', hintAt('serviceAccountName', account), `ServiceAccount ${account.value}`));
  const wishes = compact<Wishes>({
    kind: located(own.kind, 'kind'),
    schedule: isSchedule ? schedule : undefined,
    hasNoService: own.service === undefined ? undefined : at(true, KEY, 'service'),
    expose: located(own.expose, 'expose'),
    serviceAccountName: account,
    imagePullSecrets: own.imagePullSecrets?.map((name, index) => at(name, KEY, 'imagePullSecrets', index)),
    dnsPolicy: located(own.dnsPolicy, 'dnsPolicy'),
  });
  return { wishes, asked: routeOf(own, reader), remarks };
}
