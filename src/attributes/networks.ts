/** `networks`, `network_mode`, `links` and `mac_address` of a service: whom it can reach, and under which further names. */

import { approximated, error, noted, refused, warning } from '../kernel/diagnostic.ts';
import type { Located, Path } from '../kernel/located.ts';
import { dnsLabel } from '../kernel/names.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import type { ServiceSays } from '../model/draft.ts';
import type { Attachment, NetworkMode } from '../model/facts.ts';
import { namesToMap } from './forms.ts';
import { networksSupport } from './networks-support.ts';
import { defineRule, type Scope } from './rule.ts';
import { integer, list, map, object, scalarText, text } from './shapes.ts';

const messages = {
  'unknown-network': error(
    (network: string, _hint: string) => `the network "${network}" is not declared`,
    (network: string, hint: string) => hint || `add ${network}: {} to the top-level networks`,
  ),
  'alias-everywhere': noted(
    (alias: string) => `the alias ${alias} is known to all services of the namespace, not only on this network`,
  ),
  'alias-with-dot': refused(
    (alias: string) => `the alias "${alias}" holds a dot, which the name of a Service cannot`,
    'use a name without dots, or a rewrite rule of CoreDNS',
  ),
  'alias-renamed': approximated(
    (alias: string, label: string) => `the alias "${alias}" becomes ${label}, as the name of a Service is a DNS label`,
    (_alias: string, label: string) => `let other services say ${label}`,
  ),
  'alias-taken': error(
    (alias: string, service: string) => `the alias ${alias} is the name of the service ${service}`,
    'choose another alias, or leave it out',
  ),
  'mode-and-networks': error(
    'network_mode and networks exclude each other',
    'keep network_mode for host, none and service:NAME, and networks otherwise',
  ),
  'unknown-mode': error(
    (mode: string, _hint: string) => `"${mode}" is no network mode and no network of this project`,
    (_mode: string, hint: string) => hint || 'write host, none, bridge or service:NAME',
  ),
  'host-network': warning(
    'network_mode host needs the privileged Pod Security level, and a node holds one such pod for each port',
    'publish ports instead, if the service can do without the network of the node',
  ),
  'no-network': approximated(
    'a NetworkPolicy without rules cuts the pods off; they keep an interface, and the network plug-in must enforce policies',
  ),
  'own-network': error('a service cannot use its own network', 'name another service, or leave network_mode out'),
  'shared-network': approximated(
    (service: string) => `this container runs in the pod of ${service} to share its network`,
    'both are scheduled, restarted and scaled together',
  ),
};
type NetworksScope = Scope<typeof messages>;

/** The alias as the name of a Service; undefined for one that needs none or can have none. */
function aliasName(written: string, path: Path, scope: NetworksScope): Located<string> | undefined {
  if (written.includes('.')) {
    scope.say('alias-with-dot', path, written);
    return undefined;
  }
  const label = dnsLabel(written);
  const owner = [...scope.declared.services].find((service) => dnsLabel(service) === label);
  if (owner === scope.name) return undefined;
  if (owner !== undefined) {
    scope.say('alias-taken', path, written, owner);
    return undefined;
  }
  if (label !== written.toLowerCase()) scope.say('alias-renamed', path, written, label);
  return scope.at(label, ...path);
}

/** One network of a service as the shape leaves it. */
interface CheckedAttachment {
  readonly aliases?: readonly string[] | undefined;
  readonly ipv4_address?: string | undefined;
}

function attachment(network: string, checked: CheckedAttachment, scope: NetworksScope): Attachment {
  const path = ['networks', network];
  const aliases = (checked.aliases ?? []).flatMap((written, index) => {
    const own = [...path, 'aliases', index];
    const alias = aliasName(written, own, scope);
    if (alias !== undefined && scope.declared.networks.size > 1) scope.say('alias-everywhere', own, alias.value);
    return alias === undefined ? [] : [alias];
  });
  return {
    network,
    aliases,
    ipv4: checked.ipv4_address === undefined ? undefined : scope.at(checked.ipv4_address, ...path, 'ipv4_address'),
    origin: scope.origin(...path),
  };
}

