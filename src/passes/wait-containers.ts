/** The containers that wait for something before a pod's own containers start. */
// cspell:ignore nslookup

import { Located, type Origin } from '../kernel/located.ts';
import { dnsLabel } from '../kernel/names.ts';
import type { Quantities } from '../model/facts.ts';
import type { Options } from '../model/options.ts';
import type { Container, ContainerSecurity, PodVolume } from '../model/pod.ts';

/** What is waited for. */
export type Target =
  /** Some ready pod takes connections: a Service leads to ready pods only. */
  | { readonly kind: 'port'; readonly host: string; readonly port: number }
  /** Some pod is ready: the name of a headless Service is there only while one is. */
  | { readonly kind: 'name'; readonly host: string }
  /** All pods of a selector are ready, by the word of the API server. */
  | { readonly kind: 'pods'; readonly selector: string }
  /** A Job has ended well, by the word of the API server. */
  | { readonly kind: 'job'; readonly name: string };

/** How long something that is not required is waited for. */
export const OPTIONAL_SECONDS = 60;

const TOKEN_VOLUME = 'wait-token';
const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** A user that owns nothing and may do nothing. */
const nobody: ContainerSecurity = {
  runAsUser: 65534,
  runAsGroup: 65534,
  runAsNonRoot: true,
  privileged: undefined,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilitiesAdded: [],
  capabilitiesDropped: ['ALL'],
  seccomp: undefined,
  appArmor: undefined,
  seLinux: [],
  procMount: undefined,
};

function quantities(given: Readonly<Record<string, string>>, origin: Origin): Quantities {
  return new Map(Object.entries(given).map(([name, amount]) => [name, new Located(amount, origin)]));
}

/** Whether a target can only be asked of the API server. */
export function asksApi({ kind }: Target): boolean {
  return kind === 'pods' || kind === 'job';
}

function question(target: Target & { readonly kind: 'port' | 'name' }, options: Options): string {
  if (target.kind === 'port') return `nc -z -w 2 ${target.host} ${target.port}`;
  // nslookup tells by its status only whether a server answered, and takes no search domains.
  return `nslookup ${target.host}.$NAMESPACE.svc.${options.clusterDomain} | grep -q ^Name:`;
}

function shellCommand(
  target: Target & { readonly kind: 'port' | 'name' },
  isLimited: boolean,
  options: Options,
): string {
  const loop = `until ${question(target, options)}; do sleep 2; done`;
  return isLimited ? `timeout ${OPTIONAL_SECONDS} sh -c '${loop}' || true` : loop;
}

function apiCommand(target: Target & { readonly kind: 'pods' | 'job' }): readonly string[] {
  const wait =
    target.kind === 'job'
      ? ['--for=condition=complete', `job/${target.name}`]
      : ['--for=condition=Ready', 'pod', '-l', target.selector];
  // A negative timeout is a week, which kubectl has for "as long as it takes".
  return ['kubectl', 'wait', ...wait, '--timeout=-1s'];
}

/** A container that ends when its target is there. `service` is the name of what is waited for, `origin` who asked for it. */
export function waitContainer(
  service: string,
  target: Target,
  isLimited: boolean,
  origin: Origin,
  options: Options,
): Container {
  const isShell = target.kind === 'port' || target.kind === 'name';
  const namespace = { name: 'NAMESPACE', value: { kind: 'field', fieldPath: 'metadata.namespace', origin } } as const;
  return {
    name: dnsLabel(`wait-${service}`),
    image: isShell ? options.waitImage : options.kubectlImage,
    pullPolicy: undefined,
    command: isShell ? ['sh', '-c', shellCommand(target, isLimited, options)] : apiCommand(target),
    args: undefined,
    workingDir: undefined,
    stdin: undefined,
    tty: undefined,
    ports: [],
    environmentFrom: [],
    environment: target.kind === 'name' ? [namespace] : [],
    limits: quantities({ memory: isShell ? '16Mi' : '128Mi' }, origin),
    requests: quantities(isShell ? { cpu: '5m', memory: '8Mi' } : { cpu: '10m', memory: '32Mi' }, origin),
    readiness: undefined,
    liveness: undefined,
    startup: undefined,
    preStop: undefined,
    security: nobody,
    mounts: isShell ? [] : [{ volume: TOKEN_VOLUME, path: TOKEN_PATH, subPath: undefined, isReadOnly: true, origin }],
    isSidecar: false,
    origin,
  };
}

/** The token that containers which ask the API server mount. */
export function tokenVolume(origin: Origin): PodVolume {
  return { name: TOKEN_VOLUME, source: { kind: 'token' }, origin };
}
