/** What becomes of `volumes_from`, `tmpfs` and `shm_size`. */

import { does, pending, type SupportTable, when } from './rule.ts';

/** Entries of the `volumes` rule about mounts that are said elsewhere than in `volumes`. */
export const tmpfsSupport = {
  'services.*.volumes_from': pending(
    'approximated',
    ['Workload.spec.template.spec.volumes[]', 'Workload.spec.template.spec.containers[].volumeMounts'],
    'Every mount of the named service (after its own volumes_from) is added unless this service mounts something on that target. Claims count as shared (see volumes.*); when an anonymous volume or tmpfs is among them both services share one pod.',
    { note: 'emptyDir cannot cross pods, hence one pod for both.' },
  ),
  'services.*.volumes_from[]': pending(
    'approximated',
    ['Workload.spec.template.spec.volumes[]', 'Workload.spec.template.spec.containers[].volumeMounts[]'],
    'SERVICE[:ro|:rw], default rw; ro sets readOnly on each.',
    {
      note: 'See volumes_from.',
      cases: [
        when(
          'container:NAME',
          'refused',
          ['report.error'],
          'As the service whose container_name is NAME, otherwise an error.',
        ),
      ],
    },
  ),
  'services.*.tmpfs': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].emptyDir', 'Workload.spec.template.spec.containers[].volumeMounts'],
    'One path or a list; each is an emptyDir with medium Memory.',
  ),
  'services.*.tmpfs[]': does(
    'approximated',
    ['Workload.spec.template.spec.volumes[].emptyDir', 'Workload.spec.template.spec.containers[].volumeMounts[]'],
    'PATH[:OPTIONS]; size= is sizeLimit; other options by case.',
    {
      note: "It counts against the memory limit, and is not mounted noexec as Docker's is (bindMountOptions is alpha in v1.37).",
      cases: [
        when(
          'no options, rw or size=',
          'converted',
          ['Workload.spec.template.spec.volumes[].emptyDir'],
          'size in byte notation, a percentage is an error.',
        ),
        when(
          'ro',
          'converted',
          ['Workload.spec.template.spec.containers[].volumeMounts[].readOnly'],
          'readOnly: true.',
        ),
        when(
          'mode=',
          'approximated',
          ['Workload.spec.template.spec.volumes[].emptyDir.mode'],
          '1777 and 777: nothing, since 0777 is the default. Others only with --feature-gate EmptyDirVolumeMode (alpha in v1.37), else reported.',
        ),
        when('uid=', 'approximated', ['report.info'], "Reported: the directory is root's but writable by all."),
        when('gid=', 'approximated', ['Workload.spec.template.spec.securityContext.fsGroup'], 'fsGroup when free.'),
        when(
          'noexec, nosuid, nodev, exec, suid, dev',
          'approximated',
          ['Workload.spec.template.spec.containers[].volumeMounts[].bindMountOptions'],
          'The three no* options only with --feature-gate VolumeBindMountOptions; reported otherwise.',
        ),
      ],
    },
  ),
  'services.*.shm_size': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].emptyDir', 'Workload.spec.template.spec.containers[].volumeMounts'],
    'emptyDir with medium Memory and sizeLimit of that size, mounted on /dev/shm; 0 is unset (then 64Mi, as in Docker). Byte notation as for memory limits. It counts against the memory limit, and a size above that limit is a warning.',
  ),
} satisfies SupportTable;
