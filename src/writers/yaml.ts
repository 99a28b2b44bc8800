/**
 * An object as YAML text that every reader understands alike: YAML 1.2 readers, and the YAML 1.1 readers that Kubernetes tools
 * (Go, Python) are, which take `no`, `0777`, `12e03` or `1:30` for something else than text.
 */

import { Document, Pair, Scalar, type ScalarTag, type Tags, type ToStringOptions, YAMLMap, YAMLSeq } from 'yaml';
import type { KubernetesObject } from '../model/resource.ts';

/** Text that no reader takes for anything else: most of a manifest, so it goes past the slower checks. */
const PLAIN_WORD = /^[A-Za-z_/][\w./-]*$/;

/** Words that some reader takes for a boolean, for nothing or for a number. */
const RESERVED_WORD = /^(?:y|n|yes|no|on|off|true|false|null|e-?\d+)$/i;

/**
 * Anything that begins like a number and has no character that a number, a date or a time of some YAML version cannot have,
 * and the few signs with a meaning of their own. Catches more than necessary on purpose, but not addresses and versions.
 */
const LIKE_A_NUMBER =
  /^(?:(?!\d+\.\d+\.\d)[-+.]?[\d.][\d._,:+eE-]*|[-+]?0[xob][\da-f_]*|\d{4}-\d\d?-\d.*|[-+]?\.(?:inf|nan)|[=~]|<<)$/i;

/**
 * Characters that must be escaped: those that YAML 1.1 readers refuse, take for a line break, or drop, and lone surrogates.
 * @see https://yaml.org/spec/1.1/#c-printable
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/u;

/** Characters of the above that JSON leaves as they are. */
const UNESCAPED_BY_JSON = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

function isEscaped(text: string, isOneLine: boolean): boolean {
  if (UNPRINTABLE.test(text)) return true;
  // Python cannot read a tab in a plain text.
  if (isOneLine) return text.includes('\t') || text.includes('\n');
  // A block cannot end in a line of blanks, and Go reads none that begins with a tab.
  return /\n[\t ]+$|^\n*\t|^\s*$/.test(text);
}

/** A text in double quotes on one line. JSON's escapes are YAML's, too. */
function escaped(text: string): string {
  return JSON.stringify(text).replace(
    UNESCAPED_BY_JSON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A tag that brings its own way of writing, as the package's tag for text does. */
type WritingTag = ScalarTag & Required<Pick<ScalarTag, 'stringify'>>;

/** Writes text so that it stays text, and leaves to the package what is only a matter of syntax. */
function stringTag(base: WritingTag): WritingTag {
  return {
    ...base,
    stringify(item, context, onComment, onChompKeep) {
      const text = item.value as string;
      if (PLAIN_WORD.test(text)) return RESERVED_WORD.test(text) ? `'${text}'` : text;
      const isOneLine = context.implicitKey === true || !text.includes('\n');
      if (isEscaped(text, isOneLine)) return escaped(text);
      if (LIKE_A_NUMBER.test(text)) return `'${text}'`;
      return base.stringify(item, context, onComment, onChompKeep);
    },
  };
}

const document = new Document(null, {
  compat: 'yaml-1.1',
  customTags: (tags): Tags =>
    tags.map((tag) =>
      typeof tag === 'object' && tag.tag === 'tag:yaml.org,2002:str' ? stringTag(tag as WritingTag) : tag,
    ),
});

const layout: ToStringOptions = {
  lineWidth: 0,
  indentSeq: false,
  blockQuote: 'literal',
  singleQuote: true,
  // Otherwise the package walks every document in search of tags to declare.
  directives: false,
};

/** Fields that hold permission bits, which people read in octal; YAML versions disagree on how to write octal. */
const MODE_FIELDS = new Set(['mode', 'defaultMode']);

function scalar(value: unknown, key: string | undefined): Scalar {
  const node = new Scalar(value);
  if (key !== undefined && MODE_FIELDS.has(key) && Number.isInteger(value)) {
    node.comment = ` 0${(value as number).toString(8)}`;
  }
  return node;
}

/** Builds the nodes by hand: the package's own way looks for repeated objects, which JSON does not have, and takes longer. */
function node(value: unknown, key?: string): Scalar | YAMLMap | YAMLSeq {
  if (typeof value !== 'object' || value === null) return scalar(value, key);
  if (Array.isArray(value)) {
    const sequence = new YAMLSeq();
    for (const item of value) sequence.items.push(node(item));
    return sequence;
  }
  const map = new YAMLMap();
  for (const [name, field] of Object.entries(value)) map.items.push(new Pair(new Scalar(name), node(field, name)));
  return map;
}

/**
 * Writes one object as a YAML document without `---`, ended by a line feed. Keys stay in their order, text of several lines
 * becomes a literal block, nothing is folded and nothing is an alias.
 */
export function yamlText(object: KubernetesObject): string {
  document.contents = node(object);
  return document.toString(layout);
}
