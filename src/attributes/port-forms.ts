/** The short form of `ports`, `[IP:][PUBLISHED:]TARGET[/PROTOCOL]`, and of `expose`, as text in and numbers out. */

import { isAddress, withoutBrackets } from '../kernel/address.ts';
import { dnsLabel } from '../kernel/names.ts';
import type { Protocol } from '../model/facts.ts';

/** Port numbers from `first` to `last`, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** What one item of the short form says. Ranges are not paired yet. */
export interface ShortPort {
  /** Without brackets; undefined when the item names no address. */
  readonly address: string | undefined;
  readonly published: PortRange | undefined;
  readonly target: PortRange;
  /** Undefined when the item names none, which means tcp. */
  readonly protocol: Protocol | undefined;
}

/** Why an item is no port: the code of the message and what it speaks of. */
export interface PortMistake {
  readonly code: 'no-target' | 'not-a-port' | 'not-an-address' | 'not-a-protocol' | 'unequal-ranges';
  readonly subject: string;
}

/** A range longer than this is not written out: 10001 container ports help nobody. */
export const longestRange = 100;

/** How many ports a range holds. */
export function sizeOf(range: PortRange): number {
  return range.last - range.first + 1;
}

/** A range as text: `80` or `80-89`. */
export function rangeText(range: PortRange): string {
  return range.first === range.last ? String(range.first) : `${range.first}-${range.last}`;
}

/** Reads `80` or `80-89`, each from 1 to 65535; undefined for anything else. */
export function parseRange(text: string): PortRange | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first >= 1 && last <= 65535 && first <= last ? { first, last } : undefined;
}

/** Reads the name of a protocol in any case. */
export function parseProtocol(text: string): Protocol | undefined {
  return (['tcp', 'udp', 'sctp'] as const).find((protocol) => protocol === text.toLowerCase());
}

/** Cuts `80/udp` at the slash. */
function splitProtocol(text: string): readonly [ports: string, protocol: string | undefined] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text, undefined] : [text.slice(0, slash), text.slice(slash + 1)];
}

/**
 * Reads one item of `expose`: `PORT` or `START-END`, either with `/tcp`, `/udp` or `/sctp`.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#expose
 */
export function parseExposed(text: string): { readonly range: PortRange; readonly protocol: Protocol } | PortMistake {
  const [ports, written] = splitProtocol(text);
  const protocol = parseProtocol(written ?? 'tcp');
  if (protocol === undefined) return { code: 'not-a-protocol', subject: written ?? '' };
  const range = parseRange(ports);
  return range === undefined ? { code: 'not-a-port', subject: ports } : { range, protocol };
}

/**
 * Reads one item of `ports`. The address may hold colons itself, with or without brackets; an empty PUBLISHED means none.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#short-syntax-3
 */
export function parseShortPort(text: string): ShortPort | PortMistake {
  const parts = text.split(':');
  const [ports, written] = splitProtocol(parts.at(-1) ?? '');
  const protocol = written === undefined ? undefined : parseProtocol(written);
  if (written !== undefined && protocol === undefined) return { code: 'not-a-protocol', subject: written };
  const address = withoutBrackets(parts.slice(0, -2).join(':'));
  if (address !== '' && !isAddress(address)) return { code: 'not-an-address', subject: address };
  if (ports === '') return { code: 'no-target', subject: text };
  const target = parseRange(ports);
  if (target === undefined) return { code: 'not-a-port', subject: ports };
  const publishedText = parts.at(-2) ?? '';
  const published = parseRange(publishedText);
  if (publishedText !== '' && published === undefined) return { code: 'not-a-port', subject: publishedText };
  if (published !== undefined && sizeOf(target) > 1 && sizeOf(published) !== sizeOf(target)) {
    return { code: 'unequal-ranges', subject: `${publishedText}:${ports}` };
  }
  return { address: address === '' ? undefined : address, published, target, protocol };
}

/** The long form of one short port. */
export interface LongPort {
  /** A number; a range as text when it is longer than `longestRange`. */
  readonly target: number | string;
  readonly published: string | undefined;
  readonly host_ip: string | undefined;
  readonly protocol: Protocol | undefined;
}

/**
 * Writes a short port out: equal ranges are paired number by number, and a range published on one target stays a range.
 * A target range longer than `longestRange` stays one item too.
 */
export function expandRange({ address, published, target, protocol }: ShortPort): readonly LongPort[] {
  const count = sizeOf(target);
  const rest = { host_ip: address, protocol };
  const publishedText = published === undefined ? undefined : rangeText(published);
  if (count === 1) return [{ target: target.first, published: publishedText, ...rest }];
  if (count > longestRange) return [{ target: rangeText(target), published: publishedText, ...rest }];
  return Array.from({ length: count }, (_, index) => ({
    target: target.first + index,
    published: published === undefined ? undefined : String(published.first + index),
    ...rest,
  }));
}

/** The number of a port that stays inside the cluster, and how it is reached from one's own machine. */
export function forwarding(
  service: string,
  port: {
    readonly target: PortRange;
    readonly published?: PortRange | null | undefined;
    readonly protocol?: string | undefined;
  },
): readonly [number, string] {
  const number = (port.published ?? port.target).first;
  const protocol = port.protocol ?? 'tcp';
  const command = `kubectl port-forward service/${dnsLabel(service)} ${number}:${number}`;
  return [number, protocol === 'tcp' ? command : `kubectl port-forward cannot carry ${protocol}`];
}
