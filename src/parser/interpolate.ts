/** `${VAR}` in values: Compose's template language on located trees. */

import { error, type Report, speaker, warning } from '../kernel/diagnostic.ts';
import type { Path } from '../kernel/located.ts';
import { looksSecret } from '../kernel/mask.ts';
import type { Span } from '../kernel/source.ts';
import type { Entry, Scalar, Tree } from '../kernel/tree.ts';

const messages = {
  format: error(
    (text: string) => `"${text}" is not a valid variable reference`,
    'write ${NAME}, ${NAME:-default} or ${NAME:?message}; a $ that is meant as itself is written $$',
  ),
  required: error(
    (name: string, message: string) => `the variable ${name} is required${message === '' ? '' : `: ${message}`}`,
    (name: string) => `set ${name} in the environment or in .env`,
  ),
  'too-deep': error('variable references are nested more than 100 deep'),
  unset: warning(
    (name: string) => `the variable ${name} is not set; an empty text is used`,
    (name: string) => `set ${name} in the environment or in .env, or write \${${name}:-} to say that empty is meant`,
  ),
};
const say = speaker('interpolate', messages);

/** Answers for a variable; undefined when it is not set. */
export type Lookup = (name: string) => string | undefined;

/** Why a template could not be filled. `text` is the reference as written, or the beginning of it. */
type Problem =
  | { readonly kind: 'format' | 'too-deep'; readonly text: string }
  | { readonly kind: 'required'; readonly text: string; readonly name: string; readonly message: string };

interface Filling {
  readonly lookup: Lookup;
  readonly unset: (name: string) => void;
  readonly problems: Problem[];
}

/** References inside the default of a reference, and so on: what no person writes. */
const depthLimit = 100;
const nameForm = /[_a-zA-Z][_a-zA-Z0-9]*/y;
const operatorForm = /:?[-+?]/y;

function matchAt(form: RegExp, text: string, at: number): string {
  form.lastIndex = at;
  return form.exec(text)?.[0] ?? '';
}

/** The brace that closes the one at `open`, by counting; the sign after an opening brace is never looked at. */
function closingBrace(text: string, open: number, last: number): number {
  let depth = 0;
  for (let at = open; at < last; at += 1) {
    if (text[at] === '{') {
      depth += 1;
      at += 1;
    } else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return last;
}

interface Braced {
  readonly name: string;
  readonly operator: string;
  readonly operand: string;
  /** Just after the closing brace. */
  readonly end: number;
}

/**
 * The reference whose `${` is at `dollar`; undefined when it is malformed. Braces that do not balance close with the
 * last one before `last`, as in compose-go, which also wants the whole reference on one line.
 */
function bracedAt(text: string, dollar: number, last: number): Braced | undefined {
  const name = matchAt(nameForm, text, dollar + 2);
  const after = dollar + 2 + name.length;
  if (name === '') return undefined;
  if (text[after] === '}') return { name, operator: '', operand: '', end: after + 1 };
  const operator = matchAt(operatorForm, text, after);
  const start = after + operator.length;
  if (operator === '' || last < start) return undefined;
  const close = closingBrace(text, dollar + 1, last);
  return { name, operator, operand: text.slice(start, close), end: close + 1 };
}

function fillBraced({ name, operator, operand }: Braced, written: string, filling: Filling, depth: number): string {
  const value = filling.lookup(name);
  if (operator === '') {
    if (value === undefined) filling.unset(name);
    return value ?? '';
  }
  const isGiven = value !== undefined && (value !== '' || !operator.startsWith(':'));
  if (operator.endsWith('-')) return isGiven ? value : fill(operand, filling, depth + 1);
  if (operator.endsWith('+')) return isGiven ? fill(operand, filling, depth + 1) : (value ?? '');
  if (isGiven) return value;
  const before = filling.problems.length;
  const message = fill(operand, filling, depth + 1);
  if (filling.problems.length === before) filling.problems.push({ kind: 'required', text: written, name, message });
  return '';
}

/** A malformed reference as far as it is worth showing: to its brace if it has one, else to the next blank. */
function malformed(text: string, dollar: number): string {
  const rest = text.slice(dollar, dollar + 60);
  return /^\$\{[^\s{}]*\}?/.exec(rest)?.[0] ?? rest;
}

/**
 * The text with all its variables filled in, from left to right; what is no reference is left alone.
 * @see compose-semantics.md points 15 to 19
 */
function fill(text: string, filling: Filling, depth: number): string {
  if (depth > depthLimit) {
    filling.problems.push({ kind: 'too-deep', text: '' });
    return '';
  }
  let result = '';
  let at = 0;
  let lineEnd = -1;
  let lastBrace = -1;
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
    result += text.slice(at, dollar);
    const next = text[dollar + 1];
    const name = next === '{' || next === '$' ? '' : matchAt(nameForm, text, dollar + 1);
    if (next === '{') {
      if (dollar > lineEnd) {
        const feed = text.indexOf('\n', dollar);
        lineEnd = feed < 0 ? text.length : feed;
        lastBrace = text.lastIndexOf('}', lineEnd);
      }
      const braced = bracedAt(text, dollar, lastBrace);
      const wrong = braced === undefined ? malformed(text, dollar) : '';
      at = braced?.end ?? dollar + Math.max(2, wrong.length);
      if (braced === undefined) filling.problems.push({ kind: 'format', text: wrong });
      else result += fillBraced(braced, text.slice(dollar, at), filling, depth);
    } else if (name !== '') {
      const value = filling.lookup(name);
      if (value === undefined) filling.unset(name);
      result += value ?? '';
      at = dollar + 1 + name.length;
    } else {
      result += '$';
      at = dollar + (next === '$' ? 2 : 1);
    }
  }
  return result + text.slice(at);
}

