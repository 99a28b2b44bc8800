import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { Wishes } from '../../src/model/facts.ts';
import type { Scaler } from '../../src/model/plan.ts';
import type { Role } from '../../src/passes/decisions.ts';
import { nameObjects } from '../../src/passes/name-objects.ts';
import { scaleWorkloads } from '../../src/passes/scale-workloads.ts';
import { at, type DraftLiteral, draftOf, from, said } from '../support/draft.ts';
import { rolesOf } from '../support/network-draft.ts';

const origin = from('services', 'web', 'labels', 'kompose.hpa.cpu');
const wishes: Wishes = {
  scaling: { min: at(1), max: at(3), cpu: at(50, ...origin.path), memory: at(70, ...origin.path), origin },
};

function decided(
  services: DraftLiteral['services'],
  roles: Readonly<Record<string, Role['kind'] | `init of ${string}`>> = {},
): { readonly scalers: readonly Scaler[]; readonly said: readonly string[] } {
  const draft = draftOf({ services });
  const report = new Report();
  return {
    scalers: scaleWorkloads(draft, nameObjects(draft, report), rolesOf(draft, roles), report),
    said: said(report),
  };
}

test('a Deployment or StatefulSet is scaled as a label asks', () => {
  const limits = new Map([['cpu', at('1')]]);
  const requests = new Map([['memory', at('1Gi')]]);
  const outcome = decided(
    { my_web: { wishes, limits, requests }, db: { wishes, limits, requests }, other: {} },
    { db: 'stateful-set' },
  );
  const { scaling } = wishes;
  expect(outcome.scalers).toEqual([
    { name: 'my-web', service: 'my_web', target: 'Deployment', ...scaling },
    { name: 'db', service: 'db', target: 'StatefulSet', ...scaling },
  ]);
  expect(outcome.said).toEqual([]);
});

test('load that cannot be measured is told', () => {
  expect(decided({ web: { wishes } }).said).toEqual([
    'warning scale-workloads/no-request services.web.labels["kompose.hpa.cpu"]: web requests no cpu, so its cpu load cannot be measured and will not scale it',
    'warning scale-workloads/no-request services.web.labels["kompose.hpa.cpu"]: web requests no memory, so its memory load cannot be measured and will not scale it',
  ]);
});

test('what is not scaled is refused', () => {
  const outcome = decided(
    { agent: { wishes }, migrate: { wishes }, web: {} },
    { agent: 'daemon-set', migrate: 'init of web' },
  );
  expect(outcome.scalers).toEqual([]);
  expect(outcome.said).toEqual([
    'error scale-workloads/not-scalable services.web.labels["kompose.hpa.cpu"]: agent is not scaled by its load, because it is a DaemonSet',
    'error scale-workloads/in-pod services.web.labels["kompose.hpa.cpu"]: migrate is not scaled by its load, because it runs in the pod of web',
  ]);
});
