/** What becomes of the top-level `volumes`. */

import { does, extension, type SupportTable, when } from './rule.ts';

/** Entries of the `volume-entries` rule. */
export const volumeEntriesSupport = {
  volumes: does(
    'converted',
    ['PersistentVolumeClaim'],
    'Declared volumes no service uses emit nothing and are listed as info.',
  ),
  'volumes.*': does(
    'converted',
    ['PersistentVolumeClaim.spec', 'StatefulSet.spec.volumeClaimTemplates'],
    'Filesystem claim of --pvc-size (default 1Gi, said once) in the default StorageClass; the labels kompose.volume.size and kompose.volume.storage-class-name or x-kubernetes.size, storageClass, accessMode win, and null is an empty definition. Claims made by the converter are mounted with subPath data, because the lost+found of a fresh ext4 volume makes database images refuse it. Deleting the workload never deletes the data (retention stays Retain).',
    {
      cases: [
        when('mounted by Jobs only', 'converted', ['PersistentVolumeClaim'], 'One ReadWriteOnce claim.'),
        when(
          'x-kubernetes.kind: Deployment on the only service',
          'converted',
          ['PersistentVolumeClaim', 'Deployment.spec.strategy'],
          'One ReadWriteOnce claim and strategy Recreate.',
        ),
        when(
          'read-write in exactly one service, not global, at most one replica',
          'converted',
          ['StatefulSet.spec.volumeClaimTemplates'],
          "ReadWriteOnce template in that service's StatefulSet.",
        ),
        when(
          'in several services, each with at most one replica and none global',
          'approximated',
          ['PersistentVolumeClaim', 'Workload.spec.template.spec.affinity.podAffinity'],
          'One ReadWriteOnce claim; every service but the first writer gets required podAffinity (kubernetes.io/hostname) to it, and Deployments use Recreate: the single-host meaning of Compose on any storage. --shared-volumes=rwx asks for ReadWriteMany instead.',
        ),
        when(
          'in a service with several replicas or a global one',
          'approximated',
          ['PersistentVolumeClaim.spec.accessModes'],
          'One ReadWriteMany claim, with the warning that the StorageClass must offer it (NFS, CephFS, EFS, Azure Files).',
        ),
        when(
          'read-only everywhere',
          'approximated',
          ['PersistentVolumeClaim'],
          'One claim as above; told that nothing in the project fills it.',
        ),
      ],
    },
  ),
  'volumes.*.name': does(
    'converted',
    ['PersistentVolumeClaim.metadata.name'],
    'Used as it is (made a DNS subdomain, changes reported), and the claim is then an object of its own instead of a StatefulSet template, so that the name holds.',
  ),
  'volumes.*.driver': does(
    'delegated',
    ['PersistentVolumeClaim.spec.storageClassName', 'PersistentVolume'],
    'By case; the name of an unknown driver in DNS-label form becomes the StorageClass name, --storage-class DRIVER=CLASS renames it.',
    {
      note: 'A StorageClass of that name backed by a CSI driver must exist, or the claim stays Pending.',
      cases: [
        when(
          'local, default, unset',
          'converted',
          ['PersistentVolumeClaim'],
          'Default StorageClass; driver_opts may change that.',
        ),
        when(
          'rexray/ebs, rexray/efs, azurefile, vieux/sshfs, portworx, trident, netshare, convoy, flocker, other',
          'delegated',
          ['PersistentVolumeClaim.spec.storageClassName'],
          'StorageClass rexray-ebs and so on.',
        ),
        when(
          'nfs, cifs, sshfs and plug-ins whose options name a server',
          'delegated',
          ['PersistentVolume.spec'],
          'Server and share are reported with the matching CSI driver (csi-driver-nfs, csi-driver-smb).',
        ),
      ],
    },
  ),
  'volumes.*.driver_opts': does(
    'approximated',
    ['PersistentVolume.spec', 'PersistentVolumeClaim.spec'],
    'With the local driver: the mount described by type, o and device, by the cases under driver_opts.*. With another driver only size is understood.',
    { note: 'See the cases.' },
  ),
  'volumes.*.driver_opts.*': does(
    'approximated',
    ['PersistentVolume.spec', 'PersistentVolumeClaim.spec'],
    'size (also o=size=) is the storage request in byte notation, any driver. A PersistentVolume is cluster-scoped, is named <project>-<volume>, has storageClassName "" and reclaim policy Retain, and its claim names it by volumeName.',
    {
      note: "Options of other drivers belong into a StorageClass's parameters and are reported.",
      cases: [
        when(
          'type nfs or nfs4, device :/PATH, o addr=HOST,...',
          'converted',
          ['PersistentVolume.spec.nfs'],
          'server and path; the remaining options except rw and addr become mountOptions (nfs4 adds nfsvers=4), ro becomes readOnly; ReadWriteMany. Nodes need an NFS client.',
        ),
        when(
          'type cifs, device //HOST/SHARE',
          'delegated',
          ['PersistentVolume.spec.csi'],
          'driver smb.csi.k8s.io with source; username, password and domain go to a Secret (nodeStageSecretRef), the rest to mountOptions. Needs csi-driver-smb.',
        ),
        when(
          'type tmpfs',
          'approximated',
          ['Workload.spec.template.spec.volumes[].emptyDir'],
          'emptyDir with medium Memory, size= as sizeLimit, in each pod of its own: warning if several services use it.',
        ),
        when(
          'type none, o bind, device PATH',
          'approximated',
          ['Workload.spec.template.spec.volumes[]'],
          'Treated as a bind mount of PATH (see services.*.volumes[]).',
        ),
        when(
          'type ext4, xfs, btrfs or another block file system',
          'refused',
          ['report.error'],
          'A disk of one machine: make a local PersistentVolume with node affinity by hand and declare the volume external.',
        ),
      ],
    },
  ),
  'volumes.*.external': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].persistentVolumeClaim.claimName'],
    'true: the claim of that name must exist in the namespace; nothing is emitted, no subPath is added, and sharing is assumed to be allowed by its access mode. Any other attribute beside name is an error.',
  ),
  'volumes.*.external.name': does(
    'converted',
    ['Workload.spec.template.spec.volumes[].persistentVolumeClaim.claimName'],
    'Deprecated form of name; warning.',
  ),
  'volumes.*.external.x-*': extension('external'),
  'volumes.*.labels': does(
    'converted',
    ['PersistentVolumeClaim.metadata.annotations'],
    'Annotations of the claim; the sizing labels above are consumed.',
  ),
  'volumes.*.labels.*': does('converted', ['PersistentVolumeClaim.metadata.annotations'], 'Map form.'),
  'volumes.*.labels[]': does('converted', ['PersistentVolumeClaim.metadata.annotations'], 'List form KEY=VALUE.'),
  'volumes.*.x-*': extension('a volume'),
} satisfies SupportTable;
