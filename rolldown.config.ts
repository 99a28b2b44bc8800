/** The bundles: the command with its packages inside, so that it starts fast, and the library with them outside. */
import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'rolldown';

/** Writes `licenses.txt`: the terms of each package whose code went into the bundle. */
const licenses: Plugin = {
  name: 'licenses',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []));
    const folders = modules.flatMap((id) => id.match(/^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/)?.[0] ?? []);
    const texts = [...new Set(folders)].sort().map((folder) => {
      const license = readdirSync(folder).find((name) => /^(?:license|licence)/i.test(name));
      if (license === undefined) throw new Error(`${folder} has no licence file to pass on`);
      return `${folder.replace(/^.*\/node_modules\//, '')}\n\n${readFileSync(`${folder}/${license}`, 'utf8').trim()}\n`;
    });
    this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: texts.join(`\n${'-'.repeat(80)}\n\n`) });
  },
};

/**
 * commander loads `node:child_process` for subcommands that are programs of their own. longshore has none, and loading it brings
 * in the network stack of Node, a tenth of the time that a small conversion takes.
 */
const lateChildProcess: Plugin = {
  name: 'late-child-process',
  resolveId: (id, importer) =>
    id === 'node:child_process' && importer?.includes('commander') ? '\0late-child-process' : null,
  load: (id) =>
    id === '\0late-child-process'
      ? "module.exports = { get spawn() { return process.getBuiltinModule('node:child_process').spawn; } };"
      : null,
};

/** Everything beyond ASCII as an escape: V8 reads a source of one-byte characters in half the memory. */
const ascii: Plugin = {
  name: 'ascii',
  renderChunk: (code) => ({
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins there
    code: code.replace(/[^\u0000-\u007f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
  }),
};

/** The program, what starts it, and the library. */
export default defineConfig([
  {
    input: 'src/cli/process.ts',
    platform: 'node',
    external: ['@kubernetes/client-node'],
    plugins: [licenses, lateChildProcess, ascii],
    // A short source is read sooner. Node starts CommonJS without its module loader's threads and promises.
    output: {
      dir: 'dist',
      cleanDir: true,
      entryFileNames: 'longshore.cjs',
      format: 'cjs',
      codeSplitting: false,
      minify: true,
    },
  },
  {
    input: 'src/cli/bin.ts',
    platform: 'node',
    output: { dir: 'dist', entryFileNames: 'bin.cjs', format: 'cjs', codeSplitting: false },
  },
  {
    input: 'src/index.ts',
    platform: 'node',
    external: /^(?:node:|@?[a-z])/,
    output: { dir: 'dist', entryFileNames: 'index.js', codeSplitting: false },
  },
]);
