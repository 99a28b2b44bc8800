/** Ways to spoil containers. */

import { BOX, type Case, POD, refused, tolerated, WEB } from './kubernetes-case.ts';

/** Each of them is one problem of the shop. */
export const containerCases: readonly Case[] = [
  refused('a pod without containers', 'StatefulSet/db', { [`${POD}/containers`]: [] }, [
    'Service/db: spec.ports[0].targetPort: no selected pod has a TCP port sql',
    'NetworkPolicy/db: spec.ingress[0].ports[0].port: no pod has a TCP port sql',
    'StatefulSet/db: spec.template.spec.containers: is empty',
  ]),
  refused('a container name with an underscore', 'StatefulSet/db', { [`${BOX}/name`]: 'my_db' }, [
    'StatefulSet/db: spec.template.spec.containers[0].name: my_db is no DNS-1123 label',
  ]),
  refused('an init container of the name of a container', WEB, { [`${POD}/initContainers/0/name`]: 'web' }, [
    'Deployment/web: spec.template.spec.containers[0].name: container web is taken by initContainers[0].name',
  ]),
  refused('an empty image', WEB, { [`${BOX}/image`]: '' }, [
    'Deployment/web: spec.template.spec.containers[0].image: "" is no image',
  ]),
  refused('an image with a space at its end', WEB, { [`${BOX}/image`]: 'nginx ' }, [
    'Deployment/web: spec.template.spec.containers[0].image: "nginx " is no image',
  ]),
  refused(
    'an ephemeral container in a template',
    'StatefulSet/db',
    { [`${POD}/ephemeralContainers`]: [{ name: 'debug', image: 'busybox' }] },
    ['StatefulSet/db: spec.template.spec.ephemeralContainers: a template has none'],
  ),
  refused('a port beyond 65535', WEB, { [`${BOX}/ports/1/containerPort`]: 70_000 }, [
    'Deployment/web: spec.template.spec.containers[0].ports[1].containerPort: 70000 is no port',
  ]),
  refused('a port name of more than 15 characters', WEB, { [`${BOX}/ports/1/name`]: 'metrics-endpoint' }, [
    'Deployment/web: spec.template.spec.containers[0].ports[1].name: metrics-endpoint is no port name',
  ]),
  refused('a port name without a letter', WEB, { [`${BOX}/ports/1/name`]: '9090' }, [
    'Deployment/web: spec.template.spec.containers[0].ports[1].name: 9090 is no port name',
  ]),
  refused('a port name twice in a container', WEB, { [`${BOX}/ports/1/name`]: 'http' }, [
    'Deployment/web: spec.template.spec.containers[0].ports[1]: port name http is taken by containers[0].ports[0]',
  ]),
  tolerated('a port name twice in a pod', WEB, { [`${POD}/initContainers/1/ports/0/name`]: 'metrics' }, [
    'Deployment/web: spec.template.spec.containers[0].ports[1]: port name metrics is taken by initContainers[1].ports[0]',
  ]),
  tolerated('a port twice in a container', WEB, { [`${BOX}/ports/1/containerPort`]: 8080 }, [
    'Deployment/web: spec.template.spec.containers[0].ports[1]: port 8080/TCP is taken by containers[0].ports[0]',
  ]),
  tolerated('a port twice in a pod', WEB, { [`${POD}/initContainers/1/ports/0/containerPort`]: 9090 }, [
    'Deployment/web: spec.template.spec.containers[0].ports[1]: port 9090/TCP is taken by initContainers[1].ports[0]',
  ]),
  refused(
    'a port of the node twice in a pod',
    WEB,
    { [`${BOX}/ports/0/hostPort`]: 9090, [`${BOX}/ports/0/hostIP`]: '127.0.0.1' },
    [
      'Deployment/web: spec.template.spec.containers[0].ports[1].hostPort: port of the node 127.0.0.1:9090/TCP is taken by containers[0].ports[0].hostPort',
    ],
  ),
  tolerated('a port of the node in two workloads', 'StatefulSet/db', { [`${BOX}/ports/0/hostPort`]: 9100 }, [
    'DaemonSet/agent: hostPort: port of the node 0.0.0.0:9100/TCP is taken by StatefulSet/db: hostPort',
  ]),
  refused("another port of the node on the node's network", 'DaemonSet/agent', { [`${BOX}/ports/0/hostPort`]: 9101 }, [
    'DaemonSet/agent: spec.template.spec.containers[0].ports[0].hostPort: 9101 is not the containerPort although hostNetwork is true',
  ]),
  refused('a variable name with an equals sign', WEB, { [`${BOX}/env/0/name`]: 'A=B' }, [
    'Deployment/web: spec.template.spec.containers[0].env[0].name: A=B is no variable name',
  ]),
  tolerated('a variable twice', WEB, { [`${BOX}/env/3/name`]: 'CACHE' }, [
    'Deployment/web: spec.template.spec.containers[0].env[3]: variable CACHE is taken by containers[0].env[0]',
  ]),
  refused('a variable with value and valueFrom', WEB, { [`${BOX}/env/3/value`]: 'a' }, [
    'Deployment/web: spec.template.spec.containers[0].env[3]: has value and valueFrom',
  ]),
  refused(
    'a variable with two sources',
    WEB,
    { [`${BOX}/env/3/valueFrom/secretKeyRef`]: { name: 'token-5e6f7a8b', key: 'token' } },
    ['Deployment/web: spec.template.spec.containers[0].env[3].valueFrom: has fieldRef and secretKeyRef source'],
  ),
  refused('a variable with no source', WEB, { [`${BOX}/env/3/valueFrom`]: {} }, [
    'Deployment/web: spec.template.spec.containers[0].env[3].valueFrom: has no source',
  ]),
  refused('an envFrom without a source', WEB, { [`${BOX}/envFrom/0`]: {} }, [
    'Deployment/web: spec.template.spec.containers[0].envFrom[0]: has no source',
  ]),
  refused('a probe with two handlers', WEB, { [`${BOX}/livenessProbe/grpc`]: { port: 1 } }, [
    'Deployment/web: spec.template.spec.containers[0].livenessProbe: has exec and grpc handler',
  ]),
  refused('a probe without a handler', WEB, { [`${BOX}/livenessProbe`]: { periodSeconds: 3 } }, [
    'Deployment/web: spec.template.spec.containers[0].livenessProbe: has no handler',
  ]),
  refused('a probe with an empty command', WEB, { [`${BOX}/livenessProbe/exec/command`]: [] }, [
    'Deployment/web: spec.template.spec.containers[0].livenessProbe.exec.command: is empty',
  ]),
  tolerated(
    'a probe of a port that the container does not name',
    WEB,
    { [`${BOX}/startupProbe/httpGet/port`]: 'https' },
    ['Deployment/web: spec.template.spec.containers[0].startupProbe.httpGet.port: https is no port of the container'],
  ),
  refused('a probe of no port', WEB, { [`${BOX}/readinessProbe/tcpSocket/port`]: 0 }, [
    'Deployment/web: spec.template.spec.containers[0].readinessProbe.tcpSocket.port: 0 is no port',
  ]),
  refused(
    'a header name with a space',
    WEB,
    { [`${BOX}/startupProbe/httpGet/httpHeaders`]: [{ name: 'My Host', value: 'a' }] },
    ['Deployment/web: spec.template.spec.containers[0].startupProbe.httpGet.httpHeaders[0].name: My Host is no header'],
  ),
  refused('a liveness probe with a success threshold', WEB, { [`${BOX}/livenessProbe/successThreshold`]: 2 }, [
    'Deployment/web: spec.template.spec.containers[0].livenessProbe.successThreshold: 2 is not 1',
  ]),
  refused('a startup probe with a success threshold', WEB, { [`${BOX}/startupProbe/successThreshold`]: 2 }, [
    'Deployment/web: spec.template.spec.containers[0].startupProbe.successThreshold: 2 is not 1',
  ]),
  tolerated('a probe whose zero means something else', WEB, { [`${BOX}/livenessProbe/periodSeconds`]: 0 }, [
    'Deployment/web: spec.template.spec.containers[0].livenessProbe.periodSeconds: 0 means the default',
  ]),
  refused(
    'a probe of an init container',
    WEB,
    { [`${POD}/initContainers/0/readinessProbe`]: { exec: { command: ['true'] } } },
    ['Deployment/web: spec.template.spec.initContainers[0].readinessProbe: an init container has none'],
  ),
  refused(
    'a hook of an init container',
    WEB,
    { [`${POD}/initContainers/0/lifecycle`]: { preStop: { exec: { command: ['true'] } } } },
    ['Deployment/web: spec.template.spec.initContainers[0].lifecycle: an init container has none'],
  ),
  refused('a hook with two handlers', WEB, { [`${BOX}/lifecycle/preStop/sleep`]: { seconds: 3 } }, [
    'Deployment/web: spec.template.spec.containers[0].lifecycle.preStop: has exec and sleep handler',
  ]),
  refused('a request beyond the limit', WEB, { [`${BOX}/resources/requests/cpu`]: '501m' }, [
    'Deployment/web: spec.template.spec.containers[0].resources.requests.cpu: 501m is more than the limit 0.5',
  ]),
  refused('a request beyond a limit in another unit', WEB, { [`${BOX}/resources/limits/memory`]: '128M' }, [
    'Deployment/web: spec.template.spec.containers[0].resources.requests.memory: 128Mi is more than the limit 128M',
  ]),
  refused(
    'an extended resource whose request is not its limit',
    WEB,
    { [`${BOX}/resources/limits/example.com~1gpu`]: 2 },
    ['Deployment/web: spec.template.spec.containers[0].resources.requests.example.com/gpu: is not the limit'],
  ),
  refused('an extended resource without a limit', WEB, { [`${BOX}/resources/limits/example.com~1gpu`]: undefined }, [
    'Deployment/web: spec.template.spec.containers[0].resources.requests.example.com/gpu: is not the limit',
  ]),
  refused('a resource that does not exist', WEB, { [`${BOX}/resources/limits/pids`]: 100 }, [
    'Deployment/web: spec.template.spec.containers[0].resources.limits.pids: is no resource',
  ]),
  tolerated('a fraction of a byte', WEB, { [`${BOX}/resources/requests/memory`]: '512m' }, [
    'Deployment/web: spec.template.spec.containers[0].resources.requests.memory: 512m is no whole number',
  ]),
  refused('a mount of no volume', WEB, { [`${BOX}/volumeMounts/3/name`]: 'temp' }, [
    'Deployment/web: spec.template.spec.containers[0].volumeMounts[3].name: temp is no volume of the pod',
  ]),
  refused('a mount of no volume beside claim templates', 'StatefulSet/db', { [`${BOX}/volumeMounts/0/name`]: 'date' }, [
    'StatefulSet/db: spec.template.spec.containers[0].volumeMounts[0].name: date is no volume of the pod',
  ]),
  refused('a mount path twice', WEB, { [`${BOX}/volumeMounts/4/mountPath`]: '/tmp' }, [
    'Deployment/web: spec.template.spec.containers[0].volumeMounts[4].mountPath: path /tmp is taken by containers[0].volumeMounts[3].mountPath',
  ]),
  tolerated('a mount path twice but for a slash', WEB, { [`${BOX}/volumeMounts/4/mountPath`]: '/tmp/' }, [
    'Deployment/web: spec.template.spec.containers[0].volumeMounts[4].mountPath: path /tmp is taken by containers[0].volumeMounts[3].mountPath',
  ]),
  tolerated('a mount path with a colon', WEB, { [`${BOX}/volumeMounts/3/mountPath`]: '/tmp:rw' }, [
    'Deployment/web: spec.template.spec.containers[0].volumeMounts[3].mountPath: /tmp:rw is no absolute path without a colon',
  ]),
  tolerated('a mount path that is not absolute', WEB, { [`${BOX}/volumeMounts/3/mountPath`]: 'tmp' }, [
    'Deployment/web: spec.template.spec.containers[0].volumeMounts[3].mountPath: tmp is no absolute path without a colon',
  ]),
  refused('a subPath that leads outside', WEB, { [`${BOX}/volumeMounts/3/subPath`]: '../etc' }, [
    'Deployment/web: spec.template.spec.containers[0].volumeMounts[3].subPath: ../etc leads outside',
  ]),
  refused(
    'a subPath beside a subPathExpr',
    WEB,
    { [`${BOX}/volumeMounts/3/subPath`]: 'a', [`${BOX}/volumeMounts/3/subPathExpr`]: 'b' },
    ['Deployment/web: spec.template.spec.containers[0].volumeMounts[3]: has subPath and subPathExpr'],
  ),
  tolerated('a subPath that the volume does not have', WEB, { [`${BOX}/volumeMounts/0/subPath`]: 'other.conf' }, [
    'Deployment/web: spec.template.spec.containers[0].volumeMounts[0].subPath: other.conf is not in the volume',
  ]),
  tolerated('a subPath that the Secret does not have', WEB, { [`${BOX}/volumeMounts/1/subPath`]: 'key' }, [
    'Deployment/web: spec.template.spec.containers[0].volumeMounts[1].subPath: key is not in the volume',
  ]),
  refused('a privileged container that may not escalate', WEB, { [`${BOX}/securityContext/privileged`]: true }, [
    'Deployment/web: spec.template.spec.containers[0].securityContext: is privileged and may not escalate',
  ]),
  tolerated('a capability as Docker writes it', WEB, { [`${BOX}/securityContext/capabilities/add`]: ['net_admin'] }, [
    'Deployment/web: spec.template.spec.containers[0].securityContext.capabilities: net_admin is no capability',
  ]),
  tolerated('root where root is refused', WEB, { [`${BOX}/securityContext/runAsUser`]: 0 }, [
    'Deployment/web: spec.template.spec.containers[0].securityContext.runAsUser: 0 although runAsNonRoot is true',
  ]),
  refused(
    'an unmasked /proc among the users of the host',
    WEB,
    { [`${POD}/hostUsers`]: undefined, [`${BOX}/securityContext/procMount`]: 'Unmasked' },
    ['Deployment/web: spec.template.spec.containers[0].securityContext.procMount: Unmasked needs hostUsers false'],
  ),
  refused('a local profile without a name', WEB, { [`${BOX}/securityContext/seccompProfile`]: { type: 'Localhost' } }, [
    'Deployment/web: spec.template.spec.containers[0].securityContext.seccompProfile: localhostProfile goes with Localhost only',
  ]),
  tolerated(
    'a restart policy of one container, for servers before v1.35',
    WEB,
    { [`${BOX}/restartPolicy`]: 'Always' },
    ['Deployment/web: spec.template.spec.containers[0].restartPolicy: is for init containers'],
  ),
  refused(
    'a capability of the whole node beside no escalation',
    WEB,
    { [`${BOX}/securityContext/capabilities/add`]: ['CAP_SYS_ADMIN'] },
    [
      'Deployment/web: spec.template.spec.containers[0].securityContext: adds CAP_SYS_ADMIN and may not escalate',
      'Deployment/web: spec.template.spec.containers[0].securityContext.capabilities: CAP_SYS_ADMIN is no capability',
    ],
  ),
  refused('mount options that do not exist', WEB, { [`${BOX}/volumeMounts/3/bindMountOptions`]: ['ro'] }, [
    'Deployment/web: spec.template.spec.containers[0].volumeMounts[3].bindMountOptions: is dropped without feature gate VolumeBindMountOptions',
    'Deployment/web: spec.template.spec.containers[0].volumeMounts[3].bindMountOptions: ro is no option',
  ]),
];
