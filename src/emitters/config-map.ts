/** ConfigMap: files and variables that are no secret. */

import type { IConfigMap } from 'kubernetes-models/v1';
import { decodeUtf8, encodeBase64 } from '../kernel/base64.ts';
import { derive, type Located } from '../kernel/located.ts';
import type { DataObject } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource } from '../model/resource.ts';
import type { Context } from './context.ts';
import { unlessEmpty } from './leave-out.ts';
import { metadata } from './metadata.ts';

/** A ConfigMap: what is text stays readable under `data`, what is not goes to `binaryData`. */
export function configMap(object: DataObject, context: Context): Resource {
  const text: [string, Located<string>][] = [];
  const binary: [string, Located<string>][] = [];
  for (const { key, data } of object.items) {
    const decoded = decodeUtf8(data.value);
    if (decoded === undefined) binary.push([key, derive(data, encodeBase64(data.value))]);
    else text.push([key, derive(data, decoded)]);
  }
  return resource<IConfigMap & KubernetesObject>(
    from(object.origin, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata(object, context),
      immutable: object.isImmutable || undefined,
      data: unlessEmpty(Object.fromEntries(text)),
      binaryData: unlessEmpty(Object.fromEntries(binary)),
    }),
  );
}
