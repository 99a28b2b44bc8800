/** Permission bits of files, which Compose writes in octal. */

import type { z } from 'zod';
import type { Tree } from '../kernel/tree.ts';
import { reading } from './shapes.ts';

/**
 * Permission bits: text is octal, with or without `0` or `0o` in front; a number is what YAML read, which makes an octal of
 * `0440` as of `0o440`.
 */
export function fileMode(): z.ZodType<number, unknown> {
  return reading((value) => {
    const bits =
      typeof value === 'string' && /^(0o)?[0-7]+$/.test(value) ? Number.parseInt(value.replace('o', ''), 8) : value;
    return typeof bits === 'number' && Number.isInteger(bits) && bits >= 0 && bits <= 0o7777 ? bits : undefined;
  }, 'a file mode such as 0440');
}

/** True for a node such as `440`: a decimal number whose author most likely meant an octal one. */
export function isDecimalMode(node: Tree | undefined): boolean {
  return node?.kind === 'scalar' && typeof node.value === 'number' && /^[1-7][0-7]{2}$/.test(node.text);
}

/** Permission bits as text, such as `0440`. */
export function modeText(bits: number): string {
  return `0${bits.toString(8).padStart(3, '0')}`;
}
