/** `image`, `pull_policy`, `pull_refresh_after` and `platform`: what a container runs, and for which kind of machine. */

import { approximated, delegated, error, notApplicable, warning } from '../kernel/diagnostic.ts';
import { formatDuration, parseDuration } from '../kernel/duration.ts';
import type { Located } from '../kernel/located.ts';
import { didYouMean, nearest } from '../kernel/suggest.ts';
import { defineRule, does, type Scope, when } from './rule.ts';
import { duration, text } from './shapes.ts';

const messages = {
  'not-an-image': error(
    (image: string, _hint: string) => `"${image}" is not the name of an image`,
    (_image: string, hint: string) => hint,
  ),
  'pull-policy': error(
    (policy: string) => `"${policy}" is not a pull policy`,
    (policy: string) =>
      didYouMean(nearest(policy, policies)) || 'write always, never, missing, build, daily, weekly or every_12h',
  ),
  'never-pulled': warning(
    'the image is never pulled, so it must already be on every node that may run the service',
    'leave pull_policy out to have it pulled when it is missing',
  ),
  'built-by-others': delegated(
    'pull_policy: build builds nothing, since a cluster cannot build the image',
    'build the image and push it before applying',
  ),
  'pulled-at-start': approximated(
    (policy: string) =>
      `pull_policy: ${policy} checks for a newer image at each container start, and never while it runs`,
    'to follow new images by time use Keel or the image automation of Flux',
  ),
  'no-timer': approximated(
    (time: string) => `the image is checked at each container start instead of every ${time}`,
    'to follow new images by time use Keel or the image automation of Flux',
  ),
  'no-refresh': notApplicable('pull_refresh_after says nothing without pull_policy: refresh'),
  platform: error((platform: string) => `"${platform}" is not a platform`, 'write OS/ARCH, such as linux/arm64'),
  variant: approximated(
    (platform: string, arch: string) =>
      `nodes do not tell the variants of ${arch} apart, so ${platform} may run on any ${arch} node`,
    'label the nodes and state the label under deploy.placement.constraints',
  ),
};

const policies = ['always', 'never', 'missing', 'if_not_present', 'build', 'daily', 'weekly', 'refresh'];

const host =
  '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[a-fA-F0-9:]+\\])';
const part = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const reference = new RegExp(
  `^(?:${host}(?::\\d+)?/)?${part}(?:/${part})*(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`,
);

/** Why a text is no image reference, as what to write instead; undefined when it is one. */
function referenceHint(image: string): string | undefined {
  if (/^(?:sha256:)?[0-9a-f]{64}$/.test(image))
    return 'the id of a local image means nothing to a cluster: write a name and a tag';
  // A name has at most 255 characters, a tag 128, a digest fewer than 200: what is longer is not worth looking through.
  if (image.length > 600) return 'write NAME, NAME:TAG or NAME@DIGEST';
  if (reference.test(image)) return undefined;
  if (reference.test(image.toLowerCase())) return `names of images are in lower case: ${image.toLowerCase()}`;
  return 'write NAME, NAME:TAG or NAME@DIGEST';
}

/** True when an image has the tag latest, be it unsaid. */
function isLatest(image: string): boolean {
  if (image.includes('@')) return false;
  const name = image.slice(image.lastIndexOf('/') + 1);
  return !name.includes(':') || name.endsWith(':latest');
}

const systems: ReadonlySet<string> = new Set(['linux', 'windows', 'darwin', 'freebsd']);
const machines: ReadonlySet<string> = new Set([
  'amd64',
  'arm64',
  'arm',
  '386',
  'ppc64le',
  's390x',
  'riscv64',
  'loong64',
  'mips64le',
]);
const otherNames: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'amd64'],
  ['x86-64', 'amd64'],
  ['aarch64', 'arm64'],
  ['armhf', 'arm'],
  ['armel', 'arm'],
  ['armv7l', 'arm'],
  ['i386', '386'],
]);

const impliedVariants: ReadonlyMap<string, string> = new Map([
  ['armhf', 'v7'],
  ['armv7l', 'v7'],
  ['armel', 'v6'],
]);

interface Platform {
  readonly os: string | undefined;
  readonly arch: string | undefined;
  readonly variant: string | undefined;
}

/** Reads `os`, `arch` or `os/arch[/variant]` in any case. */
function readPlatform(written: string): Platform | undefined {
  const [first = '', second, variant, ...rest] = written.toLowerCase().split('/');
  if (rest.length > 0) return undefined;
  const archOf = (name: string): string | undefined => {
    const arch = otherNames.get(name) ?? name;
    return machines.has(arch) ? arch : undefined;
  };
  if (second === undefined) {
    const arch = archOf(first);
    return systems.has(first)
      ? { os: first, arch: undefined, variant: undefined }
      : arch === undefined
        ? undefined
        : { os: undefined, arch, variant: impliedVariants.get(first) };
  }
  const arch = archOf(second);
  return systems.has(first) && arch !== undefined
    ? { os: first, arch, variant: variant ?? impliedVariants.get(second) }
    : undefined;
}

type Voice = Scope<typeof messages>;

