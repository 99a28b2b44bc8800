import { expect, test } from 'vitest';
import { container } from '../../src/emitters/container.ts';
import { at, from } from '../support/draft.ts';
import { container as planned, probe, security, taken } from '../support/plan.ts';

const path = ['services', 'web'] as const;

test('a container that says only its image is two lines', () => {
  const { plain, said } = taken(container(planned({ image: at('nginx:1.29', ...path, 'image') })));
  expect(plain).toEqual({ name: 'web', image: 'nginx:1.29' });
  expect(said).toEqual({ '': 'services.web', '/image': 'services.web.image' });
});

test('leaves out what is false or empty', () => {
  const { plain } = taken(
    container(
      planned({
        command: [],
        args: [],
        stdin: at(false, ...path, 'stdin_open'),
        tty: at(false, ...path, 'tty'),
        security: security(),
      }),
    ),
  );
  expect(plain).toEqual({ name: 'web', image: 'nginx:1.29' });
});

test('writes every field in the order in which people type them', () => {
  const asked = probe({ action: { kind: 'tcp', port: 'http' } });
  const { plain } = taken(
    container(
      planned({
        isSidecar: true,
        mounts: [
          {
            volume: 'data',
            path: at('/data', ...path, 'volumes', 0),
            subPath: 'data',
            isReadOnly: true,
            origin: from(...path),
          },
          { volume: 'run', path: '/run', subPath: undefined, isReadOnly: at(false, ...path), origin: from(...path) },
        ],
        security: security({ runAsUser: 1 }),
        preStop: ['/bin/sh', '-c', 'kill -INT 1'],
        startup: asked,
        liveness: asked,
        readiness: asked,
        requests: new Map([['cpu', at('250m', ...path, 'cpus')]]),
        limits: new Map([
          ['cpu', at('500m', ...path, 'cpus')],
          ['memory', at('64Mi', ...path, 'mem_limit')],
        ]),
        environment: [
          { name: 'A', value: { kind: 'text', text: at('', ...path, 'environment', 'A') } },
          {
            name: 'B',
            value: { kind: 'secret', object: 'web-env', key: 'B', origin: from(...path, 'environment', 'B') },
          },
          {
            name: 'C',
            value: { kind: 'field', fieldPath: 'metadata.name', origin: from(...path, 'environment', 'C') },
          },
        ],
        environmentFrom: [
          { kind: 'config', object: 'web-env', origin: from(...path, 'env_file', 0) },
          { kind: 'secret', object: 'web-secrets', origin: from(...path, 'env_file', 1) },
        ],
        ports: [
          {
            name: 'http',
            port: at(80, ...path, 'ports', 0, 'target'),
            protocol: at('tcp', ...path, 'ports', 0, 'protocol'),
            hostPort: undefined,
            hostIp: undefined,
          },
          {
            name: 'dns',
            port: at(53, ...path, 'ports', 1, 'target'),
            protocol: at('udp', ...path, 'ports', 1, 'protocol'),
            hostPort: at(53, ...path, 'ports', 1, 'published'),
            hostIp: at('127.0.0.1', ...path, 'ports', 1, 'host_ip'),
          },
        ],
        tty: at(true, ...path, 'tty'),
        stdin: at(true, ...path, 'stdin_open'),
        workingDir: at('/app', ...path, 'working_dir'),
        args: ['run'],
        command: [at('app', ...path, 'entrypoint', 0)],
        pullPolicy: at('Always', ...path, 'pull_policy'),
      }),
    ),
  );
  const numbers = { periodSeconds: 30, timeoutSeconds: 30, failureThreshold: 3 };
  expect(JSON.stringify(plain, null, 1)).toBe(
    JSON.stringify(
      {
        name: 'web',
        image: 'nginx:1.29',
        imagePullPolicy: 'Always',
        restartPolicy: 'Always',
        command: ['app'],
        args: ['run'],
        workingDir: '/app',
        stdin: true,
        tty: true,
        ports: [
          { name: 'http', containerPort: 80 },
          { name: 'dns', containerPort: 53, hostPort: 53, hostIP: '127.0.0.1', protocol: 'UDP' },
        ],
        envFrom: [{ configMapRef: { name: 'web-env' } }, { secretRef: { name: 'web-secrets' } }],
        env: [
          { name: 'A', value: '' },
          { name: 'B', valueFrom: { secretKeyRef: { name: 'web-env', key: 'B' } } },
          { name: 'C', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        ],
        resources: { requests: { cpu: '250m' }, limits: { cpu: '500m', memory: '64Mi' } },
        startupProbe: { tcpSocket: { port: 'http' }, ...numbers },
        livenessProbe: { tcpSocket: { port: 'http' }, ...numbers },
        readinessProbe: { tcpSocket: { port: 'http' }, ...numbers },
        lifecycle: { preStop: { exec: { command: ['/bin/sh', '-c', 'kill -INT 1'] } } },
        securityContext: { runAsUser: 1 },
        volumeMounts: [
          { name: 'data', mountPath: '/data', subPath: 'data', readOnly: true },
          { name: 'run', mountPath: '/run' },
        ],
      },
      null,
      1,
    ),
  );
});

test('points from each variable, port and mount to what said it', () => {
  const { said } = taken(
    container(
      planned({
        ports: [
          {
            name: 'http',
            port: at(80, ...path, 'expose', 0),
            protocol: at('udp', ...path, 'expose', 1),
            hostPort: undefined,
            hostIp: undefined,
          },
        ],
        environmentFrom: [{ kind: 'config', object: 'web-env', origin: from(...path, 'env_file', 0) }],
        environment: [
          { name: 'A', value: { kind: 'text', text: at('1', ...path, 'environment', 'A') } },
          {
            name: 'B',
            value: { kind: 'secret', object: 'web-env', key: 'B', origin: from(...path, 'environment', 'B') },
          },
        ],
        mounts: [
          {
            volume: 'data',
            path: '/data',
            subPath: undefined,
            isReadOnly: undefined,
            origin: from(...path, 'volumes', 0),
          },
        ],
      }),
    ),
  );
  expect(said).toEqual({
    '': 'services.web',
    '/ports/0': 'services.web.expose[0]',
    '/ports/0/containerPort': 'services.web.expose[0]',
    '/ports/0/protocol': 'services.web.expose[1]',
    '/envFrom/0': 'services.web.env_file[0]',
    '/env/0': 'services.web.environment.A',
    '/env/0/value': 'services.web.environment.A',
    '/env/1': 'services.web.environment.B',
    '/volumeMounts/0': 'services.web.volumes[0]',
  });
});
