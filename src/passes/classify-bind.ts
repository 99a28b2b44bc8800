/** Decides what a bind mount is about, by its path and by what lies there: the engine, code, configuration, data, or the machine. */

import { decodeUtf8 } from '../kernel/base64.ts';
import { isInside, resolvePath } from '../kernel/paths.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import { developmentOverlay, type Overlay } from './find-development.ts';
import { readDockerfile } from './read-dockerfile.ts';
import { readSmallFile, readTree, type TreeFile } from './read-files.ts';

/** What a bind mount turned out to be. */
export type Verdict =
  | { readonly kind: 'skipped' }
  | { readonly kind: 'socket'; readonly isEngine: boolean }
  | { readonly kind: 'development'; readonly isCovered: boolean }
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly isExecutable: boolean }
  | { readonly kind: 'tree'; readonly files: readonly TreeFile[]; readonly leaving: readonly string[] }
  /** `why` follows the path in a sentence. */
  | { readonly kind: 'claim'; readonly why: string; readonly found: 'files' | 'nothing' | 'outside' }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'unreadable'; readonly error: string }
  | { readonly kind: 'time-zone'; readonly zone: string | undefined }
  | { readonly kind: 'host'; readonly type: 'Socket' | undefined }
  | { readonly kind: 'outside-file' };

const ENGINE_SOCKET =
  /(^|\/)(docker|dockerd|containerd|podman|crio|cri-dockerd|buildkitd)\.sock$|[\\/]pipe[\\/]docker_engine$/;

const MACHINE_PATHS = [
  ...['/proc', '/sys', '/dev', '/run', '/var/run', '/var/log', '/lib/modules', '/boot', '/var/lib/docker'],
];

const ZONE = /^[A-Za-z][\w+-]*(\/[A-Za-z0-9][\w+-]*)*$/;

function isMachinePath(path: string): boolean {
  return path === '/' || MACHINE_PATHS.some((one) => isInside(path, one));
}

/** The project, and what --allow outside-file names, in the words of the Compose file if it likes. */
function allowed({ directory, options }: Draft): readonly string[] {
  return [directory, ...[...options.allowOutside].map((path) => resolvePath(directory, path))];
}

/** The folders whose files may be read, links resolved. */
function readable(draft: Draft): readonly string[] {
  return allowed(draft).map((path) => draft.files.realPath(path) ?? path);
}

/** True when a path, and the place it leads to, may be read. */
function mayRead(path: string, draft: Draft): boolean {
  const named = allowed(draft).some((one) => isInside(path, one));
  const real = draft.files.realPath(path);
  return named && (real === undefined || readable(draft).some((one) => isInside(real, one)));
}

/** The zone that a file of the machine stands for; undefined when it cannot be told, `no` for another file. */
function timeZone(path: string, { files }: Draft): string | undefined | 'no' {
  const zoneIn = (file: string): string | undefined => /\/zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(file)?.[1];
  let zone: string | undefined;
  if (path === '/etc/timezone') {
    const bytes = files.read(path);
    zone = 'error' in bytes ? undefined : decodeUtf8(bytes)?.trim();
  } else if (path === '/etc/localtime') zone = zoneIn(files.realPath(path) ?? '');
  else if (path.startsWith('/usr/share/zoneinfo/')) zone = zoneIn(path);
  else return 'no';
  return zone !== undefined && ZONE.test(zone) ? zone : undefined;
}

function inProject(overlay: Overlay, draft: Draft): Verdict {
  const { source, isReadOnly } = overlay;
  const info = draft.files.stat(source);
  if (info === undefined) return { kind: 'claim', why: 'does not exist here', found: 'nothing' };
  if (info.kind === 'file') return readSmallFile(source, draft.files);
  if (info.kind !== 'directory') return { kind: 'claim', why: 'is neither a file nor a folder', found: 'nothing' };
  const tree = readTree(source, readable(draft), draft.files);
  if (tree.kind === 'unsuitable') return { kind: 'claim', why: tree.why, found: 'files' };
  if (tree.kind === 'empty') return { kind: 'claim', why: 'is empty', found: 'nothing' };
  if (!isReadOnly && !tree.files.every((file) => file.isText))
    return { kind: 'claim', why: 'can be written to and holds more than text', found: 'files' };
  return tree;
}

function outside(path: string, runsEverywhere: boolean, draft: Draft): Verdict {
  const zone = timeZone(path, draft);
  if (zone !== 'no') return { kind: 'time-zone', zone };
  // What this machine has there says nothing of the nodes, and would make the output depend on who converts.
  if (runsEverywhere || isMachinePath(path)) return { kind: 'host', type: undefined };
  if (draft.files.stat(path)?.kind === 'file') return { kind: 'outside-file' };
  return { kind: 'claim', why: 'lies outside the project', found: 'outside' };
}

/**
 * Classifies a bind mount; the first case that holds decides. `runsEverywhere` is true for a service with a pod on each node,
 * whose binds mean the files of those nodes.
 * @see mapping-notes.md §4
 */
export function classifyBind(overlay: Overlay, service: ServiceDraft, runsEverywhere: boolean, draft: Draft): Verdict {
  const { files, options } = draft;
  const { source } = overlay;
  if (options.bindMounts === 'skip') return { kind: 'skipped' };
  const isEngine = ENGINE_SOCKET.test(source);
  const isSocket = isEngine || files.stat(source)?.kind === 'socket';
  if (isSocket && (isEngine || !runsEverywhere))
    return options.allow.has('host-socket') ? { kind: 'host', type: 'Socket' } : { kind: 'socket', isEngine };
  if (options.bindMounts === 'pvc') return { kind: 'claim', why: 'is a claim by --bind-mounts=pvc', found: 'files' };
  if (options.bindMounts === 'hostpath') return { kind: 'host', type: undefined };
  const { build } = service;
  const development = developmentOverlay(
    overlay,
    build,
    () => (build === undefined ? undefined : readDockerfile(build, files)),
    files,
  );
  if (development !== undefined) return { kind: 'development', isCovered: development === 'covered' };
  return mayRead(source, draft) ? inProject(overlay, draft) : outside(source, runsEverywhere, draft);
}
