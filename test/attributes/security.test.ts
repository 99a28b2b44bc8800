import { expect, test } from 'vitest';
import { baselineCapabilities, capabilityName, capabilityNames } from '../../src/attributes/capabilities.ts';
import { image } from '../../src/attributes/image.ts';
import { security } from '../../src/attributes/security.ts';
import { type Given, given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string, more: Given = {}) {
  const outcome = given(`services:\n  web:\n    image: a\n${keys}\n`, {
    rules: [image, security],
    entries: [],
    ...more,
  });
  const { name, origin, image: reference, ...says } = outcome.service('web');
  return { says, plain: values(says), said: outcome.said };
}

test('says nothing about a service that asks for nothing', () => {
  expect(web('').plain).toEqual({});
  expect(web('    privileged: false\n    read_only: false\n    user: ""')).toMatchObject({ plain: {}, said: [] });
});

test.each([
  ['"1000"', { uid: 1000 }],
  ['"1000:2000"', { uid: 1000, gid: 2000 }],
  ['"1000:"', { uid: 1000 }],
  ['root', { uid: 0 }],
  ['root:root', { uid: 0, gid: 0 }],
  ['"0:0"', { uid: 0, gid: 0 }],
  ['"1000:root"', { uid: 1000, gid: 0 }],
])('takes the user %s by number', (written, user) => {
  const { plain, said } = web(`    user: ${written}`);
  expect([plain, said]).toEqual([{ user }, []]);
});

test('leaves names of users and groups to the image', () => {
  expect(web('    user: node')).toMatchObject({
    plain: {},
    said: [
      `4:11 warning security/user-name the number of the user "node" is only known inside the image, so the image's own user applies`,
    ],
  });
  expect(web('    user: "1000:node"')).toMatchObject({
    plain: { user: { uid: 1000 } },
    said: [
      '4:11 warning security/group-name the number of the group "node" is only known inside the image, so it is left out',
    ],
  });
});

test('refuses numbers that are too large, and users that are no text', () => {
  expect(web('    user: "2147483648"')).toMatchObject({
    plain: {},
    said: ['4:11 error security/id-range 2147483648 is no number of a user or group'],
  });
  expect(web('    user: "1:2147483648"').plain).toEqual({});
  expect(web('    user: 1000').said).toEqual(['4:11 error check/type services.web.user must be text, not 1000']);
});

test('adds groups by number, each once', () => {
  const { says, plain, said } = web('    group_add: [44, "100", root, 44, audio]');
  expect(plain).toEqual({ groups: [44, 100, 0] });
  expect(pathOf(says.groups?.[1])).toBe('services.web.group_add[1]');
  expect(said).toEqual([
    '4:38 error security/added-group the number of the group "audio" is only known inside the image',
  ]);
});

test('keeps a read-only root', () => {
  expect(web('    read_only: true')).toMatchObject({ plain: { readOnlyRoot: true }, said: [] });
});

test('warns of privileged containers unless that is known', () => {
  const warned = web('    privileged: true');
  expect(warned).toMatchObject({
    plain: { privileged: true },
    said: [
      '4:17 warning security/privileged a privileged container needs a namespace of the privileged Pod Security level, and most clusters refuse it by policy',
    ],
  });
  expect(web('    privileged: true', { options: { allow: new Set(['privileged']) } }).said).toEqual([]);
});

test('leaves out what a privileged container has anyway', () => {
  const { plain, said } = web(
    '    privileged: true\n    cap_add: [NET_ADMIN]\n    cap_drop: [KILL]\n    security_opt: ["seccomp=x", "apparmor=y", "label=disable", "writable-cgroups=true"]',
    { options: { allow: new Set(['privileged']) } },
  );
  expect(plain).toEqual({
    privileged: true,
    capabilitiesDropped: ['KILL'],
    seLinux: [{ field: 'type', value: 'spc_t' }],
  });
  expect(said).toEqual([
    '5:5 info security/redundant cap_add adds nothing to a privileged container',
    '7:20 info security/redundant seccomp adds nothing to a privileged container',
    '7:33 info security/redundant apparmor adds nothing to a privileged container',
  ]);
});

test('reads capabilities in any notation, sorted and each once', () => {
  const { plain, said } = web('    cap_add: [kill, CAP_CHOWN, KILL]\n    cap_drop: [ALL, cap_setuid]');
  expect([plain, said]).toEqual([{ capabilitiesAdded: ['CHOWN', 'KILL'], capabilitiesDropped: ['ALL', 'SETUID'] }, []]);
});

