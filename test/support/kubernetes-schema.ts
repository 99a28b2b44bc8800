/** Checks one Kubernetes object against the published schema of its kind, strictly: no unknown field, no null, no wrong type. */

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What ajv leaves on a validator that it compiled. */
interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A validator compiled by ajv in `allErrors` mode. */
interface Validator {
  (data: unknown): boolean;
  readonly errors: readonly SchemaError[] | null;
}

/** The module of each kind; kubernetes-models ships compiled validators there, not JSON schemas. */
const MODULES: ReadonlyMap<string, string> = new Map([
  ['v1 ConfigMap', 'IoK8sApiCoreV1ConfigMap'],
  ['v1 Namespace', 'IoK8sApiCoreV1Namespace'],
  ['v1 PersistentVolume', 'IoK8sApiCoreV1PersistentVolume'],
  ['v1 PersistentVolumeClaim', 'IoK8sApiCoreV1PersistentVolumeClaim'],
  ['v1 Secret', 'IoK8sApiCoreV1Secret'],
  ['v1 Service', 'IoK8sApiCoreV1Service'],
  ['v1 ServiceAccount', 'IoK8sApiCoreV1ServiceAccount'],
  ['apps/v1 DaemonSet', 'IoK8sApiAppsV1DaemonSet'],
  ['apps/v1 Deployment', 'IoK8sApiAppsV1Deployment'],
  ['apps/v1 StatefulSet', 'IoK8sApiAppsV1StatefulSet'],
  ['autoscaling/v2 HorizontalPodAutoscaler', 'IoK8sApiAutoscalingV2HorizontalPodAutoscaler'],
  ['batch/v1 CronJob', 'IoK8sApiBatchV1CronJob'],
  ['batch/v1 Job', 'IoK8sApiBatchV1Job'],
  ['networking.k8s.io/v1 Ingress', 'IoK8sApiNetworkingV1Ingress'],
  ['networking.k8s.io/v1 NetworkPolicy', 'IoK8sApiNetworkingV1NetworkPolicy'],
  ['rbac.authorization.k8s.io/v1 Role', 'IoK8sApiRbacV1Role'],
  ['rbac.authorization.k8s.io/v1 RoleBinding', 'IoK8sApiRbacV1RoleBinding'],
]);

/**
 * Fields of Kubernetes v1.37 that longshore may write and that kubernetes-models 4.5.1 (the schema of v1.33) does not know.
 * Found by reading every field of v1.37's swagger.json through the validators; the other newcomers are never written.
 */
const NEWER_FIELDS: readonly {
  readonly pointer: RegExp;
  readonly fits: (value: unknown) => boolean;
  readonly type: string;
}[] = [
  // Alpha in v1.34, on since v1.35, stable in v1.37.
  { pointer: /\/template\/spec\/hostnameOverride$/, fits: (value) => typeof value === 'string', type: 'string' },
  // Alpha in v1.37, gate EmptyDirVolumeMode.
  { pointer: /\/template\/spec\/volumes\/\d+\/emptyDir\/mode$/, fits: Number.isInteger, type: 'integer' },
  // Alpha in v1.37, gate VolumeBindMountOptions.
  {
    pointer: /\/template\/spec\/(?:initC|c)ontainers\/\d+\/volumeMounts\/\d+\/bindMountOptions$/,
    fits: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
    type: 'list of strings',
  },
];

const require = createRequire(import.meta.url);
// The package exports only classes, which copy their input; the validators themselves lie beside them.
const schemas = join(dirname(require.resolve('kubernetes-models/package.json')), '_schemas');

function step(pointer: string, key: string): string {
  return `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Says which parts of a value JSON cannot carry or a server would read as absent. */
function* nonJson(value: unknown, pointer: string): Iterable<string> {
  if (value === null) yield `${pointer} is null`;
  else if (value === undefined) yield `${pointer} is undefined`;
  else if (typeof value === 'number' && !Number.isFinite(value)) yield `${pointer} is ${value}`;
  else if (typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null)
      yield `${pointer} is no plain object`;
    for (const [key, part] of Object.entries(value)) yield* nonJson(part, step(pointer, key));
  } else if (!['string', 'number', 'boolean'].includes(typeof value)) yield `${pointer} is a ${typeof value}`;
}

/** A view of a value that notes the pointer of everything that is read through it. */
function recorded(value: unknown, pointer: string, reads: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key, receiver) {
      const part: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return part;
      reads.add(step(pointer, key));
      return recorded(part, step(pointer, key), reads);
    },
  });
}

/**
 * The validators are compiled without `additionalProperties: false` and there is no schema left to compile anew, but they read
 * every property they know, always, and every key of a map. So what was never read is not in the schema.
 */
function* unread(value: unknown, pointer: string, reads: ReadonlySet<string>): Iterable<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const inner = step(pointer, key);
    if (reads.has(inner)) yield* unread(part, inner, reads);
    else {
      const newer = NEWER_FIELDS.find((field) => field.pointer.test(inner));
      if (newer === undefined) yield `${inner} is an unknown field`;
      else if (!newer.fits(part)) yield `${inner} must be ${newer.type}`;
    }
  }
}

function describe(error: SchemaError): string {
  const where = error.instancePath || 'the object';
  const missing = error.params['missingProperty'];
  if (typeof missing === 'string') return `${where} must have ${missing}`;
  const what = error.params['type'] ?? error.params['format'] ?? error.params['allowedValues'];
  return what === undefined ? `${where} ${error.message ?? error.keyword}` : `${where} must be ${String(what)}`;
}

/** Keeps the outcome of a `oneOf`, and not what each of its branches would have liked better. */
function* summaries(errors: readonly SchemaError[]): Iterable<string> {
  const branched = new Set(errors.filter(({ keyword }) => keyword === 'oneOf').map(({ instancePath }) => instancePath));
  for (const path of branched) {
    const wishes = errors.filter((error) => error.instancePath === path && error.keyword !== 'oneOf');
    yield `${path} must be ${[...new Set(wishes.map(({ params }) => String(params['format'] ?? params['type'])))].join(' or ')}`;
  }
  yield* errors.filter(({ instancePath }) => !branched.has(instancePath)).map(describe);
}

/**
 * Says what is wrong with an object according to the schema of its kind, one sentence per problem, each beginning with a JSON
 * pointer; an empty list means valid. A kind that longshore does not write is a problem too.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
export function validate(object: unknown): readonly string[] {
  const broken = [...nonJson(object, '')];
  if (broken.length > 0) return broken;
  const { apiVersion, kind } = Object(object) as Readonly<Record<string, unknown>>;
  const module = MODULES.get(`${String(apiVersion)} ${String(kind)}`);
  if (module === undefined) return [`no schema for ${String(apiVersion)} ${String(kind)}`];
  const { validate: check } = require(join(schemas, `${module}.js`)) as { readonly validate: Validator };
  // A copy, since a proxy may not show other parts than those of a frozen object.
  const plain: unknown = structuredClone(object);
  const reads = new Set<string>();
  const isValid = check(recorded(plain, '', reads));
  return [...new Set([...(isValid ? [] : summaries(check.errors ?? [])), ...unread(plain, '', reads)])].sort();
}
