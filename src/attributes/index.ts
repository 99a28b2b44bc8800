/** The contents page: every rule. */

import { lifecycle } from './lifecycle.ts';
import type { AnyEntryRule, AnyRule } from './rule.ts';

/** All service rules. */
export const serviceRules: readonly AnyRule[] = [lifecycle];
/** All rules of top-level sections. */
export const entryRules: readonly AnyEntryRule[] = [];
