/** Names that Kubernetes accepts, made from names that Compose accepts. */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { encodeUtf8 } from './base64.ts';

const LABEL_LENGTH = 63;
const SUBDOMAIN_LENGTH = 253;
const PORT_NAME_LENGTH = 15;

const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** The first 8 hexadecimal digits of the SHA-256 of bytes, or of a text's UTF-8 bytes. */
export function hash8(data: string | Uint8Array): string {
  return bytesToHex(sha256(typeof data === 'string' ? encodeUtf8(data) : data)).slice(0, 8);
}

/** Cuts a name that is too long and ends it in a hash of the text it came from, so that two long names stay apart. */
function cut(name: string, length: number, text: string): string {
  if (name.length <= length) return name;
  const tail = `-${hash8(text)}`;
  return name.slice(0, length - tail.length).replace(/[-.]+$/, '') + tail;
}

function trimDashes(text: string): string {
  return text.replace(/^-+|-+$/g, '');
}

/**
 * Turns a text into a DNS label of at most 63 characters: lower case, every other character `-`, none at the edges.
 * A leading digit gets a prefix, because older API servers refuse it in a Service name. A name that is too long ends in a
 * hash of the text, and a text with nothing to keep becomes `x-<hash>`. Two texts may meet in one label.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
 */
export function dnsLabel(text: string, leadingDigitPrefix = 's-'): string {
  const name = trimDashes(text.toLowerCase().replace(/[^-a-z0-9]/gu, '-'));
  if (name === '') return `x-${hash8(text)}`;
  return cut(/^\d/.test(name) ? leadingDigitPrefix + name : name, LABEL_LENGTH, text);
}

/**
 * Turns a text into a DNS subdomain of at most 253 characters: like a label, but dots between the parts stay and a digit may lead.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function dnsSubdomain(text: string): string {
  const parts = text
    .toLowerCase()
    .replace(/[^-.a-z0-9]/gu, '-')
    .split('.')
    .map(trimDashes)
    .filter((part) => part !== '');
  return parts.length === 0 ? `x-${hash8(text)}` : cut(parts.join('.'), SUBDOMAIN_LENGTH, text);
}

/** Whether a text is a DNS label, as names of containers, namespaces and volumes in a pod must be. */
export function isDnsLabel(text: string): boolean {
  return text.length <= LABEL_LENGTH && DNS_LABEL.test(text);
}

/** Whether a text is a DNS subdomain, as names of most Kubernetes objects must be. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= SUBDOMAIN_LENGTH && text.split('.').every((part) => DNS_LABEL.test(part));
}

/**
 * Whether a text can be the key of a label or an annotation: `name` or `dns.subdomain/name`.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  const name = text.slice(slash + 1);
  return (slash === -1 || isDnsSubdomain(text.slice(0, slash))) && name.length <= LABEL_LENGTH && QUALIFIED.test(name);
}

/** Whether a text can be the value of a label; unlike a key it may be empty. */
export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= LABEL_LENGTH && QUALIFIED.test(text));
}

/**
 * Turns a text into the name of a port: at most 15 lower-case letters, digits and single dashes. Gives undefined when no letter
 * is left, which a port name needs. Two texts may meet in one name.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6335#section-5.1
 */
export function portName(text: string): string | undefined {
  const dashed = trimDashes(text.toLowerCase().replace(/[^a-z0-9]+/g, '-'));
  const name = trimDashes(dashed.slice(0, PORT_NAME_LENGTH));
  return /[a-z]/.test(name) ? name : undefined;
}

/**
 * Turns a file name into a key of a ConfigMap or Secret: each character other than letters, digits, `-`, `.` and `_` is `_`.
 * `.`, and a name that begins with `..`, are the kubelet's own, so their first dot is `_` too.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object
 */
export function configKey(text: string): string {
  const key = text.replace(/[^-._A-Za-z0-9]/gu, '_').replace(/^\.(?=\.|$)|^$/, '_');
  return cut(key, SUBDOMAIN_LENGTH, text);
}
