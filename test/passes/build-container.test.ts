import { expect, test } from 'vitest';
import { Report } from '../../src/kernel/diagnostic.ts';
import type { ServiceSays } from '../../src/model/draft.ts';
import type { BuildDraft, Words } from '../../src/model/facts.ts';
import type { Options } from '../../src/model/options.ts';
import type { Container } from '../../src/model/pod.ts';
import { buildContainer, builtImage } from '../../src/passes/build-container.ts';
import { decidedOf } from '../support/decided.ts';
import { at, dependency, draftOf, from, health, mount, named, port, said, variable } from '../support/draft.ts';
import { container, security } from '../support/plan.ts';

interface Case {
  readonly options?: Partial<Options>;
  readonly others?: Readonly<Record<string, ServiceSays>>;
  readonly isWaitedFor?: boolean;
}

function built(says: ServiceSays, { options = {}, others = {}, isWaitedFor = false }: Case = {}) {
  const decided = decidedOf({ services: { web: says, ...others }, volumes: { data: {} }, options });
  const report = new Report();
  return { container: buildContainer(decided.service('web'), decided, isWaitedFor, report), said: said(report) };
}

const image: ServiceSays = { image: at('nginx:1.29', 'services', 'web', 'image') };
const name = at('web', 'services', 'web');

const words = (...list: readonly string[]): Words => ({ words: list.map((word) => at(word, 'w')), origin: from('w') });

const build: BuildDraft = {
  context: at('/shop/web'),
  isRemote: false,
  dockerfile: undefined,
  dockerfileInline: undefined,
  target: undefined,
  args: [],
  origin: from('services', 'web', 'build'),
};

test('a service that says only its image', () => {
  expect(built(image)).toEqual({
    container: container({ name, image: at('nginx:1.29', 'services', 'web', 'image') }),
    said: [],
  });
});

test('everything that belongs to a container is in it', () => {
  const { container: all } = built({
    ...image,
    containerName: at('My_App', 'services', 'web', 'container_name'),
    command: words('run', '$(A)'),
    workingDir: at('/srv', 'd'),
    stdin: at(true, 's'),
    tty: at(true, 't'),
    environment: [variable('web', 'A', 'x')],
    ports: [port('web', 0, 80)],
    limits: new Map([['memory', at('1Gi', 'l')]]),
    requests: new Map([['cpu', at('100m', 'r')]]),
    stopSignal: at('INT', 'services', 'web', 'stop_signal'),
    readOnlyRoot: at(true, 'o'),
    healthCheck: health('web', 'true'),
    mounts: [mount('web', 0, named('web', 0, 'data'), '/data')],
  });
  expect(all).toEqual(
    container({
      name: at('my-app', 'services', 'web', 'container_name'),
      image: at('nginx:1.29', 'services', 'web', 'image'),
      args: [at('run', 'w'), at('$$(A)', 'w')],
      workingDir: at('/srv', 'd'),
      stdin: at(true, 's'),
      tty: at(true, 't'),
      ports: [expect.objectContaining({ name: 'tcp-80' })],
      environment: [{ name: 'A', value: { kind: 'text', text: at('x', 'services', 'web', 'environment', 'A') } }],
      limits: new Map([['memory', at('1Gi', 'l')]]),
      requests: new Map([['cpu', at('100m', 'r')]]),
      readiness: expect.anything(),
      liveness: expect.anything(),
      startup: expect.anything(),
      preStop: [
        ...['/bin/sh', '-c'],
        at('kill -s INT 1; while kill -0 1 2>/dev/null; do sleep 1; done', 'services', 'web', 'stop_signal'),
      ],
      security: security({ readOnlyRootFilesystem: at(true, 'o') }),
      mounts: [expect.objectContaining({ volume: 'data', subPath: 'data' })],
    }),
  );
});

test.each([
  [{ command: words('a') }, undefined, ['a']],
  [{ entrypoint: words('e'), command: words('a') }, ['e'], ['a']],
  [{ entrypoint: words('e') }, ['e'], undefined],
  [{ entrypoint: words('e'), command: words() }, ['e'], undefined],
  [{ entrypoint: words(), command: words('a') }, ['a'], undefined],
  [{ command: words() }, undefined, undefined],
  [{ entrypoint: words() }, undefined, undefined],
] as readonly [ServiceSays, readonly string[] | undefined, readonly string[] | undefined][])(
  '%o makes command %o and args %o',
  (says, command, args) => {
    const located = (list: readonly string[] | undefined) => list?.map((word) => at(word, 'w'));
    expect(built({ ...image, ...says }).container).toMatchObject({ command: located(command), args: located(args) });
  },
);

test('an image that is built is named after project and service', () => {
  const named = (service: string, options: Partial<Options>) =>
    builtImage({ name: service, origin: from() }, draftOf({ services: {}, options, project: 'my_shop-' }));
  expect(named('Web_App.1', {})).toBe('my-shop-web-app-1:latest');
  expect(named('web', { registry: 'registry.example.com/team/', tag: '1.4' })).toBe(
    'registry.example.com/team/my-shop-web:1.4',
  );
});

