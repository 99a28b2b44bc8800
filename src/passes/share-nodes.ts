/** Finds for pods that must share a node the one beside which the others are placed. */

import type { Origin } from '../kernel/located.ts';

/** Pods that mount one storage of a single node, in the order of preference. */
export interface Tie {
  readonly pods: readonly string[];
  /** The mount that ties a pod. */
  readonly originOf: ReadonlyMap<string, Origin>;
}

/** The service beside whose pod another one must run. */
export interface Neighbour {
  readonly service: string;
  readonly origin: Origin;
}

function findRoot(parents: Map<string, string>, pod: string): string {
  let root = pod;
  for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
  for (let at = pod; at !== root; ) {
    const next = parents.get(at) ?? root;
    parents.set(at, root);
    at = next;
  }
  return root;
}

/**
 * Pods tied together, also through others, get one anchor: the most preferred pod that `canAnchor`. All others go beside it; two
 * pods that each wait for the other to be placed would never run.
 */
export function shareNodes(
  ties: readonly Tie[],
  canAnchor: (pod: string) => boolean,
): ReadonlyMap<string, readonly Neighbour[]> {
  const parents = new Map<string, string>();
  for (const { pods } of ties) {
    const [first] = pods;
    if (first === undefined) continue;
    for (const pod of pods) parents.set(findRoot(parents, pod), findRoot(parents, first));
  }
  const anchors = new Map<string, string>();
  for (const { pods } of ties) {
    for (const pod of pods) {
      const root = findRoot(parents, pod);
      if (canAnchor(pod) && !anchors.has(root)) anchors.set(root, pod);
    }
  }
  const neighbours = new Map<string, readonly Neighbour[]>();
  for (const { pods, originOf } of ties) {
    for (const pod of pods) {
      const anchor = anchors.get(findRoot(parents, pod));
      const origin = originOf.get(pod);
      if (anchor !== undefined && anchor !== pod && origin !== undefined && !neighbours.has(pod))
        neighbours.set(pod, [{ service: anchor, origin }]);
    }
  }
  return neighbours;
}
