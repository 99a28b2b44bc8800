/** All objects in one YAML stream: what `kubectl apply -f -` reads. */

import type { Resource } from '../model/resource.ts';
import type { Artifact } from './artifact.ts';
import { marker } from './directory.ts';
import { yamlText } from './yaml.ts';

/**
 * Writes one artifact with a document for each object, in their order. A file begins with the marker; standard output, whose
 * path is `-`, does not.
 */
export function writeStream(resources: readonly Resource[], path: string): readonly [Artifact] {
  const text = resources.map(({ object }) => yamlText(object)).join('---\n');
  return [{ path, text: path === '-' ? text : `${marker}\n${text}` }];
}
