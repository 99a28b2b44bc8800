/** `container_name`: what the container is called inside its pod, and a name that other services may use for it. */

import { error } from '../kernel/diagnostic.ts';
import { defineRule, does } from './rule.ts';
import { text } from './shapes.ts';

/**
 * `container_name` names the container. Whether others use it as a host name, and whether it is unique, the passes see.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#container_name
 */
export const containerName = defineRule({
  name: 'container-name',
  service: { container_name: () => text() },
  deploy: {},
  support: {
    'services.*.container_name': does(
      'approximated',
      ['Workload.spec.template.spec.containers[].name', 'Service.metadata.name'],
      "Sanitised to a label it names the container in the pod. When another service's environment, command, healthcheck, config or mounted file mentions it as a host name, a second Service of that name with the same selector is added. replicas or scale above 1 is an error, as in Compose.",
      { note: 'Pod names stay generated; docker commands by container name become `kubectl exec deploy/<service>`.' },
    ),
  },
  messages: {
    invalid: error(
      (name: string) => `"${name}" cannot be the name of a container`,
      'write two or more letters, digits, _, . or -, the first of them a letter or a digit',
    ),
  },
  lower({ container_name: name }, { at, say }) {
    if (name === undefined) return {};
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) say('invalid', ['container_name'], name);
    return { containerName: at(name, 'container_name') };
  },
});
