import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { rollout } from '../../src/attributes/rollout.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(text: string) {
  const outcome = given(`services:\n  web:\n    image: a\n    deploy: {${text}}\n`, { rules: [image, rollout] });
  const { update } = outcome.service('web');
  return { update, draft: values(update), said: outcome.said };
}

test("takes Swarm's defaults once an update is configured", () => {
  expect(web('update_config: {}')).toMatchObject({ draft: { parallelism: 1, order: 'stop-first' }, said: [] });
  expect(web('').draft).toBeUndefined();
});

test('keeps batch, order and the longer of the two times in whole seconds', () => {
  const { draft, update, said } = web(
    'update_config: {parallelism: 2, order: start-first, delay: 1500ms, monitor: 1s}',
  );
  expect([draft, said]).toEqual([{ parallelism: 2, order: 'start-first', settle: 2 }, []]);
  expect([pathOf(update?.parallelism), pathOf(update?.settle)]).toEqual([
    'services.web.deploy.update_config.parallelism',
    'services.web.deploy.update_config.delay',
  ]);
  const monitored = web('update_config: {parallelism: 0, delay: 10s, monitor: 1m30s}').update;
  expect([values(monitored), pathOf(monitored?.settle)]).toEqual([
    { parallelism: 0, order: 'stop-first', settle: 90 },
    'services.web.deploy.update_config.monitor',
  ]);
  expect(web('update_config: {delay: 0s}').draft).toEqual({ parallelism: 1, order: 'stop-first' });
});

test('tells who rolls back', () => {
  expect(
    ['pause', 'continue', 'rollback'].flatMap(
      (action) => web(`update_config: {failure_action: ${action}, max_failure_ratio: 0}`).said,
    ),
  ).toEqual([
    '4:46 warning rollout/rolled-back-by-others a cluster does not roll a failed update back by itself; it stops, and the old pods stay',
  ]);
});

test('tells where a rollback was to differ from an update', () => {
  const both = 'update_config: {parallelism: 2, delay: 10s, order: start-first}, rollback_config:';
  expect(web(`${both} {parallelism: 2, delay: 10000ms, order: start-first, max_failure_ratio: 0}`).said).toEqual([]);
  expect(web(`${both} {parallelism: 0, delay: 5s, order: stop-first}`).said).toEqual([
    '4:110 warning rollout/rollback-differs a rollback proceeds like any update, with parallelism 2 instead of 0',
    '4:120 warning rollout/rollback-differs a rollback proceeds like any update, with delay 10s instead of 5s',
    '4:131 warning rollout/rollback-differs a rollback proceeds like any update, with order start-first instead of stop-first',
  ]);
  expect(web('rollback_config: {parallelism: 1}').said).toEqual([
    '4:45 warning rollout/rollback-differs a rollback proceeds like any update, with parallelism as Kubernetes has it instead of 1',
  ]);
});

test('says what an update cannot be', () => {
  const texts = [
    'update_config: {order: random}',
    'update_config: {failure_action: panic}',
    'rollback_config: {failure_action: rollback}',
    'update_config: {parallelism: -1}',
    'update_config: {delay: 5}',
  ];
  expect(texts.flatMap((text) => web(text).said)).toEqual([
    '4:37 error check/type services.web.deploy.update_config.order must be start-first or stop-first, not "random"',
    '4:46 error check/type services.web.deploy.update_config.failure_action must be one of continue, rollback, pause, not "panic"',
    '4:48 error check/type services.web.deploy.rollback_config.failure_action must be continue or pause, not "rollback"',
    '4:43 error check/type services.web.deploy.update_config.parallelism must be a whole number of at least 0, not -1',
    '4:37 error check/type services.web.deploy.update_config.delay must be a duration such as 30s or 1m30s, not 5',
  ]);
});
