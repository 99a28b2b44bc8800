import { expect, test } from 'vitest';
import { build } from '../../src/attributes/build.ts';
import { image } from '../../src/attributes/image.ts';
import { type Given, given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string, more: Given = {}) {
  const outcome = given(`services:\n  web:\n    image: a\n${keys}`, { rules: [image, build], ...more });
  const { build: built } = outcome.service('web');
  return { built, said: outcome.said };
}

const outside = (place: string, context: string) =>
  `${place} warning build/outside the image is not built here: build it from ${context} and push it before applying`;

test('takes a text as the context', () => {
  const { built, said } = web('    build: ./web\n');
  expect(values(built)).toEqual({ context: '/project/web', isRemote: false, args: [] });
  expect(pathOf(built?.context)).toBe('services.web.build.context');
  expect(said).toEqual([outside('4:5', './web')]);
});

test('delivers what a build plan needs', () => {
  const { built, said } = web(
    `    build:
      context: ../web
      dockerfile: docker/Dockerfile
      target: prod
      args: {VERSION: 1.4, DEBUG: true, FROM_ENV: , NOWHERE: }
`,
    { env: { FROM_ENV: 'yes' } },
  );
  expect(values(built)).toEqual({
    context: '/web',
    isRemote: false,
    dockerfile: 'docker/Dockerfile',
    target: 'prod',
    args: [
      { name: 'VERSION', value: '1.4' },
      { name: 'DEBUG', value: 'true' },
      { name: 'FROM_ENV', value: 'yes' },
    ],
  });
  expect(pathOf(built?.args[2]?.value)).toBe('services.web.build.args.FROM_ENV');
  expect(said).toEqual([
    outside(
      '4:5',
      '../web with dockerfile docker/Dockerfile, target prod, arguments VERSION, DEBUG, FROM_ENV, NOWHERE',
    ),
  ]);
});

test('reads arguments from a list, and takes the project folder when no context is given', () => {
  const { built, said } = web('    build: {args: [A=1, B=x=y], dockerfile_inline: FROM a}\n');
  expect(said).toEqual([outside('4:5', '. with the inline dockerfile, arguments A, B')]);
  expect(values(built)).toEqual({
    context: '/project',
    isRemote: false,
    dockerfileInline: 'FROM a',
    args: [
      { name: 'A', value: '1' },
      { name: 'B', value: 'x=y' },
    ],
  });
});

test('leaves remote contexts as they are written', () => {
  const contexts = [
    'https://example.com/a.git#b',
    'github.com/a/b',
    'git@example.com:a/b',
    'docker-image://a',
    'service:base',
  ];
  expect(contexts.map((context) => values(web(`    build: "${context}"\n`).built?.context))).toEqual(contexts);
  expect(web('    build: git@example.com:a/b\n').built?.isRemote).toBe(true);
});

test('resolves the home folder', () => {
  expect(values(web('    build: ~/web\n', { env: { HOME: '/home/me' } }).built?.context)).toBe('/home/me/web');
  expect(values(web('    build: ~/web\n').built?.context)).toBe('/project/~/web');
});

test('takes every key in each of its forms', () => {
  const keys = `    build:
      ssh: [default, key=./id]
      labels: [a=b, bare]
      additional_contexts: [shared=../shared]
      no_cache_filter: prod
      extra_hosts: ["mirror:10.0.0.9", "mirror=10.0.0.10", "six=::1"]
      ulimits: {nproc: 1024, nofile: {soft: 1, hard: -1}}
      shm_size: 128m
      platforms: [linux/amd64]
      provenance: mode=max
      sbom: true
      privileged: "true"
`;
  expect(web(keys).said).toEqual([outside('4:5', '.')]);
  expect(web('    build: {args: {A: 1}}\n').said).toEqual([outside('4:5', '. with argument A')]);
  expect(
    web('    build: {extra_hosts: {mirror: 10.0.0.9, two: [10.0.0.1, 10.0.0.2]}, ssh: {default: }}\n').said,
  ).toEqual([outside('4:5', '.')]);
});

test('tells which keys the build plan leaves out, when there is one', () => {
  const { said } = web('    build: {context: ., target: prod, pull: true, tags: [b], labels: {a: b}}\n', {
    options: { buildPlan: true },
  });
  expect(said).toEqual([
    outside('4:5', '. with target prod'),
    '4:45 warning build/not-in-plan build.pull is not written into the build plan yet',
    '4:58 warning build/not-in-plan build.tags[0] is not written into the build plan yet',
    '4:74 warning build/not-in-plan build.labels.a is not written into the build plan yet',
  ]);
});

test('says what a build cannot be', () => {
  const said = (keys: string) => web(`    build: {${keys}}\n`).said.filter((one) => one.includes('error'));
  expect(
    [
      'dockerfile: a, dockerfile_inline: b',
      'secrets: [tokn]',
      'additional_contexts: {base: "service:bas"}',
      'ssh: [key]',
      'extra_hosts: [mirror]',
      'extra_hosts: [[mirror]]',
      'contxt: .',
      'ulimits: {nofile: {soft: 1}}',
      'no_cache: maybe',
    ].flatMap(said),
  ).toEqual([
    '4:47 error build/two-dockerfiles dockerfile_inline and dockerfile exclude each other',
    '4:23 error build/unknown-secret the build secret "tokn" is not declared',
    '4:41 error build/unknown-service the build context service:bas names no service of this project',
    '4:19 error build/ssh-key the ssh key "key" has no path',
    '4:27 error build/form services.web.build.extra_hosts takes items of the form HOST=ADDRESS, not text',
    '4:27 error build/form services.web.build.extra_hosts takes items of the form HOST=ADDRESS, not a list',
    '4:13 error check/unknown-key unknown attribute "contxt" in services.web.build',
    '4:31 error check/type services.web.build.ulimits.nofile.hard is required',
    '4:23 error check/type services.web.build.no_cache must be true or false, not "maybe"',
  ]);
});

test('names an empty key that the build plan leaves out', () => {
  expect(web('    build: {tags: []}\n', { options: { buildPlan: true } }).said[1]).toBe(
    '4:13 warning build/not-in-plan build.tags is not written into the build plan yet',
  );
});

test('accepts secrets and contexts that exist', () => {
  const yaml = 'services: {web: {image: a, build: {additional_contexts: {base: "service:web", other: ./x}}}}';
  expect(given(yaml, { rules: [image, build] }).said).toHaveLength(1);
});

test('merges a text and a mapping of two files', () => {
  const outcome = given('services: {web: {build: ./web}}\n---\nservices: {web: {build: {target: prod}}}\n', {
    rules: [build],
  });
  expect(values(outcome.service('web').build)).toEqual({
    context: '/project/web',
    isRemote: false,
    target: 'prod',
    args: [],
  });
});
