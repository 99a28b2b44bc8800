/** Everything the program touches of its surroundings, handed in so that tests run the whole program in process. */

/** Streams, variables and folder of a run. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** All of standard input; called only when `-` is among the files. */
  readonly readStdin: () => string | Uint8Array;
  readonly stdout: { write(text: string): void };
  readonly stderr: { write(text: string): void; readonly isTTY: boolean };
}

/** True when colours are wanted: a terminal, and nobody said NO_COLOR. */
export function wantsColor(io: Io): boolean {
  const { NO_COLOR: noColor, FORCE_COLOR: forceColor, TERM: term } = io.env;
  if (noColor !== undefined && noColor !== '') return false;
  if (forceColor !== undefined && forceColor !== '' && forceColor !== '0') return true;
  return io.stderr.isTTY && term !== 'dumb';
}
