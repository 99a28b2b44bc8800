/** What an API server asks of the objects that run pods, and of the objects that hold data and storage, each by itself. */

import { isLabel, isSubdomain, selectorProblems } from './kubernetes-metadata.ts';
import {
  at,
  items,
  type Json,
  labels,
  list,
  type PodTemplate,
  type Problems,
  record,
  selects,
  text,
  under,
} from './kubernetes-object.ts';
import { claimProblems } from './kubernetes-pod.ts';
import { quantity } from './kubernetes-quantity.ts';

const MAX_DATA = 1024 * 1024;
const CRON_FIELD = /^[-*/,?0-9A-Za-z]+$/;
/** Least and greatest number of each field; Sunday is 0 and never 7. */
const CRON_RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;
const CRON_MACRO = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every .+)$/;
const CLAIM_OWNED =
  /^(?:accessModes|capacity|claimRef|mountOptions|nodeAffinity|persistentVolumeReclaimPolicy|storageClassName|volumeMode|volumeAttributesClassName)$/;

/** A count or a percentage as a number that is 0 exactly when the value means none. */
function share(value: unknown): number {
  return typeof value === 'number' ? value : Number.parseInt(String(value), 10);
}

function* shareProblems(path: string, values: Json): Problems {
  for (const [field, value] of Object.entries(values)) {
    if (field === 'partition') continue;
    const isShare = typeof value === 'number' ? Number.isInteger(value) && value >= 0 : /^\d+%$/.test(String(value));
    if (!isShare) yield `${path}.${field}: ${String(value)} is neither a count nor a percentage`;
    else if (field === 'maxUnavailable' && String(value).endsWith('%') && share(value) > 100)
      yield `${path}.${field}: ${String(value)} is more than 100%`;
  }
}

function* strategyProblems(kind: string, spec: Json, gates: ReadonlySet<string>): Problems {
  const field = kind === 'Deployment' ? 'strategy' : 'updateStrategy';
  const { type = 'RollingUpdate', rollingUpdate } = record(spec[field]);
  const where = `${field}.rollingUpdate`;
  if (kind === 'StatefulSet' && type === 'Recreate' && !gates.has('StatefulSetRecreateStrategy'))
    yield `${field}.type: Recreate needs feature gate StatefulSetRecreateStrategy`;
  if (rollingUpdate === undefined) return;
  if (type !== 'RollingUpdate') {
    yield `${where}: does not go with type ${String(type)}`;
    return;
  }
  yield* shareProblems(where, record(rollingUpdate));
  const { maxSurge, maxUnavailable } = record(rollingUpdate);
  if (kind === 'StatefulSet') {
    if (maxUnavailable !== undefined && share(maxUnavailable) === 0) yield `${where}.maxUnavailable: is 0`;
    return;
  }
  // Defaults: a Deployment may surge and miss 25%, a DaemonSet may miss one pod and not surge.
  const surge = share(maxSurge ?? (kind === 'Deployment' ? '25%' : 0));
  const missing = share(maxUnavailable ?? (kind === 'Deployment' ? '25%' : 1));
  if (surge === 0 && missing === 0) yield `${where}: maxSurge and maxUnavailable are both 0`;
  if (kind === 'DaemonSet' && surge !== 0 && missing !== 0) yield `${where}: maxSurge and maxUnavailable are both set`;
}

