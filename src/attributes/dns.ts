/** `dns`, `dns_opt`, `dns_search`, `extra_hosts`, `hostname` and `domainname`: what names mean inside a container. */

import { isAddress, withoutBrackets } from '../kernel/address.ts';
import { approximated, error, refused, warning } from '../kernel/diagnostic.ts';
import type { Located } from '../kernel/located.ts';
import { dnsLabel, isDnsLabel, isDnsSubdomain } from '../kernel/names.ts';
import { type Dict, type Entry, kindText, listFrom, scalarAt, type Tree } from '../kernel/tree.ts';
import type { ServiceSays } from '../model/draft.ts';
import { dnsSupport } from './dns-support.ts';
import { toList } from './forms.ts';
import { defineRule, type ExpandScope, type Scope } from './rule.ts';
import { list, map, text } from './shapes.ts';

const messages = {
  'not-an-address': error((address: string) => `"${address}" is no IP address`, 'write an address such as 10.0.0.53'),
  'too-many-servers': refused(
    (server: string) =>
      `the name server ${server} is left out: a pod asks three at most, and the first is the cluster's own`,
    'keep two',
  ),
  'no-search': refused(
    'a search list of "." is left out: a pod always searches the domains of the cluster',
    'end host names in a dot where the search is in the way',
  ),
  'bad-search': refused((domain: string) => `the search domain "${domain}" is left out: it is no domain name`),
  'too-many-searches': refused(
    (domain: string) =>
      `the search domain ${domain} is left out: a pod has 32 of 2048 characters at most, the cluster's own included`,
  ),
  'no-host-address': error((host: string) => `the host "${host}" has no address`, 'write HOST=ADDRESS'),
  'host-gateway': refused(
    (host: string) => `${host} is left out: a pod has no Compose machine to call back`,
    'point the name at a Service or an ExternalName',
  ),
  'bad-host': refused(
    (host: string) => `the host "${host}" is left out: it is no host name that Kubernetes accepts`,
    'use lower-case letters, digits, dashes and dots',
  ),
  'hostname-changed': warning(
    (written: string, name: string) => `the hostname "${written}" becomes ${name}, as it must be a DNS name`,
    (_written: string, name: string) => `write ${name}`,
  ),
  'hostname-template': approximated(
    (template: string) => `the hostname "${template}" is left out: the names of pods already tell replicas apart`,
  ),
  'bad-hostname': refused(
    (name: string) => `the hostname "${name}" is left out: it is no DNS name of at most 64 characters`,
    'use lower-case letters, digits, dashes and dots',
  ),
};
type DnsScope = Scope<typeof messages>;

/** Cuts `HOST=ADDRESS` at `=`, or `HOST:ADDRESS` at the first colon. */
function splitHost(line: string): readonly [host: string, addresses: string] | undefined {
  const cut = line.includes('=') ? line.indexOf('=') : line.indexOf(':');
  return cut < 0 ? undefined : [line.slice(0, cut), line.slice(cut + 1)];
}

/** The addresses of a host as a list; text holds several when it has commas. */
function addressList(node: Tree): Tree {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const addresses = node.value.split(',');
  return listFrom(
    addresses.map((address) => scalarAt(withoutBrackets(address.trim()), node)),
    node,
  );
}

/** The list form becomes a mapping of hosts to address lists; a host that is there twice keeps all its addresses. */
function expandHosts(node: Tree, scope: ExpandScope<typeof messages>): Tree {
  if (node.kind === 'scalar') return node;
  const entries = new Map<string, Entry>();
  if (node.kind === 'dict') {
    for (const [host, { key, value }] of node.entries) entries.set(host, { key, value: addressList(value) });
    return { ...node, entries };
  }
  for (const item of node.items) {
    const cut = item.kind === 'scalar' && typeof item.value === 'string' ? splitHost(item.value) : undefined;
    if (item.kind !== 'scalar' || typeof item.value !== 'string')
      scope.wrong(item, `takes items of the form HOST=ADDRESS, not ${kindText(item)}`);
    else if (cut === undefined || cut[1] === '') scope.say('no-host-address', item, cut?.[0] ?? item.value);
    if (cut === undefined || cut[1] === '') continue;
    const value = addressList(scalarAt(cut[1], item));
    const known = entries.get(cut[0]);
    entries.set(
      cut[0],
      known === undefined ? { key: item.span, value } : { ...known, value: joined(known.value, value) },
    );
  }
  return { kind: 'dict', entries, span: node.span, written: node } satisfies Dict;
}

function joined(first: Tree, second: Tree): Tree {
  return first.kind === 'list' && second.kind === 'list'
    ? { ...first, items: [...first.items, ...second.items] }
    : second;
}

/** Name servers after the cluster's own, which is always the first of the three that a resolver asks. */
function nameservers(written: readonly string[], scope: DnsScope): readonly Located<string>[] {
  return written.flatMap((server, index) => {
    const path = ['dns', index];
    if (!isAddress(server)) scope.say('not-an-address', path, server);
    else if (index >= 2) scope.say('too-many-servers', path, server);
    else return [scope.at(server, ...path)];
    return [];
  });
}

