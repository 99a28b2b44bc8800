import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { resources } from '../../src/attributes/resources.ts';
import { given } from '../support/given.ts';
import { pathOf } from '../support/values.ts';

function web(keys: string) {
  const outcome = given(`services:\n  web:\n    image: a\n    ${keys.replaceAll('; ', '\n    ')}\n`, {
    rules: [image, resources],
  });
  const { limits, requests } = outcome.service('web');
  const bare = (part: typeof limits) =>
    part === undefined ? undefined : Object.fromEntries([...part].map(([name, { value }]) => [name, value]));
  return { limits: bare(limits), requests: bare(requests), said: outcome.said, located: { limits, requests } };
}

const deploy = (limits: string, reservations = '') =>
  `deploy: {resources: {limits: {${limits}}, reservations: {${reservations}}}}`;

test('writes limits and requests as quantities', () => {
  const { limits, requests, said, located } = web(deploy("cpus: '0.50', memory: 1.5g", 'cpus: 0.25, memory: 512m'));
  expect([limits, requests, said]).toEqual([{ cpu: '500m', memory: '1536Mi' }, { cpu: '250m', memory: '512Mi' }, []]);
  expect([pathOf(located.limits?.get('cpu')), pathOf(located.requests?.get('memory'))]).toEqual([
    'services.web.deploy.resources.limits.cpus',
    'services.web.deploy.resources.reservations.memory',
  ]);
});

test('makes up no request, and takes 0 and -1 for no limit', () => {
  expect(web(deploy("cpus: '2', memory: 1000b"))).toMatchObject({
    limits: { cpu: '2', memory: '1000' },
    requests: undefined,
    said: [],
  });
  expect(web(`cpus: 0; mem_limit: -1; ${deploy("cpus: 0, memory: '0'", 'cpus: 0')}`)).toMatchObject({
    limits: undefined,
    requests: undefined,
    said: [],
  });
});

test('takes the keys of a service like those of deploy', () => {
  const { limits, requests, said, located } = web('cpus: 1.5; mem_limit: 256m; mem_reservation: 128mb');
  expect([limits, requests, said]).toEqual([{ cpu: '1500m', memory: '256Mi' }, { memory: '128Mi' }, []]);
  expect(pathOf(located.limits?.get('memory'))).toBe('services.web.mem_limit');
});

test('accepts the same amount twice and refuses two', () => {
  const twice = web(
    `cpus: 0.5; mem_limit: 1g; mem_reservation: 512m; ${deploy("cpus: '0.50', memory: 1024m", 'memory: 512M')}`,
  );
  expect([twice.limits, twice.requests, twice.said]).toEqual([{ cpu: '500m', memory: '1Gi' }, { memory: '512Mi' }, []]);
  expect(
    web(`cpus: 1; mem_limit: 1g; mem_reservation: 1m; ${deploy("cpus: '0.50', memory: 2g", 'memory: 2m')}`).said,
  ).toEqual([
    '4:11 error resources/differs cpus is 1, but deploy.resources.limits.cpus is 500m',
    '5:16 error resources/differs mem_limit is 1Gi, but deploy.resources.limits.memory is 2Gi',
    '6:22 error resources/differs mem_reservation is 1Mi, but deploy.resources.reservations.memory is 2Mi',
  ]);
  expect(web(`cpus: 0; ${deploy("cpus: '0.5'")}`).said).toEqual([]);
});

test('refuses a request above its limit', () => {
  expect(web(`mem_limit: 1m; ${deploy('cpus: 1', 'cpus: 2, memory: 2m')}`).said).toEqual([
    '5:66 error resources/request-above-limit the CPU reservation of 2 is above the limit of 1',
    '5:77 error resources/request-above-limit the memory reservation of 2Mi is above the limit of 1Mi',
  ]);
});

test('reads a quota in periods of 100 ms', () => {
  expect(
    ['cpu_quota: 25000; cpu_period: 50000', 'cpu_quota: 150000', 'cpu_quota: 1', 'cpu_quota: 0', 'cpu_quota: -1'].map(
      (keys) => web(keys).limits,
    ),
  ).toEqual([{ cpu: '500m' }, { cpu: '1500m' }, { cpu: '1m' }, undefined, undefined]);
  expect(web('cpu_period: 50000').said).toEqual([
    '4:17 info resources/period-unused cpu_period says nothing without cpu_quota',
  ]);
});

