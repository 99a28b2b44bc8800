import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { modelEntries, models } from '../../src/attributes/models.ts';
import { given } from '../support/given.ts';

function said(text: string): readonly string[] {
  return given(text, { rules: [image, models], entries: [modelEntries] }).said;
}

test('tells who has to serve a model', () => {
  const text = `services:
  web: {image: a, models: [llm]}
  api: {image: a, models: {llm: {endpoint_var: URL}, small: }}
models:
  llm: {model: ai/smollm2, name: chat, context_size: 4096, runtime_flags: [--no-mmap, -v]}
  small: {model: ai/tiny}
`;
  expect(said(text)).toEqual([
    '5:3 warning models/serve-it nothing in the cluster serves the model ai/smollm2 (name chat, context size 4096, flags --no-mmap -v)',
    '6:3 warning models/serve-it nothing in the cluster serves the model ai/tiny',
  ]);
});

test('refuses models that nobody declares', () => {
  expect(said('services:\n  web: {image: a, models: [lm]}\nmodels:\n  llm: {model: a}\n')[0]).toBe(
    '2:28 error models/undeclared the model "lm" is not declared',
  );
  expect(said('services:\n  web: {image: a, models: [lm]}\n')).toEqual([
    '2:28 error models/undeclared the model "lm" is not declared',
  ]);
});

test('requires the model itself', () => {
  expect(said('services:\n  web: {image: a}\nmodels:\n  llm:\n')).toEqual([
    '4:3 error check/type models.llm.model is required',
  ]);
});
