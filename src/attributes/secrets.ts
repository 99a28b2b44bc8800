/** `secrets` of a service and at the top level: files that become Secrets. */

import { expandLabels } from './declared-labels.ts';
import { lowerSource, sourceMessages } from './file-sources.ts';
import { externalByName } from './forms.ts';
import { expandGrants, grantIdentity, grantMessages, grantsShape, lowerGrants } from './grants.ts';
import { defineEntry, defineRule } from './rule.ts';
import { secretEntriesSupport } from './secret-entries-support.ts';
import { secretsSupport } from './secrets-support.ts';
import { boolean, map, objectWithOwn, scalarText, text } from './shapes.ts';

/**
 * Which secrets a service sees, and where.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#secrets
 */
export const secrets = defineRule({
  name: 'secrets',
  service: { secrets: grantsShape },
  deploy: {},
  expand: { secrets: expandGrants('secret') },
  unique: { secrets: grantIdentity('secret') },
  support: secretsSupport,
  messages: grantMessages('secret'),
  lower: (values, scope) => ({ secretGrants: lowerGrants(values.secrets, 'secret', scope) }),
});

/**
 * What a secret holds.
 * @see https://github.com/compose-spec/compose-spec/blob/main/09-secrets.md
 */
export const secretEntries = defineEntry({
  name: 'secrets',
  section: 'secrets',
  shape: () =>
    objectWithOwn(
      {
        name: text().optional(),
        environment: text().optional(),
        file: text().optional(),
        external: boolean().optional(),
        labels: map(scalarText()).optional(),
        driver: text().optional(),
        driver_opts: map(scalarText()).optional(),
        template_driver: text().optional(),
      },
      { key: text().optional() },
    ),
  expand: { '': externalByName, labels: expandLabels },
  support: secretEntriesSupport,
  messages: sourceMessages('secret', 'file and environment'),
  lower: (value, scope) => lowerSource(value, 'secret', scope),
});
