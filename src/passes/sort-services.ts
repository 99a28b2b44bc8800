/** Puts things into an order in which each comes after what it needs. */

/** The order, and the needs that no order can satisfy because they close a circle. */
export interface Sorted {
  readonly order: readonly string[];
  readonly circular: readonly { readonly from: string; readonly to: string }[];
}

/**
 * Sorts by depth first search, so that things stay in the given order wherever their needs allow it. Needs that are not among
 * the things are ignored. Uses no recursion: chains may be long.
 */
export function sortByNeeds(things: Iterable<string>, needsOf: (thing: string) => readonly string[]): Sorted {
  const all = new Set(things);
  const state = new Map<string, 'open' | 'done'>();
  const order: string[] = [];
  const circular: { readonly from: string; readonly to: string }[] = [];
  for (const start of all) {
    const stack = state.has(start) ? [] : [{ thing: start, needs: needsOf(start), next: 0 }];
    state.set(start, state.get(start) ?? 'open');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const need = top.needs[top.next];
      top.next += 1;
      if (need === undefined) {
        state.set(top.thing, 'done');
        order.push(top.thing);
        stack.pop();
      } else if (state.get(need) === 'open') {
        circular.push({ from: top.thing, to: need });
      } else if (all.has(need) && !state.has(need)) {
        state.set(need, 'open');
        stack.push({ thing: need, needs: needsOf(need), next: 0 });
      }
    }
  }
  return { order, circular };
}
