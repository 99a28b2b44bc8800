/** `user`, `group_add`, `privileged`, `read_only`, `cap_add`, `cap_drop` and `security_opt`: who a container is and what it may do. */

import { approximated, delegated, error, notApplicable, noted, refused, warning } from '../kernel/diagnostic.ts';
import type { Located, Path } from '../kernel/located.ts';
import { sortBy } from '../kernel/sort.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import type { ServiceSays } from '../model/draft.ts';
import type { SecurityProfile, UserDraft } from '../model/facts.ts';
import { baselineCapabilities, capabilityName, capabilityNames } from './capabilities.ts';
import { defineRule, type Scope } from './rule.ts';
import { parseSecurityOption, securityOptionKeys } from './security-options.ts';
import { securitySupport } from './security-support.ts';
import { boolean, list, scalarText, text } from './shapes.ts';

const messages = {
  'user-name': approximated(
    (name: string) =>
      `the number of the user "${name}" is only known inside the image, so the image's own user applies`,
    'write the number, as `id -u` in the container prints it',
  ),
  'group-name': approximated(
    (name: string) => `the number of the group "${name}" is only known inside the image, so it is left out`,
    'write the number, as `id -g` in the container prints it',
  ),
  'id-range': error((id: string) => `${id} is no number of a user or group`, 'write a number from 0 to 2147483647'),
  'added-group': refused(
    (name: string) => `the number of the group "${name}" is only known inside the image`,
    'write the number, as `getent group` in the container prints it',
  ),
  privileged: warning(
    'a privileged container needs a namespace of the privileged Pod Security level, and most clusters refuse it by policy',
    '--allow privileged says that this is known',
  ),
  redundant: notApplicable((option: string) => `${option} adds nothing to a privileged container`),
  'no-capability': error(
    (name: string, _hint: string) => `"${name}" is no capability`,
    (_name: string, hint: string) => hint,
  ),
  'beyond-baseline': noted((name: string) => `adding ${name} needs a namespace of the privileged Pod Security level`),
  'dropped-and-added': notApplicable((name: string) => `${name} is added as well, and adding wins`),
  'no-option': error(
    (key: string, _hint: string) => `"${key}" is no option of security_opt`,
    (_key: string, hint: string) => hint,
  ),
  'no-value': error(
    (key: string, value: string) => `${key} cannot be "${value}"`,
    'see the documentation of docker run',
  ),
  'no-new-privileges': error(
    'no-new-privileges contradicts privileged: true, and Kubernetes refuses both together',
    'remove one of them',
  ),
  'seccomp-file': delegated(
    (path: string) => `the seccomp profile must lie at /var/lib/kubelet/seccomp/${path} on every node`,
    'use the Security Profiles Operator',
  ),
  'inline-seccomp': refused('a seccomp profile cannot be written in line', 'put it on the nodes and name the file'),
  'apparmor-profile': delegated(
    (profile: string) => `the AppArmor profile ${profile} must be loaded on every node`,
    'use the Security Profiles Operator, or write apparmor=unconfined',
  ),
  'unmasked-proc': approximated('unmasking /proc needs a user namespace of its own, so the pod gets hostUsers: false'),
  'credential-spec': delegated(
    'a credential spec needs Windows nodes with the GMSA webhook, and is not converted',
    'set securityContext.windowsOptions by hand',
  ),
  'writable-cgroups': refused(
    'only a privileged container can write to its cgroup',
    'write privileged: true if it must be',
  ),
};
type SecurityScope = Scope<typeof messages>;

const LARGEST_ID = 2 ** 31 - 1;

/** The number of a user or group: digits, or root; undefined for another name. */
function idOf(written: string): number | undefined {
  if (written === 'root') return 0;
  return /^\d+$/.test(written) ? Number(written) : undefined;
}

function checkId(id: number, path: Path, { say }: SecurityScope): boolean {
  if (id <= LARGEST_ID) return true;
  say('id-range', path, String(id));
  return false;
}

function lowerUser(written: string | undefined, scope: SecurityScope): UserDraft | undefined {
  if (written === undefined || written === '') return undefined;
  const path = ['user'];
  const [userText = '', groupText] = written.split(':', 2);
  const uid = idOf(userText);
  if (uid === undefined) {
    scope.say('user-name', path, userText);
    return undefined;
  }
  const group = groupText === undefined || groupText === '' ? undefined : groupText;
  const gid = group === undefined ? undefined : idOf(group);
  if (group !== undefined && gid === undefined) scope.say('group-name', path, group);
  scope.settle(path, 'converted');
  if (!checkId(uid, path, scope) || !checkId(gid ?? 0, path, scope)) return undefined;
  return { uid: scope.at(uid, ...path), gid: gid === undefined ? undefined : scope.at(gid, ...path) };
}

function lowerGroups(groups: readonly string[], scope: SecurityScope): readonly Located<number>[] | undefined {
  const found = new Map<number, Located<number>>();
  for (const [index, group] of groups.entries()) {
    const path = ['group_add', index];
    const id = idOf(group);
    if (id === undefined) {
      scope.say('added-group', path, group);
      continue;
    }
    scope.settle(path, 'converted');
    if (checkId(id, path, scope) && !found.has(id)) found.set(id, scope.at(id, ...path));
  }
  return found.size === 0 ? undefined : [...found.values()];
}

