/** Splits the variables of each container: plain text, secrets, env files, and what only the running pod knows. */

import { encodeUtf8 } from '../kernel/base64.ts';
import { info, type Report, refused, speaker } from '../kernel/diagnostic.ts';
import { escapeForKubelet } from '../kernel/kubelet-text.ts';
import { derive, Located, type Origin } from '../kernel/located.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { EnvironmentEntry, TemplatePart } from '../model/facts.ts';
import type { DataItem, DataObject } from '../model/plan.ts';
import type { Variable } from '../model/pod.ts';
import type { Environments, Mounts, Names, PodGroups, Roles } from './decisions.ts';
import { podOf } from './pod-of.ts';
import { itemsHash } from './read-files.ts';

const say = speaker('split-environment', {
  'not-written': info(
    (secret: string, _names: readonly string[]) => `the Secret ${secret} is not written, because of --secrets=external`,
    (secret: string, names: readonly string[]) =>
      `kubectl create secret generic ${secret} ${names.map((name) => `--from-literal=${name}=VALUE`).join(' ')}`,
  ),
  'no-slot': refused(
    (name: string) => `${name} is left out: only the pods of a StatefulSet have numbers`,
    'use {{.Task.Name}}, which is the name of the pod',
  ),
});

const SECRET_NAME =
  /(?:PASSWORD|PASSWD|PASSPHRASE|PASS|_PWD|SECRET|TOKEN|CREDENTIALS|DSN|(?:^|_)SALT|(?:API|APP|AUTH|MASTER|SIGNING)_?KEY|(?:ACCESS|ENC|FERNET|JWT|PRIVATE|SECRET|SERVICE|SERVICE_ROLE)_KEY|SECRET_KEY_BASE|ENCRYPTION_(?:[A-Z]+_)*KEY)$/i;
const CREDENTIALS_URL = /^\s*(?:[a-z][a-z0-9+.-]*:)+\/\/[^/?#\s]*?:[^/?#\s]+@/i;
/** `Server=db;User Id=sa;Password=…`, as .NET and ODBC have it. */
const CONNECTION_STRING = /;\s*(?:password|pwd)\s*=\s*[^;\s]/i;

/**
 * Whether a variable is to be kept in a Secret: by the end of its name, or because its value is a URL or a connection string
 * with a password. Nothing is not a secret.
 */
export function isSecretVariable(name: string, value: string): boolean {
  if (value === '') return false;
  return SECRET_NAME.test(name) || CREDENTIALS_URL.test(value) || CONNECTION_STRING.test(value);
}

/** Whether a name can be the key of a ConfigMap or Secret. */
function isKey(name: string): boolean {
  return /^[-._A-Za-z0-9]{1,253}$/.test(name) && name !== '.' && !name.startsWith('..');
}

/** The variables that every container has without being asked, for the pods of a Deployment as of any other kind. */
const INJECTED = [
  ...['KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT', 'KUBERNETES_SERVICE_PORT_HTTPS', 'KUBERNETES_PORT'],
  ...['', '_PROTO', '_PORT', '_ADDR'].map((end) => `KUBERNETES_PORT_443_TCP${end}`),
];

const fieldPaths: Readonly<Record<Exclude<TemplatePart['kind'], 'text'>, string>> = {
  node: 'spec.nodeName',
  pod: 'metadata.name',
  slot: "metadata.labels['apps.kubernetes.io/pod-index']",
};

interface Split {
  readonly variables: readonly Variable[];
  readonly from: ReturnType<Environments['from']>;
  readonly names: ReadonlySet<string>;
  readonly data: readonly DataObject[];
}

function helperName(kind: Exclude<TemplatePart['kind'], 'text'>): string {
  return `LONGSHORE_${kind.toUpperCase()}`;
}

/** A value with templates: one alone is a reference to a field of the pod, text around it needs helper variables. */
function templated(entry: EnvironmentEntry, parts: readonly TemplatePart[], helpers: Set<string>): readonly Variable[] {
  const { name, value } = entry;
  const { origin } = value;
  const field = (variable: string, kind: Exclude<TemplatePart['kind'], 'text'>): Variable => {
    return { name: variable, value: { kind: 'field', fieldPath: fieldPaths[kind], origin } };
  };
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && only.kind !== 'text') return [field(name, only.kind)];
  const before: Variable[] = [];
  let text = '';
  for (const part of parts) {
    if (part.kind === 'text') text += part.text.replaceAll('$', '$$$$');
    else {
      const helper = helperName(part.kind);
      text += `$(${helper})`;
      if (!helpers.has(helper)) before.push(field(helper, part.kind));
      helpers.add(helper);
    }
  }
  return [...before, { name, value: { kind: 'text', text: new Located(text, origin) } }];
}

function object(
  kind: 'config' | 'secret',
  name: string,
  service: ServiceDraft,
  entries: readonly EnvironmentEntry[],
): DataObject {
  const items = entries.map(
    (entry): DataItem => ({ key: entry.name, data: derive(entry.value, encodeUtf8(entry.value.value)) }),
  );
  const origin = entries[0]?.value.origin ?? service.origin;
  return {
    kind,
    name: `${name}-${itemsHash(items)}`,
    service: service.name,
    isImmutable: true,
    items,
    annotations: [],
    origin,
  };
}

