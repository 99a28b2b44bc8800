/** What an API server and a kubelet ask of one container. */

import { isPortName, isQualified } from './kubernetes-metadata.ts';
import {
  at,
  type Container,
  items,
  type Json,
  list,
  type PodTemplate,
  type Problems,
  record,
  repeated,
  text,
} from './kubernetes-object.ts';
import { quantity } from './kubernetes-quantity.ts';

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const LIFECYCLE_HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'sleep'];
const ENV_SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];
const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'];
const NATIVE_RESOURCE = /^(?:cpu|memory|ephemeral-storage|hugepages-.+)$/;
const OVERCOMMITTABLE = /^(?:cpu|memory|ephemeral-storage)$/;
// Older servers than v1.34 refuse names such as `1A`, but the names are the user's: nothing else would be the same variable.
const ENV_NAME = /^[ -<>-~]+$/;

/** Says when not exactly one of some keys is there. */
export function* oneOf(path: string, value: unknown, keys: readonly string[], what: string): Problems {
  const found = Object.keys(record(value)).filter((key) => keys.includes(key));
  if (found.length !== 1) yield `${path}: has ${found.length === 0 ? 'no' : found.join(' and ')} ${what}`;
}

function isPort(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535;
}

/** Says when a value is neither the number of a port nor a name it could have. */
export function* portProblems(path: string, value: unknown): Problems {
  if (typeof value === 'string' ? !isPortName(value) : !isPort(value)) yield `${path}: ${String(value)} is no port`;
}

/** The key under which the node knows an occupied port. */
export function hostPortKey(port: Json): string | undefined {
  const { hostPort, hostIP = '0.0.0.0', protocol = 'TCP' } = port;
  return hostPort === undefined ? undefined : `${String(hostIP)}:${String(hostPort)}/${String(protocol)}`;
}

/** The key under which a pod's network knows a port. */
export function containerPortKey(port: Json): string {
  return `${String(port['containerPort'])}/${String(port['protocol'] ?? 'TCP')}`;
}

function* ownPortProblems({ item, path }: Container, spec: Json): Problems {
  const ports = items(item, 'ports').map((port) => ({ ...port, path: `${path}.${port.path}` }));
  for (const { item: port, path: where } of ports) {
    yield* portProblems(`${where}.containerPort`, port['containerPort']);
    if (port['name'] !== undefined && !isPortName(String(port['name'])))
      yield `${where}.name: ${String(port['name'])} is no port name`;
    if (port['hostPort'] === undefined) continue;
    yield* portProblems(`${where}.hostPort`, port['hostPort']);
    if (spec['hostNetwork'] === true && port['hostPort'] !== port['containerPort']) {
      yield `${where}.hostPort: ${String(port['hostPort'])} is not the containerPort although hostNetwork is true`;
    }
  }
  yield* repeated(
    ports.map(({ item: port, path: where }) => [where, text(port['name'])]),
    'port name',
  );
  yield* repeated(
    ports.map(({ item: port, path: where }) => [where, containerPortKey(port)]),
    'port',
  );
}

function* environmentProblems({ item, path }: Container): Problems {
  const variables = items(item, 'env').map((variable) => ({ ...variable, path: `${path}.${variable.path}` }));
  for (const { item: variable, path: where } of variables) {
    const { name, value, valueFrom } = variable;
    if (!ENV_NAME.test(String(name))) yield `${where}.name: ${String(name)} is no variable name`;
    if (value !== undefined && valueFrom !== undefined) yield `${where}: has value and valueFrom`;
    if (valueFrom !== undefined) yield* oneOf(`${where}.valueFrom`, valueFrom, ENV_SOURCES, 'source');
  }
  yield* repeated(
    variables.map(({ item: variable, path: where }) => [where, text(variable['name'])]),
    'variable',
  );
  for (const { item: source, path: where } of items(item, 'envFrom')) {
    yield* oneOf(`${path}.${where}`, source, ['configMapRef', 'secretRef'], 'source');
  }
}

function* handlerProblems(path: string, handler: unknown, names: readonly string[], container: Json): Problems {
  yield* oneOf(path, handler, names, 'handler');
  const exec = at(handler, 'exec');
  if (exec !== undefined && list(at(exec, 'command')).length === 0) yield `${path}.exec.command: is empty`;
  for (const kind of ['httpGet', 'tcpSocket', 'grpc']) {
    const action = at(handler, kind);
    if (action === undefined) continue;
    const port = at(action, 'port');
    yield* portProblems(`${path}.${kind}.port`, port);
    const known = items(container, 'ports').some((entry) => entry.item['name'] === port);
    if (typeof port === 'string' && !known) yield `${path}.${kind}.port: ${port} is no port of the container`;
    for (const { item: header, path: where } of items(action, 'httpHeaders')) {
      if (!/^[-A-Za-z0-9]+$/.test(String(header['name'])))
        yield `${path}.${kind}.${where}.name: ${String(header['name'])} is no header`;
    }
  }
}

function* probeProblems({ item, path, isLasting }: Container): Problems {
  for (const kind of PROBES) {
    const probe = item[kind];
    if (probe === undefined) continue;
    const where = `${path}.${kind}`;
    if (!isLasting) yield `${where}: an init container has none`;
    yield* handlerProblems(where, probe, HANDLERS, item);
    const success = at(probe, 'successThreshold') ?? 1;
    if (kind !== 'readinessProbe' && success !== 1) yield `${where}.successThreshold: ${String(success)} is not 1`;
    // Zero is accepted and then means the default, which is not what anybody wrote.
    for (const field of ['periodSeconds', 'timeoutSeconds', 'failureThreshold', 'successThreshold']) {
      if (at(probe, field) === 0) yield `${where}.${field}: 0 means the default`;
    }
  }
  if (item['lifecycle'] !== undefined && !isLasting) yield `${path}.lifecycle: an init container has none`;
  for (const hook of ['postStart', 'preStop']) {
    const handler = at(item, `lifecycle.${hook}`);
    if (handler !== undefined) yield* handlerProblems(`${path}.lifecycle.${hook}`, handler, LIFECYCLE_HANDLERS, item);
  }
}

