/** Finds the services that run to their end, and those of them that do so for one other service only. */

import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { PodGroups } from './decisions.ts';
import { replicasOf } from './pod-of.ts';

/** A one-shot, and the sentence that says why. */
export interface OneShot {
  readonly because: string;
  /** The only service that waits for it, when it can run as an init container there. */
  readonly before: string | undefined;
}

/** Who depends on a service, in any way, and who of them waits for its end. */
interface Dependents {
  readonly all: Set<string>;
  readonly waiting: Set<string>;
}

function dependentsOf(draft: Draft): ReadonlyMap<string, Dependents> {
  const found = new Map<string, Dependents>();
  const add = (service: string, by: string, waits: boolean): void => {
    const known = found.get(service) ?? { all: new Set(), waiting: new Set() };
    found.set(service, known);
    known.all.add(by);
    if (waits) known.waiting.add(by);
  };
  for (const { name, dependencies, links, networkMode } of draft.services.values()) {
    for (const { service, condition } of dependencies ?? [])
      add(service, name, condition.value === 'service_completed_successfully');
    for (const { service } of links ?? []) add(service, name, false);
    if (networkMode?.value.kind === 'service') add(networkMode.value.service, name, false);
  }
  return found;
}

/** What makes a service a server, in words; undefined for one that nobody can call. */
export function serverSign(service: ServiceDraft): string | undefined {
  if ((service.ports?.length ?? 0) > 0) return 'ports';
  if ((service.exposed?.length ?? 0) > 0) return 'expose';
  if (service.healthCheck !== undefined) return 'a healthcheck';
  if (service.networks?.some(({ aliases }) => aliases.length > 0) === true) return 'network aliases';
  return (service.replicas?.value ?? 1) > 1 ? 'several replicas' : undefined;
}

function reasonOf(service: ServiceDraft, dependents: Dependents | undefined): string | undefined {
  const mode = service.mode?.value;
  if (mode === 'replicated-job' || mode === 'global-job') return `deploy.mode is ${mode}`;
  if (mode === 'global') return undefined;
  const [waiting] = dependents?.waiting ?? [];
  if (waiting !== undefined) return `${waiting} waits for its end`;
  const policy = service.restart?.policy.value;
  if ((policy === 'no' || policy === 'on-failure') && serverSign(service) === undefined)
    return `its restart policy is ${policy}, and nothing about it is a server's`;
  return undefined;
}

/** True when a one-shot can run inside the pod of the service that waits for it: once for that service, and for nobody else. */
function canRunBefore(one: ServiceDraft, other: ServiceDraft | undefined, groups: PodGroups): boolean {
  if (other === undefined || other.provider !== undefined || one.wishes?.kind !== undefined) return false;
  const isAlone = [one.name, other.name].every((name) => groups.members(groups.hostOf(name)).length === 1);
  const isOnce = [one, other].every(
    (service) => replicasOf(service) <= 1 && (service.mode?.value ?? 'replicated') === 'replicated',
  );
  return isAlone && isOnce && other.wishes?.kind?.value !== 'DaemonSet';
}

/**
 * One-shots: services with a job mode, services whose end another one waits for, and services that say they are not restarted
 * and offer nothing to call. A container that shares its pod with one that keeps running is none.
 * @see mapping-notes.md §10
 */
export function findOneShots(draft: Draft, groups: PodGroups): ReadonlyMap<string, OneShot> {
  const dependents = dependentsOf(draft);
  const reasons = new Map<string, string>();
  for (const service of draft.services.values()) {
    const reason = service.provider === undefined ? reasonOf(service, dependents.get(service.name)) : undefined;
    if (reason !== undefined) reasons.set(service.name, reason);
  }
  const found = new Map<string, OneShot>();
  for (const [name, because] of reasons) {
    const service = draft.services.get(name);
    const members = groups.members(groups.hostOf(name));
    if (service === undefined || !members.every((member) => reasons.has(member))) continue;
    const { all = new Set<string>(), waiting = new Set<string>() } = dependents.get(name) ?? {};
    const [only] = waiting;
    const isFitting =
      draft.options.dependsOn === 'init' &&
      only !== undefined &&
      all.size === 1 &&
      canRunBefore(service, draft.services.get(only), groups);
    found.set(name, { because, before: isFitting ? only : undefined });
  }
  return found;
}
