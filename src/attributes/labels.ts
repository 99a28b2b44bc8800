/** `labels`, `annotations` and their like: free text for people and tools, hints for edge routers, wishes in Kubernetes' words. */

import { derive, Located } from '../kernel/located.ts';
import { isQualifiedName } from '../kernel/names.ts';
import { isAbsolute } from '../kernel/paths.ts';
import type { Label } from '../model/facts.ts';
import { listToMap, toList } from './forms.ts';
import { hostPath } from './host-path.ts';
import { isKomposeLabel, komposeWishes } from './kompose-labels.ts';
import { type Hint, labelMessages, type Remark, remark } from './label-messages.ts';
import { labelsSupport } from './labels-support.ts';
import { ownWishes, ownWishesShape } from './own-wishes.ts';
import { loadBalancerRoutes, mergeRoutes, type Routing } from './routes.ts';
import { defineRule, type Expand, type Scope } from './rule.ts';
import { list, map, scalarText, text } from './shapes.ts';
import { traefikRoutes } from './traefik-labels.ts';

type LabelScope = Scope<typeof labelMessages>;
type Texts = Readonly<Record<string, string>> | undefined;

/** Characters of all keys and values of one object's annotations. */
const sizeLimit = 256 * 1024;
/** The annotation that keeps what cannot be one itself, as a JSON mapping. */
const leftovers = 'compose.annotations';

const pairs: Expand<typeof labelMessages> = (node, scope) => listToMap(node, scope, '=', '');

function hintsAt(texts: Texts, path: readonly string[], scope: LabelScope): readonly Hint[] {
  return Object.entries(texts ?? {}).map(([key, text]) => ({
    key,
    value: scope.at(text, ...path, key),
    path: [...path, key],
  }));
}

/** Labels of the files in order; a later line of one key wins. A bare key is an empty label. */
function fileHints(files: readonly string[], scope: LabelScope): ReadonlyMap<string, Hint> {
  const found = new Map<string, Hint>();
  files.forEach((file, index) => {
    const path = ['label_file', index];
    const lookup = (name: string) => found.get(name)?.value.value;
    const absolute = hostPath(file, scope);
    if (absolute === undefined) {
      scope.say('no-home', path, file, '');
      return;
    }
    if (isAbsolute(file)) scope.say('absolute-file', path, file, '');
    const { entries, problems } = scope.readEnvFile(absolute, 'compose', lookup);
    for (const { message, isMissing } of problems) {
      if (isMissing) scope.say('no-file', path, file, '');
      else scope.say('bad-file', path, file, message);
    }
    for (const { name, value = '', span } of entries) {
      const { path: whole } = scope.origin(...path);
      found.set(name, { key: name, value: new Located(value, { path: whole, span }), path });
    }
  });
  return found;
}

/** Keys of hint families that are read and make no annotation. */
function isConsumed(key: string): boolean {
  return key.startsWith('com.docker.lb.') || key.toLowerCase().startsWith('traefik.') || isKomposeLabel(key);
}

function isReserved(key: string): boolean {
  return key.startsWith('com.docker.compose');
}

/** Labels as annotations; keys that cannot be one go into the annotation `compose.annotations`. */
function annotations(hints: readonly Hint[], what: string, remarks: Remark[]): readonly Label[] | undefined {
  const kept: Label[] = [];
  const moved: Hint[] = [];
  for (const hint of hints) {
    // Kubernetes compares the domain of an annotation key in lower case.
    const isKey = hint.key !== leftovers && isQualifiedName(hint.key.toLowerCase());
    if (isKey) kept.push({ key: hint.key, value: hint.value });
    else moved.push(hint);
  }
  const [first] = moved;
  if (first !== undefined) {
    const json = JSON.stringify(Object.fromEntries(moved.map(({ key, value }) => [key, value.value])));
    kept.push({ key: leftovers, value: derive(first.value, json) });
  }
  remarks.push(...moved.map((hint) => remark('moved-key', hint)));
  const size = kept.reduce((sum, { key, value }) => sum + byteLength(key) + byteLength(value.value), 0);
  const largest = hints.toSorted((a, b) => b.value.value.length - a.value.value.length)[0];
  if (size > sizeLimit && largest !== undefined) remarks.push(remark('too-large', largest, what));
  return kept.length === 0 ? undefined : kept;
}

function byteLength(value: string): number {
  return new TextEncoder().encode(value).length;
}

