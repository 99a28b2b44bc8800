import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { lifecycle } from '../../src/attributes/lifecycle.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string) {
  const outcome = given(`services:\n  web:\n    image: a\n${keys}`, { rules: [image, lifecycle] });
  const { stopGrace, stopSignal } = outcome.service('web');
  return { stopGrace, stopSignal, said: outcome.said };
}

test('says nothing about a service without a way to stop', () => {
  const { stopGrace, stopSignal, said } = web('');
  expect([stopGrace, stopSignal, said]).toEqual([undefined, undefined, []]);
});

test('rounds the grace period up to whole seconds, at least one', () => {
  const grace = (text: string) => values(web(`    stop_grace_period: ${text}`).stopGrace);
  expect(['1m30s', '1500ms', '200ms', '0s'].map(grace)).toEqual([90, 2, 1, 1]);
  expect(pathOf(web('    stop_grace_period: 5s').stopGrace)).toBe('services.web.stop_grace_period');
});

test('reads signals by name and number', () => {
  const signal = (text: string) => {
    const { stopSignal, said } = web(`    stop_signal: "${text}"`);
    return [stopSignal?.value, ...said];
  };
  expect(signal('SIGINT')).toEqual([
    'INT',
    '4:18 warning lifecycle/signal-by-hook SIGINT is sent by a preStop hook, which needs a shell in the image',
  ]);
  expect(['quit', '2', 'SIGRTMIN+3'].map((text) => signal(text)[0])).toEqual(['QUIT', 'INT', 'RTMIN+3']);
  expect(['SIGTERM', 'term', '15'].map(signal)).toEqual([[undefined], [undefined], [undefined]]);
  expect(['99', 'SIG-INT'].map(signal)).toEqual([
    [undefined, '4:18 error lifecycle/unknown-signal "99" is not a signal'],
    [undefined, '4:18 error lifecycle/unknown-signal "SIG-INT" is not a signal'],
  ]);
});

test('says of every hook that it does not run yet', () => {
  const { said } = web(`    pre_start:
      - {image: busybox, command: chown me /data, per_replica: true, user: root}
    post_start:
      - {command: [warm, up], environment: [LEVEL=2], privileged: true}
      - command: announce
        working_dir: /srv
    pre_stop:
      - {command: drain}
`);
  expect(said).toEqual([
    '5:9 warning lifecycle/hook-later pre_start is not converted yet: this command does not run',
    '7:9 warning lifecycle/hook-later post_start is not converted yet: this command does not run',
    '8:9 warning lifecycle/hook-later post_start is not converted yet: this command does not run',
    '11:9 warning lifecycle/hook-later pre_stop is not converted yet: this command does not run',
  ]);
});

test('refuses hooks without a command, and commands that are none', () => {
  const { said } = web(`    post_start:
      - {user: root}
      - {command: "echo 'open"}
`);
  expect(said.map((line) => line.replace(/(split into words: ).*/, '$1…'))).toEqual([
    '5:9 error check/type services.web.post_start[0].command is required',
    '6:19 error lifecycle/words this cannot be split into words: …',
  ]);
});
