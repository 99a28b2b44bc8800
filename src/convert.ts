/** The pipeline, on one screen. */

import { entryRules, serviceRules, supportOf } from './attributes/index.ts';
import { emit } from './emitters/index.ts';
import { type Diagnostic, Report } from './kernel/diagnostic.ts';
import { mistakes, sortDiagnostics } from './kernel/order.ts';
import { account } from './lowering/account.ts';
import { lower } from './lowering/lower.ts';
import { refuse } from './lowering/refuse.ts';
import type { LedgerEntry } from './model/ledger.ts';
import { defaultOptions, type Options } from './model/options.ts';
import type { Plan } from './model/plan.ts';
import type { Resource } from './model/resource.ts';
import type { Input } from './parser/input.ts';
import { parse } from './parser/parse.ts';
import { decide } from './passes/index.ts';

/** The outcome of a conversion. Nothing was written anywhere. */
export interface Result {
  /** In apply order; empty when the input has mistakes. */
  readonly resources: readonly Resource[];
  /** Undefined when the input has mistakes. */
  readonly plan: Plan | undefined;
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** One entry for each leaf of the input; empty when the input has mistakes. */
  readonly ledger: readonly LedgerEntry[];
  /** True when there are mistakes, and so nothing may be written. */
  readonly failed: boolean;
}

/** How strictly the outcome is judged. */
export interface Strictness {
  /** Warnings about lost or changed attributes become errors, and nothing is written. */
  readonly strict?: boolean;
  /** Paths whose refusal is accepted: `services.web.devices`. */
  readonly drop?: readonly string[];
}

/**
 * Converts a Compose project into Kubernetes objects. Reads only through `input.files`, prints nothing, throws nothing
 * for a user's mistake: all of them are in `diagnostics`.
 */
export function convert(input: Input, options: Partial<Options> = {}, strictness: Strictness = {}): Result {
  const report = new Report();
  const chosen = { ...defaultOptions, ...options };
  const project = parse(input, serviceRules, entryRules, report);
  const parsed = report.diagnostics.length;
  const failure = (): Result => {
    const { diagnostics } = report;
    const said = mistakes(diagnostics.slice(0, parsed), diagnostics.slice(parsed));
    return { resources: [], plan: undefined, diagnostics: sortDiagnostics(said), ledger: [], failed: true };
  };
  // What is wrong in one attribute hides nothing that the rules of the others have to say.
  if (report.failed && !project.isWhole) return failure();
  const draft = lower(project, serviceRules, entryRules, chosen, report);
  if (report.failed) return failure();
  const plan = decide(draft, report);
  if (report.failed) return failure();
  const resources = emit(plan);
  const ledger = account(project, supportOf, resources, report);
  const judged = refuse(report.diagnostics, strictness);
  return { resources, plan, diagnostics: sortDiagnostics(judged.diagnostics), ledger, failed: judged.failed };
}
