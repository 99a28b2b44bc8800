/** What is said to the user: diagnostics, and the one mutable traveller that collects them. */

import type { Origin, Path } from './located.ts';
import { maskMessage } from './mask.ts';
import type { Source, Span } from './source.ts';

/** How bad it is. An error makes the run fail; a warning tells of a difference; info tells of a decision. */
export type Severity = 'error' | 'warning' | 'info';

/**
 * What became of a leaf of the input, from best to worst.
 * @see design.md §8, mapping.yaml
 */
export type Disposition = 'converted' | 'not-applicable' | 'delegated' | 'approximated' | 'refused';

/** The rank of each disposition; of two judgements on one leaf the higher rank holds. */
export const dispositionRank: Readonly<Record<Disposition, number>> = {
  converted: 0,
  'not-applicable': 1,
  delegated: 2,
  approximated: 3,
  refused: 4,
};

/** A second place that a diagnostic speaks of. */
export interface Related {
  readonly at: Span;
  readonly message: string;
}

/** One sentence to the user. */
export interface Diagnostic {
  /** `<rule or stage>/<slug>`, stable, listed in docs/diagnostics.md. */
  readonly code: string;
  readonly severity: Severity;
  /** Lower case, no final dot, never a secret value. */
  readonly message: string;
  readonly at?: Span;
  /** The attribute it is about. */
  readonly path?: Path;
  /** What to type instead. */
  readonly hint?: string;
  readonly related?: readonly Related[];
  /** Further places for which the same sentence holds. */
  readonly also?: readonly Origin[];
  /** Given when the diagnostic also settles what became of the attribute. */
  readonly disposition?: Disposition;
}

/** What a message table entry knows about its sentence before the facts of the case. */
export interface Message<Args extends readonly never[] | readonly unknown[]> {
  readonly severity: Severity;
  readonly disposition?: Disposition;
  readonly text: (...args: Args) => string;
  readonly hint?: (...args: Args) => string;
}

/** The messages of one rule or stage, by slug. */
// biome-ignore lint/suspicious/noExplicitAny: a table holds messages of any arguments; `Say` restores them
export type Messages = Readonly<Record<string, Message<any>>>;

type Text<Args extends readonly unknown[]> = string | ((...args: Args) => string);

function message<Args extends readonly unknown[]>(
  severity: Severity,
  disposition: Disposition | undefined,
  text: Text<Args>,
  hint: Text<Args> | undefined,
): Message<Args> {
  return {
    severity,
    ...(disposition !== undefined && { disposition }),
    text: typeof text === 'string' ? () => text : text,
    ...(hint !== undefined && { hint: typeof hint === 'string' ? () => hint : hint }),
  };
}

/** A mistake in the input that makes the run fail. */
export function error<Args extends readonly unknown[]>(text: Text<Args>, hint?: Text<Args>): Message<Args> {
  return message('error', undefined, text, hint);
}
/** A difference that the user has to know, about something that is not one attribute's own fate. */
export function warning<Args extends readonly unknown[]>(text: Text<Args>, hint?: Text<Args>): Message<Args> {
  return message('warning', undefined, text, hint);
}
/** A decision worth knowing. */
export function info<Args extends readonly unknown[]>(text: Text<Args>, hint?: Text<Args>): Message<Args> {
  return message('info', undefined, text, hint);
}
/** The attribute was converted, and there is a word to say about it. */
export function noted<Args extends readonly unknown[]>(text: Text<Args>, hint?: Text<Args>): Message<Args> {
  return message('info', 'converted', text, hint);
}
/** The attribute was converted to something near. */
export function approximated<Args extends readonly unknown[]>(text: Text<Args>, hint?: Text<Args>): Message<Args> {
  return message('warning', 'approximated', text, hint);
}
/** Somebody or something else has to do it. */
export function delegated<Args extends readonly unknown[]>(text: Text<Args>, hint?: Text<Args>): Message<Args> {
  return message('warning', 'delegated', text, hint);
}
/** The attribute has no meaning in a cluster. */
export function notApplicable<Args extends readonly unknown[]>(text: Text<Args>, hint?: Text<Args>): Message<Args> {
  return message('info', 'not-applicable', text, hint);
}
/** The attribute was left out, and the user has to act. `--drop PATH` accepts it. */
export function refused<Args extends readonly unknown[]>(text: Text<Args>, hint?: Text<Args>): Message<Args> {
  return message('error', 'refused', text, hint);
}

