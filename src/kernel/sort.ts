/** Sorting that gives the same order on every machine. */

/** Compares two texts by UTF-16 code unit, whatever the locale: negative, 0 or positive. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A copy of a list sorted by a text made from each item; items with equal texts keep their order. */
export function sortBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items.toSorted((a, b) => compareText(key(a), key(b)));
}
