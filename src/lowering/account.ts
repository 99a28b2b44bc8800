/** The accounting: judges every leaf of the input, says aloud what nobody said yet, and writes the ledger. */

import type { Project } from '../attributes/project.ts';
import type { Support } from '../attributes/rule.ts';
import {
  type Diagnostic,
  type Disposition,
  dispositionRank,
  type Report,
  type Severity,
} from '../kernel/diagnostic.ts';
import { type Path, pathText } from '../kernel/located.ts';
import type { LedgerEntry, LedgerTarget } from '../model/ledger.ts';
import type { Resource } from '../model/resource.ts';
import { attributeTree, isOwnExtension, type Leaf, leavesOf, type Place } from './leaves.ts';

const severityOf: Readonly<Record<Disposition, Severity>> = {
  converted: 'info',
  'not-applicable': 'info',
  delegated: 'warning',
  approximated: 'warning',
  refused: 'error',
};
const words: Readonly<Record<Disposition, string>> = {
  converted: 'converted',
  'not-applicable': 'has no meaning in a cluster',
  delegated: 'is left to others',
  approximated: 'is approximated',
  refused: 'is refused',
};

interface Judgement {
  readonly disposition: Disposition;
  /** What was said; undefined when it was settled without a word. */
  readonly said: Diagnostic | undefined;
}

/** Judgements by path; the worst one said about a path holds. */
function judgements(report: Report): ReadonlyMap<string, Judgement> {
  const found = new Map<string, Judgement>();
  const note = (path: Path, judgement: Judgement): void => {
    const key = pathText(path);
    const known = found.get(key);
    if (known === undefined || dispositionRank[judgement.disposition] > dispositionRank[known.disposition])
      found.set(key, judgement);
  };
  for (const said of report.diagnostics)
    if (said.path !== undefined && said.disposition !== undefined)
      note(said.path, { disposition: said.disposition, said });
  for (const { path, disposition } of report.settledSilently) note(path, { disposition, said: undefined });
  return found;
}

/** Whether something of what was judged is in the output. */
function isKept({ disposition }: Judgement): boolean {
  return disposition === 'converted' || disposition === 'approximated';
}

/** The judgement on a place: its own, or that on the nearest thing around it which was left out whole. */
function judge(place: Place, judged: ReadonlyMap<string, Judgement>): Judgement | undefined {
  const own = judged.get(place.text);
  if (own !== undefined && (own.said !== undefined || own.disposition === 'converted')) return own;
  // A section as a whole is never left out, so the search ends with its entries.
  for (let around = place.around; around !== undefined && around.path.length > 1; around = around.around) {
    const found = judged.get(around.text);
    // What was settled in silence may have been told with the whole that it is part of.
    if (found !== undefined && (own === undefined ? !isKept(found) : found.disposition === own.disposition))
      return found;
  }
  return own;
}

/** The judgement on the whole extension that a place is in: a rule reads all of it or nothing. */
function judgeExtension(place: Place, judged: ReadonlyMap<string, Judgement>): Judgement | undefined {
  let around: Place | undefined = place;
  while (around !== undefined && around.path.at(-1) !== 'x-kubernetes') around = around.around;
  return around === undefined ? undefined : judged.get(around.text);
}

interface Field {
  readonly object: string;
  readonly field: string;
}

/** Emitted fields by the path of the input that they come from. */
function fieldsByPath(resources: readonly Resource[]): ReadonlyMap<string, readonly Field[]> {
  const fields = new Map<string, Field[]>();
  for (const { object, origins } of resources) {
    for (const [field, { path }] of origins) {
      const key = pathText(path);
      const known = fields.get(key);
      const target = { object: `${object.kind}/${object.metadata.name}`, field };
      if (known === undefined) fields.set(key, [target]);
      else known.push(target);
    }
  }
  return fields;
}

function targets(leaf: Leaf, fields: ReturnType<typeof fieldsByPath>): readonly LedgerTarget[] {
  const byObject = new Map<string, string[]>();
  for (const { text } of [leaf, ...leaf.parts]) {
    for (const { object, field } of fields.get(text) ?? []) {
      const known = byObject.get(object);
      if (known === undefined) byObject.set(object, [field]);
      else if (!known.includes(field)) known.push(field);
    }
  }
  return [...byObject].map(([object, found]) => ({ object, fields: found }));
}

