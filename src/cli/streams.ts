/** Reading and writing pipes: every byte, in order, and quietly done when the other side has gone. */

/** `fs.writeSync`, handed in for tests. */
type WriteSync = (file: number, bytes: Uint8Array, offset: number, length: number) => number;

/** `fs.readSync`, handed in for tests. */
type ReadSync = (file: number, bytes: Uint8Array, offset: number, length: number, position: null) => number;

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

/** Lets the other side of a pipe work for some milliseconds. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

/** All bytes that a file descriptor gives, or the first of them when there are more than `limit`. */
export function readAll(file: number, limit: number, readSync: ReadSync): Uint8Array {
  const chunk = new Uint8Array(64 * 1024);
  const chunks: Uint8Array[] = [];
  for (let size = 0; size <= limit; ) {
    try {
      const count = readSync(file, chunk, 0, chunk.length, null);
      if (count === 0) break;
      chunks.push(chunk.slice(0, count));
      size += count;
    } catch (thrown) {
      if (codeOf(thrown) === 'EOF') break;
      if (codeOf(thrown) !== 'EAGAIN') throw thrown;
      pause();
    }
  }
  return Buffer.concat(chunks);
}

/** A function that writes text to a file descriptor, whole, however small the pipe is. */
export function writer(file: number, writeSync: WriteSync): (text: string) => void {
  let isClosed = false;
  return (text) => {
    const bytes = new TextEncoder().encode(text);
    for (let offset = 0; offset < bytes.length && !isClosed; ) {
      try {
        offset += writeSync(file, bytes, offset, bytes.length - offset);
      } catch (thrown) {
        // `longshore … | head` is no failure; a pipe that is full for a moment is tried again.
        if (codeOf(thrown) === 'EPIPE') isClosed = true;
        else if (codeOf(thrown) === 'EAGAIN') pause();
        else throw thrown;
      }
    }
  };
}
