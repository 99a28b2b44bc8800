/** Draft to plan: the passes, in an order in which each finds the answers it needs. */

import type { Report } from '../kernel/diagnostic.ts';
import type { Draft } from '../model/draft.ts';
import type { Plan } from '../model/plan.ts';
import { assemblePods } from './assemble-pods.ts';
import { chooseControllers } from './choose-controller.ts';
import { findEndpoints } from './find-endpoints.ts';
import { findMentions } from './find-mentions.ts';
import { isolateNetworks } from './isolate-networks.ts';
import { linkVolumes } from './link-volumes.ts';
import { nameObjects } from './name-objects.ts';
import { orderStartup } from './order-startup.ts';
import { askingOthers } from './probe-containers.ts';
import { resolveBinds } from './resolve-binds.ts';
import { routeEdges } from './route-edges.ts';
import { scaleWorkloads } from './scale-workloads.ts';
import { sharePods } from './share-pods.ts';
import { splitEnvironment } from './split-environment.ts';
import { warnRenames } from './warn-renames.ts';

/** Decides everything that belongs to no single attribute. Never stops: what is wrong is said and left out. */
export function decide(draft: Draft, report: Report): Plan {
  // What things are called, and which containers are one pod: everything else speaks of these.
  const names = nameObjects(draft, report);
  const groups = sharePods(draft, report);
  // A folder that became a claim can make its service stateful, so the disk is read before the kinds are chosen.
  const mounts = resolveBinds(draft, groups, report);
  const roles = chooseControllers(draft, groups, mounts, report);
  // Files and variables hold the texts in which other services are named; a name with a port is a port to offer.
  const storage = linkVolumes(draft, names, groups, roles, mounts, report);
  const environments = splitEnvironment(draft, names, groups, roles, mounts, report);
  const mentions = findMentions(draft, storage);
  warnRenames(draft, names, mentions, report);
  const endpoints = findEndpoints(draft, names, groups, roles, mentions, report);
  const isolation = isolateNetworks(draft, names, groups, roles, endpoints, mentions, report);
  const edges = routeEdges(draft, names, endpoints, report);
  // Waiting needs the ports of what is waited for, and the names of Jobs, which need the whole template of the Job.
  const decided = { draft, names, groups, roles, storage, environments, endpoints };
  const assembler = assemblePods({ ...decided, askingOthers: askingOthers(draft, mentions) }, isolation, report);
  const { containerOf, jobNameOf } = assembler;
  const startup = orderStartup(draft, names, groups, roles, endpoints, containerOf, jobNameOf, report);
  return {
    project: draft.project,
    namespace: draft.options.namespace,
    createsNamespace: draft.options.createNamespace,
    data: [...environments.data, ...storage.data],
    claims: storage.claims,
    persistentVolumes: storage.persistentVolumes,
    accounts: startup.accounts,
    names: endpoints.names,
    policies: isolation.policies,
    workloads: assembler.workloads(startup),
    routes: edges.routes,
    scalers: scaleWorkloads(draft, names, roles, report),
  };
}
