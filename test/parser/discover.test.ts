/** Finding the files and the environment of a run. */
import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import { findFiles, sizeLimit } from '../../src/parser/discover.ts';
import type { Input } from '../../src/parser/input.ts';
import { memoryFiles } from '../../src/parser/memory-files.ts';
import { told } from '../support/told.ts';

function find(contents: Readonly<Record<string, string | Uint8Array>>, more: Partial<Input> = {}) {
  const report = new Report();
  const { sources, directory, environment, isComplete } = findFiles(
    {
      files: memoryFiles(contents),
      cwd: '/home/shop',
      composeFiles: [],
      env: { PWD: '/home/shop' },
      envFiles: [],
      profiles: [],
      ...more,
    },
    report,
  );
  const { PWD: _, ...variables } = Object.fromEntries(environment);
  return { files: sources.map(({ name }) => name), directory, variables, isComplete, said: told(report) };
}

const nothing = { files: [], directory: '/home/shop', variables: {}, isComplete: false, said: [] };

test.each([
  [['compose.yaml'], ['compose.yaml'], []],
  [
    ['docker-compose.yml', 'compose.yml'],
    ['compose.yml'],
    ['both compose.yml and docker-compose.yml are here; compose.yml is used'],
  ],
  [['docker-compose.yaml', 'docker-compose.override.yml'], ['docker-compose.yaml', 'docker-compose.override.yml'], []],
  [
    ['compose.yaml', 'compose.override.yaml', 'compose.override.yml'],
    ['compose.yaml', 'compose.override.yml'],
    ['both compose.override.yml and compose.override.yaml are here; compose.override.yml is used'],
  ],
])('finds of %j the files %j', (present, files, words) => {
  const contents = Object.fromEntries(present.map((name) => [`/home/shop/${name}`, 'a: b']));
  const said = words.map((text) => `- info files/two-files ${text}`);
  expect(find(contents)).toEqual({ ...nothing, files, isComplete: true, said });
});

test('looks in the folders above, and leaves override files of other folders', () => {
  const contents = { '/home/compose.yaml': 'a: b', '/home/shop/compose.override.yaml': 'c: d' };
  expect(find(contents)).toEqual({ ...nothing, files: ['/home/compose.yaml'], directory: '/home', isComplete: true });
});

test('says when there is no file at all', () => {
  const words =
    'no compose.yaml, compose.yml, docker-compose.yaml or docker-compose.yml in /home/shop or any folder above it';
  expect(find({})).toEqual({ ...nothing, said: [`- error files/no-file ${words}`] });
});

test('takes the files that are named, in their order, and the folder of the first', () => {
  const contents = { '/home/shop/deploy/a.yaml': 'a: b', '/etc/b.yaml': 'c: d', '/home/shop/compose.yaml': 'e: f' };
  expect(find(contents, { composeFiles: ['deploy/a.yaml', '/etc/b.yaml'] })).toEqual({
    ...nothing,
    files: ['deploy/a.yaml', '/etc/b.yaml'],
    directory: '/home/shop/deploy',
    isComplete: true,
  });
});

test('takes the project folder that is given, for discovery too', () => {
  const contents = { '/srv/app/compose.yaml': 'a: b', '/srv/app/.env': 'A=1', '/home/shop/x.yaml': 'c: d' };
  expect(find(contents, { projectDirectory: '../../srv/app' })).toEqual({
    ...nothing,
    files: ['/srv/app/compose.yaml'],
    directory: '/srv/app',
    variables: { A: '1' },
    isComplete: true,
  });
  expect(find(contents, { projectDirectory: '/srv/app', composeFiles: ['x.yaml'] })).toMatchObject({
    files: ['x.yaml'],
    directory: '/srv/app',
  });
});

test('takes COMPOSE_FILE of the shell or of .env, with its separator', () => {
  const contents = {
    '/home/shop/a.yaml': 'a: b',
    '/home/shop/sub/b.yaml': 'c: d',
    '/home/shop/.env': 'COMPOSE_FILE=a.yaml',
  };
  expect(find(contents).files).toEqual(['a.yaml']);
  expect(find(contents, { env: { COMPOSE_FILE: 'sub/b.yaml:a.yaml' } }).files).toEqual(['sub/b.yaml', 'a.yaml']);
  expect(find(contents, { env: { COMPOSE_FILE: 'sub/b.yaml, a.yaml', COMPOSE_PATH_SEPARATOR: ',' } }).files).toEqual([
    'sub/b.yaml',
    'a.yaml',
  ]);
  expect(find(contents, { composeFiles: ['sub/b.yaml'] }).files).toEqual(['sub/b.yaml']);
});

test('reads .env of the current folder before that of the project folder, and the shell before both', () => {
  const contents = {
    '/home/shop/.env': 'COMPOSE_FILE=sub/a.yaml\nA=current\nB=current',
    '/home/shop/sub/.env': 'A=project\nC=project\nD=project\nE=$A',
    '/home/shop/sub/a.yaml': 'a: b',
  };
  expect(find(contents, { env: { D: 'shell' } })).toEqual({
    ...nothing,
    files: ['sub/a.yaml'],
    directory: '/home/shop/sub',
    variables: { COMPOSE_FILE: 'sub/a.yaml', A: 'current', B: 'current', C: 'project', D: 'shell', E: 'current' },
    isComplete: true,
  });
});

