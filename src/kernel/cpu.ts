/** Amounts of CPU: Compose writes `0.5` cores, Kubernetes writes `500m`. */

import { invariant } from './invariant.ts';

const DECIMAL = /^\+?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

function isCountable(cores: number): boolean {
  return cores >= 0 && cores * 1000 <= Number.MAX_SAFE_INTEGER;
}

/**
 * Reads a number of cores, written as a number or as its text. Gives undefined for anything else, for negative amounts and for
 * more than 9 million million.
 */
export function parseCpus(value: string | number): number | undefined {
  const text = String(value);
  const cores = DECIMAL.test(text) ? Number(text) : Number.NaN;
  return isCountable(cores) ? cores : undefined;
}

/**
 * Writes a not negative number of cores as a Kubernetes quantity: whole cores as they are, else thousandths, rounded up so that
 * no amount above zero becomes `0`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-cpu
 */
export function quantityFromCpus(cores: number): string {
  invariant(isCountable(cores), `${cores} is no amount of CPU`);
  if (cores === 0) return '0';
  // A millionth of a thousandth is float noise (0.07 * 1000 is 70.00000000000001), not something to round up.
  const thousandths = Math.max(1, Math.ceil(Number((cores * 1000).toFixed(6))));
  return thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`;
}
