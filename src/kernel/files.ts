/** How the core sees files: through a reader that is handed in, so that it runs in a browser and in tests as on a disk. */

/** What lies at a path. */
export interface FileInfo {
  readonly kind: 'file' | 'directory' | 'socket' | 'other';
  /** Size in bytes; 0 for anything but a file. */
  readonly size: number;
  /** True when somebody may execute the file. */
  readonly executable: boolean;
}

/** Read access to a file system. Paths are absolute with `/`. Nothing here ever writes. */
export interface Files {
  /** What lies at the path, links followed; undefined when nothing does. */
  stat(path: string): FileInfo | undefined;
  /** Bytes of a file; an object with the system's words when they cannot be read. */
  read(path: string): Uint8Array | { readonly error: string };
  /** Names in a directory, sorted by code unit; empty when it cannot be read. */
  list(path: string): readonly string[];
  /** The path with all symbolic links resolved; undefined when nothing lies there. */
  realPath(path: string): string | undefined;
}
