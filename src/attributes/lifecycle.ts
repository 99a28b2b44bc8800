/** `stop_signal`, `stop_grace_period` and the hooks `pre_start`, `post_start` and `pre_stop`: how a container is started and stopped. */

import { approximated, delegated, error } from '../kernel/diagnostic.ts';
import { wholeSeconds } from '../kernel/duration.ts';
import { splitWords } from '../kernel/shell.ts';
import { listFrom, scalarAt, type Tree } from '../kernel/tree.ts';
import { pairsToMap } from './forms.ts';
import { lifecycleSupport } from './lifecycle-support.ts';
import { defineRule, type ExpandScope } from './rule.ts';
import { boolean, duration, list, map, object, scalarTextOrNull, text } from './shapes.ts';

const messages = {
  'unknown-signal': error(
    (signal: string) => `"${signal}" is not a signal`,
    'write a name such as SIGINT or a number such as 2',
  ),
  'signal-by-hook': approximated(
    (signal: string) => `SIG${signal} is sent by a preStop hook, which needs a shell in the image`,
    'a STOPSIGNAL in the image is honoured as it is, so the attribute may be unnecessary',
  ),
  words: error(
    (problem: string) => `this cannot be split into words: ${problem}`,
    'write a list, such as ["sh", "-c", "echo (hi)"]',
  ),
  'hook-later': delegated(
    (hook: string) => `${hook} is not converted yet: this command does not run`,
    'add it to the lifecycle of the container by hand, or call it in the entrypoint',
  ),
};

const signals: ReadonlyMap<string, string> = new Map([
  ['1', 'HUP'],
  ['2', 'INT'],
  ['3', 'QUIT'],
  ['9', 'KILL'],
  ['10', 'USR1'],
  ['12', 'USR2'],
  ['15', 'TERM'],
]);

/** `SIGINT`, `int` and `2` are all INT; undefined for what is no signal. */
function signalName(written: string): string | undefined {
  const name = written.toUpperCase().replace(/^SIG/, '');
  if (/^\d+$/.test(name)) return signals.get(name);
  return /^[A-Z]+\d?$|^RTM(IN|AX)([+-]\d+)?$/.test(name) ? name : undefined;
}

/** A command line becomes the list of its words. */
function toWords(node: Tree, scope: ExpandScope<typeof messages>): Tree {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const words = splitWords(node.value);
  if ('error' in words) scope.say('words', node, words.error);
  return listFrom('error' in words ? [node] : words.map((word) => scalarAt(word, node)), node);
}

/** What all hooks have beside a command. */
const hook = () => ({
  user: text().optional(),
  privileged: boolean().optional(),
  working_dir: text().optional(),
  environment: map(scalarTextOrNull()).optional(),
});

/**
 * `stop_grace_period` becomes terminationGracePeriodSeconds; a `stop_signal` other than TERM becomes a preStop hook.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#stop_grace_period
 */
export const lifecycle = defineRule({
  name: 'lifecycle',
  service: {
    stop_grace_period: () => duration(),
    stop_signal: () => text(),
    pre_start: () =>
      list(
        object({
          ...hook(),
          command: list(text()).optional(),
          image: text().optional(),
          per_replica: boolean().optional(),
        }),
      ),
    post_start: () => list(object({ ...hook(), command: list(text()) })),
    pre_stop: () => list(object({ ...hook(), command: list(text()) })),
  },
  deploy: {},
  expand: {
    'pre_start[].command': toWords,
    'pre_start[].environment': pairsToMap,
    'post_start[].command': toWords,
    'post_start[].environment': pairsToMap,
    'pre_stop[].command': toWords,
    'pre_stop[].environment': pairsToMap,
  },
  support: lifecycleSupport,
  messages,
  lower(values, { at, say, settle }) {
    for (const key of ['pre_start', 'post_start', 'pre_stop'] as const) {
      for (const index of (values[key] ?? []).keys()) say('hook-later', [key, index], key);
    }
    const written = values.stop_signal;
    const signal = written === undefined ? undefined : signalName(written);
    if (written !== undefined && signal === undefined) say('unknown-signal', ['stop_signal'], written);
    else if (signal === 'TERM') settle(['stop_signal'], 'converted');
    else if (signal !== undefined) say('signal-by-hook', ['stop_signal'], signal);
    return {
      stopGrace:
        values.stop_grace_period === undefined
          ? undefined
          : at(wholeSeconds(values.stop_grace_period), 'stop_grace_period'),
      stopSignal: signal === undefined || signal === 'TERM' ? undefined : at(signal, 'stop_signal'),
    };
  },
});
