/** Amounts as Kubernetes reads them. */

const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(n|u|m|k|[MGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;
const FRACTIONS = ['m', 'u', 'n'];
const DECIMAL = ['k', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/**
 * The number that a quantity stands for; undefined when an API server would refuse it.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(value: unknown): number | undefined {
  const [, digits, suffix = ''] =
    QUANTITY.exec(typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '') ?? [];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  // Division, since 35 / 1000 is the double nearest to 0.035 and 35 * 0.001 is not.
  if (FRACTIONS.includes(suffix)) return number / 1000 ** (FRACTIONS.indexOf(suffix) + 1);
  if (DECIMAL.includes(suffix)) return number * 1000 ** (DECIMAL.indexOf(suffix) + 1);
  if (BINARY.includes(suffix)) return number * 1024 ** (BINARY.indexOf(suffix) + 1);
  return suffix === '' ? number : Number(digits + suffix);
}
