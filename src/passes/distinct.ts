/** Lists without repetitions. */

/** The items, of those with one key only the first, in their order. */
export function distinctBy<T>(items: readonly T[], key: (item: T) => unknown): readonly T[] {
  const seen = new Set<unknown>();
  return items.filter((item) => {
    const own = key(item);
    const isNew = !seen.has(own);
    seen.add(own);
    return isNew;
  });
}
