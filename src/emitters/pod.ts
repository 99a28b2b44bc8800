/** The pod template of a workload. */

import type { IPodSecurityContext, IPodSpec, IPodTemplateSpec } from 'kubernetes-models/v1';
import { Located } from '../kernel/located.ts';
import { recommendedLabels } from '../model/labels.ts';
import type { Workload } from '../model/plan.ts';
import type { Pod, Sourced } from '../model/pod.ts';
import { from, type Traced, type TracedFields } from '../model/resource.ts';
import { container } from './container.ts';
import type { Context } from './context.ts';
import { plain, unlessDefault, unlessEmpty } from './leave-out.ts';
import { annotations } from './metadata.ts';
import { podScheduling } from './pod-scheduling.ts';
import { podVolume } from './pod-volume.ts';

/** With the one field that is younger than kubernetes-models. */
interface PodSpec extends IPodSpec {
  /** @see https://kubernetes.io/docs/concepts/workloads/pods/pod-hostname/#pod-with-hostnameoverride */
  readonly hostnameOverride?: string;
}

const DEFAULT_GRACE_SECONDS = 30;

/**
 * No Compose application asks the API server, so no pod holds a token: the account of a wait container is projected into that
 * container alone. An account that the user named is there to be used.
 */
function automount(pod: Pod, context: Context): false | undefined {
  const { serviceAccount } = pod;
  return serviceAccount === undefined || context.waitAccounts.has(plain(serviceAccount)) ? false : undefined;
}

/** Docker applies its default seccomp profile, Kubernetes none: so it is asked for. A container may still say otherwise. */
function podSecurity(pod: Pod): Traced<IPodSecurityContext> {
  return {
    seccompProfile: pod.system === undefined ? { type: 'RuntimeDefault' } : undefined,
    fsGroup: pod.fsGroup,
    fsGroupChangePolicy: pod.fsGroup === undefined ? undefined : 'OnRootMismatch',
    supplementalGroups: unlessEmpty(pod.supplementalGroups),
    sysctls: unlessEmpty(pod.sysctls.map(({ name, value }) => from(value.origin, { name, value }))),
  };
}

function podNetwork(
  pod: Pod,
): TracedFields<
  Pick<PodSpec, 'hostNetwork' | 'hostname' | 'hostnameOverride' | 'dnsPolicy' | 'dnsConfig' | 'hostAliases'>
> {
  const hostNetwork = unlessDefault(pod.hostNetwork, false);
  return {
    hostNetwork,
    hostname: pod.hostname,
    hostnameOverride: pod.hostnameOverride,
    // Without it a pod on the network of its node resolves no Service.
    dnsPolicy: pod.dns.policy ?? (hostNetwork === undefined ? undefined : 'ClusterFirstWithHostNet'),
    dnsConfig: unlessEmpty({
      nameservers: unlessEmpty(pod.dns.nameservers),
      searches: unlessEmpty(pod.dns.searches),
      options: unlessEmpty(pod.dns.options.map(({ name, value }) => from(name.origin, { name, value }))),
    }),
    hostAliases: unlessEmpty(pod.hostAliases.map(({ ip, hostnames }) => from(ip.origin, { ip, hostnames }))),
  };
}

function podSpec(pod: Pod, context: Context): Traced<PodSpec> {
  return {
    serviceAccountName: pod.serviceAccount,
    automountServiceAccountToken: automount(pod, context),
    // Compose sets no variables such as REDIS_PORT=tcp://…, and they can break an application.
    enableServiceLinks: false,
    imagePullSecrets: unlessEmpty(pod.imagePullSecrets.map((name) => from(name.origin, { name }))),
    restartPolicy: pod.restartPolicy,
    ...podNetwork(pod),
    os: pod.system && from(pod.system.origin, { name: pod.system }),
    hostPID: unlessDefault(pod.hostPid, false),
    hostIPC: unlessDefault(pod.hostIpc, false),
    hostUsers: unlessDefault(pod.hostUsers, true),
    shareProcessNamespace: unlessDefault(pod.shareProcessNamespace, false),
    ...podScheduling(pod),
    terminationGracePeriodSeconds: unlessDefault(pod.terminationGracePeriodSeconds, DEFAULT_GRACE_SECONDS),
    securityContext: unlessEmpty(podSecurity(pod)),
    initContainers: unlessEmpty(pod.initContainers.map(container)),
    containers: pod.containers.map(container),
    volumes: unlessEmpty(pod.volumes.map(podVolume)),
  };
}

/** The template from which a workload makes its pods: standard labels, the pod's own labels, and the specification. */
export function podTemplate({ pod, service }: Workload, context: Context): Traced<IPodTemplateSpec> {
  return {
    metadata: {
      labels: Object.fromEntries<Sourced<string>>([
        ...recommendedLabels(service, context.project),
        ...pod.labels.map(({ key, value, origin }) => [key, new Located(value, origin)] as const),
      ]),
      annotations: annotations(pod.annotations),
    },
    spec: podSpec(pod, context),
  };
}
