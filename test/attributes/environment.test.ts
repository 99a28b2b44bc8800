import { expect, test } from 'vitest';
import { environment } from '../../src/attributes/environment.ts';
import { image } from '../../src/attributes/image.ts';
import { spanText } from '../../src/kernel/source.ts';
import { type Given, given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string, more: Given = {}) {
  const text = `services:\n  web:\n    image: a\n${keys}\n  db: {image: b}\n`;
  const outcome = given(text, { rules: [image, environment], entries: [], ...more });
  const entries = outcome.service('web').environment;
  return { entries, said: outcome.said, pairs: entries?.map(({ name, value }) => `${name}=${value.value}`) };
}

test('says nothing about a service without variables', () => {
  expect(web('')).toEqual({ entries: undefined, said: [], pairs: undefined });
});

test('reads a mapping and keeps its order', () => {
  const { entries, said } = web('    environment: {B: text, A: 1, C: true, D: 1.5, E: "", F: "a=b"}');
  expect(values(entries)).toEqual([
    { name: 'B', value: 'text', from: 'inline' },
    { name: 'A', value: '1', from: 'inline' },
    { name: 'C', value: 'true', from: 'inline' },
    { name: 'D', value: '1.5', from: 'inline' },
    { name: 'E', value: '', from: 'inline' },
    { name: 'F', value: 'a=b', from: 'inline' },
  ]);
  expect(pathOf(entries?.[1]?.value)).toBe('services.web.environment.A');
  expect(said).toEqual([]);
});

test('keeps the order and the names that JavaScript objects cannot keep', () => {
  expect(web('    environment: {B: b, "10": c, "2": d, __proto__: e, A: f}').pairs).toEqual([
    'B=b',
    '10=c',
    '2=d',
    '__proto__=e',
    'A=f',
  ]);
  expect(web('    environment: [__proto__=a, "1=b"]').pairs).toEqual(['__proto__=a', '1=b']);
});

test('tells that nobody reads VIRTUAL_HOST in a cluster', () => {
  expect(web('    environment: {VIRTUAL_HOST: a.example.com}')).toMatchObject({
    pairs: ['VIRTUAL_HOST=a.example.com'],
    said: [
      '4:33 info environment/virtual-host VIRTUAL_HOST is read by nginx-proxy, which asks a container engine for it: no Ingress is made for a.example.com',
    ],
  });
  expect(web('    environment: {VIRTUAL_HOST: ""}').said).toEqual([]);
});

test('reads a list, where a later entry of a name wins', () => {
  expect(web('    environment: [A=1, B=x=y, A=2, C=]').pairs).toEqual(['A=2', 'B=x=y', 'C=']);
});

test('tells of numbers whose text YAML changes', () => {
  const { pairs, said } = web('    environment: {VERSION: 3.10, MODE: 0644, PLAIN: 10, QUOTED: "3.10"}');
  expect(pairs).toEqual(['VERSION=3.1', 'MODE=420', 'PLAIN=10', 'QUOTED=3.10']);
  const message = 'this number is not passed as it is written, but as YAML reads it (so does Compose)';
  expect(said).toEqual([
    `4:28 info environment/number-text ${message}`,
    `4:40 info environment/number-text ${message}`,
  ]);
});

test('takes variables without a value from the environment of the run', () => {
  const { pairs, said } = web('    environment: {SET: , EMPTY: , UNSET: }', { env: { SET: 'x', EMPTY: '' } });
  expect(pairs).toEqual(['SET=x', 'EMPTY=']);
  expect(said).toEqual([
    '4:35 info environment/unset UNSET has no value in the environment of this run, so the container does not get it',
  ]);
  expect(web('    environment: [SET]', { env: { SET: 'x' } }).pairs).toEqual(['SET=x']);
});

test('refuses names that no variable can have, without a value in the message', () => {
  expect(web('    environment: {"": hidden, "A ": hidden, "ä": hidden, "A.b-c d": fine}')).toMatchObject({
    pairs: ['A.b-c d=fine'],
    said: [
      '4:23 error environment/name "" cannot be the name of a variable',
      '4:37 error environment/name "A " cannot be the name of a variable',
      '4:50 error environment/name "ä" cannot be the name of a variable',
    ],
  });
});

