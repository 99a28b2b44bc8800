/** Drafts written by hand, for tests of passes: a literal of what matters, the rest filled in. */

import { encodeUtf8 } from '../../src/kernel/base64.ts';
import type { Report } from '../../src/kernel/diagnostic.ts';
import type { FileInfo, Files } from '../../src/kernel/files.ts';
import { Located, type Origin, type Path, pathText } from '../../src/kernel/located.ts';
import { compareText } from '../../src/kernel/sort.ts';
import type { Draft, FileDraft, NetworkDraft, ServiceSays, VolumeDraft } from '../../src/model/draft.ts';
import type {
  Dependency,
  EnvironmentEntry,
  Grant,
  HealthCheck,
  Mount,
  MountSource,
  PortDraft,
  Protocol,
} from '../../src/model/facts.ts';
import { defaultOptions, type Options } from '../../src/model/options.ts';

/** An origin without a place in a text. */
export function from(...path: Path): Origin {
  return { path };
}

/** A value with the origin of a path. */
export function at<T>(value: T, ...path: Path): Located<T> {
  return new Located(value, from(...path));
}

/** What lies at a path of a test's file system. A plain text or bytes are an ordinary file. */
export type Entry =
  | string
  | Uint8Array
  | { readonly text: string; readonly executable: true }
  | { readonly kind: 'socket' | 'directory' | 'other' }
  | { readonly link: string }
  /** A file that is there and cannot be read. */
  | { readonly error: string };

/** A file system of the given entries; folders exist where something lies below them. */
export function filesOf(entries: Readonly<Record<string, Entry>>): Files {
  const children = new Map<string, Set<string>>();
  for (const path of Object.keys(entries)) {
    for (let at = path.lastIndexOf('/'); at >= 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at) || '/';
      const name = path.slice(at + 1).split('/')[0] ?? '';
      children.set(folder, (children.get(folder) ?? new Set()).add(name));
      if (at === 0) break;
    }
  }
  const resolve = (path: string): string => {
    let real = '';
    for (const part of path.split('/').filter((one) => one !== '')) {
      const next = `${real}/${part}`;
      const entry = entries[next];
      real = typeof entry === 'object' && 'link' in entry ? resolve(entry.link) : next;
    }
    return real === '' ? '/' : real;
  };
  const bytesOf = (entry: Entry | undefined): Uint8Array | undefined => {
    if (typeof entry === 'string') return encodeUtf8(entry);
    if (entry instanceof Uint8Array) return entry;
    return entry !== undefined && 'text' in entry ? encodeUtf8(entry.text) : undefined;
  };
  const stat = (path: string): FileInfo | undefined => {
    const real = resolve(path);
    const entry = entries[real];
    if (entry === undefined) return children.has(real) ? { kind: 'directory', size: 0, executable: false } : undefined;
    if (typeof entry === 'object' && 'kind' in entry) return { kind: entry.kind, size: 0, executable: false };
    const isExecutable = typeof entry === 'object' && 'executable' in entry;
    return { kind: 'file', size: bytesOf(entry)?.length ?? 0, executable: isExecutable };
  };
  return {
    stat,
    read(path) {
      const entry = entries[resolve(path)];
      if (typeof entry === 'object' && 'error' in entry) return { error: entry.error };
      return bytesOf(entry) ?? { error: 'no such file' };
    },
    list: (path) => [...(children.get(resolve(path)) ?? [])].sort(compareText),
    realPath: (path) => (stat(path) === undefined ? undefined : resolve(path)),
  };
}

/** What a hand-written draft may say. Everything that is left out is ordinary or empty. */
export interface DraftLiteral {
  readonly project?: string;
  readonly services: Readonly<Record<string, ServiceSays>>;
  readonly networks?: Readonly<Record<string, Partial<NetworkDraft>>>;
  readonly volumes?: Readonly<Record<string, Partial<VolumeDraft>>>;
  readonly configs?: Readonly<Record<string, Partial<FileDraft>>>;
  readonly secrets?: Readonly<Record<string, Partial<FileDraft>>>;
  /** Absolute paths; the project lies in `/shop`. */
  readonly files?: Readonly<Record<string, Entry>>;
  readonly options?: Partial<Options>;
}

function entries<In, Out>(
  section: string,
  given: Readonly<Record<string, In>> | undefined,
  fill: (name: string, one: In, origin: Origin) => Out,
): ReadonlyMap<string, Out> {
  return new Map(Object.entries(given ?? {}).map(([name, one]) => [name, fill(name, one, from(section, name))]));
}

function fileDraft(name: string, one: Partial<FileDraft>, origin: Origin): FileDraft {
  return { name, objectName: undefined, isExternal: undefined, content: undefined, annotations: [], origin, ...one };
}

/** A draft of the project `shop` in the folder `/shop`. Origins are the paths of the Compose file, without places. */
export function draftOf(literal: DraftLiteral): Draft {
  return {
    project: at(literal.project ?? 'shop', 'name'),
    directory: '/shop',
    services: entries('services', literal.services, (name, says, origin) => ({ name, origin, ...says })),
    networks: entries('networks', literal.networks, (name, one, origin) => ({
      name,
      label: new Located(name, origin),
      isInternal: undefined,
      isExternal: undefined,
      standsFor: undefined,
      origin,
      ...one,
    })),
    volumes: entries('volumes', literal.volumes, (name, one, origin) => ({
      name,
      claimName: undefined,
      isExternal: undefined,
      size: undefined,
      storageClass: undefined,
      accessMode: undefined,
      backing: undefined,
      annotations: [],
      origin,
      ...one,
    })),
    configs: entries('configs', literal.configs, fileDraft),
    secrets: entries('secrets', literal.secrets, fileDraft),
    files: filesOf(literal.files ?? {}),
    options: { ...defaultOptions, ...literal.options },
  };
}