function capabilities(
  written: readonly string[],
  key: 'cap_add' | 'cap_drop',
  scope: SecurityScope,
): ReadonlyMap<string, Located<string>> {
  const found = new Map<string, Located<string>>();
  for (const [index, item] of written.entries()) {
    const name = capabilityName(item);
    if (!capabilityNames.has(name)) {
      const near = didYouMean(nearest(name, capabilityNames));
      scope.say('no-capability', [key, index], item, near === '' ? 'see man 7 capabilities' : near);
    } else if (!found.has(name)) found.set(name, scope.at(name, key, index));
  }
  return found;
}

function sorted(found: ReadonlyMap<string, Located<string>>): readonly Located<string>[] | undefined {
  return found.size === 0 ? undefined : sortBy([...found.values()], ({ value }) => value);
}

function lowerCapabilities(
  values: { readonly cap_add?: readonly string[]; readonly cap_drop?: readonly string[] },
  isPrivileged: boolean,
  scope: SecurityScope,
): Pick<ServiceSays, 'capabilitiesAdded' | 'capabilitiesDropped'> {
  const added = capabilities(values.cap_add ?? [], 'cap_add', scope);
  const dropped = new Map(capabilities(values.cap_drop ?? [], 'cap_drop', scope));
  if (isPrivileged && values.cap_add !== undefined) scope.say('redundant', ['cap_add'], 'cap_add');
  for (const [name, { origin }] of added) {
    const path = origin.path.slice(scope.origin().path.length);
    if (!isPrivileged && !baselineCapabilities.has(name)) scope.say('beyond-baseline', path, name);
    const both = dropped.get(name);
    if (both !== undefined) scope.say('dropped-and-added', both.origin.path.slice(scope.origin().path.length), name);
    dropped.delete(name);
  }
  return { capabilitiesAdded: isPrivileged ? undefined : sorted(added), capabilitiesDropped: sorted(dropped) };
}

type OptionSays = Pick<ServiceSays, 'noNewPrivileges' | 'seccomp' | 'appArmor' | 'seLinux' | 'unmaskedProc'>;

function lowerProfile(
  option: { readonly kind: 'seccomp' | 'apparmor'; readonly type: SecurityProfile['type']; readonly path?: string },
  path: Path,
  isPrivileged: boolean,
  scope: SecurityScope,
): OptionSays {
  const { kind, type, path: profile } = option;
  if (isPrivileged) {
    scope.say('redundant', path, kind);
    return {};
  }
  if (profile !== undefined) scope.say(kind === 'seccomp' ? 'seccomp-file' : 'apparmor-profile', path, profile);
  const says: SecurityProfile = { type, localhostProfile: profile, origin: scope.origin(...path) };
  return kind === 'seccomp' ? { seccomp: says } : { appArmor: says };
}

/** What one item of `security_opt` says. */
function lowerOption(written: string, path: Path, isPrivileged: boolean, scope: SecurityScope): OptionSays {
  const { at, say } = scope;
  const option = parseSecurityOption(written);
  switch (option.kind) {
    case 'nothing':
      return {};
    case 'no-new-privileges':
      if (isPrivileged) say('no-new-privileges', path);
      return { noNewPrivileges: at(true, ...path) };
    case 'seccomp':
    case 'apparmor':
      return lowerProfile(option, path, isPrivileged, scope);
    case 'label':
      return { seLinux: [{ field: option.field, value: at(option.value, ...path) }] };
    case 'unmasked-proc':
      say('unmasked-proc', path);
      return { unmaskedProc: at(true, ...path) };
    case 'writable-cgroups':
      if (!isPrivileged) say('writable-cgroups', path);
      return {};
    case 'inline-seccomp':
    case 'credential-spec':
      say(option.kind, path);
      return {};
    case 'unknown': {
      const near = didYouMean(nearest(option.key, securityOptionKeys));
      say('no-option', path, option.key, near === '' ? `known are ${securityOptionKeys.join(', ')}` : near);
      return {};
    }
    case 'bad-value':
      say('no-value', path, option.key, option.value);
      return {};
  }
}

function lowerOptions(written: readonly string[], isPrivileged: boolean, scope: SecurityScope): OptionSays {
  const says = written.map((item, index) => lowerOption(item, ['security_opt', index], isPrivileged, scope));
  const labels = new Map(says.flatMap(({ seLinux }) => (seLinux ?? []).map((label) => [label.field, label] as const)));
  return Object.assign({}, ...says, labels.size > 0 ? { seLinux: [...labels.values()] } : {}) as OptionSays;
}

/**
 * Users by number, capabilities by name, and the options of `security_opt`.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#security_opt
 */
export const security = defineRule({
  name: 'security',
  service: {
    user: () => text(),
    group_add: () => list(scalarText()),
    privileged: () => boolean(),
    read_only: () => boolean(),
    cap_add: () => list(text()),
    cap_drop: () => list(text()),
    security_opt: () => list(text()),
  },
  deploy: {},
  unique: {
    cap_add: (item) => (item.kind === 'scalar' ? capabilityName(String(item.value)) : undefined),
    cap_drop: (item) => (item.kind === 'scalar' ? capabilityName(String(item.value)) : undefined),
  },
  support: securitySupport,
  messages,
  lower(values, scope) {
    const isPrivileged = values.privileged === true;
    if (isPrivileged && !scope.options.allow.has('privileged')) scope.say('privileged', ['privileged']);
    return {
      user: lowerUser(values.user, scope),
      groups: lowerGroups(values.group_add ?? [], scope),
      privileged: isPrivileged ? scope.at(true, 'privileged') : undefined,
      readOnlyRoot: values.read_only === true ? scope.at(true, 'read_only') : undefined,
      ...lowerCapabilities(values, isPrivileged, scope),
      ...lowerOptions(values.security_opt ?? [], isPrivileged, scope),
    };
  },
});
