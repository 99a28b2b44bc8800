/** Writing to pipes: every byte, in order, and quietly done when the reader has gone. */

/** `fs.writeSync`, handed in for tests. */
type WriteSync = (file: number, bytes: Uint8Array, offset: number, length: number) => number;

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
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
        else if (codeOf(thrown) !== 'EAGAIN') throw thrown;
      }
    }
  };
}