/** What Kubernetes calls the pull policy; undefined to leave the choice to it. */
function pullPolicy(
  written: string,
  image: string | undefined,
  { at, say }: Voice,
): Located<'Always' | 'IfNotPresent' | 'Never'> | undefined {
  const every = written.startsWith('every_') ? parseDuration(written.slice('every_'.length)) : undefined;
  if (written === 'always') return at('Always', 'pull_policy');
  if (written === 'never') {
    say('never-pulled', ['pull_policy']);
    return at('Never', 'pull_policy');
  }
  if (written === 'missing' || written === 'if_not_present') {
    return image !== undefined && isLatest(image) ? undefined : at('IfNotPresent', 'pull_policy');
  }
  if (written === 'build') say('built-by-others', ['pull_policy']);
  else if (every !== undefined || ['daily', 'weekly', 'refresh'].includes(written)) {
    say('pulled-at-start', ['pull_policy'], written);
    return at('Always', 'pull_policy');
  } else say('pull-policy', ['pull_policy'], written);
  return undefined;
}

/**
 * `image` is copied; a pull policy by time becomes Always; `platform` becomes a node selector.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md#image
 */
export const image = defineRule({
  name: 'image',
  service: {
    image: () => text(),
    pull_policy: () => text(),
    pull_refresh_after: () => duration(),
    platform: () => text(),
  },
  deploy: {},
  support: {
    'services.*.image': does(
      'converted',
      ['Workload.spec.template.spec.containers[].image'],
      'Copied as it is (no registry is put in front); digests stay. Missing image and missing build is an error. A local image id (sha256:...) is an error.',
      {
        note: "Info once per file: the image's own HEALTHCHECK, EXPOSE, VOLUME and USER cannot be seen without --inspect-images, so ports, probes and file ownership may need stating.",
      },
    ),
    'services.*.pull_policy': does(
      'converted',
      ['Workload.spec.template.spec.containers[].imagePullPolicy'],
      "Unset: left out, Kubernetes' own default (Always for :latest or no tag, else IfNotPresent) being Compose's too. The cases give the rest; unknown values are an error.",
      {
        cases: [
          when('always', 'converted', ['Workload.spec.template.spec.containers[].imagePullPolicy'], 'Always.'),
          when(
            'never',
            'converted',
            ['Workload.spec.template.spec.containers[].imagePullPolicy'],
            'Never; the image must already be on every node (warning).',
          ),
          when(
            'missing, if_not_present',
            'converted',
            ['Workload.spec.template.spec.containers[].imagePullPolicy'],
            'IfNotPresent, but left out for :latest, which Compose pulls anyway.',
          ),
          when('build', 'delegated', ['build-plan'], 'Left out; build and push first.'),
          when(
            'daily, weekly, every_DURATION, refresh',
            'approximated',
            ['Workload.spec.template.spec.containers[].imagePullPolicy'],
            'Always: checked at each container start (a digest comparison, cheap); nothing checks while a pod runs, see Keel or Flux image automation.',
          ),
        ],
      },
    ),
    'services.*.pull_refresh_after': does(
      'approximated',
      ['Workload.spec.template.spec.containers[].imagePullPolicy'],
      'Only with pull_policy refresh, which is Always; the duration is reported.',
      { note: 'No timer exists; pulling happens when a container starts.' },
    ),
    'services.*.platform': does(
      'converted',
      ['Workload.spec.template.spec.nodeSelector'],
      'os to kubernetes.io/os and arch to kubernetes.io/arch (x86_64 and amd64, aarch64 and arm64 taken as equal); os alone selects the os; windows also sets spec.os.name. A linux/<arch> that only restates the build platform is kept all the same.',
      {
        cases: [
          when(
            'a variant such as /v8 or /v7 is given',
            'approximated',
            ['Workload.spec.template.spec.nodeSelector'],
            'arm/v6 and arm/v7 differ but nodes have no variant label: reported, except arm64/v8, which is arm64.',
          ),
        ],
      },
    ),
  },
  messages,
  lower(values, scope) {
    const { at, say } = scope;
    const hint = values.image === undefined ? undefined : referenceHint(values.image);
    if (values.image !== undefined && hint !== undefined) say('not-an-image', ['image'], values.image, hint);
    const platform = values.platform === undefined ? undefined : readPlatform(values.platform);
    const { os, arch, variant } = platform ?? {};
    if (values.platform !== undefined && platform === undefined) say('platform', ['platform'], values.platform);
    else if (variant !== undefined && arch !== undefined && `${arch}/${variant}` !== 'arm64/v8') {
      say('variant', ['platform'], values.platform ?? '', arch);
    }
    if (values.pull_refresh_after !== undefined) {
      if (values.pull_policy === 'refresh')
        say('no-timer', ['pull_refresh_after'], formatDuration(values.pull_refresh_after));
      else say('no-refresh', ['pull_refresh_after']);
    }
    return {
      image: values.image === undefined ? undefined : at(values.image, 'image'),
      pullPolicy: values.pull_policy === undefined ? undefined : pullPolicy(values.pull_policy, values.image, scope),
      platform:
        platform === undefined
          ? undefined
          : {
              os: os === undefined ? undefined : at(os, 'platform'),
              arch: arch === undefined ? undefined : at(arch, 'platform'),
            },
    };
  },
});
