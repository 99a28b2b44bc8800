/** The program as a process: hands arguments, variables and streams to `main`. */
import { fstatSync, readFileSync, writeSync } from 'node:fs';
import { main } from './main.ts';
import { writer } from './streams.ts';

/** As `tty.isatty`, without loading the streams that Node's own answer needs; `/dev/null` may get colours. */
function isTerminal(file: number): boolean {
  try {
    return fstatSync(file).isCharacterDevice();
  } catch {
    return false;
  }
}

// With a handler the signal waits until the files being written are whole.
process.once('SIGINT', () => process.exit(130));
const io = {
  cwd: process.cwd(),
  env: process.env,
  readStdin: () => readFileSync(0, 'utf8'),
  stdout: { write: writer(1, writeSync) },
  stderr: { write: writer(2, writeSync), isTTY: isTerminal(2) },
};
void main(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
