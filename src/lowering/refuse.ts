/** `--strict` and `--drop`: how the user's own judgement changes what is an error. */

import { type Diagnostic, error, Report, speaker } from '../kernel/diagnostic.ts';
import { pathText } from '../kernel/located.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';

const say = speaker('drop', {
  'matches-nothing': error(
    (path: string, _hint: string) => `--drop ${path} matches nothing that was refused`,
    (_path: string, hint: string) => hint,
  ),
});

function covers(dropped: string, path: string): boolean {
  return path === dropped || path.startsWith(`${dropped}.`) || path.startsWith(`${dropped}[`);
}

/** Diagnostics after the user's judgement, and whether the run has failed before anything may be written. */
export function refuse(
  diagnostics: readonly Diagnostic[],
  strictness: { readonly strict?: boolean; readonly drop?: readonly string[] },
): { readonly diagnostics: readonly Diagnostic[]; readonly failed: boolean } {
  const report = new Report();
  const refusedPaths = diagnostics.flatMap(({ disposition, path }) =>
    disposition === 'refused' && path !== undefined ? [pathText(path)] : [],
  );
  for (const dropped of strictness.drop ?? []) {
    if (refusedPaths.some((path) => covers(dropped, path))) continue;
    const near = nearest(dropped, refusedPaths);
    say(
      report,
      'matches-nothing',
      undefined,
      dropped,
      near.length > 0
        ? didYouMean(near)
        : refusedPaths.length === 0
          ? 'nothing was refused'
          : `refused were ${refusedPaths.slice(0, 5).join(', ')}`,
    );
  }
  const judged = diagnostics.map((one): Diagnostic => {
    const { disposition, severity, path } = one;
    if (
      disposition === 'refused' &&
      path !== undefined &&
      (strictness.drop ?? []).some((dropped) => covers(dropped, pathText(path)))
    )
      return { ...one, severity: 'warning' };
    if (strictness.strict === true && severity === 'warning') return { ...one, severity: 'error' };
    return one;
  });
  const isStrictFailure = strictness.strict === true && judged.some((one) => one.severity === 'error');
  return { diagnostics: [...judged, ...report.diagnostics], failed: report.failed || isStrictFailure };
}
