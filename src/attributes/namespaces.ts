/** `pid`, `ipc`, `uts`, `cgroup`, `runtime` and their like: which parts of the machine a container shares. */

import { error, notApplicable, refused, warning } from '../kernel/diagnostic.ts';
import type { Located } from '../kernel/located.ts';
import { defineRule, does, extension, pending, type Scope, type Values, when } from './rule.ts';
import { object, oneOf, text } from './shapes.ts';

const messages = {
  'host-namespace': warning(
    (key: string) => `${key}: host needs a namespace at the privileged Pod Security level`,
    (key: string) => `leave ${key} out unless the service watches the machine itself`,
  ),
  'of-service': refused(
    (key: string, service: string) => `${key}: service:${service} is not converted yet`,
    (key: string) => `containers of one pod share it: say network_mode as well, or leave ${key} out`,
  ),
  'of-container': refused(
    (key: string, container: string) => `${key}: container:${container} names a container outside the project`,
    (key: string) => `write ${key}: service:NAME`,
  ),
  unknown: error(
    (key: string, value: string) => `"${value}" is not a value of ${key}`,
    (_key: string, _value: string) => 'write host, or leave the attribute out',
  ),
  'ordinary-isolation': notApplicable((isolation: string) => `isolation: ${isolation} is what Windows nodes do anyway`),
  'one-credential-spec': error(
    'credential_spec takes exactly one of config, file and registry',
    'keep the one that holds the specification',
  ),
};

type Voice = Scope<typeof messages>;

const credentialSpec = () =>
  object({ config: text().optional(), file: text().optional(), registry: text().optional() });

type CredentialSpec = NonNullable<Values<{ readonly spec: typeof credentialSpec }>['spec']>;

/** True at the place of `pid: host` or `ipc: host`; everything else is told here. */
function hostNamespace(
  key: 'pid' | 'ipc',
  value: string | undefined,
  ordinary: readonly string[],
  { at, say }: Voice,
): Located<boolean> | undefined {
  const [kind = '', name = ''] = (value ?? '').split(/:(.*)/s);
  if (value === undefined || ordinary.includes(value)) return undefined;
  if (value === 'host') {
    say('host-namespace', [key], key);
    return at(true, key);
  }
  if (kind === 'service' && name !== '') say('of-service', [key], key, name);
  else if (kind === 'container' && name !== '') say('of-container', [key], key, name);
  else say('unknown', [key], key, value);
  return undefined;
}

/** The runtimes that a node uses when nothing is said. */
const ordinaryRuntimes: ReadonlySet<string> = new Set(['runc', 'io.containerd.runc.v2', 'crun']);

function settleOrdinary(
  values: {
    readonly cgroup?: string;
    readonly runtime?: string;
    readonly isolation?: string;
    readonly userns_mode?: string;
    readonly uts?: string;
  },
  { say, settle }: Voice,
): void {
  if (values.cgroup === 'private') settle(['cgroup'], 'converted');
  if (values.runtime !== undefined && ordinaryRuntimes.has(values.runtime)) settle(['runtime'], 'converted');
  if (values.isolation === 'default' || values.isolation === 'process') {
    say('ordinary-isolation', ['isolation'], values.isolation);
  }
  if (values.userns_mode === 'host') settle(['userns_mode'], 'converted');
  if (values.uts === '') settle(['uts'], 'converted');
}

function checkCredentialSpec(spec: CredentialSpec, { say }: Voice): void {
  const given = [spec.config, spec.file, spec.registry].filter((one) => one !== undefined);
  if (given.length !== 1) say('one-credential-spec', ['credential_spec']);
}

/**
 * `pid: host` and `ipc: host` become hostPID and hostIPC; the rest is told.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#pid
 */
