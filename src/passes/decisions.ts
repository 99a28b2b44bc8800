/** What the passes decide, one record for each question. `decide()` in index.ts shows who needs which answer. */

import type { Located, Origin } from '../kernel/located.ts';
import type { Label, Mount, PortDraft, Protocol } from '../model/facts.ts';
import type {
  Claim,
  DataItem,
  DataObject,
  EdgeRoute,
  NetworkName,
  PersistentVolume,
  Policy,
  WaitAccount,
} from '../model/plan.ts';
import type { Container, ContainerPort, PodVolume, Variable, VolumeMount } from '../model/pod.ts';

/** Legal, stable, collision-free names. */
export interface Names {
  /** DNS label of a service: its workload, container and Service. */
  service(name: string): Located<string>;
  /** Name of the claim of a top-level volume. */
  claim(volume: string): Located<string>;
  /** Label text of a network, for `compose.network/<text>` and its policy. */
  network(network: string): Located<string>;
  /** Services whose name had to change: the Compose key, with the name in the cluster. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** Which services share a pod. */
export interface PodGroups {
  /** The service whose workload hosts this service's container: itself when it has its own pod. */
  hostOf(service: string): string;
  /** Services in the pod of a host, the host first, in file order. */
  members(host: string): readonly string[];
}

/** What kind of workload a service is. Services of a `provider` have no container, and so no role. */
export interface Role {
  readonly kind:
    | 'deployment'
    | 'stateful-set'
    | 'daemon-set'
    | 'job'
    | 'cron-job'
    | 'global-job'
    | 'init-container'
    | 'companion';
  /** For an init container: the service that starts after it. For a companion: the host of its pod. */
  readonly of: string | undefined;
  /** The sentence that says which rule chose it, for `--explain`. */
  readonly because: string;
}

/** Role of every service. */
export type Roles = ReadonlyMap<string, Role>;

/** A mount after the disk was looked at. */
export type ResolvedMount =
  | { readonly kind: 'volume'; readonly volume: string; readonly mount: Mount }
  /** A claim that no top-level volume declares, because a bind mount needs a place to live. */
  | { readonly kind: 'own-claim'; readonly claim: string; readonly mount: Mount }
  | {
      readonly kind: 'empty';
      readonly isMemory: boolean;
      readonly size: Located<number> | undefined;
      readonly mount: Mount;
    }
  | {
      readonly kind: 'file';
      readonly item: DataItem;
      readonly isSecret: boolean;
      readonly isExecutable: boolean;
      readonly mount: Mount;
    }
  | {
      readonly kind: 'tree';
      readonly items: readonly (DataItem & { readonly path: string; readonly isExecutable: boolean })[];
      readonly isSecret: boolean;
      readonly mount: Mount;
    }
  | {
      readonly kind: 'host';
      readonly path: Located<string>;
      readonly type: 'Socket' | undefined;
      readonly mount: Mount;
    }
  | {
      readonly kind: 'image';
      readonly reference: Located<string>;
      readonly subPath: Located<string> | undefined;
      readonly mount: Mount;
    };

/** What bind mounts and the like become. */
export interface Mounts {
  of(service: string): readonly ResolvedMount[];
  /** TZ for a service whose /etc/localtime was mounted. */
  timeZone(service: string): Located<string> | undefined;
}

/** Volumes of pods and what stands behind them. */
export interface Storage {
  /** Pod volumes a service's container needs. Names are unique within the pod of its host. */
  volumes(service: string): readonly PodVolume[];
  mounts(service: string): readonly VolumeMount[];
  /** Claim templates of a stateful service. */
  templates(service: string): readonly Claim[];
  /** Services that must run beside another: the one that writes first. */
  besides(service: string): readonly { readonly service: string; readonly origin: Origin }[];
  /** True when two pods of the service's pod cannot hold its volumes at once. */
  isExclusive(service: string): boolean;
  /** True when a volume of the service begins empty and belongs to root, so that another user needs fsGroup. */
  hasNewVolume(service: string): boolean;
  /** Mounts of new volumes that Docker would fill with the files of the image. */
  seeds(service: string): readonly VolumeMount[];
  /** Annotations that roll the pods when an object with a fixed name changes. */
  annotations(service: string): readonly Label[];
  readonly claims: readonly Claim[];
  readonly persistentVolumes: readonly PersistentVolume[];
  /** ConfigMaps and Secrets of files, configs and secrets. */
  readonly data: readonly DataObject[];
  /** Text contents that may mention host names: bind-mounted files and configs, by the service that sees them. */
  readonly texts: readonly {
    readonly service: string;
    readonly text: string;
    readonly name: string;
    readonly origin: Origin;
  }[];
}

/** Variables of a service and the objects that hold them. */
export interface Environments {
  environment(service: string): readonly Variable[];
  from(
    service: string,
  ): readonly { readonly kind: 'config' | 'secret'; readonly object: string; readonly origin: Origin }[];
  /** Names of all variables of the service's container, for escapeForKubelet. */
  names(service: string): ReadonlySet<string>;
  readonly data: readonly DataObject[];
}

/** A place that speaks of a host name. */
export interface Mention {
  /** The service whose value it is. */
  readonly service: string;
  /** The port in `name:PORT`, if there is one. */
  readonly port: number | undefined;
  /** True where only a host name can stand, as in a URL; false for a word that may mean something else. */
  readonly isHost: boolean;
  readonly origin: Origin;
  /** What holds the value, for messages: `environment.DATABASE_URL`, `nginx.conf:3`. */
  readonly where: string;
}

/** Who mentions which host names. */
export interface Mentions {
  of(host: string): readonly Mention[];
}

/** A port a service listens on, however it became known. */
export interface Listener {
  /** IANA name, unique in the pod. */
  readonly name: string;
  readonly port: Located<number>;
  readonly protocol: Located<Protocol>;
  readonly isDeclared: boolean;
  readonly draft: PortDraft | undefined;
}

/** Ports and names of services. */
export interface Endpoints {
  listeners(service: string): readonly Listener[];
  containerPorts(service: string): readonly ContainerPort[];
  /** The service's own name in the network; undefined for one without a Service. */
  main(service: string): NetworkName | undefined;
  /** What the pods of a service call themselves: what the file says, or the name that their own health test asks for. */
  hostname(service: string): Located<string> | undefined;
  readonly names: readonly NetworkName[];
  /** Alias labels of the pods of a service, its companions' included; none for a companion. */
  aliasLabels(service: string): readonly { readonly key: string; readonly value: string; readonly origin: Origin }[];
}

/** What goes before the own container of a service, and what that needs. */
export interface Prelude {
  readonly initContainers: readonly Container[];
  readonly volumes: readonly PodVolume[];
  readonly account: string | undefined;
}

/** Builds the container of a one-shot that runs as an init container of another service. */
export type ContainerOf = (service: string) => Container;

/**
 * The final name of a Job. It holds a hash of the whole pod template, so what goes before the Job's own container must be
 * decided first: call it in the order of the dependencies.
 */
export type JobNameOf = (service: string, before: Prelude) => string;

/** What must be waited for. */
export interface Startup {
  /** Wait containers and one-shots of the pod of a service, in order, to go before all others; none for a companion. */
  initContainers(service: string): readonly Container[];
  /** Volumes that these containers need. */
  volumes(service: string): readonly PodVolume[];
  account(service: string): string | undefined;
  /** True for a service that others of its pod wait for: its container must be a native sidecar. */
  isSidecar(service: string): boolean;
  readonly accounts: readonly WaitAccount[];
  /** Services in an order in which each comes after its dependencies. */
  readonly order: readonly string[];
}

/** Who may talk to whom. */
export interface Isolation {
  readonly policies: readonly Policy[];
  /** Network labels of the pods of a service, its companions' included; none for a companion. */
  networkLabels(service: string): readonly { readonly key: string; readonly value: string; readonly origin: Origin }[];
}

/** Edge routes. */
export interface Edges {
  readonly routes: readonly EdgeRoute[];
}
