/** What writers make. They touch nothing; who called them puts it where it belongs. */

/** A text and where it belongs. */
export interface Artifact {
  /** A path as it was asked for, `-` for standard output, or the name of a file in the folder that was asked for. */
  readonly path: string;
  readonly text: string;
}
