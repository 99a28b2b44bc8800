/** Swarm's templates in environment values, such as `{{.Node.Hostname}}`, taken apart. */

import type { TemplatePart } from '../model/facts.ts';

/** The fields that a pod can fill. The name of the service is known at conversion. */
const fields: ReadonlyMap<string, TemplatePart['kind'] | 'service'> = new Map([
  ['Service.Name', 'service'],
  ['Node.Hostname', 'node'],
  ['Task.Name', 'pod'],
  ['Task.Slot', 'slot'],
]);

const template = /\{\{\s*\.((?:Service|Node|Task)\.[A-Za-z.]+)\s*\}\}/g;

/**
 * The parts of a value that holds Swarm templates; `unknown` names a field that no pod can fill. Undefined for a value
 * without one; templates of other programs, such as `{{.Name}}`, are ordinary text.
 * @see https://docs.docker.com/engine/swarm/services/#create-services-using-templates
 */
export function swarmTemplate(
  value: string,
  service: string,
):
  | { readonly parts: readonly TemplatePart[]; readonly unknown: string | undefined; readonly known: readonly string[] }
  | undefined {
  const matches = [...value.matchAll(template)];
  if (matches.length === 0) return undefined;
  const parts: TemplatePart[] = [];
  const addText = (text: string): void => {
    const last = parts.at(-1);
    if (text === '') return;
    if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + text };
    else parts.push({ kind: 'text', text });
  };
  let end = 0;
  let unknown: string | undefined;
  for (const match of matches) {
    addText(value.slice(end, match.index));
    end = match.index + match[0].length;
    const kind = fields.get(match[1] ?? '');
    if (kind === undefined) unknown ??= match[0];
    else if (kind === 'service') addText(service);
    else if (kind !== 'text') parts.push({ kind });
  }
  addText(value.slice(end));
  return { parts, unknown, known: [...new Set(matches.map(([text]) => text))] };
}
