#!/usr/bin/env node
/**
 * The executable: runs `longshore.cjs`, with V8's compiled form of it where that fits this Node.
 *
 * Compiling the program takes longer than a small conversion. The build leaves V8's result beside it; V8 itself refuses it when
 * its version, flags or the source differ, and then the program is compiled as ever.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { constants, Script } from 'node:vm';

const file = join(__dirname, 'longshore.cjs');

function compiledForm(): Buffer | undefined {
  try {
    return readFileSync(`${file}.v8`);
  } catch {
    return undefined;
  }
}

const cachedData = compiledForm();
const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`;
const script = new Script(source, {
  filename: file,
  ...(cachedData !== undefined && { cachedData }),
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
const body = script.runInThisContext() as (...scope: readonly unknown[]) => void;
const module = { exports: {} };
body(module.exports, createRequire(file), module, file, __dirname);
