/** What becomes of the attributes that start and stop a container. */

import { does, extension, pending, type SupportTable } from './rule.ts';

/** Entries of the `lifecycle` rule. */
export const lifecycleSupport = {
  'services.*.stop_grace_period': does(
    'converted',
    ['Workload.spec.template.spec.terminationGracePeriodSeconds'],
    "Whole seconds rounded up, at least 1. Unset: left out, so Kubernetes' 30s apply instead of Compose's 10s.",
  ),
  'services.*.stop_signal': does(
    'approximated',
    ['Workload.spec.template.spec.containers[].lifecycle.preStop'],
    'SIGTERM (name or number 15): nothing. Otherwise, unless pre_stop is set, a preStop exec of /bin/sh -c that sends the signal to PID 1 and waits until it is gone; with --feature-gate ContainerStopSignals instead lifecycle.stopSignal plus spec.os.name. Names are normalised (INT, SIGINT, 2; RTMIN+3).',
    {
      note: 'lifecycle.stopSignal is still alpha and silently dropped by servers without the gate; the hook needs a shell in the image. A STOPSIGNAL in the image is honoured as it is, so the attribute may be unnecessary.',
    },
  ),
  'services.*.pre_start': pending(
    'converted',
    ['Workload.spec.template.spec.initContainers[]'],
    "Each step is an init container named <service>-pre-<n>, in order after the wait containers, with all of the service's mounts and environment (in the specification's text and compose-go's schema, not yet in the specification's schema).",
  ),
  'services.*.pre_start[]': pending(
    'converted',
    ['Workload.spec.template.spec.initContainers[]'],
    'One step; a non-zero exit keeps the pod from starting and is retried with back-off.',
  ),
  'services.*.pre_start[].command': pending(
    'converted',
    ['Workload.spec.template.spec.initContainers[].args'],
    "As services.*.command when image is set; without image it replaces the service's command and keeps its entrypoint.",
  ),
  'services.*.pre_start[].command[]': pending(
    'converted',
    ['Workload.spec.template.spec.initContainers[].args[]'],
    'One word.',
  ),
  'services.*.pre_start[].image': pending(
    'converted',
    ['Workload.spec.template.spec.initContainers[].image'],
    "Default the service's image.",
  ),
  'services.*.pre_start[].user': pending(
    'converted',
    [
      'Workload.spec.template.spec.initContainers[].securityContext.runAsUser',
      'Workload.spec.template.spec.initContainers[].securityContext.runAsGroup',
    ],
    "As services.*.user; default the service's user when image is not set.",
  ),
  'services.*.pre_start[].privileged': pending(
    'converted',
    ['Workload.spec.template.spec.initContainers[].securityContext.privileged'],
    'Copied; needs the privileged Pod Security level.',
  ),
  'services.*.pre_start[].working_dir': pending(
    'converted',
    ['Workload.spec.template.spec.initContainers[].workingDir'],
    "Default the service's working_dir.",
  ),
  'services.*.pre_start[].environment': pending(
    'converted',
    ['Workload.spec.template.spec.initContainers[].env'],
    "The service's variables with these on top.",
  ),
  'services.*.pre_start[].environment.*': pending(
    'converted',
    ['Workload.spec.template.spec.initContainers[].env[]'],
    'Map form.',
  ),
  'services.*.pre_start[].environment[]': pending(
    'converted',
    ['Workload.spec.template.spec.initContainers[].env[]'],
    'List form KEY=VALUE.',
  ),
  'services.*.pre_start[].per_replica': pending(
    'approximated',
    ['Workload.spec.template.spec.initContainers[]', 'Job'],
    'true: the init container as it is. false (default) with one replica: the same. false with several replicas: a Job with a wait container, as for service_completed_successfully.',
    {
      note: 'An init container runs again whenever its pod is replaced, where Compose skips a step that already succeeded.',
    },
  ),
  'services.*.pre_start[].x-*': extension('a pre_start step'),
  'services.*.post_start': pending(
    'approximated',
    ['Workload.spec.template.spec.containers[].lifecycle.postStart.exec.command'],
    'All commands become one exec handler: a single plain command is copied, several (or any with environment or working_dir) are joined with && under /bin/sh -c. A failing handler kills the container, as Compose stops it; the container is not Ready before the handler ends.',
    {
      note: 'Kubernetes has one handler per event, and the image must then hold a shell when several commands are joined.',
    },
  ),
  'services.*.post_start[]': pending(
    'approximated',
    ['Workload.spec.template.spec.containers[].lifecycle.postStart.exec.command'],
    'One command, run after the container has started.',
    { note: 'See post_start.' },
  ),
  'services.*.post_start[].command': pending(
    'converted',
    ['Workload.spec.template.spec.containers[].lifecycle.postStart.exec.command'],
    'String split into words, or list; hook commands are not expanded by kubelet, so `$` is not escaped here. Required.',
  ),
  'services.*.post_start[].command[]': pending(
    'converted',
    ['Workload.spec.template.spec.containers[].lifecycle.postStart.exec.command[]'],
    'One word.',
  ),
  'services.*.post_start[].user': pending(
    'refused',
    ['report.error'],
    "Equal to the container's user: nothing to say. Otherwise an error unless --drop.",
    {
      note: "Hooks run as the container's user; move the step to pre_start (an init container may run as root) or into the entrypoint.",
    },
  ),
  'services.*.post_start[].privileged': pending(
    'refused',
    ['report.error'],
    'true in an unprivileged service is an error unless --drop; otherwise nothing to say.',
    { note: 'Hooks cannot have more privilege than their container.' },
  ),
  'services.*.post_start[].working_dir': pending(
    'approximated',
    ['Workload.spec.template.spec.containers[].lifecycle.postStart.exec.command'],
    '`cd DIR && ` before the command under /bin/sh -c.',
    { note: 'Needs a shell in the image.' },
  ),
  'services.*.post_start[].environment': pending(
    'approximated',
    ['Workload.spec.template.spec.containers[].lifecycle.postStart.exec.command'],
    '`env K=V ...` before the command, values quoted.',
    { note: 'Values are visible in the pod spec; secret-looking names are an error here.' },
  ),
  'services.*.post_start[].environment.*': pending(
    'approximated',
    ['Workload.spec.template.spec.containers[].lifecycle.postStart.exec.command'],
    'Map form; null is looked up in the shell.',
    { note: 'See environment.' },
  ),
  'services.*.post_start[].environment[]': pending(
    'approximated',
    ['Workload.spec.template.spec.containers[].lifecycle.postStart.exec.command'],
    'List form KEY=VALUE.',
    { note: 'See environment.' },
  ),
  'services.*.post_start[].x-*': extension('a hook'),
  'services.*.pre_stop': pending(
    'approximated',
    ['Workload.spec.template.spec.containers[].lifecycle.preStop.exec.command'],
    'All commands become one exec handler: a single plain command is copied, several (or any with environment or working_dir) are joined with && under /bin/sh -c. Its time counts against terminationGracePeriodSeconds, and a failing handler does not keep the container alive.',
    {
      note: 'Kubernetes has one handler per event, and the image must then hold a shell when several commands are joined.',
    },
  ),
  'services.*.pre_stop[]': pending(
    'approximated',
    ['Workload.spec.template.spec.containers[].lifecycle.preStop.exec.command'],
    'One command, run before the stop signal.',
    { note: 'See pre_stop.' },
  ),
  'services.*.pre_stop[].command': pending(
    'converted',
    ['Workload.spec.template.spec.containers[].lifecycle.preStop.exec.command'],
    'String split into words, or list; hook commands are not expanded by kubelet, so `$` is not escaped here. Required.',
  ),
  'services.*.pre_stop[].command[]': pending(
    'converted',
    ['Workload.spec.template.spec.containers[].lifecycle.preStop.exec.command[]'],
    'One word.',
  ),
  'services.*.pre_stop[].user': pending(
    'refused',
    ['report.error'],
    "Equal to the container's user: nothing to say. Otherwise an error unless --drop.",
    {
      note: "Hooks run as the container's user; move the step to pre_start (an init container may run as root) or into the entrypoint.",
    },
  ),
  'services.*.pre_stop[].privileged': pending(
    'refused',
    ['report.error'],
    'true in an unprivileged service is an error unless --drop; otherwise nothing to say.',
    { note: 'Hooks cannot have more privilege than their container.' },
  ),
  'services.*.pre_stop[].working_dir': pending(
    'approximated',
    ['Workload.spec.template.spec.containers[].lifecycle.preStop.exec.command'],
    '`cd DIR && ` before the command under /bin/sh -c.',
    { note: 'Needs a shell in the image.' },
  ),
  'services.*.pre_stop[].environment': pending(
    'approximated',
    ['Workload.spec.template.spec.containers[].lifecycle.preStop.exec.command'],
    '`env K=V ...` before the command, values quoted.',
    { note: 'Values are visible in the pod spec; secret-looking names are an error here.' },
  ),
  'services.*.pre_stop[].environment.*': pending(
    'approximated',
    ['Workload.spec.template.spec.containers[].lifecycle.preStop.exec.command'],
    'Map form; null is looked up in the shell.',
    { note: 'See environment.' },
  ),
  'services.*.pre_stop[].environment[]': pending(
    'approximated',
    ['Workload.spec.template.spec.containers[].lifecycle.preStop.exec.command'],
    'List form KEY=VALUE.',
    { note: 'See environment.' },
  ),
  'services.*.pre_stop[].x-*': extension('a hook'),
} satisfies SupportTable;
