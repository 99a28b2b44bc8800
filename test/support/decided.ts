/** The decisions that containers and pods are built from, made by the passes before from a draft written by hand. */

import { Report } from '../../src/kernel/diagnostic.ts';
import type { ServiceDraft } from '../../src/model/draft.ts';
import type { Decided } from '../../src/passes/build-container.ts';
import { chooseControllers } from '../../src/passes/choose-controller.ts';
import type { Mentions } from '../../src/passes/decisions.ts';
import { findEndpoints } from '../../src/passes/find-endpoints.ts';
import { findMentions } from '../../src/passes/find-mentions.ts';
import { linkVolumes } from '../../src/passes/link-volumes.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { askingOthers } from '../../src/passes/probe-containers.ts';
import { resolveBinds } from '../../src/passes/resolve-binds.ts';
import { sharePods } from '../../src/passes/share-pods.ts';
import { splitEnvironment } from '../../src/passes/split-environment.ts';
import { type DraftLiteral, draftOf } from './draft.ts';

/** Everything that is decided before containers, and the way to a service. What the passes say on the way is not kept. */
export function decidedOf(literal: DraftLiteral): Decided & {
  readonly mentions: Mentions;
  readonly service: (name: string) => ServiceDraft;
} {
  const draft = draftOf(literal);
  const report = new Report();
  const names = nameObjects(draft, report);
  const groups = sharePods(draft, report);
  const mounts = resolveBinds(draft, groups, report);
  const roles = chooseControllers(draft, groups, mounts, report);
  const storage = linkVolumes(draft, names, groups, roles, mounts, report);
  const environments = splitEnvironment(draft, names, groups, roles, mounts, report);
  const mentions = findMentions(draft, storage);
  const endpoints = findEndpoints(draft, names, groups, roles, mentions, report);
  const asking = askingOthers(draft, mentions);
  return {
    ...{ draft, names, groups, roles, storage, environments, endpoints, mentions, askingOthers: asking },
    service(name) {
      const found = draft.services.get(name);
      if (found === undefined) throw new Error(`no service is called ${name}`);
      return found;
    },
  };
}
