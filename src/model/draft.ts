/**
 * What the rules said: for each service the meaning of its attributes, with whole-project questions still open.
 * Each field of `ServiceSays` is written by exactly one rule, named in its comment; only passes read them.
 */

import type { Files } from '../kernel/files.ts';
import type { Located, Origin } from '../kernel/located.ts';
import type {
  Attachment,
  BuildDraft,
  Dependency,
  EnvironmentEntry,
  ExposedPort,
  Grant,
  HealthCheck,
  HostDevice,
  Label,
  Mount,
  NetworkMode,
  NodeRule,
  PortDraft,
  Quantities,
  RestartDraft,
  Route,
  SecurityProfile,
  UpdateDraft,
  UserDraft,
  Wishes,
  Words,
} from './facts.ts';
import type { Options } from './options.ts';

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
