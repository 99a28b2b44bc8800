/** `stop_signal`, `stop_grace_period` and the hooks `post_start` and `pre_stop`: how a container is started and stopped. */

import { approximated, error } from '../kernel/diagnostic.ts';
import { wholeSeconds } from '../kernel/duration.ts';
import { defineRule, does } from './rule.ts';
import { duration, text } from './shapes.ts';

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

/**
 * `stop_grace_period` becomes terminationGracePeriodSeconds; a `stop_signal` other than TERM becomes a preStop hook.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#stop_grace_period
 */
export const lifecycle = defineRule({
  name: 'lifecycle',
  service: {
    stop_grace_period: () => duration(),
    stop_signal: () => text(),
  },
  deploy: {},
  support: {
    'services.*.stop_grace_period': does(
      'converted',
      ['Workload.spec.template.spec.terminationGracePeriodSeconds'],
      "Whole seconds rounded up, at least 1. Unset: left out, so Kubernetes' 30s apply instead of Compose's 10s.",
    ),
    'services.*.stop_signal': does(
      'approximated',
      ['Workload.spec.template.spec.containers[].lifecycle.preStop'],
      'SIGTERM (name or number 15): nothing. Otherwise a preStop exec of /bin/sh -c that sends the signal to PID 1 and waits until it is gone.',
    ),
  },
  messages: {
    'unknown-signal': error((signal: string) => `"${signal}" is not a signal`, 'write a name such as SIGINT or a number such as 2'),
    'signal-by-hook': approximated(
      (signal: string) => `SIG${signal} is sent by a preStop hook, which needs a shell in the image`,
      'a STOPSIGNAL in the image is honoured as it is, so the attribute may be unnecessary',
    ),
  },
  lower(values, { at, say, settle }) {
    const written = values.stop_signal;
    const signal = written === undefined ? undefined : signalName(written);
    if (written !== undefined && signal === undefined) say('unknown-signal', ['stop_signal'], written);
    else if (signal === 'TERM') settle(['stop_signal'], 'converted');
    else if (signal !== undefined) say('signal-by-hook', ['stop_signal'], signal);
    return {
      stopGrace: values.stop_grace_period === undefined ? undefined : at(wholeSeconds(values.stop_grace_period), 'stop_grace_period'),
      stopSignal: signal === undefined || signal === 'TERM' ? undefined : at(signal, 'stop_signal'),
    };
  },
});
