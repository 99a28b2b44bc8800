import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IContainer } from 'kubernetes-models/v1';
import { expect, test } from 'vitest';
import { Located } from '../../src/kernel/located.ts';
import { from, type KubernetesObject, resource, type Traced } from '../../src/model/resource.ts';
import { at, from as origin } from '../support/draft.ts';

test('takes apart what carries an origin, leaves out what is undefined, and points at both', () => {
  const service = origin('services', 'a/b~c');
  const taken = resource<IDeployment & KubernetesObject>(
    from(service, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: at('web', 'services', 'web'),
        annotations: { 'a/b~c': at('1', 'x'), __proto__x: 'y' },
        labels: undefined,
      },
      spec: {
        replicas: at(2, 'services', 'web', 'scale'),
        paused: undefined,
        selector: {},
        template: { spec: { containers: [from(service, { name: 'web', args: [at('a', 'args', 0), 'b'] })] } },
      },
    }),
  );
  expect(taken).toEqual({
    object: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', annotations: { 'a/b~c': '1', __proto__x: 'y' } },
      spec: { replicas: 2, selector: {}, template: { spec: { containers: [{ name: 'web', args: ['a', 'b'] }] } } },
    },
    origins: new Map([
      ['', service],
      ['/metadata/name', origin('services', 'web')],
      ['/metadata/annotations/a~1b~0c', origin('x')],
      ['/spec/replicas', origin('services', 'web', 'scale')],
      ['/spec/template/spec/containers/0', service],
      ['/spec/template/spec/containers/0/args/0', origin('args', 0)],
    ]),
  });
  expect(Object.keys(taken.object.metadata)).toEqual(['name', 'annotations']);
});

test('a value that comes from nowhere is not pointed at', () => {
  const taken = resource({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: new Located('shop', { path: [] }) },
  });
  expect(taken.origins).toEqual(new Map());
});

test('a key called __proto__ is a key', () => {
  const data = Object.fromEntries([['__proto__', 'x']]);
  const taken = resource<KubernetesObject & { readonly data: Readonly<Record<string, string>> }>({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data,
  });
  expect(Object.entries((taken.object as unknown as { readonly data: object }).data)).toEqual([['__proto__', 'x']]);
});

test('a misspelt, missing or wrong field does not compile, however deep', () => {
  const place = origin('services', 'web');
  const wrong: readonly Traced<IContainer>[] = [
    // @ts-expect-error an unknown field
    { name: 'a', imag: 'b' },
    // @ts-expect-error an unknown field of a marked part
    from(place, { name: 'a', imag: 'b' }),
    // @ts-expect-error an unknown field of a marked part inside
    { name: 'a', livenessProbe: from(place, { periodSecond: 1 }) },
    // @ts-expect-error a missing field
    from(place, { image: 'a' }),
    // @ts-expect-error undefined for a required field
    { name: undefined },
    // @ts-expect-error a located value of another type
    { name: at(1, 'x') },
  ];
  const right: readonly Traced<IContainer>[] = [
    from(place, { name: at('a', 'x'), image: undefined, livenessProbe: from(place, { periodSeconds: at(1, 'y') }) }),
  ];
  expect(wrong.length + right.length).toBe(7);
});