test('reads the env files that are named in place of .env, later ones over earlier ones', () => {
  const contents = {
    '/home/shop/compose.yaml': 'a: b',
    '/home/shop/.env': 'A=dotenv',
    '/home/shop/one.env': 'A=one\nB=one',
    '/home/shop/two.env': 'B=two\nC=$A\nSHELL_SET\nNOT_SET',
  };
  const variables = { A: 'one', B: 'two', C: 'one', SHELL_SET: 'x' };
  expect(find(contents, { env: { SHELL_SET: 'x' }, envFiles: ['one.env', 'two.env'] }).variables).toEqual(variables);
  const fromShell = find(contents, { env: { SHELL_SET: 'x', COMPOSE_ENV_FILES: 'one.env,two.env' } }).variables;
  expect(fromShell).toEqual({ ...variables, COMPOSE_ENV_FILES: 'one.env,two.env' });
});

test('knows the current folder as PWD where the shell does not say it', () => {
  const report = new Report();
  const input = {
    files: memoryFiles({}),
    cwd: '/x',
    composeFiles: ['-'],
    env: {},
    envFiles: [],
    profiles: [],
    stdin: 'a: b',
  };
  expect(findFiles(input, report).environment).toEqual(new Map([['PWD', '/x']]));
});

test.each([
  ['1', {}],
  ['true', {}],
  ['0', { A: '1' }],
  ['False', { A: '1' }],
])('heeds COMPOSE_DISABLE_ENV_FILE=%s', (value, variables) => {
  const contents = { '/home/shop/compose.yaml': 'a: b', '/home/shop/.env': 'A=1' };
  const { COMPOSE_DISABLE_ENV_FILE: _, ...found } = find(contents, { env: { COMPOSE_DISABLE_ENV_FILE: value } })
    .variables as Record<string, string>;
  expect(found).toEqual(variables);
});

test('tells what is wrong with the environment', () => {
  const contents = { '/home/shop/compose.yaml': 'a: b', '/home/shop/.env': 'A B=1\nC=$NOPE\nTOKEN="x' };
  expect(find(contents, { env: { COMPOSE_DISABLE_ENV_FILE: 'maybe' } })).toMatchObject({
    isComplete: false,
    said: [
      '- error files/not-a-boolean the variable COMPOSE_DISABLE_ENV_FILE must be true or false, not "maybe"',
      '.env:1:2 error files/env-file-syntax a variable name cannot contain a space',
      '.env:2:1 warning files/env-file-unset the value of C refers to a variable that is not set; an empty text is used',
      '.env:3:7 error files/env-file-syntax the double quote that opens here is never closed',
    ],
  });
  expect(find({ '/home/shop/compose.yaml': 'a: b' }, { envFiles: ['none.env', '.'] }).said).toEqual([
    '- error files/env-file-missing the env file none.env cannot be read: no such file',
    '- error files/env-file-missing the env file . cannot be read: is a directory',
  ]);
  expect(find({ '/home/shop/compose.yaml': 'a: b', '/home/shop/.env': Uint8Array.of(65, 61, 0xff) }).said).toEqual([
    '.env:1:3 error files/not-text .env is not UTF-8 text',
  ]);
});

test('leaves a folder named .env alone', () => {
  expect(find({ '/home/shop/compose.yaml': 'a: b', '/home/shop/.env/x': 'A=1' })).toMatchObject({
    variables: {},
    said: [],
  });
});

test('tells what is wrong with the files', () => {
  const contents = {
    '/home/shop/huge.yaml': new Uint8Array(sizeLimit + 1),
    '/home/shop/control.yaml': 'a: \u0000',
    '/home/shop/folder/x': '',
  };
  const composeFiles = ['none.yaml', 'folder', 'huge.yaml', 'control.yaml'];
  expect(find(contents, { composeFiles })).toEqual({
    ...nothing,
    said: [
      '- error files/too-large huge.yaml is too large: 9 MB, and no Compose file needs more than 8 MB',
      '- error files/unreadable none.yaml cannot be read: no such file',
      '- error files/unreadable folder cannot be read: is a directory',
      'control.yaml:1:4 error files/control the control character U+0000 cannot stand in a file of this kind',
    ],
  });
});

test('reads standard input', () => {
  expect(find({}, { composeFiles: ['-'], stdin: '\uFEFFa: b\n' })).toEqual({
    ...nothing,
    files: ['-'],
    isComplete: true,
  });
  const report = new Report();
  const input = { files: memoryFiles({}), cwd: '/x', composeFiles: ['-'], env: {}, envFiles: [], profiles: [] };
  const stdin = new TextEncoder().encode('\uFEFFa: b\r');
  expect(findFiles({ ...input, stdin }, report).sources).toEqual([{ name: '-', text: 'a: b\n' }]);
});

test.each([[undefined], [''], [' \n']])('says when nothing came in on standard input', (stdin) => {
  expect(find({}, { composeFiles: ['-'], stdin })).toEqual({
    ...nothing,
    said: ['- error files/no-stdin nothing came in on standard input'],
  });
});

test('refuses a standard input that is too large', () => {
  expect(find({}, { composeFiles: ['-'], stdin: 'a'.repeat(sizeLimit + 1) }).said).toEqual([
    '- error files/too-large standard input is too large: 9 MB, and no Compose file needs more than 8 MB',
  ]);
});
