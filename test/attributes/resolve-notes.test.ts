import { expect, test } from 'vitest';
import { supportOf } from '../../src/attributes/index.ts';
import { resolveNotes } from '../../src/attributes/resolve-notes.ts';
import { does } from '../../src/attributes/rule.ts';

function entry(note?: string) {
  return does('converted', [], 'the rule', note === undefined ? {} : { note });
}

test('takes the words of the place that a note points to', () => {
  const table = resolveNotes({
    'services.*.dns': entry('cluster first.'),
    'services.*.dns[]': entry('See dns.'),
    'services.*.hook[].environment': entry('visible.'),
    'services.*.hook[].environment.*': entry('See environment.'),
    'services.*.environment': entry('another.'),
    'services.*.needs.*': entry('See condition.'),
    'services.*.needs.*.condition': entry('started.'),
    'services.*.gpus': entry('See services.*.dns.'),
    'services.*.gpus[]': entry('See the parent attribute.'),
    'services.*.plain': entry(),
    'services.*.plain[]': entry('See plain.'),
    'services.*.lost': entry('See the cases.'),
    'services.*.self': entry('See self.'),
  });
  expect(Object.fromEntries(Object.entries(table).map(([path, { note }]) => [path.slice(11), note]))).toEqual({
    dns: 'cluster first.',
    'dns[]': 'cluster first.',
    'hook[].environment': 'visible.',
    'hook[].environment.*': 'visible.',
    environment: 'another.',
    'needs.*': 'started.',
    'needs.*.condition': 'started.',
    gpus: 'cluster first.',
    'gpus[]': 'cluster first.',
    plain: undefined,
    'plain[]': 'the rule',
    lost: 'See the cases.',
    self: 'See self.',
  });
});

test('keeps everything else of an entry', () => {
  const table = { 'a.b': { ...entry('See a.'), isPending: true as const }, a: entry('words.') };
  expect(resolveNotes(table)).toEqual({ ...table, 'a.b': { ...table['a.b'], note: 'words.' } });
});

test('leaves no note of the registry that says nothing', () => {
  const left = Object.entries(supportOf).filter(([, { note }]) => /^See \S+\.$/.test(note ?? ''));
  expect(left).toEqual([]);
});
