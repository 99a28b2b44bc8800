/** Joins what the rules say about one service. Two rules that write one field are a bug of the program. */

import { invariant } from '../kernel/invariant.ts';
import type { ServiceSays } from '../model/draft.ts';

/** All contributions in one record, fields that are undefined left out. */
export function contribute(said: readonly { readonly rule: string; readonly says: ServiceSays }[]): ServiceSays {
  const joined: Record<string, unknown> = {};
  const writer = new Map<string, string>();
  for (const { rule, says } of said) {
    for (const [field, value] of Object.entries(says)) {
      if (value === undefined) continue;
      invariant(!writer.has(field), `the rules ${writer.get(field) ?? ''} and ${rule} both write ${field}`);
      writer.set(field, rule);
      joined[field] = value;
    }
  }
  return joined;
}
