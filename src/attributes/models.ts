/** `models`, in services and at the top level: language models that Compose serves and a cluster has to serve itself. */

import { delegated, error } from '../kernel/diagnostic.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import { namesToMap } from './forms.ts';
import { defineEntry, defineRule, does, extension, pending } from './rule.ts';
import { integer, list, map, object, text } from './shapes.ts';

/** What somebody has to do for a model. */
const serve =
  'Serve the model in the cluster (docker/model-runner, vLLM, KServe, Ollama) behind the Service named by --model-endpoint.';

/**
 * The models that a service uses are checked; the variables that Compose would set are not written yet.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#models
 */
export const models = defineRule({
  name: 'models',
  service: { models: () => map(object({ endpoint_var: text().optional(), model_var: text().optional() }).nullable()) },
  deploy: {},
  expand: { models: namesToMap },
  support: {
    'services.*.models': pending(
      'delegated',
      ['Workload.spec.template.spec.containers[].env'],
      'Each bound model sets two variables: endpoint and name. The endpoint is --model-endpoint (default http://model-runner/engines/v1/), a Service this converter does not emit.',
      {
        note: 'Run an OpenAI-compatible server in the cluster (docker/model-runner, vLLM, KServe, Ollama) under that Service name.',
      },
    ),
    'services.*.models[]': pending(
      'delegated',
      ['Workload.spec.template.spec.containers[].env[]'],
      'Short form: variables <KEY>_URL and <KEY>_MODEL, the key in upper case with `-` as `_`.',
      { note: 'See models.' },
    ),
    'services.*.models.*': pending(
      'delegated',
      ['Workload.spec.template.spec.containers[].env[]'],
      'Long form; null is the short form.',
      { note: 'See models.' },
    ),
    'services.*.models.*.endpoint_var': pending(
      'delegated',
      ['Workload.spec.template.spec.containers[].env[]'],
      'Name of the endpoint variable, default <KEY>_URL.',
      { note: 'See models.' },
    ),
    'services.*.models.*.model_var': pending(
      'delegated',
      ['Workload.spec.template.spec.containers[].env[]'],
      'Name of the model variable, default <KEY>_MODEL; its value is models.<key>.model.',
      { note: 'See models.' },
    ),
    'services.*.models.*.x-*': extension('a model binding'),
  },
  messages: {
    undeclared: error(
      (model: string, _hint: string) => `the model "${model}" is not declared`,
      (_model: string, hint: string) => hint,
    ),
  },
  lower(values, { declared, say }) {
    for (const model of Object.keys(values.models ?? {})) {
      if (declared.models.has(model)) continue;
      say(
        'undeclared',
        ['models', model],
        model,
        didYouMean(nearest(model, declared.models)) || 'declare it under models: at the top level',
      );
    }
    return {};
  },
});

/**
 * A top-level model emits nothing: what it needs is told to whoever serves it.
 * @see https://github.com/compose-spec/compose-spec/blob/main/14-models.md
 */
export const modelEntries = defineEntry({
  name: 'models',
  section: 'models',
  shape: () =>
    object({
      name: text().optional(),
      model: text(),
      context_size: integer(0).optional(),
      runtime_flags: list(text()).optional(),
    }),
  support: {
    models: pending(
      'converted',
      ['Workload.spec.template.spec.containers[].env'],
      'Declares models that services may bind; on its own it emits nothing.',
    ),
    'models.*': does(
      'delegated',
      ['report.warning'],
      'Emits no object; the message gives model, context size and flags for whoever runs the server.',
      { note: serve },
    ),
    'models.*.name': does('delegated', ['report.warning'], 'Custom name; named in the message.', { note: serve }),
    'models.*.model': pending(
      'delegated',
      ['Workload.spec.template.spec.containers[].env[].value'],
      'OCI reference; value of the model variable of each bound service. Required.',
      { note: serve },
    ),
    'models.*.context_size': does('delegated', ['report.warning'], 'Tokens; named in the message.', { note: serve }),
    'models.*.runtime_flags': does(
      'delegated',
      ['report.warning'],
      'Flags of the inference engine; named in the message.',
      { note: serve },
    ),
    'models.*.runtime_flags[]': does('delegated', ['report.warning'], 'One flag.', { note: serve }),
    'models.*.x-*': extension('a model'),
  },
  messages: {
    'serve-it': delegated(
      (model: string, settings: string) => `nothing in the cluster serves the model ${model}${settings}`,
      'serve it with docker/model-runner, vLLM, KServe or Ollama',
    ),
  },
  lower({ name, model, context_size, runtime_flags = [] }, { say }) {
    const settings = [
      ...(name === undefined ? [] : [`name ${name}`]),
      ...(context_size === undefined ? [] : [`context size ${context_size}`]),
      ...(runtime_flags.length === 0 ? [] : [`flags ${runtime_flags.join(' ')}`]),
    ];
    say('serve-it', [], model, settings.length === 0 ? '' : ` (${settings.join(', ')})`);
    return undefined;
  },
});
