/** The top-level `networks`: what a network is called, whether it is closed, and whether it is really one. */

import { isLoopback } from '../kernel/address.ts';
import { approximated, delegated, error, warning } from '../kernel/diagnostic.ts';
import type { NetworkDraft } from '../model/draft.ts';
import { externalByName, pairsToMap } from './forms.ts';
import { networkEntriesSupport } from './network-entries-support.ts';
import { defineEntry, type Scope } from './rule.ts';
import { boolean, list, map, object, scalarText, text } from './shapes.ts';

const messages = {
  'external-name': warning(
    (name: string) => `external: {name: ${name}} is the form of old files`,
    (name: string) => `write external: true and name: ${name}`,
  ),
  'external-with-others': error(
    (network: string, keys: string) => `the network ${network} is external, so it cannot have ${keys}`,
    'keep only external and name',
  ),
  'own-driver': delegated(
    (driver: string) => `a network of the driver ${driver} needs Multus and a NetworkAttachmentDefinition`,
    'give pods the annotation k8s.v1.cni.cncf.io/networks under annotations',
  ),
  'no-network': approximated(
    'services on this network are cut off by a NetworkPolicy without rules; they keep an interface, and the network plug-in must enforce policies',
  ),
  encrypted: delegated(
    'traffic between pods is encrypted by the network plug-in, if at all',
    'switch on WireGuard in Cilium or Calico, or use a service mesh',
  ),
  'no-icc': delegated(
    'enable_icc: false is not converted yet: members of this network can reach each other',
    'write a NetworkPolicy without an ingress rule for them',
  ),
  'host-binding': delegated(
    (address: string) => `host_binding_ipv4: ${address} is not converted yet: ports of its members count as public`,
    (address: string) => `write the address on each port: ${address}:8080:80`,
  ),
};

const ICC = 'com.docker.network.bridge.enable_icc';
const HOST_BINDING = 'com.docker.network.bridge.host_binding_ipv4';

function tellOptions(options: Readonly<Record<string, string>>, { say }: Scope<typeof messages>): void {
  for (const [option, value] of Object.entries(options)) {
    const path = ['driver_opts', option];
    if (option === 'encrypted' && value !== 'false') say('encrypted', path);
    if (option === ICC && value === 'false') say('no-icc', path);
    if (option === HOST_BINDING && isLoopback(value)) say('host-binding', path, value);
  }
}

/** The mode that all members of a network have, when the network only stands for one. */
function standsFor(driver: string | undefined, externalName: string | undefined): NetworkDraft['standsFor'] {
  return (['host', 'none'] as const).find((mode) => mode === driver || mode === externalName);
}

function tellDriver(driver: string | undefined, { say, settle }: Scope<typeof messages>): void {
  if (driver === 'host') settle(['driver'], 'converted');
  else if (driver === 'none') say('no-network', ['driver']);
  else if (driver !== undefined && !['', 'bridge', 'overlay', 'default'].includes(driver))
    say('own-driver', ['driver'], driver);
}

function tellExternal(
  isExternal: boolean | undefined,
  mode: NetworkDraft['standsFor'],
  others: readonly string[],
  { name, say, settle }: Scope<typeof messages>,
): void {
  if (isExternal === false || mode === 'host') settle(['external'], 'converted');
  if (!isExternal) return;
  if (others.length > 0) say('external-with-others', [others[0] ?? 'external'], name, others.join(', '));
  if (mode === 'none') say('no-network', ['external']);
  if (mode !== undefined) settle(['name'], 'converted');
}

/**
 * Networks as facts; which of them separate services, and the policies for it, the passes decide.
 * @see https://github.com/compose-spec/compose-spec/blob/main/06-networks.md
 */
export const networkEntries = defineEntry({
  name: 'network-entries',
  section: 'networks',
  shape: () =>
    object({
      name: text().optional(),
      driver: text().optional(),
      driver_opts: map(scalarText()).optional(),
      ipam: object({
        driver: text().optional(),
        config: list(
          object({
            subnet: text().optional(),
            ip_range: text().optional(),
            gateway: text().optional(),
            aux_addresses: map(text()).optional(),
          }),
        ).optional(),
        options: map(text()).optional(),
      }).optional(),
      external: boolean().optional(),
      internal: boolean().optional(),
      enable_ipv4: boolean().optional(),
      enable_ipv6: boolean().optional(),
      attachable: boolean().optional(),
      labels: map(scalarText()).optional(),
    }),
  expand: {
    '': externalByName,
    labels: pairsToMap,
  },
  support: networkEntriesSupport,
  messages,
  lower({ name, external, driver, driver_opts = {}, internal, ...rest }, scope): NetworkDraft {
    const { at } = scope;
    const mode = standsFor(driver, external ? (name ?? scope.name) : undefined);
    const others = Object.entries({
      driver,
      driver_opts: scope.has('driver_opts') ? {} : undefined,
      internal,
      ...rest,
    });
    tellDriver(driver, scope);
    tellOptions(driver_opts, scope);
    tellExternal(
      external,
      mode,
      others.filter(([, value]) => value !== undefined).map(([key]) => key),
      scope,
    );
    return {
      name: scope.name,
      label: name === undefined ? at(scope.name) : at(name, 'name'),
      isInternal: internal === undefined ? undefined : at(internal, 'internal'),
      isExternal: external === undefined ? undefined : at(external, 'external'),
      standsFor: mode,
      origin: scope.origin(),
    };
  },
});
