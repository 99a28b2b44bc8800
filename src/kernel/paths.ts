/** Text arithmetic on paths with `/`, the same on every system and without touching a disk. */

/** True for `/x` and for a Windows drive such as `C:\x`. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
}

/** Removes `.`, `..`, doubled and trailing slashes. A relative path that ends nowhere is `.`. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !rooted) parts.push(part);
  }
  const joined = parts.join('/');
  return rooted ? `/${joined}` : joined === '' ? '.' : joined;
}

/** `path` seen from `base`; an absolute path stays itself. */
export function resolvePath(base: string, path: string): string {
  return isAbsolute(path) ? cleanPath(path) : cleanPath(`${base}/${path}`);
}

/** True when `path` is `directory` or lies below it. Both are clean and absolute. */
export function isInside(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory === '/' ? '/' : `${directory}/`);
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The path without its last part. */
export function directoryName(path: string): string {
  const at = path.lastIndexOf('/');
  return at <= 0 ? (at === 0 ? '/' : '.') : path.slice(0, at);
}

/** `path` as seen from `base` when it lies inside, else `path` itself: the short form for messages. */
export function relativeTo(base: string, path: string): string {
  if (path === base) return '.';
  return isInside(path, base) ? path.slice(base === '/' ? 1 : base.length + 1) : path;
}
