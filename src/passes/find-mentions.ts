/** Who mentions which host names: in variables, commands, health tests and files. */

import type { Located, Origin } from '../kernel/located.ts';
import type { Draft, ServiceDraft } from '../model/draft.ts';
import type { EnvironmentEntry, HealthTest } from '../model/facts.ts';
import type { Mention, Mentions, Storage } from './decisions.ts';
import { type HostText, scanHosts } from './scan-hosts.ts';

/** The name under which Swarm answers with the addresses of all tasks of a service. */
export function tasksName(service: string): string {
  return `tasks.${service}`;
}

/** The names besides its key under which a service may be known, each as the file has it. */
export function extraNames(service: ServiceDraft): readonly Located<string>[] {
  return [service.containerName, service.hostname].filter((name) => name !== undefined);
}

/** Every name and address that somebody could mean a service of the project by. */
function candidates(draft: Draft): ReadonlySet<string> {
  const known = new Set<string>();
  for (const [key, service] of draft.services) {
    known.add(key);
    known.add(tasksName(key));
    for (const { value } of extraNames(service)) known.add(value);
    for (const { alias } of service.links ?? []) if (alias !== undefined) known.add(alias.value);
    for (const { aliases, ipv4 } of service.networks ?? []) {
      for (const { value } of aliases) known.add(value);
      if (ipv4 !== undefined) known.add(ipv4.value);
    }
  }
  return known;
}

/** A text and what to say of a place in it. */
interface Passage extends HostText {
  readonly service: string;
  /** The port that belongs to a text which is nothing but a host name. */
  readonly port?: number | undefined;
  /** Where an offset of the text is. Asked in rising order. */
  readonly place: (offset: number) => { readonly origin: Origin; readonly where: string };
}

/** Words as one text, so that a flag and its value meet. */
function wordsPassage(service: string, words: readonly Located<string>[], where: string): Passage {
  let index = 0;
  let end = words[0]?.value.length ?? 0;
  return {
    service,
    text: words.map(({ value }) => value).join(' '),
    key: '',
    kind: 'command',
    place(offset) {
      while (offset > end && index < words.length - 1) {
        index += 1;
        end += 1 + (words[index]?.value.length ?? 0);
      }
      return { origin: words[index]?.origin ?? { path: [] }, where };
    },
  };
}

function testWords(test: HealthTest): readonly Located<string>[] {
  return test.kind === 'exec' ? test.words : [test.text];
}

/** `DB_HOST=db` and `DB_PORT=5432` say together what `db:5432` says: the port by the name of the host's variable. */
function portsOfHosts(environment: readonly EnvironmentEntry[]): ReadonlyMap<string, number> {
  const values = new Map(environment.map(({ name, value }) => [name, value.value] as const));
  return new Map(
    environment.flatMap(({ name }) => {
      const port = /_?(?:HOST|HOSTNAME|SERVER|ADDRESS)$/i.test(name)
        ? values.get(
            name.replace(/(?:HOST|HOSTNAME|SERVER|ADDRESS)$/i, (word) =>
              word === word.toLowerCase() ? 'port' : 'PORT',
            ),
          )
        : undefined;
      return port !== undefined && /^[1-9]\d{1,4}$/.test(port) && Number(port) <= 65535
        ? [[name, Number(port)] as const]
        : [];
    }),
  );
}

function servicePassages(service: ServiceDraft): readonly Passage[] {
  const { name, entrypoint, command, healthCheck, environment = [] } = service;
  const ports = portsOfHosts(environment);
  return [
    ...environment.map(({ name: variable, value, from }): Passage => {
      const where = from === 'inline' ? `environment.${variable}` : `${variable} of an env_file`;
      const place = () => ({ origin: value.origin, where });
      return { service: name, text: value.value, key: variable, kind: 'value', place, port: ports.get(variable) };
    }),
    ...(entrypoint === undefined ? [] : [wordsPassage(name, entrypoint.words, 'entrypoint')]),
    ...(command === undefined ? [] : [wordsPassage(name, command.words, 'command')]),
    ...(healthCheck === undefined ? [] : [wordsPassage(name, testWords(healthCheck.test), 'healthcheck.test')]),
    ...(service.hostAliases ?? []).map(({ ip }): Passage => {
      const place = () => ({ origin: ip.origin, where: 'extra_hosts' });
      return { service: name, text: ip.value, key: '', kind: 'value', place };
    }),
  ];
}

function filePassage({ service, text, name, origin }: Storage['texts'][number]): Passage {
  let line = 1;
  let passed = 0;
  return {
    service,
    text,
    key: '',
    kind: 'file',
    place(offset) {
      for (; passed < offset; passed += 1) if (text.charCodeAt(passed) === 10) line += 1;
      return { origin, where: `${name}:${line}` };
    },
  };
}

/**
 * Looks once through everything that may name a host. What several texts of one place say twice is one mention.
 * File texts are those that containers see, so a mention in a file belongs to the service that mounts it.
 */
export function findMentions(draft: Draft, storage: Storage): Mentions {
  const known = candidates(draft);
  const byHost = new Map<string, Map<string, Mention>>();
  const read = ({ service, place, port: besidePort, ...text }: Passage): void => {
    for (const { name, port: ownPort, isHost, start } of scanHosts(text, (word) => known.has(word))) {
      const port = ownPort ?? (text.text.trim() === name ? besidePort : undefined);
      const { origin, where } = place(start);
      const mentions = byHost.get(name) ?? new Map<string, Mention>();
      byHost.set(name, mentions);
      const key = JSON.stringify([service, where, port]);
      if (mentions.get(key)?.isHost !== true) mentions.set(key, { service, port, isHost, origin, where });
    }
  };
  for (const service of draft.services.values()) for (const passage of servicePassages(service)) read(passage);
  for (const text of storage.texts) read(filePassage(text));
  const listed = new Map([...byHost].map(([host, mentions]) => [host, [...mentions.values()]] as const));
  return { of: (host) => listed.get(host) ?? [] };
}
