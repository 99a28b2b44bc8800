import { expect, test } from 'vitest';
import { configEntries, configs } from '../../src/attributes/configs.ts';
import { image } from '../../src/attributes/image.ts';
import { decodeUtf8, encodeUtf8 } from '../../src/kernel/base64.ts';
import { Report } from '../../src/kernel/diagnostic.ts';
import { lower } from '../../src/lowering/lower.ts';
import { defaultOptions } from '../../src/model/options.ts';
import { memoryFiles } from '../../src/parser/memory-files.ts';
import { parse } from '../../src/parser/parse.ts';
import { type Given, given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

/** The keys of the service web, of the section, and what else there is. */
function project(web: string, section: string, more: Given = {}) {
  const text = `services:\n  web:\n    image: a\n${web}\nconfigs:\n${section}\n`;
  return given(text, { rules: [image, configs], entries: [configEntries], ...more });
}
const two = '  site: {content: x}\n  other: {content: y}';

test('says nothing about a service without configs', () => {
  const { service, said } = project('', two);
  expect([service('web').configGrants, said]).toEqual([undefined, []]);
});

test('mounts a bare name at the root', () => {
  const { service, said } = project('    configs: [site]', two);
  const grants = service('web').configGrants;
  expect(values(grants)).toEqual([{ source: 'site', target: '/site' }]);
  expect(pathOf(grants?.[0]?.target)).toBe('services.web.configs[0].target');
  expect(said).toEqual([]);
});

test('reads every key of the long form', () => {
  const { service, said } = project(
    '    configs: [{source: site, target: etc/./site.conf, uid: "101", gid: 102, mode: 0440}]',
    two,
  );
  expect(values(service('web').configGrants)).toEqual([
    { source: 'site', target: '/etc/site.conf', mode: 0o440, uid: 101, gid: 102 },
  ]);
  expect(said).toEqual([]);
});

test('reads modes as octal and takes write bits away', () => {
  const modes = ['0440', '"0440"', '"440"', '0o440', '0660', '0755'].map(
    (mode) =>
      project(`    configs: [{source: site, mode: ${mode}}]`, two).service('web').configGrants?.[0]?.mode?.value,
  );
  expect(modes).toEqual([0o440, 0o440, 0o440, 0o440, 0o440, 0o555]);
  expect(project('    configs: [{source: site, mode: 0660}]', two).said).toEqual([
    '4:36 info configs/mode-bits the mode 0660 becomes 0440, since such files are read-only',
  ]);
});

test('lets the group read a file that another user should own', () => {
  const modeOf = (keys: string) =>
    project(`    configs: [{source: site, ${keys}}]`, two).service('web').configGrants?.[0]?.mode?.value;
  expect([modeOf('uid: 101, mode: 0400'), modeOf('uid: 0, mode: 0400'), modeOf('uid: 101, mode: 0404')]).toEqual([
    0o440, 0o400, 0o404,
  ]);
});

test('warns of a mode that was meant to be octal', () => {
  const { service, said } = project('    configs: [{source: site, mode: 440}]', two);
  expect(service('web').configGrants?.[0]?.mode?.value).toBe(0o450);
  expect(said).toEqual([
    '4:36 warning configs/decimal-mode the mode 440 is a decimal number, which is 0670 in octal',
    '4:36 info configs/mode-bits the mode 0670 becomes 0450, since such files are read-only',
  ]);
});

test('refuses unknown names, targets that are no file, and wrong items', () => {
  const { service, said } = project('    configs: [sit, {source: other, target: /}, 7, {target: /x}]', two);
  expect(service('web').configGrants).toBeUndefined();
  expect(said).toEqual([
    '4:48 error configs/form services.web.configs takes names of configs or mappings with a source, not a number',
    '4:51 error check/type services.web.configs[2].source is required',
  ]);
  expect(project('    configs: [sit, {source: other, target: /}]', two).said).toEqual([
    '4:15 error configs/unknown no config is called "sit"',
    '4:44 error configs/not-a-file a config cannot be mounted at /',
  ]);
  expect(project('    configs: {site: }', two).said).toEqual([
    '4:14 error check/type services.web.configs must be a list, not a mapping',
  ]);
});

test('refuses two grants on one file in one list', () => {
  const { said } = project('    configs: [{source: site, target: /x}, {source: other, target: x/}]', two);
  expect(said).toEqual(['4:43 error configs/same-target two configs are mounted at /x']);
});

test('lets a later file replace a grant', () => {
  const text = `services:
  web:
    image: a
    configs: [{source: site, target: /x}, other]
---
services:
  web:
    configs: [{source: other, target: /x/}]
configs: {site: {content: x}, other: {content: y}}
`;
  const { service, said } = given(text, { rules: [image, configs], entries: [configEntries] });
  expect(values(service('web').configGrants)).toEqual([
    { source: 'other', target: '/x' },
    { source: 'other', target: '/other' },
  ]);
  expect(said).toEqual([]);
});

test('takes content from the file, a variable or a file beside it, byte for byte', () => {
  const { draft, said } = project(
    '',
    '  text: {content: "a\\r\\n$$b"}\n  variable: {environment: CONF}\n  bytes: {file: ./dir/../raw}\n  home: {file: ~/conf}',
    {
      env: { CONF: 'from env\n', HOME: '/home/me' },
      files: { raw: new Uint8Array([0, 255, 10]), '/home/me/conf': 'home' },
    },
  );
  const contents = [...draft.configs].map(([name, { content }]) => [name, [...(content?.value ?? [])]]);
  expect(contents).toEqual([
    ['text', [...new TextEncoder().encode('a\r\n$b')]],
    ['variable', [...new TextEncoder().encode('from env\n')]],
    ['bytes', [0, 255, 10]],
    ['home', [...new TextEncoder().encode('home')]],
  ]);
  expect(pathOf(draft.configs.get('bytes')?.content)).toBe('configs.bytes.file');
  expect(said).toEqual([]);
});

test('keeps what is wrong with a source for those who are granted it', () => {
  const { draft, said } = project(
    '',
    [
      '  gone: {file: ./gone}',
      '  folder: {file: ./dir}',
      '  home: {file: ~/conf}',
      '  unset: {environment: CONF}',
      '  large: {file: ./large}',
      '  long: {environment: LONG}',
    ].join('\n'),
    {
      files: { 'dir/x': '', large: new Uint8Array(1024 ** 2 + 1) },
      env: { LONG: 'x'.repeat(1024 ** 2 + 1) },
    },
  );
  expect([...draft.configs.values()].map(({ problem, content }) => [problem?.message, problem?.hint, content])).toEqual(
    [
      [
        'the file ./gone of the config gone does not exist',
        'create it, or declare the config external if the cluster has it',
        undefined,
      ],
      ['the file ./dir of the config folder is a directory', 'name one file', undefined],
      [
        'the file ~/conf of the config home cannot be found, since HOME is not set',
        'write the path without ~',
        undefined,
      ],
      ['the variable CONF of the config unset is not set', 'set CONF in the shell or in .env', undefined],
      [
        'the file ./large of the config large has 1048577 bytes, and Kubernetes takes 1048576 at most',
        'put it in the image or on a volume',
        undefined,
      ],
      [
        'the config long has 1048577 bytes, and Kubernetes takes 1048576 at most',
        'put it in the image or on a volume',
        undefined,
      ],
    ],
  );
  expect(said).toEqual([]);
});

test('keeps the words of the system for a file that cannot be read', () => {
  const files = memoryFiles({ '/project/locked': 'x' });
  const report = new Report();
  const text = 'services: {web: {image: a}}\nconfigs: {a: {file: locked}, b: {file: pipe}}\n';
  const input = {
    files: {
      ...files,
      stat: (path: string) =>
        path.endsWith('pipe') ? ({ kind: 'other', size: 0, executable: false } as const) : files.stat(path),
      read: (path: string) => (path.endsWith('locked') ? { error: 'permission denied' } : encodeUtf8(text)),
    },
    cwd: '/project',
    composeFiles: ['compose.yaml'],
    env: {},
    envFiles: [],
    profiles: [],
  };
  const project = parse(input, [image], [configEntries], report);
  const { configs: found } = lower(project, [image], [configEntries], defaultOptions, report);
  expect([...found.values()].map(({ problem }) => problem?.message)).toEqual([
    'the file locked of the config a cannot be read: permission denied',
    'the file pipe of the config b is no ordinary file',
  ]);
});

test('takes a file of exactly 1 MiB', () => {
  const { draft } = project('', '  large: {file: ./large}', { files: { large: new Uint8Array(1024 ** 2) } });
  expect(draft.configs.get('large')?.content?.value.length).toBe(1024 ** 2);
});

test('wants exactly one source', () => {
  const { said } = project('', '  none: {}\n  empty:\n  many: {content: a, file: b, environment: c}');
  expect(said).toEqual([
    '6:3 error configs/no-source the config none does not say where its content comes from',
    '7:3 error configs/no-source the config empty does not say where its content comes from',
    '8:3 error configs/many-sources the config many has more than one source: file, environment, content',
  ]);
});

test('reads external configs, in the old form too', () => {
  const { draft, said } = project(
    '',
    '  a: {external: true}\n  b: {external: true, name: named, x-kubernetes: {key: k.conf}}\n  c: {external: {name: old}}',
  );
  expect(values([...draft.configs.values()])).toEqual([
    { name: 'a', isExternal: true, annotations: [] },
    { name: 'b', objectName: 'named', isExternal: true, key: 'k.conf', annotations: [] },
    { name: 'c', objectName: 'old', isExternal: true, annotations: [] },
  ]);
  expect(said).toEqual(['8:17 warning configs/external-name external: {name: old} is the form of old files']);
});

test('takes external: false for an ordinary config', () => {
  const { draft, said } = project('', '  a: {external: false, content: x}');
  expect([decodeUtf8(draft.configs.get('a')?.content?.value ?? new Uint8Array()), said]).toEqual(['x', []]);
  expect(draft.configs.get('a')?.isExternal).toBeUndefined();
});

test('refuses an external config with anything else', () => {
  const { said } = project('', '  a: {external: true, content: x, labels: {a: b}, template_driver: golang}');
  expect(said).toEqual([
    '6:32 error configs/external-with-others the config a is external, so it cannot have content, labels, template_driver',
  ]);
});

test('keeps name and labels', () => {
  const { draft, said } = project('', '  a: {content: x, name: my.conf, labels: [com.example/a=1, lone]}');
  const config = draft.configs.get('a');
  expect([config?.objectName?.value, values(config?.annotations), said]).toEqual([
    'my.conf',
    [
      { key: 'com.example/a', value: '1' },
      { key: 'lone', value: '' },
    ],
    [],
  ]);
  expect(pathOf(config?.annotations[0]?.value)).toBe('configs.a.labels["com.example/a"]');
});

test('leaves labels out that are no annotations', () => {
  const { draft, said } = project('', '  a: {content: x, labels: {"a b": c, d: e}}');
  expect(values(draft.configs.get('a')?.annotations)).toEqual([{ key: 'd', value: 'e' }]);
  expect(said).toEqual([
    '6:35 warning configs/label-key the label "a b" is left out, since it cannot be the key of an annotation',
  ]);
});

test('drops a template driver that has nothing to fill', () => {
  const { said } = project(
    '',
    '  a: {content: "a {b}", template_driver: golang}\n  b: {content: "{{.x}}", template_driver: golang}',
  );
  expect(said).toEqual([
    '6:42 info configs/nothing-to-fill the content holds no template, so there is nothing to fill in',
  ]);
});

test('refuses keys that no ConfigMap can have, and extensions that do not exist', () => {
  const { said } = project(
    '',
    '  a: {external: true, x-kubernetes: {key: a/b}}\n  b: {content: x, x-kubernetes: {kee: c}, x-own: 1}',
  );
  expect(said).toEqual([
    '6:43 error configs/not-a-key "a/b" cannot be a key in a ConfigMap',
    '7:34 error check/unknown-key unknown attribute "kee" in configs.b.x-kubernetes',
  ]);
});
