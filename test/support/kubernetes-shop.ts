/** A set of Kubernetes objects of every kind that longshore writes, accepted by every check and by a real API server. */

const meta = (name: string, app = name) => ({ name, labels: labels(app) });
const labels = (app: string) => ({ 'app.kubernetes.io/name': app, 'app.kubernetes.io/instance': 'shop' });

const data = () => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...meta('settings-1a2b3c4d'), annotations: { 'example.com/Source': 'compose.yaml' } },
    immutable: true,
    data: { 'app.conf': 'listen 80', LEVEL: 'info' },
    binaryData: { 'logo.png': 'iVBORw==' },
  },
  { apiVersion: 'v1', kind: 'Secret', metadata: meta('token-5e6f7a8b'), immutable: true, data: { token: 'czNjcmV0' } },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: meta('archive'),
    spec: {
      capacity: { storage: '5Gi' },
      accessModes: ['ReadWriteMany'],
      nfs: { server: 'nfs.example.com', path: '/archive' },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: meta('archive'),
    spec: {
      accessModes: ['ReadWriteMany'],
      storageClassName: '',
      volumeName: 'archive',
      resources: { requests: { storage: '5Gi' } },
    },
  },
];

const access = () => [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta('waiter') },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: meta('waiter'),
    rules: [{ apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'list', 'watch'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: meta('waiter'),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'waiter' },
    subjects: [{ kind: 'ServiceAccount', name: 'waiter' }],
  },
];

const webContainer = () => ({
  name: 'web',
  image: 'registry.example.com/shop/web:1.4',
  imagePullPolicy: 'IfNotPresent',
  ports: [
    { name: 'http', containerPort: 8080 },
    { name: 'metrics', containerPort: 9090, hostPort: 9090, hostIP: '127.0.0.1' },
    { name: 'dns-udp', containerPort: 8080, protocol: 'UDP' },
  ],
  env: [
    { name: 'CACHE', value: 'redis://cache:6379' },
    { name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'settings-1a2b3c4d', key: 'LEVEL' } } },
    { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'token-5e6f7a8b', key: 'token' } } },
    { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
  ],
  envFrom: [{ secretRef: { name: 'token-5e6f7a8b' } }],
  resources: {
    requests: { cpu: '250m', memory: '128Mi', 'example.com/gpu': 1 },
    limits: { cpu: '0.5', memory: '128Mi', 'example.com/gpu': 1 },
  },
  startupProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 5, failureThreshold: 60 },
  livenessProbe: { exec: { command: ['true'] }, timeoutSeconds: 3 },
  readinessProbe: { tcpSocket: { port: 8080 }, successThreshold: 2 },
  lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
  volumeMounts: [
    { name: 'settings', mountPath: '/etc/app.conf', subPath: 'app.conf', readOnly: true },
    { name: 'token', mountPath: '/run/secrets/token', subPath: 'token' },
    { name: 'archive', mountPath: '/archive' },
    { name: 'scratch', mountPath: '/tmp' },
    { name: 'tools', mountPath: '/tools' },
    { name: 'api', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
  ],
  securityContext: {
    runAsUser: 1000,
    allowPrivilegeEscalation: false,
    capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
  },
});