/** The deciding label for each key: those of `deploy` first, as Traefik does on Swarm. */
function decide(deploy: readonly Hint[], own: readonly Hint[], remarks: Remark[]): ReadonlyMap<string, Hint> {
  const deciding = new Map(deploy.map((hint) => [hint.key, hint]));
  for (const hint of own) {
    const winner = deciding.get(hint.key);
    if (winner === undefined) deciding.set(hint.key, hint);
    else if (isConsumed(hint.key)) remarks.push(remark('overridden', hint, 'deploy.labels'));
  }
  return deciding;
}

/** Judges the labels of a family that no remark has judged. */
function settleRest(hints: Iterable<Hint>, prefix: string, { rest, remarks, used }: Routing, scope: LabelScope): void {
  const told = new Set(remarks.map(({ hint }) => hint));
  for (const hint of hints) {
    if (hint.key.toLowerCase().startsWith(prefix) && !told.has(hint))
      scope.settle(hint.path, used.has(hint) ? 'converted' : rest);
  }
}

function sayAll(remarks: readonly Remark[], scope: LabelScope): void {
  const said = new Set<string>();
  for (const { code, hint, detail } of remarks) {
    const key = JSON.stringify([code, hint.path, detail]);
    if (!said.has(key)) scope.say(code, hint.path, hint.key, detail);
    said.add(key);
  }
}

/** Annotations of the pod: `annotations` over `labels`, which are two different things to Docker. */
function podHints(own: readonly Hint[], annotated: readonly Hint[], remarks: Remark[]): readonly Hint[] {
  const winners = new Map(annotated.map((hint) => [hint.key, hint]));
  const labels = own.filter((hint) => {
    const winner = winners.get(hint.key);
    if (winner !== undefined && winner.value.value !== hint.value.value) remarks.push(remark('two-values', hint));
    return winner === undefined;
  });
  return [...labels, ...annotated];
}

/**
 * Labels become annotations, because their values are free text; those of edge routers and of kompose are carried out.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#labels
 */
export const labels = defineRule({
  name: 'labels',
  service: {
    labels: () => map(scalarText()),
    label_file: () => list(text()),
    annotations: () => map(scalarText()),
    'x-kubernetes': ownWishesShape,
  },
  deploy: { labels: () => map(scalarText()) },
  expand: { labels: pairs, label_file: toList, annotations: pairs, 'deploy.labels': pairs },
  support: labelsSupport,
  messages: labelMessages,
  lower(values, scope) {
    const remarks: Remark[] = [];
    const fromFiles = fileHints(values.label_file ?? [], scope);
    const written = hintsAt(values.labels, ['labels'], scope);
    const own = [...new Map([...fromFiles, ...written.map((hint) => [hint.key, hint] as const)]).values()];
    const deploy = hintsAt(values.deploy.labels, ['deploy', 'labels'], scope);
    const annotated = hintsAt(values.annotations, ['annotations'], scope);
    for (const hint of [...own, ...deploy]) if (isReserved(hint.key)) remarks.push(remark('reserved', hint));

    const hints = decide(deploy, own, remarks);
    const balanced = loadBalancerRoutes(hints);
    const traefik = traefikRoutes(hints, scope.name);
    const kompose = komposeWishes(hints, scope.name);
    const extension = ownWishes(values['x-kubernetes'] ?? {}, scope.at);
    if (values['x-kubernetes'] !== undefined) scope.settle(['x-kubernetes'], 'converted');
    settleRest(hints.values(), 'com.docker.lb.', balanced, scope);
    settleRest(hints.values(), 'traefik.', traefik, scope);
    const merged = mergeRoutes([...balanced.asked, ...traefik.asked, ...kompose.asked, ...extension.asked]);
    remarks.push(...balanced.remarks, ...traefik.remarks, ...kompose.remarks, ...extension.remarks, ...merged.remarks);

    // Written for this program, the extension comes before the labels of another one.
    const wishes = { ...kompose.wishes, ...extension.wishes };
    const isPlain = ({ key }: Hint) => !isConsumed(key) && !isReserved(key);
    const podAnnotations = annotations(
      podHints(own.filter(isPlain), annotated, remarks),
      'labels and annotations',
      remarks,
    );
    const serviceAnnotations = annotations(deploy.filter(isPlain), 'deploy.labels', remarks);
    sayAll(remarks, scope);
    return {
      podAnnotations,
      serviceAnnotations,
      routes: merged.routes.length === 0 ? undefined : merged.routes,
      wishes: Object.keys(wishes).length === 0 ? undefined : wishes,
    };
  },
});
