import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { placement } from '../../src/attributes/placement.ts';
import { replicas } from '../../src/attributes/replicas.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string) {
  const outcome = given(`services:\n  web:\n    image: a\n    ${keys.replaceAll('; ', '\n    ')}\n`, {
    rules: [image, replicas, placement],
  });
  const { replicas: count, mode } = outcome.service('web');
  return { draft: values({ count, mode }), said: outcome.said, count, mode };
}

test('keeps the number that is stated, 0 included', () => {
  const outcomes = [
    'scale: 2',
    'deploy: {replicas: "3"}',
    'scale: 4; deploy: {replicas: 4}',
    'scale: 0',
    'deploy: {mode: replicated}',
  ].map(web);
  expect(outcomes.map(({ draft, said }) => [draft, said])).toEqual([
    [{ count: 2 }, []],
    [{ count: 3 }, []],
    [{ count: 4 }, []],
    [{ count: 0 }, []],
    [{ mode: 'replicated' }, []],
  ]);
  expect([pathOf(outcomes[0]?.count), pathOf(outcomes[2]?.count), pathOf(outcomes[4]?.mode)]).toEqual([
    'services.web.scale',
    'services.web.deploy.replicas',
    'services.web.deploy.mode',
  ]);
});

test('refuses two different numbers', () => {
  expect(web('scale: 4; deploy: {replicas: 5}').said).toEqual([
    '4:12 error replicas/differs scale is 4, but deploy.replicas is 5',
  ]);
});

test('runs one on each node in a global mode', () => {
  expect(web('scale: 2; deploy: {mode: global, replicas: 2}')).toMatchObject({
    draft: { mode: 'global' },
    said: [
      '4:12 warning replicas/one-per-node scale is not used, because deploy.mode global runs one container on each node',
      '5:20 info replicas/not-on-managers no container runs on tainted control-plane nodes, although the managers of a swarm take part',
      '5:38 warning replicas/one-per-node deploy.replicas is not used, because deploy.mode global runs one container on each node',
    ],
  });
  expect(web('deploy: {mode: global, placement: {constraints: [node.role==worker]}}').said).toEqual([]);
  expect(web('deploy: {mode: global-job}').said).toEqual([
    '4:20 warning replicas/once-per-node the command runs as an init container of a pod on each node, and again whenever that pod is replaced',
  ]);
});

test('says what a number or mode cannot be', () => {
  expect(
    ['scale: -1', 'deploy: {replicas: many}', 'deploy: {mode: everywhere}'].flatMap((keys) => web(keys).said),
  ).toEqual([
    '4:12 error check/type services.web.scale must be a whole number of at least 0, not -1',
    '4:24 error check/type services.web.deploy.replicas must be a whole number of at least 0, not "many"',
    '4:20 error check/type services.web.deploy.mode must be one of replicated, global, replicated-job, global-job, not "everywhere"',
  ]);
});
