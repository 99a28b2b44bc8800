/** Bytes of a file to text that YAML may hold; what is no text is told with its place. */

import { encodeUtf8 } from '../kernel/base64.ts';
import { error, type Report, speaker } from '../kernel/diagnostic.ts';
import type { Source } from '../kernel/source.ts';

const say = speaker('files', {
  'not-text': error((name: string) => `${name} is not UTF-8 text`, 'save it as UTF-8'),
  utf16: error((name: string) => `${name} is UTF-16 text, which is not read`, 'save it as UTF-8'),
  control: error((code: string) => `the control character ${code} cannot stand in a file of this kind`, 'remove it'),
});

/** What YAML text must not hold; a byte order mark may stand at the very beginning only. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufeff\ufffe\uffff]/;

/** Where the first replacement character stands that the bytes do not hold themselves. */
function firstBroken(text: string, bytes: Uint8Array): number {
  let size = 0;
  let from = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    size += encodeUtf8(text.slice(from, at)).length;
    if (bytes[size] !== 0xef || bytes[size + 1] !== 0xbf || bytes[size + 2] !== 0xbd) return at;
    from = at;
  }
  return -1;
}

/**
 * The text of a file, without its byte order mark, so that columns are those of an editor; a lone carriage return is a
 * line end, as in YAML. Undefined after saying what is wrong.
 */
export function readSource(
  name: string,
  bytes: Uint8Array,
  report: Report,
  kind: Pick<Source, 'isPrivate'> = {},
): Source | undefined {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    say(report, 'utf16', undefined, name);
    return undefined;
  }
  const text = new TextDecoder('utf-8').decode(bytes).replace(/\r(?!\n)/g, '\n');
  const source = { name, text, ...kind };
  const spanAt = (start: number) => ({ path: [], span: { source, start, end: start + 1 } });
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const broken = firstBroken(text, bytes.subarray(mark));
  if (broken >= 0) {
    say(report, 'not-text', spanAt(broken), name);
    return undefined;
  }
  return isPrintable(source, report) ? source : undefined;
}

/** True for a text without control characters; says where the first one is. */
function isPrintable(source: Source, report: Report): boolean {
  const start = source.text.search(unprintable);
  if (start < 0) return true;
  const code = `U+${source.text.charCodeAt(start).toString(16).toUpperCase().padStart(4, '0')}`;
  say(report, 'control', { path: [], span: { source, start, end: start + 1 } }, code);
  return false;
}
