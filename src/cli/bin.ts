#!/usr/bin/env node
/**
 * The executable: runs `longshore.cjs`, from V8's compiled form of it where there is one that this very Node made.
 *
 * Compiling the program takes longer than a small conversion. Where the program was built, its compiled form lies beside it, under
 * the name of the Node that made it: V8 11 crashes on that of another build, even of the same version, so nothing less will do.
 * Everywhere else Node's own compile cache helps, from Node 22 on.
 */
import { readFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';
import { constants, Script } from 'node:vm';
import { compiledName } from './compiled-name.ts';

const file = join(__dirname, 'longshore.cjs');

function compiledForm(): Buffer | undefined {
  try {
    return readFileSync(join(__dirname, compiledName(process)));
  } catch {
    return undefined;
  }
}

const cachedData = compiledForm();
if (cachedData === undefined) {
  (nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();
  nodeModule.createRequire(file)(file);
} else {
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`,
    { filename: file, cachedData, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER },
  );
  const body = script.runInThisContext() as (...scope: readonly unknown[]) => void;
  const module = { exports: {} };
  body(module.exports, nodeModule.createRequire(file), module, file, __dirname);
}
