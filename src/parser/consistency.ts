/** Questions to the whole project that no single attribute can answer: is there anything to run, and does it hang together? */

import { error, notApplicable, type Report, speaker } from '../kernel/diagnostic.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import { type Dict, type Entry, get, kindText, type Tree } from '../kernel/tree.ts';

const messages = {
  'no-services': error('the project has no services', 'add a service under services:'),
  'nothing-active': error(
    (profiles: string) => `no service is active; the profiles of this file are ${profiles}`,
    'choose one with --profile',
  ),
  'no-image': error(
    (service: string) => `the service ${service} has neither image nor build`,
    'add image: with the name to run',
  ),
  cycle: error(
    (chain: string) => `services depend on each other in a circle: ${chain}`,
    'remove one of these dependencies',
  ),
  'unknown-service': error(
    (from: string, to: string, _hint: string) => `${from} depends on "${to}", which is no service of this project`,
    (_from: string, _to: string, hint: string) => hint,
  ),
  'inactive-service': error(
    (from: string, to: string) => `${from} depends on ${to}, which no active profile selects`,
    (_from: string, to: string) => `activate a profile of ${to} with --profile, or set required: false`,
  ),
  'left-out': notApplicable(
    (service: string, profiles: string) =>
      `the service ${service} is left out, since none of its profiles (${profiles}) is active`,
    (_service: string, profiles: string) => `activate it with --profile ${profiles.split(', ')[0] ?? ''}`,
  ),
};
const say = speaker('project', messages);

function entriesOf(tree: Tree | undefined): readonly (readonly [string, Entry])[] {
  return tree?.kind === 'dict' ? [...tree.entries] : [];
}

/** A reference of one service to another. */
interface Reference {
  readonly to: string;
  readonly at: Tree;
  readonly path: readonly (string | number)[];
  readonly isRequired: boolean;
}

function referencesOf(name: string, service: Tree): readonly Reference[] {
  const found: Reference[] = [];
  for (const [to, { key, value }] of entriesOf(get(service, 'depends_on'))) {
    const required = get(value, 'required');
    const isRequired = !(required?.kind === 'scalar' && (required.value === false || required.value === 'false'));
    found.push({
      to,
      at: { kind: 'scalar', value: to, text: to, span: key },
      path: ['services', name, 'depends_on', to],
      isRequired,
    });
  }
  const lists = [['links', get(service, 'links')] as const, ['volumes_from', get(service, 'volumes_from')] as const];
  for (const [key, list] of lists) {
    if (list?.kind !== 'list') continue;
    list.items.forEach((at, index) => {
      const text = at.kind === 'scalar' ? String(at.value) : '';
      if (at.kind === 'scalar' && !text.startsWith('container:'))
        found.push({ to: text.split(':')[0] ?? '', at, path: ['services', name, key, index], isRequired: true });
    });
  }
  for (const key of ['network_mode', 'pid', 'ipc']) {
    const at = get(service, key);
    const to =
      at?.kind === 'scalar' && typeof at.value === 'string' && at.value.startsWith('service:')
        ? at.value.slice(8)
        : undefined;
    if (at !== undefined && to !== undefined) found.push({ to, at, path: ['services', name, key], isRequired: true });
  }
  return found;
}

/** The services of the first circle found, or undefined. Iterative, because chains may be long. */
function circle(edges: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const trail: string[] = [];
    const onTrail = new Set<string>();
    const stack: { readonly name: string; next: number }[] = done.has(start) ? [] : [{ name: start, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1);
      if (top === undefined) break;
      if (top.next === 0) {
        trail.push(top.name);
        onTrail.add(top.name);
      }
      const target = edges.get(top.name)?.[top.next];
      top.next += 1;
      if (target === undefined) {
        done.add(top.name);
        onTrail.delete(top.name);
        trail.pop();
        stack.pop();
      } else if (onTrail.has(target)) {
        return [...trail.slice(trail.indexOf(target)), target];
      } else if (!done.has(target) && edges.has(target)) {
        stack.push({ name: target, next: 0 });
      }
    }
  }
  return undefined;
}