/** The content of a config or secret, said at its `file`. */
export function content(section: 'configs' | 'secrets', name: string, text: string | Uint8Array): Partial<FileDraft> {
  return { content: at(typeof text === 'string' ? encodeUtf8(text) : text, section, name, 'file') };
}

/** A mount at `services.<service>.volumes[<index>]`. */
export function mount(
  service: string,
  index: number,
  source: MountSource,
  target: string,
  more: { readonly isReadOnly?: boolean; readonly isNocopy?: boolean } = {},
): Mount {
  const path = ['services', service, 'volumes', index] as const;
  return {
    source,
    target: at(target, ...path, 'target'),
    isReadOnly: at(more.isReadOnly ?? false, ...path, 'read_only'),
    isNocopy: more.isNocopy ?? false,
    attribute: 'volumes',
    origin: from(...path),
  };
}

/** The source of a mount of a named volume, said at `services.<service>.volumes[<index>].source`. */
export function named(service: string, index: number, volume: string, subPath?: string): MountSource {
  const path = ['services', service, 'volumes', index] as const;
  return {
    kind: 'named',
    volume: at(volume, ...path, 'source'),
    subPath: subPath === undefined ? undefined : at(subPath, ...path, 'volume', 'subpath'),
  };
}

/** The source of a bind mount of an absolute path, written as that path unless told otherwise. */
export function bind(service: string, index: number, path: string, written = path): MountSource {
  return { kind: 'bind', path: at(path, 'services', service, 'volumes', index, 'source'), written };
}

/** A port at `services.<service>.ports[<index>]`. */
export function port(
  service: string,
  index: number,
  target: number,
  more: {
    readonly published?: number;
    readonly protocol?: Protocol;
    readonly mode?: 'ingress' | 'host';
    readonly hostIp?: string;
  } = {},
): PortDraft {
  const path = ['services', service, 'ports', index] as const;
  return {
    target: at(target, ...path, 'target'),
    published: more.published === undefined ? undefined : at(more.published, ...path, 'published'),
    protocol: at(more.protocol ?? 'tcp', ...path, 'protocol'),
    mode: at(more.mode ?? 'ingress', ...path, 'mode'),
    hostIp: more.hostIp === undefined ? undefined : at(more.hostIp, ...path, 'host_ip'),
    name: undefined,
    appProtocol: undefined,
    origin: from(...path),
  };
}

/** A dependency at `services.<service>.depends_on.<on>`. */
export function dependency(
  service: string,
  on: string,
  condition: Dependency['condition']['value'] = 'service_started',
  isRequired = true,
): Dependency {
  const path = ['services', service, 'depends_on', on] as const;
  return { service: on, condition: at(condition, ...path, 'condition'), isRequired, origin: from(...path) };
}

/** A variable of `environment` or of an env file. */
export function variable(
  service: string,
  name: string,
  value: string,
  source: 'inline' | 'file' = 'inline',
): EnvironmentEntry {
  const key = source === 'inline' ? 'environment' : 'env_file';
  return {
    name,
    value: source === 'inline' ? at(value, 'services', service, key, name) : at(value, 'services', service, key, 0),
    from: source,
  };
}

/** A health check of a shell text, with Compose's defaults. */
export function health(service: string, text: string, more: Partial<HealthCheck> = {}): HealthCheck {
  const path = ['services', service, 'healthcheck'] as const;
  return {
    test: { kind: 'shell', text: at(text, ...path, 'test', 1) },
    network: undefined,
    testOrigin: from(...path, 'test'),
    interval: at(30, ...path),
    timeout: at(30, ...path),
    retries: at(3, ...path),
    startPeriod: at(0, ...path),
    startInterval: at(5, ...path),
    origin: from(...path),
    ...more,
  };
}

/** A grant at `services.<service>.<section>[<index>]`, mounted where Compose mounts it by default. */
export function grant(
  service: string,
  section: 'configs' | 'secrets',
  index: number,
  source: string,
  more: { readonly target?: string; readonly mode?: number } = {},
): Grant {
  const path = ['services', service, section, index] as const;
  return {
    source: at(source, ...path, 'source'),
    target: at(more.target ?? (section === 'configs' ? `/${source}` : `/run/secrets/${source}`), ...path, 'target'),
    mode: more.mode === undefined ? undefined : at(more.mode, ...path, 'mode'),
    origin: from(...path),
  };
}

/** What was said, one line each: `severity code path: message`, in the order it was said. */
export function said(report: Report): readonly string[] {
  return report.diagnostics.map(({ severity, code, path, message }) => {
    return path === undefined ? `${severity} ${code}: ${message}` : `${severity} ${code} ${pathText(path)}: ${message}`;
  });
}

/** What was judged without a word, one line each: `path disposition`. Judgements of messages are not among them. */
export function settledSilently(report: Report): readonly string[] {
  return report.settledSilently.map(({ path, disposition }) => `${pathText(path)} ${disposition}`);
}
