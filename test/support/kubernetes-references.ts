/** What the objects of one set ask of each other: every name that is written somewhere belongs to something. */

import {
  at,
  containers,
  items,
  type Json,
  list,
  type PodTemplate,
  type Problems,
  podTemplate,
  record,
  selects,
  text,
  title,
} from './kubernetes-object.ts';
import { quantity } from './kubernetes-quantity.ts';

/** All objects of a run, and how to find one. */
export interface ObjectSet {
  readonly objects: readonly Json[];
  readonly templates: readonly PodTemplate[];
  /** The object, or `external` when it is said to exist elsewhere, or undefined. */
  readonly find: (kind: string, name: unknown, namespace: string) => Json | 'external' | undefined;
}

/** Objects that a cluster itself puts into every namespace. */
const ofEveryNamespace: ReadonlySet<string> = new Set(['ConfigMap/kube-root-ca.crt']);

/** Indexes objects; `external` holds titles such as `Secret/registry` of objects that exist without being in the set. */
export function objectSet(objects: readonly unknown[], external: ReadonlySet<string>): ObjectSet {
  const known = objects.map(record);
  const byIdentity = new Map(known.map((object) => [`${namespaceOf(object)} ${title(object)}`, object]));
  return {
    objects: known,
    templates: known.flatMap((object) => podTemplate(object) ?? []),
    find: (kind, name, namespace) =>
      byIdentity.get(`${namespace} ${kind}/${String(name)}`) ??
      ([ofEveryNamespace, external].some((titles) => titles.has(`${kind}/${String(name)}`)) ? 'external' : undefined),
  };
}

/** The namespace that is written on an object; empty when none is. */
export function namespaceOf(object: Json): string {
  return text(at(object, 'metadata.namespace')) ?? '';
}

/** Says when an object that is asked for, or a key of it, is not there. */
export function* absent(
  set: ObjectSet,
  path: string,
  kind: string,
  namespace: string,
  name: unknown,
  key?: unknown,
): Problems {
  const object = set.find(kind, name, namespace);
  if (object === undefined) yield `${path}: there is no ${kind}/${String(name)}`;
  if (object === undefined || object === 'external' || key === undefined) return;
  const keys = ['data', 'binaryData', 'stringData'].flatMap((field) => Object.keys(record(object[field])));
  if (!keys.includes(String(key))) yield `${path}: ${kind}/${String(name)} has no key ${String(key)}`;
}

function* environmentReferences(set: ObjectSet, template: PodTemplate): Problems {
  for (const { item: container, path } of containers(template.spec)) {
    const where = `${template.path}.spec.${path}`;
    for (const { item: variable, path: at_ } of items(container, 'env')) {
      for (const [field, kind] of [
        ['configMapKeyRef', 'ConfigMap'],
        ['secretKeyRef', 'Secret'],
      ] as const) {
        const reference = at(variable, `valueFrom.${field}`);
        if (reference === undefined || at(reference, 'optional') === true) continue;
        yield* absent(set, `${where}.${at_}`, kind, template.namespace, at(reference, 'name'), at(reference, 'key'));
      }
    }
    for (const { item: source, path: at_ } of items(container, 'envFrom')) {
      for (const [field, kind] of [
        ['configMapRef', 'ConfigMap'],
        ['secretRef', 'Secret'],
      ] as const) {
        const reference = source[field];
        if (reference === undefined || at(reference, 'optional') === true) continue;
        yield* absent(set, `${where}.${at_}`, kind, template.namespace, at(reference, 'name'));
      }
    }
  }
}

/** The paths that appear in a volume made of a ConfigMap or Secret; undefined when nobody here can know. */
function filesOf(set: ObjectSet, source: unknown, kind: string, namespace: string): readonly string[] | undefined {
  const chosen = items(source, 'items').flatMap(({ item }) => text(item['path']) ?? []);
  if (chosen.length > 0) return chosen;
  const object = set.find(kind, at(source, 'name') ?? at(source, 'secretName'), namespace);
  if (object === undefined || object === 'external') return undefined;
  return ['data', 'binaryData', 'stringData'].flatMap((field) => Object.keys(record(object[field])));
}

function* volumeReferences(set: ObjectSet, template: PodTemplate): Problems {
  const { namespace } = template;
  for (const { item: volume, path } of items(template.spec, 'volumes')) {
    const where = `${template.path}.spec.${path}`;
    const claim = volume['persistentVolumeClaim'];
    if (claim !== undefined) yield* absent(set, where, 'PersistentVolumeClaim', namespace, at(claim, 'claimName'));
    const projected = items(volume['projected'], 'sources').map((entry) => entry.item);
    for (const source of [volume, ...projected]) {
      for (const [field, kind] of [
        ['configMap', 'ConfigMap'],
        ['secret', 'Secret'],
      ] as const) {
        const wanted = source[field];
        if (wanted === undefined || at(wanted, 'optional') === true) continue;
        const name = at(wanted, 'name') ?? at(wanted, 'secretName');
        yield* absent(set, where, kind, namespace, name);
        if (set.find(kind, name, namespace) === undefined) continue;
        for (const { item } of items(wanted, 'items')) yield* absent(set, where, kind, namespace, name, item['key']);
      }
    }
    yield* subPathProblems(set, template, volume);
  }
}

