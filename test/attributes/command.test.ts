import { expect, test } from 'vitest';
import { command } from '../../src/attributes/command.ts';
import { image } from '../../src/attributes/image.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string) {
  const outcome = given(`services:\n  web:\n    image: a\n${keys}`, { rules: [image, command] });
  const { command: cmd, entrypoint, workingDir, stdin, tty, reapsChildren } = outcome.service('web');
  return { cmd, entrypoint, process: values({ workingDir, stdin, tty, reapsChildren }), said: outcome.said };
}

test('splits a text into words and copies a list', () => {
  const { cmd, entrypoint, said } = web(
    `    command: sh -c 'echo "hi"' 2>&1\n    entrypoint: ["/bin/tini", "--", "3"]\n`,
  );
  expect(values([cmd, entrypoint])).toEqual([
    { words: ['sh', '-c', 'echo "hi"'] },
    { words: ['/bin/tini', '--', '3'] },
  ]);
  expect([pathOf(cmd?.words[1]), pathOf(entrypoint?.words[2])]).toEqual([
    'services.web.command[1]',
    'services.web.entrypoint[2]',
  ]);
  expect(said).toEqual([
    '4:14 warning command/cut-off everything from ">" on is left out, as Docker Compose does: no shell reads this',
  ]);
});

test('leaves out what is null or absent', () => {
  const { cmd, entrypoint, said } = web('    command:\n');
  expect([cmd, entrypoint, said]).toEqual([undefined, undefined, []]);
});

test('keeps an empty list that clears something, and refuses one that cannot', () => {
  const outcomes = [
    'command: []',
    'entrypoint: ""',
    'entrypoint: [x]\n    command: ""',
    'entrypoint: ""\n    command: x',
    'entrypoint: []\n    command: []',
  ].map((keys) => {
    const { cmd, entrypoint, said } = web(`    ${keys}\n`);
    return { ...(values({ command: cmd?.words, entrypoint: entrypoint?.words }) as object), said };
  });
  const entrypointSaid =
    "4:5 error command/cleared-entrypoint an empty entrypoint without a command cannot be kept: it would run the image's CMD without its ENTRYPOINT";
  expect(outcomes).toEqual([
    {
      said: [
        "4:5 error command/cleared-command an empty command cannot clear the image's CMD, because Kubernetes reads an empty list as unset",
      ],
    },
    { said: [entrypointSaid] },
    { entrypoint: ['x'], command: [], said: [] },
    { entrypoint: [], command: ['x'], said: [] },
    { said: [entrypointSaid] },
  ]);
});

test('takes the later of two files whole, null included', () => {
  const outcome = (later: string) =>
    values(
      given(`services: {web: {image: a, command: [a, b]}}\n---\nservices: {web: {${later}}}\n`, {
        rules: [image, command],
      }).service('web').command,
    );
  expect([outcome('command: c'), outcome('command: '), outcome('tty: true')]).toEqual([
    { words: ['c'] },
    undefined,
    { words: ['a', 'b'] },
  ]);
});

test('reads the switches of the process', () => {
  expect(web('    working_dir: /srv\n    stdin_open: true\n    tty: "yes"\n    init: true\n').process).toEqual({
    workingDir: '/srv',
    stdin: true,
    tty: true,
    reapsChildren: true,
  });
  expect(web('    stdin_open: false\n    tty: false\n    init: false\n').process).toEqual({});
});

test('says what is wrong', () => {
  expect(
    [
      'command: echo "a',
      'command: echo (a)',
      'command: [a, 3]',
      'entrypoint: {a: b}',
      'working_dir: ./srv',
      'tty: maybe',
    ].flatMap((keys) => web(`    ${keys}\n`).said),
  ).toEqual([
    '4:14 error command/words this cannot be split into words: a double quote is not closed',
    '4:14 error command/words this cannot be split into words: an unquoted "(" is not allowed here',
    '4:18 error check/type services.web.command[1] must be text, not 3',
    '4:17 error command/form services.web.entrypoint must be text or a list, not a mapping',
    '4:18 error command/relative-working-dir working_dir must be an absolute path, not "./srv"',
    '4:10 error check/type services.web.tty must be true or false, not "maybe"',
  ]);
});
