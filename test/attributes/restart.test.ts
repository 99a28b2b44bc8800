import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { restart } from '../../src/attributes/restart.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string) {
  const outcome = given(`services:\n  web:\n    image: a\n    ${keys.replaceAll('; ', '\n    ')}\n`, {
    rules: [image, restart],
  });
  return { restart: outcome.service('web').restart, draft: values(outcome.service('web').restart), said: outcome.said };
}

const policy = (text: string) => `deploy: {restart_policy: {${text}}}`;

test('reads the words of restart', () => {
  const drafts = ['"no"', 'no', 'false', 'always', 'unless-stopped', 'on-failure', 'on-failure:3', 'on-failure:0'].map(
    (word) => web(`restart: ${word}`),
  );
  expect(drafts.map(({ draft }) => draft)).toEqual([
    { policy: 'no' },
    { policy: 'no' },
    { policy: 'no' },
    { policy: 'always' },
    { policy: 'unless-stopped' },
    { policy: 'on-failure' },
    { policy: 'on-failure', maxAttempts: 3 },
    { policy: 'on-failure' },
  ]);
  expect(drafts.flatMap(({ said }) => said)).toEqual([]);
  expect(pathOf(drafts[6]?.restart?.maxAttempts)).toBe('services.web.restart');
});

test('says nothing about a service that says nothing', () => {
  expect(web('x-a: b').draft).toBeUndefined();
});

test('reads a policy of deploy, with any as its default', () => {
  const drafts = [
    'condition: any',
    'delay: 5s',
    'condition: on-failure, max_attempts: 4, window: 2m',
    'condition: none',
    'condition: unless-stopped, max_attempts: 0',
  ].map((text) => web(policy(text)));
  expect(drafts.map(({ draft }) => draft)).toEqual([
    { policy: 'always' },
    { policy: 'always' },
    { policy: 'on-failure', maxAttempts: 4 },
    { policy: 'no' },
    { policy: 'unless-stopped' },
  ]);
  expect([pathOf(drafts[2]?.restart?.policy), pathOf(drafts[2]?.restart?.maxAttempts)]).toEqual([
    'services.web.deploy.restart_policy.condition',
    'services.web.deploy.restart_policy.max_attempts',
  ]);
});

test('lets deploy.restart_policy replace restart whole', () => {
  expect(web(`restart: on-failure:3; ${policy('condition: none')}`)).toMatchObject({
    draft: { policy: 'no' },
    said: [
      '4:14 info restart/replaced restart: on-failure:3 says nothing beside deploy.restart_policy, which replaces it',
    ],
  });
});

test('says what a policy cannot be', () => {
  const keys = [
    'restart: alwys',
    'restart: always:3',
    'restart: on-failure:x',
    'restart: true',
    'restart: zzzzzzzz',
    policy('condition: sometimes'),
    policy('delay: 5'),
    policy('max_attempts: -1'),
  ];
  expect(keys.flatMap((one) => web(one).said)).toEqual([
    '4:14 error restart/unknown "alwys" is not a restart policy',
    '4:14 error restart/unknown "always:3" is not a restart policy',
    '4:14 error restart/unknown "on-failure:x" is not a restart policy',
    '4:14 error check/type services.web.restart must be text, not true',
    '4:14 error restart/unknown "zzzzzzzz" is not a restart policy',
    '4:42 error restart/condition "sometimes" is not a condition of a restart policy',
    '4:38 error check/type services.web.deploy.restart_policy.delay must be a duration such as 30s or 1m30s, not 5',
    '4:45 error check/type services.web.deploy.restart_policy.max_attempts must be a whole number of at least 0, not -1',
  ]);
});