test('tells which capabilities the ordinary level forbids', () => {
  const { plain, said } = web('    cap_add: [NET_ADMIN, NET_BIND_SERVICE, NET_RAW, ALL]');
  expect(plain).toEqual({ capabilitiesAdded: ['ALL', 'NET_ADMIN', 'NET_BIND_SERVICE', 'NET_RAW'] });
  expect(said).toEqual([
    '4:15 info security/beyond-baseline adding NET_ADMIN needs a namespace of the privileged Pod Security level',
    '4:44 info security/beyond-baseline adding NET_RAW needs a namespace of the privileged Pod Security level',
    '4:53 info security/beyond-baseline adding ALL needs a namespace of the privileged Pod Security level',
  ]);
});

test('adds a capability that is in both lists', () => {
  const { plain, said } = web('    cap_add: [KILL]\n    cap_drop: [ALL, KILL]');
  expect(plain).toEqual({ capabilitiesAdded: ['KILL'], capabilitiesDropped: ['ALL'] });
  expect(said).toEqual(['5:21 info security/dropped-and-added KILL is added as well, and adding wins']);
});

test('refuses capabilities that do not exist', () => {
  expect(web('    cap_add: [NET_ADMN]\n    cap_drop: [EVERYTHING]')).toMatchObject({
    plain: {},
    said: [
      '4:15 error security/no-capability "NET_ADMN" is no capability',
      '5:16 error security/no-capability "EVERYTHING" is no capability',
    ],
  });
});

test('knows every capability of the baseline level', () => {
  expect([...baselineCapabilities].filter((name) => !capabilityNames.has(name))).toEqual([]);
  expect(capabilityName(' cap_Sys_Admin ')).toBe('SYS_ADMIN');
});

test('reads security options', () => {
  const { says, plain, said } = web(
    '    security_opt: ["no-new-privileges:false", "no-new-privileges:true", "seccomp=unconfined", "apparmor:unconfined", "label=user:u", "label=type:t", "label=type:v"]',
  );
  expect(plain).toEqual({
    noNewPrivileges: true,
    seccomp: { type: 'Unconfined' },
    appArmor: { type: 'Unconfined' },
    seLinux: [
      { field: 'user', value: 'u' },
      { field: 'type', value: 'v' },
    ],
  });
  expect(pathOf(says.noNewPrivileges)).toBe('services.web.security_opt[1]');
  expect(said).toEqual([]);
});

test('tells what nodes need for a profile', () => {
  const { plain, said } = web(
    '    security_opt: ["seccomp=./p.json", "apparmor=shop", "systempaths=unconfined", "credentialspec=file://x"]',
  );
  expect(plain).toEqual({
    seccomp: { type: 'Localhost', localhostProfile: 'profiles/p.json' },
    appArmor: { type: 'Localhost', localhostProfile: 'shop' },
    unmaskedProc: true,
  });
  expect(said).toEqual([
    '4:20 warning security/seccomp-file the seccomp profile must lie at /var/lib/kubelet/seccomp/profiles/p.json on every node',
    '4:40 warning security/apparmor-profile the AppArmor profile shop must be loaded on every node',
    '4:57 warning security/unmasked-proc unmasking /proc needs a user namespace of its own, so the pod gets hostUsers: false',
    '4:83 warning security/credential-spec a credential spec needs Windows nodes with the GMSA webhook, and is not converted',
  ]);
});

test('refuses options that cannot be had', () => {
  const { plain, said } = web(
    `    security_opt: ['seccomp={"a":1}', "writable-cgroups=true", "secomp=x", "label=nested", "mask=/x"]`,
  );
  expect(plain).toEqual({});
  expect(said).toEqual([
    '4:20 error security/inline-seccomp a seccomp profile cannot be written in line',
    '4:39 error security/writable-cgroups only a privileged container can write to its cgroup',
    '4:64 error security/no-option "secomp" is no option of security_opt',
    '4:76 error security/no-value label cannot be "nested"',
    '4:92 error security/no-option "mask" is no option of security_opt',
  ]);
});

test('refuses no-new-privileges for a privileged container', () => {
  const { said } = web('    privileged: true\n    security_opt: [no-new-privileges]', {
    options: { allow: new Set(['privileged']) },
  });
  expect(said).toEqual([
    '5:20 error security/no-new-privileges no-new-privileges contradicts privileged: true, and Kubernetes refuses both together',
  ]);
});
