/** What becomes of `volumes` of a service. */

import { does, extension, pending, type SupportTable, when } from './rule.ts';

/** Entries of the `volumes` rule about `volumes`. */
export const volumesSupport = {
  'services.*.volumes': does(
    'converted',
    ['Workload.spec.template.spec.volumes[]', 'Workload.spec.template.spec.containers[].volumeMounts'],
    'One pod volume and one mount per entry, named after the volume key or mount-<n>; the order of the file is kept and two entries on one target are an error. Sources are resolved by the cases under volumes[].',
  ),
  'services.*.volumes[]': does(
    'approximated',
    [
      'Workload.spec.template.spec.volumes[]',
      'Workload.spec.template.spec.containers[].volumeMounts[]',
      'PersistentVolumeClaim',
      'ConfigMap',
    ],
    'Short form SOURCE:TARGET[:OPTIONS] or TARGET alone; SOURCE starting with `.`, `/`, `~` or a drive letter is a bind, else a named volume that must be declared. What a bind becomes depends on what lies at its source at conversion time, tested in the order of the cases; --bind-mounts=auto|pvc|hostpath|skip overrides.',
    {
      note: 'A path of the Compose machine does not exist on cluster nodes; each decision is reported with the rule that made it.',
      cases: [
        when(
          'named volume',
          'converted',
          ['Workload.spec.template.spec.volumes[].persistentVolumeClaim', 'StatefulSet.spec.volumeClaimTemplates'],
          'See volumes.*.',
        ),
        when(
          'TARGET alone (anonymous) below a development bind mount of this service, e.g. /app/node_modules',
          'not-applicable',
          ['report.info'],
          "Left out: with the bind mount gone the image's own directory is visible again.",
        ),
        when(
          'TARGET alone (anonymous), otherwise',
          'approximated',
          ['Workload.spec.template.spec.volumes[].emptyDir'],
          "emptyDir: lives as long as the pod, and starts empty where Docker would copy the image's content (see volume.nocopy).",
        ),
        when(
          'bind: a Docker, containerd or Podman socket',
          'refused',
          ['report.error'],
          "An error unless --allow host-socket (hostPath of type Socket) or --drop; no engine socket of a node should be in a pod, and on most clusters it is not Docker's.",
        ),
        when(
          'bind: a development mount, i.e. the service has build, the source is a directory equal to, above or inside its context, and it is writable or a COPY or ADD of the Dockerfile covers it',
          'not-applicable',
          ['report.info'],
          'Left out, since the image holds these files; a warning instead of info when no COPY or ADD of a readable Dockerfile covers them.',
        ),
        when(
          'bind: a regular file in the project, at most 1 MiB less 16 KiB',
          'converted',
          [
            'ConfigMap.data',
            'Workload.spec.template.spec.volumes[].configMap',
            'Workload.spec.template.spec.containers[].volumeMounts[].subPath',
          ],
          'ConfigMap <service>-files-<hash> (binaryData when not UTF-8), mounted by subPath, mode 0755 if executable else 0644. Names like *.pem, *.key, *.p12, id_rsa, .htpasswd, .pgpass, db_password.txt or credentials.json, or a path part secrets/, make it a Secret. Above 256 KiB server-side apply is needed; without :ro a warning says that it cannot be written.',
        ),
        when(
          'bind: a directory in the project, read-only or holding only text files, all together at most 1 MiB less 16 KiB and 200 files',
          'converted',
          ['ConfigMap.data', 'Workload.spec.template.spec.volumes[].configMap.items'],
          'One ConfigMap for the tree; keys are the relative paths with `/` as `__`, items[].path restores them; symbolic links are followed inside the project only. Without :ro a warning says that it cannot be written.',
        ),
        when(
          'bind: a directory in the project that is missing, empty, larger, or writable with binary content',
          'approximated',
          ['PersistentVolumeClaim'],
          'Treated as a named volume <service>-<target base name>; content is not copied, the report gives the `kubectl cp` line.',
        ),
        when(
          'bind: a file in the project above the limit',
          'refused',
          ['report.error'],
          'Too large for a ConfigMap: put it in the image, an image volume or a claim.',
        ),
        when(
          'bind: /etc/localtime or /etc/timezone',
          'approximated',
          ['Workload.spec.template.spec.containers[].env'],
          'Left out; TZ is added when it can be read from the file and is unset.',
        ),
        when(
          'bind: an absolute or home path outside the project, deploy.mode global',
          'approximated',
          ['Workload.spec.template.spec.volumes[].hostPath'],
          "hostPath, without a type since what this machine has there says nothing of the nodes: node agents want their own node's files. Needs the privileged Pod Security level.",
        ),
        when(
          'bind: a path of the machine itself (/, /proc, /sys, /dev, /run, /var/run, /var/log, /lib/modules, /boot, /var/lib/docker or below), not a socket',
          'approximated',
          ['Workload.spec.template.spec.volumes[].hostPath'],
          'hostPath, read-only when the file says so: the author wants the node itself. Needs the privileged Pod Security level.',
        ),
        when(
          'bind: an absolute or home path outside the project that is a file on this machine',
          'refused',
          ['report.error'],
          'Never read into a manifest unasked: move it into the project, or --allow outside-file PATH (then as a file in the project), or x-kubernetes as: hostpath|pvc|skip.',
        ),
        when(
          'bind: an absolute or home path outside the project, otherwise (a directory, or missing here)',
          'approximated',
          ['PersistentVolumeClaim'],
          'Treated as a named volume <service>-<target base name>, empty at first; a warning says so and gives the `kubectl cp` line. --bind-mounts=hostpath keeps the path instead.',
        ),
        when(
          'source written as a URL ending in .git',
          'refused',
          ['report.error'],
          'gitRepo volumes are gone; clone in an init container.',
        ),
      ],
    },
  ),
  'services.*.volumes[].type': does(
    'approximated',
    ['Workload.spec.template.spec.volumes[]'],
    'volume, bind, tmpfs, image, cluster or npipe; the other keys must fit it, as in Compose.',
    {
      note: 'Depends on the value, see cases.',
      cases: [
        when(
          'volume',
          'converted',
          ['Workload.spec.template.spec.volumes[].persistentVolumeClaim'],
          'Named or anonymous volume.',
        ),
        when('bind', 'approximated', ['Workload.spec.template.spec.volumes[]'], 'By the bind cases of volumes[].'),
        when('tmpfs', 'converted', ['Workload.spec.template.spec.volumes[].emptyDir'], 'emptyDir with medium Memory.'),
        when(
          'image',
          'converted',
          ['Workload.spec.template.spec.volumes[].image'],
          'image volume: reference is source, pullPolicy left out, always read-only (stable since v1.36).',
        ),
        when(
          'cluster',
          'delegated',
          ['Workload.spec.template.spec.volumes[].persistentVolumeClaim'],
          "A Swarm CSI volume: claim whose storageClassName comes from the volume's driver; source group:NAME is reported. Needs that CSI driver.",
        ),
        when(
          'npipe',
          'refused',
          ['report.error'],
          'A Windows named pipe of the host; --allow host-socket makes it a hostPath.',
        ),
      ],
    },
  ),
  'services.*.volumes[].source': does(
    'converted',
    ['Workload.spec.template.spec.volumes[]'],
    "Volume key, path or image reference; a volume key must be declared. Paths resolve against the Compose file, `~` against the user's home.",
  ),
  'services.*.volumes[].target': does(
    'converted',
    ['Workload.spec.template.spec.containers[].volumeMounts[].mountPath'],
    'Absolute container path, cleaned of `.`, `..` and trailing slashes; a relative one is an error.',
  ),
  'services.*.volumes[].read_only': does(
    'converted',
    ['Workload.spec.template.spec.containers[].volumeMounts[].readOnly'],
    'true (or `ro` in the short form) is copied to the mount, not to the claim, so that the kubelet can still create a subPath directory.',
  ),
  'services.*.volumes[].consistency': does(
    'not-applicable',
    ['report.info'],
    'consistent, cached, delegated: ignored without a message per mount.',
    { note: "Only ever meant Docker Desktop's file sharing." },
  ),
  'services.*.volumes[].bind': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].hostPath'],
    'Its keys matter only when the bind became a hostPath; otherwise they are reported.',
  ),
  'services.*.volumes[].bind.propagation': pending(
    'converted',
    ['Workload.spec.template.spec.containers[].volumeMounts[].mountPropagation'],
    'private, rprivate and unset are None; slave and rslave are HostToContainer; shared and rshared are Bidirectional, which needs privileged: true or is an error. Without hostPath ignored with info.',
  ),
  'services.*.volumes[].bind.create_host_path': pending(
    'converted',
    ['Workload.spec.template.spec.volumes[].hostPath.type'],
    'true (default, also of the short form): DirectoryOrCreate for a directory. false: Directory or File, and a source missing in the project is an error instead of an empty claim.',
  ),
  'services.*.volumes[].bind.recursive': pending(
    'approximated',
    ['Workload.spec.template.spec.containers[].volumeMounts[].recursiveReadOnly'],
    'readonly with read_only: Enabled. enabled, writable: left out. disabled: reported.',
    {
      note: 'Submounts below a hostPath are always mounted; only their read-only state can be chosen (stable since v1.33).',
    },
  ),
  'services.*.volumes[].bind.selinux': does(
    'approximated',
    ['report.info'],
    'z and Z (also in the short form) are ignored: volumes a kubelet manages are relabelled by it, a hostPath never is.',
    {
      note: 'A hostPath on an SELinux node needs the right label on the node, or seLinuxOptions.',
      cases: [
        when('the bind became a ConfigMap, Secret or claim', 'converted', ['report.info'], 'Relabelling is automatic.'),
      ],
    },
  ),
  'services.*.volumes[].bind.x-*': extension('bind options'),
  'services.*.volumes[].volume': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].persistentVolumeClaim'],
    'Options of a volume mount, key by key.',
  ),
  'services.*.volumes[].volume.labels': pending(
    'converted',
    ['PersistentVolumeClaim.metadata.annotations'],
    "Added to the claim's annotations; for an anonymous volume reported.",
  ),
  'services.*.volumes[].volume.labels.*': pending(
    'converted',
    ['PersistentVolumeClaim.metadata.annotations'],
    'Map form.',
  ),
  'services.*.volumes[].volume.labels[]': pending(
    'converted',
    ['PersistentVolumeClaim.metadata.annotations'],
    'List form KEY=VALUE.',
  ),
  'services.*.volumes[].volume.nocopy': does(
    'approximated',
    ['Workload.spec.template.spec.initContainers[]'],
    "true: exactly what a claim does. false (default): a claim starts empty; with --seed-volumes (or x-kubernetes.seed on the volume) an init container of the service's own image copies TARGET into the claim while it is empty (`cp -a`, needs sh and cp in the image).",
    {
      note: "Docker fills a new volume with the image's files and their ownership, Kubernetes does not; unseeded volumes shared by several services draw a warning, since one of them usually relies on the copy.",
      cases: [when('true', 'converted', ['report.info'], 'Nothing to emit.')],
    },
  ),
  'services.*.volumes[].volume.subpath': does(
    'converted',
    ['Workload.spec.template.spec.containers[].volumeMounts[].subPath'],
    'Relative path inside the volume; `..` is an error. The directory is created by the kubelet if missing, where Docker demands it.',
  ),
  'services.*.volumes[].volume.x-*': extension('volume options'),
  'services.*.volumes[].tmpfs': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].emptyDir'],
    'Options of a tmpfs mount.',
  ),
  'services.*.volumes[].tmpfs.size': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].emptyDir.sizeLimit'],
    "Bytes or byte text, written as for memory limits; unset or 0 has no limit beyond the pod's memory.",
  ),
  'services.*.volumes[].tmpfs.mode': does(
    'approximated',
    ['Workload.spec.template.spec.volumes[].emptyDir.mode'],
    '1777 and 777: nothing. Others only with --feature-gate EmptyDirVolumeMode, else reported.',
    { note: 'emptyDir.mode is alpha in v1.37; without it the directory is 0777.' },
  ),
  'services.*.volumes[].tmpfs.x-*': extension('tmpfs options'),
  'services.*.volumes[].image': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].image'],
    'Options of an image mount.',
  ),
  'services.*.volumes[].image.subpath': does(
    'converted',
    ['Workload.spec.template.spec.containers[].volumeMounts[].subPath'],
    'Path inside the image; it must exist there.',
  ),
  'services.*.volumes[].image.x-*': extension('image options'),
  'services.*.volumes[].x-*': extension('a mount'),
} satisfies SupportTable;
