import { expect, test } from 'vitest';
import { parseSecurityOption } from '../../src/attributes/security-options.ts';

test.each([
  ['no-new-privileges', { kind: 'no-new-privileges' }],
  ['no-new-privileges:true', { kind: 'no-new-privileges' }],
  ['no-new-privileges=true', { kind: 'no-new-privileges' }],
  ['no-new-privileges true', { kind: 'no-new-privileges' }],
  ['no-new-privileges:false', { kind: 'nothing' }],
  ['no-new-privileges:yes', { kind: 'bad-value', key: 'no-new-privileges', value: 'yes' }],
  ['seccomp=unconfined', { kind: 'seccomp', type: 'Unconfined' }],
  ['seccomp:unconfined', { kind: 'seccomp', type: 'Unconfined' }],
  ['seccomp=builtin', { kind: 'seccomp', type: 'RuntimeDefault' }],
  ['seccomp=./a/b.json', { kind: 'seccomp', type: 'Localhost', path: 'profiles/b.json' }],
  ['seccomp={"defaultAction":"x"}', { kind: 'inline-seccomp' }],
  ['seccomp=', { kind: 'bad-value', key: 'seccomp', value: '' }],
  ['apparmor=unconfined', { kind: 'apparmor', type: 'Unconfined' }],
  ['apparmor:docker-default', { kind: 'apparmor', type: 'RuntimeDefault' }],
  ['apparmor=shop', { kind: 'apparmor', type: 'Localhost', path: 'shop' }],
  ['label=disable', { kind: 'label', field: 'type', value: 'spc_t' }],
  ['label:disable', { kind: 'label', field: 'type', value: 'spc_t' }],
  ['label=user:u', { kind: 'label', field: 'user', value: 'u' }],
  ['label:role:r', { kind: 'label', field: 'role', value: 'r' }],
  ['label=type:svirt_t', { kind: 'label', field: 'type', value: 'svirt_t' }],
  ['label=level:s0:c1,c2', { kind: 'label', field: 'level', value: 's0:c1,c2' }],
  ['label=nested', { kind: 'bad-value', key: 'label', value: 'nested' }],
  ['label=color:red', { kind: 'bad-value', key: 'label', value: 'color:red' }],
  ['systempaths=unconfined', { kind: 'unmasked-proc' }],
  ['systempaths=x', { kind: 'bad-value', key: 'systempaths', value: 'x' }],
  ['credentialspec=file://x.json', { kind: 'credential-spec' }],
  ['writable-cgroups=true', { kind: 'writable-cgroups' }],
  ['writable-cgroups=false', { kind: 'nothing' }],
  ['secomp=unconfined', { kind: 'unknown', key: 'secomp' }],
  ['', { kind: 'unknown', key: '' }],
])('%j is read', (text, option) => {
  expect(parseSecurityOption(text)).toEqual(option);
});