function* jobProblems(spec: Json): Problems {
  const policy = at(spec, 'template.spec.restartPolicy');
  if (policy !== 'Never' && policy !== 'OnFailure')
    yield `template.spec.restartPolicy: ${String(policy)} is neither Never nor OnFailure`;
  if (spec['podFailurePolicy'] !== undefined && policy !== 'Never') yield 'podFailurePolicy: needs restartPolicy Never';
  // Without both, a server assumes one of each.
  const isIndexed = spec['completionMode'] === 'Indexed' && spec['parallelism'] !== undefined;
  if (isIndexed && spec['completions'] === undefined) yield 'completions: completionMode Indexed needs them';
  if (spec['selector'] !== undefined && spec['manualSelector'] !== true) yield 'selector: is made by the API server';
  for (const { item: rule, path } of items(spec, 'podFailurePolicy.rules')) {
    const codes = rule['onExitCodes'];
    if ((codes === undefined) === (list(rule['onPodConditions']).length === 0))
      yield `${path}: needs exactly one of onExitCodes and onPodConditions`;
    if (at(codes, 'operator') === 'In' && list(at(codes, 'values')).includes(0))
      yield `${path}.onExitCodes.values: 0 is no failure`;
  }
}

function isCron(field: string, [least, greatest]: readonly [number, number]): boolean {
  const numbers = field.replace(/\/\d+/g, '').match(/\d+/g) ?? [];
  return CRON_FIELD.test(field) && numbers.every((number) => Number(number) >= least && Number(number) <= greatest);
}

function* cronProblems(spec: Json): Problems {
  const schedule = text(spec['schedule']) ?? '';
  const fields = schedule.trim().split(/\s+/);
  const isSchedule =
    CRON_MACRO.test(schedule) ||
    (fields.length === 5 && CRON_RANGES.every((range, index) => isCron(fields[index] ?? '', range)));
  if (!isSchedule || schedule.includes('TZ')) yield `schedule: "${schedule}" is no cron schedule`;
  yield* under('jobTemplate.spec', jobProblems(record(at(spec, 'jobTemplate.spec'))));
}

/** Checks what a controller adds to its pod template. */
export function* workloadProblems(template: PodTemplate, gates: ReadonlySet<string>): Problems {
  const { kind, owner } = template;
  const spec = record(owner['spec']);
  if (kind === 'Job') return yield* under('spec', jobProblems(spec));
  if (kind === 'CronJob') return yield* under('spec', cronProblems(spec));
  const policy = template.spec['restartPolicy'] ?? 'Always';
  if (policy !== 'Always') yield `spec.template.spec.restartPolicy: ${String(policy)} is not Always`;
  const selector = at(spec, 'selector.matchLabels');
  yield* selectorProblems('spec.selector', spec['selector']);
  if (labels(selector).size === 0 && list(at(spec, 'selector.matchExpressions')).length === 0)
    yield 'spec.selector: is empty';
  else if (!selects(selector, template.labels)) yield 'spec.selector: does not match the labels of the template';
  yield* under('spec', strategyProblems(kind, spec, gates));
  const [deadline, ready] = [Number(spec['progressDeadlineSeconds'] ?? 600), Number(spec['minReadySeconds'] ?? 0)];
  if (kind === 'Deployment' && deadline <= ready)
    yield `spec.progressDeadlineSeconds: ${deadline} is not more than minReadySeconds ${ready}`;
  for (const { item: claim, path } of items(spec, 'volumeClaimTemplates')) {
    const name = String(at(claim, 'metadata.name'));
    // It becomes the name of a volume of each pod, too.
    if (!isLabel(name)) yield `spec.${path}.metadata.name: ${name} is no DNS-1123 label`;
    yield* under(`spec.${path}.spec`, claimProblems(claim['spec']));
  }
}

const REQUIRED_KEYS: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

