/** `command`, `entrypoint`, `working_dir`, `stdin_open`, `tty` and `init`: the process that a container runs. */

import { error, refused, warning } from '../kernel/diagnostic.ts';
import { isAbsolute } from '../kernel/paths.ts';
import { splitCommand } from '../kernel/shell.ts';
import { kindText, listFrom, scalarAt } from '../kernel/tree.ts';
import type { Words } from '../model/facts.ts';
import { defineRule, does, type Expand, type Scope, when } from './rule.ts';
import { boolean, list, text } from './shapes.ts';

const messages = {
  words: error(
    (problem: string) => `this cannot be split into words: ${problem}`,
    'write a list, such as ["sh", "-c", "echo (hi)"]',
  ),
  'cut-off': warning(
    (sign: string) => `everything from "${sign}" on is left out, as Docker Compose does: no shell reads this`,
    'to have a shell read it, write a list: ["sh", "-c", "..."]',
  ),
  'cleared-command': refused(
    "an empty command cannot clear the image's CMD, because Kubernetes reads an empty list as unset",
    "state the image's entrypoint as well, which makes Kubernetes ignore its CMD",
  ),
  'cleared-entrypoint': refused(
    "an empty entrypoint without a command cannot be kept: it would run the image's CMD without its ENTRYPOINT",
    "write the image's CMD under command",
  ),
  'relative-working-dir': error(
    (directory: string) => `working_dir must be an absolute path, not "${directory}"`,
    (directory: string) => `write /${directory.replace(/^(?:\.?\/)+/, '')}`,
  ),
};

/** A command line becomes the list of its words. */
const toWords: Expand<typeof messages> = (node, scope) => {
  if (node.kind === 'dict' || (node.kind === 'scalar' && node.value !== null && typeof node.value !== 'string')) {
    scope.wrong(node, `must be text or a list, not ${kindText(node)}`);
    return scalarAt(null, node);
  }
  if (node.kind === 'list' || typeof node.value !== 'string') return node;
  const split = splitCommand(node.value);
  if ('error' in split) {
    scope.say('words', node, split.error);
    return listFrom([node], node);
  }
  if (split.end !== undefined) scope.say('cut-off', node, split.end);
  return listFrom(
    split.words.map((word) => scalarAt(word, node)),
    node,
  );
};

function wordsOf(
  values: readonly string[] | undefined,
  key: 'command' | 'entrypoint',
  { at, origin }: Scope<typeof messages>,
): Words | undefined {
  return values && { words: values.map((word, index) => at(word, key, index)), origin: origin(key) };
}

/**
 * `entrypoint` becomes command and `command` becomes args; an empty list is kept as a statement of its own.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#command
 */
export const command = defineRule({
  name: 'command',
  service: {
    command: () => list(text()),
    entrypoint: () => list(text()),
    working_dir: () => text(),
    stdin_open: () => boolean(),
    tty: () => boolean(),
    init: () => boolean(),
  },
  deploy: {},
  expand: { command: toWords, entrypoint: toWords },
  merge: { command: 'replace', entrypoint: 'replace' },
  support: {
    'services.*.command': does(
      'converted',
      ['Workload.spec.template.spec.containers[].args'],
      'Always args, never command: a list is copied; a string is split into words as a POSIX shell would (quotes, backslashes, no expansion, no sh -c); null leaves it out. Kubelet expands $(NAME) and turns $$ into $ here, so, from left to right, a run of two or more `$` is doubled, $(NAME) with NAME an environment variable of the container becomes $$(NAME), and any other $(...) is copied whole, because kubelet leaves it and all inside it alone.',
      {
        cases: [
          when(
            "[] or '' while entrypoint is set",
            'converted',
            ['Workload.spec.template.spec.containers[].command'],
            "args is left out: a container command already discards the image's CMD.",
          ),
          when(
            "[] or '' without entrypoint",
            'refused',
            ['report.error'],
            "An empty args list means `unset` to Kubernetes, so the image's CMD would run; state the entrypoint to clear it.",
          ),
        ],
      },
    ),
    'services.*.command[]': does(
      'converted',
      ['Workload.spec.template.spec.containers[].args[]'],
      'One word, always written as a quoted string (numbers and booleans included).',
    ),
    'services.*.entrypoint': does(
      'converted',
      ['Workload.spec.template.spec.containers[].command'],
      "A list is copied, a string split into words (no shell); then, as in Compose, the image's CMD is ignored, which setting command alone also does in Kubernetes; null leaves it out. `$` is escaped as for command.",
      {
        cases: [
          when(
            "[] or '' with command set",
            'converted',
            ['Workload.spec.template.spec.containers[].command'],
            "The words of `command` go into command instead of args: nothing of the image's ENTRYPOINT runs.",
          ),
          when(
            "[] or '' without command",
            'refused',
            ['report.error'],
            "Running the image's CMD without its ENTRYPOINT has no expression; put the CMD into `command`.",
          ),
        ],
      },
    ),
    'services.*.entrypoint[]': does(
      'converted',
      ['Workload.spec.template.spec.containers[].command[]'],
      'One word, always written as a quoted string.',
    ),
    'services.*.working_dir': does(
      'converted',
      ['Workload.spec.template.spec.containers[].workingDir'],
      'Copied; must be absolute.',
    ),
    'services.*.stdin_open': does(
      'converted',
      ['Workload.spec.template.spec.containers[].stdin'],
      'true is copied, false left out.',
    ),
    'services.*.tty': does(
      'converted',
      ['Workload.spec.template.spec.containers[].tty'],
      'true is copied, false left out.',
    ),
    'services.*.init': does(
      'approximated',
      ['Workload.spec.template.spec.shareProcessNamespace'],
      "true: shareProcessNamespace true, so that the pause process is PID 1, reaps orphans and no process has PID 1's special signal rules; left out when pid is host. false: nothing.",
      { note: "No init binary is injected; in a multi-container pod the containers then see each other's processes." },
    ),
  },
  messages,
  lower(values, scope) {
    const { at, say, settle } = scope;
    const isTrue = (key: 'stdin_open' | 'tty' | 'init') => (values[key] === true ? at(true, key) : undefined);
    const clearsEntrypoint = values.entrypoint?.length === 0;
    const hasCommand = values.command !== undefined && values.command.length > 0;
    const losesCommand = values.command?.length === 0 && (values.entrypoint === undefined || clearsEntrypoint);
    if (losesCommand && !clearsEntrypoint) say('cleared-command', ['command']);
    if (clearsEntrypoint && !hasCommand) say('cleared-entrypoint', ['entrypoint']);
    if (values.working_dir !== undefined && !isAbsolute(values.working_dir)) {
      say('relative-working-dir', ['working_dir'], values.working_dir);
    }
    if (values.init === false) settle(['init'], 'converted');
    return {
      entrypoint: clearsEntrypoint && !hasCommand ? undefined : wordsOf(values.entrypoint, 'entrypoint', scope),
      command: losesCommand ? undefined : wordsOf(values.command, 'command', scope),
      workingDir: values.working_dir === undefined ? undefined : at(values.working_dir, 'working_dir'),
      stdin: isTrue('stdin_open'),
      tty: isTrue('tty'),
      reapsChildren: isTrue('init'),
    };
  },
});
