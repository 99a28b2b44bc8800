/** IP addresses as text: what is one, and which ones mean the machine itself or all of it. */

/** Whether a text is an IPv4 address in dotted form. */
export function isIpv4(text: string): boolean {
  return (
    /^\d{1,3}(\.\d{1,3}){3}$/.test(text) &&
    text.split('.').every((part) => Number(part) <= 255 && String(Number(part)) === part)
  );
}

/** How many of the eight groups a colon-separated part of an IPv6 address fills; undefined when one is malformed. */
function groupsOf(part: string, mayEndInIpv4: boolean): number | undefined {
  if (part === '') return 0;
  const groups = part.split(':');
  const last = groups.at(-1) ?? '';
  const isMixed = mayEndInIpv4 && isIpv4(last);
  const plain = isMixed ? groups.slice(0, -1) : groups;
  return plain.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group)) ? plain.length + (isMixed ? 2 : 0) : undefined;
}

/**
 * Whether a text is an IPv6 address, without brackets and without a zone.
 * @see https://www.rfc-editor.org/rfc/rfc4291#section-2.2
 */
export function isIpv6(text: string): boolean {
  const parts = text.split('::');
  if (parts.length > 2 || !text.includes(':')) return false;
  const counts = parts.map((part, index) => groupsOf(part, index === parts.length - 1));
  const filled = counts.reduce((sum, count) => (sum === undefined || count === undefined ? undefined : sum + count), 0);
  if (filled === undefined) return false;
  return parts.length === 2 ? filled < 8 : filled === 8;
}

/** Whether a text is an IP address. */
export function isAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

/** Whether an IP address is one that only the machine itself reaches. */
export function isLoopback(address: string): boolean {
  return (isIpv4(address) && address.startsWith('127.')) || (isIpv6(address) && /^[0:]*:0*1$/.test(address));
}

/** Whether an IP address stands for all addresses of a machine: `0.0.0.0`, `::`. */
export function isAnyAddress(address: string): boolean {
  return isAddress(address) && /^[0.:]+$/.test(address) && !/[1-9]/.test(address);
}

/** `[::1]` without its brackets; any other text as it is. */
export function withoutBrackets(text: string): string {
  return /^\[.*\]$/.test(text) ? text.slice(1, -1) : text;
}
