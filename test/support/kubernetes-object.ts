/** Reads Kubernetes objects of which nothing is known yet: what is not there reads as empty. */

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** Sentences, each beginning with a path inside the object it is about. */
export type Problems = Iterable<string>;

/** The value as an object; empty when it is none. */
export function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The value as a list; empty when it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text; undefined when it is none. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The part at keys joined by dots; keys that themselves hold dots are not reached. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, key) => record(part)[key], value);
}

/** The items of the list at a path, as objects, each with its own path. */
export function items(value: unknown, path: string): readonly { readonly item: Json; readonly path: string }[] {
  return list(at(value, path)).map((item, index) => ({ item: record(item), path: `${path}[${index}]` }));
}

/** Puts a path in front of problems that were found further in. */
export function* under(path: string, problems: Problems): Problems {
  for (const problem of problems) yield `${path}.${problem}`;
}

/** Says each key that comes a second time; entries without a key are left alone. */
export function* repeated(entries: Iterable<readonly [path: string, key: string | undefined]>, what: string): Problems {
  const first = new Map<string, string>();
  for (const [path, key] of entries) {
    if (key === undefined) continue;
    const before = first.get(key);
    if (before === undefined) first.set(key, path);
    else yield `${path}: ${what} ${key} is taken by ${before}`;
  }
}

/** A label map, keeping only what is text. */
export function labels(value: unknown): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(record(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Whether labels satisfy every equality of a selector; an empty selector is satisfied by all. */
export function selects(selector: unknown, target: ReadonlyMap<string, string>): boolean {
  return [...labels(selector)].every(([key, value]) => target.get(key) === value);
}

/** How a problem names its object: `Deployment/web`. */
export function title(object: unknown): string {
  return `${text(at(object, 'kind')) ?? '?'}/${text(at(object, 'metadata.name')) ?? '?'}`;
}

/** A pod as some workload will create it. */
export interface PodTemplate {
  readonly owner: Json;
  readonly kind: string;
  readonly namespace: string;
  /** Path of the template in its owner. */
  readonly path: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly spec: Json;
  /** Names of volumes that the owner adds to each pod. */
  readonly claimed: readonly string[];
}

const TEMPLATE_PATHS: Readonly<Record<string, string>> = {
  CronJob: 'spec.jobTemplate.spec.template',
  DaemonSet: 'spec.template',
  Deployment: 'spec.template',
  Job: 'spec.template',
  StatefulSet: 'spec.template',
};

/** The pod template of a workload; undefined for every other kind. */
export function podTemplate(object: unknown): PodTemplate | undefined {
  const kind = text(at(object, 'kind')) ?? '';
  const path = TEMPLATE_PATHS[kind];
  if (path === undefined) return undefined;
  return {
    owner: record(object),
    kind,
    path,
    namespace: text(at(object, 'metadata.namespace')) ?? '',
    labels: labels(at(object, `${path}.metadata.labels`)),
    spec: record(at(object, `${path}.spec`)),
    claimed: items(object, 'spec.volumeClaimTemplates').flatMap(({ item }) => text(at(item, 'metadata.name')) ?? []),
  };
}

/** A container of a pod template. */
export interface Container {
  readonly item: Json;
  /** Path inside the pod's spec. */
  readonly path: string;
  /** Runs as long as the pod does: no init container, or one that restarts (a sidecar). */
  readonly isLasting: boolean;
}

/** All containers of a pod, in the order in which they start. */
export function containers(spec: Json): readonly Container[] {
  return [
    ...items(spec, 'initContainers').map((entry) => ({
      ...entry,
      isLasting: entry.item['restartPolicy'] === 'Always',
    })),
    ...items(spec, 'containers').map((entry) => ({ ...entry, isLasting: true })),
  ];
}
