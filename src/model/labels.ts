/** The labels that objects of a project carry, and the two of them that select the pods of a service. */

import { dnsLabel, isLabelValue } from '../kernel/names.ts';

/** Labels in the order they are written. */
export type LabelPairs = readonly (readonly [key: string, value: string])[];

/** A text as the value of a label: itself when the API takes it, else made a DNS label. */
export function labelText(text: string): string {
  return isLabelValue(text) ? text : dnsLabel(text, '');
}

/**
 * The labels that select the pods of a service. Only name and instance, because a selector can never be changed once its
 * workload is in the cluster.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function selectorLabels(service: string, project: string): LabelPairs {
  return [
    ['app.kubernetes.io/name', labelText(service)],
    ['app.kubernetes.io/instance', labelText(project)],
  ];
}

/**
 * The labels of an object that belongs to a service, or to the project as a whole when there is no service.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#labels
 */
export function recommendedLabels(service: string | undefined, project: string): LabelPairs {
  const instance = labelText(project);
  return [
    ...(service === undefined ? [['app.kubernetes.io/instance', instance] as const] : selectorLabels(service, project)),
    ['app.kubernetes.io/part-of', instance],
    ['app.kubernetes.io/managed-by', 'longshore'],
    ['com.docker.compose.project', instance],
    ...(service === undefined ? [] : [['com.docker.compose.service', labelText(service)] as const]),
  ];
}
