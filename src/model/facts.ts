/** What single attributes mean: the records that rules fill and passes read. */

import type { Located, Origin } from '../kernel/located.ts';
import type { Expose } from './options.ts';

/** A transport protocol, in Compose's lower case. */
export type Protocol = 'tcp' | 'udp' | 'sctp';

/** Words of a command line. An empty list is a statement of its own: it clears what the image says. */
export interface Words {
  readonly words: readonly Located<string>[];
  readonly origin: Origin;
}

/** The image is built from source: what a conversion wants to know of it. */
export interface BuildDraft {
  /** Absolute directory, or a URL as written. */
  readonly context: Located<string>;
  readonly isRemote: boolean;
  readonly dockerfile: Located<string> | undefined;
  readonly dockerfileInline: Located<string> | undefined;
  readonly target: Located<string> | undefined;
  readonly args: readonly { readonly name: string; readonly value: Located<string> }[];
  readonly origin: Origin;
}

/** A dependency on another service. */
export interface Dependency {
  readonly service: string;
  readonly condition: Located<'service_started' | 'service_healthy' | 'service_completed_successfully'>;
  readonly isRequired: boolean;
  readonly origin: Origin;
}

/** One environment variable with its final value; null values are settled by the environment rule. */
export interface EnvironmentEntry {
  readonly name: string;
  readonly value: Located<string>;
  /** `inline` comes from `environment`, `file` from an `env_file`. */
  readonly from: 'inline' | 'file';
  /** The parts of a value that holds Swarm templates; `value` is then as written. */
  readonly template?: readonly TemplatePart[];
}

/** A part of a templated value: text, or the name of the node, the name of the pod, or its number in a StatefulSet. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'node' | 'pod' | 'slot' };

/** How a health test is run. */
export type HealthTest =
  | { readonly kind: 'exec'; readonly words: readonly Located<string>[] }
  | { readonly kind: 'shell'; readonly text: Located<string> };

/** The network probe that a recognised test amounts to; used only if its port is declared. */
export type NetworkTest =
  | {
      readonly kind: 'http';
      readonly port: number;
      /** Path with query, beginning with `/`. */
      readonly path: string;
      readonly isHttps: boolean;
      /** Host and port as in the URL, for the Host header. */
      readonly host: string;
      readonly headers: readonly { readonly name: string; readonly value: string }[];
      /** Seconds given by -m or --max-time. */
      readonly maxSeconds: number | undefined;
    }
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'grpc'; readonly port: number; readonly service: string | undefined };

/** A health check. All durations are whole seconds. */
export interface HealthCheck {
  readonly test: HealthTest;
  readonly network: NetworkTest | undefined;
  readonly testOrigin: Origin;
  readonly interval: Located<number>;
  readonly timeout: Located<number>;
  readonly retries: Located<number>;
  /** 0 when unset. */
  readonly startPeriod: Located<number>;
  readonly startInterval: Located<number>;
  readonly origin: Origin;
}

/** One port in long form; ranges are written out. */
export interface PortDraft {
  readonly target: Located<number>;
  readonly published: Located<number> | undefined;
  readonly protocol: Located<Protocol>;
  readonly mode: Located<'ingress' | 'host'>;
  /** Undefined for all addresses. In ingress mode only a loopback address is kept: it means "not public". */
  readonly hostIp: Located<string> | undefined;
  readonly name: Located<string> | undefined;
  /** In Kubernetes form. */
  readonly appProtocol: Located<string> | undefined;
  readonly origin: Origin;
}

/** A port that is only for other services. */
export interface ExposedPort {
  readonly port: Located<number>;
  readonly protocol: Located<Protocol>;
}

/** A service's place on a network. */
export interface Attachment {
  readonly network: string;
  /** DNS labels, none of them the name of a service. */
  readonly aliases: readonly Located<string>[];
  readonly ipv4: Located<string> | undefined;
  readonly origin: Origin;
}

/** Whose network a service uses. */
export type NetworkMode =
  | { readonly kind: 'host' | 'none' | 'ordinary' }
  | { readonly kind: 'service'; readonly service: string }
  /** The `container_name` of some service; an error if no service has it. */
  | { readonly kind: 'container'; readonly container: string };

/** A path on a host that an edge router sends to the service: from reverse-proxy labels. */
export interface Route {
  readonly host: Located<string> | undefined;
  readonly path: Located<string>;
  readonly pathType: 'Prefix' | 'Exact';
  /** Container port; undefined means the only one. */
  readonly port: Located<number> | undefined;
  /** Secret with the certificate; undefined for plain HTTP. */
  readonly tlsSecret: Located<string> | undefined;
  readonly className: Located<string> | undefined;
  readonly annotations: readonly { readonly key: string; readonly value: Located<string> }[];
  readonly origin: Origin;
}

/** A label or annotation. */
export interface Label {
  readonly key: string;
  readonly value: Located<string>;
}

