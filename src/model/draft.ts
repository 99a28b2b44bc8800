/**
 * What the rules said: for each service the meaning of its attributes, with whole-project questions still open.
 * Each field of `ServiceDraft` is written by exactly one rule, named in its comment; only passes read them.
 */

import type { Files } from '../kernel/files.ts';
import type { Located, Origin } from '../kernel/located.ts';
import type { Expose, Options } from './options.ts';

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

/** The fields that rules write, each by one rule. */
export interface ServiceSays {
  /** image */
  readonly image?: Located<string> | undefined;
  /** image */
  readonly pullPolicy?: Located<'Always' | 'IfNotPresent' | 'Never'> | undefined;
  /** image; the arch in Kubernetes' words (amd64, arm64, arm) */
  readonly platform?:
    | { readonly os: Located<string> | undefined; readonly arch: Located<string> | undefined }
    | undefined;
  /** build */
  readonly build?: BuildDraft | undefined;
  /** command */
  readonly entrypoint?: Words | undefined;
  /** command */
  readonly command?: Words | undefined;
  /** command */
  readonly workingDir?: Located<string> | undefined;
  /** command */
  readonly stdin?: Located<boolean> | undefined;
  /** command */
  readonly tty?: Located<boolean> | undefined;
  /** command: `init: true` */
  readonly reapsChildren?: Located<boolean> | undefined;
  /** container-name; as written */
  readonly containerName?: Located<string> | undefined;
  /** depends-on */
  readonly dependencies?: readonly Dependency[] | undefined;
  /** devices: extended resources of `gpus`, and of `devices` by --extended-resource; both request and limit */
  readonly deviceResources?: Quantities | undefined;
  /** devices: only with --allow host-devices; the container must then be privileged */
  readonly hostDevices?: readonly HostDevice[] | undefined;
  /** devices: device_cgroup_rules with --allow privileged, which only a privileged container can have */
  readonly needsPrivileged?: Located<boolean> | undefined;
  /** dns */
  readonly nameservers?: readonly Located<string>[] | undefined;
  /** dns */
  readonly dnsOptions?:
    | readonly { readonly name: Located<string>; readonly value: Located<string> | undefined }[]
    | undefined;
  /** dns */
  readonly dnsSearches?: readonly Located<string>[] | undefined;
  /** dns: grouped by address, in file order */
  readonly hostAliases?:
    | readonly { readonly ip: Located<string>; readonly hostnames: readonly Located<string>[] }[]
    | undefined;
  /** dns: a DNS label, or a name with dots */
  readonly hostname?: Located<string> | undefined;
  /** environment: in order, each name once */
  readonly environment?: readonly EnvironmentEntry[] | undefined;
  /** healthcheck; absent when there is none or it is switched off */
  readonly healthCheck?: HealthCheck | undefined;
  /** labels: annotations of the pod */
  readonly podAnnotations?: readonly Label[] | undefined;
  /** labels: annotations of workload and Service, from deploy.labels */
  readonly serviceAnnotations?: readonly Label[] | undefined;
  /** labels: from com.docker.lb.*, traefik.*, kompose.service.expose; undefined when there are none */
  readonly routes?: readonly Route[] | undefined;
  /** kompose-labels */
  readonly wishes?: Wishes | undefined;
  /** lifecycle; whole seconds */
  readonly stopGrace?: Located<number> | undefined;
  /** lifecycle: a signal name without SIG, absent for TERM */
  readonly stopSignal?: Located<string> | undefined;
  /** namespaces */
  readonly hostPid?: Located<boolean> | undefined;
  /** namespaces */
  readonly hostIpc?: Located<boolean> | undefined;
  /** networks; undefined when the service names none */
  readonly networks?: readonly Attachment[] | undefined;
  /** networks */
  readonly networkMode?: Located<NetworkMode> | undefined;
  /** networks: links, alias undefined when it is the service's own name */
  readonly links?:
    | readonly { readonly service: string; readonly alias: Located<string> | undefined; readonly origin: Origin }[]
    | undefined;
  /** placement */
  readonly nodeRules?: readonly NodeRule[] | undefined;
  /** placement: manager nodes were asked for */
  readonly prefersControlPlane?: Located<boolean> | undefined;
  /** ports */
  readonly ports?: readonly PortDraft[] | undefined;
  /** ports */
  readonly exposed?: readonly ExposedPort[] | undefined;
  /** ports: more than 100 ports, so that they are not listed one by one; long ranges are missing from both lists */
  readonly hasTooManyPorts?: Located<boolean> | undefined;
  /** ports */
  readonly endpointMode?: Located<'vip' | 'dnsrr'> | undefined;
  /** provider: the plug-in that stands for the service, which then has no container */
  readonly provider?: Located<string> | undefined;
  /** replicas */
  readonly replicas?: Located<number> | undefined;
  /** replicas */
  readonly mode?: Located<'replicated' | 'global' | 'replicated-job' | 'global-job'> | undefined;
  /** resources */
  readonly limits?: Quantities | undefined;
  /** resources */
  readonly requests?: Quantities | undefined;
  /** resources: extended resources of deploy.resources.reservations; the same name in deviceResources is added to it */
  readonly reservedDevices?: Quantities | undefined;
  /** restart; undefined when the file says nothing */
  readonly restart?: RestartDraft | undefined;
  /** rollout; undefined when there is no update_config */
  readonly update?: UpdateDraft | undefined;
  /** configs */
  readonly configGrants?: readonly Grant[] | undefined;
  /** secrets */
  readonly secretGrants?: readonly Grant[] | undefined;
  /** security */
  readonly user?: UserDraft | undefined;
  /** security */
  readonly groups?: readonly Located<number>[] | undefined;
  /** security */
  readonly privileged?: Located<boolean> | undefined;
  /** security */
  readonly readOnlyRoot?: Located<boolean> | undefined;
  /** security: without CAP_, sorted */
  readonly capabilitiesAdded?: readonly Located<string>[] | undefined;
  /** security: without CAP_, sorted */
  readonly capabilitiesDropped?: readonly Located<string>[] | undefined;
  /** security */
  readonly noNewPrivileges?: Located<boolean> | undefined;
  /** security */
  readonly seccomp?: SecurityProfile | undefined;
  /** security */
  readonly appArmor?: SecurityProfile | undefined;
  /** security */
  readonly seLinux?:
    | readonly { readonly field: 'user' | 'role' | 'type' | 'level'; readonly value: Located<string> }[]
    | undefined;
  /** security: systempaths=unconfined */
  readonly unmaskedProc?: Located<boolean> | undefined;
  /** sysctls: namespaced ones only, sorted by name */
  readonly sysctls?: readonly { readonly name: Located<string>; readonly value: Located<string> }[] | undefined;
  /** volumes: `volumes` and `tmpfs` in file order */
  readonly mounts?: readonly Mount[] | undefined;
  /** volumes: bytes */
  readonly shmSize?: Located<number> | undefined;
}

