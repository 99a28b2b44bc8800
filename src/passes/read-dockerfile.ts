/** Reads what a Dockerfile copies into the image and which ports it exposes. */

import { decodeUtf8 } from '../kernel/base64.ts';
import type { Files } from '../kernel/files.ts';
import { baseName, cleanPath, resolvePath } from '../kernel/paths.ts';
import type { BuildDraft, Protocol } from '../model/facts.ts';

/** A COPY or ADD from the build context. */
export interface DockerCopy {
  /** Clean path in the context, `.` for all of it; a pattern such as `src/*` is its folder. */
  readonly source: string;
  /** True when only some files of the source are copied. */
  readonly isPartial: boolean;
  /** Clean absolute path in the image. */
  readonly target: string;
}

/** What a conversion wants to know of a Dockerfile: the stage that is built, with the stages it stands on. */
export interface Dockerfile {
  readonly copies: readonly DockerCopy[];
  readonly ports: readonly { readonly port: number; readonly protocol: Protocol }[];
}

interface Stage {
  readonly name: string | undefined;
  readonly variables: Map<string, string>;
  readonly copies: DockerCopy[];
  readonly ports: { port: number; protocol: Protocol }[];
  folder: string;
}

/** Whole instructions: comments dropped, continued lines joined, the bodies of here-documents skipped. */
function instructions(text: string): readonly string[] {
  const continuation = /^#\s*escape\s*=\s*`/im.test(text.slice(0, 200)) ? '`' : '\\';
  const found: string[] = [];
  const endings: string[] = [];
  let joined = '';
  for (const line of text.split(/\r?\n/)) {
    const [ending] = endings;
    if (ending !== undefined) {
      if (line.trim() === ending) endings.shift();
      continue;
    }
    if (/^\s*(#|$)/.test(line)) continue;
    const isContinued = line.trimEnd().endsWith(continuation);
    joined += isContinued ? `${line.trimEnd().slice(0, -1)} ` : line;
    if (isContinued) continue;
    found.push(joined.trim());
    if (/^\s*(COPY|ADD|RUN)\b/i.test(joined))
      endings.push(...[...joined.matchAll(/<<-?\s*["']?([A-Za-z_]\w*)["']?/g)].map((match) => match[1] ?? ''));
    joined = '';
  }
  return joined === '' ? found : [...found, joined.trim()];
}

function substitute(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\\\$|\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})/g, (whole, plain, braced, operator, word) => {
    if (whole === '\\$') return '$';
    const value = variables.get(plain ?? braced) ?? '';
    if (operator === '-') return value === '' ? word : value;
    return operator === '+' && value !== '' ? word : operator === '+' ? '' : value;
  });
}

function wordsOf(text: string): readonly string[] {
  if (text.startsWith('[')) {
    try {
      const words: unknown = JSON.parse(text);
      if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words;
    } catch {
      // Not the list form after all: a path that begins with a bracket.
    }
  }
  return text.split(/\s+/).filter((word) => word !== '');
}

function copyInto(stage: Stage, rest: string, context: string | undefined, files: Files): void {
  const flags = /^(?:--\S+\s+)*/.exec(rest)?.[0] ?? '';
  const words = wordsOf(substitute(rest.slice(flags.length), stage.variables));
  const destination = words.at(-1);
  if (destination === undefined || words.length < 2 || /--from=/.test(flags)) return;
  const folder = resolvePath(stage.folder, destination);
  for (const word of words.slice(0, -1)) {
    if (word.startsWith('<<') || word.includes('://') || word.startsWith('git@')) continue;
    const pattern = /^([^*?[]*\/)?[^/]*[*?[].*$/.exec(word);
    const source = cleanPath(`./${pattern === null ? word : (pattern[1] ?? '.')}`);
    const isFile = context !== undefined && files.stat(resolvePath(context, source))?.kind === 'file';
    const isIntoFolder = destination.endsWith('/') || /(^|\/)\.$/.test(destination) || words.length > 2;
    stage.copies.push({
      source,
      isPartial: pattern !== null && !/(^|\/)\*$/.test(word),
      target: isFile && isIntoFolder ? resolvePath(folder, baseName(source)) : folder,
    });
  }
}

function exposeFrom(stage: Stage, rest: string): void {
  for (const word of wordsOf(substitute(rest, stage.variables))) {
    const [, first = '', last = first, named = 'tcp'] = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/i.exec(word) ?? [];
    const protocol = (['tcp', 'udp', 'sctp'] as const).find((one) => one === named.toLowerCase()) ?? 'tcp';
    const [low, high] = [Number(first), Number(last)];
    if (first === '' || low < 1 || high > 65535 || high - low > 1000) continue;
    for (let port = low; port <= high; port += 1)
      if (!stage.ports.some((one) => one.port === port && one.protocol === protocol))
        stage.ports.push({ port, protocol });
  }
}

function setVariables(stage: Stage, rest: string): void {
  const value = (text: string): string => substitute(text.replace(/^(["'])(.*)\1$/, '$2'), stage.variables);
  const pairs = [...rest.matchAll(/([\w.-]+)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g)];
  const [, name, text] = /^([\w.-]+)\s+(.*)$/.exec(rest) ?? [];
  if (pairs.length > 0) for (const [, key = '', word = ''] of pairs) stage.variables.set(key, value(word));
  else if (name !== undefined && text !== undefined) stage.variables.set(name, value(text));
}

function beginStage(rest: string, stages: readonly Stage[], globals: ReadonlyMap<string, string>): Stage {
  const words = wordsOf(substitute(rest.replace(/^(?:--\S+\s+)*/, ''), globals));
  const base = stages.findLast((stage) => stage.name !== undefined && stage.name === words[0]?.toLowerCase());
  return {
    name: words[1]?.toLowerCase() === 'as' ? words[2]?.toLowerCase() : undefined,
    variables: new Map(base?.variables),
    copies: [...(base?.copies ?? [])],
    ports: [...(base?.ports ?? [])],
    folder: base?.folder ?? '/',
  };
}

function apply(stage: Stage, word: string, rest: string, build: BuildDraft, files: Files): void {
  const context = build.isRemote ? undefined : build.context.value;
  if (word === 'COPY' || word === 'ADD') copyInto(stage, rest, context, files);
  else if (word === 'EXPOSE') exposeFrom(stage, rest);
  else if (word === 'ENV') setVariables(stage, rest);
  else if (word === 'WORKDIR') stage.folder = resolvePath(stage.folder, substitute(rest, stage.variables));
}

function textOf(build: BuildDraft, files: Files): string | undefined {
  if (build.dockerfileInline !== undefined) return build.dockerfileInline.value;
  if (build.isRemote) return undefined;
  const bytes = files.read(resolvePath(build.context.value, build.dockerfile?.value ?? 'Dockerfile'));
  return 'error' in bytes ? undefined : decodeUtf8(bytes);
}

/**
 * Reads the Dockerfile of a build, up to the stage that is built. Undefined when it cannot be read. What base images do stays
 * unseen: their WORKDIR is taken for `/`.
 * @see https://docs.docker.com/reference/dockerfile/
 */
export function readDockerfile(build: BuildDraft, files: Files): Dockerfile | undefined {
  const text = textOf(build, files);
  if (text === undefined) return undefined;
  const given = new Map(build.args.map(({ name, value }) => [name, value.value]));
  const globals = new Map<string, string>();
  const stages: Stage[] = [];
  for (const line of instructions(text)) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/s.exec(line) ?? [];
    const stage = stages.at(-1);
    const [, name, standard] = word.toUpperCase() === 'ARG' ? (/^([\w.-]+)(?:=(.*))?$/.exec(rest.trim()) ?? []) : [];
    if (word.toUpperCase() === 'FROM') stages.push(beginStage(rest.trim(), stages, globals));
    else if (name !== undefined) {
      const value = given.get(name) ?? standard?.replace(/^(["'])(.*)\1$/, '$2') ?? globals.get(name);
      if (value !== undefined) (stage?.variables ?? globals).set(name, value);
    } else if (stage !== undefined) apply(stage, word.toUpperCase(), rest.trim(), build, files);
  }
  const wanted = build.target?.value.toLowerCase();
  const built = stages.find(
    (stage, index) => wanted !== undefined && (stage.name === wanted || String(index) === wanted),
  );
  const { copies = [], ports = [] } = built ?? stages.at(-1) ?? {};
  return { copies, ports };
}
