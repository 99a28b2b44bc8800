/** What a run can be asked for. Every option has the name of its command-line flag; every default is the flag's default. */

/** How published ports are offered to the outside. */
export type Expose = 'none' | 'loadbalancer' | 'nodeport' | 'ingress';

/** The choices that rules, passes and emitters look at. */
export interface Options {
  /** `--expose`: what a published port becomes beyond the ClusterIP Service. */
  readonly expose: Expose;
  /** `--network-policies`: `auto` writes policies only where the file separates services. */
  readonly networkPolicies: 'auto' | 'always' | 'never';
  /** `--depends-on`: `init` waits in init containers, `order` only orders the objects, `none` does neither. */
  readonly dependsOn: 'init' | 'order' | 'none';
  /** `--bind-mounts`: `auto` decides by what lies at the source. */
  readonly bindMounts: 'auto' | 'pvc' | 'hostpath' | 'skip';
  /** `--shared-volumes`: how a named volume of several services is shared. */
  readonly sharedVolumes: 'affinity' | 'rwx';
  /** `--secrets`: `external` writes references only and prints the kubectl lines. */
  readonly secrets: 'inline' | 'external';
  /** `--no-liveness` sets this to false. */
  readonly liveness: boolean;
  /** `--seed-volumes`: copy the image's files into new claims. */
  readonly seedVolumes: boolean;
  /** `--pvc-size`: storage request of claims that say no size, as a Kubernetes quantity. */
  readonly pvcSize: string;
  /** `--wait-image`: image of the containers that wait for a dependency. */
  readonly waitImage: string;
  /** `--kubectl-image`: image of the containers that wait for a Job. */
  readonly kubectlImage: string;
  /** `--cluster-domain`. */
  readonly clusterDomain: string;
  /** `--ingress-class`. */
  readonly ingressClass: string | undefined;
  /** `--registry`: put in front of the names of images that are built. */
  readonly registry: string | undefined;
  /** `--tag` of images that are built and have no `image`. */
  readonly tag: string;
  /** `-n`, `--namespace`: written on every namespaced object when given. */
  readonly namespace: string | undefined;
  /** `--create-namespace`: also write the Namespace. */
  readonly createNamespace: boolean;
  /** `--build-plan`: also write docker-bake.json. */
  readonly buildPlan: boolean;
  /** `--allow`: dangerous things that were asked for by name. */
  readonly allow: ReadonlySet<'host-socket' | 'host-devices' | 'privileged'>;
  /** `--allow outside-file=PATH`: paths outside the project that may be read, absolute or seen from the project. */
  readonly allowOutside: ReadonlySet<string>;
  /** `--extended-resource KEY=vendor.com/name`. */
  readonly extendedResources: ReadonlyMap<string, string>;
  /** `--storage-class DRIVER=CLASS`. */
  readonly storageClasses: ReadonlyMap<string, string>;
}

/** The options of a run that asks for nothing special. */
export const defaultOptions: Options = {
  expose: 'none',
  networkPolicies: 'auto',
  dependsOn: 'init',
  bindMounts: 'auto',
  sharedVolumes: 'affinity',
  secrets: 'inline',
  liveness: true,
  seedVolumes: false,
  pvcSize: '1Gi',
  waitImage: 'busybox:1.37',
  kubectlImage: 'registry.k8s.io/kubectl:v1.34.1',
  clusterDomain: 'cluster.local',
  ingressClass: undefined,
  registry: undefined,
  tag: 'latest',
  namespace: undefined,
  createNamespace: false,
  buildPlan: false,
  allow: new Set(),
  allowOutside: new Set(),
  extendedResources: new Map(),
  storageClasses: new Map(),
};
