/**
 * What shall run: the decided project. Passes write it, emitters read it and only rename.
 * Quantities, names and numbers are final; nothing here is a Compose word.
 */

import type { Located, Origin } from '../kernel/located.ts';
import type { Label, Protocol } from './facts.ts';
import type { Pod, Sourced } from './pod.ts';

/** How new pods replace old ones. */
export type Strategy =
  | { readonly kind: 'default' }
  | { readonly kind: 'recreate'; readonly origin: Origin }
  | {
      readonly kind: 'rolling';
      readonly maxSurge: Sourced<number | string> | undefined;
      readonly maxUnavailable: Sourced<number | string> | undefined;
      readonly origin: Origin;
    };

/** The kind of a workload and what only that kind knows. */
export type Controller =
  | {
      readonly kind: 'deployment';
      readonly replicas: Located<number> | undefined;
      readonly strategy: Strategy;
      readonly minReadySeconds: Located<number> | undefined;
      readonly progressDeadlineSeconds: Located<number> | undefined;
    }
  | {
      readonly kind: 'stateful-set';
      readonly replicas: Located<number> | undefined;
      readonly serviceName: string;
      readonly claimTemplates: readonly Claim[];
      readonly strategy: Strategy;
      readonly isParallel: boolean;
      readonly minReadySeconds: Located<number> | undefined;
    }
  | { readonly kind: 'daemon-set'; readonly strategy: Strategy; readonly minReadySeconds: Located<number> | undefined }
  | {
      readonly kind: 'job';
      readonly completions: Located<number> | undefined;
      readonly backoffLimit: Sourced<number> | undefined;
      readonly ignoresDisruption: boolean;
    }
  | {
      readonly kind: 'cron-job';
      readonly schedule: Located<string>;
      readonly concurrencyPolicy: Located<string> | undefined;
      readonly backoffLimit: Sourced<number> | undefined;
    };

/** One workload. */
export interface Workload {
  /** Object name. That of a Job ends in the fingerprint of its template. */
  readonly name: Located<string>;
  /** The Compose service whose labels and selector it carries. */
  readonly service: string;
  readonly controller: Controller;
  readonly annotations: readonly Label[];
  readonly pod: Pod;
  readonly origin: Origin;
}

/** One port of a name. */
export interface NamedPort {
  readonly name: string;
  readonly port: Located<number>;
  /** Name of a container port. */
  readonly targetPort: string;
  readonly protocol: Located<Protocol>;
  readonly appProtocol: Located<string> | undefined;
  readonly nodePort: Located<number> | undefined;
}

/** A name that resolves in the cluster (a Kubernetes Service). */
export interface NetworkName {
  readonly name: Located<string>;
  /** The Compose service that owns it, for its labels. */
  readonly service: string;
  /** Pod labels to select; the standard selector of the workload named `selects` when it is a string. */
  readonly selects: string | readonly (readonly [string, string])[];
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  readonly isHeadless: Located<boolean> | boolean;
  readonly externalTrafficPolicy: Located<'Cluster' | 'Local'> | undefined;
  /** True when pods are reached before they are ready: the members of a cluster become ready by way of each other. */
  readonly reachesUnready: boolean;
  readonly ports: readonly NamedPort[];
  readonly annotations: readonly Label[];
  readonly origin: Origin;
}

/** Text or binary data under a key. */
export interface DataItem {
  readonly key: string;
  readonly data: Located<Uint8Array>;
}

/** A ConfigMap or Secret to be. */
export interface DataObject {
  readonly kind: 'config' | 'secret';
  /** Final name, hash included. */
  readonly name: string;
  /** The Compose service that owns it, for its labels; undefined when it belongs to the project. */
  readonly service: string | undefined;
  readonly isImmutable: boolean;
  readonly items: readonly DataItem[];
  readonly annotations: readonly Label[];
  readonly origin: Origin;
}

