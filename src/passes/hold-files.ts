/** Makes the ConfigMaps and Secrets of granted configs and secrets and of bind-mounted files. */

import { error, info, notApplicable, noted, type Report, speaker } from '../kernel/diagnostic.ts';
import { derive, type Located, type Origin } from '../kernel/located.ts';
import { configKey, dnsLabel, dnsSubdomain, hash8 } from '../kernel/names.ts';
import type { Draft, FileDraft } from '../model/draft.ts';
import type { Label } from '../model/facts.ts';
import type { DataItem, DataObject } from '../model/plan.ts';
import type { Names } from './decisions.ts';
import { itemsHash } from './read-files.ts';

const say = speaker('hold-files', {
  problem: error(
    (message: string, _hint: string) => message,
    (_message: string, hint: string) => hint,
  ),
  'objects-meet': error(
    (kind: string, name: string) => `two different things would be the ${kind} ${name}`,
    'rename one of them: names in a cluster are lower-case letters, digits and dashes',
  ),
  'must-exist': noted(
    (kind: string, name: string, _key: string) => `the ${kind} ${name} must be in the namespace before the pods start`,
    (kind: string, name: string, key: string) =>
      `kubectl create ${kind === 'Secret' ? 'secret generic' : 'configmap'} ${name} --from-file=${key}=FILE`,
  ),
  'not-written': info(
    (name: string, _keys: string) => `the Secret ${name} is not written, because of --secrets=external`,
    (name: string, keys: string) => `kubectl create secret generic ${name} ${keys}`,
  ),
  renamed: noted(
    (written: string, name: string) => `the object of "${written}" is called ${name}`,
    (_written: string, name: string) => `write name: ${name}`,
  ),
  unused: notApplicable((what: string, name: string) => `no service is granted the ${what} ${name}, so it is left out`),
});

/** A kind of object that holds files. */
export type Holder = DataObject['kind'];

const kindNames: Readonly<Record<Holder, string>> = { config: 'ConfigMap', secret: 'Secret' };
const sections = { config: 'configs', secret: 'secrets' } as const;

/** Where a granted config or secret is found in the cluster. */
export interface HeldFile {
  readonly object: string;
  readonly key: string;
  /** The annotation that rolls the pods when the content changes under a name that stays. */
  readonly annotation: Label | undefined;
}

/** Collects objects; the same object asked for twice is one. */
export interface FileHolder {
  /** The file of a config or secret that a service is granted; undefined where it cannot be had, after saying why. */
  grant(kind: Holder, source: string, service: string): HeldFile | undefined;
  /** The object with files that a service mounts at a path. */
  files(kind: Holder, service: string, target: string, items: readonly DataItem[], origin: Origin): string;
  /** The Secret with the credentials of a volume. */
  credentials(volume: string, items: readonly DataItem[], origin: Origin): string;
  /** All objects, and a word about configs and secrets that nobody is granted. */
  finish(): readonly DataObject[];
}

interface Draw {
  readonly object: DataObject;
  readonly services: Set<string>;
}

interface State {
  readonly draft: Draft;
  readonly names: Names;
  readonly report: Report;
  readonly drawn: Map<string, Draw>;
  readonly grants: Map<string, HeldFile | undefined>;
}

function sameItems(a: readonly DataItem[], b: readonly DataItem[]): boolean {
  return a.length === b.length && a.every(({ key }, index) => key === b[index]?.key) && itemsHash(a) === itemsHash(b);
}

function createArguments(items: readonly DataItem[]): string {
  const shown = items.slice(0, 8).map(({ key }) => `--from-file=${key}=FILE`);
  return [...shown, ...(items.length > shown.length ? ['...'] : [])].join(' ');
}

/** Whether objects of a kind are only referred to. */
function isExternal(kind: Holder, { draft }: State): boolean {
  return kind === 'secret' && draft.options.secrets === 'external';
}

function add(object: DataObject, service: string | undefined, state: State): string {
  const { drawn, report } = state;
  const id = `${object.kind}/${object.name}`;
  const known = drawn.get(id);
  if (known !== undefined && !sameItems(known.object.items, object.items))
    say(report, 'objects-meet', object.origin, kindNames[object.kind], object.name);
  if (known === undefined && isExternal(object.kind, state))
    say(report, 'not-written', object.origin, object.name, createArguments(object.items));
  const draw = known ?? { object, services: new Set<string>() };
  drawn.set(id, draw);
  if (service !== undefined) draw.services.add(service);
  return object.name;
}

