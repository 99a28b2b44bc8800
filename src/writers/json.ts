/** All objects in one JSON list: for programs that read no YAML. */

import type { Resource } from '../model/resource.ts';
import type { Artifact } from './artifact.ts';

/** Writes one artifact that holds a `List`, which `kubectl apply -f` takes apart in order. */
export function writeJson(resources: readonly Resource[], path: string): readonly [Artifact] {
  const list = { apiVersion: 'v1', kind: 'List', items: resources.map(({ object }) => object) };
  return [{ path, text: `${JSON.stringify(list, null, 2)}\n` }];
}
