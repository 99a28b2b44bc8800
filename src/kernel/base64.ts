/** Bytes as text: base64 and UTF-8, in any JavaScript runtime. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Control characters other than tab, line feed, carriage return and next line, and the two noncharacters that YAML leaves out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/** Writes bytes in base64 with padding, on one line, as Kubernetes `data` of a Secret and `binaryData` of a ConfigMap hold them. */
export function encodeBase64(bytes: Uint8Array): string {
  const groups: string[] = [];
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second, third] = bytes.subarray(index, index + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    groups.push(
      ALPHABET.charAt(bits >> 18) +
        ALPHABET.charAt((bits >> 12) & 63) +
        (second === undefined ? '=' : ALPHABET.charAt((bits >> 6) & 63)) +
        (third === undefined ? '=' : ALPHABET.charAt(bits & 63)),
    );
  }
  return groups.join('');
}

/**
 * Reads bytes as UTF-8 text. Gives undefined when they are not valid UTF-8, or hold a character that YAML text must not hold: then
 * they are data, not text. A byte order mark stays, so that encoding gives the same bytes back.
 *
 * @see https://yaml.org/spec/1.2.2/#51-character-set
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
  return UNPRINTABLE.test(text) ? undefined : text;
}

/** Writes a text as UTF-8 bytes. */
export function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