/** A node requirement; all of a service must hold. */
export interface NodeRule {
  readonly key: Located<string>;
  readonly operator: 'In' | 'NotIn' | 'DoesNotExist';
  readonly values: readonly Located<string>[];
}

/** The grant of a top-level config or secret to a service, as a file. */
export interface Grant {
  readonly source: Located<string>;
  /** Absolute path of the file in the container. */
  readonly target: Located<string>;
  /** Permission bits, without write bits; undefined for 0444. */
  readonly mode: Located<number> | undefined;
  /** The owner that is asked for; undefined or 0 for root. */
  readonly uid?: Located<number> | undefined;
  /** The group that is asked for; undefined or 0 for root. */
  readonly gid?: Located<number> | undefined;
  readonly origin: Origin;
}

/** What a mount shows. */
export type MountSource =
  | { readonly kind: 'named'; readonly volume: Located<string>; readonly subPath: Located<string> | undefined }
  | { readonly kind: 'anonymous' }
  /** Path is absolute; `written` is what the file says. */
  | { readonly kind: 'bind'; readonly path: Located<string>; readonly written: string }
  /** Size in bytes; the group is wanted as fsGroup. */
  | { readonly kind: 'tmpfs'; readonly size: Located<number> | undefined; readonly gid?: Located<number> | undefined }
  | { readonly kind: 'image'; readonly reference: Located<string>; readonly subPath: Located<string> | undefined };

/** One mount of a service, in the order of the file. */
export interface Mount {
  readonly source: MountSource;
  /** Clean absolute container path. */
  readonly target: Located<string>;
  readonly isReadOnly: Located<boolean>;
  /** True when the file asks that an image's content is not copied. */
  readonly isNocopy: boolean;
  /** Which attribute said it. */
  readonly attribute: 'volumes' | 'tmpfs' | 'shm_size';
  readonly origin: Origin;
}

/** Kubernetes quantities, such as `500m` and `512Mi`, by resource name (`cpu`, `memory`, `nvidia.com/gpu`). */
export type Quantities = ReadonlyMap<string, Located<string>>;

/** Users and groups by number. */
export interface UserDraft {
  readonly uid: Located<number>;
  readonly gid: Located<number> | undefined;
}

/** A profile of seccomp or AppArmor. */
export interface SecurityProfile {
  readonly type: 'RuntimeDefault' | 'Unconfined' | 'Localhost';
  readonly localhostProfile: string | undefined;
  readonly origin: Origin;
}

/** How an update proceeds, in Swarm's words with Swarm's defaults. */
export interface UpdateDraft {
  /** 0 means all at once. */
  readonly parallelism: Located<number>;
  readonly order: Located<'stop-first' | 'start-first'>;
  /** Seconds; undefined when neither delay nor monitor is set. */
  readonly settle: Located<number> | undefined;
  readonly origin: Origin;
}

/** The restart policy that holds, `deploy.restart_policy` included. */
export interface RestartDraft {
  readonly policy: Located<'always' | 'no' | 'on-failure' | 'unless-stopped'>;
  readonly maxAttempts: Located<number> | undefined;
}

/** What `kompose.*` labels and `x-kubernetes` ask for; the few wishes that ordinary conversion knows. */
export interface Wishes {
  readonly kind?: Located<'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob'> | undefined;
  readonly schedule?: Located<string> | undefined;
  readonly concurrencyPolicy?: Located<string> | undefined;
  readonly backoffLimit?: Located<number> | undefined;
  readonly serviceType?: Located<'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'Headless'> | undefined;
  readonly nodePort?: Located<number> | undefined;
  readonly externalTrafficPolicy?: Located<'Cluster' | 'Local'> | undefined;
  readonly expose?: Located<Expose> | undefined;
  /** x-kubernetes.service: none */
  readonly hasNoService?: Located<boolean> | undefined;
  readonly serviceAccountName?: Located<string> | undefined;
  readonly imagePullSecrets?: readonly Located<string>[] | undefined;
  readonly dnsPolicy?: Located<'None' | 'Default' | 'ClusterFirst'> | undefined;
  readonly imagePullSecret?: Located<string> | undefined;
  readonly imagePullPolicy?: Located<'Always' | 'IfNotPresent' | 'Never'> | undefined;
  readonly fsGroup?: Located<number> | undefined;
  readonly volumeSize?: Located<string> | undefined;
  readonly storageClass?: Located<string> | undefined;
  readonly scaling?:
    | {
        readonly min: Located<number> | undefined;
        readonly max: Located<number>;
        readonly cpu: Located<number> | undefined;
        readonly memory: Located<number> | undefined;
        readonly origin: Origin;
      }
    | undefined;
}

/** A device of the machine that the container is to see, which takes a privileged container. */
export interface HostDevice {
  /** Absolute path on the node. */
  readonly source: Located<string>;
  /** Absolute path in the container. */
  readonly target: Located<string>;
  readonly type: 'CharDevice' | 'BlockDevice' | 'Directory';
  readonly origin: Origin;
}
