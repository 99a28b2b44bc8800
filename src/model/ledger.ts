/** The ledger: what became of each leaf of the input. Written as JSON by `--report`, counted in the closing line. */

import type { Disposition } from '../kernel/diagnostic.ts';
import type { Origin } from '../kernel/located.ts';

/** A field of an emitted object. */
export interface LedgerTarget {
  /** `Kind/name`. */
  readonly object: string;
  /** JSON pointers (RFC 6901) into it. */
  readonly fields: readonly string[];
}

/** The fate of one leaf of the input. */
export interface LedgerEntry {
  /** `services.web.ports[0]` */
  readonly path: string;
  /** The attribute of the specification: `services.*.ports[]`. */
  readonly attribute: string;
  readonly origin: Origin;
  readonly disposition: Disposition;
  /** What was said about it, or what the registry says. */
  readonly reason: string;
  readonly to: readonly LedgerTarget[];
}

/** How many leaves ended how. */
export type Counts = Readonly<Record<Disposition, number>>;

/** Counts a ledger. */
export function countLedger(entries: readonly LedgerEntry[]): Counts {
  const counts = { converted: 0, approximated: 0, delegated: 0, 'not-applicable': 0, refused: 0 };
  for (const { disposition } of entries) counts[disposition] += 1;
  return counts;
}

/** `41 attributes: 36 converted, 3 approximated, 2 not applicable` */
export function countText(counts: Counts): string {
  const order = ['converted', 'approximated', 'delegated', 'not-applicable', 'refused'] as const;
  const total = order.reduce((sum, disposition) => sum + counts[disposition], 0);
  const parts = order
    .filter((disposition) => counts[disposition] > 0)
    .map((disposition) => `${counts[disposition]} ${disposition.replace('-', ' ')}`);
  return `${total} ${total === 1 ? 'attribute' : 'attributes'}: ${parts.length === 0 ? 'none' : parts.join(', ')}`;
}
