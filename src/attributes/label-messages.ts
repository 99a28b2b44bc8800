/** What labels can be told about: one table, so that the readers of label families can hand back what they found as data. */

import { approximated, delegated, error, notApplicable, noted, warning } from '../kernel/diagnostic.ts';
import type { Located, Path } from '../kernel/located.ts';

/** One label, wherever it was written. */
export interface Hint {
  readonly key: string;
  readonly value: Located<string>;
  /** Relative to the service. */
  readonly path: Path;
}

/** Every message takes the key of the label and one more fact, which some ignore. */
export const labelMessages = {
  reserved: error(
    (key: string, _detail: string) => `the label ${key} is Docker Compose's own`,
    'choose a prefix other than com.docker.compose',
  ),
  'moved-key': approximated(
    (key: string, _detail: string) => `"${key}" cannot be the key of an annotation and moves into compose.annotations`,
    'a key is an optional domain with / and at most 63 letters, digits, dots, dashes and underscores',
  ),
  'too-large': error(
    (_key: string, detail: string) => `${detail} come to more than the 256 KiB that annotations may have`,
    'put large data into a config',
  ),
  overridden: notApplicable((key: string, winner: string) => `${key} is also in ${winner}, which is read first`),
  'two-values': approximated(
    (key: string, _detail: string) =>
      `${key} has another value under annotations, which wins: a pod has one of the two`,
  ),
  'no-file': error(
    (file: string, _detail: string) => `the label file ${file} does not exist`,
    'paths are relative to the project folder',
  ),
  'no-home': error(
    (file: string, _detail: string) => `the label file ${file} is in a home folder, and HOME is not set`,
    'write the path relative to the Compose file',
  ),
  'absolute-file': warning(
    (file: string, _detail: string) => `the label file ${file} is an absolute path, which other machines may not have`,
    'write it relative to the Compose file',
  ),
  'bad-file': error((file: string, problem: string) => `the label file ${file} cannot be read: ${problem}`),
  'needs-controller': delegated(
    (_key: string, route: string) => `an Ingress serves ${route}, which needs an Ingress controller in the cluster`,
  ),
  'needs-secret': delegated(
    (_key: string, secret: string) => `the certificate is expected in the Secret ${secret}`,
    (_key: string, secret: string) =>
      `kubectl create secret tls ${secret} --cert=FILE --key=FILE, or let cert-manager make it`,
  ),
  'must-exist': noted((_key: string, object: string) => `the ${object} must be in the namespace before the pods start`),
  'no-equal': delegated(
    (key: string, _detail: string) => `${key} is not carried over: an Ingress has nothing like it`,
    'look for an annotation of your Ingress controller',
  ),
  'no-hosts': delegated(
    (key: string, _detail: string) => `${key} has no effect without com.docker.lb.hosts`,
    'add com.docker.lb.hosts with the host names',
  ),
  'one-network': notApplicable((key: string, _detail: string) => `${key} chooses a network, and a pod has one`),
  'for-traefik': delegated(
    (key: string, _detail: string) => `${key} is not carried over: only Traefik knows what it means`,
    'write a Traefik IngressRoute, Middleware or ServersTransport for it',
  ),
  'old-traefik': delegated(
    (key: string, _detail: string) => `${key} is a label of Traefik 1 and is not carried over`,
    'write traefik.http.routers.NAME.rule',
  ),
  'switched-off': noted((key: string, _detail: string) => `${key} is false, so the service gets no route`),
  'not-read': notApplicable('this label is not read, since traefik.enable is false'),
  'no-resolver': delegated(
    (key: string, _detail: string) => `${key} is not carried over: an Ingress gets no certificates by itself`,
    'let cert-manager issue them into that Secret',
  ),
  'lost-alternative': delegated(
    (key: string, problem: string) => `part of ${key} is left out: ${problem}`,
    'write a Traefik IngressRoute for it',
  ),
  'no-rule': delegated(
    (_key: string, router: string) => `the router ${router} has no rule, and Traefik's default rule is not known here`,
    (_key: string, router: string) => `add traefik.http.routers.${router}.rule`,
  ),
  'which-service': delegated(
    (_key: string, router: string) =>
      `the router ${router} does not say which Traefik service it leads to, so it is left out`,
    (_key: string, router: string) => `add traefik.http.routers.${router}.service`,
  ),
  'other-service': delegated(
    (_key: string, service: string) =>
      `the Traefik service ${service} is not one of these labels, so its router is left out`,
  ),
  'entry-point': delegated(
    (_key: string, entryPoint: string) =>
      `the entry point ${entryPoint} is dropped: an Ingress listens on ports 80 and 443`,
    'expose the port with --expose loadbalancer, or write an IngressRoute',
  ),
  'same-route': delegated(
    (_key: string, route: string) => `${route} leads to two ports, of which an Ingress can have one: the first is kept`,
  ),
  'bad-value': error((key: string, expected: string) => `${key} must be ${expected}`),
  alone: warning(
    (key: string, needed: string) => `${key} has no effect without ${needed}`,
    (_key: string, needed: string) => `add ${needed}`,
  ),
  'more-minimum': warning(
    (key: string, minimum: string) => `${key} is below the minimum, so it counts as ${minimum}`,
    'write a maximum of at least the minimum',
  ),
  'needs-metrics': delegated(
    (_key: string, _detail: string) => 'automatic scaling needs metrics-server in the cluster',
    'kubectl top pods tells whether it is there',
  ),
  'not-yet': delegated((key: string, _detail: string) => `${key} is not converted yet`, 'set it by hand in the output'),
  'unknown-kompose': warning(
    (key: string, _hint: string) => `${key} is no label of kompose and becomes an annotation`,
    (_key: string, hint: string) => hint || 'the labels are listed in the user guide of kompose',
  ),
};

/** A message about a label. */
export interface Remark {
  readonly code: keyof typeof labelMessages;
  readonly hint: Hint;
  readonly detail: string;
}

/** A remark; `detail` is the second argument of its message. */
export function remark(code: Remark['code'], hint: Hint, detail = ''): Remark {
  return { code, hint, detail };
}
