/** Walks the resolved tree and finds its leaves as the user wrote them, each with its attribute of the specification. */

import type { Path } from '../kernel/located.ts';
import type { Span } from '../kernel/source.ts';
import type { Dict, Tree } from '../kernel/tree.ts';

/** A leaf of the input. A short form such as `8080:80` is one leaf with the parts it stands for. */
export interface Leaf {
  readonly path: Path;
  readonly attribute: string;
  readonly span: Span;
  /** Parts of a short form, or the leaf itself. */
  readonly parts: readonly { readonly path: Path; readonly attribute: string }[];
}

/** True when the registry knows an attribute path. */
export type Knows = (attribute: string) => boolean;

function childAttribute(parent: string, key: string, knows: Knows): string {
  const own = parent === '' ? key : `${parent}.${key}`;
  if (knows(own)) return own;
  if (key.startsWith('x-') && knows(parent === '' ? 'x-*' : `${parent}.x-*`))
    return parent === '' ? 'x-*' : `${parent}.x-*`;
  return knows(`${parent}.*`) ? `${parent}.*` : parent;
}

function itemAttribute(parent: string, knows: Knows): string {
  return knows(`${parent}[]`) ? `${parent}[]` : parent;
}

/** The scalars below a node, for the parts of a short form. */
function partsOf(
  node: Tree,
  path: Path,
  attribute: string,
  knows: Knows,
): readonly { readonly path: Path; readonly attribute: string }[] {
  if (node.kind === 'scalar') return [{ path, attribute }];
  if (node.kind === 'list')
    return node.items.flatMap((item, index) => partsOf(item, [...path, index], itemAttribute(attribute, knows), knows));
  return [...node.entries].flatMap(([key, { value }]) =>
    partsOf(value, [...path, key], childAttribute(attribute, key, knows), knows),
  );
}

function collect(node: Tree, path: Path, attribute: string, span: Span, knows: Knows, leaves: Leaf[]): void {
  const leaf = (): void => {
    const parts = partsOf(node, path, attribute, knows);
    leaves.push({ path, attribute, span, parts: parts.length === 0 ? [{ path, attribute }] : parts });
  };
  if (attribute.endsWith('x-*') || node.kind === 'scalar' || node.written?.kind === 'scalar') leaf();
  else if (node.kind === 'list') {
    if (node.items.length === 0) leaf();
    for (const [index, item] of node.items.entries())
      collect(item, [...path, index], itemAttribute(attribute, knows), item.span, knows, leaves);
  } else collectEntries(node, path, attribute, span, knows, leaves);
}

function collectEntries(node: Dict, path: Path, attribute: string, span: Span, knows: Knows, leaves: Leaf[]): void {
  if (node.entries.size === 0) leaves.push({ path, attribute, span, parts: [{ path, attribute }] });
  for (const [key, { key: keySpan, value }] of node.entries) {
    const own = childAttribute(attribute, key, knows);
    const below = [...path, key];
    // A list form such as `[KEY=VALUE]` has one leaf for each item, whatever the long form makes of it.
    if (node.written?.kind === 'list')
      leaves.push({
        path: below,
        attribute: itemAttribute(attribute, knows),
        span: value.span,
        parts: partsOf(value, below, own, knows),
      });
    else
      collect(value, below, own, value.kind === 'scalar' && value.value === null ? keySpan : value.span, knows, leaves);
  }
}

/** All leaves of a project's tree, in the order of the file. */
export function leavesOf(tree: Dict, knows: Knows): readonly Leaf[] {
  const leaves: Leaf[] = [];
  collectEntries(tree, [], '', tree.span, knows, leaves);
  return leaves;
}
