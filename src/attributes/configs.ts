/** `configs` of a service and at the top level: files that become ConfigMaps. */

import { configEntriesSupport } from './config-entries-support.ts';
import { configsSupport } from './configs-support.ts';
import { expandLabels } from './declared-labels.ts';
import { lowerSource, sourceMessages } from './file-sources.ts';
import { externalByName } from './forms.ts';
import { expandGrants, grantIdentity, grantMessages, grantsShape, lowerGrants } from './grants.ts';
import { defineEntry, defineRule } from './rule.ts';
import { boolean, map, objectWithOwn, scalarText, text } from './shapes.ts';

/**
 * Which configs a service sees, and where.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#configs
 */
export const configs = defineRule({
  name: 'configs',
  service: { configs: grantsShape },
  deploy: {},
  expand: { configs: expandGrants('config') },
  unique: { configs: grantIdentity('config') },
  support: configsSupport,
  messages: grantMessages('config'),
  lower: (values, scope) => ({ configGrants: lowerGrants(values.configs, 'config', scope) }),
});

/**
 * What a config holds.
 * @see https://github.com/compose-spec/compose-spec/blob/main/08-configs.md
 */
export const configEntries = defineEntry({
  name: 'configs',
  section: 'configs',
  shape: () =>
    objectWithOwn(
      {
        name: text().optional(),
        content: text().optional(),
        environment: text().optional(),
        file: text().optional(),
        external: boolean().optional(),
        labels: map(scalarText()).optional(),
        template_driver: text().optional(),
      },
      { key: text().optional() },
    ),
  expand: { '': externalByName, labels: expandLabels },
  support: configEntriesSupport,
  messages: sourceMessages('config', 'file, content and environment'),
  lower: (value, scope) => lowerSource(value, 'config', scope),
});