function attachments(
  networks: Readonly<Record<string, CheckedAttachment | null>>,
  scope: NetworksScope,
): readonly Attachment[] | undefined {
  const known = scope.keys('networks').filter((network) => {
    // The default network exists without being declared.
    const isKnown = network === 'default' || scope.declared.networks.has(network);
    if (!isKnown)
      scope.say(
        'unknown-network',
        ['networks', network],
        network,
        didYouMean(nearest(network, scope.declared.networks)),
      );
    return isKnown;
  });
  return known.length === 0 ? undefined : known.map((network) => attachment(network, networks[network] ?? {}, scope));
}

function serviceMode(service: string, scope: NetworksScope): NetworkMode | undefined {
  if (service === scope.name) {
    scope.say('own-network', ['network_mode']);
    return undefined;
  }
  scope.say('shared-network', ['network_mode'], service);
  return { kind: 'service', service };
}

/** What a network mode means; undefined when it was an error. Whether a named service exists the parser has checked. */
function networkMode(mode: string, scope: NetworksScope): NetworkMode | undefined {
  const path = ['network_mode'];
  if (mode.startsWith('service:')) return serviceMode(mode.slice('service:'.length), scope);
  if (mode.startsWith('container:')) return { kind: 'container', container: mode.slice('container:'.length) };
  if (mode === 'host') {
    scope.say('host-network', path);
    return { kind: 'host' };
  }
  if (mode === 'none') {
    scope.say('no-network', path);
    return { kind: 'none' };
  }
  const ordinary = ['bridge', 'default', ...scope.declared.networks];
  if (ordinary.includes(mode)) return { kind: 'ordinary' };
  scope.say('unknown-mode', path, mode, didYouMean(nearest(mode, ['host', 'none', ...ordinary])));
  return undefined;
}

/** `SERVICE` and `SERVICE:ALIAS`; the parser has checked that the services exist. */
function links(written: readonly string[], scope: NetworksScope): ServiceSays['links'] {
  return written.map((link, index) => {
    const path = ['links', index];
    const [service = '', alias] = link.split(':', 2);
    return {
      service,
      alias: alias === undefined || alias === service ? undefined : aliasName(alias, path, scope),
      origin: scope.origin(...path),
    };
  });
}

/**
 * Attachments, aliases and modes as facts; which policies and names follow, the passes decide.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#networks
 */
export const networks = defineRule({
  name: 'networks',
  service: {
    networks: () =>
      map(
        object({
          aliases: list(text()).optional(),
          interface_name: text().optional(),
          ipv4_address: text().optional(),
          ipv6_address: text().optional(),
          link_local_ips: list(text()).optional(),
          mac_address: text().optional(),
          driver_opts: map(scalarText()).optional(),
          priority: integer().optional(),
          gw_priority: integer().optional(),
        }).nullable(),
      ),
    network_mode: () => text(),
    links: () => list(text()),
    external_links: () => list(text()),
    mac_address: () => text(),
  },
  deploy: {},
  expand: { networks: namesToMap },
  unique: {
    links: (item) => (item.kind === 'scalar' ? item.text : undefined),
    external_links: (item) => (item.kind === 'scalar' ? item.text : undefined),
  },
  support: networksSupport,
  messages,
  lower(values, scope) {
    const { networks: named, network_mode: written } = values;
    if (named !== undefined && written !== undefined && Object.keys(named).length > 0)
      scope.say('mode-and-networks', ['network_mode']);
    const mode = written === undefined ? undefined : networkMode(written, scope);
    return {
      networks: named === undefined ? undefined : attachments(named, scope),
      networkMode: mode === undefined ? undefined : scope.at(mode, 'network_mode'),
      links: values.links === undefined ? undefined : links(values.links, scope),
    };
  },
});
