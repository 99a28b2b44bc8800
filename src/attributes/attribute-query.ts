/** Which attributes of the specification somebody means who types a path, a part of one, or a path of an own file. */

import { nearest } from '../kernel/suggest.ts';
import { type AttributePath, attributePaths } from './spec.ts';

/** `services.web.ports[0].target` as steps; quoted keys in brackets are one step, an index and an empty bracket are `[]`. */
export function querySteps(query: string): readonly string[] {
  const steps: string[] = [];
  for (const match of query.trim().matchAll(/\[\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\d*))\s*\]|([^.[\]]+)/g)) {
    const [, double, single, index, plain] = match;
    if (index !== undefined) steps.push('[]');
    else steps.push(double ?? single ?? plain ?? '');
  }
  return steps;
}

const stepsByPath: ReadonlyMap<AttributePath, readonly string[]> = new Map(
  attributePaths.map((path) => [path, querySteps(path.replaceAll('[]', '[].')).filter((step) => step !== '')] as const),
);

/** True for `labels.*` and the like: its keys are the user's and may hold dots. */
function takesAnyRest(path: readonly string[]): boolean {
  return path.at(-1) === '*' && !hasChildren.has(path.join('.'));
}

const hasChildren: ReadonlySet<string> = new Set(
  [...stepsByPath.values()].flatMap((steps) => steps.map((_, index) => steps.slice(0, index).join('.'))),
);

/** How far a path is from what was typed; undefined when it is not meant at all. A literal step costs nothing. */
function distance(path: readonly string[], query: readonly string[]): number | undefined {
  const [step, ...rest] = path;
  const [asked, ...further] = query;
  if (step === undefined) return asked === undefined ? 0 : undefined;
  const after = (cost: number, left: readonly string[]): number | undefined => {
    const below = distance(rest, left);
    return below === undefined ? undefined : below + cost;
  };
  if (step === '[]') return asked === '[]' ? after(0, further) : after(10, query);
  if (asked === undefined || asked === '[]') return undefined;
  if (step === asked) return after(0, further);
  if (step === 'x-*') return asked.startsWith('x-') ? after(1, further) : undefined;
  return step === '*' ? after(1, further) : undefined;
}

/** The nearest path for steps, read from the root. */
function matchFrom(prefix: readonly string[], query: readonly string[]): AttributePath | undefined {
  const steps = [...prefix, ...query];
  let best: { readonly path: AttributePath; readonly cost: number } | undefined;
  for (const [path, own] of stepsByPath) {
    const rest = steps.slice(own.length - 1);
    const folded = takesAnyRest(own) && rest.length > 1 ? [...steps.slice(0, own.length - 1), rest.join('.')] : steps;
    const cost = distance(own, folded);
    if (cost !== undefined && (best === undefined || cost < best.cost)) best = { path, cost };
  }
  return best?.path;
}

/**
 * The attributes that a query means, best guess first; none when it is not one. The leading `services.*.` may be left
 * out, so `networks` is two attributes; a name that stands only deeper, such as `start_period`, is found too.
 */
export function findAttributes(query: string): readonly AttributePath[] {
  const steps = querySteps(query);
  if (steps.length === 0) return [];
  const direct = [matchFrom(['services', '*'], steps), matchFrom([], steps)].flatMap((path) => path ?? []);
  if (direct.length > 0) return direct;
  const deploy = matchFrom(['services', '*', 'deploy'], steps);
  if (deploy !== undefined) return [deploy];
  const tail = steps.join('.');
  const deeper = attributePaths.filter((path) => (stepsByPath.get(path) ?? []).join('.').endsWith(`.${tail}`));
  return deeper.length === 1 ? deeper : [];
}

/** An attribute as people say it: without `services.*.`. */
export function spokenPath(path: string): string {
  return path.replace(/^services\.\*\./, '');
}

/** Attributes that are like a query that is none: those with that name deeper down, else those spelt nearly so. */
export function suggestAttributes(query: string): readonly string[] {
  const steps = querySteps(query);
  const asked = steps[0] === 'services' ? steps.slice(2) : steps;
  const tail = asked.join('.');
  if (tail === '') return [];
  const deeper = attributePaths.filter((path) => (stepsByPath.get(path) ?? []).join('.').endsWith(`.${tail}`));
  if (deeper.length > 0) return deeper.slice(0, 8).map(spokenPath);
  const spoken = [...new Set(attributePaths.map(spokenPath))];
  const whole = nearest(asked.join('.').replaceAll('.[]', '[]'), spoken);
  if (whole.length > 0) return whole;
  const last = asked.at(-1) ?? '';
  const names = new Map(
    spoken.map((path) => [
      querySteps(path)
        .filter((step) => step !== '[]')
        .at(-1) ?? '',
      path,
    ]),
  );
  return nearest(last, names.keys()).flatMap((name) => names.get(name) ?? []);
}
