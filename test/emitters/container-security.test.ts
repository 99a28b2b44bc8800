import { expect, test } from 'vitest';
import { containerSecurity } from '../../src/emitters/container-security.ts';
import { at, from } from '../support/draft.ts';
import { security, taken } from '../support/plan.ts';

test('a context that grants what the API grants anyway is left out', () => {
  const usual = security({ runAsNonRoot: false, privileged: at(false, 'x'), readOnlyRootFilesystem: false });
  expect(containerSecurity(usual)).toBeUndefined();
});

test('writes every field in a steady order', () => {
  const path = ['services', 'web'] as const;
  const { plain, said } = taken(
    containerSecurity(
      security({
        procMount: 'Unmasked',
        seLinux: [{ field: 'level', value: at('s0', ...path, 'security_opt', 3) }],
        appArmor: { type: 'Unconfined', localhostProfile: undefined, origin: from(...path, 'security_opt', 2) },
        seccomp: { type: 'Localhost', localhostProfile: 'a.json', origin: from(...path, 'security_opt', 1) },
        capabilitiesDropped: ['ALL'],
        capabilitiesAdded: [at('CHOWN', ...path, 'cap_add', 0)],
        readOnlyRootFilesystem: at(true, ...path, 'read_only'),
        allowPrivilegeEscalation: false,
        privileged: true,
        runAsNonRoot: true,
        runAsGroup: 1000,
        runAsUser: at(1000, ...path, 'user'),
      }),
    ),
  );
  expect(JSON.stringify(plain)).toBe(
    JSON.stringify({
      runAsUser: 1000,
      runAsGroup: 1000,
      runAsNonRoot: true,
      privileged: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { add: ['CHOWN'], drop: ['ALL'] },
      seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' },
      appArmorProfile: { type: 'Unconfined' },
      seLinuxOptions: { level: 's0' },
      procMount: 'Unmasked',
    }),
  );
  expect(said).toEqual({
    '/runAsUser': 'services.web.user',
    '/readOnlyRootFilesystem': 'services.web.read_only',
    '/capabilities/add/0': 'services.web.cap_add[0]',
    '/seccompProfile': 'services.web.security_opt[1]',
    '/appArmorProfile': 'services.web.security_opt[2]',
    '/seLinuxOptions/level': 'services.web.security_opt[3]',
  });
});
