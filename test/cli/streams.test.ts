import { expect, test } from 'vitest';
import { readAll, writer } from '../../src/cli/streams.ts';

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** A descriptor that takes a few bytes at a time, and what it took. */
function narrow(fail: (call: number) => Error | undefined = () => undefined): {
  readonly write: (text: string) => void;
  readonly taken: () => string;
} {
  const bytes: number[] = [];
  let calls = 0;
  const write = writer(1, (_file, data, offset, length) => {
    calls += 1;
    const thrown = fail(calls);
    if (thrown !== undefined) throw thrown;
    const count = Math.min(length, 3);
    bytes.push(...data.subarray(offset, offset + count));
    return count;
  });
  return { write, taken: () => new TextDecoder().decode(Uint8Array.from(bytes)) };
}

test('a pipe that takes three bytes at a time gets every byte', () => {
  const { write, taken } = narrow();
  write('kind: Depl…yment\n');
  expect(taken()).toBe('kind: Depl…yment\n');
});

test('a pipe that is full for a moment is tried again', () => {
  const { write, taken } = narrow((call) => (call === 2 ? failure('EAGAIN') : undefined));
  write('abcdef');
  expect(taken()).toBe('abcdef');
});

test('a reader that has gone ends the writing quietly', () => {
  const { write, taken } = narrow((call) => (call > 1 ? failure('EPIPE') : undefined));
  write('abcdef');
  write('more');
  expect(taken()).toBe('abc');
});

test('other trouble is not hidden', () => {
  const { write } = narrow(() => failure('EIO'));
  expect(() => write('abc')).toThrow('EIO');
});

test('a pipe is read to its end, whatever pieces it gives, and waited for', () => {
  const pieces = ['serv', '', 'ices', 'END'];
  const bytes = readAll(0, 100, (_file, target) => {
    const piece = pieces.shift() ?? 'END';
    if (piece === '') throw failure('EAGAIN');
    return piece === 'END' ? 0 : new TextEncoder().encodeInto(piece, target).written;
  });
  expect(new TextDecoder().decode(bytes)).toBe('services');
});

test('what has no end is read a little beyond the limit', () => {
  expect(readAll(0, 10, () => 4).length).toBe(12);
  expect(
    readAll(0, 10, () => {
      throw failure('EOF');
    }).length,
  ).toBe(0);
  expect(() =>
    readAll(0, 10, () => {
      throw failure('EIO');
    }),
  ).toThrow('EIO');
});
