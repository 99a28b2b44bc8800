import { expect, test } from 'vitest';
import { horizontalPodAutoscaler } from '../../src/emitters/horizontal-pod-autoscaler.ts';
import type { Scaler } from '../../src/model/plan.ts';
import { at, from } from '../support/draft.ts';
import { context, labels } from '../support/plan.ts';

const label = ['services', 'web', 'labels', 'hpa'] as const;
const scaler: Scaler = {
  name: 'web',
  service: 'web',
  target: 'Deployment',
  min: at(1, ...label),
  max: at(5, ...label),
  cpu: undefined,
  memory: undefined,
  origin: from(...label),
};
const head = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', labels: labels('web') },
};

test('scales the workload of its name, from one pod on unless told otherwise', () => {
  expect(horizontalPodAutoscaler(scaler, context()).object).toEqual({
    ...head,
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 5 },
  });
});

test('aims at the given shares of what is requested', () => {
  const { object, origins } = horizontalPodAutoscaler(
    {
      ...scaler,
      target: 'StatefulSet',
      min: at(2, ...label),
      cpu: at(70, ...label, 'cpu'),
      memory: at(80, ...label, 'memory'),
    },
    context(),
  );
  const share = (name: string, averageUtilization: number) => ({
    type: 'Resource',
    resource: { name, target: { type: 'Utilization', averageUtilization } },
  });
  expect(JSON.stringify(object)).toBe(
    JSON.stringify({
      ...head,
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' },
        minReplicas: 2,
        maxReplicas: 5,
        metrics: [share('cpu', 70), share('memory', 80)],
      },
    }),
  );
  expect(origins.get('/spec/metrics/1')).toEqual(from(...label, 'memory'));
});
