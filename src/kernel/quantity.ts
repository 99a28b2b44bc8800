/** Kubernetes quantities as text. */

/**
 * True for a positive amount such as `1Gi`, `500Mi` or `1.5G`.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function isQuantity(text: string): boolean {
  const amount = /^\+?(\d+\.?\d*|\.\d+)(?:[EPTGMK]i|[EPTGMk]|[num]|[eE][-+]?\d+)?$/.exec(text)?.[1];
  return amount !== undefined && /[1-9]/.test(amount);
}
