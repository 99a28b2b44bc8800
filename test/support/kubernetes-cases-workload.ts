/** Ways to spoil controllers. */

import { BOX, type Case, POD, refused, WEB } from './kubernetes-case.ts';

/** Each of them is one problem of the shop. */
export const workloadCases: readonly Case[] = [
  refused('a Deployment that runs once', WEB, { [`${POD}/restartPolicy`]: 'OnFailure' }, [
    'Deployment/web: spec.template.spec.restartPolicy: OnFailure is not Always',
  ]),
  refused('a StatefulSet that runs once', 'StatefulSet/db', { [`${POD}/restartPolicy`]: 'Never' }, [
    'StatefulSet/db: spec.template.spec.restartPolicy: Never is not Always',
  ]),
  refused('a DaemonSet that runs once', 'DaemonSet/agent', { [`${POD}/restartPolicy`]: 'Never' }, [
    'DaemonSet/agent: spec.template.spec.restartPolicy: Never is not Always',
  ]),
  refused(
    'a Job without a restart policy',
    'Job/migrate-9c0d1e2f',
    { [`${POD}/restartPolicy`]: undefined, '/spec/podFailurePolicy': undefined },
    ['Job/migrate-9c0d1e2f: spec.template.spec.restartPolicy: undefined is neither Never nor OnFailure'],
  ),
  refused(
    'a CronJob that restarts for ever',
    'CronJob/backup',
    { '/spec/jobTemplate/spec/template/spec/restartPolicy': 'Always' },
    ['CronJob/backup: spec.jobTemplate.spec.template.spec.restartPolicy: Always is neither Never nor OnFailure'],
  ),
  refused(
    'a pod failure policy with a kubelet that restarts',
    'Job/migrate-9c0d1e2f',
    { [`${POD}/restartPolicy`]: 'OnFailure' },
    ['Job/migrate-9c0d1e2f: spec.podFailurePolicy: needs restartPolicy Never'],
  ),
  refused(
    'a pod failure policy that takes 0 for a failure',
    'Job/migrate-9c0d1e2f',
    { '/spec/podFailurePolicy/rules/0': { action: 'FailJob', onExitCodes: { operator: 'In', values: [0] } } },
    ['Job/migrate-9c0d1e2f: spec.podFailurePolicy.rules[0].onExitCodes.values: 0 is no failure'],
  ),
  refused(
    'a pod failure rule without a condition',
    'Job/migrate-9c0d1e2f',
    { '/spec/podFailurePolicy/rules/0': { action: 'FailJob' } },
    ['Job/migrate-9c0d1e2f: spec.podFailurePolicy.rules[0]: needs exactly one of onExitCodes and onPodConditions'],
  ),
  refused(
    'an indexed Job without completions',
    'Job/migrate-9c0d1e2f',
    { '/spec/completionMode': 'Indexed', '/spec/parallelism': 2 },
    ['Job/migrate-9c0d1e2f: spec.completions: completionMode Indexed needs them'],
  ),
  refused('a Job with a selector', 'Job/migrate-9c0d1e2f', { '/spec/selector': { matchLabels: { app: 'migrate' } } }, [
    'Job/migrate-9c0d1e2f: spec.selector: is made by the API server',
  ]),
  refused('a schedule of four fields', 'CronJob/backup', { '/spec/schedule': '0 2 * *' }, [
    'CronJob/backup: spec.schedule: "0 2 * *" is no cron schedule',
  ]),
  refused('a schedule of Sunday as 7', 'CronJob/backup', { '/spec/schedule': '0 2 * * 7' }, [
    'CronJob/backup: spec.schedule: "0 2 * * 7" is no cron schedule',
  ]),
  refused('a schedule in which an hour has 61 minutes', 'CronJob/backup', { '/spec/schedule': '60 2 * * *' }, [
    'CronJob/backup: spec.schedule: "60 2 * * *" is no cron schedule',
  ]),
  refused('a schedule with a time zone', 'CronJob/backup', { '/spec/schedule': 'TZ=UTC 0 2 * * *' }, [
    'CronJob/backup: spec.schedule: "TZ=UTC 0 2 * * *" is no cron schedule',
  ]),
  refused(
    'a selector that does not match the template',
    WEB,
    { '/spec/selector/matchLabels/app.kubernetes.io~1name': 'api' },
    ['Deployment/web: spec.selector: does not match the labels of the template'],
  ),
  refused('an empty selector', WEB, { '/spec/selector': {} }, ['Deployment/web: spec.selector: is empty']),
  refused('a Recreate strategy with a rolling update', WEB, { '/spec/strategy/type': 'Recreate' }, [
    'Deployment/web: spec.strategy.rollingUpdate: does not go with type Recreate',
  ]),
  refused('a rolling update that cannot begin', WEB, { '/spec/strategy/rollingUpdate/maxSurge': 0 }, [
    'Deployment/web: spec.strategy.rollingUpdate: maxSurge and maxUnavailable are both 0',
  ]),
  refused(
    'a rolling update that is neither a count nor a share',
    WEB,
    { '/spec/strategy/rollingUpdate/maxSurge': '1.5' },
    ['Deployment/web: spec.strategy.rollingUpdate.maxSurge: 1.5 is neither a count nor a percentage'],
  ),
  refused('a rolling update beyond all pods', WEB, { '/spec/strategy/rollingUpdate/maxUnavailable': '101%' }, [
    'Deployment/web: spec.strategy.rollingUpdate.maxUnavailable: 101% is more than 100%',
  ]),
  refused(
    'a DaemonSet that surges and misses',
    'DaemonSet/agent',
    { '/spec/updateStrategy/rollingUpdate/maxSurge': 1 },
    ['DaemonSet/agent: spec.updateStrategy.rollingUpdate: maxSurge and maxUnavailable are both set'],
  ),
  refused(
    'a DaemonSet that cannot update',
    'DaemonSet/agent',
    { '/spec/updateStrategy/rollingUpdate/maxUnavailable': 0 },
    ['DaemonSet/agent: spec.updateStrategy.rollingUpdate: maxSurge and maxUnavailable are both 0'],
  ),
  refused(
    'a StatefulSet that cannot update',
    'StatefulSet/db',
    { '/spec/updateStrategy': { rollingUpdate: { maxUnavailable: 0 } } },
    ['StatefulSet/db: spec.updateStrategy.rollingUpdate.maxUnavailable: is 0'],
  ),
  refused(
    'a StatefulSet that is recreated, behind a feature gate',
    'StatefulSet/db',
    { '/spec/updateStrategy': { type: 'Recreate' } },
    ['StatefulSet/db: spec.updateStrategy.type: Recreate needs feature gate StatefulSetRecreateStrategy'],
  ),
  refused('a rollout that fails before it is ready', WEB, { '/spec/minReadySeconds': 600 }, [
    'Deployment/web: spec.progressDeadlineSeconds: 600 is not more than minReadySeconds 600',
  ]),
  refused(
    'a claim template without access modes',
    'StatefulSet/db',
    { '/spec/volumeClaimTemplates/0/spec/accessModes': [] },
    ['StatefulSet/db: spec.volumeClaimTemplates[0].spec.accessModes: is empty'],
  ),
  refused('a claim template without a size', 'StatefulSet/db', { '/spec/volumeClaimTemplates/0/spec/resources': {} }, [
    'StatefulSet/db: spec.volumeClaimTemplates[0].spec.resources.requests.storage: undefined is no size',
  ]),
  refused(
    'a claim template whose name is none',
    'StatefulSet/db',
    { '/spec/volumeClaimTemplates/0/metadata/name': 'my_data', [`${BOX}/volumeMounts/0/name`]: 'my_data' },
    ['StatefulSet/db: spec.volumeClaimTemplates[0].metadata.name: my_data is no DNS-1123 label'],
  ),
];
