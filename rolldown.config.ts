/** Two bundles: the command with its packages inside, so that it starts fast, and the library with them outside. */
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

export default defineConfig([
  {
    input: 'src/cli/bin.ts',
    platform: 'node',
    external: ['@kubernetes/client-node'],
    plugins: [licenses],
    // Names are kept so that a stack trace in a bug report can be read; dropping the rest saves start-up time.
    output: {
      dir: 'dist',
      cleanDir: true,
      entryFileNames: 'bin.js',
      codeSplitting: false,
      minify: { compress: true, mangle: false, codegen: true },
    },
  },
  {
    input: 'src/index.ts',
    platform: 'node',
    external: /^(?:node:|@?[a-z])/,
    output: { dir: 'dist', entryFileNames: 'index.js', codeSplitting: false },
  },
]);
