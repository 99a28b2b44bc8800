import { expect, test } from 'vitest';
import type { BuildDraft } from '../../src/model/facts.ts';
import { developmentOverlay, type Overlay } from '../../src/passes/find-development.ts';
import { readDockerfile } from '../../src/passes/read-dockerfile.ts';
import { at, type Entry, filesOf, from } from '../support/draft.ts';

const build: BuildDraft = {
  context: at('/shop/web'),
  isRemote: false,
  dockerfile: undefined,
  dockerfileInline: undefined,
  target: undefined,
  args: [],
  origin: from('services', 'web', 'build'),
};

/** What becomes of a mount beside a Dockerfile; none lies there when it is undefined. */
function overlay(
  source: string,
  target: string,
  dockerfile: string | undefined,
  isReadOnly = false,
  more: Record<string, Entry> = {},
) {
  const files = filesOf({
    '/shop/web/src/index.js': 'x',
    '/shop/web/lib/a.js': 'x',
    ...(dockerfile !== undefined && { '/shop/web/Dockerfile': dockerfile }),
    ...more,
  });
  const asked: Overlay = { source, target, isReadOnly };
  return developmentOverlay(asked, build, () => readDockerfile(build, files), files);
}

const all = 'FROM node\nWORKDIR /app\nCOPY . .';

test.each([
  ['the context where the image has it', '/shop/web', '/app', all, 'covered'],
  ['the context elsewhere', '/shop/web', '/srv', all, 'uncovered'],
  ['the context of which the image has a part', '/shop/web', '/app', 'FROM a\nCOPY src /app/src', 'covered'],
  ['a folder of the context that is copied with it', '/shop/web/src', '/app/src', all, 'covered'],
  ['a folder of the context that is copied by itself', '/shop/web/src', '/x', 'FROM a\nCOPY src /x', 'covered'],
  ['a folder that no COPY is about', '/shop/web/lib', '/app/lib', 'FROM a\nCOPY src /app/src', 'uncovered'],
  ['a folder above the context', '/shop', '/work', 'FROM a\nCOPY . /work/web', 'covered'],
  ['a folder above the context that lies elsewhere', '/shop', '/work', all, 'uncovered'],
  ['a Dockerfile that is not there', '/shop/web', '/app', undefined, 'covered'],
])('a writable mount of %s is an overlay', (_name, source, target, dockerfile, outcome) => {
  expect(overlay(source, target, dockerfile)).toBe(outcome);
});

test.each([
  ['all of it is in the image', '/shop/web/src', '/app/src', all, 'covered'],
  ['a part of it is in the image', '/shop/web', '/app', 'FROM a\nCOPY src /app/src', undefined],
  ['a pattern copies some of it', '/shop/web', '/app', 'FROM a\nCOPY *.js /app/', undefined],
  ['it lies above the context', '/shop', '/work', 'FROM a\nCOPY . /work/web', undefined],
  ['the image has it elsewhere', '/shop/web/src', '/etc/src', all, undefined],
  ['the Dockerfile cannot be read', '/shop/web/src', '/app/src', undefined, undefined],
])(
  'a read-only mount is an overlay only if the image holds all of it: %s',
  (_name, source, target, dockerfile, outcome) => {
    expect(overlay(source, target, dockerfile, true)).toBe(outcome);
  },
);

test('a folder beside the context, a file, and a remote or missing build are no overlays', () => {
  expect(overlay('/shop/other', '/app', all, false, { '/shop/other/x': '' })).toBeUndefined();
  expect(overlay('/shop/web/src/index.js', '/app/src/index.js', all)).toBeUndefined();
  const asked: Overlay = { source: '/shop/web', target: '/app', isReadOnly: false };
  expect(developmentOverlay(asked, { ...build, isRemote: true }, () => undefined, filesOf({}))).toBeUndefined();
  expect(developmentOverlay(asked, undefined, () => undefined, filesOf({}))).toBeUndefined();
});

test('a missing or empty folder has nothing to lay over, unless it is the context itself', () => {
  const empty = { '/shop/web/empty': { kind: 'directory' } } as const;
  expect(overlay('/shop/web/data', '/data', all)).toBeUndefined();
  expect(overlay('/shop/web/empty', '/data', all, false, empty)).toBeUndefined();
  const nothing = filesOf({});
  for (const source of ['/shop/web', '/shop'])
    expect(developmentOverlay({ source, target: '/app', isReadOnly: false }, build, () => undefined, nothing)).toBe(
      'covered',
    );
});
