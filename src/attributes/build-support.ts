/** What becomes of the `build` section of a service. */

import { does, extension, pending, type SupportTable } from './rule.ts';

const outside = 'Image building is outside the cluster: run the build plan and push before applying.';

/** Entries of the `build` rule. */
export const buildSupport = {
  'services.*.build': does(
    'delegated',
    ['Workload.spec.template.spec.containers[].image', 'build-plan'],
    'A manifest cannot build: the container gets `image`, or else <registry>/<project>-<service>:<tag> from --registry and --tag (default no registry, tag latest), and the build section becomes one target of the build plan (docker-bake.json) when --build-plan is given. A string is the short form of `context`.',
    {
      note: 'Build and push the image before applying; without --registry the cluster can find the image only if it was loaded on the node (kind load, minikube image load), which is a warning.',
    },
  ),
  'services.*.build.context': does(
    'delegated',
    ['build-plan.target.context'],
    'Directory (relative to the project) or URL, default `.`; it is also used to recognise development bind mounts of the same tree and, when a Dockerfile is readable, its EXPOSE lines feed Service ports.',
    { note: outside },
  ),
  'services.*.build.dockerfile': does(
    'delegated',
    ['build-plan.target.dockerfile'],
    'Path relative to the context, default Dockerfile; exclusive with dockerfile_inline.',
    { note: outside },
  ),
  'services.*.build.dockerfile_inline': does(
    'delegated',
    ['build-plan.target.dockerfile-inline'],
    'Text of the Dockerfile; exclusive with dockerfile.',
    { note: outside },
  ),
  'services.*.build.entitlements': pending(
    'delegated',
    ['build-plan.target.entitlements'],
    'Copied; the builder must also be started with --allow for each.',
    { note: outside },
  ),
  'services.*.build.entitlements[]': pending(
    'delegated',
    ['build-plan.target.entitlements[]'],
    'network.host, security.insecure or device=....',
    { note: outside },
  ),
  'services.*.build.args': does(
    'delegated',
    ['build-plan.target.args'],
    'Copied after interpolation; a value-less argument is taken from the environment and left out when unset. Never reaches the pod.',
    { note: outside },
  ),
  'services.*.build.args.*': does(
    'delegated',
    ['build-plan.target.args.*'],
    'Map form; numbers and booleans become text.',
    { note: outside },
  ),
  'services.*.build.args[]': does('delegated', ['build-plan.target.args.*'], 'List form KEY=VALUE, or KEY alone.', {
    note: outside,
  }),
  'services.*.build.ssh': pending(
    'delegated',
    ['build-plan.target.ssh'],
    'Copied; keys and agent stay on the build machine.',
    { note: outside },
  ),
  'services.*.build.ssh.*': pending('delegated', ['build-plan.target.ssh[]'], 'Map form id: path.', { note: outside }),
  'services.*.build.ssh[]': pending('delegated', ['build-plan.target.ssh[]'], 'default, or ID=PATH.', {
    note: outside,
  }),
  'services.*.build.labels': pending(
    'delegated',
    ['build-plan.target.labels'],
    'Labels of the image, not of any cluster object.',
    { note: outside },
  ),
  'services.*.build.labels.*': pending('delegated', ['build-plan.target.labels.*'], 'Map form.', { note: outside }),
  'services.*.build.labels[]': pending('delegated', ['build-plan.target.labels.*'], 'List form KEY=VALUE.', {
    note: outside,
  }),
  'services.*.build.cache_from': pending('delegated', ['build-plan.target.cache-from'], 'Copied.', { note: outside }),
  'services.*.build.cache_from[]': pending(
    'delegated',
    ['build-plan.target.cache-from[]'],
    'An image name (short for type=registry,ref=NAME) or a type=... entry.',
    { note: outside },
  ),
  'services.*.build.cache_to': pending('delegated', ['build-plan.target.cache-to'], 'Copied.', { note: outside }),
  'services.*.build.cache_to[]': pending(
    'delegated',
    ['build-plan.target.cache-to[]'],
    'An image name or a type=... entry.',
    { note: outside },
  ),
  'services.*.build.no_cache': pending('delegated', ['build-plan.target.no-cache'], 'Copied.', { note: outside }),
  'services.*.build.no_cache_filter': pending(
    'delegated',
    ['build-plan.target.no-cache-filter'],
    "Copied; in compose-go's schema, not yet in the specification's.",
    { note: outside },
  ),
  'services.*.build.no_cache_filter[]': pending(
    'delegated',
    ['build-plan.target.no-cache-filter[]'],
    'One stage name.',
    { note: outside },
  ),
  'services.*.build.additional_contexts': pending(
    'delegated',
    ['build-plan.target.contexts'],
    'Copied; service:NAME becomes target:NAME so that the other image is built first.',
    { note: outside },
  ),
  'services.*.build.additional_contexts.*': pending(
    'delegated',
    ['build-plan.target.contexts.*'],
    'Map form name: context.',
    { note: outside },
  ),
  'services.*.build.additional_contexts[]': pending(
    'delegated',
    ['build-plan.target.contexts.*'],
    'List form NAME=CONTEXT.',
    { note: outside },
  ),
  'services.*.build.network': pending(
    'delegated',
    ['build-plan.target.network'],
    'Network mode of RUN steps; a project network name is reported, since only default, none and host travel.',
    { note: outside },
  ),
  'services.*.build.provenance': pending(
    'delegated',
    ['build-plan.target.attest[]'],
    'true, false or key=value text becomes a type=provenance attestation.',
    { note: outside },
  ),
  'services.*.build.sbom': pending(
    'delegated',
    ['build-plan.target.attest[]'],
    'true, false or key=value text becomes a type=sbom attestation.',
    { note: outside },
  ),
  'services.*.build.pull': pending(
    'delegated',
    ['build-plan.target.pull'],
    'Copied; about base images only, never imagePullPolicy.',
    { note: outside },
  ),
  'services.*.build.target': does('delegated', ['build-plan.target.target'], 'Stage to build.', { note: outside }),
  'services.*.build.shm_size': pending(
    'delegated',
    ['build-plan.target.shm-size'],
    "Copied; the running container's own shm_size is separate.",
    { note: outside },
  ),
  'services.*.build.extra_hosts': pending(
    'delegated',
    ['build-plan.hints'],
    'Listed as --add-host flags in the hints, and never written as hostAliases.',
    { note: outside },
  ),
  'services.*.build.extra_hosts.*': pending('delegated', ['build-plan.hints'], 'Map form host: address.', {
    note: outside,
  }),
  'services.*.build.extra_hosts.*[]': pending(
    'delegated',
    ['build-plan.hints'],
    'One of several addresses of one host.',
    { note: outside },
  ),
  'services.*.build.extra_hosts[]': pending(
    'delegated',
    ['build-plan.hints'],
    'List form HOST=ADDRESS (or HOST:ADDRESS).',
    { note: outside },
  ),
  'services.*.build.isolation': pending(
    'delegated',
    ['build-plan.hints'],
    'Named in the hints; Windows builders only.',
    { note: outside },
  ),
  'services.*.build.privileged': pending(
    'delegated',
    ['build-plan.target.entitlements[]'],
    'true becomes the security.insecure entitlement.',
    { note: outside },
  ),
  'services.*.build.secrets': pending(
    'delegated',
    ['build-plan.target.secret'],
    'Each becomes id=TARGET,src=FILE or id=TARGET,env=NAME from the top-level secret. A secret used only by builds yields no Secret object.',
    { note: outside },
  ),
  'services.*.build.secrets[]': pending(
    'delegated',
    ['build-plan.target.secret[]'],
    'A bare name is source and id at once.',
    { note: outside },
  ),
  'services.*.build.secrets[].source': pending(
    'delegated',
    ['build-plan.target.secret[]'],
    'Key in the top-level secrets; unknown is an error.',
    { note: outside },
  ),
  'services.*.build.secrets[].target': pending(
    'delegated',
    ['build-plan.target.secret[]'],
    'Id used by the Dockerfile, default the source.',
    { note: outside },
  ),
  'services.*.build.secrets[].uid': pending(
    'delegated',
    ['build-plan.hints'],
    'Belongs to RUN --mount=type=secret,uid= in the Dockerfile; named in the hints.',
    { note: outside },
  ),
  'services.*.build.secrets[].gid': pending(
    'delegated',
    ['build-plan.hints'],
    'Belongs to RUN --mount=type=secret,gid= in the Dockerfile; named in the hints.',
    { note: outside },
  ),
  'services.*.build.secrets[].mode': pending(
    'delegated',
    ['build-plan.hints'],
    'Belongs to RUN --mount=type=secret,mode= in the Dockerfile; named in the hints.',
    { note: outside },
  ),
  'services.*.build.secrets[].x-*': extension('a build secret'),
  'services.*.build.tags': pending(
    'delegated',
    ['build-plan.target.tags'],
    'Pushed in addition to the image name; the pod uses `image` when set, else the computed name, never one of these.',
    { note: outside },
  ),
  'services.*.build.tags[]': pending('delegated', ['build-plan.target.tags[]'], 'A full reference.', { note: outside }),
  'services.*.build.ulimits': pending(
    'delegated',
    ['build-plan.target.ulimits'],
    "Copied; the running container's ulimits are separate.",
    { note: outside },
  ),
  'services.*.build.ulimits.*': pending(
    'delegated',
    ['build-plan.target.ulimits[]'],
    'A number sets soft and hard alike.',
    { note: outside },
  ),
  'services.*.build.ulimits.*.hard': pending('delegated', ['build-plan.target.ulimits[]'], 'Hard limit.', {
    note: outside,
  }),
  'services.*.build.ulimits.*.soft': pending('delegated', ['build-plan.target.ulimits[]'], 'Soft limit.', {
    note: outside,
  }),
  'services.*.build.ulimits.*.x-*': extension('a build ulimit'),
  'services.*.build.platforms': pending(
    'delegated',
    ['build-plan.target.platforms'],
    'Copied, `platform` included. One single platform, with `platform` unset, also restricts the pod as `platform` does.',
    { note: outside },
  ),
  'services.*.build.platforms[]': pending('delegated', ['build-plan.target.platforms[]'], 'os/arch[/variant].', {
    note: outside,
  }),
  'services.*.build.x-*': extension('build'),
} satisfies SupportTable;
