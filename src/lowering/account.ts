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
import { type Leaf, leavesOf } from './leaves.ts';

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

/** The judgement on a path: its own, or that on the nearest thing around it which was left out whole. */
function judge(path: Path, judged: ReadonlyMap<string, Judgement>): Judgement | undefined {
  const own = judged.get(pathText(path));
  if (own !== undefined) return own;
  for (let length = path.length - 1; length > 1; length -= 1) {
    const around = judged.get(pathText(path.slice(0, length)));
    if (around !== undefined && around.disposition !== 'converted' && around.disposition !== 'approximated')
      return around;
  }
  return undefined;
}

/** Emitted fields by the path of the input that they come from. */
function fieldsByPath(
  resources: readonly Resource[],
): ReadonlyMap<string, readonly { readonly object: string; readonly field: string }[]> {
  const fields = new Map<string, { readonly object: string; readonly field: string }[]>();
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

function targets(
  leaf: Leaf,
  fields: ReadonlyMap<string, readonly { readonly object: string; readonly field: string }[]>,
): readonly LedgerTarget[] {
  const byObject = new Map<string, string[]>();
  for (const path of new Set([leaf.path, ...leaf.parts.map((part) => part.path)])) {
    for (const { object, field } of fields.get(pathText(path)) ?? []) {
      const known = byObject.get(object);
      if (known === undefined) byObject.set(object, [field]);
      else if (!known.includes(field)) known.push(field);
    }
  }
  return [...byObject].map(([object, found]) => ({ object, fields: found }));
}

function shortName(attribute: string): string {
  return attribute.replace(/^services\.\*\./, '');
}

/** The registry's own sentence about a part that nobody spoke of. */
function tableDiagnostic(attribute: string, support: Support, leaf: Leaf): Diagnostic {
  const disposition = support.isPending === true ? 'delegated' : support.disposition;
  const message =
    support.isPending === true
      ? `${shortName(attribute)} is not converted yet: ${support.rule}`
      : `${shortName(attribute)} ${words[disposition]}: ${support.note ?? support.rule}`;
  return {
    code: support.isPending === true ? 'support/not-yet' : `support/${disposition}`,
    severity: severityOf[disposition],
    message: message.replace(/\.$/, ''),
    at: leaf.span,
    path: leaf.path,
    disposition,
    ...(support.isPending === true && { hint: 'set it by hand in the output' }),
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
  for (const part of leaf.parts) {
    const own = judge(part.path, judged) ?? judge(leaf.path, judged);
    const entry = support[part.attribute];
    const table =
      entry === undefined || (own === undefined && entry.disposition === 'converted' && entry.isPending !== true)
        ? undefined
        : tableDiagnostic(part.attribute, entry, leaf);
    const verdict = own ?? { disposition: table?.disposition ?? 'converted', said: undefined };
    if (own === undefined && table !== undefined && !part.attribute.endsWith('x-*')) missing.push(table);
    if (dispositionRank[verdict.disposition] < dispositionRank[disposition]) continue;
    if (verdict.disposition !== 'converted' || reason === '')
      reason = verdict.said?.message ?? table?.message ?? entry?.rule ?? reason;
    disposition = verdict.disposition;
  }
  return { disposition, reason };
}

/** One sentence for each message, however many places it is about. */
function fold(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byText = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const key = `${diagnostic.code}\0${diagnostic.message}`;
    const known = byText.get(key);
    if (known === undefined) byText.set(key, [diagnostic]);
    else known.push(diagnostic);
  }
  return [...byText.values()].map(([first, ...others]) => {
    const places = others.flatMap(({ at, path }) =>
      at === undefined ? [] : [{ at, message: path === undefined ? '' : pathText(path) }],
    );
    return { ...(first as Diagnostic), ...(places.length > 0 && { related: places }) };
  });
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
  const entries = leavesOf(project.tree, (attribute) => attribute in support).map((leaf): LedgerEntry => {
    const origin = { path: leaf.path, span: leaf.span };
    const [section, name] = leaf.path;
    if (section === 'services' && typeof name === 'string' && project.inactive.has(name)) {
      return {
        path: pathText(leaf.path),
        attribute: leaf.attribute,
        origin,
        disposition: 'not-applicable',
        reason: `no profile of the service ${name} is active`,
        to: [],
      };
    }
    const { disposition, reason } = judgeLeaf(leaf, judged, support, missing);
    return {
      path: pathText(leaf.path),
      attribute: leaf.attribute,
      origin,
      disposition,
      reason,
      to: targets(leaf, fields),
    };
  });
  for (const diagnostic of fold(missing)) report.add(diagnostic);
  return entries;
}
