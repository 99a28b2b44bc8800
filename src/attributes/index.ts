/** The contents page: every rule, and which attribute of the specification is whose. */

import { build } from './build.ts';
import { command } from './command.ts';
import { configEntries, configs } from './configs.ts';
import { containerName } from './container-name.ts';
import { dependsOn } from './depends-on.ts';
import { devices } from './devices.ts';
import { dns } from './dns.ts';
import { environment } from './environment.ts';
import { healthcheck } from './healthcheck.ts';
import { hostOnly } from './host-only.ts';
import { image } from './image.ts';
import { labels } from './labels.ts';
import { lifecycle } from './lifecycle.ts';
import { modelEntries, models } from './models.ts';
import { namespaces } from './namespaces.ts';
import { networkEntries } from './network-entries.ts';
import { networks } from './networks.ts';
import { placement } from './placement.ts';
import { ports } from './ports.ts';
import { provider } from './provider.ts';
import { replicas } from './replicas.ts';
import { resolveNotes } from './resolve-notes.ts';
import { resources } from './resources.ts';
import { restart } from './restart.ts';
import { rollout } from './rollout.ts';
import type { AnyEntryRule, AnyRule, Support } from './rule.ts';
import { secretEntries, secrets } from './secrets.ts';
import { security } from './security.ts';
import type { AttributePath } from './spec.ts';
import { structure } from './structure.ts';
import { sysctls } from './sysctls.ts';
import { volumeEntries } from './volume-entries.ts';
import { volumes } from './volumes.ts';

/** All rules about services, by name. */
export const serviceRules: readonly AnyRule[] = [
  build,
  command,
  configs,
  containerName,
  dependsOn,
  devices,
  dns,
  environment,
  healthcheck,
  hostOnly,
  image,
  labels,
  lifecycle,
  models,
  namespaces,
  networks,
  placement,
  ports,
  provider,
  replicas,
  resources,
  restart,
  rollout,
  secrets,
  security,
  structure,
  sysctls,
  volumes,
];

/** All rules about entries of the top-level sections. */
export const entryRules: readonly AnyEntryRule[] = [
  networkEntries,
  volumeEntries,
  configEntries,
  secretEntries,
  modelEntries,
];

/** What becomes of each attribute. An attribute of the specification without an entry does not compile. */
export const supportOf = resolveNotes<Readonly<Record<AttributePath, Support>>>({
  ...structure.support,
  ...build.support,
  ...command.support,
  ...configs.support,
  ...containerName.support,
  ...dependsOn.support,
  ...devices.support,
  ...dns.support,
  ...environment.support,
  ...healthcheck.support,
  ...hostOnly.support,
  ...image.support,
  ...labels.support,
  ...lifecycle.support,
  ...models.support,
  ...namespaces.support,
  ...networks.support,
  ...placement.support,
  ...ports.support,
  ...provider.support,
  ...replicas.support,
  ...resources.support,
  ...restart.support,
  ...rollout.support,
  ...secrets.support,
  ...security.support,
  ...sysctls.support,
  ...volumes.support,
  ...networkEntries.support,
  ...volumeEntries.support,
  ...configEntries.support,
  ...secretEntries.support,
  ...modelEntries.support,
});

/** The rule that owns each key of a service. */
export const serviceKeys: ReadonlyMap<string, AnyRule> = new Map(
  serviceRules.flatMap((rule) => Object.keys(rule.service).map((key) => [key, rule] as const)),
);

/** The rule that owns each key of `deploy`. */
export const deployKeys: ReadonlyMap<string, AnyRule> = new Map(
  serviceRules.flatMap((rule) => Object.keys(rule.deploy).map((key) => [key, rule] as const)),
);

/** The name of the rule that says what becomes of each attribute: the name of its file. */
export const ruleOf: ReadonlyMap<string, string> = new Map(
  [...serviceRules, ...entryRules].flatMap((rule) =>
    Object.keys(rule.support).map((path) => [path, rule.name] as const),
  ),
);
