import { expect, test } from 'vitest';
import { serviceAccount } from '../../src/emitters/service-account.ts';
import { from } from '../support/draft.ts';
import { context, labels } from '../support/plan.ts';

const origin = from('services', 'web', 'depends_on', 'migrate');
const account = { name: 'web-wait', service: 'web', resources: ['jobs', 'pods'], origin } as const;
const metadata = { name: 'web-wait', labels: labels('web') };
const group = 'rbac.authorization.k8s.io';
const roleRef = { apiGroup: group, kind: 'Role', name: 'web-wait' };

test('may look at the kinds that are waited for, and nothing else', () => {
  const resources = serviceAccount(account, context());
  const verbs = ['get', 'list', 'watch'];
  expect(resources.map(({ object }) => object)).toEqual([
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion: `${group}/v1`,
      kind: 'Role',
      metadata,
      rules: [
        { apiGroups: ['batch'], resources: ['jobs'], verbs },
        { apiGroups: [''], resources: ['pods'], verbs },
      ],
    },
    {
      apiVersion: `${group}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef,
      subjects: [{ kind: 'ServiceAccount', name: 'web-wait' }],
    },
  ]);
  expect(resources.map(({ origins }) => origins)).toEqual(Array(3).fill(new Map([['', origin]])));
});

test('the binding names the namespace when the plan does', () => {
  expect(serviceAccount(account, context({ namespace: 'prod' }))[2]?.object).toEqual({
    apiVersion: `${group}/v1`,
    kind: 'RoleBinding',
    metadata: { ...metadata, namespace: 'prod' },
    roleRef,
    subjects: [{ kind: 'ServiceAccount', name: 'web-wait', namespace: 'prod' }],
  });
});
