/** The items of `security_opt`, taken apart. */

import { baseName } from '../kernel/paths.ts';

/** What one item asks for. `unknown` is an error; `nothing` is what holds anyway. */
export type SecurityOption =
  | { readonly kind: 'nothing' | 'no-new-privileges' | 'unmasked-proc' | 'credential-spec' | 'writable-cgroups' }
  | { readonly kind: 'seccomp' | 'apparmor'; readonly type: 'RuntimeDefault' | 'Unconfined' }
  /** `path` is the name of the profile on the node. */
  | { readonly kind: 'seccomp' | 'apparmor'; readonly type: 'Localhost'; readonly path: string }
  | { readonly kind: 'inline-seccomp' }
  | { readonly kind: 'label'; readonly field: 'user' | 'role' | 'type' | 'level'; readonly value: string }
  | { readonly kind: 'unknown'; readonly key: string }
  | { readonly kind: 'bad-value'; readonly key: string; readonly value: string };

/** The keys that are known. */
export const securityOptionKeys = [
  'no-new-privileges',
  'seccomp',
  'apparmor',
  'label',
  'systempaths',
  'credentialspec',
  'writable-cgroups',
];

const labelFields = ['user', 'role', 'type', 'level'] as const;

function truth(key: string, value: string, whenTrue: SecurityOption): SecurityOption {
  if (value === '' || value === 'true') return whenTrue;
  return value === 'false' ? { kind: 'nothing' } : { kind: 'bad-value', key, value };
}

function seccomp(value: string): SecurityOption {
  if (value === 'unconfined') return { kind: 'seccomp', type: 'Unconfined' };
  if (value === 'builtin' || value === 'runtime/default') return { kind: 'seccomp', type: 'RuntimeDefault' };
  if (value.startsWith('{')) return { kind: 'inline-seccomp' };
  return { kind: 'seccomp', type: 'Localhost', path: `profiles/${baseName(value)}` };
}

function appArmor(value: string): SecurityOption {
  if (value === 'unconfined') return { kind: 'apparmor', type: 'Unconfined' };
  if (value === 'docker-default' || value === 'runtime/default') return { kind: 'apparmor', type: 'RuntimeDefault' };
  return { kind: 'apparmor', type: 'Localhost', path: value };
}

function label(value: string): SecurityOption {
  if (value === 'disable') return { kind: 'label', field: 'type', value: 'spc_t' };
  const [, name, text = ''] = /^(\w+)[:=](.+)$/.exec(value) ?? [];
  const field = labelFields.find((one) => one === name);
  return field === undefined ? { kind: 'bad-value', key: 'label', value } : { kind: 'label', field, value: text };
}

/**
 * Reads `KEY`, `KEY=VALUE`, `KEY:VALUE` or `KEY VALUE`.
 * @see https://docs.docker.com/reference/cli/docker/container/run/#security-opt
 */
export function parseSecurityOption(text: string): SecurityOption {
  const [, key = '', value = ''] = /^([^=:\s]*)(?:[=:\s]\s*(.*))?$/s.exec(text.trim()) ?? [];
  if (key === 'no-new-privileges') return truth(key, value, { kind: 'no-new-privileges' });
  if (key === 'writable-cgroups') return truth(key, value, { kind: 'writable-cgroups' });
  if (!securityOptionKeys.includes(key)) return { kind: 'unknown', key };
  if (value === '') return { kind: 'bad-value', key, value };
  if (key === 'seccomp') return seccomp(value);
  if (key === 'apparmor') return appArmor(value);
  if (key === 'label') return label(value);
  if (key === 'credentialspec') return { kind: 'credential-spec' };
  return value === 'unconfined' ? { kind: 'unmasked-proc' } : { kind: 'bad-value', key, value };
}
