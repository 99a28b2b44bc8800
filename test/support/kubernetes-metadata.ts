/** What an API server asks of names, labels, annotations and fixed vocabularies. The patterns are its own, not those of src/. */

import { at, type Json, labels, list, type Problems, record, repeated, text, title } from './kubernetes-object.ts';
import { quantity } from './kubernetes-quantity.ts';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const OLD_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const PORT_NAME = /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const ANNOTATIONS_SIZE = 256 * 1024;

/** Whether a text is a DNS-1123 label. */
export function isLabel(name: string): boolean {
  return name.length <= 63 && LABEL.test(name);
}

/** Whether a text is a DNS-1123 subdomain. */
export function isSubdomain(name: string): boolean {
  return name.length <= 253 && SUBDOMAIN.test(name);
}

/** Whether a text is a port name (IANA_SVC_NAME). */
export function isPortName(name: string): boolean {
  return name.length <= 15 && PORT_NAME.test(name);
}

/** Whether a text is a key of a label or annotation. */
export function isQualified(name: string): boolean {
  const [local = '', prefix, ...rest] = name.split('/').reverse();
  return (
    rest.length === 0 && (prefix === undefined || isSubdomain(prefix)) && local.length <= 63 && QUALIFIED.test(local)
  );
}

function isLabelValue(value: string): boolean {
  return value === '' || (value.length <= 63 && QUALIFIED.test(value));
}

/** Says which keys and values cannot be labels. */
export function* labelProblems(path: string, value: unknown): Problems {
  for (const [key, label] of labels(value)) {
    if (!isQualified(key)) yield `${path}: ${key} is no label key`;
    if (!isLabelValue(label)) yield `${path}: ${label} is no value for label ${key}`;
  }
}

/** Says which labels of a `matchLabels` and `matchExpressions` selector are wrong. */
export function* selectorProblems(path: string, selector: unknown): Problems {
  yield* labelProblems(`${path}.matchLabels`, at(selector, 'matchLabels'));
  for (const [index, expression] of list(at(selector, 'matchExpressions')).entries()) {
    const { key, operator, values } = record(expression);
    const where = `${path}.matchExpressions[${index}]`;
    if (!isQualified(String(key))) yield `${where}: ${String(key)} is no label key`;
    const takesValues = operator === 'In' || operator === 'NotIn';
    if (!takesValues && operator !== 'Exists' && operator !== 'DoesNotExist')
      yield `${where}: ${String(operator)} is no operator`;
    else if (takesValues !== list(values).length > 0) yield `${where}: values do not fit operator ${String(operator)}`;
    yield* list(values)
      .filter((value) => !isLabelValue(String(value)))
      .map((value) => `${where}: ${String(value)} is no label value`);
  }
}

/** The longest name whose children still get legal names and labels, where that is shorter than the kind's own limit. */
const NAME_LIMITS: Readonly<Record<string, number>> = {
  // A Job is called <name>-<8 digits of the minute> or longer.
  CronJob: 52,
  // Pods carry the label batch.kubernetes.io/job-name.
  Job: 63,
  // Pods carry the label controller-revision-hash: <name>-<10 characters>; the set is accepted and its pods are refused.
  StatefulSet: 52,
};

function nameProblem(kind: string, name: string): string | undefined {
  if (kind === 'Service') return name.length <= 63 && OLD_LABEL.test(name) ? undefined : 'is no DNS-1035 label';
  if (kind === 'Namespace') return isLabel(name) ? undefined : 'is no DNS-1123 label';
  if (kind === 'Role' || kind === 'RoleBinding')
    return /^\.{1,2}$|[/%]|^$/.test(name) ? 'is no path segment' : undefined;
  const limit = NAME_LIMITS[kind];
  if (limit !== undefined && name.length > limit) return `is longer than ${limit} characters`;
  return isSubdomain(name) ? undefined : 'is no DNS-1123 subdomain';
}

/** Checks the name, namespace, labels and annotations of one object. */
export function* metadataProblems(object: Json): Problems {
  const kind = text(object['kind']) ?? '';
  const { name, namespace, annotations } = record(object['metadata']);
  const wrong = nameProblem(kind, text(name) ?? '');
  if (wrong !== undefined) yield `metadata.name: ${String(name)} ${wrong}`;
  const isCluster = kind === 'Namespace' || kind === 'PersistentVolume';
  if (isCluster && namespace !== undefined) yield `metadata.namespace: a ${kind} has none`;
  if (namespace !== undefined && !isLabel(String(namespace)))
    yield `metadata.namespace: ${String(namespace)} is no DNS-1123 label`;
  yield* labelProblems('metadata.labels', at(object, 'metadata.labels'));
  yield* annotationProblems('metadata.annotations', annotations);
}

/** Says which keys cannot be annotations, and whether all of them are too much. */
export function* annotationProblems(path: string, value: unknown): Problems {
  const entries = [...labels(value)];
  for (const [key] of entries) if (!isQualified(key.toLowerCase())) yield `${path}: ${key} is no annotation key`;
  const size = entries.reduce((sum, [key, annotation]) => sum + Buffer.byteLength(key + annotation), 0);
  if (size > ANNOTATIONS_SIZE) yield `${path}: ${size} bytes are more than ${ANNOTATIONS_SIZE}`;
}