export const namespaces = defineRule({
  name: 'namespaces',
  service: {
    pid: () => text(),
    ipc: () => text(),
    uts: () => text(),
    cgroup: () => oneOf('host', 'private'),
    cgroup_parent: () => text(),
    runtime: () => text(),
    isolation: () => text(),
    credential_spec: credentialSpec,
    userns_mode: () => text(),
  },
  deploy: {},
  support: {
    'services.*.pid': does(
      'converted',
      ['Workload.spec.template.spec.hostPID', 'Workload.spec.template.spec.shareProcessNamespace'],
      'Value by case; null is the default.',
      {
        cases: [
          when(
            'host',
            'converted',
            ['Workload.spec.template.spec.hostPID'],
            'hostPID: true; needs the privileged Pod Security level (warning).',
          ),
          when('service:NAME', 'refused', ['report.error'], 'Not converted yet: an error.'),
          when(
            'container:NAME',
            'refused',
            ['report.error'],
            'An error, also when NAME is the container_name of a service.',
          ),
        ],
      },
    ),
    'services.*.ipc': does('converted', ['Workload.spec.template.spec.hostIPC'], 'Value by case.', {
      cases: [
        when(
          'private, shareable or none',
          'converted',
          ['report.info'],
          'Nothing to emit: each pod has its own IPC namespace, shared by its containers.',
        ),
        when(
          'host',
          'converted',
          ['Workload.spec.template.spec.hostIPC'],
          'hostIPC: true; needs the privileged Pod Security level.',
        ),
        when('service:NAME', 'refused', ['report.error'], 'Not converted yet: an error.'),
        when(
          'container:NAME',
          'refused',
          ['report.error'],
          'An error, also when NAME is the container_name of a service.',
        ),
      ],
    }),
    'services.*.uts': does(
      'approximated',
      ['report.info'],
      "host with network_mode host: nothing, the host's UTS namespace comes with hostNetwork. host alone: reported and ignored.",
      { note: 'No field selects it on its own.' },
    ),
    'services.*.cgroup': does(
      'approximated',
      ['report.info'],
      'private: nothing to emit, it is what the runtimes do on cgroup v2. host: reported and ignored.',
      { note: "No field selects the host's cgroup namespace; only privileged containers on cgroup v1 get it." },
    ),
    'services.*.cgroup_parent': does('not-applicable', ['report.info'], 'Reported and ignored.', {
      note: 'The kubelet owns the cgroup tree (kubepods by QoS class); use requests, limits and priority classes.',
    }),
    'services.*.runtime': pending(
      'delegated',
      ['Workload.spec.template.spec.runtimeClassName'],
      'runc, io.containerd.runc.v2 and crun: left out. Otherwise runtimeClassName in DNS-label form (kata-runtime, runsc, nvidia, sysbox-runc).',
      {
        note: "A RuntimeClass of that name and the handler on the nodes must exist; gVisor's is usually called gvisor.",
      },
    ),
    'services.*.isolation': pending(
      'delegated',
      ['Workload.spec.template.spec.runtimeClassName'],
      'default, process: nothing. hyperv: runtimeClassName windows-hyperv.',
      {
        note: 'Windows only; a RuntimeClass of that name must exist.',
        cases: [when('default or process', 'not-applicable', ['report.info'], 'It is what Windows nodes do.')],
      },
    ),
    'services.*.credential_spec': pending(
      'delegated',
      ['Workload.spec.template.spec.containers[].securityContext.windowsOptions'],
      'Exactly one of config, file, registry; anything but a Windows service is an error.',
      { note: 'Windows nodes with the GMSA webhook and the GMSACredentialSpec CRD.' },
    ),
    'services.*.credential_spec.config': pending(
      'delegated',
      ['Workload.spec.template.spec.containers[].securityContext.windowsOptions.gmsaCredentialSpec'],
      "The config's content, which must be JSON, is put in line.",
      { note: 'Windows nodes with the GMSA webhook and the GMSACredentialSpec CRD.' },
    ),
    'services.*.credential_spec.file': pending(
      'delegated',
      ['Workload.spec.template.spec.containers[].securityContext.windowsOptions.gmsaCredentialSpec'],
      "The file's content, which must be JSON, is put in line; a missing file is an error.",
      { note: 'Windows nodes with the GMSA webhook and the GMSACredentialSpec CRD.' },
    ),
    'services.*.credential_spec.registry': pending(
      'delegated',
      ['Workload.spec.template.spec.containers[].securityContext.windowsOptions.gmsaCredentialSpecName'],
      'The value name becomes the GMSACredentialSpec name; the registry content has to be turned into that object by hand.',
      { note: 'Windows nodes with the GMSA webhook and the GMSACredentialSpec CRD.' },
    ),
    'services.*.credential_spec.x-*': extension('credential_spec'),
    'services.*.userns_mode': pending(
      'converted',
      ['Workload.spec.template.spec.hostUsers'],
      "host: left out (pods use the host's user namespace by default). private, auto, keep-id, nomap and other values: hostUsers: false (stable since v1.36), refused with network_mode, pid or ipc host.",
    ),
  },
  messages,
  lower(values, scope) {
    settleOrdinary(values, scope);
    if (values.credential_spec !== undefined) checkCredentialSpec(values.credential_spec, scope);
    return {
      hostPid: hostNamespace('pid', values.pid, [''], scope),
      hostIpc: hostNamespace('ipc', values.ipc, ['', 'private', 'shareable', 'none'], scope),
    };
  },
});
