/** `sysctls` and `ulimits`: kernel settings of a pod, and limits that no pod can set. */

import { delegated, error, notApplicable } from '../kernel/diagnostic.ts';
import { sortBy } from '../kernel/sort.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import { dictFrom, type Tree } from '../kernel/tree.ts';
import { listToMap } from './forms.ts';
import { defineRule, type Scope } from './rule.ts';
import { integer, map, object, scalarText } from './shapes.ts';
import { sysctlsSupport } from './sysctls-support.ts';

const messages = {
  'no-name': error(
    (name: string) => `"${name}" is no name of a kernel setting`,
    'write a name such as net.core.somaxconn',
  ),
  'no-value': error(
    (name: string) => `${name} has no value`,
    (name: string) => `write ${name}: and a value`,
  ),
  unsafe: delegated(
    (name: string) =>
      `${name} is set only where the kubelet lists it in allowedUnsafeSysctls; elsewhere the pod is rejected`,
    (name: string) => `let the nodes be configured so, or leave ${name} out`,
  ),
  'of-the-node': delegated(
    (name: string) => `${name} belongs to the node and not to a container, so it is left out`,
    'set it on the node, or from a privileged DaemonSet',
  ),
  'no-limit': error(
    (name: string, _hint: string) => `"${name}" is no limit of a process`,
    (_name: string, hint: string) => hint,
  ),
  'soft-above-hard': error(
    (name: string) => `the soft limit of ${name} is above its hard limit`,
    'make hard at least as large as soft',
  ),
  limit: delegated(
    (name: string) => `the limit ${name} is left out, since the pod API has no ulimits`,
    'set it where the nodes run their containers (default_ulimits of CRI-O, LimitNOFILE of containerd), or raise the soft limit in the entrypoint',
  ),
  'enough-files': notApplicable(
    (limit: number) => `${limit} open files are within what containers usually get (1048576)`,
  ),
};
type SysctlsScope = Scope<typeof messages>;

/** What every node accepts. @see https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls */
const safe: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
  'net.ipv4.tcp_slow_start_after_idle',
  'net.ipv4.tcp_notsent_lowat',
]);

/** Settings that each pod can have its own of. */
const namespaced = /^(kernel\.shm|kernel\.msg|kernel\.sem$|fs\.mqueue\.|net\.)/;
const nameForm = /^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?([./][A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?)+$/;

function lowerSysctls(written: Readonly<Record<string, string>>, scope: SysctlsScope) {
  const kept = Object.entries(written).filter(([name, value]) => {
    const path = ['sysctls', name];
    if (!nameForm.test(name)) scope.say('no-name', path, name);
    else if (value.trim() === '') scope.say('no-value', path, name);
    else if (!namespaced.test(name)) scope.say('of-the-node', path, name);
    else {
      if (!safe.has(name)) scope.say('unsafe', path, name);
      return true;
    }
    return false;
  });
  if (kept.length === 0) return undefined;
  return sortBy(kept, ([name]) => name).map(([name, value]) => ({
    name: scope.at(name, 'sysctls', name),
    value: scope.at(value.trim(), 'sysctls', name),
  }));
}

const limits = [
  'core',
  'cpu',
  'data',
  'fsize',
  'locks',
  'memlock',
  'msgqueue',
  'nice',
  'nofile',
  'nproc',
  'rss',
  'rtprio',
  'rttime',
  'sigpending',
  'stack',
];
/** Open files that containerd usually allows. */
const USUAL_FILES = 1048576;

/** A number is soft and hard alike. */
function toBoth(node: Tree): Tree {
  return node.kind === 'scalar' && node.value !== null ? dictFrom({ soft: node, hard: node }, node) : node;
}

function tellLimit(
  name: string,
  { soft, hard }: { readonly soft: number; readonly hard: number },
  { say }: SysctlsScope,
) {
  const path = ['ulimits', name];
  const near = didYouMean(nearest(name, limits));
  if (!limits.includes(name)) say('no-limit', path, name, near === '' ? `known are ${limits.join(', ')}` : near);
  else if (hard !== -1 && (soft === -1 || soft > hard)) say('soft-above-hard', path, name);
  else if (name === 'nofile' && hard !== -1 && hard <= USUAL_FILES) say('enough-files', path, hard);
  else say('limit', path, name);
}

/**
 * Kernel settings by name; limits are only told about, since the pod API has none.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#sysctls
 */
export const sysctls = defineRule({
  name: 'sysctls',
  service: {
    sysctls: () => map(scalarText()),
    ulimits: () => map(object({ soft: integer(-1), hard: integer(-1) })),
  },
  deploy: {},
  expand: {
    sysctls: (node, scope) => listToMap(node, scope, '=', ''),
    'ulimits.*': toBoth,
  },
  support: sysctlsSupport,
  messages,
  lower(values, scope) {
    for (const [name, limit] of Object.entries(values.ulimits ?? {})) tellLimit(name, limit, scope);
    return { sysctls: lowerSysctls(values.sysctls ?? {}, scope) };
  },
});
