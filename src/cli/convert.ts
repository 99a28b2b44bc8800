/** `longshore convert`: reads the project, writes the manifests, says what happened. */

import { relative, resolve } from 'node:path';
import {
  type Artifact,
  convert,
  countLedger,
  countText,
  type Diagnostic,
  diskFiles,
  type Files,
  ledgerText,
  pathText,
  type Result,
  renderDiagnostic,
  writeDirectory,
  writeJson,
  writeStream,
} from '../index.ts';
import { DeliveryProblem, isStream, staleFiles, writeFiles } from './deliver.ts';
import { done, type ExitCode, inputHasErrors, trouble } from './exit-code.ts';
import { type Io, wantsColor } from './io.ts';
import { type ConvertFlags, optionsOf } from './options.ts';

/** Diagnostics beyond this many are counted, not printed. */
const mostShown = 100;

/** Advice that was given is not repeated, except beside a mistake. */
function withHintsOnce(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const given = new Set<string>();
  return diagnostics.map((one) => {
    const { hint, ...bare } = one;
    if (hint === undefined || one.severity === 'error') return one;
    const isKnown = given.has(hint);
    given.add(hint);
    return isKnown ? bare : one;
  });
}

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
  const isPretty = flags.diagnostics === 'pretty';
  const toWrite = shown.filter((one) => kept.has(one));
  for (const one of isPretty ? withHintsOnce(toWrite) : toWrite)
    io.stderr.write(`${renderDiagnostic(one, { color: wantsColor(io), excerpt: isPretty })}\n`);
  if (shown.length > mostShown) io.stderr.write(`and ${shown.length - mostShown} more; --report FILE lists them all\n`);
}

function note(text: string, flags: ConvertFlags, io: Io): void {
  if (flags.quiet !== true && flags.diagnostics !== 'json') io.stderr.write(`${text}\n`);
}

/** True when `--out` names a file, not a folder: by its ending, or because a pipe is there. */
function isOneFile({ out }: ConvertFlags, io: Io): boolean {
  return out !== undefined && (/\.(ya?ml|json)$/i.test(out) || isStream(resolve(io.cwd, out)));
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
  if (out !== undefined && isOneFile(flags, io))
    return { folder: io.cwd, files: (/\.json$/i.test(out) ? writeJson : write)(result.resources, out) };
  return { folder: resolve(io.cwd, out ?? '.'), files: writeDirectory(result.resources) };
}

/** A path as it is shown: below the current folder without it, elsewhere whole. */
function shownPath(path: string, io: Io): string {
  const below = relative(io.cwd, path);
  return below === '' || below.startsWith('..') ? path : below;
}

function deliver(result: Result, flags: ConvertFlags, inputs: ReadonlySet<string>, io: Io): void {
  const { folder, files } = artifacts(result, flags, io);
  const [only] = files;
  if (files.length === 1 && only?.path === '-') {
    writeOut(only.text, io);
    return;
  }
  const show = (path: string): string => shownPath(path, io);
  const written = writeFiles(folder, files, { isForced: flags.force === true, inputs, show });
  for (const path of written) if (!isStream(path)) note(`wrote ${show(path)}`, flags, io);
  if (!isOneFile(flags, io)) {
    for (const path of staleFiles(folder, written))
      note(`${show(path)} was written by an earlier run and is not part of this one; delete it`, flags, io);
  }
}

/** Prints the manifests; trouble names the stream. */
function writeOut(text: string, io: Io): void {
  try {
    io.stdout.write(text);
  } catch (thrown) {
    throw thrown instanceof Error ? Object.assign(thrown, { path: 'standard output' }) : thrown;
  }
}

/** Writes the ledger where `--report` says. */
function deliverReport(result: Result, flags: ConvertFlags, inputs: ReadonlySet<string>, io: Io): void {
  if (flags.report === undefined) return;
  const text = ledgerText(result.ledger, result.diagnostics);
  const path = resolve(io.cwd, flags.report);
  if (isOneFile(flags, io) && flags.out !== undefined && resolve(io.cwd, flags.out) === path && !isStream(path))
    throw new DeliveryProblem('--report and --out name the same file; nothing was written');
  const show = (one: string): string => shownPath(one, io);
  writeFiles(io.cwd, [{ path, text }], { isForced: flags.force === true, inputs, show });
}

