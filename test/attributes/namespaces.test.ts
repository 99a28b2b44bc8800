import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { namespaces } from '../../src/attributes/namespaces.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string) {
  const outcome = given(`services:\n  web:\n    image: a\n    ${keys}\n  app:\n    image: a\n`, {
    rules: [image, namespaces],
  });
  const { hostPid, hostIpc } = outcome.service('web');
  return { draft: values({ hostPid, hostIpc }), said: outcome.said, hostPid, hostIpc };
}

test('shares the namespaces of the node with a warning', () => {
  const { draft, said, hostPid, hostIpc } = web('pid: host\n    ipc: host');
  expect(draft).toEqual({ hostPid: true, hostIpc: true });
  expect([pathOf(hostPid), pathOf(hostIpc)]).toEqual(['services.web.pid', 'services.web.ipc']);
  expect(said).toEqual([
    '4:10 warning namespaces/host-namespace pid: host needs a namespace at the privileged Pod Security level',
    '5:10 warning namespaces/host-namespace ipc: host needs a namespace at the privileged Pod Security level',
  ]);
});

test('says nothing about what every pod has', () => {
  const outcomes = [
    'ipc: private',
    'ipc: shareable',
    'ipc: none',
    'pid: ""',
    'cgroup: private',
    'runtime: runc',
    'userns_mode: host',
    'uts: ""',
  ].map(web);
  expect(outcomes.map(({ draft, said }) => ({ draft, said }))).toEqual(outcomes.map(() => ({ draft: {}, said: [] })));
});

test('refuses the namespaces of other containers', () => {
  expect(['pid: service:app', 'ipc: container:outside', 'pid: other'].map((keys) => web(keys))).toMatchObject([
    { draft: {}, said: ['4:10 error namespaces/of-service pid: service:app is not converted yet'] },
    {
      draft: {},
      said: ['4:10 error namespaces/of-container ipc: container:outside names a container outside the project'],
    },
    { draft: {}, said: ['4:10 error namespaces/unknown "other" is not a value of pid'] },
  ]);
});

test('leaves to its table what no field of a pod can say', () => {
  expect(
    ['cgroup_parent: m.slice', 'runtime: runsc', 'userns_mode: auto', 'uts: host', 'cgroup: host'].flatMap(
      (keys) => web(keys).said,
    ),
  ).toEqual([]);
  expect(web('cgroup: shared').said).toEqual([
    '4:13 error check/type services.web.cgroup must be host or private, not "shared"',
  ]);
});

test('tells that isolation by process is what Windows nodes do', () => {
  expect(['default', 'process', 'hyperv'].flatMap((isolation) => web(`isolation: ${isolation}`).said)).toEqual([
    '4:16 info namespaces/ordinary-isolation isolation: default is what Windows nodes do anyway',
    '4:16 info namespaces/ordinary-isolation isolation: process is what Windows nodes do anyway',
  ]);
});

test('takes exactly one source of a credential specification', () => {
  expect(
    ['{file: a}', '{}', '{file: a, registry: b}', '{path: a}'].map((spec) => web(`credential_spec: ${spec}`).said),
  ).toEqual([
    [],
    ['4:5 error namespaces/one-credential-spec credential_spec takes exactly one of config, file and registry'],
    ['4:5 error namespaces/one-credential-spec credential_spec takes exactly one of config, file and registry'],
    ['4:23 error check/unknown-key unknown attribute "path" in services.web.credential_spec'],
  ]);
});
