/** The checks that an API server makes beyond the schema, and the ones that only a running cluster would make. */

import { identityProblems, metadataProblems, valueProblems } from './kubernetes-metadata.ts';
import { ingressProblems, nodeProblems, policyProblems, serviceProblems } from './kubernetes-network.ts';
import { type Json, type Problems, title } from './kubernetes-object.ts';
import { podProblems } from './kubernetes-pod.ts';
import {
  bindingReferences,
  claimReferences,
  type ObjectSet,
  objectSet,
  scalerReferences,
  templateReferences,
} from './kubernetes-references.ts';
import {
  accessProblems,
  dataProblems,
  scalerProblems,
  storageProblems,
  workloadProblems,
} from './kubernetes-workload.ts';

/** The checks of each kind that runs no pods. */
const CHECKS: Readonly<Record<string, readonly ((object: Json, set: ObjectSet) => Problems)[]>> = {
  ConfigMap: [dataProblems],
  HorizontalPodAutoscaler: [scalerProblems, (object, set) => scalerReferences(set, object)],
  Ingress: [(object, set) => ingressProblems(set, object)],
  NetworkPolicy: [(object, set) => policyProblems(set, object)],
  PersistentVolume: [storageProblems],
  PersistentVolumeClaim: [storageProblems, (object, set) => claimReferences(set, object)],
  Role: [accessProblems],
  RoleBinding: [accessProblems, (object, set) => bindingReferences(set, object)],
  Secret: [dataProblems],
  Service: [(object, set) => serviceProblems(set, object)],
};

function* objectProblems(object: Json, set: ObjectSet): Problems {
  const kind = String(object['kind']);
  yield* metadataProblems(object);
  yield* valueProblems(object['spec'], `${kind} spec`);
  for (const check of CHECKS[kind] ?? []) yield* check(object, set);
}

/**
 * Says what is wrong with a set of objects that are to be applied together, one sentence per problem: `Kind/name: path: what`.
 * Objects are expected to satisfy their schemas; what is not there reads as empty. An empty list means that a cluster with
 * default feature gates takes every object and every pod of it.
 *
 * @param external titles, such as `Secret/registry`, of objects that exist without being in the set
 * @param gates names of feature gates that are switched on although they are off by default
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
export function semanticProblems(
  objects: readonly unknown[],
  external: ReadonlySet<string> = new Set(),
  gates: ReadonlySet<string> = new Set(),
): readonly string[] {
  const set = objectSet(objects, external);
  const problems = [...identityProblems(objects), ...nodeProblems(set)];
  for (const object of set.objects) {
    for (const problem of objectProblems(object, set)) problems.push(`${title(object)}: ${problem}`);
  }
  for (const template of set.templates) {
    const checks = [workloadProblems(template, gates), podProblems(template, gates), templateReferences(set, template)];
    for (const check of checks) for (const problem of check) problems.push(`${title(template.owner)}: ${problem}`);
  }
  return problems;
}
