/** Texts that were read, and places in them. Line and column are computed only when somebody asks. */

/** A text that was read, under the name that messages print (relative path, or `-` for standard input). */
export interface Source {
  readonly name: string;
  readonly text: string;
  /** True for env files, of which no message shows more than names. */
  readonly isPrivate?: true;
}

/** A half-open range of UTF-16 offsets in one source. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** A place as editors count it: both numbers start at 1, columns count UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const lineStartsOf = new WeakMap<Source, readonly number[]>();

/** The offset at which each line of the source begins. Computed once for each source. */
export function lineStarts(source: Source): readonly number[] {
  const known = lineStartsOf.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1)) starts.push(at + 1);
  lineStartsOf.set(source, starts);
  return starts;
}

/** Line and column of an offset. Offsets past the end of the text give the place just after its last character. */
export function place(source: Source, offset: number): Place {
  const starts = lineStarts(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.min(offset, source.text.length) - (starts[low] ?? 0) + 1 };
}

/** The text of a line, without its line end. Lines count from 1; a line that is not there is empty. */
export function lineText(source: Source, line: number): string {
  const starts = lineStarts(source);
  const start = starts[line - 1];
  if (start === undefined) return '';
  return source.text.slice(start, (starts[line] ?? source.text.length + 1) - 1).replace(/\r$/, '');
}

/** `file:line:column` of the first character of a span, the form that editors and CI make clickable. */
export function spanText(span: Span): string {
  const { line, column } = place(span.source, span.start);
  return `${span.source.name}:${line}:${column}`;
}