function* resourceProblems({ item, path }: Container): Problems {
  const limits = record(at(item, 'resources.limits'));
  const requests = record(at(item, 'resources.requests'));
  for (const [side, amounts] of [
    ['limits', limits],
    ['requests', requests],
  ] as const) {
    for (const [name, amount] of Object.entries(amounts)) {
      const where = `${path}.resources.${side}.${name}`;
      const number = quantity(amount) ?? 0;
      const isExtended = name.includes('/') && isQualified(name);
      if (!NATIVE_RESOURCE.test(name) && !isExtended) yield `${where}: is no resource`;
      if (name !== 'cpu' && !Number.isInteger(number)) yield `${where}: ${String(amount)} is no whole number`;
    }
  }
  for (const [name, amount] of Object.entries(requests)) {
    const where = `${path}.resources.requests.${name}`;
    const limit = limits[name];
    const [asked, allowed] = [quantity(amount) ?? 0, quantity(limit) ?? 0];
    if (limit !== undefined && asked > allowed)
      yield `${where}: ${String(amount)} is more than the limit ${String(limit)}`;
    else if (!OVERCOMMITTABLE.test(name) && asked !== allowed) yield `${where}: is not the limit`;
  }
}

function* mountProblems({ item, path }: Container, template: PodTemplate): Problems {
  const declared = new Set([
    ...template.claimed,
    ...items(template.spec, 'volumes').map(({ item: volume }) => volume['name']),
  ]);
  const mounts = items(item, 'volumeMounts').map((mount) => ({ ...mount, path: `${path}.${mount.path}` }));
  for (const { item: mount, path: where } of mounts) {
    const { name, mountPath, subPath, subPathExpr } = mount;
    if (!declared.has(name)) yield `${where}.name: ${String(name)} is no volume of the pod`;
    const target = String(mountPath);
    if (!target.startsWith('/') || target.includes(':'))
      yield `${where}.mountPath: ${target} is no absolute path without a colon`;
    if (subPath !== undefined && subPathExpr !== undefined) yield `${where}: has subPath and subPathExpr`;
    const inner = String(subPath ?? subPathExpr ?? '.');
    if (inner === '' || inner.startsWith('/') || inner.split('/').includes('..'))
      yield `${where}.subPath: ${inner} leads outside`;
    const options = list(mount['bindMountOptions']).filter(
      (option) => !['noexec', 'nodev', 'nosuid'].includes(String(option)),
    );
    if (options.length > 0) yield `${where}.bindMountOptions: ${options.join(' ')} is no option`;
  }
  // A trailing slash makes another text and the same place.
  const place = (mount: Json) => String(mount['mountPath']).replace(/(?<=.)\/+$/, '');
  yield* repeated(
    mounts.map(({ item: mount, path: where }) => [`${where}.mountPath`, place(mount)]),
    'path',
  );
}

function* securityProblems({ item, path }: Container, spec: Json): Problems {
  const own = record(item['securityContext']);
  const effective = { ...record(spec['securityContext']), ...own };
  const where = `${path}.securityContext`;
  if (own['privileged'] === true && own['allowPrivilegeEscalation'] === false)
    yield `${where}: is privileged and may not escalate`;
  const added = list(at(own, 'capabilities.add'));
  if (own['allowPrivilegeEscalation'] === false && added.includes('CAP_SYS_ADMIN'))
    yield `${where}: adds CAP_SYS_ADMIN and may not escalate`;
  for (const capability of [...added, ...list(at(own, 'capabilities.drop'))].map(String)) {
    // Kubernetes wants NET_ADMIN; CAP_NET_ADMIN is refused by some runtimes, net_admin by all.
    if (!/^(?!CAP_)[A-Z][A-Z_0-9]*$/.test(capability)) yield `${where}.capabilities: ${capability} is no capability`;
  }
  if (own['procMount'] === 'Unmasked' && spec['hostUsers'] !== false)
    yield `${where}.procMount: Unmasked needs hostUsers false`;
  if (effective['runAsNonRoot'] === true && effective['runAsUser'] === 0)
    yield `${where}.runAsUser: 0 although runAsNonRoot is true`;
  for (const profile of ['seccompProfile', 'appArmorProfile']) {
    const { type, localhostProfile } = record(own[profile]);
    if ((type === 'Localhost') !== (localhostProfile !== undefined))
      yield `${where}.${profile}: localhostProfile goes with Localhost only`;
  }
}

/** Checks one container of a pod template by itself. */
export function* containerProblems(container: Container, template: PodTemplate): Problems {
  const { item, path } = container;
  const image = text(item['image']) ?? '';
  if (image === '' || image.trim() !== image) yield `${path}.image: "${image}" is no image`;
  if (path.startsWith('containers') && item['restartPolicy'] !== undefined)
    yield `${path}.restartPolicy: is for init containers`;
  yield* ownPortProblems(container, template.spec);
  yield* environmentProblems(container);
  yield* probeProblems(container);
  yield* resourceProblems(container);
  yield* mountProblems(container, template);
  yield* securityProblems(container, template.spec);
}
