import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { sysctls } from '../../src/attributes/sysctls.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(keys: string) {
  const outcome = given(`services:\n  web:\n    image: a\n${keys}\n`, { rules: [image, sysctls], entries: [] });
  return { sysctls: outcome.service('web').sysctls, said: outcome.said };
}

test('says nothing about a service without settings', () => {
  expect(web('')).toEqual({ sysctls: undefined, said: [] });
});

test('sorts settings by name and keeps their values as text', () => {
  const map = web('    sysctls: {net.ipv4.tcp_syncookies: 0, kernel.shm_rmid_forced: "1"}');
  const list = web('    sysctls: [net.ipv4.tcp_syncookies=0, "kernel.shm_rmid_forced=1"]');
  const expected = [
    { name: 'kernel.shm_rmid_forced', value: '1' },
    { name: 'net.ipv4.tcp_syncookies', value: '0' },
  ];
  expect([values(map.sysctls), values(list.sysctls)]).toEqual([expected, expected]);
  expect(pathOf(map.sysctls?.[0]?.value)).toBe('services.web.sysctls["kernel.shm_rmid_forced"]');
  expect([map.said, list.said]).toEqual([[], []]);
});

test.each(['net.core.somaxconn', 'kernel.shmmax', 'kernel.msgmax', 'kernel.sem', 'fs.mqueue.msg_max'])(
  'sets %s and tells what the kubelet needs',
  (name) => {
    const found = web(`    sysctls: {${name}: 1024}`);
    expect(values(found.sysctls)).toEqual([{ name, value: '1024' }]);
    expect(found.said.map((one) => one.replace(/^\S+ /, ''))).toEqual([
      `warning sysctls/unsafe ${name} is set only where the kubelet lists it in allowedUnsafeSysctls; elsewhere the pod is rejected`,
    ]);
  },
);

test.each(['vm.max_map_count', 'fs.file-max', 'kernel.pid_max', 'kernel.semaphore'])(
  'leaves %s to the node',
  (name) => {
    const found = web(`    sysctls: {${name}: 1}`);
    expect(found.sysctls).toBeUndefined();
    expect(found.said.map((one) => one.replace(/^\S+ /, ''))).toEqual([
      `warning sysctls/of-the-node ${name} belongs to the node and not to a container, so it is left out`,
    ]);
  },
);

test('refuses names and values that are none', () => {
  expect(web('    sysctls: {somaxconn: 1, net.core.somaxconn: "", "net..x": 1}')).toEqual({
    sysctls: undefined,
    said: [
      '4:26 error sysctls/no-name "somaxconn" is no name of a kernel setting',
      '4:49 error sysctls/no-value net.core.somaxconn has no value',
      '4:63 error sysctls/no-name "net..x" is no name of a kernel setting',
    ],
  });
});

test('tells of limits that no pod has, but for open files that nobody misses', () => {
  expect(web('    ulimits: {nproc: 65535, nofile: 2000000, memlock: {soft: -1, hard: -1}}').said).toEqual([
    '4:15 warning sysctls/limit the limit nproc is left out, since the pod API has no ulimits',
    '4:29 warning sysctls/limit the limit nofile is left out, since the pod API has no ulimits',
    '4:46 warning sysctls/limit the limit memlock is left out, since the pod API has no ulimits',
  ]);
  expect(web('    ulimits: {nofile: {soft: 1024, hard: 1048576}}').said).toEqual([
    '4:15 info sysctls/enough-files 1048576 open files are within what containers usually get (1048576)',
  ]);
  expect(web('    ulimits: {nofile: 65536}').said).toEqual([
    '4:15 info sysctls/enough-files 65536 open files are within what containers usually get (1048576)',
  ]);
});

test('refuses limits that make no sense', () => {
  expect(
    web('    ulimits: {nofiles: 1, core: {soft: 2, hard: 1}, cpu: {soft: -1, hard: 5}, rss: {soft: 1}}').said,
  ).toEqual(['4:84 error check/type services.web.ulimits.rss.hard is required']);
  expect(web('    ulimits: {nofiles: 1, core: {soft: 2, hard: 1}, cpu: {soft: -1, hard: 5}}').said).toEqual([
    '4:15 error sysctls/no-limit "nofiles" is no limit of a process',
    '4:27 error sysctls/soft-above-hard the soft limit of core is above its hard limit',
    '4:53 error sysctls/soft-above-hard the soft limit of cpu is above its hard limit',
  ]);
});

test('replaces a limit by that of a later file', () => {
  const text =
    'services:\n  web: {image: a, ulimits: {core: {soft: 1, hard: 2}}}\n---\nservices:\n  web: {ulimits: {core: {soft: 3, hard: 2}}}\n';
  expect(given(text, { rules: [image, sysctls], entries: [] }).said).toEqual([
    '5:19 error sysctls/soft-above-hard the soft limit of core is above its hard limit',
  ]);
});
