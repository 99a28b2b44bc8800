/** Projects whose outcome was fixed by hand before the program could do it: what they have to become, object by object. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { root } from './support/fixtures.ts';
import { type Run, run } from './support/run.ts';

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** `Kind/name`, without the hash of the content. */
function identity({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.name}`;
}

/** Objects by `Kind/name`, content hashes aside. */
function objectsOf(text: string): ReadonlyMap<string, unknown> {
  const withoutHashes = text.replace(/-[0-9a-f]{8}$/gm, '-HASH');
  const objects = parseAllDocuments(withoutHashes).map((document) => document.toJS() as KubernetesObject);
  return new Map(objects.map((object) => [identity(object), object]));
}

function projectFolder(name: string): string {
  return join(root, 'fixtures', 'projects', name);
}

/** One line for each field that differs: `Kind/name/path: by hand → by the program`. */
function differences(path: string, byHand: unknown, byProgram: unknown): readonly string[] {
  if (isTree(byHand) && isTree(byProgram))
    return [...new Set([...Object.keys(byHand), ...Object.keys(byProgram)])].flatMap((key) =>
      differences(`${path}/${key}`, byHand[key], byProgram[key]),
    );
  const [before, after] = [byHand, byProgram].map((value) => JSON.stringify(value) ?? 'nothing');
  return before === after ? [] : [`${path}: ${before} → ${after}`];
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

describe('proxy-web-db', () => {
  /** Where the program is meant to differ from the hand, and why. */
  const intended = [
    // Whatever the project owns bears all labels of the project, or `kubectl delete -l` and pruning would leave the policy behind.
    ...['back', 'front'].flatMap((network) => [
      `NetworkPolicy/${network}/metadata/labels/app.kubernetes.io/instance: nothing → "shop"`,
      `NetworkPolicy/${network}/metadata/labels/app.kubernetes.io/managed-by: nothing → "longshore"`,
      `NetworkPolicy/${network}/metadata/labels/com.docker.compose.project: nothing → "shop"`,
    ]),
    // TCP is the default, and is left out here as it is in the ports of Services and containers.
    'NetworkPolicy/proxy-published/spec/ingress/0/ports/0/protocol: "TCP" → nothing',
  ];

  test('becomes what was written by hand, object by object', async () => {
    const byHand = objectsOf(readFileSync(join(import.meta.dirname, 'expected', 'proxy-web-db.yaml'), 'utf8'));
    const { code, stdout } = await run(['convert', '--stdout'], { cwd: projectFolder('proxy-web-db') });
    const byProgram = objectsOf(stdout);
    expect(code).toBe(0);
    expect([...byProgram.keys()].sort()).toEqual([...byHand.keys()].sort());
    expect([...byHand].flatMap(([name, object]) => differences(name, object, byProgram.get(name)))).toEqual(intended);
  });

  test('is 16 objects', () => {
    const byHand = objectsOf(readFileSync(join(import.meta.dirname, 'expected', 'proxy-web-db.yaml'), 'utf8'));
    expect(byHand.size).toBe(16);
  });
});

describe('the service mesh stack', () => {
  let done: Run;
  let objects: ReadonlyMap<string, unknown>;
  beforeAll(async () => {
    done = await run(['convert', '--stdout'], { cwd: projectFolder('service-mesh-stack') });
    objects = objectsOf(done.stdout);
  });

  test('asks web over HTTP under the host name of the test, and gives it time to start', () => {
    const httpGet = { path: '/', port: 'tcp-80', httpHeaders: [{ name: 'Host', value: 'localhost' }] };
    const timeoutSeconds = 3;
    expect(objects.get('Deployment/web')).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              {
                readinessProbe: { httpGet, timeoutSeconds, periodSeconds: 30, failureThreshold: 3 },
                livenessProbe: { httpGet, timeoutSeconds, periodSeconds: 30, failureThreshold: 3 },
                startupProbe: { httpGet, timeoutSeconds, periodSeconds: 5, failureThreshold: 60 },
              },
            ],
          },
        },
      },
    });
  });

  test('replaces the three pods of web one after another, without a fourth', () => {
    expect(objects.get('Deployment/web')).toMatchObject({
      spec: {
        replicas: 3,
        minReadySeconds: 10,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      },
    });
  });

  test('writes resources in units of Kubernetes', () => {
    expect(objects.get('Deployment/web')).toMatchObject({
      spec: {
        template: {
          spec: {
            containers: [
              { resources: { limits: { cpu: '500m', memory: '512Mi' }, requests: { cpu: '250m', memory: '256Mi' } } },
            ],
          },
        },
      },
    });
  });

  test('leads web.example.com to web, past the policy of its network', () => {
    expect(objects.get('Ingress/web')).toMatchObject({
      spec: {
        rules: [
          {
            host: 'web.example.com',
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: 'web', port: { name: 'tcp-80' } } },
                },
              ],
            },
          },
        ],
      },
    });
    expect(objects.get('NetworkPolicy/web-published')).toMatchObject({
      spec: { ingress: [{ ports: [{ port: 'tcp-80' }] }] },
    });
  });

  test('keeps the data of db in a claim of its own, and gives it a name although it declares no port', () => {
    expect(objects.get('StatefulSet/db')).toMatchObject({
      spec: {
        serviceName: 'db',
        replicas: 1,
        template: {
          spec: {
            containers: [
              {
                resources: { limits: { cpu: '1', memory: '1Gi' } },
                volumeMounts: [{ name: 'db-data', mountPath: '/var/lib/postgresql/data', subPath: 'data' }],
              },
            ],
          },
        },
        volumeClaimTemplates: [{ metadata: { name: 'db-data' }, spec: { accessModes: ['ReadWriteOnce'] } }],
      },
    });
    expect(objects.get('Service/db')).toMatchObject({ spec: { clusterIP: 'None' } });
  });

  test('keeps the three networks apart', () => {
    for (const network of ['web-network', 'api-network', 'db-network']) {
      const podSelector = { matchLabels: { [`compose.network/${network}`]: 'true' } };
      expect(objects.get(`NetworkPolicy/${network}`)).toMatchObject({
        spec: { podSelector, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector }] }] },
      });
    }
  });

  test('says with all places that api cannot reach db', () => {
    expect(done.code).toBe(0);
    expect(done.stderr).toContain(
      [
        'docker-compose.yml:45:9: warning: api cannot reach db, although it names it in environment.DB_HOST: no network joins the two, in Compose as in the cluster [warn-separated/no-way]',
        '  = hint: put api and db on one network',
        '  = also docker-compose.yml:47:9 api depends on it here',
        '  = also docker-compose.yml:49:9 api is on other networks',
        '  = also docker-compose.yml:62:9 db is on other networks',
        '',
      ].join('\n'),
    );
  });
});
