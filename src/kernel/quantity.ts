/** Kubernetes quantities as text. */

/**
 * True for a positive amount such as `1Gi`, `500Mi` or `1.5G`.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function isQuantity(text: string): boolean {
  return /^(\d+|\d*\.\d+)([EPTGMK]i|[EPTGMk]|m|[eE]\d+)?$/.test(text) && /[1-9]/.test(text);
}
