/** Recognises bind mounts that lay the working tree over what a build has put into the image. */

import type { Files } from '../kernel/files.ts';
import { isInside, relativeTo, resolvePath } from '../kernel/paths.ts';
import type { BuildDraft } from '../model/facts.ts';
import type { Dockerfile } from './read-dockerfile.ts';

/** A folder of the machine over a folder of the container. Paths are clean and absolute. */
export interface Overlay {
  readonly source: string;
  readonly target: string;
  readonly isReadOnly: boolean;
}

type Coverage = 'full' | 'partial' | 'none';

/** The path of `inner` seen from `outer`; undefined when it is not below. Both are relative to one folder. */
function below(inner: string, outer: string): string | undefined {
  if (outer === '.' || inner === outer) return inner === outer ? '.' : inner;
  return inner.startsWith(`${outer}/`) ? inner.slice(outer.length + 1) : undefined;
}

/** How much of a folder the image holds at the place where it would be mounted. */
function coverage({ source, target }: Overlay, context: string, { copies }: Dockerfile): Coverage {
  const isBelow = isInside(source, context);
  const inContext = isBelow ? relativeTo(context, source) : '.';
  // Seen from the context, a folder above it appears at the place of the context inside the mount.
  const place = isBelow ? target : resolvePath(target, relativeTo(source, context));
  let best: Coverage = 'none';
  for (const copy of copies) {
    const inner = below(inContext, copy.source);
    const outer = below(copy.source, inContext);
    if (inner !== undefined && resolvePath(copy.target, inner) === place) {
      if (isBelow && !copy.isPartial) return 'full';
      best = 'partial';
    } else if (outer !== undefined && resolvePath(place, outer) === copy.target) best = 'partial';
  }
  return best;
}

/** True for a folder with something in it, and for a missing one that holds the whole context when it is there. */
function isTree(source: string, context: string, files: Files): boolean {
  const info = files.stat(source);
  if (info === undefined) return isInside(context, source);
  return info.kind === 'directory' && (files.list(source).length > 0 || source === context);
}

/**
 * Whether a mount is an overlay for development: the service is built, the source is a folder equal to, above or inside its
 * context, and it is writable or the image holds all of it. `covered` tells whether the image is seen to hold any of it, or its
 * Dockerfile cannot be read. A missing or empty folder inside the context is no overlay, since it has nothing to lay over.
 */
export function developmentOverlay(
  overlay: Overlay,
  build: BuildDraft | undefined,
  dockerfile: () => Dockerfile | undefined,
  files: Files,
): 'covered' | 'uncovered' | undefined {
  if (build === undefined || build.isRemote) return undefined;
  const context = build.context.value;
  const { source, isReadOnly } = overlay;
  if (!(isInside(source, context) || isInside(context, source)) || !isTree(source, context, files)) return undefined;
  const read = dockerfile();
  const found = read === undefined ? undefined : coverage(overlay, context, read);
  if (isReadOnly) return found === 'full' ? 'covered' : undefined;
  return found === 'none' ? 'uncovered' : 'covered';
}
