/** What becomes of `labels`, `label_file`, `annotations` and `deploy.labels`. */

import { does, type SupportTable, when } from './rule.ts';

/** Entries of the `labels` rule. */
export const labelsSupport = {
  'services.*.labels': does(
    'converted',
    ['Workload.spec.template.metadata.annotations', 'Ingress'],
    'Container labels: written as pod-template annotations (values are free text, so they cannot be Kubernetes labels). Keys with the prefix com.docker.compose are an error. Recognised hint families are consumed and appear in no annotation.',
  ),
  'services.*.labels.*': does(
    'converted',
    ['Workload.spec.template.metadata.annotations', 'Ingress'],
    'Map form; null is the empty string. An invalid annotation key is handled as under annotations.',
    {
      cases: [
        when(
          'com.docker.lb.hosts, .port, .network, .context_root, .ssl_cert, .ssl_key, .sticky_session_cookie',
          'delegated',
          ['Ingress.spec.rules'],
          'One rule per host (comma separated), pathType Prefix, path context_root or /, backend the named or only port; ssl_cert and ssl_key name the Secret of spec.tls; the rest of the family is reported. Needs an Ingress controller.',
        ),
        when(
          'traefik.enable, traefik.http.routers.R.rule, .entrypoints, .tls, traefik.http.services.S.loadbalancer.server.port',
          'delegated',
          ['Ingress.spec.rules'],
          'Host(), Path() and PathPrefix() joined by && and || become rules (Path is Exact); tls or websecure becomes spec.tls with Secret <service>-tls; enable=false suppresses it. Middlewares, HostRegexp, TCP and UDP routers are reported one by one for a Traefik IngressRoute.',
        ),
        when(
          'kompose.service.type, kompose.service.expose, .expose.tls-secret, .expose.ingress-class-name, kompose.service.nodeport.port, kompose.service.external-traffic-policy',
          'converted',
          ['Service.spec', 'Ingress.spec'],
          'Same meaning as in kompose; they override --expose for the service.',
        ),
        when(
          'kompose.controller.type, kompose.cronjob.*, kompose.hpa.*, kompose.image-pull-secret, kompose.image-pull-policy, kompose.serviceaccount-name, kompose.security-context.fsgroup, kompose.volume.*, kompose.service.healthcheck.*, kompose.service.name_override, kompose.service.group, kompose.init.containers.*',
          'converted',
          ['Workload', 'CronJob', 'HorizontalPodAutoscaler', 'PersistentVolumeClaim'],
          'Same meaning as in kompose, so that its users can switch; hpa is delegated to metrics-server. An unknown kompose.* key is a warning.',
        ),
        when(
          'any other key',
          'converted',
          ['Workload.spec.template.metadata.annotations'],
          'Annotation of the pod template.',
        ),
      ],
    },
  ),
  'services.*.labels[]': does(
    'converted',
    ['Workload.spec.template.metadata.annotations', 'Ingress'],
    'List form KEY=VALUE (no `=` means empty value); later entries win.',
  ),
  'services.*.label_file': does(
    'converted',
    ['Workload.spec.template.metadata.annotations'],
    'Files of KEY=VALUE lines read in order (later wins), then overridden by `labels`; a missing file is an error.',
  ),
  'services.*.label_file[]': does(
    'converted',
    ['Workload.spec.template.metadata.annotations'],
    'A path relative to the Compose file.',
  ),
  'services.*.annotations': does(
    'converted',
    ['Workload.spec.template.metadata.annotations'],
    'Container annotations: written on the pod template. Keys must be valid annotation keys (optional DNS prefix and `/`, then at most 63 of [A-Za-z0-9._-]); an invalid key is moved, with its value, into the JSON annotation compose.annotations and reported. 256 KiB in all.',
  ),
  'services.*.annotations.*': does(
    'converted',
    ['Workload.spec.template.metadata.annotations'],
    'Map form; null is the empty string, numbers and booleans their text.',
  ),
  'services.*.annotations[]': does(
    'converted',
    ['Workload.spec.template.metadata.annotations'],
    'List form KEY=VALUE.',
  ),
  'services.*.deploy.labels': does(
    'converted',
    ['Workload.metadata.annotations', 'Service.metadata.annotations'],
    'Service-level metadata: written as annotations on the workload and its Service, never on pods. The ingress hints listed under services.*.labels.* are read from here first, as Traefik does on Swarm.',
  ),
  'services.*.deploy.labels.*': does(
    'converted',
    ['Workload.metadata.annotations'],
    'Map form; null becomes the empty string, numbers and booleans their text. Annotation key rules are those of services.*.labels.*.',
  ),
  'services.*.deploy.labels[]': does(
    'converted',
    ['Workload.metadata.annotations'],
    'List form KEY=VALUE (no `=` means empty value); later entries win.',
  ),
} satisfies SupportTable;
