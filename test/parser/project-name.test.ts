/** The name of the project. */
import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { projectName } from '../../src/parser/project-name.ts';
import { told, treeOf } from '../support/told.ts';

interface Given {
  readonly flag?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

function name(texts: readonly string[], { flag, env = {}, directory = '/home/My Shop' }: Given = {}) {
  const report = new Report();
  const found = { environment: new Map(Object.entries(env)), directory };
  const documents = texts.map((text) => treeOf(text));
  const { value, origin } = projectName(flag, found, documents, report);
  return { value, path: origin.path, said: told(report) };
}

test.each<[readonly string[], Given, string, readonly string[]]>([
  [['a: b'], {}, 'myshop', []],
  [['a: b'], { directory: '/x/_-Up.2' }, 'up2', []],
  [['name: one'], {}, 'one', ['name']],
  [['name: One Two!'], {}, 'onetwo', ['name']],
  [['name: one', 'name: two', 'a: b'], {}, 'two', ['name']],
  [['name: one', 'name: ""'], {}, 'one', ['name']],
  [['name: ""'], {}, 'myshop', []],
  [['name: 5'], {}, 'myshop', []],
  [['name: ${STAGE:-dev}-shop'], { env: { STAGE: 'live' } }, 'live-shop', ['name']],
  [['name: one'], { env: { COMPOSE_PROJECT_NAME: 'env' } }, 'env', []],
  [['name: one'], { env: { COMPOSE_PROJECT_NAME: '' } }, 'one', ['name']],
  [['name: one'], { env: { COMPOSE_PROJECT_NAME: 'env' }, flag: 'flag' }, 'flag', []],
])('of %j and %j makes %j', (texts, given, value, path) => {
  expect(name(texts, given)).toEqual({ value, path, said: [] });
});

test.each<[readonly string[], Given, string]>([
  [[], { flag: 'Not Valid' }, '- error name/invalid "Not Valid" is not a project name'],
  [[], { flag: '-a' }, '- error name/invalid "-a" is not a project name'],
  [[], { env: { COMPOSE_PROJECT_NAME: 'A' } }, '- error name/invalid "A" is not a project name'],
  [['name: "!!"'], {}, 's:1:7 error name/invalid "!!" is not a project name'],
  [['name: $NOPE'], {}, 's:1:7 error name/invalid "" is not a project name'],
  [['a: b'], { directory: '/___' }, '- error name/empty no project name can be made from the folder "___"'],
])('refuses of %j and %j the name', (texts, given, expected) => {
  expect(name(texts, given).said).toEqual([expected]);
});

test('asks for no name where no file could be read', () => {
  expect(name([], { directory: '/___' })).toEqual({ value: 'default', path: [], said: [] });
});
