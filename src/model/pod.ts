/** What runs: containers and the pods they share, decided to the last number. */

import type { Located, Origin } from '../kernel/located.ts';
import type { Label, NodeRule, Protocol, Quantities, SecurityProfile } from './facts.ts';

/** A value that may or may not lead back to a line of the input. */
export type Sourced<T> = T | Located<T>;

/** Where the value of a variable comes from. */
export type EnvironmentValue =
  /** Escaped for the kubelet. */
  | { readonly kind: 'text'; readonly text: Located<string> }
  | { readonly kind: 'secret'; readonly object: string; readonly key: string; readonly origin: Origin }
  | { readonly kind: 'field'; readonly fieldPath: string; readonly origin: Origin };

/** One variable of a container. */
export interface Variable {
  readonly name: string;
  readonly value: EnvironmentValue;
}

/** A port a container listens on. */
export interface ContainerPort {
  /** Unique in the pod, IANA form. */
  readonly name: string;
  readonly port: Located<number>;
  readonly protocol: Located<Protocol>;
  readonly hostPort: Located<number> | undefined;
  readonly hostIp: Located<string> | undefined;
}

/** How a probe asks. Commands are escaped for the kubelet. */
export type ProbeAction =
  | { readonly kind: 'exec'; readonly command: readonly Sourced<string>[] }
  | {
      readonly kind: 'http';
      /** Name of a container port. */
      readonly port: string;
      readonly path: string;
      readonly isHttps: boolean;
      readonly headers: readonly { readonly name: string; readonly value: string }[];
    }
  | { readonly kind: 'tcp'; readonly port: string }
  | { readonly kind: 'grpc'; readonly port: number; readonly service: string | undefined };

/** One probe; all numbers written out. */
export interface Probe {
  readonly action: ProbeAction;
  readonly timeoutSeconds: Located<number>;
  readonly periodSeconds: Located<number>;
  readonly failureThreshold: Located<number>;
  /** Only on a readiness probe. */
  readonly successThreshold: 1 | undefined;
  readonly origin: Origin;
}

/** A mount of a pod volume in a container. */
export interface VolumeMount {
  /** Name of a volume of the pod. */
  readonly volume: string;
  readonly path: Sourced<string>;
  readonly subPath: Sourced<string> | undefined;
  readonly isReadOnly: Sourced<boolean> | undefined;
  readonly origin: Origin;
}

/** What a container may do. */
export interface ContainerSecurity {
  readonly runAsUser: Sourced<number> | undefined;
  readonly runAsGroup: Sourced<number> | undefined;
  readonly runAsNonRoot: Sourced<boolean> | undefined;
  readonly privileged: Sourced<boolean> | undefined;
  readonly allowPrivilegeEscalation: Sourced<boolean> | undefined;
  readonly readOnlyRootFilesystem: Sourced<boolean> | undefined;
  readonly capabilitiesAdded: readonly Sourced<string>[];
  readonly capabilitiesDropped: readonly Sourced<string>[];
  readonly seccomp: SecurityProfile | undefined;
  readonly appArmor: SecurityProfile | undefined;
  readonly seLinux: readonly { readonly field: 'user' | 'role' | 'type' | 'level'; readonly value: Located<string> }[];
  readonly procMount: Sourced<'Unmasked'> | undefined;
}

/** One container of a pod, long-running or init. */
export interface Container {
  readonly name: Sourced<string>;
  readonly image: Sourced<string>;
  readonly pullPolicy: Located<'Always' | 'IfNotPresent' | 'Never'> | undefined;
  /** Replaces the image's ENTRYPOINT. Escaped for the kubelet. */
  readonly command: readonly Sourced<string>[] | undefined;
  /** Replaces the image's CMD. Escaped for the kubelet. */
  readonly args: readonly Sourced<string>[] | undefined;
  readonly workingDir: Located<string> | undefined;
  readonly stdin: Located<boolean> | undefined;
  readonly tty: Located<boolean> | undefined;
  readonly ports: readonly ContainerPort[];
  /** Names of objects whose every key becomes a variable. */
  readonly environmentFrom: readonly {
    readonly kind: 'config' | 'secret';
    readonly object: string;
    readonly origin: Origin;
  }[];
  readonly environment: readonly Variable[];
  readonly limits: Quantities;
  readonly requests: Quantities;
  readonly readiness: Probe | undefined;
  readonly liveness: Probe | undefined;
  readonly startup: Probe | undefined;
  /** Command run before the container is asked to stop (not expanded by the kubelet). */
  readonly preStop: readonly Sourced<string>[] | undefined;
  readonly security: ContainerSecurity | undefined;
  readonly mounts: readonly VolumeMount[];
  /** A native sidecar: an init container that keeps running. */
  readonly isSidecar: boolean;
  readonly origin: Origin;
}

