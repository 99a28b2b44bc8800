/** Diagnostics as text: one greppable line, or a block with the excerpt and a caret. Only this file knows colours and columns. */

import type { Diagnostic, Severity } from './diagnostic.ts';
import { pathText } from './located.ts';
import { type Masked, maskedParts, maskText } from './mask.ts';
import { lineText, place, type Span, spanText } from './source.ts';

/** How a terminal is spoken to. */
export interface RenderOptions {
  readonly color: boolean;
  /** False gives one line for each place of a diagnostic, without excerpt. */
  readonly excerpt: boolean;
}

const severityColor: Readonly<Record<Severity, string>> = { error: '31', warning: '33', info: '36' };
/** Longer source lines are shown as a window around the caret. */
const widest = 120;

function paint(text: string, code: string, options: RenderOptions): string {
  return options.color ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** Control and direction characters and halves of characters must not reach a terminal; a tab is one blank so that carets fit. */
function visible(text: string): string {
  return text.replaceAll('\t', ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\u00b7');
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** How many columns of a terminal a text takes. */
function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += /\p{M}/u.test(sign) ? 0 : wide.test(sign) ? 2 : 1;
  return width;
}

interface Shown {
  readonly text: string;
  /** Where an offset of the source line is in `text`; inside a masked part its beginning or its end. */
  offset(column: number, edge: 'from' | 'to'): number;
}

function withoutSecrets(line: string, parts: readonly Masked[]): Shown {
  let text = '';
  let at = 0;
  for (const { from, to } of parts) {
    text += line.slice(at, from) + maskText;
    at = to;
  }
  return {
    text: text + line.slice(at),
    offset(column, edge) {
      let shift = 0;
      for (const { from, to } of parts) {
        if (column <= from) break;
        if (column < to) return from + shift + (edge === 'from' ? 0 : maskText.length);
        shift += maskText.length - (to - from);
      }
      return column + shift;
    },
  };
}

function excerpt(span: Span, options: RenderOptions): readonly string[] {
  const { line, column } = place(span.source, span.start);
  const original = lineText(span.source, line);
  const shown = withoutSecrets(original, maskedParts(span.source, line));
  const start = shown.offset(column - 1, 'from');
  const end = shown.offset(Math.min(column - 1 + Math.max(0, span.end - span.start), original.length), 'to');
  const isCut = shown.text.length > widest;
  const from = isCut ? Math.max(0, start - 40) : 0;
  const to = isCut ? Math.min(shown.text.length, from + widest) : shown.text.length;
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  const margin = ' '.repeat(widthOf(visible(shown.text.slice(from, start))) + (from > 0 ? 1 : 0));
  const length = Math.max(1, widthOf(visible(shown.text.slice(start, Math.min(end, to)))));
  return [
    `${gutter} |`,
    `${number} | ${from > 0 ? '…' : ''}${visible(shown.text.slice(from, to))}${to < shown.text.length ? '…' : ''}`.trimEnd(),
    `${gutter} | ${margin}${paint(`^${'~'.repeat(length - 1)}`, severityColor.error, options)}`,
  ];
}

/** How many further places are named; the rest is counted. */
const mostPlaces = 3;

function relatedLines({ at: own, related = [], also = [] }: Diagnostic): readonly string[] {
  const placed = (span: Span | undefined): string =>
    span === undefined || (span.source === own?.source && span.start === own.start) ? '' : spanText(span);
  const places = [
    ...related.map(({ at, message }) => [spanText(at), message]),
    ...also.map(({ span, path }) => [placed(span), pathText(path)]),
  ];
  const shown = places
    .slice(0, mostPlaces)
    .map((words) => `  = also ${visible(words.filter((word) => word !== '').join(' '))}`);
  const rest = places.length - mostPlaces;
  return rest > 0 ? [...shown, `  = and ${rest} more ${rest === 1 ? 'place' : 'places'}`] : shown;
}

/** One line for each place, so that tools which read lines miss none. */
function lines(diagnostic: Diagnostic, options: RenderOptions): string {
  const { severity, message, code, hint, at, also = [] } = diagnostic;
  const sentence = `${paint(`${severity}:`, severityColor[severity], options)} ${visible(message)} [${code}]${hint === undefined ? '' : ` (${visible(hint)})`}`;
  const places = [at, ...also.map(({ span }) => span)].map((span) => (span === undefined ? '' : spanText(span)));
  return [...new Set(places)]
    .map((text) => `${text === '' ? '' : `${paint(visible(text), '1', options)}: `}${sentence}`)
    .join('\n');
}

/** One diagnostic, without a final newline. */
export function renderDiagnostic(diagnostic: Diagnostic, options: RenderOptions): string {
  if (!options.excerpt) return lines(diagnostic, options);
  const { at, severity, message, code, hint } = diagnostic;
  return [
    `${at === undefined ? '' : `${paint(visible(spanText(at)), '1', options)}: `}${paint(`${severity}:`, severityColor[severity], options)} ${visible(message)} [${code}]`,
    ...(at === undefined || severity !== 'error' ? [] : excerpt(at, options)),
    ...(hint === undefined ? [] : [`  = hint: ${visible(hint)}`]),
    ...relatedLines(diagnostic),
  ].join('\n');
}