/** Suggestions cost a look at every service, so only as many are made as anybody reads. */
const suggestionLimit = 100;

function checkReferences(active: ReadonlyMap<string, Tree>, inactive: ReadonlySet<string>, report: Report): void {
  const edges = new Map<string, readonly string[]>();
  const placeOf = new Map<string, Reference>();
  const names = [...active.keys()];
  const known = `the services are ${names.slice(0, 8).join(', ')}`;
  let suggested = 0;
  for (const [name, service] of active) {
    const references = referencesOf(name, service);
    for (const { to, at, path, isRequired } of references) {
      placeOf.set(`${name}\0${to}`, { to, at, path, isRequired });
      if (active.has(to) || !isRequired) continue;
      const origin = { path, span: at.span };
      if (inactive.has(to)) say(report, 'inactive-service', origin, name, to);
      else {
        const near = suggested < suggestionLimit ? nearest(to, names) : [];
        suggested += 1;
        say(report, 'unknown-service', origin, name, to, didYouMean(near) || known);
      }
    }
    edges.set(
      name,
      references.map(({ to }) => to),
    );
  }
  const found = circle(edges);
  const place = placeOf.get(`${found?.[0] ?? ''}\0${found?.[1] ?? ''}`);
  if (found !== undefined)
    say(
      report,
      'cycle',
      place === undefined ? undefined : { path: place.path, span: place.at.span },
      found.join(' → '),
    );
}

function profileText(service: Tree): string {
  const list = get(service, 'profiles');
  return list?.kind === 'list'
    ? list.items.map((item) => (item.kind === 'scalar' ? String(item.value) : '')).join(', ')
    : '';
}

/** Checks the project as a whole. `active` and `inactive` are its services by profile. */
export function checkProject(
  tree: Dict,
  active: ReadonlyMap<string, Tree>,
  inactive: ReadonlyMap<string, Tree>,
  report: Report,
): void {
  const services = tree.entries.get('services');
  const isEmpty = services === undefined || services.value.kind === 'dict' || kindText(services.value) === 'empty';
  if (!isEmpty) return;
  if (active.size === 0 && inactive.size === 0)
    say(
      report,
      'no-services',
      services === undefined ? { path: [], span: tree.span } : { path: ['services'], span: services.key },
    );
  else if (active.size === 0)
    say(
      report,
      'nothing-active',
      { path: ['services'], span: services?.key ?? tree.span },
      [...new Set([...inactive.values()].map(profileText))].join(', '),
    );
  for (const [name, service] of inactive) {
    const at = get(service, 'profiles');
    if (at === undefined) continue;
    say(report, 'left-out', { path: ['services', name], span: at.span }, name, profileText(service));
    // The profiles themselves are obeyed.
    if (at.kind === 'list')
      at.items.forEach((_, index) => {
        report.settle(['services', name, 'profiles', index], 'converted');
      });
  }
  for (const [name, service] of active) {
    const key = services?.value.kind === 'dict' ? services.value.entries.get(name)?.key : undefined;
    const hasImage = ['image', 'build', 'provider', 'extends'].some((attribute) => {
      const node = get(service, attribute);
      return node !== undefined && !(node.kind === 'scalar' && node.value === null);
    });
    const isMapping = service.kind === 'dict' || (service.kind === 'scalar' && service.value === null);
    if (hasImage || !isMapping || key === undefined) continue;
    // Who misspelt the key is told about that.
    const isMisspelt = entriesOf(service).some(
      ([attribute]) =>
        attribute !== 'image' && attribute !== 'build' && nearest(attribute, ['image', 'build']).length > 0,
    );
    if (!isMisspelt) say(report, 'no-image', { path: ['services', name], span: key }, name);
  }
  checkReferences(active, new Set(inactive.keys()), report);
}