function sentence(problem: Problem): string {
  if (problem.kind === 'required') return messages.required.text(problem.name, problem.message);
  return problem.kind === 'format' ? messages.format.text(problem.text) : messages['too-deep'].text();
}

/** Fills one text, for env files; problems come back as sentences. */
export function interpolateText(
  text: string,
  lookup: Lookup,
): { readonly text: string; readonly problems: readonly string[]; readonly unset: readonly string[] } {
  const unset: string[] = [];
  const problems: Problem[] = [];
  const filled = fill(text, { lookup, unset: (name) => unset.push(name), problems }, 0);
  return { text: filled, problems: problems.map(sentence), unset };
}

/** The place of a part of a scalar, when its source has the part as it is; else the place of the scalar. */
function partOf(span: Span, part: string): Span {
  const at = part === '' ? -1 : span.source.text.slice(span.start, span.end).indexOf(part);
  return at < 0 ? span : { ...span, start: span.start + at, end: span.start + at + part.length };
}

/** Parts of a variable's value that no message may show. */
function secretsIn(name: string, value: string): readonly string[] {
  if (looksSecret(name)) return [value];
  const password = /[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s:/@]*:(\S+)@/.exec(value)?.[1];
  return password === undefined ? [] : [password];
}

function fillScalar(
  node: Scalar,
  template: string,
  path: Path,
  lookup: Lookup,
  warned: Set<string>,
  report: Report,
): Scalar {
  const problems: Problem[] = [];
  const value = fill(
    template,
    {
      lookup(name) {
        const found = lookup(name);
        for (const secret of secretsIn(name, found ?? '')) if (secret !== '') report.hide(node.span, secret);
        return found;
      },
      unset(name) {
        if (warned.has(name)) return;
        warned.add(name);
        const bare = partOf(node.span, `$${name}`);
        say(report, 'unset', { path, span: bare === node.span ? partOf(node.span, `\${${name}}`) : bare }, name);
      },
      problems,
    },
    0,
  );
  const told = new Set<string>();
  for (const problem of problems) {
    if (told.has(problem.text)) continue;
    told.add(problem.text);
    const origin = { path, span: partOf(node.span, problem.text) };
    if (problem.kind === 'required') say(report, 'required', origin, problem.name, problem.message);
    else if (problem.kind === 'format') say(report, 'format', origin, problem.text);
    else say(report, 'too-deep', origin);
  }
  if (problems.length > 0) report.spoil(node.span);
  return { ...node, value, text: value };
}

/**
 * Interpolates every value of a document; keys are never touched. Each unset variable is warned of once. What holds no
 * reference is shared with the old tree.
 */
export function interpolate(tree: Tree, lookup: Lookup, warned: Set<string>, report: Report): Tree {
  const done = new Map<Scalar, Scalar>();
  const steps: (string | number)[] = [];
  const visit = (node: Tree): Tree => {
    if (node.kind !== 'scalar') return walk(node);
    if (typeof node.value !== 'string' || !node.value.includes('$')) return node;
    // Aliases share one node: filling it once says once what is wrong with it.
    const known = done.get(node) ?? fillScalar(node, node.value, [...steps], lookup, warned, report);
    done.set(node, known);
    return known;
  };
  const visitAt = (step: string | number, node: Tree): Tree => {
    steps.push(step);
    const result = visit(node);
    steps.pop();
    return result;
  };
  const walk = (node: Exclude<Tree, Scalar>): Tree => {
    if (node.kind === 'list') {
      const items = node.items.map((item, index) => visitAt(index, item));
      return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
    }
    let entries: Map<string, Entry> | undefined;
    for (const [key, entry] of node.entries) {
      const value = visitAt(key, entry.value);
      if (value === entry.value) continue;
      entries ??= new Map(node.entries);
      entries.set(key, { key: entry.key, value });
    }
    return entries === undefined ? node : { ...node, entries };
  };
  return visit(tree);
}
