/** What the program's exit code means. */

/** Done; warnings may have been said. */
export const done = 0;
/** The files have errors, or an attribute was refused. */
export const inputHasErrors = 1;
/** The command line is wrong. */
export const badUsage = 2;
/** A bug of longshore, or trouble with the machine (disk full, no permission). */
export const trouble = 3;

/** One of the codes above. */
export type ExitCode = typeof done | typeof inputHasErrors | typeof badUsage | typeof trouble;