/** Name and key of a config or secret that is in the cluster already, or that its driver puts there. */
function absentFile(kind: Holder, file: FileDraft, report: Report): HeldFile {
  const written = file.objectName?.value ?? file.name;
  const object = file.isExternal === undefined ? dnsLabel(written, '') : dnsSubdomain(written);
  const key = file.key?.value ?? configKey(file.isExternal === undefined ? file.name : object);
  if (file.isExternal !== undefined) say(report, 'must-exist', file.isExternal.origin, kindNames[kind], object, key);
  return { object, key, annotation: undefined };
}

function checksum(object: string, content: Located<Uint8Array>): Label {
  return { key: `compose.checksum/${dnsLabel(object, '')}`, value: derive(content, hash8(content.value)) };
}

/** The name of the object of a config or secret, and whether the file fixed it. */
function objectName(
  kind: Holder,
  file: FileDraft,
  content: Uint8Array,
  state: State,
): { readonly name: string; readonly isFixed: boolean } {
  const { name: key, objectName: written } = file;
  if (written !== undefined) {
    const name = dnsSubdomain(written.value);
    if (name !== written.value) say(state.report, 'renamed', written.origin, key, name);
    return { name, isFixed: true };
  }
  const label = dnsLabel(key, '');
  return { name: isExternal(kind, state) ? label : `${label}-${hash8(content)}`, isFixed: false };
}

function hold(kind: Holder, file: FileDraft, state: State): HeldFile | undefined {
  const { problem, content, origin, annotations } = file;
  if (problem !== undefined) {
    say(state.report, 'problem', problem.origin, problem.message, problem.hint);
    return undefined;
  }
  if (content === undefined) return absentFile(kind, file, state.report);
  const key = file.key?.value ?? configKey(file.name);
  const { name, isFixed } = objectName(kind, file, content.value, state);
  const items = [{ key, data: content }];
  add({ kind, name, service: undefined, isImmutable: !isFixed, items, annotations, origin }, undefined, state);
  return { object: name, key, annotation: isFixed && !isExternal(kind, state) ? checksum(name, content) : undefined };
}

function grant(kind: Holder, source: string, service: string, state: State): HeldFile | undefined {
  const id = `${kind}/${source}`;
  const file = state.draft[sections[kind]].get(source);
  if (file === undefined) return undefined;
  if (!state.grants.has(id)) state.grants.set(id, hold(kind, file, state));
  const held = state.grants.get(id);
  if (held !== undefined) state.drawn.get(`${kind}/${held.object}`)?.services.add(service);
  return held;
}

function finish(state: State): readonly DataObject[] {
  for (const kind of ['config', 'secret'] as const)
    for (const { name, origin } of state.draft[sections[kind]].values())
      if (!state.grants.has(`${kind}/${name}`)) say(state.report, 'unused', origin, kind, name);
  return [...state.drawn.values()].flatMap(({ object, services }) => {
    const [only] = services;
    return isExternal(object.kind, state) ? [] : [{ ...object, service: services.size === 1 ? only : undefined }];
  });
}

/**
 * Holds files in objects whose names end in a hash of their content, so that a change is a new object and a rollout. An explicit
 * name is a contract: it carries no hash. With --secrets=external Secrets are referred to, by names without a hash, and not written.
 * @see mapping-notes.md §6
 */
export function fileHolder(draft: Draft, names: Names, report: Report): FileHolder {
  const state: State = { draft, names, report, drawn: new Map(), grants: new Map() };
  const ending = (kind: Holder, items: readonly DataItem[], plain: string): string =>
    isExternal(kind, state) ? plain : `-${itemsHash(items)}`;
  return {
    grant: (kind, source, service) => grant(kind, source, service, state),
    files(kind, service, target, items, origin) {
      const name = `${names.service(service).value}-files${ending(kind, items, `-${dnsLabel(target, '')}`)}`;
      return add({ kind, name, service, isImmutable: true, items, annotations: [], origin }, service, state);
    },
    credentials(volume, items, origin) {
      const name = `${names.claim(volume).value}-credentials${ending('secret', items, '')}`;
      return add(
        { kind: 'secret', name, service: undefined, isImmutable: true, items, annotations: [], origin },
        undefined,
        state,
      );
    },
    finish: () => finish(state),
  };
}
