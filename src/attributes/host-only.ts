/** `attach`, `develop`, `logging` and `use_api_socket`: about one machine and its engine, so there is nothing to emit. */

import { approximated, delegated, error, notApplicable } from '../kernel/diagnostic.ts';
import { splitWords } from '../kernel/shell.ts';
import { listFrom, scalarAt } from '../kernel/tree.ts';
import { pairsToMap, toList } from './forms.ts';
import { hostOnlySupport } from './host-only-support.ts';
import { optionText } from './option-text.ts';
import { defineRule, type Expand, type Scope, type Values } from './rule.ts';
import { boolean, list, map, object, oneOf, scalarText, scalarTextOrNull, text } from './shapes.ts';

const messages = {
  words: error((problem: string) => `this cannot be split into words: ${problem}`, 'write a list of words'),
  'no-watch-target': error(
    (action: string) => `the action ${action} needs a target`,
    'add target: with the path in the container',
  ),
  'empty-watch-path': error('path is empty', 'write the directory to watch'),
  'watch-rules': notApplicable(
    (rules: number, settings: number) =>
      `${rules === 1 ? 'one watch rule' : `${rules} watch rules`} with ${settings} settings ${rules === 1 ? 'is' : 'are'} left out, since nothing is synchronised into a cluster`,
    'use Tilt, Skaffold or Telepresence against the deployed workload',
  ),
  'node-keeps-logs': notApplicable((driver: string) => `logging with ${driver} is what every node does anyway`),
  'logs-cannot-be-off': approximated(
    'the output of a container cannot be switched off',
    'tell the log agent of the cluster to skip the pod',
  ),
  'log-agent': delegated(
    (driver: string) => `the log driver ${driver} has to become a destination of the log agent of the cluster`,
    'use an agent such as Fluent Bit or Vector; containers write to standard output',
  ),
  'log-rotation': delegated(
    (options: string) => `log rotation (${options}) is a setting of the nodes`,
    'set containerLogMaxSize and containerLogMaxFiles in the kubelet configuration',
  ),
  'log-options': delegated(
    (options: string) => `the log options ${options} belong to the log agent of the cluster`,
    'give them to the agent, or drop them',
  ),
};

type Voice = Scope<typeof messages>;

/** A command line becomes the list of its words. */
const toWords: Expand<typeof messages> = (node, scope) => {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const words = splitWords(node.value);
  if ('error' in words) scope.say('words', node, words.error);
  return listFrom('error' in words ? [node] : words.map((word) => scalarAt(word, node)), node);
};

const develop = () =>
  object({
    watch: list(
      object({
        ignore: list(text()).optional(),
        include: list(text()).optional(),
        path: text(),
        action: oneOf('rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'),
        target: text().optional(),
        exec: object({
          command: list(text()),
          user: text().optional(),
          privileged: boolean().optional(),
          working_dir: text().optional(),
          environment: map(scalarTextOrNull()).optional(),
        }).optional(),
        initial_sync: boolean().optional(),
      }),
    ).optional(),
  });

const logging = () => object({ driver: text().optional(), options: map(scalarText()).optional() });

type Logging = NonNullable<Values<{ readonly logging: typeof logging }>['logging']>;
type Develop = NonNullable<Values<{ readonly develop: typeof develop }>['develop']>;

/** What every node does with the output of a container, under Docker's names for it. */
const ordinaryDrivers: ReadonlySet<string> = new Set(['json-file', 'local', 'journald']);

function sayLogging({ driver, options = {} }: Logging, { say }: Voice): void {
  const isOrdinary = driver === undefined || ordinaryDrivers.has(driver);
  if (driver === 'none') say('logs-cannot-be-off', ['logging', 'driver']);
  else if (driver !== undefined) say(isOrdinary ? 'node-keeps-logs' : 'log-agent', ['logging', 'driver'], driver);
  if (Object.keys(options).length === 0) return;
  const isRotation = isOrdinary && Object.keys(options).every((key) => key === 'max-size' || key === 'max-file');
  say(isRotation ? 'log-rotation' : 'log-options', ['logging', 'options'], optionText(options));
}

/** How many scalars a value holds. */
function countSettings(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + countSettings(inner), 0);
}

function sayWatch({ watch = [] }: Develop, { say }: Voice): void {
  watch.forEach(({ path, action, target }, index) => {
    if (path === '') say('empty-watch-path', ['develop', 'watch', index, 'path']);
    if (target === undefined && action !== 'rebuild' && action !== 'restart')
      say('no-watch-target', ['develop', 'watch', index], action);
  });
  if (watch.length > 0) say('watch-rules', ['develop', 'watch'], watch.length, countSettings(watch));
}

/**
 * Nothing of these attributes reaches an object; each is told with what takes its place.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#logging
 */
export const hostOnly = defineRule({
  name: 'host-only',
  service: { attach: () => boolean(), develop, logging, use_api_socket: () => boolean() },
  deploy: {},
  expand: {
    'develop.watch[].ignore': toList,
    'develop.watch[].include': toList,
    'develop.watch[].exec.command': toWords,
    'develop.watch[].exec.environment': pairsToMap,
  },
  support: hostOnlySupport,
  messages,
  lower(values, scope) {
    if (values.develop !== undefined) sayWatch(values.develop, scope);
    if (values.logging !== undefined) sayLogging(values.logging, scope);
    if (values.use_api_socket === false) scope.settle(['use_api_socket'], 'converted');
    return {};
  },
});