const webPod = () => ({
  serviceAccountName: 'waiter',
  hostname: 'web',
  hostnameOverride: 'web.example.com',
  hostUsers: false,
  securityContext: {
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
    sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
  },
  dnsConfig: { nameservers: ['10.0.0.2'], searches: ['_tcp.example.com'], options: [{ name: 'ndots', value: '2' }] },
  hostAliases: [{ ip: '10.0.0.3', hostnames: ['printer'] }],
  nodeSelector: { 'kubernetes.io/arch': 'amd64' },
  tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoSchedule' }],
  affinity: {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchLabels: labels('web') }, topologyKey: 'kubernetes.io/hostname' },
      ],
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 1,
          podAffinityTerm: { labelSelector: { matchLabels: labels('db') }, topologyKey: 'kubernetes.io/hostname' },
        },
      ],
    },
  },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: labels('web') },
    },
  ],
  imagePullSecrets: [{ name: 'registry' }],
  initContainers: [
    { name: 'wait', image: 'busybox:1.37', command: ['nc', '-z', 'db', '5432'] },
    {
      name: 'proxy',
      image: 'envoy:1',
      restartPolicy: 'Always',
      ports: [{ name: 'proxy', containerPort: 15001 }],
      resources: { requests: { cpu: '10m' } },
    },
  ],
  containers: [webContainer()],
  volumes: [
    {
      name: 'settings',
      configMap: { name: 'settings-1a2b3c4d', items: [{ key: 'app.conf', path: 'app.conf', mode: 0o444 }] },
    },
    { name: 'token', secret: { secretName: 'token-5e6f7a8b', defaultMode: 0o400 } },
    { name: 'archive', persistentVolumeClaim: { claimName: 'archive' } },
    { name: 'scratch', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
    { name: 'tools', image: { reference: 'registry.example.com/tools:1', pullPolicy: 'IfNotPresent' } },
    {
      name: 'api',
      projected: {
        sources: [
          { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
          { configMap: { name: 'settings-1a2b3c4d', items: [{ key: 'LEVEL', path: 'level' }] } },
        ],
      },
    },
  ],
});

const workloads = () => [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: meta('web'),
    spec: {
      minReadySeconds: 10,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '0%' } },
      selector: { matchLabels: labels('web') },
      template: { metadata: { labels: labels('web') }, spec: webPod() },
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: meta('db'),
    spec: {
      serviceName: 'db',
      selector: { matchLabels: labels('db') },
      template: {
        metadata: { labels: labels('db') },
        spec: {
          containers: [
            {
              name: 'db',
              image: 'postgres:18',
              ports: [{ name: 'sql', containerPort: 5432 }],
              volumeMounts: [{ name: 'data', mountPath: '/var/lib/postgresql', subPath: 'data' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: meta('agent'),
    spec: {
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } },
      selector: { matchLabels: labels('agent') },
      template: {
        metadata: { labels: labels('agent') },
        spec: {
          hostNetwork: true,
          containers: [{ name: 'agent', image: 'agent:1', ports: [{ containerPort: 9100, hostPort: 9100 }] }],
          volumes: [{ name: 'log', hostPath: { path: '/var/log', type: 'Directory' } }],
        },
      },
    },
  },
];

const runs = () => [
  {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: meta('migrate-9c0d1e2f'),
    spec: {
      backoffLimit: 3,
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
      },
      template: {
        metadata: { labels: labels('migrate') },
        spec: { restartPolicy: 'Never', containers: [{ name: 'migrate', image: 'web:1.4' }] },
      },
    },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: meta('backup'),
    spec: {
      schedule: '*/15 2 * * 1-5',
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        spec: {
          template: { spec: { restartPolicy: 'OnFailure', containers: [{ name: 'backup', image: 'backup:1' }] } },
        },
      },
    },
  },
];

const network = () => [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta('web'),
    spec: {
      type: 'NodePort',
      selector: labels('web'),
      ports: [
        { name: 'http', port: 80, targetPort: 'http', nodePort: 30080 },
        { name: 'dns', port: 80, protocol: 'UDP', targetPort: 'dns-udp' },
      ],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta('db'),
    spec: { clusterIP: 'None', selector: labels('db'), ports: [{ name: 'sql', port: 5432, targetPort: 'sql' }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta('agent'),
    spec: { clusterIP: 'None', selector: labels('agent') },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta('mail'),
    spec: { type: 'ExternalName', externalName: 'mail.example.com' },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: meta('web'),
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['*.example.com'], secretName: 'wildcard' }],
      rules: [
        {
          host: 'shop.example.com',
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }],
          },
        },
      ],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: meta('db'),
    spec: {
      podSelector: { matchLabels: labels('db') },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: { matchLabels: labels('web') } }], ports: [{ port: 'sql', protocol: 'TCP' }] }],
      egress: [
        { to: [{ podSelector: { matchLabels: labels('web') } }], ports: [{ port: 'http' }] },
        { to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: 'UDP' }] },
      ],
    },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: meta('web'),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 2,
      maxReplicas: 4,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
      ],
    },
  },
];

/** A new copy of the objects, to be changed at will. */
export function shop(): readonly object[] {
  return [...data(), ...access(), ...workloads(), ...runs(), ...network()];
}
