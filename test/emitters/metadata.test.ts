import { expect, test } from 'vitest';
import { annotations, clusterMetadata, metadata } from '../../src/emitters/metadata.ts';
import { at } from '../support/draft.ts';
import { context, labels, projectLabels, taken } from '../support/plan.ts';

test('holds name and recommended labels, and no empty annotations', () => {
  const { plain, said } = taken(
    metadata({ name: at('web', 'services', 'web'), service: 'web', annotations: [] }, context()),
  );
  expect(plain).toEqual({ name: 'web', labels: labels('web') });
  expect(said).toEqual({ '/name': 'services.web' });
});

test('holds the namespace of the plan and annotations, in this order', () => {
  const owner = { key: 'owner', value: at('blue', 'services', 'web', 'deploy', 'labels', 'owner') };
  const made = metadata({ name: 'web', service: 'web', annotations: [owner] }, context({ namespace: 'prod' }));
  const { plain, said } = taken(made);
  expect(JSON.stringify(plain)).toBe(
    JSON.stringify({ name: 'web', namespace: 'prod', labels: labels('web'), annotations: { owner: 'blue' } }),
  );
  expect(said).toEqual({ '/annotations/owner': 'services.web.deploy.labels.owner' });
});

test('an object of the project names no service', () => {
  const { plain } = taken(metadata({ name: 'back', service: undefined, annotations: [] }, context()));
  expect(plain).toEqual({ name: 'back', labels: projectLabels });
});

test('an object of the cluster has no namespace', () => {
  expect(taken(clusterMetadata('shop-data', context({ namespace: 'prod' }))).plain).toEqual({
    name: 'shop-data',
    labels: projectLabels,
  });
});

test('labels that are no label values are made so', () => {
  const { plain } = taken(
    metadata({ name: 'web', service: 'web_', annotations: [] }, context({ project: at('shop-', 'name') })),
  );
  expect(plain).toEqual({ name: 'web', labels: labels('web') });
});

test('no annotations are no record', () => {
  expect(annotations([])).toBeUndefined();
});
