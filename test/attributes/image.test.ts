import { expect, test } from 'vitest';
import { build } from '../../src/attributes/build.ts';
import { image } from '../../src/attributes/image.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string) {
  const outcome = given(`services:\n  web:\n${keys}`, { rules: [image, build] });
  const { image: name, pullPolicy, platform } = outcome.service('web');
  return { draft: values({ image: name, pullPolicy, platform }), said: outcome.said, name, pullPolicy, platform };
}

test('copies the name of an image', () => {
  const { name, draft, said } = web('    image: ghcr.io/team/web:1.4\n');
  expect(draft).toEqual({ image: 'ghcr.io/team/web:1.4' });
  expect(pathOf(name)).toBe('services.web.image');
  expect(said).toEqual([]);
});

test('takes every kind of image reference', () => {
  const digest = `sha256:${'0f'.repeat(32)}`;
  const names = [
    'redis',
    'team/web',
    'localhost:5000/team/web:1',
    '[::1]:5000/web',
    'r.example.com/a__b/c--d.e:T_a.g-1',
    `web@${digest}`,
    `web:1@${digest}`,
    'Registry.Example.com/web',
  ];
  expect(names.map((name) => web(`    image: "${name}"\n`).said)).toEqual(names.map(() => []));
});

test('refuses what is no image reference', () => {
  const said = ['', 'Web', 'web:', 'web :1', 'a//b', `sha256:${'a'.repeat(64)}`, 'b'.repeat(64)].map(
    (name) => web(`    image: "${name}"\n`).said,
  );
  expect(said.flat()).toEqual([
    '3:12 error image/not-an-image "" is not the name of an image',
    '3:12 error image/not-an-image "Web" is not the name of an image',
    '3:12 error image/not-an-image "web:" is not the name of an image',
    '3:12 error image/not-an-image "web :1" is not the name of an image',
    '3:12 error image/not-an-image "a//b" is not the name of an image',
    `3:12 error image/not-an-image "sha256:${'a'.repeat(64)}" is not the name of an image`,
    `3:12 error image/not-an-image "${'b'.repeat(64)}" is not the name of an image`,
  ]);
});

test('reads long hostile names through', () => {
  const name = `${'a-'.repeat(5000)}!`;
  expect(web(`    image: "${name}"\n`).name?.value).toBe(name);
});

test('renames the pull policies that Kubernetes has', () => {
  const policy = (name: string, imageName = 'web:1') =>
    values(web(`    image: ${imageName}\n    pull_policy: ${name}\n`).pullPolicy);
  expect([
    policy('always'),
    policy('never'),
    policy('missing'),
    policy('if_not_present'),
    policy('missing', 'web'),
    policy('missing', 'r:5000/web:latest'),
    policy('missing', 'r:5000/web'),
    policy('missing', 'r:5000/web:1'),
    policy('build'),
    policy('daily'),
    policy('weekly'),
    policy('every_12h'),
    policy('refresh'),
  ]).toEqual([
    'Always',
    'Never',
    'IfNotPresent',
    'IfNotPresent',
    undefined,
    undefined,
    undefined,
    'IfNotPresent',
    undefined,
    'Always',
    'Always',
    'Always',
    'Always',
  ]);
});

test('keeps missing for a digest', () => {
  const name = `web@sha256:${'0f'.repeat(32)}`;
  expect(values(web(`    image: "${name}"\n    pull_policy: missing\n`).pullPolicy)).toBe('IfNotPresent');
});

test('keeps missing for an image that is built and has no name yet', () => {
  expect(values(web('    build: .\n    pull_policy: missing\n').pullPolicy)).toBe('IfNotPresent');
});

test('says what a pull policy cannot do', () => {
  const said = (name: string) => web(`    image: web:1\n    pull_policy: ${name}\n`).said;
  expect([...said('always'), ...said('missing')]).toEqual([]);
  expect([...said('never'), ...said('build'), ...said('every_12h'), ...said('allways'), ...said('every_day')]).toEqual([
    '4:18 warning image/never-pulled the image is never pulled, so it must already be on every node that may run the service',
    '4:18 warning image/built-by-others pull_policy: build builds nothing, since a cluster cannot build the image',
    '4:18 warning image/pulled-at-start pull_policy: every_12h checks for a newer image at each container start, and never while it runs',
    '4:18 error image/pull-policy "allways" is not a pull policy',
    '4:18 error image/pull-policy "every_day" is not a pull policy',
  ]);
});

test('tells that nothing refreshes an image by time', () => {
  expect(web('    image: web:1\n    pull_policy: refresh\n    pull_refresh_after: 36h\n').said).toEqual([
    '4:18 warning image/pulled-at-start pull_policy: refresh checks for a newer image at each container start, and never while it runs',
    '5:25 warning image/no-timer the image is checked at each container start instead of every 36h0m0s',
  ]);
  expect(web('    image: web:1\n    pull_refresh_after: 36h\n').said).toEqual([
    '4:25 info image/no-refresh pull_refresh_after says nothing without pull_policy: refresh',
  ]);
});

test('reads platforms in all their spellings', () => {
  const platform = (text: string) => values(web(`    image: web:1\n    platform: ${text}\n`).platform);
  expect(
    ['linux/amd64', 'Linux/x86_64', 'linux/aarch64', 'linux/arm64/v8', 'linux', 'arm64', 'windows/amd64', 'armhf'].map(
      platform,
    ),
  ).toEqual([
    { os: 'linux', arch: 'amd64' },
    { os: 'linux', arch: 'amd64' },
    { os: 'linux', arch: 'arm64' },
    { os: 'linux', arch: 'arm64' },
    { os: 'linux' },
    { arch: 'arm64' },
    { os: 'windows', arch: 'amd64' },
    { arch: 'arm' },
  ]);
});

test('tells of variants that nodes do not show, and of what is no platform', () => {
  const said = (text: string) => web(`    image: web:1\n    platform: ${text}\n`).said;
  expect(said('linux/arm64/v8')).toEqual([]);
  expect(['linux/arm/v7', 'linux/armel', 'linux/amd64/v3', 'linux/pdp11', 'amiga', 'a/b/c/d'].flatMap(said)).toEqual([
    '4:15 warning image/variant nodes do not tell the variants of arm apart, so linux/arm/v7 may run on any arm node',
    '4:15 warning image/variant nodes do not tell the variants of arm apart, so linux/armel may run on any arm node',
    '4:15 warning image/variant nodes do not tell the variants of amd64 apart, so linux/amd64/v3 may run on any amd64 node',
    '4:15 error image/platform "linux/pdp11" is not a platform',
    '4:15 error image/platform "amiga" is not a platform',
    '4:15 error image/platform "a/b/c/d" is not a platform',
  ]);
});