/** Words that keep their capital wherever they stand. */
const properNames = /^(Compose|Docker|Kubernetes|Swarm|Windows|Deployment)\b/;

/** The sentences of the table as one clause that can follow a colon. */
function asClause(text: string): string {
  const lowered = (part: string): string =>
    /^[A-Z][a-z-]*\b/.test(part) && !properNames.test(part) ? part.charAt(0).toLowerCase() + part.slice(1) : part;
  return text
    .replace(/\.$/, '')
    .split(/\.\s+(?=[A-Z-])/)
    .map(lowered)
    .join('; ');
}

function shortName(attribute: string): string {
  return attribute.replace(/^services\.\*\./, '');
}

/** The registry's own sentence about a part that nobody spoke of. */
function tableDiagnostic(attribute: string, support: Support, leaf: Leaf): Diagnostic {
  const disposition = support.isPending === true ? 'delegated' : support.disposition;
  const message =
    support.isPending === true
      ? `${shortName(attribute)} is not converted yet; planned is: ${asClause(support.rule)}`
      : `${shortName(attribute)} ${words[disposition]}: ${asClause(support.note ?? support.rule)}`;
  return {
    code: support.isPending === true ? 'support/not-yet' : `support/${disposition}`,
    severity: severityOf[disposition],
    message,
    at: leaf.span,
    path: leaf.path,
    disposition,
    ...(support.isPending === true && { hint: 'set it by hand in the output' }),
  };
}

function misplacedExtension({ path, span }: Leaf): Diagnostic {
  return {
    code: 'support/not-yet',
    severity: 'warning',
    message: `${path.slice(path.indexOf('x-kubernetes')).join('.')} is not carried out at this place`,
    at: span,
    path,
    disposition: 'delegated',
    hint: 'x-kubernetes is read in services and in the entries of volumes, configs and secrets',
  };
}

/** Judges one leaf; diagnostics that the registry has to give are added to `missing`. */
function judgeLeaf(
  leaf: Leaf,
  judged: ReadonlyMap<string, Judgement>,
  support: Readonly<Record<string, Support>>,
  missing: Diagnostic[],
): { readonly disposition: Disposition; readonly reason: string } {
  let disposition: Disposition = 'converted';
  let reason = support[leaf.attribute]?.rule ?? '';
  const whole = judge(leaf, judged);
  const isLeftOut = whole !== undefined && !isKept(whole);
  for (const part of leaf.parts) {
    const entry = support[part.attribute];
    // What was said about the rest of a short form says nothing about an option in it that nobody converts yet.
    const own =
      judge(part, judged) ??
      (entry?.isPending === true && !isLeftOut ? undefined : whole) ??
      judgeExtension(part, judged);
    const isPlain = entry === undefined || (entry.disposition === 'converted' && entry.isPending !== true);
    const isExtension = part.attribute.endsWith('x-*');
    const isMisplaced = isExtension && isOwnExtension(part);
    const table =
      own !== undefined || isPlain
        ? undefined
        : isMisplaced
          ? misplacedExtension(leaf)
          : tableDiagnostic(part.attribute, entry, leaf);
    if (table !== undefined && (isMisplaced || !isExtension)) missing.push(table);
    const verdict = own?.disposition ?? table?.disposition ?? 'converted';
    if (dispositionRank[verdict] < dispositionRank[disposition]) continue;
    if (verdict !== 'converted' || reason === '')
      reason = own?.said?.message ?? table?.message ?? entry?.rule ?? reason;
    disposition = verdict;
  }
  return { disposition, reason };
}

/**
 * Writes the ledger of a run and adds to the report what the registry says about leaves that no rule or pass spoke of
 * (the voice lock: a rule cannot forget).
 */
export function account(
  project: Project,
  support: Readonly<Record<string, Support>>,
  resources: readonly Resource[],
  report: Report,
): readonly LedgerEntry[] {
  const judged = judgements(report);
  const fields = fieldsByPath(resources);
  const missing: Diagnostic[] = [];
  const entries = leavesOf(project.tree, attributeTree(Object.keys(support))).map((leaf): LedgerEntry => {
    const { path, text, attribute, span } = leaf;
    const { disposition, reason } = judgeLeaf(leaf, judged, support, missing);
    return { path: text, attribute, origin: { path, span }, disposition, reason, to: targets(leaf, fields) };
  });
  for (const diagnostic of missing) report.add(diagnostic);
  return entries;
}
