/** The whole ledger of a run as JSON, for `--report`. */

import type { Diagnostic } from '../kernel/diagnostic.ts';
import { pathText } from '../kernel/located.ts';
import { place, type Span } from '../kernel/source.ts';
import { countLedger, type LedgerEntry } from '../model/ledger.ts';

function at(
  span: Span | undefined,
): { readonly file: string; readonly line: number; readonly column: number } | undefined {
  return span === undefined ? undefined : { file: span.source.name, ...place(span.source, span.start) };
}

/**
 * The ledger and all diagnostics as JSON text. Holds places, names and reasons, never a value of the input: secrets
 * cannot leak through it.
 */
export function ledgerText(ledger: readonly LedgerEntry[], diagnostics: readonly Diagnostic[]): string {
  const report = {
    version: 1,
    counts: countLedger(ledger),
    attributes: ledger.map(({ path, attribute, origin, disposition, reason, to }) => ({
      path,
      attribute,
      at: at(origin.span),
      disposition,
      reason,
      to,
    })),
    diagnostics: diagnostics.map(({ severity, code, message, at: span, path, hint, disposition, related, also }) => ({
      severity,
      code,
      message,
      at: at(span),
      path: path === undefined || path.length === 0 ? undefined : pathText(path),
      hint,
      disposition,
      related: related?.map((one) => ({ message: one.message, at: at(one.at) })),
      also: also?.map((one) => ({ path: pathText(one.path), at: at(one.span) })),
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