test('reads env files in order, under the variables of the service', () => {
  const { entries, said } = web('    env_file: [one.env, two.env]\n    environment: {B: inline, D: inline}', {
    files: { 'one.env': 'A=1\nB=1\nC=1\n', 'two.env': 'C=2\nE=2\n' },
  });
  expect(values(entries)).toEqual([
    { name: 'A', value: '1', from: 'file' },
    { name: 'C', value: '2', from: 'file' },
    { name: 'E', value: '2', from: 'file' },
    { name: 'B', value: 'inline', from: 'inline' },
    { name: 'D', value: 'inline', from: 'inline' },
  ]);
  const [first] = entries ?? [];
  expect(pathOf(first?.value)).toBe('services.web.env_file[0].path');
  expect(first?.value.origin.span && spanText(first.value.origin.span)).toBe('one.env:1:1');
  expect(said).toEqual([]);
});

test('removes a variable of an env file that the service names without a value', () => {
  const { pairs, said } = web('    env_file: one.env\n    environment: [A, B]', {
    files: { 'one.env': 'A=1\nB=1\n' },
    env: { B: 'shell' },
  });
  expect(pairs).toEqual(['B=shell']);
  expect(said).toEqual([
    '5:19 info environment/removed A has no value in the environment of this run, which also removes the one of the env file',
  ]);
});

test('looks variables inside env files up in the run, then in the service, then in what was read', () => {
  const files = {
    'one.env': 'RUN=file\nOWN=file\nEARLIER=one\nSEEN=${RUN} ${OWN} ${EARLIER}\n',
    'two.env': 'BEFORE=${EARLIER} ${SEEN}\nSEEN=again\nAFTER=${SEEN}\n',
  };
  const { pairs } = web('    env_file: [one.env, two.env]\n    environment: {OWN: service}', {
    files,
    env: { RUN: 'run' },
  });
  expect(pairs).toEqual(['RUN=file', 'EARLIER=one', 'SEEN=again', 'BEFORE=one ', 'AFTER=again', 'OWN=service']);
});

test('tells which value of an env file refers to a variable that is not set, without a word of it', () => {
  const { pairs, said } = web('    env_file: a.env', {
    files: { 'a.env': `PASS=ab$cd\nQUOTED='ab$cd'\nBOTH="$GIVEN $PASS"\n` },
    env: { GIVEN: 'g' },
  });
  expect(pairs).toEqual(['PASS=ab', 'QUOTED=ab$cd', 'BOTH=g ab']);
  expect(said).toEqual([
    '1:1 warning environment/env-file-unset the value of PASS refers to a variable that is not set; an empty text is used',
  ]);
});

test('takes a lone name in an env file from the environment of the run', () => {
  const { pairs, said } = web('    env_file: one.env', { files: { 'one.env': 'SET\nUNSET\n' }, env: { SET: 'x' } });
  expect([pairs, said]).toEqual([['SET=x'], []]);
});

test('takes a raw env file literally', () => {
  const { pairs } = web('    env_file: [{path: plain.env}, {path: raw.env, format: raw}]', {
    files: { 'plain.env': 'A=1\n', 'raw.env': 'B="${A}" # no comment\n' },
  });
  expect(pairs).toEqual(['A=1', 'B="${A}" # no comment']);
});

test('tells which env file is missing, and whether that matters', () => {
  const { entries, said } = web('    env_file: [gone.env, {path: also-gone.env, required: false}]');
  expect(entries).toBeUndefined();
  expect(said).toEqual([
    '4:16 error environment/missing-file the env file gone.env does not exist',
    '4:33 info environment/no-such-file the env file also-gone.env does not exist and is not required',
  ]);
});

test('finds env files anywhere, and warns of absolute paths', () => {
  const { pairs, said } = web('    env_file: [~/home.env, /etc/shop.env, sub/../plain.env]', {
    files: { '/home/me/home.env': 'A=1', '/etc/shop.env': 'B=2', 'plain.env': 'C=3' },
    env: { HOME: '/home/me' },
  });
  expect(pairs).toEqual(['A=1', 'B=2', 'C=3']);
  expect(said).toEqual([
    '4:28 warning environment/absolute-file the env file /etc/shop.env is an absolute path, which other machines may not have',
  ]);
  expect(web('    env_file: ~/home.env').said).toEqual([
    '4:15 error environment/no-home the env file ~/home.env cannot be found, since HOME is not set',
  ]);
});

