#!/usr/bin/env node
/** The executable: hands the process to `main`. */
import { readFileSync, writeSync } from 'node:fs';
import { main } from './main.ts';
import { writer } from './streams.ts';

// With a handler the signal waits until the files being written are whole.
process.once('SIGINT', () => process.exit(130));
const io = {
  cwd: process.cwd(),
  env: process.env,
  readStdin: () => readFileSync(0, 'utf8'),
  stdout: { write: writer(1, writeSync) },
  stderr: { write: writer(2, writeSync), isTTY: process.stderr.isTTY === true },
};
process.exitCode = await main(process.argv.slice(2), io);
