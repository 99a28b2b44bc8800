/** Walks the resolved tree and finds its leaves as the user wrote them, each with its attribute of the specification. */

import type { Path } from '../kernel/located.ts';
import { stepText } from '../kernel/located.ts';
import type { Span } from '../kernel/source.ts';
import type { Dict, Tree } from '../kernel/tree.ts';

/** A place in the tree with the attribute it is of, and the place around it. */
export interface Place {
  readonly path: Path;
  /** `services.web.ports[0]` */
  readonly text: string;
  /** `services.*.ports[]` */
  readonly attribute: string;
  readonly around: Place | undefined;
}

/** A leaf of the input. A short form such as `8080:80` is one leaf with the parts it stands for. */
export interface Leaf extends Place {
  readonly span: Span;
  /** Parts of a short form, or the leaf itself. */
  readonly parts: readonly Place[];
}

/** The known attributes as a tree of their steps, so that the way down costs one lookup for each step. */
export interface AttributeNode {
  readonly attribute: string;
  readonly keys: Map<string, AttributeNode>;
  item: AttributeNode | undefined;
}

/** Prepares the lookup of `services.*.ports[].target` and its like. */
export function attributeTree(attributes: Iterable<string>): AttributeNode {
  const root: AttributeNode = { attribute: '', keys: new Map(), item: undefined };
  for (const attribute of attributes) {
    let node = root;
    let text = '';
    for (const step of attribute.split(/\.|(?=\[\])/)) {
      text += step === '[]' || text === '' ? step : `.${step}`;
      const known = step === '[]' ? node.item : node.keys.get(step);
      const next = known ?? { attribute: text, keys: new Map(), item: undefined };
      if (step === '[]') node.item = next;
      else node.keys.set(step, next);
      node = next;
    }
  }
  return root;
}

/** What a key is of: its own attribute, an extension, a key of the user's choice, or else just a part of its parent. */
function below(parent: AttributeNode, key: string): AttributeNode {
  const own = parent.keys.get(key);
  if (own !== undefined) return own;
  const extension = key.startsWith('x-') ? parent.keys.get('x-*') : undefined;
  return extension ?? parent.keys.get('*') ?? parent;
}

/** A node on the way down. */
interface Here {
  readonly place: Place;
  readonly known: AttributeNode;
}

function atKey({ place, known }: Here, key: string): Here {
  const next = below(known, key);
  const text = stepText(place.text, key);
  return { place: { path: [...place.path, key], text, attribute: next.attribute, around: place }, known: next };
}

function atIndex({ place, known }: Here, index: number): Here {
  const next = known.item ?? known;
  const text = stepText(place.text, index);
  return { place: { path: [...place.path, index], text, attribute: next.attribute, around: place }, known: next };
}

/** The scalars below a node, for the parts of a short form. */
function addParts(node: Tree, here: Here, parts: Place[]): void {
  if (node.kind === 'scalar') parts.push(here.place);
  else if (node.kind === 'list')
    for (const [index, item] of node.items.entries()) addParts(item, atIndex(here, index), parts);
  else for (const [key, { value }] of node.entries) addParts(value, atKey(here, key), parts);
}

function partsOf(node: Tree, here: Here): readonly Place[] {
  if (node.kind === 'scalar') return [here.place];
  const parts: Place[] = [];
  addParts(node, here, parts);
  return parts.length === 0 ? [here.place] : parts;
}

/** Whether a place is in the one extension that this program reads. */
export function isOwnExtension({ path }: Place): boolean {
  return path.includes('x-kubernetes');
}

function collect(node: Tree, here: Here, span: Span, leaves: Leaf[]): void {
  const { place } = here;
  const isExtension = place.attribute.endsWith('x-*') && !isOwnExtension(place);
  const isWhole = node.kind === 'scalar' || node.written?.kind === 'scalar' || isExtension;
  const isEmpty = node.kind === 'list' ? node.items.length === 0 : node.kind === 'dict' && node.entries.size === 0;
  if (isWhole || isEmpty) leaves.push({ ...place, span, parts: partsOf(node, here) });
  else if (node.kind === 'list')
    for (const [index, item] of node.items.entries()) collect(item, atIndex(here, index), item.span, leaves);
  else collectEntries(node, here, leaves);
}

/** Leaves of an old form such as `external: {name: n}`, which became this scalar and other keys beside it. */
function collectOldForm(written: Dict, here: Here, around: Here, leaves: Leaf[]): void {
  for (const [key, { value }] of written.entries) {
    const next = atKey(here, key);
    leaves.push({ ...next.place, span: value.span, parts: [here.place, atKey(around, key).place] });
  }
}

/** The old form that some of the entries were written as. */
function oldFormOf({ entries }: Dict): Dict | undefined {
  for (const { value } of entries.values())
    if (value.kind === 'scalar' && value.written !== undefined) return value.written;
  return undefined;
}

function isWithin(span: Span, { source, start, end }: Span): boolean {
  return span.source === source && span.start >= start && span.end <= end;
}

function collectEntries(node: Dict, here: Here, leaves: Leaf[]): void {
  const oldForm = oldFormOf(node);
  for (const [key, { key: keySpan, value }] of node.entries) {
    const next = atKey(here, key);
    if (value.kind === 'scalar' && value.written !== undefined) collectOldForm(value.written, next, here, leaves);
    else if (oldForm !== undefined && isWithin(value.span, oldForm.span)) continue;
    else if (node.written?.kind === 'list') {
      // A list form such as `[KEY=VALUE]` has one leaf for each item, whatever the long form makes of it.
      const attribute = (here.known.item ?? here.known).attribute;
      leaves.push({ ...next.place, attribute, span: value.span, parts: partsOf(value, next) });
    } else {
      const isNull = value.kind === 'scalar' && value.value === null;
      collect(value, next, isNull ? keySpan : value.span, leaves);
    }
  }
}

/** All leaves of a project's tree, in the order of the file. */
export function leavesOf(tree: Dict, known: AttributeNode): readonly Leaf[] {
  const leaves: Leaf[] = [];
  collectEntries(tree, { place: { path: [], text: '', attribute: '', around: undefined }, known }, leaves);
  return leaves;
}