/** Characters that the cluster's own three search domains take, with a namespace of any length. */
function ownSearchLength(clusterDomain: string): number {
  return ['n'.repeat(63), 'svc', clusterDomain, 'svc', clusterDomain, clusterDomain].join('.').length;
}

function searches(written: readonly string[], scope: DnsScope): readonly Located<string>[] {
  let length = ownSearchLength(scope.options.clusterDomain);
  let count = 3;
  return written.flatMap((domain, index) => {
    const path = ['dns_search', index];
    const name = domain.toLowerCase().replace(/\.$/, '');
    if (domain === '.') scope.say('no-search', path);
    else if (!isDnsSubdomain(name)) scope.say('bad-search', path, domain);
    else if (count === 32 || length + name.length + 1 > 2048) scope.say('too-many-searches', path, name);
    else {
      length += name.length + 1;
      count += 1;
      return [scope.at(name, ...path)];
    }
    return [];
  });
}

function dnsOptions(written: readonly string[], scope: DnsScope): ServiceSays['dnsOptions'] {
  return written.map((option, index) => {
    const cut = option.indexOf(':');
    const path = ['dns_opt', index];
    return {
      name: scope.at(cut < 0 ? option : option.slice(0, cut), ...path),
      value: cut < 0 ? undefined : scope.at(option.slice(cut + 1), ...path),
    };
  });
}

/** Names grouped by address, both in file order. */
function hostAliases(hosts: Readonly<Record<string, readonly string[]>>, scope: DnsScope): ServiceSays['hostAliases'] {
  const byAddress = new Map<string, { readonly ip: Located<string>; readonly hostnames: Located<string>[] }>();
  for (const [written, addresses] of Object.entries(hosts)) {
    const host = written.toLowerCase();
    if (!isDnsSubdomain(host)) {
      scope.say('bad-host', ['extra_hosts', written], written);
      continue;
    }
    addresses.forEach((address, index) => {
      const path = ['extra_hosts', written, index];
      if (address === 'host-gateway') scope.say('host-gateway', path, host);
      else if (!isAddress(address)) scope.say('not-an-address', path, address);
      else {
        const known = byAddress.get(address) ?? { ip: scope.at(address, ...path), hostnames: [] };
        if (!known.hostnames.some(({ value }) => value === host)) known.hostnames.push(scope.at(host, ...path));
        byAddress.set(address, known);
      }
    });
  }
  return byAddress.size === 0 ? undefined : [...byAddress.values()];
}

/** The host name with its domain; undefined when none is written or it cannot be had. */
function hostname(
  written: string | undefined,
  domain: string | undefined,
  scope: DnsScope,
): Located<string> | undefined {
  const path = written === undefined ? ['domainname'] : ['hostname'];
  if (written?.includes('{{')) {
    scope.say('hostname-template', path, written);
    return undefined;
  }
  const own = written?.toLowerCase().replaceAll('_', '-').replace(/\.$/, '');
  if (own === undefined && domain === undefined) return undefined;
  const name = [own ?? dnsLabel(scope.name), ...(domain === undefined ? [] : [domain.toLowerCase()])].join('.');
  if (name.length > 64 || !isDnsSubdomain(name) || (!name.includes('.') && !isDnsLabel(name))) {
    scope.say('bad-hostname', path, name);
    return undefined;
  }
  if (written !== undefined && own !== undefined && own !== written) scope.say('hostname-changed', path, written, own);
  return scope.at(name, ...path);
}

/**
 * Resolver settings, extra hosts and host names. Whether a host name also needs a Service, the passes decide.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#dns
 */
export const dns = defineRule({
  name: 'dns',
  service: {
    dns: () => list(text()),
    dns_opt: () => list(text()),
    dns_search: () => list(text()),
    extra_hosts: () => map(list(text())),
    hostname: () => text(),
    domainname: () => text(),
  },
  deploy: {},
  expand: { dns: toList, dns_opt: toList, dns_search: toList, extra_hosts: expandHosts },
  unique: { dns: itemText, dns_opt: itemText, dns_search: itemText },
  support: dnsSupport,
  messages,
  lower(values, scope) {
    return {
      nameservers: values.dns === undefined ? undefined : nameservers(values.dns, scope),
      dnsOptions: values.dns_opt === undefined ? undefined : dnsOptions(values.dns_opt, scope),
      dnsSearches: values.dns_search === undefined ? undefined : searches(values.dns_search, scope),
      hostAliases: values.extra_hosts === undefined ? undefined : hostAliases(values.extra_hosts, scope),
      hostname: hostname(values.hostname, values.domainname, scope),
    };
  },
});

function itemText(item: Tree): string | undefined {
  return item.kind === 'scalar' ? String(item.value) : undefined;
}
