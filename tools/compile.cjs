/**
 * Leaves V8's compiled form of the program beside it, under a name that only this Node looks for: runs a conversion, so that the functions which
 * every run needs are in it, and asks V8 for what it compiled. `src/cli/bin.ts` hands it back; both wrap the source alike.
 */
const { spawnSync } = require('node:child_process');
const { readFileSync, statSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { constants, Script } = require('node:vm');

const dist = join(__dirname, '..', 'dist');
const file = join(dist, 'longshore.cjs');
const project = join(__dirname, '..', 'fixtures', 'projects', 'service-mesh-stack');

if (process.argv[2] === 'compile') {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`;
  const script = new Script(source, {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  process.argv = [process.execPath, file, 'convert', '--stdout'];
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dist);
  // The same name as compiledName() in src/cli/compiled-name.ts.
  const name = `longshore.${process.version}-${process.platform}-${process.arch}-${statSync(process.execPath).size}.v8`;
  process.on('exit', () => writeFileSync(join(dist, name), script.createCachedData()));
} else {
  const { status, stderr } = spawnSync(process.execPath, [__filename, 'compile'], {
    cwd: project,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`the program failed while it was compiled\n${stderr}`);
}
