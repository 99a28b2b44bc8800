/** `provider`: a service that a plug-in of Compose stands for, and that therefore has no container. */

import { delegated } from '../kernel/diagnostic.ts';
import { toList } from './forms.ts';
import { optionText } from './option-text.ts';
import { defineRule, does, extension, pending } from './rule.ts';
import { list, map, object, scalarText, text } from './shapes.ts';

/**
 * A provider cannot run in a cluster; what it was asked for is told.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#provider
 */
export const provider = defineRule({
  name: 'provider',
  service: { provider: () => object({ type: text(), options: map(list(scalarText())).optional() }) },
  deploy: {},
  expand: { 'provider.options.*': toList },
  support: {
    'services.*.provider': pending(
      'delegated',
      ['Workload.spec.template.spec.containers[].envFrom'],
      "No workload and no Service are emitted; every dependent gets envFrom with prefix <SERVICE>_ (upper case, `-` to `_`) from Secret <service>-provider, because Compose would inject the provider's variables that way.",
      {
        note: 'Create that Secret, by hand or with an operator (Crossplane, a cloud service operator, External Secrets); dependents stay in CreateContainerConfigError until it exists.',
      },
    ),
    'services.*.provider.type': does(
      'delegated',
      ['report.warning'],
      'Name of the Compose provider plug-in, quoted in the message.',
      { note: 'The plug-in binary runs only on a Compose machine.' },
    ),
    'services.*.provider.options': does('delegated', ['report.warning'], 'Quoted in the message.', {
      note: 'See provider.',
    }),
    'services.*.provider.options.*': does('delegated', ['report.warning'], 'One option, scalar or list.', {
      note: 'See provider.',
    }),
    'services.*.provider.options.*[]': does('delegated', ['report.warning'], 'One item of a list option.', {
      note: 'See provider.',
    }),
    'services.*.provider.x-*': extension('provider'),
  },
  messages: {
    'runs-elsewhere': delegated(
      (type: string, options: string) =>
        `the provider ${type}${options} runs only beside Compose, so nothing is written for this service, nor are its variables given to others`,
      'create what it provides in the cluster, and set its variables under environment where they are used',
    ),
  },
  lower({ provider: written }, { at, say }) {
    if (written === undefined) return {};
    const options = optionText(written.options ?? {});
    say('runs-elsewhere', ['provider'], written.type, options === '' ? '' : ` (${options})`);
    return { provider: at(written.type, 'provider', 'type') };
  },
});
