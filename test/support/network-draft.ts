/** What tests of the network passes need beside a draft: decisions that other passes would have made before. */

import type { Draft } from '../../src/model/draft.ts';
import type { Mentions, Role, Roles, Storage } from '../../src/passes/decisions.ts';
import { findMentions } from '../../src/passes/find-mentions.ts';
import { from } from './draft.ts';

/** Storage of nothing but texts. */
export function storageOf(texts: Storage['texts']): Storage {
  return {
    volumes: () => [],
    mounts: () => [],
    templates: () => [],
    besides: () => [],
    isExclusive: () => false,
    hasNewVolume: () => false,
    annotations: () => [],
    seeds: () => [],
    claims: [],
    persistentVolumes: [],
    data: [],
    texts,
  };
}

/** The mentions of a draft; `files` holds the text of the one file `SERVICE.conf` that a service mounts. */
export function mentionsIn(draft: Draft, files: Readonly<Record<string, string>> = {}): Mentions {
  const texts = Object.entries(files).map(([service, text]) => ({
    service,
    text,
    name: `${service}.conf`,
    origin: from('services', service, 'volumes', 0),
  }));
  return findMentions(draft, storageOf(texts));
}

/** Roles of the services of a draft: Deployments, but for those given. `init of web` makes an init container. */
export function rolesOf(draft: Draft, given: Readonly<Record<string, Role['kind'] | `init of ${string}`>> = {}): Roles {
  return new Map(
    [...draft.services.keys()].map((service): [string, Role] => {
      const kind = given[service] ?? 'deployment';
      const isInit = kind.startsWith('init of ');
      return [
        service,
        {
          kind: isInit ? 'init-container' : (kind as Role['kind']),
          of: isInit ? kind.slice('init of '.length) : undefined,
          because: 'the test says so',
        },
      ];
    }),
  );
}