/** Checks the keys, the size and the immutability of a ConfigMap or Secret. */
export function* dataProblems(object: Json): Problems {
  const [data, binary, plain] = [record(object['data']), record(object['binaryData']), record(object['stringData'])];
  const isSecret = object['kind'] === 'Secret';
  for (const [field, part] of Object.entries({ data, binaryData: binary, stringData: plain })) {
    for (const key of Object.keys(part)) {
      if (!/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key.startsWith('..'))
        yield `${field}: ${key} is no key`;
    }
  }
  for (const key of Object.keys(data)) {
    if (Object.hasOwn(binary, key) || Object.hasOwn(plain, key))
      yield `data: ${key} is also in ${Object.hasOwn(binary, key) ? 'binaryData' : 'stringData'}`;
  }
  const bytes = (values: Json, encoding: 'base64' | 'utf8') =>
    Object.values(values).reduce<number>((sum, value) => sum + Buffer.byteLength(String(value), encoding), 0);
  const size = bytes(data, isSecret ? 'base64' : 'utf8') + bytes(binary, 'base64') + bytes(plain, 'utf8');
  if (size > MAX_DATA) yield `data: ${size} bytes are more than ${MAX_DATA}`;
  // Otherwise the next conversion with other content cannot be applied.
  const name = String(at(object, 'metadata.name'));
  if (object['immutable'] === true && !/-[0-9a-f]{8,}$/.test(name))
    yield `immutable: ${name} does not end in a hash of the content`;
  for (const key of REQUIRED_KEYS[text(object['type']) ?? ''] ?? []) {
    if (!(key in data || key in plain)) yield `data: ${String(object['type'])} needs ${key}`;
  }
}

/** Checks a PersistentVolumeClaim or PersistentVolume by itself. */
export function* storageProblems(object: Json): Problems {
  const spec = record(object['spec']);
  if (object['kind'] === 'PersistentVolumeClaim') return yield* under('spec', claimProblems(spec));
  const sources = Object.keys(spec).filter((key) => !CLAIM_OWNED.test(key));
  if (sources.length !== 1) yield `spec: has ${sources.length === 0 ? 'no' : sources.join(' and ')} source`;
  if (!((quantity(at(spec, 'capacity.storage')) ?? 0) > 0))
    yield `spec.capacity.storage: ${String(at(spec, 'capacity.storage'))} is no size`;
  if (list(spec['accessModes']).length === 0) yield 'spec.accessModes: is empty';
}

/** Checks the numbers and metrics of an autoscaler. */
export function* scalerProblems(object: Json): Problems {
  const { minReplicas, maxReplicas } = record(object['spec']);
  if (minReplicas === 0) yield 'spec.minReplicas: 0 needs a metric of another object';
  if (!(Number(maxReplicas) >= Math.max(1, Number(minReplicas ?? 1))))
    yield `spec.maxReplicas: ${String(maxReplicas)} is below minReplicas or 1`;
  for (const { item: metric, path } of items(object, 'spec.metrics')) {
    const type = text(metric['type']) ?? '';
    const source = metric[type.charAt(0).toLowerCase() + type.slice(1)];
    if (source === undefined) {
      yield `${path}: has no source of type ${type}`;
      continue;
    }
    const target = record(at(source, 'target'));
    const field = { Utilization: 'averageUtilization', AverageValue: 'averageValue', Value: 'value' }[
      String(target['type'])
    ];
    if (field === undefined || target[field] === undefined)
      yield `${path}: has no target of type ${String(target['type'])}`;
  }
}

/** Checks the rules of a Role, or the reference and subjects of a RoleBinding, by themselves. */
export function* accessProblems(object: Json): Problems {
  for (const { item: rule, path } of items(object, 'rules')) {
    for (const field of ['apiGroups', 'resources', 'verbs'])
      if (list(rule[field]).length === 0) yield `${path}.${field}: is empty`;
  }
  if (object['kind'] !== 'RoleBinding') return;
  const { apiGroup, kind } = record(object['roleRef']);
  if (apiGroup !== 'rbac.authorization.k8s.io')
    yield `roleRef.apiGroup: ${String(apiGroup)} is not rbac.authorization.k8s.io`;
  if (kind !== 'Role' && kind !== 'ClusterRole') yield `roleRef.kind: ${String(kind)} is neither Role nor ClusterRole`;
  for (const { item: subject, path } of items(object, 'subjects')) {
    if (subject['kind'] === 'ServiceAccount' && !isSubdomain(String(subject['name']))) {
      yield `${path}.name: ${String(subject['name'])} is no DNS-1123 subdomain`;
    }
  }
}