test('passes mistakes of env files on with their place', () => {
  const { said } = web('    env_file: [bad.env, dir, names.env]', {
    files: { 'bad.env': 'A=1\nB="open\n', 'dir/x': '', 'names.env': 'a=1' },
  });
  expect(said).toEqual([
    '2:3 error environment/env-file the double quote that opens here is never closed',
    '4:25 error environment/env-file the env file dir cannot be read: is a directory',
  ]);
});

test('does not print what stands in place of a name in an env file', () => {
  const { said } = web('    env_file: [{path: raw.env, format: raw}]', { files: { 'raw.env': 'A=1\nseçret\n' } });
  expect(said).toEqual(['2:1 error environment/env-name this cannot be the name of a variable']);
});

test('joins env files of several files by path', () => {
  const text =
    'services:\n  web:\n    image: a\n    env_file: [one.env, two.env]\n---\nservices:\n  web:\n    env_file: [{path: one.env, required: false}, three.env]\n';
  const { service } = given(text, {
    rules: [image, environment],
    entries: [],
    files: { 'one.env': 'A=1', 'two.env': 'B=2', 'three.env': 'C=3' },
  });
  expect(service('web').environment?.map(({ name }) => name)).toEqual(['A', 'B', 'C']);
});

test('takes Swarm templates apart for who fills them', () => {
  const { entries, said } = web(
    [
      '    environment:',
      '      NODE: "{{.Node.Hostname}}"',
      '      TASK: "a-{{.Task.Name}}-{{.Node.Hostname}}"',
      '      SLOT: "{{.Task.Slot}}"',
      '      NAME: "{{.Service.Name}}-x"',
      '      OTHER: "{{.Node.ID}}"',
      '      MINE: "{{.Names}}"',
    ].join('\n'),
  );
  expect(values(entries)).toEqual([
    { name: 'NODE', value: '{{.Node.Hostname}}', from: 'inline', template: [{ kind: 'node' }] },
    {
      name: 'TASK',
      value: 'a-{{.Task.Name}}-{{.Node.Hostname}}',
      from: 'inline',
      template: [{ kind: 'text', text: 'a-' }, { kind: 'pod' }, { kind: 'text', text: '-' }, { kind: 'node' }],
    },
    { name: 'SLOT', value: '{{.Task.Slot}}', from: 'inline', template: [{ kind: 'slot' }] },
    { name: 'NAME', value: 'web-x', from: 'inline' },
    { name: 'MINE', value: '{{.Names}}', from: 'inline' },
  ]);
  expect(said).toEqual([
    '5:13 warning environment/template each pod fills in {{.Node.Hostname}}, where Swarm does so for each task',
    '6:13 warning environment/template each pod fills in {{.Task.Name}} and {{.Node.Hostname}}, where Swarm does so for each task',
    '7:13 warning environment/slot {{.Task.Slot}} is the number of the pod, which counts from 0, while slots count from 1',
    '8:13 warning environment/service-name {{.Service.Name}} becomes web, without the name of the stack',
    '9:14 error environment/unknown-template no pod knows the value of {{.Node.ID}}',
  ]);
});

test('warns of names that only Swarm resolves', () => {
  const { pairs, said } = web('    environment: {A: tasks.db, B: "http://tasks.db:80", C: tasks.other, D: mytasks.db}');
  expect(pairs).toEqual(['A=tasks.db', 'B=http://tasks.db:80', 'C=tasks.other', 'D=mytasks.db']);
  expect(said).toEqual([
    '4:22 warning environment/tasks tasks.db is a name that only Swarm resolves',
    '4:35 warning environment/tasks tasks.db is a name that only Swarm resolves',
  ]);
});

test('refuses what is neither a value nor a name', () => {
  const { said } = web('    environment: {A: [1]}\n    env_file: [{path: x.env, format: yaml}, {required: true}]');
  expect(said).toEqual([
    '4:22 error check/type services.web.environment.A must be text, a number or a boolean, not a list',
    '5:38 error check/type services.web.env_file[0].format must be raw, or be left out, not "yaml"',
    '5:45 error check/type services.web.env_file[1].path is required',
  ]);
});
