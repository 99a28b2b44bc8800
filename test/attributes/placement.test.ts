import { expect, test } from 'vitest';
import { image } from '../../src/attributes/image.ts';
import { placement } from '../../src/attributes/placement.ts';
import { given } from '../support/given.ts';
import { pathOf, values } from '../support/values.ts';

function web(...constraints: readonly string[]) {
  const yaml = `services:\n  web:\n    image: a\n    deploy: {placement: {constraints: ${JSON.stringify(constraints)}}}\n`;
  const outcome = given(yaml, { rules: [image, placement] });
  const { nodeRules, prefersControlPlane } = outcome.service('web');
  return { rules: values(nodeRules), prefersControlPlane, said: outcome.said, nodeRules };
}

const rule = (key: string, operator: string, ...of: readonly string[]) => ({ key, operator, values: of });

test('translates what every node knows of itself', () => {
  const { rules, said, nodeRules } = web(
    'node.platform.os == Linux',
    'engine.labels.operatingsystem!=windows',
    ' node.platform.arch==x86_64 ',
    'Node.Platform.Arch != armv7l',
  );
  expect(rules).toEqual([
    rule('kubernetes.io/os', 'In', 'linux'),
    rule('kubernetes.io/os', 'NotIn', 'windows'),
    rule('kubernetes.io/arch', 'In', 'amd64'),
    rule('kubernetes.io/arch', 'NotIn', 'arm'),
  ]);
  expect([pathOf(nodeRules?.[1]?.key), said]).toEqual(['services.web.deploy.placement.constraints[1]', []]);
});

test('takes labels and host names with a word about them', () => {
  const { rules, said } = web(
    'node.labels.disk == ssd',
    'engine.labels.example.com/rack != r1',
    'node.hostname==node-7',
  );
  expect(rules).toEqual([
    rule('disk', 'In', 'ssd'),
    rule('example.com/rack', 'NotIn', 'r1'),
    rule('kubernetes.io/hostname', 'In', 'node-7'),
  ]);
  expect(said).toEqual([
    '4:40 warning placement/node-label no node has the label disk until somebody sets it',
    '4:66 warning placement/node-label no node has the label example.com/rack until somebody sets it',
    '4:105 info placement/hostname the constraint asks for a node named node-7, which the cluster must have',
  ]);
});

test('keeps workers off the control plane and prefers it for managers', () => {
  const worker = rule('node-role.kubernetes.io/control-plane', 'DoesNotExist');
  expect([web('node.role==worker'), web('node.role != manager')]).toMatchObject([
    { rules: [worker], prefersControlPlane: undefined, said: [] },
    { rules: [worker], prefersControlPlane: undefined, said: [] },
  ]);
  const managers = [web('node.role==Manager'), web('node.role!=worker')];
  expect(managers.map(({ rules, said }) => [rules, said])).toEqual([
    [
      undefined,
      [
        '4:40 warning placement/control-plane control-plane nodes are preferred, not required, since managed clusters show none',
      ],
    ],
    [
      undefined,
      [
        '4:40 warning placement/control-plane control-plane nodes are preferred, not required, since managed clusters show none',
      ],
    ],
  ]);
  expect([values(managers[0]?.prefersControlPlane), pathOf(managers[0]?.prefersControlPlane)]).toEqual([
    true,
    'services.web.deploy.placement.constraints[0]',
  ]);
});

test('leaves out what has no counterpart', () => {
  const outcomes = [
    'node.id==2ivku8',
    'engine.labels.operatingsystem == ubuntu 24.04',
    'node.ip==10.0.0.1',
    'node.labels.a b==c',
    'node.labels.a==b c',
    'node.hostname==a b',
    'node.platform.arch==a b',
    'node.hostnme==a',
    'xyz==1',
    'node.labels.-x==1',
  ].map((one) => web(one));
  expect(outcomes.map(({ rules }) => rules)).toEqual(outcomes.map(() => undefined));
  expect(outcomes.flatMap(({ said }) => said)).toEqual([
    '4:40 error placement/node-id the id of a node of a swarm names nothing in a cluster',
    '4:40 error placement/operating-system "ubuntu 24.04" is no operating system that nodes tell apart',
    '4:40 error placement/unknown-key the constraint key node.ip has no counterpart',
    '4:40 error placement/form "node.labels.a b==c" is not a constraint',
    '4:40 error placement/not-a-label "b c" cannot be a label of a node',
    '4:40 error placement/not-a-label "a b" cannot be a label of a node',
    '4:40 error placement/not-a-label "a b" cannot be a label of a node',
    '4:40 error placement/unknown-key the constraint key node.hostnme has no counterpart',
    '4:40 error placement/unknown-key the constraint key xyz has no counterpart',
    '4:40 error placement/not-a-label "-x" cannot be a label of a node',
  ]);
});

test('says what is no constraint', () => {
  expect(
    [
      'node.role',
      'node.role=worker',
      'node.role===worker',
      'node.role==',
      'node.role>worker',
      'node.role==boss',
    ].flatMap((one) => web(one).said),
  ).toEqual([
    '4:40 error placement/form "node.role" is not a constraint',
    '4:40 error placement/form "node.role=worker" is not a constraint',
    '4:40 error placement/form "node.role===worker" is not a constraint',
    '4:40 error placement/form "node.role==" is not a constraint',
    '4:40 error placement/form "node.role>worker" is not a constraint',
    '4:40 error placement/role "boss" is not a role of a node',
  ]);
});

test('checks preferences', () => {
  const yaml = (text: string) => `services:\n  web:\n    image: a\n    deploy: {placement: {${text}}}\n`;
  const said = [
    'preferences: [{spread: node.labels.zone}], max_replicas_per_node: 0',
    'preferences: [{binpack: a}]',
    'max_replicas_per_node: -1',
  ].map((text) => given(yaml(text), { rules: [image, placement] }).said);
  expect(said).toEqual([
    [],
    ['4:41 error check/unknown-key unknown attribute "binpack" in services.web.deploy.placement.preferences[0]'],
    [
      '4:49 error check/type services.web.deploy.placement.max_replicas_per_node must be a whole number of at least 0, not -1',
    ],
  ]);
});
