/** Ways to spoil names, labels, annotations and fixed vocabularies. */

import { BOX, type Case, long, POD, refused, tolerated, WEB } from './kubernetes-case.ts';

/** Each of them is one problem of the shop. */
export const metadataCases: readonly Case[] = [
  refused('a name that is no subdomain', 'ConfigMap/settings-1a2b3c4d', { '/metadata/name': 'Settings_1a2b3c4d' }, [
    'ConfigMap/Settings_1a2b3c4d: metadata.name: Settings_1a2b3c4d is no DNS-1123 subdomain',
    'ConfigMap/Settings_1a2b3c4d: immutable: Settings_1a2b3c4d does not end in a hash of the content',
    'Deployment/web: spec.template.spec.containers[0].env[1]: there is no ConfigMap/settings-1a2b3c4d',
    'Deployment/web: spec.template.spec.volumes[0]: there is no ConfigMap/settings-1a2b3c4d',
    'Deployment/web: spec.template.spec.volumes[5]: there is no ConfigMap/settings-1a2b3c4d',
  ]),
  refused('a Service name that is no label', 'Service/mail', { '/metadata/name': 'mail.example' }, [
    'Service/mail.example: metadata.name: mail.example is no DNS-1035 label',
  ]),
  tolerated(
    'a Service name that begins with a digit, for servers before v1.37',
    'Service/mail',
    { '/metadata/name': '1mail' },
    ['Service/1mail: metadata.name: 1mail is no DNS-1035 label'],
  ),
  refused('a Role name that is no path segment', 'Role/waiter', { '/metadata/name': 'a/b' }, [
    'Role/a/b: metadata.name: a/b is no path segment',
    'RoleBinding/waiter: roleRef: there is no Role/waiter',
  ]),
  refused('a Namespace name with a dot', 'Namespace/shop', { '/metadata/name': 'shop.example' }, [
    'Namespace/shop.example: metadata.name: shop.example is no DNS-1123 label',
  ]),
  refused(
    'a StatefulSet name that is too long for the labels of its pods',
    'StatefulSet/db',
    { '/metadata/name': long(53) },
    [
      'StatefulSet/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: metadata.name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa is longer than 52 characters',
    ],
  ),
  refused('a CronJob name that is too long for its Jobs', 'CronJob/backup', { '/metadata/name': long(53) }, [
    'CronJob/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: metadata.name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa is longer than 52 characters',
  ]),
  refused('a Job name that is too long for a label', 'Job/migrate-9c0d1e2f', { '/metadata/name': long(64) }, [
    'Job/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: metadata.name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa is longer than 63 characters',
  ]),
  refused('a namespace on an object of the cluster', 'PersistentVolume/archive', { '/metadata/namespace': 'shop' }, [
    'PersistentVolume/archive: metadata.namespace: a PersistentVolume has none',
    'PersistentVolumeClaim/archive: spec.volumeName: there is no PersistentVolume/archive',
  ]),
  refused('a namespace that is no label', 'Service/mail', { '/metadata/namespace': 'Shop' }, [
    'Service/mail: metadata.namespace: Shop is no DNS-1123 label',
  ]),
  refused('a label key with two slashes', 'Service/mail', { '/metadata/labels': { 'a/b/c': 'd' } }, [
    'Service/mail: metadata.labels: a/b/c is no label key',
  ]),
  refused('a label key with a prefix that is no subdomain', 'Service/mail', { '/metadata/labels': { 'A_b/c': 'd' } }, [
    'Service/mail: metadata.labels: A_b/c is no label key',
  ]),
  refused('a label value that is too long', 'Service/mail', { '/metadata/labels': { app: long(64) } }, [
    'Service/mail: metadata.labels: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa is no value for label app',
  ]),
  refused('a label value with a space', 'Service/mail', { '/metadata/labels': { app: 'my app' } }, [
    'Service/mail: metadata.labels: my app is no value for label app',
  ]),
  refused(
    'an annotation key with a space',
    'Service/mail',
    { '/metadata/annotations': { 'my key': 'any value at all' } },
    ['Service/mail: metadata.annotations: my key is no annotation key'],
  ),
  refused(
    'annotations that are too large together',
    'Service/mail',
    { '/metadata/annotations': { note: long(262_145) } },
    ['Service/mail: metadata.annotations: 262149 bytes are more than 262144'],
  ),
  refused('a label of a pod template', 'StatefulSet/db', { '/spec/template/metadata/labels/version': '1/2' }, [
    'StatefulSet/db: spec.template.metadata.labels: 1/2 is no value for label version',
  ]),
  refused(
    'an annotation of a pod template',
    'StatefulSet/db',
    { '/spec/template/metadata/annotations': { 'a b': 'c' } },
    ['StatefulSet/db: spec.template.metadata.annotations: a b is no annotation key'],
  ),
  refused(
    'two objects of one identity',
    'Role/waiter',
    { '/kind': 'ServiceAccount', '/apiVersion': 'v1', '/rules': undefined },
    [
      'ServiceAccount/waiter: object 6: identity ServiceAccount/waiter of group "" in namespace "" is taken by ServiceAccount/waiter: object 5',
      'RoleBinding/waiter: roleRef: there is no Role/waiter',
    ],
  ),
  refused('an empty label prefix', 'Service/mail', { '/metadata/labels': { '/app': 'a' } }, [
    'Service/mail: metadata.labels: /app is no label key',
  ]),
  refused(
    'a label of a match expression that is none',
    'NetworkPolicy/db',
    { '/spec/podSelector/matchExpressions': [{ key: 'a b', operator: 'Exists' }] },
    ['NetworkPolicy/db: spec.podSelector.matchExpressions[0]: a b is no label key'],
  ),
  refused(
    'a match expression without values',
    'StatefulSet/db',
    { '/spec/selector/matchExpressions': [{ key: 'app.kubernetes.io/name', operator: 'In' }] },
    ['StatefulSet/db: spec.selector.matchExpressions[0]: values do not fit operator In'],
  ),
  refused(
    'a value of a match expression that is none',
    'StatefulSet/db',
    { '/spec/selector/matchExpressions': [{ key: 'app.kubernetes.io/name', operator: 'In', values: ['db', 'a b'] }] },
    ['StatefulSet/db: spec.selector.matchExpressions[0]: a b is no label value'],
  ),
  refused('a word outside of a vocabulary', WEB, { [`${BOX}/imagePullPolicy`]: 'Sometimes' }, [
    'Deployment/web: spec.template.spec.containers[0].imagePullPolicy: Sometimes is none of Always IfNotPresent Never',
  ]),
  refused('a protocol in lower case', WEB, { [`${BOX}/ports/1/protocol`]: 'tcp' }, [
    'Deployment/web: spec.template.spec.containers[0].ports[1].protocol: tcp is none of TCP UDP SCTP',
  ]),
  refused(
    'an operator that a label selector does not know',
    'StatefulSet/db',
    { '/spec/selector/matchExpressions': [{ key: 'a', operator: 'Gt', values: ['1'] }] },
    ['StatefulSet/db: spec.selector.matchExpressions[0]: Gt is no operator'],
  ),
  refused('a count below zero', WEB, { '/spec/replicas': -1 }, ['Deployment/web: spec.replicas: -1 is below zero']),
  refused('a quantity with a unit that does not exist', WEB, { [`${POD}/volumes/3/emptyDir/sizeLimit`]: '64MB' }, [
    'Deployment/web: spec.template.spec.volumes[3].emptyDir.sizeLimit: 64MB is no quantity',
  ]),
  refused('a quantity below zero', WEB, { [`${POD}/volumes/3/emptyDir/sizeLimit`]: '-1Mi' }, [
    'Deployment/web: spec.template.spec.volumes[3].emptyDir.sizeLimit: -1Mi is below zero',
  ]),
  refused('a mode that was meant to be octal', WEB, { [`${POD}/volumes/1/secret/defaultMode`]: 644 }, [
    'Deployment/web: spec.template.spec.volumes[1].secret.defaultMode: 644 is no mode up to 0777',
  ]),
];
