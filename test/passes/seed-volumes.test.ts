import { expect, test } from 'vitest';
import { bareContainer } from '../../src/passes/bare-container.ts';
import { seedContainer } from '../../src/passes/seed-volumes.ts';
import { at, from } from '../support/draft.ts';
import { container, security } from '../support/plan.ts';

const mount = { volume: 'data', path: at("/srv/it's", 'p'), subPath: 'data', isReadOnly: at(true), origin: from('m') };

test('a seed copies what the image has, as its own user, into a claim that is empty', () => {
  const own = container({
    name: at('web', 'n'),
    image: at('nginx:1', 'i'),
    pullPolicy: at('Always'),
    security: security({ runAsUser: 5 }),
  });
  const target = "'/srv/it'\\''s'";
  expect(seedContainer(own, mount)).toEqual({
    ...bareContainer('seed-data-web', at('nginx:1', 'i'), from('m')),
    pullPolicy: at('Always'),
    command: [
      ...['sh', '-c'],
      `[ -n "$(ls -A /longshore-seed)" ] || [ ! -d ${target} ] || cp -a ${target}/. /longshore-seed`,
    ],
    security: security({ runAsUser: 5 }),
    mounts: [{ ...mount, path: '/longshore-seed', isReadOnly: undefined }],
  });
});

test('plain names and paths do as well', () => {
  const seed = seedContainer(container({ name: 'web' }), { ...mount, path: '/data' });
  expect([seed.name, seed.command?.[2]]).toEqual([
    'seed-data-web',
    `[ -n "$(ls -A /longshore-seed)" ] || [ ! -d '/data' ] || cp -a '/data'/. /longshore-seed`,
  ]);
});
