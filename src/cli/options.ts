/** Command-line texts to conversion options; what is wrong with them is said in the words of the command line. */

import { InvalidArgumentError } from 'commander';
import { isQuantity, type Options } from '../index.ts';

/** Collects a repeatable option. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** Collects `KEY=VALUE`. */
export function collectPair(value: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const at = value.indexOf('=');
  if (at <= 0 || at === value.length - 1) throw new InvalidArgumentError('write KEY=VALUE.');
  return new Map(before).set(value.slice(0, at), value.slice(at + 1));
}

/** A storage size in Kubernetes notation. */
export function quantity(value: string): string {
  if (!isQuantity(value)) throw new InvalidArgumentError('write a size such as 1Gi or 500Mi.');
  return value;
}

const allowed = ['host-socket', 'host-devices', 'privileged'] as const;

/** Collects `--allow`. */
export function collectAllow(value: string, before: readonly string[]): readonly string[] {
  if (!allowed.some((word) => word === value) && !/^outside-file=./.test(value)) {
    throw new InvalidArgumentError(`write ${allowed.join(', ')} or outside-file=PATH.`);
  }
  return [...before, value];
}

/** What commander hands over for `convert`. */
export interface ConvertFlags {
  readonly file: readonly string[];
  readonly projectName?: string;
  readonly projectDirectory?: string;
  readonly profile: readonly string[];
  readonly envFile: readonly string[];
  readonly out?: string;
  readonly stdout?: true;
  readonly json?: true;
  readonly force?: true;
  readonly report?: string;
  readonly strict?: true;
  readonly drop: readonly string[];
  readonly quiet?: true;
  readonly diagnostics: 'pretty' | 'line' | 'json';
  readonly expose: Options['expose'];
  readonly networkPolicies: Options['networkPolicies'];
  readonly dependsOn: Options['dependsOn'];
  readonly bindMounts: Options['bindMounts'];
  readonly sharedVolumes: Options['sharedVolumes'];
  readonly secrets: Options['secrets'];
  readonly liveness: boolean;
  readonly seedVolumes?: true;
  readonly pvcSize: string;
  readonly waitImage: string;
  readonly kubectlImage: string;
  readonly clusterDomain: string;
  readonly ingressClass?: string;
  readonly registry?: string;
  readonly tag: string;
  readonly namespace?: string;
  readonly createNamespace?: true;
  readonly allow: readonly string[];
  readonly extendedResource: ReadonlyMap<string, string>;
  readonly storageClass: ReadonlyMap<string, string>;
}

/** The options of a run. */
export function optionsOf(flags: ConvertFlags): Options {
  const outside = flags.allow
    .filter((word) => word.startsWith('outside-file='))
    .map((word) => word.slice('outside-file='.length));
  return {
    expose: flags.expose,
    networkPolicies: flags.networkPolicies,
    dependsOn: flags.dependsOn,
    bindMounts: flags.bindMounts,
    sharedVolumes: flags.sharedVolumes,
    secrets: flags.secrets,
    liveness: flags.liveness,
    seedVolumes: flags.seedVolumes === true,
    pvcSize: flags.pvcSize,
    waitImage: flags.waitImage,
    kubectlImage: flags.kubectlImage,
    clusterDomain: flags.clusterDomain,
    ingressClass: flags.ingressClass,
    registry: flags.registry,
    tag: flags.tag,
    namespace: flags.namespace,
    createNamespace: flags.createNamespace === true,
    buildPlan: false,
    allow: new Set(allowed.filter((word) => flags.allow.includes(word))),
    allowOutside: new Set(outside),
    extendedResources: flags.extendedResource,
    storageClasses: flags.storageClass,
  };
}
