import { expect, test } from 'vitest';
import type { ServiceDraft, ServiceSays } from '../../src/model/draft.ts';
import { secureContainer, volumeGroup } from '../../src/passes/secure-containers.ts';
import { at, from, grant, mount } from '../support/draft.ts';
import { security } from '../support/plan.ts';

function service(says: ServiceSays, name = 'web'): ServiceDraft {
  return { name, origin: from('services', name), ...says };
}

const seccomp = { type: 'Unconfined', localhostProfile: undefined, origin: from('s') } as const;

test('a service that says nothing has no security context', () => {
  expect(secureContainer(service({}))).toBeUndefined();
  expect(secureContainer(service({ capabilitiesAdded: [], capabilitiesDropped: [], seLinux: [] }))).toBeUndefined();
});

test('everything that is said is kept', () => {
  const capabilitiesAdded = [at('NET_ADMIN')];
  const capabilitiesDropped = [at('ALL')];
  const seLinux = [{ field: 'type', value: at('spc_t') }] as const;
  const says = {
    ...{
      user: { uid: at(1000, 'u'), gid: at(2000, 'u') },
      readOnlyRoot: at(true, 'r'),
      noNewPrivileges: at(true, 'n'),
    },
    ...{ capabilitiesAdded, capabilitiesDropped, seccomp, appArmor: seccomp, seLinux, unmaskedProc: at(true, 'p') },
  };
  expect(secureContainer(service(says))).toEqual(
    security({
      runAsUser: at(1000, 'u'),
      runAsGroup: at(2000, 'u'),
      runAsNonRoot: at(true, 'u'),
      allowPrivilegeEscalation: at(false, 'n'),
      readOnlyRootFilesystem: at(true, 'r'),
      ...{ capabilitiesAdded, capabilitiesDropped, seccomp, appArmor: seccomp, seLinux },
      procMount: at('Unmasked', 'p'),
    }),
  );
});

test('root is not said to be somebody else', () => {
  expect(secureContainer(service({ user: { uid: at(0, 'u'), gid: undefined } }))).toEqual(
    security({ runAsUser: at(0, 'u') }),
  );
});

test('a privileged container has the rest anyway', () => {
  const says = {
    privileged: at(true, 'p'),
    capabilitiesAdded: [at('NET_ADMIN')],
    seccomp,
    appArmor: seccomp,
    noNewPrivileges: at(true),
  };
  expect(secureContainer(service(says))).toEqual(security({ privileged: at(true, 'p') }));
});

test('devices of the node take a privileged container', () => {
  const device = { source: at('/dev/snd', 'd'), target: at('/dev/snd'), type: 'Directory', origin: from('d') } as const;
  expect(secureContainer(service({ hostDevices: [device] }))).toEqual(security({ privileged: at(true, 'd') }));
  expect(secureContainer(service({ needsPrivileged: at(true, 'c') }))).toEqual(security({ privileged: at(true, 'c') }));
});

test('the group of volumes is what is asked for, else that of a user of a new volume', () => {
  const user = service({ user: { uid: at(1000, 'u'), gid: undefined } });
  const member = service({ user: { uid: at(1000, 'u'), gid: at(7, 'g') } }, 'side');
  const root = service({ user: { uid: at(0, 'u'), gid: at(7, 'g') } });
  const asked = service({ wishes: { fsGroup: at(99, 'w') } }, 'other');
  expect(volumeGroup([user, asked], () => true)).toEqual(at(99, 'w'));
  expect(volumeGroup([user, member], () => true)).toEqual(at(1000, 'u'));
  expect(volumeGroup([user, member], (name) => name === 'side')).toEqual(at(7, 'g'));
  expect(volumeGroup([user, root], (name) => name === 'none')).toBeUndefined();
  expect(volumeGroup([root], () => true)).toBeUndefined();
});

test('a group that memory or a file wants is used when it is free', () => {
  const tmpfs = mount('web', 0, { kind: 'tmpfs', size: undefined, gid: at(5, 't') }, '/tmp');
  const plain = mount('web', 1, { kind: 'tmpfs', size: undefined }, '/run');
  const file = { ...grant('web', 'secrets', 0, 'key'), gid: at(6, 'f') };
  const rooted = { ...grant('web', 'configs', 0, 'key'), gid: at(0, 'f') };
  expect(volumeGroup([service({ mounts: [plain, tmpfs], secretGrants: [file] })], () => true)).toEqual(at(5, 't'));
  expect(volumeGroup([service({ configGrants: [rooted], secretGrants: [file] })], () => true)).toEqual(at(6, 'f'));
  expect(
    volumeGroup([service({ mounts: [plain, mount('web', 2, { kind: 'anonymous' }, '/x')] })], () => true),
  ).toBeUndefined();
});
