/** What a report holds, as lines that a test can compare; and trees from a few lines of YAML. */

import { Report } from '../../src/kernel/diagnostic.ts';
import { compareText } from '../../src/kernel/sort.ts';
import { place } from '../../src/kernel/source.ts';
import { type Dict, plain, type Tree } from '../../src/kernel/tree.ts';
import { readTrees } from '../../src/parser/tree.ts';

/** `file:line:column severity code message`, sorted by place; `-` stands for no place. */
export function told(report: Report): readonly string[] {
  return report.diagnostics
    .map(({ at, severity, code, message }) => {
      const { line, column } = at === undefined ? { line: 0, column: 0 } : place(at.source, at.start);
      const key = `${at === undefined ? '' : `x${at.source.name}`}:${String(line).padStart(6, '0')}:${String(column).padStart(6, '0')}:${code}`;
      const where = at === undefined ? '-' : `${at.source.name}:${line}:${column}`;
      return { key, text: `${where} ${severity} ${code} ${message}` };
    })
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ text }) => text);
}

/** The first document of a text that has no mistakes of YAML. */
export function treeOf(text: string, name = 's'): Tree {
  const report = new Report();
  const { trees } = readTrees({ name, text }, report);
  const [tree] = trees;
  if (tree === undefined || report.failed) throw new Error(`no tree: ${told(report).join('; ')}`);
  return tree;
}

/** The same for a text that is a mapping. */
export function dictOf(text: string, name = 's'): Dict {
  const tree = treeOf(text, name);
  if (tree.kind !== 'dict') throw new Error('no mapping');
  return tree;
}

/** The documents of a text as plain values, and what was said. */
export function read(text: string): { readonly values: readonly unknown[]; readonly said: readonly string[] } {
  const report = new Report();
  const { trees } = readTrees({ name: 's', text }, report);
  return { values: trees.map(plain), said: told(report) };
}

/** The part of the source that a node stands for. */
export function written({ span }: Pick<Tree, 'span'>): string {
  return span.source.text.slice(span.start, span.end);
}
