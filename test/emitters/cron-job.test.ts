import { expect, test } from 'vitest';
import { cronJob } from '../../src/emitters/cron-job.ts';
import { podTemplate } from '../../src/emitters/pod.ts';
import { at } from '../support/draft.ts';
import { context, controllers, labels, pod, taken, workload } from '../support/plan.ts';

const nightly = workload({ pod: pod({ restartPolicy: 'OnFailure' }) });
const template = taken(podTemplate(nightly, context())).plain;
const head = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'web', labels: labels('web') } };

test('holds schedule and template', () => {
  const { object, origins } = cronJob(nightly, controllers.cronJob, context());
  expect(object).toEqual({ ...head, spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template } } } });
  expect(origins.get('/spec/schedule')).toEqual({ path: ['services', 'web', 'labels', 'schedule'] });
});

test('writes what differs from the defaults', () => {
  const asked = { ...controllers.cronJob, concurrencyPolicy: at('Forbid', 'x'), backoffLimit: 0 };
  expect(cronJob(nightly, asked, context()).object).toEqual({
    ...head,
    spec: { schedule: '0 3 * * *', concurrencyPolicy: 'Forbid', jobTemplate: { spec: { backoffLimit: 0, template } } },
  });
});

test('leaves out what are the defaults', () => {
  const asked = { ...controllers.cronJob, concurrencyPolicy: at('Allow', 'x'), backoffLimit: 6 };
  expect(cronJob(nightly, asked, context()).object).toEqual(cronJob(nightly, controllers.cronJob, context()).object);
});
