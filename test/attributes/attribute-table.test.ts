import { expect, test } from 'vitest';
import { spokenPath } from '../../src/attributes/attribute-query.ts';
import { attributeTable } from '../../src/attributes/attribute-table.ts';
import { supportOf } from '../../src/attributes/index.ts';
import { attributePaths } from '../../src/attributes/spec.ts';

const lines = attributeTable().split('\n');
const rows = lines.filter((line) => /^\| (`|–)/.test(line));

test('has a row for every attribute, and one for every case', () => {
  const names = rows.flatMap((row) => /^\| `([^`]*)`/.exec(row)?.[1] ?? []);
  expect(names.toSorted()).toEqual(attributePaths.map(spokenPath).toSorted());
  const cases = attributePaths.reduce((sum, path) => sum + (supportOf[path].cases?.length ?? 0), 0);
  expect(rows.length).toBe(attributePaths.length + cases);
});

test('has four cells in every row', () => {
  expect(rows.filter((row) => row.split(/(?<!\\)\|/).length !== 6)).toEqual([]);
});

test('groups by section, and services by key', () => {
  expect(lines.filter((line) => line.startsWith('## '))).toEqual([
    '## Top level',
    '## Services',
    '## Networks',
    '## Volumes',
    '## Configs',
    '## Secrets',
    '## Models',
  ]);
  const keys = lines.filter((line) => line.startsWith('### ')).map((line) => line.slice(4));
  expect(keys).toEqual(keys.toSorted());
  expect(keys).toContain('healthcheck');
  const start = lines.indexOf('### links');
  expect(lines.slice(start, start + 7)).toEqual([
    '### links',
    '',
    '| attribute | fate | goes to | how |',
    '|---|---|---|---|',
    '| `links` | converted | `Service`<br>`applier.order` | Counts as depends_on service_started; names already resolve. An alias different from the service name is one more Service (see networks.*.aliases). |',
    '| `links[]` | converted | `Service.metadata.name` | SERVICE or SERVICE:ALIAS. |',
    '',
  ]);
});

test('writes cases below their attribute, and bars and brackets so that Markdown keeps them', () => {
  expect(rows).toContain(
    '| – ADDRESS is host-gateway | refused | `report.error` | A pod has no Compose host to call back; point the name at a Service or ExternalName. --drop removes the line. |',
  );
  expect(rows.filter((row) => row.includes('--network-policies=auto\\|always\\|never')).length).toBe(1);
  expect(rows.some((row) => row.includes('and then &lt;service>-external'))).toBe(true);
});

test('counts what is done', () => {
  const pending = attributePaths.filter((path) => supportOf[path].isPending === true).length;
  const refused = attributePaths.filter(
    (path) => supportOf[path].isPending !== true && supportOf[path].disposition === 'refused',
  ).length;
  const counted = lines.find((line) => line.startsWith('Of '));
  expect(counted).toContain(`Of ${attributePaths.length} attributes `);
  expect(counted).toContain(` ${refused} refused, ${pending} not converted yet.`);
});
