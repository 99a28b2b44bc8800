/** The order in which diagnostics are shown. */

import type { Diagnostic } from './diagnostic.ts';
import { compareText } from './sort.ts';

function compare(a: Diagnostic, b: Diagnostic): number {
  if (a.at === undefined || b.at === undefined)
    return (
      (a.at === undefined ? 0 : 1) - (b.at === undefined ? 0 : 1) ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message)
    );
  return (
    compareText(a.at.source.name, b.at.source.name) ||
    a.at.start - b.at.start ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

/** By file, place and code; what was said twice is kept once. Diagnostics without a place come first. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = [...diagnostics].sort(compare);
  return sorted.filter((one, index) => {
    const before = sorted[index - 1];
    return before === undefined || compare(before, one) !== 0;
  });
}