/** One service and what its attributes say. */
export interface ServiceDraft extends ServiceSays {
  /** The Compose key. */
  readonly name: string;
  readonly origin: Origin;
}

/** A top-level network. */
export interface NetworkDraft {
  readonly name: string;
  /** `name:` when given, else the key. */
  readonly label: Located<string>;
  readonly isInternal: Located<boolean> | undefined;
  readonly isExternal: Located<boolean> | undefined;
  /** `host` or `none` when the driver, or the external name, is one of these. */
  readonly standsFor: 'host' | 'none' | undefined;
  readonly origin: Origin;
}

/** A top-level volume. */
export interface VolumeDraft {
  readonly name: string;
  /** `name:` when given. */
  readonly claimName: Located<string> | undefined;
  readonly isExternal: Located<boolean> | undefined;
  /** A Kubernetes quantity. */
  readonly size: Located<string> | undefined;
  readonly storageClass: Located<string> | undefined;
  readonly accessMode: Located<'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany'> | undefined;
  /** What the local driver's options describe, if not an ordinary volume. */
  readonly backing:
    | {
        readonly kind: 'nfs';
        readonly server: Located<string>;
        readonly path: Located<string>;
        readonly isReadOnly: boolean;
        readonly mountOptions: readonly Located<string>[];
      }
    | {
        readonly kind: 'cifs';
        /** `//HOST/SHARE` */
        readonly source: Located<string>;
        readonly credentials: readonly {
          readonly key: 'username' | 'password' | 'domain';
          readonly value: Located<string>;
        }[];
        readonly mountOptions: readonly Located<string>[];
      }
    | { readonly kind: 'tmpfs'; readonly size: Located<number> | undefined }
    | { readonly kind: 'bind'; readonly path: Located<string>; readonly written: string }
    | undefined;
  readonly annotations: readonly Label[];
  readonly origin: Origin;
}

/** A file or variable that does not give what it is asked for. */
export interface FileProblem {
  readonly message: string;
  readonly hint: string;
  readonly origin: Origin;
}

/** A top-level config or secret. */
export interface FileDraft {
  readonly name: string;
  /** `name:` when given: then it is a contract and carries no hash. */
  readonly objectName: Located<string> | undefined;
  readonly isExternal: Located<boolean> | undefined;
  /** The content; undefined for an external one, for one whose driver fetches it, and where there is a problem. */
  readonly content: Located<Uint8Array> | undefined;
  /** Why the content cannot be had: an error as soon as a service is granted it, since Compose reads no other ones. */
  readonly problem?: FileProblem | undefined;
  /** The key inside the object, from `x-kubernetes.key`; undefined for the ordinary one. */
  readonly key?: Located<string> | undefined;
  readonly annotations: readonly Label[];
  readonly origin: Origin;
}

/** Everything the rules said about one project. */
export interface Draft {
  /** Project name, `[a-z0-9_-]+`. */
  readonly project: Located<string>;
  /** Absolute folder of the project, for messages and for telling inside from outside. */
  readonly directory: string;
  /** In file order. */
  readonly services: ReadonlyMap<string, ServiceDraft>;
  readonly networks: ReadonlyMap<string, NetworkDraft>;
  readonly volumes: ReadonlyMap<string, VolumeDraft>;
  readonly configs: ReadonlyMap<string, FileDraft>;
  readonly secrets: ReadonlyMap<string, FileDraft>;
  readonly files: Files;
  readonly options: Options;
}
