/** What becomes of `healthcheck`. */

import { does, extension, type SupportTable, when } from './rule.ts';

/** Entries of the `healthcheck` rule. */
export const healthcheckSupport = {
  'services.*.healthcheck': does(
    'approximated',
    [
      'Workload.spec.template.spec.containers[].readinessProbe',
      'Workload.spec.template.spec.containers[].livenessProbe',
      'Workload.spec.template.spec.containers[].startupProbe',
    ],
    "One test, three probes of a long-running workload: readiness (Service traffic, rollouts, service_healthy), liveness (restart when unhealthy) and startup (emitted with liveness, holds the other two back while starting). All numbers are always written, because Kubernetes' own default timeout is 1s and period 10s. A Job gets the readiness probe only, and only if it has a Service; a test that calls another service yields no liveness probe, since a restart could not mend that service.",
    {
      note: "Compose only marks a container unhealthy; Swarm replaces it. --no-liveness keeps Compose's meaning. A HEALTHCHECK inside the image is ignored by Kubernetes and must be copied into the file.",
    },
  ),
  'services.*.healthcheck.disable': does(
    'converted',
    ['Workload.spec.template.spec.containers[].readinessProbe'],
    'true: no probe is emitted. false: no effect.',
  ),
  'services.*.healthcheck.interval': does(
    'converted',
    [
      'Workload.spec.template.spec.containers[].readinessProbe.periodSeconds',
      'Workload.spec.template.spec.containers[].livenessProbe.periodSeconds',
    ],
    'Whole seconds rounded up, at least 1; unset or 0 is 30s.',
  ),
  'services.*.healthcheck.retries': does(
    'converted',
    [
      'Workload.spec.template.spec.containers[].readinessProbe.failureThreshold',
      'Workload.spec.template.spec.containers[].livenessProbe.failureThreshold',
    ],
    'At least 1; unset or 0 is 3. successThreshold is always 1.',
  ),
  'services.*.healthcheck.test': does(
    'converted',
    [
      'Workload.spec.template.spec.containers[].readinessProbe',
      'Workload.spec.template.spec.containers[].livenessProbe',
      'Workload.spec.template.spec.containers[].startupProbe',
    ],
    'A string or CMD-SHELL is exec [/bin/sh, -c, TEXT], CMD is exec of the words, both with `$` escaped as for command; NONE means no probe; another first word is an error. A test recognised by the cases becomes a network probe, provided its port is declared in ports or expose (a listener bound to loopback would fail one).',
    {
      cases: [
        when(
          "curl with -f/--fail, or wget, plain GET of one http(s) URL on localhost, 127.0.0.1, [::1], 0.0.0.0, the service's own name or $HOSTNAME, optionally `|| exit 1`",
          'converted',
          ['Workload.spec.template.spec.containers[].readinessProbe.httpGet'],
          "path with query, port by name, scheme HTTPS for https (never verified, as with -k), -H headers copied, and a Host header equal to the URL's host and port, since frameworks with a host allow-list would reject the pod address; 2xx and 3xx pass. A missing scheme is http; options -s -S -L -k -o /dev/null -q --spider --no-verbose are harmless; -m or --max-time lowers timeoutSeconds.",
        ),
        when(
          'curl without -f, another method, body, credentials, pipes, grep or variables in the URL',
          'converted',
          ['Workload.spec.template.spec.containers[].readinessProbe.exec'],
          'Stays an exec probe, whose result cannot differ.',
        ),
        when(
          'nc -z HOST PORT on the same hosts',
          'converted',
          ['Workload.spec.template.spec.containers[].readinessProbe.tcpSocket'],
          'Port only.',
        ),
        when(
          'grpc_health_probe -addr=HOST:PORT [-service=NAME] without TLS',
          'converted',
          ['Workload.spec.template.spec.containers[].readinessProbe.grpc'],
          'Numeric port and service.',
        ),
      ],
    },
  ),
  'services.*.healthcheck.test[]': does(
    'converted',
    ['Workload.spec.template.spec.containers[].readinessProbe.exec.command[]'],
    'First item NONE, CMD or CMD-SHELL; CMD-SHELL takes exactly one further item.',
  ),
  'services.*.healthcheck.timeout': does(
    'converted',
    [
      'Workload.spec.template.spec.containers[].readinessProbe.timeoutSeconds',
      'Workload.spec.template.spec.containers[].livenessProbe.timeoutSeconds',
      'Workload.spec.template.spec.containers[].startupProbe.timeoutSeconds',
    ],
    'Whole seconds rounded up, at least 1; unset or 0 is 30s.',
  ),
  'services.*.healthcheck.start_period': does(
    'converted',
    ['Workload.spec.template.spec.containers[].startupProbe.failureThreshold'],
    'startupProbe.failureThreshold is ceil(max(start_period + retries*interval, 300s) / startupProbe.periodSeconds): the container has at least as long to become healthy for the first time as Docker gives it, and never less than five minutes. Never initialDelaySeconds, which would delay readiness as well. Unset is 0s.',
    {
      note: 'Info: the five-minute floor is there because liveness restarts a slow starter where Compose would merely call it unhealthy; killing a database during its first initialisation can ruin it.',
    },
  ),
  'services.*.healthcheck.start_interval': does(
    'converted',
    ['Workload.spec.template.spec.containers[].startupProbe.periodSeconds'],
    "Whole seconds rounded up, at least 1; unset is the smaller of 5s (Docker Engine's default) and interval.",
  ),
  'services.*.healthcheck.x-*': extension('healthcheck'),
} satisfies SupportTable;
