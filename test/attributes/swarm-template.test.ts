import { expect, test } from 'vitest';
import { swarmTemplate } from '../../src/attributes/swarm-template.ts';

test.each(['', 'plain', '{{.Name}}', '{{ .Values.node }}', '{.Node.Hostname}', '{{Node.Hostname}}'])(
  '%j is ordinary text',
  (value) => {
    expect(swarmTemplate(value, 'web')).toBeUndefined();
  },
);

test('takes fields and the text between them apart', () => {
  expect(swarmTemplate('{{.Node.Hostname}}/{{ .Task.Slot }}!', 'web')).toEqual({
    parts: [{ kind: 'node' }, { kind: 'text', text: '/' }, { kind: 'slot' }, { kind: 'text', text: '!' }],
    unknown: undefined,
    known: ['{{.Node.Hostname}}', '{{ .Task.Slot }}'],
  });
});

test('fills the name of the service in at once', () => {
  expect(swarmTemplate('a-{{.Service.Name}}-{{.Service.Name}}-b', 'web')).toEqual({
    parts: [{ kind: 'text', text: 'a-web-web-b' }],
    unknown: undefined,
    known: ['{{.Service.Name}}'],
  });
});

test('names the first field that no pod can fill', () => {
  expect(swarmTemplate('{{.Task.Name}}{{.Task.ID}}{{.Service.ID}}', 'web')).toEqual({
    parts: [{ kind: 'pod' }],
    unknown: '{{.Task.ID}}',
    known: ['{{.Task.Name}}', '{{.Task.ID}}', '{{.Service.ID}}'],
  });
});