/** The arguments of one message of a table. */
export type MessageArgs<M extends Messages, C extends keyof M> = M[C] extends Message<infer Args> ? Args : never;

/** Longer quotations are cut: who reads a sentence knows by then which value is meant. */
const longestQuotation = 80;

function shorten(text: string): string {
  return text.length <= longestQuotation
    ? text
    : text.replaceAll(/"((?:[^"\\]|\\.)+)"/g, (whole, inside: string) =>
        // A command is there to be copied.
        inside.length <= longestQuotation || inside.startsWith('$(kubectl ')
          ? whole
          : `"${inside.slice(0, longestQuotation / 2)}…"`,
      );
}

/** Collects what is said. The one mutable object that travels through all stages, as their last parameter. */
export class Report {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #settled: { readonly path: Path; readonly disposition: Disposition }[] = [];

  readonly #hidden = new Map<Source, Map<number, string[]>>();
  readonly #spoiled = new Map<Source, Set<number>>();

  /**
   * Adds a diagnostic. Nothing is thrown for a user's mistake; stages stop only at their borders. Secrets that stand at
   * its place are masked in message and hint.
   */
  add(diagnostic: Diagnostic): void {
    const { at, message, hint } = diagnostic;
    if (at === undefined) {
      this.#diagnostics.push({ ...diagnostic, message: shorten(message) });
      return;
    }
    if (this.#spoiled.get(at.source)?.has(at.start) === true) return;
    const hidden = this.#hidden.get(at.source)?.get(at.start) ?? [];
    this.#diagnostics.push({
      ...diagnostic,
      message: shorten(maskMessage(message, at, hidden)),
      ...(hint !== undefined && { hint: shorten(maskMessage(hint, at, hidden)) }),
    });
  }

  /** Keeps a text, such as the value of a password variable, out of all later messages about a place. */
  hide(at: Span, secret: string): void {
    const places = this.#hidden.get(at.source) ?? new Map<number, string[]>();
    this.#hidden.set(at.source, places);
    places.set(at.start, [...(places.get(at.start) ?? []), secret]);
  }

  /** Drops all later messages about a place, whose value is unknown because of a mistake that was told already. */
  spoil(at: Span): void {
    const places = this.#spoiled.get(at.source) ?? new Set<number>();
    this.#spoiled.set(at.source, places);
    places.add(at.start);
  }

  /** Judges an attribute without a word, such as a value for which the general note does not hold. */
  settle(path: Path, disposition: Disposition): void {
    this.#settled.push({ path, disposition });
  }

  /** True when there is an error that is not a refusal: then nothing may be written. */
  get failed(): boolean {
    return this.#diagnostics.some((one) => one.severity === 'error' && one.disposition !== 'refused');
  }

  /** All diagnostics so far, in the order they came. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  /** Judgements made without a word. */
  get settledSilently(): readonly { readonly path: Path; readonly disposition: Disposition }[] {
    return this.#settled;
  }
}

/** Says a message of a table about an origin. */
export type Say<M extends Messages> = <C extends keyof M & string>(
  report: Report,
  code: C,
  origin: Origin | undefined,
  ...args: MessageArgs<M, C>
) => void;

/** The voice of one stage or pass: its name is the first part of each code. */
export function speaker<M extends Messages>(name: string, messages: M): Say<M> {
  return (report, code, origin, ...args) => {
    const { severity, disposition, text, hint } = messages[code] as Message<readonly unknown[]>;
    const advice = hint?.(...args) ?? '';
    report.add({
      code: `${name}/${code}`,
      severity,
      message: text(...args),
      ...(origin?.span !== undefined && { at: origin.span }),
      ...(origin !== undefined && { path: origin.path }),
      ...(advice !== '' && { hint: advice }),
      ...(disposition !== undefined && { disposition }),
    });
  };
}
