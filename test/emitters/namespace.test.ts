import { expect, test } from 'vitest';
import { namespace } from '../../src/emitters/namespace.ts';
import { from } from '../support/draft.ts';
import { context, projectLabels } from '../support/plan.ts';

test('has a name and labels and lies in no namespace itself', () => {
  expect(namespace('prod', from('name'), context({ namespace: 'prod' }))).toEqual({
    object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'prod', labels: projectLabels } },
    origins: new Map([['', from('name')]]),
  });
});
