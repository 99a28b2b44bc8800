/** `healthcheck`: how to find out whether a container is well. */

import { approximated, error, notApplicable } from '../kernel/diagnostic.ts';
import { wholeSeconds } from '../kernel/duration.ts';
import type { Located } from '../kernel/located.ts';
import { listFrom, scalarAt, type Tree } from '../kernel/tree.ts';
import type { HealthCheck, HealthTest } from '../model/facts.ts';
import { networkTest, type PlainTest } from './health-test.ts';
import { healthcheckSupport } from './healthcheck-support.ts';
import { defineRule, type Scope } from './rule.ts';
import { boolean, duration, integer, list, object, text } from './shapes.ts';

const messages = {
  'test-kind': error(
    (word: string) => `a test begins with NONE, CMD or CMD-SHELL, not with "${word}"`,
    'write the command as one text, or as a list that begins with CMD',
  ),
  'no-command': error((kind: string) => `${kind} is not followed by a command`, 'add the command, or write NONE'),
  'too-many-words': error(
    'CMD-SHELL takes one text, and this list has more',
    'write the command as one text, or begin the list with CMD',
  ),
  'no-test': approximated(
    'there is no test here, and Kubernetes ignores the HEALTHCHECK of an image, so nothing is probed',
    'copy the test of the image into the file',
  ),
  disabled: notApplicable((key: string) => `${key} says nothing, since the health check is switched off`),
};
type HealthScope = Scope<typeof messages>;

const INTERVAL = 30;
const TIMEOUT = 30;
const RETRIES = 3;
/** Docker Engine's default of `start_interval`. */
const START_INTERVAL = 5;

const shape = () =>
  object({
    test: list(text()).optional(),
    interval: duration().optional(),
    timeout: duration().optional(),
    retries: integer(0).optional(),
    start_period: duration().optional(),
    start_interval: duration().optional(),
    disable: boolean().optional(),
  });
type Checked = ReturnType<ReturnType<typeof shape>['parse']>;

/** A text is run by a shell. */
function shellTest(node: Tree): Tree {
  return node.kind === 'scalar' && typeof node.value === 'string'
    ? listFrom([scalarAt('CMD-SHELL', node), node], node)
    : node;
}

/** The test; undefined for a mistake, after saying so. */
function testOf(
  words: readonly string[],
  { at, say }: HealthScope,
): { readonly test: HealthTest; readonly plain: PlainTest } | undefined {
  const path = ['healthcheck', 'test'];
  const [kind = '', ...rest] = words;
  const [first] = rest;
  if (kind !== 'CMD' && kind !== 'CMD-SHELL') say('test-kind', [...path, 0], kind);
  else if (first === undefined || first.trim() === '') say('no-command', [...path, 0], kind);
  else if (kind === 'CMD') {
    const located = rest.map((word, index) => at(word, ...path, index + 1));
    return { test: { kind: 'exec', words: located }, plain: { kind: 'exec', words: rest } };
  } else if (rest.length > 1) say('too-many-words', [...path, 2]);
  else return { test: { kind: 'shell', text: at(first, ...path, 1) }, plain: { kind: 'shell', text: first } };
  return undefined;
}

/** Says what becomes of the attributes of a check that tests nothing. */
function tellNothing(checked: Checked, isOff: boolean, { say, settle }: HealthScope): void {
  const switches = isOff && checked.disable !== true ? ['disable', 'test'] : ['disable'];
  const others = Object.keys(checked).filter((key) => !switches.includes(key));
  if (!isOff && others.length > 0) say('no-test', ['healthcheck']);
  // `{}` asks for nothing.
  if (Object.keys(checked).length === 0) settle(['healthcheck'], 'converted');
  for (const key of others) {
    if (isOff) say('disabled', ['healthcheck', key], key);
    else settle(['healthcheck', key], 'approximated');
  }
}

type Timing = Pick<HealthCheck, 'interval' | 'timeout' | 'retries' | 'startPeriod' | 'startInterval'>;

function timing(checked: Checked, { at }: HealthScope): Timing {
  const seconds = (key: 'interval' | 'timeout' | 'start_interval', otherwise: number): Located<number> => {
    const written = checked[key] ?? 0;
    return at(written === 0 ? otherwise : wholeSeconds(written), 'healthcheck', key);
  };
  const interval = seconds('interval', INTERVAL);
  const start = checked.start_period ?? 0;
  return {
    interval,
    timeout: seconds('timeout', TIMEOUT),
    retries: at(checked.retries || RETRIES, 'healthcheck', 'retries'),
    startPeriod: at(start === 0 ? 0 : wholeSeconds(start), 'healthcheck', 'start_period'),
    startInterval: seconds('start_interval', Math.min(START_INTERVAL, interval.value)),
  };
}

/**
 * The test and its timing, with Docker's defaults written out; the probes are made of it by the passes.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#healthcheck
 */
export const healthcheck = defineRule({
  name: 'healthcheck',
  service: { healthcheck: shape },
  deploy: {},
  expand: { 'healthcheck.test': shellTest },
  merge: { 'healthcheck.test': 'replace' },
  support: healthcheckSupport,
  messages,
  lower({ healthcheck: checked }, scope) {
    if (checked === undefined) return {};
    const words = checked.test ?? [];
    const isOff = checked.disable === true || words[0] === 'NONE';
    if (isOff || words.length === 0) {
      tellNothing(checked, isOff, scope);
      return {};
    }
    const found = testOf(words, scope);
    if (found === undefined) return {};
    return {
      healthCheck: {
        test: found.test,
        network: networkTest(found.plain, scope.name),
        testOrigin: scope.origin('healthcheck', 'test'),
        ...timing(checked, scope),
        origin: scope.origin('healthcheck'),
      },
    };
  },
});
