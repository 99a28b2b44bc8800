import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explain, fateText } from '../../src/attributes/explain.ts';
import { entryRules, ruleOf, serviceRules } from '../../src/attributes/index.ts';
import { attributePaths } from '../../src/attributes/spec.ts';

test('explains one attribute', () => {
  expect(explain('deploy.endpoint_mode')).toBe(`services.*.deploy.endpoint_mode

fate    converted
goes to Service.spec.clusterIP
how     vip (default): a ClusterIP Service. dnsrr: a headless Service (clusterIP: None),
        which Swarm likewise forbids together with ingress-mode published ports, so that
        mix is an error.
source  src/attributes/ports.ts
`);
});

test('explains cases and the attributes below', () => {
  expect(explain('services.web.extra_hosts[0]')).toBe(`services.*.extra_hosts[]

fate    converted
goes to Workload.spec.template.spec.hostAliases[]
how     List form HOST=ADDRESS, or HOST:ADDRESS split at the first colon; IPv6 brackets
        are removed.
source  src/attributes/dns.ts

Cases, the first that applies holds:
  - ADDRESS is host-gateway
      refused, report.error
      A pod has no Compose host to call back; point the name at a Service or
      ExternalName. --drop removes the line.
`);
  expect(explain('dns_search')).toBe(`services.*.dns_search

fate    approximated
goes to Workload.spec.template.spec.dnsConfig.searches
how     Appended after the namespace's own domains; \`.\` (no search) needs
        x-kubernetes.dnsPolicy: None; at most 32 domains and 2048 characters.
note    The cluster domains are tried first, so a short name may match a Service before
        an outside host.
source  src/attributes/dns.ts

Attributes below it:
  dns_search[]  approximated
`);
});

test('explains both attributes of one name', () => {
  const answer = explain('networks');
  const titles =
    typeof answer === 'string' ? answer.split('\n').filter((line) => attributePaths.some((path) => path === line)) : [];
  expect(titles).toEqual(['services.*.networks', 'networks']);
});

test('says of a planned attribute that it is planned', () => {
  expect(fateText({ disposition: 'not-applicable', isPending: true })).toBe(
    'not converted yet (will be not applicable)',
  );
  expect(explain('external_links')).toContain('fate    not converted yet (will be approximated)\n');
});

test('lists what ends up in a kind of object', () => {
  const answer = explain('NetworkPolicy');
  expect(typeof answer === 'string' && answer.startsWith('NetworkPolicy\n\nAttributes that end up in it:\n')).toBe(
    true,
  );
  expect(answer).toContain('\n  networks.*.internal\n      NetworkPolicy.spec.egress\n');
  expect(explain('Deployment')).toContain('      Workload.spec.template.spec.hostAliases\n');
});

test('suggests what may have been meant', () => {
  expect(explain('helthcheck')).toEqual({ suggestions: ['healthcheck'] });
  expect(explain('nothing_of_the_sort_at_all')).toEqual({ suggestions: [] });
});

test('has a page for every attribute, in lines that fit a terminal', () => {
  const wide = attributePaths.flatMap((path) => {
    const answer = explain(path);
    const lines = typeof answer === 'string' ? answer.split('\n') : [`no page for ${path}`.padEnd(100, '.')];
    // The list of attributes below is a table, and a single word cannot be broken.
    return lines.filter((line) => line.length > 88 && !/^ {2}\S+ {2}|^(goes to)? *\S+$/.test(line));
  });
  expect(wide).toEqual([]);
});

test('names a file that exists for every rule', () => {
  const names = [...new Set([...serviceRules, ...entryRules].map(({ name }) => name))];
  expect(names.filter((name) => !existsSync(`${import.meta.dirname}/../../src/attributes/${name}.ts`))).toEqual([]);
  expect(attributePaths.filter((path) => !ruleOf.has(path))).toEqual([]);
});
