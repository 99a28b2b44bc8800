/** `longshore convert`: reads the project, writes the manifests, says what happened. */

import { relative, resolve } from 'node:path';
import {
  type Artifact,
  convert,
  countLedger,
  countText,
  type Diagnostic,
  diskFiles,
  ledgerText,
  type Result,
  renderDiagnostic,
  writeDirectory,
  writeJson,
  writeStream,
} from '../index.ts';
import { DeliveryProblem, staleFiles, writeFiles } from './deliver.ts';
import { done, type ExitCode, inputHasErrors, trouble } from './exit-code.ts';
import { type Io, wantsColor } from './io.ts';
import { type ConvertFlags, optionsOf } from './options.ts';

/** Diagnostics beyond this many are counted, not printed. */
const mostShown = 100;

function say(diagnostics: readonly Diagnostic[], flags: ConvertFlags, io: Io): void {
  const shown = flags.quiet === true ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics;
  if (flags.diagnostics === 'json') {
    io.stderr.write(ledgerText([], shown));
    return;
  }
  // Errors are never the ones that are cut.
  const kept = new Set(
    [...shown].sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error')).slice(0, mostShown),
  );
  for (const diagnostic of shown) {
    if (kept.has(diagnostic))
      io.stderr.write(
        `${renderDiagnostic(diagnostic, { color: wantsColor(io), excerpt: flags.diagnostics === 'pretty' })}\n`,
      );
  }
  if (shown.length > mostShown) io.stderr.write(`and ${shown.length - mostShown} more; --report FILE lists them all\n`);
}

function note(text: string, flags: ConvertFlags, io: Io): void {
  if (flags.quiet !== true && flags.diagnostics !== 'json') io.stderr.write(`${text}\n`);
}

/** What goes where: a folder, one file, or standard output. */
function artifacts(
  result: Result,
  flags: ConvertFlags,
  io: Io,
): { readonly folder: string; readonly files: readonly Artifact[] } {
  const write = flags.json === true ? writeJson : writeStream;
  const toStdout = flags.stdout === true || flags.out === '-' || (flags.json === true && flags.out === undefined);
  if (toStdout) return { folder: io.cwd, files: write(result.resources, '-') };
  const out = flags.out;
  if (out !== undefined && /\.(ya?ml|json)$/i.test(out))
    return { folder: io.cwd, files: (/\.json$/i.test(out) ? writeJson : write)(result.resources, out) };
  return { folder: resolve(io.cwd, out ?? '.'), files: writeDirectory(result.resources) };
}

function deliver(result: Result, flags: ConvertFlags, io: Io): void {
  const { folder, files } = artifacts(result, flags, io);
  const [only] = files;
  if (files.length === 1 && only?.path === '-') {
    io.stdout.write(only.text);
    return;
  }
  const shown = (path: string): string => relative(io.cwd, path) || path;
  const written = writeFiles(folder, files, flags.force === true);
  for (const path of written) note(`wrote ${shown(path)}`, flags, io);
  if (flags.out === undefined || !/\.(ya?ml|json)$/i.test(flags.out)) {
    for (const path of staleFiles(folder, written))
      note(`${shown(path)} was written by an earlier run and is not part of this one; delete it`, flags, io);
  }
}

/** Trouble with the disk in one sentence. */
function troubleText(thrown: unknown): string | undefined {
  if (thrown instanceof DeliveryProblem)
    return thrown.hint === undefined ? thrown.message : `${thrown.message}\n  = hint: ${thrown.hint}`;
  if (!(thrown instanceof Error) || !('code' in thrown) || !('syscall' in thrown)) return undefined;
  const words: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk is full',
    EACCES: 'permission denied',
    EROFS: 'the file system is read-only',
    ENOTDIR: 'a part of the path is a file',
    EISDIR: 'is a directory',
    EDQUOT: 'the disk quota is used up',
  };
  const path = 'path' in thrown ? `${String(thrown.path).replace(/\/\.([^/]*)\.longshore-\d+$/, '/$1')}: ` : '';
  return `${path}${words[String(thrown.code)] ?? String(thrown.code)}; nothing was written`;
}

/** Runs the command. */
export function runConvert(flags: ConvertFlags, io: Io): ExitCode {
  const composeFiles = flags.file;
  const result = convert(
    {
      files: diskFiles(),
      cwd: io.cwd,
      composeFiles,
      stdin: composeFiles.includes('-') ? io.readStdin() : undefined,
      env: io.env,
      envFiles: flags.envFile,
      projectDirectory: flags.projectDirectory,
      projectName: flags.projectName,
      profiles: flags.profile,
    },
    optionsOf(flags),
    { strict: flags.strict === true, drop: flags.drop },
  );
  say(result.diagnostics, flags, io);
  try {
    if (flags.report !== undefined)
      writeFiles(
        io.cwd,
        [
          {
            path: relative(io.cwd, resolve(io.cwd, flags.report)),
            text: ledgerText(result.ledger, result.diagnostics),
          },
        ],
        true,
      );
    if (!result.failed) deliver(result, flags, io);
  } catch (thrown) {
    const text = troubleText(thrown);
    if (text === undefined) throw thrown;
    io.stderr.write(`error: ${text}\n`);
    return trouble;
  }
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error').length;
  if (result.failed) note(`${errors} ${errors === 1 ? 'error' : 'errors'}; nothing was written`, flags, io);
  else note(countText(countLedger(result.ledger)), flags, io);
  return errors > 0 ? inputHasErrors : done;
}