test('compares a quota with the limit it loses to', () => {
  expect(web('cpus: 0.5; cpu_quota: 50000')).toMatchObject({ limits: { cpu: '500m' }, said: [] });
  expect(web(`cpu_quota: 60000; ${deploy('cpus: 0.5')}`).said).toEqual([
    '4:16 error resources/differs cpu_quota is 600m, but deploy.resources.limits.cpus is 500m',
  ]);
});

test('turns shares into a request that no limit undercuts', () => {
  const outcomes = [
    'cpu_shares: 512',
    'cpu_shares: 1',
    'cpu_shares: 0',
    'cpus: 0.5; cpu_shares: 2048',
    `cpu_shares: 512; ${deploy('', 'cpus: 0.1')}`,
  ].map(web);
  expect(outcomes.map(({ requests, said }) => ({ requests, said }))).toEqual([
    {
      requests: { cpu: '500m' },
      said: [
        '4:17 warning resources/shares-as-request cpu_shares: 512 becomes a CPU request of 500m, which the scheduler also sets aside',
      ],
    },
    {
      requests: { cpu: '1m' },
      said: [
        '4:17 warning resources/shares-as-request cpu_shares: 1 becomes a CPU request of 1m, which the scheduler also sets aside',
      ],
    },
    { requests: undefined, said: [] },
    {
      requests: { cpu: '500m' },
      said: [
        '5:17 warning resources/shares-as-request cpu_shares: 2048 becomes a CPU request of 500m, which the scheduler also sets aside',
      ],
    },
    {
      requests: { cpu: '100m' },
      said: ['4:17 info resources/shares-unused cpu_shares says nothing beside a CPU reservation'],
    },
  ]);
});

test('counts the CPUs of a set', () => {
  const outcomes = [
    'cpuset: 0-2,5',
    'cpuset: "3"',
    'cpuset: 0-1,1',
    'cpus: 2; cpuset: 0,1',
    `cpuset: 0-3; ${deploy('', 'cpus: 1')}`,
  ].map(web);
  expect(outcomes.map(({ limits, requests, said }) => [limits, requests, ...said])).toEqual([
    [
      { cpu: '4' },
      { cpu: '4' },
      '4:13 warning resources/cpuset-as-number 4 whole CPUs are asked for, but which ones (0-2,5) the node decides',
    ],
    [
      { cpu: '1' },
      { cpu: '1' },
      '4:13 warning resources/cpuset-as-number a whole CPU is asked for, but which ones (3) the node decides',
    ],
    [
      { cpu: '2' },
      { cpu: '2' },
      '4:13 warning resources/cpuset-as-number 2 whole CPUs are asked for, but which ones (0-1,1) the node decides',
    ],
    [
      { cpu: '2' },
      undefined,
      '5:13 warning resources/cpuset-unused which CPUs a container uses (0,1) the node decides',
    ],
    [
      { cpu: '4' },
      { cpu: '1' },
      '4:13 warning resources/cpuset-as-number 4 whole CPUs are asked for, but which ones (0-3) the node decides',
    ],
  ]);
  expect(['3-1', 'a', '0-', '0-99999999'].flatMap((set) => web(`cpuset: "${set}"`).said)).toEqual([
    '4:13 error resources/cpu-list "3-1" is not a list of CPUs',
    '4:13 error resources/cpu-list "a" is not a list of CPUs',
    '4:13 error resources/cpu-list "0-" is not a list of CPUs',
    '4:13 error resources/cpu-list "0-99999999" is not a list of CPUs',
  ]);
});

test('limits ephemeral storage by the size of the storage driver', () => {
  const { limits, said, located } = web('storage_opt: {size: 10G, dm.fs: xfs}');
  expect([limits, pathOf(located.limits?.get('ephemeral-storage'))]).toEqual([
    { 'ephemeral-storage': '10Gi' },
    'services.web.storage_opt.size',
  ]);
  expect(said).toEqual([
    '4:25 warning resources/storage-limit a pod that writes more than 10Gi outside its volumes is evicted, instead of the write failing',
    '4:37 warning resources/storage-option the storage option dm.fs is for a driver of Docker',
  ]);
  expect(web('storage_opt: {size: big}').said).toEqual(['4:25 error resources/storage-size "big" is not a size']);
  expect(web('storage_opt: {size: 0}').limits).toBeUndefined();
});