/** Storage that is asked for. */
export interface Claim {
  readonly name: string;
  readonly service: string | undefined;
  readonly accessMode: Sourced<'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany'>;
  /** A quantity. */
  readonly size: Sourced<string>;
  /** The empty string binds to a volume without a class. */
  readonly storageClass: Sourced<string> | undefined;
  /** Name of the PersistentVolume it must bind to. */
  readonly volumeName: string | undefined;
  readonly annotations: readonly Label[];
  readonly origin: Origin;
}

/** Storage that the file itself describes. */
export interface PersistentVolume {
  readonly name: string;
  readonly size: Sourced<string>;
  readonly accessMode: 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany';
  readonly source:
    | {
        readonly kind: 'nfs';
        readonly server: Located<string>;
        readonly path: Located<string>;
        readonly isReadOnly: boolean;
      }
    | {
        readonly kind: 'csi';
        readonly driver: string;
        readonly handle: string;
        readonly attributes: readonly (readonly [string, Located<string>])[];
        readonly secret: string | undefined;
      };
  readonly mountOptions: readonly Located<string>[];
  readonly origin: Origin;
}

/** Who may talk to a set of pods. */
export interface Policy {
  readonly name: string;
  readonly service: string | undefined;
  readonly annotations: readonly Label[];
  /** Pod labels; the workload's standard selector when it is a string. */
  readonly selects: string | readonly (readonly [string, string])[];
  /** Each rule admits peers on ports; no peers means everyone, no ports means all. Undefined: ingress is not restricted. */
  readonly ingress: readonly PolicyRule[] | undefined;
  readonly egress: readonly PolicyRule[] | undefined;
  readonly origin: Origin;
}

/** One admission of a policy. */
export interface PolicyRule {
  readonly peers: readonly {
    readonly podLabels: readonly (readonly [string, string])[] | undefined;
    readonly isEveryNamespace: boolean;
  }[];
  readonly ports: readonly { readonly port: string | number; readonly protocol: Protocol }[];
}

/** Paths on hosts that lead to a service (an Ingress). */
export interface EdgeRoute {
  readonly name: string;
  readonly service: string;
  readonly className: Sourced<string> | undefined;
  readonly rules: readonly {
    readonly host: Located<string> | undefined;
    readonly paths: readonly {
      readonly path: Located<string>;
      readonly pathType: 'Prefix' | 'Exact';
      /** Name of the NetworkName. */
      readonly target: string;
      /** Name of its port. */
      readonly port: string;
      readonly origin: Origin;
    }[];
  }[];
  readonly tls: readonly { readonly hosts: readonly Located<string>[]; readonly secret: Located<string> }[];
  readonly annotations: readonly Label[];
  readonly origin: Origin;
}

/** A service account that may read some kinds, for containers that wait. */
export interface WaitAccount {
  readonly name: string;
  readonly service: string;
  readonly resources: readonly ('jobs' | 'pods')[];
  readonly origin: Origin;
}

/** Automatic scaling of a workload. */
export interface Scaler {
  readonly name: string;
  readonly service: string;
  readonly target: 'Deployment' | 'StatefulSet';
  readonly min: Located<number> | undefined;
  readonly max: Located<number>;
  readonly cpu: Located<number> | undefined;
  readonly memory: Located<number> | undefined;
  readonly origin: Origin;
}

/** The decided project. All lists are in the order of the file. */
export interface Plan {
  readonly project: Located<string>;
  readonly namespace: string | undefined;
  readonly createsNamespace: boolean;
  readonly data: readonly DataObject[];
  readonly claims: readonly Claim[];
  readonly persistentVolumes: readonly PersistentVolume[];
  readonly accounts: readonly WaitAccount[];
  readonly names: readonly NetworkName[];
  readonly policies: readonly Policy[];
  readonly workloads: readonly Workload[];
  readonly routes: readonly EdgeRoute[];
  readonly scalers: readonly Scaler[];
}