/** Trouble with the disk in one sentence. */
function troubleText(thrown: unknown, io: Io): string | undefined {
  if (thrown instanceof DeliveryProblem)
    return thrown.hint === undefined ? thrown.message : `${thrown.message}\n  = hint: ${thrown.hint}`;
  if (!(thrown instanceof Error) || !('code' in thrown) || !('syscall' in thrown)) return undefined;
  const words: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk is full',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the file system is read-only',
    EEXIST: 'a file is there, where a folder belongs',
    ENOENT: 'no such file or folder',
    ENOTDIR: 'a part of the path is a file',
    EISDIR: 'is a directory',
    EDQUOT: 'the disk quota is used up',
    ENAMETOOLONG: 'the name is too long',
    ELOOP: 'symbolic links form a loop',
    EBADF: 'is closed',
    ETXTBSY: 'is a program that runs',
  };
  const named = 'path' in thrown ? String(thrown.path).replace(/\/\.([^/]*)\.longshore-\d+$/, '/$1') : '';
  const path = named.startsWith('/') ? shownPath(named, io) : named;
  const reason = words[String(thrown.code)] ?? String(thrown.code);
  if (path === 'standard output') return `${path}: ${reason}`;
  return `${path === '' ? '' : `${path}: `}${reason}; nothing was written`;
}

/** Standard input, where a file is to come from there. */
function stdinOf(flags: ConvertFlags, io: Io): string | Uint8Array | undefined {
  if (!flags.file.includes('-')) return undefined;
  try {
    return io.readStdin();
  } catch (thrown) {
    throw thrown instanceof Error ? Object.assign(thrown, { path: 'standard input' }) : thrown;
  }
}

/** The disk, and which files were read from it. */
function watchedFiles(): { readonly files: Files; readonly inputs: ReadonlySet<string> } {
  const disk = diskFiles();
  const inputs = new Set<string>();
  const read = (path: string): ReturnType<Files['read']> => {
    inputs.add(disk.realPath(path) ?? path);
    return disk.read(path);
  };
  return { files: { ...disk, read }, inputs };
}

/** How to accept what was refused, ready to be pasted; empty when nothing was. */
function dropHint(diagnostics: readonly Diagnostic[]): string {
  const refused = diagnostics.filter(({ severity, disposition }) => severity === 'error' && disposition === 'refused');
  const paths = [...new Set(refused.flatMap(({ path = [] }) => (path.length === 0 ? [] : [pathText(path)])))];
  if (paths.length === 0) return '';
  const words = paths.slice(0, 3).map((path) => ` --drop '${path.replaceAll("'", "'\\''")}'`);
  return `\n  = hint: mend what was refused, or accept that it is left out:${words.join('')}${paths.length > 3 ? ' …' : ''}`;
}

/** Runs the command. */
export function runConvert(flags: ConvertFlags, io: Io): ExitCode {
  try {
    return convertAndDeliver(flags, io);
  } catch (thrown) {
    const text = troubleText(thrown, io);
    if (text === undefined) throw thrown;
    io.stderr.write(`error: ${text}\n`);
    return trouble;
  }
}

function convertAndDeliver(flags: ConvertFlags, io: Io): ExitCode {
  const { files, inputs } = watchedFiles();
  const result = convert(
    {
      files,
      cwd: io.cwd,
      composeFiles: flags.file,
      stdin: stdinOf(flags, io),
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
  deliverReport(result, flags, inputs, io);
  if (!result.failed) deliver(result, flags, inputs, io);
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error').length;
  if (result.failed) note(`${errors} ${errors === 1 ? 'error' : 'errors'}; nothing was written`, flags, io);
  else note(`${countText(countLedger(result.ledger))}${dropHint(result.diagnostics)}`, flags, io);
  return errors > 0 ? inputHasErrors : done;
}
