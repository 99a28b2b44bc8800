import { expect, test } from 'vitest';
import { contextOf, selectedLabels } from '../../src/emitters/context.ts';
import { from } from '../support/draft.ts';
import { context, plan, selector, workload } from '../support/plan.ts';

test('knows whose labels each workload carries and which accounts only wait', () => {
  const account = { name: 'web-wait', service: 'web', resources: [], origin: from('services', 'web') } as const;
  expect(contextOf(plan({ namespace: 'prod', workloads: [workload()], accounts: [account] }))).toEqual({
    project: 'shop',
    namespace: 'prod',
    serviceOf: new Map([['web', 'web']]),
    waitAccounts: new Set(['web-wait']),
  });
});

test('the name of a workload selects its pods', () => {
  expect(selectedLabels('web', context())).toEqual(selector('web'));
});

test('the name of a workload with another name than its service selects by the service', () => {
  const renamed = context({ workloads: [workload({ service: 'web_' })] });
  expect(selectedLabels('web', renamed)).toEqual(selector('web'));
});

test('given labels are selected as they are', () => {
  expect(selectedLabels([['compose.network/back', 'true']], context())).toEqual({ 'compose.network/back': 'true' });
});

test('a name that no workload has is a bug', () => {
  expect(() => selectedLabels('db', context())).toThrow('no workload is called "db"');
});