/** Entries by where they go. */
interface Sorted {
  /** In the container itself, in the order of the file. */
  readonly own: readonly EnvironmentEntry[];
  readonly ownSecrets: readonly EnvironmentEntry[];
  readonly fileConfig: readonly EnvironmentEntry[];
  readonly fileSecrets: readonly EnvironmentEntry[];
}

function sort(entries: readonly EnvironmentEntry[], isExternal: boolean): Sorted {
  const isSecret = ({ name, value, template }: EnvironmentEntry): boolean =>
    template === undefined && isKey(name) && isSecretVariable(name, value.value);
  // An env file that a template or an odd name keeps out of a ConfigMap is written into the container.
  const isOwn = (entry: EnvironmentEntry): boolean =>
    entry.from === 'inline' || entry.template !== undefined || !isKey(entry.name) || (isExternal && isSecret(entry));
  return {
    own: entries.filter(isOwn),
    ownSecrets: entries.filter((entry) => isOwn(entry) && isSecret(entry)),
    fileConfig: entries.filter((entry) => !isOwn(entry) && !isSecret(entry)),
    fileSecrets: entries.filter((entry) => !isOwn(entry) && isSecret(entry)),
  };
}

/** What a service's variables may stand on. */
interface Place {
  readonly label: string;
  readonly isExternal: boolean;
  readonly isNumbered: boolean;
  readonly zone: Located<string> | undefined;
}

function split(service: ServiceDraft, { label, isExternal, isNumbered, zone }: Place, report: Report): Split {
  const entries = (service.environment ?? []).filter(({ name, template, value }) => {
    const isKnown = isNumbered || template?.some((part) => part.kind === 'slot') !== true;
    if (!isKnown) say(report, 'no-slot', value.origin, name);
    return isKnown;
  });
  const { own, ownSecrets, fileConfig, fileSecrets } = sort(entries, isExternal);
  const names = new Set([...INJECTED, ...entries.map(({ name }) => name), ...(zone === undefined ? [] : ['TZ'])]);
  const data: DataObject[] = [];
  const from: { kind: 'config' | 'secret'; object: string; origin: Origin }[] = [];
  for (const [kind, found] of [['config', fileConfig] as const, ['secret', fileSecrets] as const]) {
    if (found.length === 0) continue;
    const held = object(kind, `${label}-env`, service, found);
    data.push(held);
    from.push({ kind, object: held.name, origin: held.origin });
  }
  const secrets = ownSecrets.length === 0 ? undefined : object('secret', `${label}-env`, service, ownSecrets);
  const secretName = isExternal ? `${label}-env` : (secrets?.name ?? '');
  if (secrets !== undefined && isExternal)
    say(
      report,
      'not-written',
      secrets.origin,
      secretName,
      ownSecrets.map(({ name }) => name),
    );
  else if (secrets !== undefined) data.push(secrets);
  const secretNames = new Set(ownSecrets.map(({ name }) => name));
  const helpers = new Set<string>();
  const variables = own.flatMap((entry): readonly Variable[] => {
    const { name, value, template } = entry;
    if (secretNames.has(name))
      return [{ name, value: { kind: 'secret', object: secretName, key: name, origin: value.origin } }];
    if (template !== undefined) return templated(entry, template, helpers);
    return [{ name, value: { kind: 'text', text: derive(value, escapeForKubelet(value.value, names)) } }];
  });
  const added: readonly Variable[] = zone === undefined ? [] : [{ name: 'TZ', value: { kind: 'text', text: zone } }];
  return { variables: [...variables, ...added], from, names: new Set([...names, ...helpers]), data };
}

/**
 * Splits every environment: text of `environment` stays in the container, escaped for the kubelet; env files become a ConfigMap;
 * what looks secret goes to a Secret, from which the container reads it. The container's own entries beat those of envFrom, as
 * `environment` beats `env_file`. With --secrets=external the Secret is referred to and not written.
 * @see mapping-notes.md §6
 */
export function splitEnvironment(
  draft: Draft,
  names: Names,
  groups: PodGroups,
  roles: Roles,
  mounts: Mounts,
  report: Report,
): Environments {
  const splits = new Map<string, Split>();
  for (const [name, service] of draft.services) {
    if (service.provider !== undefined) continue;
    const place: Place = {
      label: names.service(name).value,
      isExternal: draft.options.secrets === 'external',
      isNumbered: roles.get(podOf(name, groups, roles))?.kind === 'stateful-set',
      zone: mounts.timeZone(name),
    };
    splits.set(name, split(service, place, report));
  }
  return {
    environment: (service) => splits.get(service)?.variables ?? [],
    from: (service) => splits.get(service)?.from ?? [],
    names: (service) => splits.get(service)?.names ?? new Set(INJECTED),
    data: [...splits.values()].flatMap(({ data }) => data),
  };
}
