/** Ways to spoil data, storage, access and scaling, and of names that lead nowhere. */

import { BOX, type Case, long, POD, refused, tolerated, WEB } from './kubernetes-case.ts';

/** Each of them is one problem of the shop. */
export const dataCases: readonly Case[] = [
  refused('a ConfigMap key with a slash', 'ConfigMap/settings-1a2b3c4d', { '/data/conf.d~1app.conf': '' }, [
    'ConfigMap/settings-1a2b3c4d: data: conf.d/app.conf is no key',
  ]),
  refused('a ConfigMap key that leads outside', 'ConfigMap/settings-1a2b3c4d', { '/data/..app': '' }, [
    'ConfigMap/settings-1a2b3c4d: data: ..app is no key',
  ]),
  refused('a key in data and binaryData', 'ConfigMap/settings-1a2b3c4d', { '/binaryData/LEVEL': 'aW5mbw==' }, [
    'ConfigMap/settings-1a2b3c4d: data: LEVEL is also in binaryData',
  ]),
  refused('a ConfigMap beyond 1 MiB', 'ConfigMap/settings-1a2b3c4d', { '/data/LEVEL': long(1_048_577) }, [
    'ConfigMap/settings-1a2b3c4d: data: 1048590 bytes are more than 1048576',
  ]),
  refused(
    'a ConfigMap beyond 1 MiB in bytes only',
    'ConfigMap/settings-1a2b3c4d',
    { '/data/LEVEL': 'ä'.repeat(524_289) },
    ['ConfigMap/settings-1a2b3c4d: data: 1048591 bytes are more than 1048576'],
  ),
  refused('a Secret beyond 1 MiB', 'Secret/token-5e6f7a8b', { '/data/token': 'AAAA'.repeat(349_526) }, [
    'Secret/token-5e6f7a8b: data: 1048578 bytes are more than 1048576',
  ]),
  tolerated(
    'an immutable object whose name does not follow its content',
    'ConfigMap/settings-1a2b3c4d',
    { '/metadata/name': 'settings' },
    [
      'ConfigMap/settings: immutable: settings does not end in a hash of the content',
      'Deployment/web: spec.template.spec.containers[0].env[1]: there is no ConfigMap/settings-1a2b3c4d',
      'Deployment/web: spec.template.spec.volumes[0]: there is no ConfigMap/settings-1a2b3c4d',
      'Deployment/web: spec.template.spec.volumes[5]: there is no ConfigMap/settings-1a2b3c4d',
    ],
  ),
  refused(
    'a TLS Secret without a key',
    'Secret/token-5e6f7a8b',
    { '/type': 'kubernetes.io/tls', '/data/tls.crt': '' },
    ['Secret/token-5e6f7a8b: data: kubernetes.io/tls needs tls.key'],
  ),
  refused('a claim without access modes', 'PersistentVolumeClaim/archive', { '/spec/accessModes': [] }, [
    'PersistentVolumeClaim/archive: spec.accessModes: is empty',
  ]),
  refused('a claim of nothing', 'PersistentVolumeClaim/archive', { '/spec/resources/requests/storage': '0' }, [
    'PersistentVolumeClaim/archive: spec.resources.requests.storage: 0 is no size',
  ]),
  refused(
    'a claim with a class that is no name',
    'PersistentVolumeClaim/archive',
    { '/spec/storageClassName': 'Fast_SSD', '/spec/volumeName': undefined },
    ['PersistentVolumeClaim/archive: spec.storageClassName: Fast_SSD is no DNS-1123 subdomain'],
  ),
  tolerated('a claim of a volume that is not there', 'PersistentVolumeClaim/archive', { '/spec/volumeName': 'vault' }, [
    'PersistentVolumeClaim/archive: spec.volumeName: there is no PersistentVolume/vault',
  ]),
  tolerated(
    'a claim that is larger than its volume',
    'PersistentVolumeClaim/archive',
    { '/spec/resources/requests/storage': '6Gi' },
    ['PersistentVolumeClaim/archive: spec.volumeName: the volume has 5Gi, the claim asks for 6Gi'],
  ),
  tolerated(
    'a claim of other access modes than its volume',
    'PersistentVolumeClaim/archive',
    { '/spec/accessModes': ['ReadWriteOnce'] },
    ['PersistentVolumeClaim/archive: spec.volumeName: the volume has other accessModes'],
  ),
  tolerated(
    'a claim that the default class would take',
    'PersistentVolumeClaim/archive',
    { '/spec/storageClassName': undefined },
    ['PersistentVolumeClaim/archive: spec.volumeName: the volume has another storageClassName'],
  ),
  refused(
    'a volume with two sources in the cluster',
    'PersistentVolume/archive',
    { '/spec/hostPath': { path: '/archive' } },
    ['PersistentVolume/archive: spec: has nfs and hostPath source'],
  ),
  refused('a volume without a capacity', 'PersistentVolume/archive', { '/spec/capacity': {} }, [
    'PersistentVolume/archive: spec.capacity.storage: undefined is no size',
    'PersistentVolumeClaim/archive: spec.volumeName: the volume has undefined, the claim asks for 5Gi',
  ]),
  refused('a volume without access modes', 'PersistentVolume/archive', { '/spec/accessModes': [] }, [
    'PersistentVolume/archive: spec.accessModes: is empty',
    'PersistentVolumeClaim/archive: spec.volumeName: the volume has other accessModes',
  ]),
  refused(
    'an access mode that is none',
    'PersistentVolumeClaim/archive',
    { '/spec/accessModes': ['ReadWriteSometimes'], '/spec/volumeName': undefined },
    [
      'PersistentVolumeClaim/archive: spec.accessModes[0]: ReadWriteSometimes is none of ReadWriteOnce ReadOnlyMany ReadWriteMany ReadWriteOncePod',
    ],
  ),
  refused(
    'an access mode that stands alone',
    'PersistentVolumeClaim/archive',
    { '/spec/accessModes': ['ReadWriteOnce', 'ReadWriteOncePod'], '/spec/volumeName': undefined },
    ['PersistentVolumeClaim/archive: spec.accessModes: ReadWriteOncePod stands alone'],
  ),
  refused('a volume in the cluster without a source', 'PersistentVolume/archive', { '/spec/nfs': undefined }, [
    'PersistentVolume/archive: spec: has no source',
  ]),
  tolerated(
    'a variable from a ConfigMap that is not there',
    WEB,
    { [`${BOX}/env/1/valueFrom/configMapKeyRef/name`]: 'settings' },
    ['Deployment/web: spec.template.spec.containers[0].env[1]: there is no ConfigMap/settings'],
  ),
  tolerated(
    'a variable from a key that is not there',
    WEB,
    { [`${BOX}/env/2/valueFrom/secretKeyRef/key`]: 'password' },
    ['Deployment/web: spec.template.spec.containers[0].env[2]: Secret/token-5e6f7a8b has no key password'],
  ),
  tolerated('all variables of a Secret that is not there', WEB, { [`${BOX}/envFrom/0/secretRef/name`]: 'tokens' }, [
    'Deployment/web: spec.template.spec.containers[0].envFrom[0]: there is no Secret/tokens',
  ]),
  tolerated('a volume of a Secret that is not there', WEB, { [`${POD}/volumes/1/secret/secretName`]: 'tokens' }, [
    'Deployment/web: spec.template.spec.volumes[1]: there is no Secret/tokens',
  ]),
  tolerated('a volume of a key that is not there', WEB, { [`${POD}/volumes/0/configMap/items/0/key`]: 'app.ini' }, [
    'Deployment/web: spec.template.spec.volumes[0]: ConfigMap/settings-1a2b3c4d has no key app.ini',
  ]),
  tolerated(
    'a projected key that is not there',
    WEB,
    { [`${POD}/volumes/5/projected/sources/1/configMap/items/0/key`]: 'level' },
    ['Deployment/web: spec.template.spec.volumes[5]: ConfigMap/settings-1a2b3c4d has no key level'],
  ),
  tolerated(
    'a volume of a claim that is not there',
    WEB,
    { [`${POD}/volumes/2/persistentVolumeClaim/claimName`]: 'files' },
    ['Deployment/web: spec.template.spec.volumes[2]: there is no PersistentVolumeClaim/files'],
  ),
  tolerated('an account that is not there', WEB, { [`${POD}/serviceAccountName`]: 'watcher' }, [
    'Deployment/web: spec.template.spec.serviceAccountName: there is no ServiceAccount/watcher',
  ]),
  tolerated('a governing Service that is not there', 'StatefulSet/db', { '/spec/serviceName': 'database' }, [
    'StatefulSet/db: spec.serviceName: there is no Service/database',
  ]),
  tolerated('a governing Service of other pods', 'StatefulSet/db', { '/spec/serviceName': 'web' }, [
    'StatefulSet/db: spec.serviceName: Service/web does not select the pods',
  ]),
  refused('a role without verbs', 'Role/waiter', { '/rules/0/verbs': [] }, ['Role/waiter: rules[0].verbs: is empty']),
  refused('a binding to something that is no role', 'RoleBinding/waiter', { '/roleRef/kind': 'User' }, [
    'RoleBinding/waiter: roleRef.kind: User is neither Role nor ClusterRole',
  ]),
  tolerated('a binding to a role that is not there', 'RoleBinding/waiter', { '/roleRef/name': 'watcher' }, [
    'RoleBinding/waiter: roleRef: there is no Role/watcher',
  ]),
  tolerated('a binding of an account that is not there', 'RoleBinding/waiter', { '/subjects/0/name': 'watcher' }, [
    'RoleBinding/waiter: subjects[0]: there is no ServiceAccount/watcher',
  ]),
  refused('a binding of an account that is no name', 'RoleBinding/waiter', { '/subjects/0/name': 'a_b' }, [
    'RoleBinding/waiter: subjects[0].name: a_b is no DNS-1123 subdomain',
    'RoleBinding/waiter: subjects[0]: there is no ServiceAccount/a_b',
  ]),
  refused('a scaler whose minimum is above its maximum', 'HorizontalPodAutoscaler/web', { '/spec/minReplicas': 5 }, [
    'HorizontalPodAutoscaler/web: spec.maxReplicas: 4 is below minReplicas or 1',
  ]),
  refused('a scaler that goes to zero', 'HorizontalPodAutoscaler/web', { '/spec/minReplicas': 0 }, [
    'HorizontalPodAutoscaler/web: spec.minReplicas: 0 needs a metric of another object',
  ]),
  refused('a scaler with a metric of another type', 'HorizontalPodAutoscaler/web', { '/spec/metrics/0/type': 'Pods' }, [
    'HorizontalPodAutoscaler/web: spec.metrics[0]: has no source of type Pods',
  ]),
  tolerated(
    'a scaler with a target of another type',
    'HorizontalPodAutoscaler/web',
    { '/spec/metrics/0/resource/target/type': 'AverageValue' },
    ['HorizontalPodAutoscaler/web: spec.metrics[0]: has no target of type AverageValue'],
  ),
  tolerated(
    'a scaler of a workload that is not there',
    'HorizontalPodAutoscaler/web',
    { '/spec/scaleTargetRef/name': 'api' },
    ['HorizontalPodAutoscaler/web: spec.scaleTargetRef: there is no Deployment/api'],
  ),
  tolerated(
    'a scaler of containers that request nothing',
    'HorizontalPodAutoscaler/web',
    { '/spec/metrics/0/resource/name': 'memory' },
    ['HorizontalPodAutoscaler/web: spec.metrics[0]: container proxy requests no memory'],
  ),
  refused('a binding in another group', 'RoleBinding/waiter', { '/roleRef/apiGroup': 'rbac' }, [
    'RoleBinding/waiter: roleRef.apiGroup: rbac is not rbac.authorization.k8s.io',
  ]),
  tolerated(
    'a scaler of a workload in another version',
    'HorizontalPodAutoscaler/web',
    { '/spec/scaleTargetRef/apiVersion': 'apps/v1beta1' },
    ['HorizontalPodAutoscaler/web: spec.scaleTargetRef.apiVersion: apps/v1beta1 is not apps/v1'],
  ),
];
