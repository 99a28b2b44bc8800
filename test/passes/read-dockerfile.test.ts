import { expect, test } from 'vitest';
import type { BuildDraft } from '../../src/model/facts.ts';
import { readDockerfile } from '../../src/passes/read-dockerfile.ts';
import { at, type Entry, filesOf, from } from '../support/draft.ts';

function build(more: Partial<BuildDraft> = {}): BuildDraft {
  return {
    context: at('/shop/web'),
    isRemote: false,
    dockerfile: undefined,
    dockerfileInline: undefined,
    target: undefined,
    args: [],
    origin: from('services', 'web', 'build'),
    ...more,
  };
}

function read(text: string, more: Partial<BuildDraft> = {}, entries: Readonly<Record<string, Entry>> = {}) {
  return readDockerfile(build(more), filesOf({ '/shop/web/Dockerfile': text, ...entries }));
}

const copy = (source: string, target: string, isPartial = false) => ({ source, target, isPartial });

test('copies are relative to WORKDIR, and to the root before there is one', () => {
  expect(read('FROM node\nCOPY . .\nWORKDIR /app\nWORKDIR src\nCOPY ./lib lib/\nADD /x.txt /y.txt')?.copies).toEqual([
    copy('.', '/'),
    copy('lib', '/app/src/lib'),
    copy('x.txt', '/y.txt'),
  ]);
});

test('a file copied into a folder keeps its name there', () => {
  const entries = { '/shop/web/a.json': '', '/shop/web/b.json': '', '/shop/web/src/x': '' };
  expect(
    read('FROM a\nCOPY a.json /app/\nCOPY a.json b.json /srv\nCOPY a.json .\nCOPY src /app', {}, entries)?.copies,
  ).toEqual([
    copy('a.json', '/app/a.json'),
    copy('a.json', '/srv/a.json'),
    copy('b.json', '/srv/b.json'),
    copy('a.json', '/a.json'),
    copy('src', '/app'),
  ]);
});

test('a pattern is its folder, whole only for a star alone', () => {
  expect(read('FROM a\nCOPY src/* /app/\nCOPY *.json /app/\nCOPY a?/b c[x]/ /d/')?.copies).toEqual([
    copy('src', '/app'),
    copy('.', '/app', true),
    copy('.', '/d', true),
    copy('.', '/d', true),
  ]);
});

test('other stages, URLs and here-documents are no copies of the context', () => {
  const text = `FROM a AS one
COPY --from=other /x /y
COPY --chown=1:1 --link in /out
ADD https://example.com/x.tgz git@host:repo /opt/
COPY <<EOF /etc/motd
COPY nothing /here
EOF
COPY after /after
COPY alone`;
  expect(read(text)?.copies).toEqual([copy('in', '/out'), copy('after', '/after')]);
});

test('comments, continued lines and the list form are read', () => {
  const text = `# syntax=docker/dockerfile:1
from a
# a comment
Copy \\
  # inside
  ["with space", \\
   "/app/"]
COPY ["odd" /list
RUN x`;
  expect(read(text)?.copies).toEqual([copy('with space', '/app'), copy('.', '/list', true)]);
  expect(read('# escape=`\nFROM a\nCOPY in `\n  /out')?.copies).toEqual([copy('in', '/out')]);
  expect(read('FROM a\nCOPY in /out \\')?.copies).toEqual([copy('in', '/out')]);
});

test('variables come from ENV, ARG and the build arguments', () => {
  const text = `ARG ROOT=/never
ARG BASE=/srv
FROM node
ARG BASE
ARG PART="parts"
ARG GIVEN=no
ARG EMPTY
ENV HOME_DIR=$BASE/home OTHER="a b"
ENV OLD the old form
WORKDIR \${HOME_DIR}
COPY $PART \${GIVEN}
COPY \${UNSET:-standard} \${GIVEN:+set}
COPY \${UNSET:+never}x \${PART:-never}
COPY \\$literal y`;
  expect(read(text, { args: [{ name: 'GIVEN', value: at('given') }] })?.copies).toEqual([
    copy('parts', '/srv/home/given'),
    copy('standard', '/srv/home/set'),
    copy('x', '/srv/home/parts'),
    copy('$literal', '/srv/home/y'),
  ]);
});

test('a stage stands on the one it is from, and the one that is built counts', () => {
  const text = `FROM a AS base
WORKDIR /app
COPY lib lib
EXPOSE 80
FROM base AS dev
COPY dev dev
FROM base AS prod
COPY prod prod`;
  expect(read(text)?.copies.map(({ source }) => source)).toEqual(['lib', 'prod']);
  expect(read(text, { target: at('DEV') })).toEqual({
    copies: [copy('lib', '/app/lib'), copy('dev', '/app/dev')],
    ports: [{ port: 80, protocol: 'tcp' }],
  });
  expect(read(text, { target: at('0') })?.copies.map(({ source }) => source)).toEqual(['lib']);
  expect(read(text, { target: at('gone') })?.copies.map(({ source }) => source)).toEqual(['lib', 'prod']);
});

test('exposed ports are read with protocols, ranges and variables', () => {
  const text = `FROM a
ARG PORT=9000
EXPOSE 80 443/TCP 53/udp 80
EXPOSE 8000-8002 $PORT
EXPOSE nothing 0 70000 1-60000 9/sctp`;
  expect(read(text)?.ports).toEqual([
    { port: 80, protocol: 'tcp' },
    { port: 443, protocol: 'tcp' },
    { port: 53, protocol: 'udp' },
    { port: 8000, protocol: 'tcp' },
    { port: 8001, protocol: 'tcp' },
    { port: 8002, protocol: 'tcp' },
    { port: 9000, protocol: 'tcp' },
    { port: 9, protocol: 'sctp' },
  ]);
});

test('the file is found by its name, or stands in the Compose file', () => {
  const other = { '/shop/Other': 'FROM a\nEXPOSE 1' };
  expect(read('', { dockerfile: at('../Other') }, other)?.ports).toEqual([{ port: 1, protocol: 'tcp' }]);
  expect(read('', { dockerfileInline: at('FROM a\nEXPOSE 2') })?.ports).toEqual([{ port: 2, protocol: 'tcp' }]);
});

test('what cannot be read is undefined, and a file without a stage is empty', () => {
  expect(readDockerfile(build(), filesOf({}))).toBeUndefined();
  expect(readDockerfile(build({ isRemote: true, context: at('https://x') }), filesOf({}))).toBeUndefined();
  expect(
    readDockerfile(build({ isRemote: true, dockerfileInline: at('FROM a\nCOPY a /b') }), filesOf({}))?.copies,
  ).toEqual([copy('a', '/b')]);
  expect(read('COPY a /b\nnonsense')).toEqual({ copies: [], ports: [] });
});
