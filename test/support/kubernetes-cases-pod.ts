/** Ways to spoil pod templates. */

import { BOX, type Case, long, POD, refused, tolerated, WEB } from './kubernetes-case.ts';

/** Each of them is one problem of the shop. */
export const podCases: readonly Case[] = [
  refused(
    'a volume name with an underscore',
    WEB,
    { [`${POD}/volumes/3/name`]: 'my_scratch', [`${BOX}/volumeMounts/3/name`]: 'my_scratch' },
    ['Deployment/web: spec.template.spec.volumes[3].name: my_scratch is no DNS-1123 label'],
  ),
  refused(
    'a volume name twice',
    WEB,
    { [`${POD}/volumes/3/name`]: 'archive', [`${BOX}/volumeMounts/3/name`]: 'archive' },
    ['Deployment/web: spec.template.spec.volumes[3].name: volume archive is taken by volumes[2].name'],
  ),
  refused('a volume with two sources', WEB, { [`${POD}/volumes/3/hostPath`]: { path: '/tmp' } }, [
    'Deployment/web: spec.template.spec.volumes[3]: has emptyDir and hostPath source',
  ]),
  tolerated('a volume without a source, which becomes empty', WEB, { [`${POD}/volumes/3/emptyDir`]: undefined }, [
    'Deployment/web: spec.template.spec.volumes[3]: has no source',
  ]),
  tolerated('a projected volume whose source is none', WEB, { [`${POD}/volumes/5/projected/sources/0`]: {} }, [
    'Deployment/web: spec.template.spec.volumes[5].projected.sources[0]: has no source',
  ]),
  refused(
    'a volume path that leads outside',
    WEB,
    { [`${POD}/volumes/0/configMap/items/0/path`]: '../app.conf', [`${BOX}/volumeMounts/0/subPath`]: undefined },
    ['Deployment/web: spec.template.spec.volumes[0].configMap.items[0].path: ../app.conf leads outside'],
  ),
  tolerated(
    'a volume path twice',
    WEB,
    {
      [`${POD}/volumes/0/configMap/items`]: [
        { key: 'app.conf', path: 'app.conf' },
        { key: 'LEVEL', path: 'app.conf' },
      ],
    },
    [
      'Deployment/web: spec.template.spec.volumes[0].configMap.items[1].path: path app.conf is taken by volumes[0].configMap.items[0].path',
    ],
  ),
  refused('a host path that leads outside', 'DaemonSet/agent', { [`${POD}/volumes/0/hostPath/path`]: '/var/../etc' }, [
    'DaemonSet/agent: spec.template.spec.volumes[0].hostPath.path: /var/../etc leads outside',
  ]),
  tolerated(
    'a volume hidden by a claim template',
    'StatefulSet/db',
    { [`${POD}/volumes`]: [{ name: 'data', emptyDir: {} }] },
    ['StatefulSet/db: spec.template.spec.volumes[0].name: data is hidden by the claim template of that name'],
  ),
  refused(
    'an ephemeral claim without a size',
    WEB,
    {
      [`${POD}/volumes/3`]: {
        name: 'scratch',
        ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } },
      },
    },
    [
      'Deployment/web: spec.template.spec.volumes[3].ephemeral.volumeClaimTemplate.spec.resources.requests.storage: undefined is no size',
    ],
  ),
  refused('a field behind a feature gate', WEB, { [`${POD}/volumes/3/emptyDir/mode`]: 0o700 }, [
    'Deployment/web: spec.template.spec.volumes[3].emptyDir.mode: is dropped without feature gate EmptyDirVolumeMode',
  ]),
  refused('mount options behind a feature gate', WEB, { [`${BOX}/volumeMounts/3/bindMountOptions`]: ['noexec'] }, [
    'Deployment/web: spec.template.spec.containers[0].volumeMounts[3].bindMountOptions: is dropped without feature gate VolumeBindMountOptions',
  ]),
  refused(
    'a stop signal behind a feature gate',
    WEB,
    { [`${BOX}/lifecycle/stopSignal`]: 'SIGINT', [`${POD}/os`]: { name: 'linux' } },
    [
      'Deployment/web: spec.template.spec.containers[0].lifecycle.stopSignal: is dropped without feature gate ContainerStopSignals',
    ],
  ),
  refused('a host name with a dot', WEB, { [`${POD}/hostname`]: 'web.example' }, [
    'Deployment/web: spec.template.spec.hostname: web.example is no DNS-1123 label',
  ]),
  refused('a full host name that is too long', WEB, { [`${POD}/hostnameOverride`]: long(65) }, [
    'Deployment/web: spec.template.spec.hostnameOverride: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa is no DNS-1123 subdomain of up to 64 characters',
  ]),
  refused(
    "a full host name on the node's network",
    'DaemonSet/agent',
    { [`${POD}/hostnameOverride`]: 'agent.example.com' },
    ['DaemonSet/agent: spec.template.spec.hostnameOverride: does not go with hostNetwork'],
  ),
  refused("own users on the node's network", 'DaemonSet/agent', { [`${POD}/hostUsers`]: false }, [
    'DaemonSet/agent: spec.template.spec.hostUsers: false does not go with hostNetwork',
  ]),
  refused(
    'shared processes on the node',
    'DaemonSet/agent',
    { [`${POD}/shareProcessNamespace`]: true, [`${POD}/hostPID`]: true },
    ['DaemonSet/agent: spec.template.spec.shareProcessNamespace: does not go with hostPID'],
  ),
  refused('a host alias without an address', WEB, { [`${POD}/hostAliases/0/ip`]: 'host-gateway' }, [
    'Deployment/web: spec.template.spec.hostAliases[0].ip: host-gateway is no address',
  ]),
  refused('a host alias that is no name', WEB, { [`${POD}/hostAliases/0/hostnames/0`]: 'my_printer' }, [
    'Deployment/web: spec.template.spec.hostAliases[0].hostnames: my_printer is no DNS-1123 subdomain',
  ]),
  refused(
    'name servers beyond three',
    WEB,
    { [`${POD}/dnsConfig/nameservers`]: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'] },
    ['Deployment/web: spec.template.spec.dnsConfig.nameservers: 4 are more than 3'],
  ),
  refused('a name server that is no address', WEB, { [`${POD}/dnsConfig/nameservers/0`]: 'dns.example.com' }, [
    'Deployment/web: spec.template.spec.dnsConfig.nameservers: dns.example.com is no address',
  ]),
  refused('no name server at all', WEB, { [`${POD}/dnsPolicy`]: 'None', [`${POD}/dnsConfig/nameservers`]: [] }, [
    'Deployment/web: spec.template.spec.dnsConfig.nameservers: dnsPolicy None needs one',
  ]),
  refused('a search domain with a space', WEB, { [`${POD}/dnsConfig/searches/0`]: 'a b' }, [
    'Deployment/web: spec.template.spec.dnsConfig.searches: a b is no domain',
  ]),
  refused('a sysctl that is none', WEB, { [`${POD}/securityContext/sysctls/0/name`]: 'Net Core' }, [
    'Deployment/web: spec.template.spec.securityContext.sysctls[0].name: Net Core is no sysctl',
  ]),
  refused(
    'a sysctl twice',
    WEB,
    { [`${POD}/securityContext/sysctls/1`]: { name: 'net.ipv4.ip_unprivileged_port_start', value: '1' } },
    [
      'Deployment/web: spec.template.spec.securityContext.sysctls[1].name: sysctl net.ipv4.ip_unprivileged_port_start is taken by securityContext.sysctls[0].name',
    ],
  ),
  refused(
    "a sysctl of the node's network",
    'DaemonSet/agent',
    { [`${POD}/securityContext`]: { sysctls: [{ name: 'net.core.somaxconn', value: '1' }] } },
    [
      'DaemonSet/agent: spec.template.spec.securityContext.sysctls[0].name: net.core.somaxconn does not go with hostNetwork',
    ],
  ),
  refused('a node label that is none', WEB, { [`${POD}/nodeSelector`]: { 'a b': 'c' } }, [
    'Deployment/web: spec.template.spec.nodeSelector: a b is no label key',
  ]),
  refused('a toleration that exists and has a value', WEB, { [`${POD}/tolerations/0/value`]: 'db' }, [
    'Deployment/web: spec.template.spec.tolerations[0]: Exists takes no value',
  ]),
  refused(
    'an affinity weight beyond 100',
    WEB,
    { [`${POD}/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/0/weight`]: 101 },
    [
      'Deployment/web: spec.template.spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: 101 is not in 1-100',
    ],
  ),
  refused(
    'an affinity without a topology',
    WEB,
    { [`${POD}/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/topologyKey`]: '' },
    [
      'Deployment/web: spec.template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: is empty',
    ],
  ),
  refused('a spread of no skew', WEB, { [`${POD}/topologySpreadConstraints/0/maxSkew`]: 0 }, [
    'Deployment/web: spec.template.spec.topologySpreadConstraints[0].maxSkew: 0 is below 1',
  ]),
  refused('a directory mode beyond 1777', WEB, { [`${POD}/volumes/3/emptyDir/mode`]: 0o2777 }, [
    'Deployment/web: spec.template.spec.volumes[3].emptyDir.mode: is dropped without feature gate EmptyDirVolumeMode',
    'Deployment/web: spec.template.spec.volumes[3].emptyDir.mode: 1535 is no mode',
  ]),
  refused(
    'a toleration of everything without the operator',
    WEB,
    { [`${POD}/tolerations/0`]: { effect: 'NoSchedule', value: 'a' } },
    ['Deployment/web: spec.template.spec.tolerations[0]: no key needs operator Exists'],
  ),
  refused(
    'an IPC sysctl among the processes of the node',
    WEB,
    {
      [`${POD}/hostUsers`]: undefined,
      [`${POD}/hostIPC`]: true,
      [`${POD}/securityContext/sysctls/0/name`]: 'kernel.shmmax',
    },
    ['Deployment/web: spec.template.spec.securityContext.sysctls[0].name: kernel.shmmax does not go with hostIPC'],
  ),
  refused('a DNS option without a name', WEB, { [`${POD}/dnsConfig/options/0/name`]: '' }, [
    'Deployment/web: spec.template.spec.dnsConfig.options[0].name: is empty',
  ]),
  refused('a deadline of nothing', 'Job/migrate-9c0d1e2f', { [`${POD}/activeDeadlineSeconds`]: 0 }, [
    'Job/migrate-9c0d1e2f: spec.template.spec.activeDeadlineSeconds: is below 1',
  ]),
  refused(
    'too many search domains',
    WEB,
    { [`${POD}/dnsConfig/searches`]: Array.from({ length: 33 }, (_, index) => `d${index}.example.com`) },
    ['Deployment/web: spec.template.spec.dnsConfig.searches: are more than 32, or longer than 2048 characters'],
  ),
];
