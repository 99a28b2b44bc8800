/** The order in which diagnostics are shown, and which of them are one. */

import type { Diagnostic } from './diagnostic.ts';
import { type Origin, pathText } from './located.ts';
import { compareText } from './sort.ts';
import type { Span } from './source.ts';

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

/** The attribute without the name of its service, for what is written once and stands in several services by an anchor. */
function sharedPath({ path }: Diagnostic): string | undefined {
  return path === undefined || path.length < 3 ? undefined : `${path[0]}\0${pathText(path.slice(2))}`;
}

/** What makes two diagnostics one: the same text for several services, or, if it is no error, the same sentence. */
function identities(one: Diagnostic): readonly string[] {
  const shared = sharedPath(one);
  const { at, code, hint, message, severity } = one;
  return [
    ...(at === undefined || shared === undefined
      ? []
      : [`place\0${code}\0${at.source.name}\0${at.start}\0${at.end}\0${shared}`]),
    // Each mistake is shown with its excerpt: it has to be mended where it stands.
    ...(severity === 'error' ? [] : [`text\0${code}\0${message}\0${hint ?? ''}`]),
  ];
}

function originOf({ at, path }: Diagnostic): Origin {
  return { path: path ?? [], ...(at !== undefined && { span: at }) };
}

/** Two sentences about one attribute of one service are two, wherever they stand. */
function isSamePath(one: Diagnostic, other: Diagnostic): boolean {
  return pathText(one.path ?? []) === pathText(other.path ?? []);
}

/** One diagnostic for each sentence, with the other places it holds for. The first of them, as given, speaks. */
function fold(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const places = new Map<Diagnostic, Origin[]>();
  const known = new Map<string, Diagnostic>();
  for (const one of diagnostics) {
    const names = identities(one);
    const first = names
      .map((name) => known.get(name))
      .find((other) => other !== undefined && (other.message === one.message || !isSamePath(other, one)));
    if (first === undefined) places.set(one, []);
    else places.get(first)?.push(originOf(one));
    for (const name of names) if (!known.has(name)) known.set(name, first ?? one);
  }
  return [...places].map(([one, also]) => (also.length === 0 ? one : { ...one, also }));
}

function overlaps(a: Span | undefined, b: Span | undefined): boolean {
  return a !== undefined && b !== undefined && a.source === b.source && a.start < b.end && b.start < a.end;
}

/** The error with a warning about the same place as its hint, if it has none. */
function explained(one: Diagnostic, warnings: readonly Diagnostic[]): Diagnostic {
  const cause = one.hint === undefined ? warnings.find(({ at }) => overlaps(at, one.at)) : undefined;
  return cause === undefined ? one : { ...one, hint: cause.message };
}

/**
 * What is worth saying when nothing can be written: the mistakes, and the warnings of the stage that read the text. What
 * later stages say about a place that was wrong from the beginning is an echo of the first mistake.
 */
export function mistakes(early: readonly Diagnostic[], late: readonly Diagnostic[]): readonly Diagnostic[] {
  const warnings = early.filter(({ severity }) => severity === 'warning');
  const first = early.filter(({ severity }) => severity === 'error');
  const others = late.filter((one) => one.severity === 'error' && !first.some(({ at }) => overlaps(at, one.at)));
  const errors = [...first, ...others].map((one) => explained(one, warnings));
  const hints = new Set(errors.map(({ hint }) => hint));
  return [...warnings.filter(({ message }) => !hints.has(message)), ...errors];
}

/** By file, place and code; what was said twice is kept once, and equal sentences are folded into the first of them. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = [...diagnostics].sort(compare);
  return fold(
    sorted.filter((one, index) => {
      const before = sorted[index - 1];
      return before === undefined || compare(before, one) !== 0;
    }),
  );
}
