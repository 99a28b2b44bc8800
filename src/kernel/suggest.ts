/** Finds what somebody meant who typed a name that does not exist. */

import { compareText } from './sort.ts';

/** How many single edits (insert, delete, replace, swap two neighbours) turn one text into the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replace = at(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swap = swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(replace, swap, at(last, column) + 1, at(current, column - 1) + 1));
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

function distance(word: string, candidate: string): number {
  if (word === candidate) return 0;
  // Wrong case alone is one slip, however many letters it touches.
  return Math.max(1, editDistance(word.toLowerCase(), candidate.toLowerCase()));
}

/**
 * The candidates that are like a word, nearest first and equally near ones in code unit order, at most `limit` of them.
 * Like means: one character or two of five may differ, but no more than one beyond those of the nearest.
 */
export function nearest(word: string, candidates: Iterable<string>, limit = 3): string[] {
  const scored = [...new Set(candidates)]
    .map((candidate) => ({ candidate, edits: distance(word, candidate) }))
    .sort((a, b) => a.edits - b.edits || compareText(a.candidate, b.candidate));
  const threshold = Math.min(Math.max(1, Math.round(word.length * 0.4)), (scored[0]?.edits ?? 0) + 1);
  return scored
    .filter(({ edits }) => edits <= threshold)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** A question that offers names: `did you mean "a", "b" or "c"?`; the empty text for no names. */
export function didYouMean(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  const last = quoted.pop();
  if (last === undefined) return '';
  return quoted.length === 0 ? `did you mean ${last}?` : `did you mean ${quoted.join(', ')} or ${last}?`;
}
