/** CPU and memory of a service, from the many attributes that speak of them, as limits and requests. */

import { parseBytes, quantityFromBytes } from '../kernel/bytes.ts';
import { quantityFromCpus } from '../kernel/cpu.ts';
import { approximated, delegated, error, notApplicable } from '../kernel/diagnostic.ts';
import { derive, type Located, type Path, pathText } from '../kernel/located.ts';
import type { Quantities } from '../model/facts.ts';
import type { Scope } from './rule.ts';

/** What is said about amounts; part of the messages of the `resources` rule. */
export const amountMessages = {
  differs: error(
    (key: string, amount: string, other: string, otherAmount: string) =>
      `${key} is ${amount}, but ${other} is ${otherAmount}`,
    (key: string, _amount: string, other: string) => `remove ${key} or ${other}`,
  ),
  'request-above-limit': error(
    (resource: string, request: string, limit: string) =>
      `the ${resource} reservation of ${request} is above the limit of ${limit}`,
    'a cluster refuses such a container: lower the reservation or raise the limit',
  ),
  'shares-as-request': approximated(
    (shares: number, request: string) =>
      `cpu_shares: ${shares} becomes a CPU request of ${request}, which the scheduler also sets aside`,
    'state the share to set aside with deploy.resources.reservations.cpus',
  ),
  'shares-unused': notApplicable('cpu_shares says nothing beside a CPU reservation'),
  'period-unused': notApplicable('cpu_period says nothing without cpu_quota'),
  'cpu-list': error((set: string) => `"${set}" is not a list of CPUs`, 'write numbers and ranges, such as 0-3,6'),
  'cpuset-as-number': delegated(
    (set: string, count: number) =>
      `${count === 1 ? 'a whole CPU is' : `${count} whole CPUs are`} asked for, but which ones (${set}) the node decides`,
    'exclusive CPUs need the static CPU manager policy of the kubelet, and memory limits equal to requests',
  ),
  'cpuset-unused': delegated(
    (set: string) => `which CPUs a container uses (${set}) the node decides`,
    'exclusive CPUs need the static CPU manager policy of the kubelet and whole CPUs as the limit',
  ),
  'storage-size': error((size: string) => `"${size}" is not a size`, 'write a size such as 10g'),
  'storage-limit': approximated(
    (size: string) =>
      `a pod that writes more than ${size} outside its volumes is evicted, instead of the write failing`,
  ),
  'storage-option': delegated(
    (option: string) => `the storage option ${option} is for a driver of Docker`,
    'only size has a counterpart, the limit of ephemeral storage',
  ),
};

/** The attributes about amounts, in cores, bytes and microseconds. */
interface Amounts {
  readonly cpu_shares?: number | undefined;
  readonly cpu_quota?: number | undefined;
  readonly cpu_period?: number | undefined;
  readonly cpus?: number | undefined;
  readonly cpuset?: string | undefined;
  readonly mem_limit?: number | undefined;
  readonly mem_reservation?: number | undefined;
  readonly storage_opt?: Readonly<Record<string, string>> | undefined;
  readonly limits?: { readonly cpus?: number | undefined; readonly memory?: number | undefined } | undefined;
  readonly reservations?: { readonly cpus?: number | undefined; readonly memory?: number | undefined } | undefined;
}

type Voice = Pick<Scope<typeof amountMessages>, 'at' | 'has' | 'say' | 'settle'>;
type Unit = (amount: number) => string;

const limitsPath = ['deploy', 'resources', 'limits'] as const;
const reservationsPath = ['deploy', 'resources', 'reservations'] as const;

/** The amount that two attributes state alike; one that is 0, or -1 for unlimited, states nothing. */
function either(
  own: number | undefined,
  ownPath: Path,
  deployed: number | undefined,
  deployPath: Path,
  unit: Unit,
  { at, say }: Voice,
): Located<number> | undefined {
  const isOwn = own !== undefined && own > 0;
  if (deployed === undefined || deployed <= 0) return isOwn ? at(own, ...ownPath) : undefined;
  if (isOwn && own !== deployed)
    say('differs', ownPath, pathText(ownPath), unit(own), pathText(deployPath), unit(deployed));
  return at(deployed, ...deployPath);
}

/** How many CPUs a list such as `0-3,6` names; undefined for what is no such list. */
function countCpus(set: string): number | undefined {
  const named = new Set<number>();
  for (const part of set.split(',')) {
    const [, from, to = from] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part) ?? [];
    if (from === undefined || Number(to) < Number(from) || Number(to) > 65535) return undefined;
    for (let cpu = Number(from); cpu <= Number(to); cpu += 1) named.add(cpu);
  }
  return named.size;
}

/** The quota in cores, with the period of 100 ms that the kernel takes by default. */
function quotaOf({ cpu_quota: quota, cpu_period: period }: Amounts, { at, say }: Voice): Located<number> | undefined {
  if (period !== undefined && quota === undefined) say('period-unused', ['cpu_period']);
  return quota === undefined || quota <= 0 ? undefined : at(quota / (period || 100_000), 'cpu_quota');
}

