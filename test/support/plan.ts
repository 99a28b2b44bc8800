/** Plans written by hand, for tests of emitters: a literal of what matters, the rest filled in. */

import { type Context, contextOf } from '../../src/emitters/context.ts';
import { pathText } from '../../src/kernel/located.ts';
import type { Controller, NetworkName, Plan, Workload } from '../../src/model/plan.ts';
import type { Container, ContainerSecurity, Pod, Probe } from '../../src/model/pod.ts';
import { type KubernetesObject, resource, type Traced } from '../../src/model/resource.ts';
import { at, from } from './draft.ts';

/** A container called `web` that says only its image. */
export function container(fields: Partial<Container> = {}): Container {
  return {
    name: 'web',
    image: 'nginx:1.29',
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
    origin: from('services', 'web'),
    ...fields,
  };
}

/** A security context that says nothing. */
export function security(fields: Partial<ContainerSecurity> = {}): ContainerSecurity {
  return {
    runAsUser: undefined,
    runAsGroup: undefined,
    runAsNonRoot: undefined,
    privileged: undefined,
    allowPrivilegeEscalation: undefined,
    readOnlyRootFilesystem: undefined,
    capabilitiesAdded: [],
    capabilitiesDropped: [],
    seccomp: undefined,
    appArmor: undefined,
    seLinux: [],
    procMount: undefined,
    ...fields,
  };
}

/** A probe with Docker's numbers. */
export function probe(fields: Partial<Probe> = {}): Probe {
  const path = ['services', 'web', 'healthcheck'] as const;
  return {
    action: { kind: 'exec', command: ['true'] },
    timeoutSeconds: at(30, ...path, 'timeout'),
    periodSeconds: at(30, ...path, 'interval'),
    failureThreshold: at(3, ...path, 'retries'),
    successThreshold: undefined,
    origin: from(...path),
    ...fields,
  };
}

/** A pod with one container. */
export function pod(fields: Partial<Pod> = {}): Pod {
  return {
    labels: [],
    annotations: [],
    initContainers: [],
    containers: [container()],
    volumes: [],
    restartPolicy: undefined,
    terminationGracePeriodSeconds: undefined,
    hostNetwork: undefined,
    hostPid: undefined,
    hostIpc: undefined,
    shareProcessNamespace: undefined,
    hostUsers: undefined,
    hostname: undefined,
    hostnameOverride: undefined,
    serviceAccount: undefined,
    imagePullSecrets: [],
    nodeSelector: [],
    nodeRules: [],
    prefersControlPlane: undefined,
    runsBeside: [],
    dns: { nameservers: [], searches: [], options: [] },
    hostAliases: [],
    sysctls: [],
    fsGroup: undefined,
    supplementalGroups: [],
    ...fields,
  };
}

/** What a controller of each kind says when nobody asks it for anything. */
export const controllers = {
  deployment: {
    kind: 'deployment',
    replicas: undefined,
    strategy: { kind: 'default' },
    minReadySeconds: undefined,
    progressDeadlineSeconds: undefined,
  },
  statefulSet: {
    kind: 'stateful-set',
    replicas: undefined,
    serviceName: 'web',
    claimTemplates: [],
    strategy: { kind: 'default' },
    isParallel: false,
    minReadySeconds: undefined,
  },
  daemonSet: { kind: 'daemon-set', strategy: { kind: 'default' }, minReadySeconds: undefined },
  job: { kind: 'job', completions: undefined, backoffLimit: undefined, ignoresDisruption: false },
  cronJob: {
    kind: 'cron-job',
    schedule: at('0 3 * * *', 'services', 'web', 'labels', 'schedule'),
    concurrencyPolicy: undefined,
    backoffLimit: undefined,
  },
} as const satisfies Readonly<Record<string, Controller>>;

/** A Deployment called `web` of the service `web`. */
export function workload(fields: Partial<Workload> = {}): Workload {
  return {
    name: at('web', 'services', 'web'),
    service: 'web',
    controller: controllers.deployment,
    annotations: [],
    pod: pod(),
    origin: from('services', 'web'),
    ...fields,
  };
}

/** The name `web` for the workload `web`, without ports. */
export function networkName(fields: Partial<NetworkName> = {}): NetworkName {
  return {
    name: at('web', 'services', 'web'),
    service: 'web',
    selects: 'web',
    type: 'ClusterIP',
    isHeadless: false,
    externalTrafficPolicy: undefined,
    reachesUnready: false,
    ports: [],
    annotations: [],
    origin: from('services', 'web'),
    ...fields,
  };
}

/** The project `shop` with nothing in it. */
export function plan(fields: Partial<Plan> = {}): Plan {
  return {
    project: at('shop', 'name'),
    namespace: undefined,
    createsNamespace: false,
    data: [],
    claims: [],
    persistentVolumes: [],
    accounts: [],
    names: [],
    policies: [],
    workloads: [],
    routes: [],
    scalers: [],
    ...fields,
  };
}

/** The labels that objects of a service of `shop` carry. */
export function labels(service: string): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/name': service,
    'app.kubernetes.io/instance': 'shop',
    'app.kubernetes.io/part-of': 'shop',
    'app.kubernetes.io/managed-by': 'longshore',
    'com.docker.compose.project': 'shop',
    'com.docker.compose.service': service,
  };
}

/** The labels that objects of `shop` as a whole carry. */
export const projectLabels: Readonly<Record<string, string>> = {
  'app.kubernetes.io/instance': 'shop',
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'longshore',
  'com.docker.compose.project': 'shop',
};

/** The labels that select the pods of a service of `shop`. */
export function selector(service: string): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': service, 'app.kubernetes.io/instance': 'shop' };
}

/** The context of the project `shop`, whose only workload is called `web`. */
export function context(fields: Partial<Plan> = {}): Context {
  return contextOf(plan({ workloads: [workload()], ...fields }));
}

/** A traced part on its own: what is left of it in an object, and what its pointers lead back to. */
export function taken(part: Traced<object | undefined>): {
  readonly plain: unknown;
  readonly said: Readonly<Record<string, string>>;
} {
  const { object, origins } = resource<KubernetesObject & { readonly part?: object }>({
    apiVersion: 'v1',
    kind: 'Test',
    metadata: { name: 'test' },
    part,
  });
  return {
    plain: (object as KubernetesObject & { readonly part?: object }).part,
    said: Object.fromEntries(
      [...origins].map(([pointer, { path }]) => [pointer.replace(/^\/part/, ''), pathText(path)]),
    ),
  };
}