/** Says which objects have the identity of an earlier one. */
export function identityProblems(objects: readonly unknown[]): Problems {
  const identity = (object: unknown) => {
    const group = String(at(object, 'apiVersion')).replace(/\/?[^/]*$/, '');
    return `${title(object)} of group "${group}" in namespace "${text(at(object, 'metadata.namespace')) ?? ''}"`;
  };
  return repeated(
    objects.map((object, index) => [`${title(object)}: object ${index}`, identity(object)]),
    'identity',
  );
}

/** Fields with a fixed vocabulary, which the schema takes for any string; told by the end of their path. */
const VOCABULARIES: readonly (readonly [end: RegExp, words: string])[] = [
  [/\.accessModes\[\d+]$/, 'ReadWriteOnce ReadOnlyMany ReadWriteMany ReadWriteOncePod'],
  [/\.appArmorProfile\.type$/, 'RuntimeDefault Localhost Unconfined'],
  [/\.completionMode$/, 'NonIndexed Indexed'],
  [/\.concurrencyPolicy$/, 'Allow Forbid Replace'],
  [/\.dnsPolicy$/, 'ClusterFirst ClusterFirstWithHostNet Default None'],
  [/\.emptyDir\.medium$/, 'Memory HugePages HugePages-1Gi HugePages-2Mi'],
  [/\.externalTrafficPolicy$/, 'Cluster Local'],
  [/\.hostPath\.type$/, 'DirectoryOrCreate Directory FileOrCreate File Socket CharDevice BlockDevice'],
  [/\.httpGet\.scheme$/, 'HTTP HTTPS'],
  [/\.imagePullPolicy$/, 'Always IfNotPresent Never'],
  [/\.matchExpressions\[\d+]\.operator$/, 'In NotIn Exists DoesNotExist Gt Lt'],
  [/\.pathType$/, 'Exact Prefix ImplementationSpecific'],
  [/\.persistentVolumeReclaimPolicy$/, 'Retain Delete Recycle'],
  [/\.podManagementPolicy$/, 'OrderedReady Parallel'],
  [/\.policyTypes\[\d+]$/, 'Ingress Egress'],
  [/\.procMount$/, 'Default Unmasked'],
  [/\.protocol$/, 'TCP UDP SCTP'],
  [/\.pullPolicy$/, 'Always IfNotPresent Never'],
  [/\.restartPolicy$/, 'Always OnFailure Never'],
  [/\.seccompProfile\.type$/, 'RuntimeDefault Localhost Unconfined'],
  [/\.sessionAffinity$/, 'None ClientIP'],
  [/\.terminationMessagePolicy$/, 'File FallbackToLogsOnError'],
  [/\.tolerations\[\d+]\.effect$/, 'NoSchedule PreferNoSchedule NoExecute'],
  [/\.topologySpreadConstraints\[\d+]\.whenUnsatisfiable$/, 'DoNotSchedule ScheduleAnyway'],
  [/\.volumeMode$/, 'Filesystem Block'],
  [/^Deployment spec\.strategy\.type$/, 'Recreate RollingUpdate'],
  [/^Service spec\.type$/, 'ClusterIP NodePort LoadBalancer ExternalName'],
  [/^StatefulSet spec\.updateStrategy\.type$/, 'RollingUpdate OnDelete Recreate'],
  [/^DaemonSet spec\.updateStrategy\.type$/, 'RollingUpdate OnDelete'],
];

/** Fields that only count and never below zero; told by the end of their path. */
const COUNT =
  /(?:Seconds|Threshold|[rR]eplicas|[lL]imit|Limit|parallelism|completions|partition|runAs(?:User|Group)|fsGroup)$/;

/** Places of quantities; the schema lets pass units, such as `1h`, that the API server does not know. */
const QUANTITY =
  /\.(?:(?:limits|requests|capacity|default|min|max)\.[^.]+|sizeLimit|divisor|averageValue|target\.value)$/;

/** Modes of files and directories, decimal in JSON. */
const MODE = /\.(?:defaultMode|items\[\d+]\.mode)$/;

/** Maps whose keys and values are the user's, so that no rule about fields applies inside. */
const FREE =
  /\.(?:labels|annotations|matchLabels|selector|nodeSelector|data|stringData|binaryData|volumeAttributes|options)$/;

function* scalarProblems(path: string, value: unknown): Problems {
  const words = VOCABULARIES.find(([end]) => end.test(path))?.[1];
  const field = path.slice(path.indexOf(' ') + 1);
  if (words !== undefined && !words.split(' ').includes(String(value)))
    yield `${field}: ${String(value)} is none of ${words}`;
  if (typeof value === 'number' && value < 0 && COUNT.test(path)) yield `${field}: ${value} is below zero`;
  if (QUANTITY.test(path) && quantity(value) === undefined) yield `${field}: ${String(value)} is no quantity`;
  if (QUANTITY.test(path) && (quantity(value) ?? 0) < 0) yield `${field}: ${String(value)} is below zero`;
  if (MODE.test(path) && !(Number(value) >= 0 && Number(value) <= 0o777))
    yield `${field}: ${String(value)} is no mode up to 0777`;
}

/** Checks every scalar of an object for what its field alone forbids: vocabularies, counts, quantities, modes. */
export function* valueProblems(value: unknown, path: string): Problems {
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* valueProblems(item, `${path}[${index}]`);
  else if (typeof value !== 'object' || value === null) yield* scalarProblems(path, value);
  else if (!FREE.test(path)) {
    for (const [key, part] of Object.entries(value))
      yield* valueProblems(part, path.endsWith(' ') ? path + key : `${path}.${key}`);
  }
}