function cpuLimit(
  amounts: Amounts,
  voice: Voice,
): { readonly limit: Located<number> | undefined; readonly isSet: boolean } {
  const { at, say } = voice;
  const stated = either(amounts.cpus, ['cpus'], amounts.limits?.cpus, [...limitsPath, 'cpus'], quantityFromCpus, voice);
  const quota = quotaOf(amounts, voice);
  if (stated !== undefined && quota !== undefined && quantityFromCpus(stated.value) !== quantityFromCpus(quota.value)) {
    const other = pathText(stated.origin.path.slice(2));
    say('differs', ['cpu_quota'], 'cpu_quota', quantityFromCpus(quota.value), other, quantityFromCpus(stated.value));
  }
  const { cpuset: set } = amounts;
  const limit = stated ?? quota;
  if (set === undefined) return { limit, isSet: false };
  const count = countCpus(set);
  if (count === undefined) say('cpu-list', ['cpuset'], set);
  else if (limit === undefined) say('cpuset-as-number', ['cpuset'], set, count);
  else say('cpuset-unused', ['cpuset'], set);
  return limit === undefined && count !== undefined
    ? { limit: at(count, 'cpuset'), isSet: true }
    : { limit, isSet: false };
}

/** The request for CPU: a reservation, the CPUs of a set, or a share of 1024 to a core, which no limit may undercut. */
function cpuRequest(
  amounts: Amounts,
  { limit, isSet }: ReturnType<typeof cpuLimit>,
  voice: Voice,
): Located<number> | undefined {
  const { at, say, settle } = voice;
  const reserved = amounts.reservations?.cpus;
  const request =
    reserved !== undefined && reserved > 0 ? at(reserved, ...reservationsPath, 'cpus') : isSet ? limit : undefined;
  const { cpu_shares: shares } = amounts;
  if (shares === undefined) return request;
  if (shares <= 0) settle(['cpu_shares'], 'converted');
  else if (request !== undefined) say('shares-unused', ['cpu_shares']);
  else {
    const cores = Math.min(shares / 1024, limit?.value ?? Number.POSITIVE_INFINITY);
    say('shares-as-request', ['cpu_shares'], shares, quantityFromCpus(cores));
    return at(cores, 'cpu_shares');
  }
  return request;
}

/** A `size` of the storage driver, in bytes. */
function storageLimit(
  options: Readonly<Record<string, string>>,
  { at, say, settle }: Voice,
): Located<number> | undefined {
  for (const option of Object.keys(options))
    if (option !== 'size') say('storage-option', ['storage_opt', option], option);
  const written = options['size'];
  const size = written === undefined ? undefined : parseBytes(written);
  if (written !== undefined && (size === undefined || size < 0)) say('storage-size', ['storage_opt', 'size'], written);
  if (size === 0) settle(['storage_opt', 'size'], 'converted');
  if (size === undefined || size <= 0) return undefined;
  say('storage-limit', ['storage_opt', 'size'], quantityFromBytes(size));
  return at(size, 'storage_opt', 'size');
}

function checkOrder(
  resource: string,
  request: Located<number> | undefined,
  limit: Located<number> | undefined,
  unit: Unit,
  { say }: Voice,
): void {
  if (request === undefined || limit === undefined || request.value <= limit.value) return;
  say('request-above-limit', request.origin.path.slice(2), resource, unit(request.value), unit(limit.value));
}

function quantities(parts: readonly (readonly [string, Located<number> | undefined, Unit])[]): Quantities | undefined {
  const known = parts.flatMap(([name, amount, unit]) =>
    amount === undefined ? [] : [[name, derive(amount, unit(amount.value))] as const],
  );
  return known.length === 0 ? undefined : new Map(known);
}

/**
 * Limits and requests of CPU, memory and ephemeral storage. No request is made up where only a limit is stated.
 * @see https://github.com/compose-spec/compose-spec/blob/main/deploy.md#resources
 */
export function resourceAmounts(
  amounts: Amounts,
  voice: Voice,
): {
  readonly limits: Quantities | undefined;
  readonly requests: Quantities | undefined;
  readonly memory: number | undefined;
} {
  const cpu = cpuLimit(amounts, voice);
  const request = cpuRequest(amounts, cpu, voice);
  const memory = either(
    amounts.mem_limit,
    ['mem_limit'],
    amounts.limits?.memory,
    [...limitsPath, 'memory'],
    quantityFromBytes,
    voice,
  );
  const reserved = either(
    amounts.mem_reservation,
    ['mem_reservation'],
    amounts.reservations?.memory,
    [...reservationsPath, 'memory'],
    quantityFromBytes,
    voice,
  );
  const storage = storageLimit(amounts.storage_opt ?? {}, voice);
  checkOrder('CPU', request, cpu.limit, quantityFromCpus, voice);
  checkOrder('memory', reserved, memory, quantityFromBytes, voice);
  return {
    limits: quantities([
      ['cpu', cpu.limit, quantityFromCpus],
      ['memory', memory, quantityFromBytes],
      ['ephemeral-storage', storage, quantityFromBytes],
    ]),
    requests: quantities([
      ['cpu', request, quantityFromCpus],
      ['memory', reserved, quantityFromBytes],
    ]),
    memory: memory?.value,
  };
}
