/** The program as a process: hands arguments, variables and streams to `main`. */
import { fstatSync, readSync, writeSync } from 'node:fs';
import { main } from './main.ts';
import { readAll, writer } from './streams.ts';

/** As `tty.isatty`, without loading the streams that Node's own answer needs; `/dev/null` may get colours. */
function isTerminal(file: number): boolean {
  try {
    return fstatSync(file).isCharacterDevice();
  } catch {
    return false;
  }
}

/** More than any Compose file needs; what is longer may have no end. */
const longestInput = 64 * 1024 * 1024;

/** Messages go where they can; that they cannot be shown is nothing that could be told. */
function quietly(write: (text: string) => void): (text: string) => void {
  return (text) => {
    try {
      write(text);
    } catch {
      // A terminal that has gone, or a log on a full disk.
    }
  };
}

const io = {
  cwd: process.cwd(),
  env: process.env,
  readStdin: () => readAll(0, longestInput, readSync),
  stdout: { write: writer(1, writeSync) },
  stderr: { write: quietly(writer(2, writeSync)), isTTY: isTerminal(2) },
};
void main(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
