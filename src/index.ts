/** The public library: what the command line uses, and anybody else may. */

export { explain } from './attributes/explain.ts';
export { convert, type Result, type Strictness } from './convert.ts';
export type { Diagnostic, Disposition, Severity } from './kernel/diagnostic.ts';
export type { FileInfo, Files } from './kernel/files.ts';
export { pathText } from './kernel/located.ts';
export { isQuantity } from './kernel/quantity.ts';
export { type RenderOptions, renderDiagnostic } from './kernel/render.ts';
export { version } from './kernel/version.ts';
export { type Counts, countLedger, countText, type LedgerEntry, type LedgerTarget } from './model/ledger.ts';
export { defaultOptions, type Options } from './model/options.ts';
export type { KubernetesObject, Resource } from './model/resource.ts';
export { diskFiles } from './parser/files.ts';
export type { Input } from './parser/input.ts';
export { memoryFiles } from './parser/memory-files.ts';
export type { Artifact } from './writers/artifact.ts';
export { marker, writeDirectory } from './writers/directory.ts';
export { writeJson } from './writers/json.ts';
export { ledgerText } from './writers/ledger.ts';
export { writeStream } from './writers/stream.ts';
