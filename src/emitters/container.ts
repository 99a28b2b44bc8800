/** A container of a pod: image, command, ports, variables, resources, probes, mounts. */

import type { IContainer, IContainerPort, IEnvFromSource, IEnvVar, IVolumeMount } from 'kubernetes-models/v1';
import type { Container, ContainerPort, Variable, VolumeMount } from '../model/pod.ts';
import { from, type Traced } from '../model/resource.ts';
import { containerSecurity } from './container-security.ts';
import { unlessDefault, unlessEmpty } from './leave-out.ts';
import { probe } from './probe.ts';
import { protocolName } from './protocol.ts';

function containerPort(port: ContainerPort): Traced<IContainerPort> {
  return from(port.port.origin, {
    name: port.name,
    containerPort: port.port,
    hostPort: port.hostPort,
    hostIP: port.hostIp,
    protocol: protocolName(port.protocol),
  });
}

function environmentFrom(source: Container['environmentFrom'][number]): Traced<IEnvFromSource> {
  const reference = { name: source.object };
  return from(source.origin, source.kind === 'config' ? { configMapRef: reference } : { secretRef: reference });
}

function variable({ name, value }: Variable): Traced<IEnvVar> {
  switch (value.kind) {
    case 'text':
      return from(value.text.origin, { name, value: value.text });
    case 'secret':
      return from(value.origin, { name, valueFrom: { secretKeyRef: { name: value.object, key: value.key } } });
    case 'field':
      return from(value.origin, { name, valueFrom: { fieldRef: { fieldPath: value.fieldPath } } });
  }
}

function volumeMount(mount: VolumeMount): Traced<IVolumeMount> {
  return from(mount.origin, {
    name: mount.volume,
    mountPath: mount.path,
    subPath: mount.subPath,
    readOnly: unlessDefault(mount.isReadOnly, false),
  });
}

/** A container, long-running, init or sidecar: the plan's list it stands in says which. */
export function container(container: Container): Traced<IContainer> {
  const { startup, liveness, readiness, preStop, security } = container;
  return from(container.origin, {
    name: container.name,
    image: container.image,
    imagePullPolicy: container.pullPolicy,
    restartPolicy: container.isSidecar ? 'Always' : undefined,
    command: container.command && unlessEmpty(container.command),
    args: container.args && unlessEmpty(container.args),
    workingDir: container.workingDir,
    stdin: unlessDefault(container.stdin, false),
    tty: unlessDefault(container.tty, false),
    ports: unlessEmpty(container.ports.map(containerPort)),
    envFrom: unlessEmpty(container.environmentFrom.map(environmentFrom)),
    env: unlessEmpty(container.environment.map(variable)),
    resources: unlessEmpty({
      requests: unlessEmpty(Object.fromEntries(container.requests)),
      limits: unlessEmpty(Object.fromEntries(container.limits)),
    }),
    startupProbe: startup && probe(startup),
    livenessProbe: liveness && probe(liveness),
    readinessProbe: readiness && probe(readiness),
    lifecycle: preStop && { preStop: { exec: { command: preStop } } },
    securityContext: security && containerSecurity(security),
    volumeMounts: unlessEmpty(container.mounts.map(volumeMount)),
  });
}