/** A subPath that is not in a ConfigMap or Secret makes an empty directory where a file was meant. */
function* subPathProblems(set: ObjectSet, template: PodTemplate, volume: Json): Problems {
  const kind = volume['configMap'] !== undefined ? 'ConfigMap' : 'Secret';
  const source = volume['configMap'] ?? volume['secret'];
  const files = source === undefined ? undefined : filesOf(set, source, kind, template.namespace);
  if (files === undefined) return;
  for (const { item: container, path } of containers(template.spec)) {
    for (const { item: mount, path: where } of items(container, 'volumeMounts')) {
      const subPath = text(mount['subPath']);
      if (mount['name'] !== volume['name'] || subPath === undefined) continue;
      if (files.some((file) => file === subPath || file.startsWith(`${subPath}/`))) continue;
      yield `${template.path}.spec.${path}.${where}.subPath: ${subPath} is not in the volume`;
    }
  }
}

/** Says what a pod template names and the set does not have. Pull secrets are always made elsewhere. */
export function* templateReferences(set: ObjectSet, template: PodTemplate): Problems {
  yield* environmentReferences(set, template);
  yield* volumeReferences(set, template);
  const account = text(template.spec['serviceAccountName']) ?? 'default';
  if (account !== 'default')
    yield* absent(set, `${template.path}.spec.serviceAccountName`, 'ServiceAccount', template.namespace, account);
  if (template.kind !== 'StatefulSet') return;
  const name = at(template.owner, 'spec.serviceName');
  if (name === undefined) return;
  yield* absent(set, 'spec.serviceName', 'Service', template.namespace, name);
  const service = set.find('Service', name, template.namespace);
  if (service === undefined || service === 'external') return;
  if (!selects(at(service, 'spec.selector'), template.labels))
    yield `spec.serviceName: Service/${String(name)} does not select the pods`;
}

/** Says when an autoscaler's workload is missing or gives no request to measure by. */
export function* scalerReferences(set: ObjectSet, scaler: Json): Problems {
  const { kind, name, apiVersion } = record(at(scaler, 'spec.scaleTargetRef'));
  yield* absent(set, 'spec.scaleTargetRef', String(kind), namespaceOf(scaler), name);
  if (apiVersion !== 'apps/v1') yield `spec.scaleTargetRef.apiVersion: ${String(apiVersion)} is not apps/v1`;
  const workload = set.find(String(kind), name, namespaceOf(scaler));
  const template = workload === 'external' ? undefined : podTemplate(workload);
  if (template === undefined) return;
  for (const { item: metric, path } of items(scaler, 'spec.metrics')) {
    const resource = String(at(metric, 'resource.name'));
    if (at(metric, 'resource.target.type') !== 'Utilization') continue;
    for (const { item: container } of containers(template.spec).filter(({ isLasting }) => isLasting)) {
      const isMeasurable = [at(container, 'resources.requests'), at(container, 'resources.limits')].some(
        (side) => record(side)[resource] !== undefined,
      );
      if (!isMeasurable) yield `${path}: container ${String(container['name'])} requests no ${resource}`;
    }
  }
}

/** Says when a binding grants a role that is not there, or to an account that is not there. */
export function* bindingReferences(set: ObjectSet, binding: Json): Problems {
  const namespace = namespaceOf(binding);
  const { kind, name } = record(binding['roleRef']);
  if (kind === 'Role') yield* absent(set, 'roleRef', 'Role', namespace, name);
  for (const { item: subject, path } of items(binding, 'subjects')) {
    if (subject['kind'] !== 'ServiceAccount' || subject['name'] === 'default') continue;
    yield* absent(set, path, 'ServiceAccount', text(subject['namespace']) ?? namespace, subject['name']);
  }
}

/** Says when a claim names a volume that is not there or that can never be bound to it. */
export function* claimReferences(set: ObjectSet, claim: Json): Problems {
  const spec = record(claim['spec']);
  if (spec['volumeName'] === undefined) return;
  yield* absent(set, 'spec.volumeName', 'PersistentVolume', '', spec['volumeName']);
  const volume = set.find('PersistentVolume', spec['volumeName'], '');
  if (volume === undefined || volume === 'external') return;
  const [asked, offered] = [at(spec, 'resources.requests.storage'), at(volume, 'spec.capacity.storage')];
  if ((quantity(asked) ?? 0) > (quantity(offered) ?? 0))
    yield `spec.volumeName: the volume has ${String(offered)}, the claim asks for ${String(asked)}`;
  const modes = list(at(volume, 'spec.accessModes'));
  if (!list(spec['accessModes']).every((mode) => modes.includes(mode)))
    yield 'spec.volumeName: the volume has other accessModes';
  if ((spec['storageClassName'] ?? null) !== (at(volume, 'spec.storageClassName') ?? ''))
    yield 'spec.volumeName: the volume has another storageClassName';
}