test('an image that only the nodes have is not looked for elsewhere, and that is told', () => {
  const { container: one, said } = built({ build });
  expect(one).toMatchObject({
    image: at('shop-web:latest', 'services', 'web', 'build'),
    pullPolicy: at('IfNotPresent', 'services', 'web', 'build'),
  });
  expect(said).toEqual([
    'warning build-container/not-in-a-registry services.web.build: the image shop-web:latest is in no registry, so it must be loaded onto the nodes',
  ]);
  expect(built({ build }, { options: { registry: 'r.example.com' } })).toMatchObject({
    container: { pullPolicy: undefined },
    said: [],
  });
  expect(built({ build, ...image })).toMatchObject({
    container: { image: image.image, pullPolicy: undefined },
    said: [],
  });
});

const policy = <T extends 'Always' | 'IfNotPresent' | 'Never'>(value: T) => at(value, 'services', 'web', 'pull_policy');

test.each([
  ['what is written', { ...image, pullPolicy: policy('IfNotPresent') }, {}, policy('IfNotPresent')],
  [
    'a label',
    { ...image, pullPolicy: policy('Always'), wishes: { imagePullPolicy: at('Never', 'l') } },
    {},
    at('Never', 'l'),
  ],
  ['another word for a built image', { build, pullPolicy: policy('Always') }, {}, policy('Always')],
  ['the same word for a built image', { build, pullPolicy: policy('IfNotPresent') }, {}, policy('IfNotPresent')],
  ['nothing for what is pulled anyway', { build, pullPolicy: policy('IfNotPresent') }, { registry: 'r' }, undefined],
  ['nothing for a tag of its own', { build }, { tag: '1.4' }, undefined],
] as readonly [string, ServiceSays, Partial<Options>, Container['pullPolicy']][])(
  'the pull policy is %s',
  (_name, says, options, expected) => {
    expect(built(says, { options }).container.pullPolicy).toEqual(expected);
  },
);

test('devices are limits, those said twice added up', () => {
  const says = {
    ...image,
    limits: new Map([['cpu', at('1', 'l')]]),
    deviceResources: new Map([
      ['nvidia.com/gpu', at('1', 'd')],
      ['a/b', at('1', 'd')],
    ]),
    reservedDevices: new Map([['nvidia.com/gpu', at('2', 'r')]]),
  };
  expect(built(says).container.limits).toEqual(
    new Map([
      ['cpu', at('1', 'l')],
      ['nvidia.com/gpu', at('3', 'd')],
      ['a/b', at('1', 'd')],
    ]),
  );
});

test.each([
  ['init: true', { reapsChildren: at(true) }, {}],
  ['pid: host', { hostPid: at(true) }, {}],
  [
    'a companion with init: true',
    {},
    { side: { networkMode: at({ kind: 'service', service: 'web' }), reapsChildren: at(true) } },
  ],
] as readonly [string, ServiceSays, Readonly<Record<string, ServiceSays>>][])(
  'a signal cannot be sent to the first process with %s',
  (_name, says, others) => {
    const { container: one, said } = built(
      { ...image, ...says, stopSignal: at('INT', 'services', 'web', 'stop_signal') },
      { others },
    );
    expect(one.preStop).toBeUndefined();
    expect(said).toEqual([
      "warning build-container/no-first-process services.web.stop_signal: SIGINT is not sent: the first process of this pod is not the program's",
    ]);
  },
);

test('what runs before another service has neither ports nor probes nor hooks', () => {
  const says: ServiceSays = {
    ...image,
    exposed: [{ port: at(80), protocol: at('tcp') }],
    healthCheck: health('web', 'true'),
    stopSignal: at('INT'),
  };
  const others = { app: { dependencies: [dependency('app', 'web', 'service_completed_successfully')] } };
  const { container: one } = built(says, { others });
  expect(one).toMatchObject({
    ports: [],
    readiness: undefined,
    liveness: undefined,
    startup: undefined,
    preStop: undefined,
  });
});

test('a Job is probed for readiness only, and only behind a Service', () => {
  const job: ServiceSays = { ...image, mode: at('replicated-job'), healthCheck: health('web', 'true') };
  expect(built(job).container).toMatchObject({ readiness: undefined, liveness: undefined });
  const served = built({ ...job, exposed: [{ port: at(80), protocol: at('tcp') }] }).container;
  expect([served.readiness !== undefined, served.liveness, served.startup]).toEqual([true, undefined, undefined]);
});

test('a container that others of its pod wait for is a sidecar', () => {
  const { container: one } = built(
    { ...image, healthCheck: health('web', 'true') },
    { isWaitedFor: true, options: { liveness: false } },
  );
  expect([one.isSidecar, one.startup !== undefined, one.liveness]).toEqual([true, true, undefined]);
});
