/** ServiceAccount, Role and RoleBinding: what containers that wait need to ask the API server. */

import type { IRole, IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1';
import type { IServiceAccount } from 'kubernetes-models/v1';
import type { WaitAccount } from '../model/plan.ts';
import { from, type KubernetesObject, type Resource, resource } from '../model/resource.ts';
import type { Context } from './context.ts';
import { metadata } from './metadata.ts';

const API_GROUP = { jobs: 'batch', pods: '' } as const;
const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** An account that may look at some kinds in its own namespace, and nothing else. */
export function serviceAccount(account: WaitAccount, context: Context): readonly Resource[] {
  const described = metadata({ name: account.name, service: account.service, annotations: [] }, context);
  return [
    resource<IServiceAccount & KubernetesObject>(
      from(account.origin, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: described }),
    ),
    resource<IRole & KubernetesObject>(
      from(account.origin, {
        apiVersion: `${RBAC_GROUP}/v1`,
        kind: 'Role',
        metadata: described,
        rules: account.resources.map((kind) => ({
          apiGroups: [API_GROUP[kind]],
          resources: [kind],
          verbs: ['get', 'list', 'watch'],
        })),
      }),
    ),
    resource<IRoleBinding & KubernetesObject>(
      from(account.origin, {
        apiVersion: `${RBAC_GROUP}/v1`,
        kind: 'RoleBinding',
        metadata: described,
        roleRef: { apiGroup: RBAC_GROUP, kind: 'Role', name: account.name },
        subjects: [{ kind: 'ServiceAccount', name: account.name, namespace: context.namespace }],
      }),
    ),
  ];
}
