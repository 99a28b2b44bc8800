/** Claims that only a bug in this program can break; a user's mistake is a diagnostic instead. */

/** Throws an Error with the message unless the condition holds. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Throws; stands where every case has been dealt with, so that a forgotten one does not compile. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