/** A key of a ConfigMap or Secret and the path it appears at inside the volume. */
export interface VolumeItem {
  readonly key: string;
  readonly path: string;
  /** Permission bits. */
  readonly mode: Sourced<number> | undefined;
}

/** A volume of a pod. */
export interface PodVolume {
  readonly name: string;
  readonly source:
    | { readonly kind: 'claim'; readonly claim: string; readonly isReadOnly: boolean }
    | {
        readonly kind: 'config';
        readonly object: string;
        readonly items: readonly VolumeItem[];
        readonly defaultMode: number | undefined;
      }
    | {
        readonly kind: 'secret';
        readonly object: string;
        readonly items: readonly VolumeItem[];
        readonly defaultMode: number | undefined;
      }
    /** `size` is a quantity. */
    | { readonly kind: 'empty'; readonly isMemory: boolean; readonly size: Located<string> | undefined }
    | {
        readonly kind: 'host';
        readonly path: Located<string>;
        readonly type: 'Directory' | 'DirectoryOrCreate' | 'File' | 'Socket' | 'CharDevice' | 'BlockDevice' | undefined;
      }
    | { readonly kind: 'image'; readonly reference: Located<string> }
    /** The API token, for a wait container that asks the API server. */
    | { readonly kind: 'token' };
  readonly origin: Origin;
}

/** A pod template. */
export interface Pod {
  /** Labels beyond the standard ones, such as `compose.network/front`. */
  readonly labels: readonly { readonly key: string; readonly value: string; readonly origin: Origin }[];
  readonly annotations: readonly Label[];
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes: readonly PodVolume[];
  readonly restartPolicy: Sourced<'Never' | 'OnFailure'> | undefined;
  readonly terminationGracePeriodSeconds: Located<number> | undefined;
  readonly hostNetwork: Located<boolean> | undefined;
  readonly hostPid: Located<boolean> | undefined;
  readonly hostIpc: Located<boolean> | undefined;
  readonly shareProcessNamespace: Located<boolean> | undefined;
  readonly hostUsers: Located<boolean> | undefined;
  /** Set for pods of Windows nodes, which take none of the fields that only Linux knows. */
  readonly system?: Located<'windows'> | undefined;
  readonly hostname: Located<string> | undefined;
  /** Full host name with dots, for `hostnameOverride`. */
  readonly hostnameOverride: Located<string> | undefined;
  readonly serviceAccount: Sourced<string> | undefined;
  readonly imagePullSecrets: readonly Located<string>[];
  readonly nodeSelector: readonly { readonly key: string; readonly value: Located<string> }[];
  readonly nodeRules: readonly NodeRule[];
  readonly prefersControlPlane: Located<boolean> | undefined;
  /** Pods of this selector must run on the same node. */
  readonly runsBeside: readonly {
    readonly selector: readonly (readonly [string, string])[];
    readonly origin: Origin;
  }[];
  readonly dns: {
    /** Undefined for the ordinary one. */
    readonly policy?: Located<'None' | 'Default' | 'ClusterFirst'> | undefined;
    readonly nameservers: readonly Located<string>[];
    readonly searches: readonly Located<string>[];
    readonly options: readonly { readonly name: Located<string>; readonly value: Located<string> | undefined }[];
  };
  readonly hostAliases: readonly { readonly ip: Located<string>; readonly hostnames: readonly Located<string>[] }[];
  readonly sysctls: readonly { readonly name: Located<string>; readonly value: Located<string> }[];
  readonly fsGroup: Sourced<number> | undefined;
  readonly supplementalGroups: readonly Located<number>[];
}
