/** What a rule is: everything that is known about a family of Compose attributes, in one object. */

import type { z } from 'zod';
import type { Disposition, MessageArgs, Messages } from '../kernel/diagnostic.ts';
import type { Files } from '../kernel/files.ts';
import type { Located, Origin, Path } from '../kernel/located.ts';
import type { Span } from '../kernel/source.ts';
import type { Tree } from '../kernel/tree.ts';
import type { FileDraft, NetworkDraft, ServiceSays, VolumeDraft } from '../model/draft.ts';
import type { Options } from '../model/options.ts';
import type { EnvFileReader } from './project.ts';
import type { AttributePath } from './spec.ts';

/** A value or situation whose fate differs from the attribute's ordinary one. The first that applies holds. */
export interface SupportCase {
  readonly when: string;
  readonly disposition: Disposition;
  readonly to: readonly string[];
  readonly rule: string;
}

/** What becomes of one attribute path: the source of `explain`, of docs/attributes.md and of the ledger. */
export interface Support {
  readonly disposition: Disposition;
  /** Where it ends up: `Kind.path` of an emitted object, or `loader`, `report.*`, `applier.*`, `build-plan.*`. */
  readonly to: readonly string[];
  /** What the converter does, with defaults, units and edge cases. */
  readonly rule: string;
  /** Why it differs and what the user must do; on a converted attribute a message worth giving. */
  readonly note?: string;
  readonly cases?: readonly SupportCase[];
  /** True while the rule is written down here but not carried out yet: each use says so. */
  readonly isPending?: true;
}

/** Optional parts of a support entry. */
export interface SupportMore {
  readonly note?: string;
  readonly cases?: readonly SupportCase[];
}

/** A table entry: `does('converted', [...], 'rule', { note, cases })`. */
export function does(disposition: Disposition, to: readonly string[], rule: string, more: SupportMore = {}): Support {
  return { disposition, to, rule, ...more };
}

/** A table entry whose rule is not carried out yet. */
export function pending(
  disposition: Disposition,
  to: readonly string[],
  rule: string,
  more: SupportMore = {},
): Support {
  return { disposition, to, rule, ...more, isPending: true };
}

/** A case of a support entry. */
export function when(situation: string, disposition: Disposition, to: readonly string[], rule: string): SupportCase {
  return { when: situation, disposition, to, rule };
}

/** The entry of an extension key at some level. */
export function extension(level: string): Support {
  return does(
    'not-applicable',
    ['report.info'],
    `An extension under ${level}: anything other than x-kubernetes is carried by no object and is listed once in the report at debug level.`,
    {
      note: 'Extensions have no meaning of their own; if another tool needed this one, put the equivalent under x-kubernetes or patch the output.',
    },
  );
}

/** What an expansion may say. */
export interface ExpandScope<M extends Messages> {
  /** A mistake in the short form that the rule's own table has words for. */
  say<C extends keyof M & string>(code: C, at: Tree, ...args: MessageArgs<M, C>): void;
  /** A node of the wrong kind: `must be …`; the attribute's path is put in front. */
  wrong(at: Tree, message: string, hint?: string): void;
}

/** Turns the short form of a node into its long form; a node it has nothing to say about is returned as it is. */
export type Expand<M extends Messages> = (node: Tree, scope: ExpandScope<M>) => Tree;

/**
 * How two files' values of one attribute are joined. `replace`: the later one wins whole. `append`: lists are joined,
 * skipping items equal to one that is there. Without an entry mappings are merged by key, lists appended, scalars replaced.
 * @see compose-semantics.md §6
 */
export type Merge = 'replace' | 'append';

/** What lowering may ask and say about one service. Paths are relative to the service: `['healthcheck', 'test']`. */
export interface Scope<M extends Messages> {
  /** The Compose key of the service (or of the top-level entry). */
  readonly name: string;
  readonly options: Options;
  readonly files: Files;
  /** Absolute folder of the project; relative paths of the file resolve against it. */
  readonly directory: string;
  /** Declared names by section. */
  readonly declared: Readonly<
    Record<'services' | 'networks' | 'volumes' | 'configs' | 'secrets' | 'models', ReadonlySet<string>>
  >;
  /** A variable of the project's environment (shell, then `.env`). */
  variable(name: string): string | undefined;
  /** Reads an env file. */
  readonly readEnvFile: EnvFileReader;
  /** True when the input has something at the path. */
  has(...path: Path): boolean;
  /** The keys of the mapping at the path, in the order of the file; none when there is no mapping. */
  keys(...path: Path): readonly string[];
  /** The origin of a path, or of its nearest ancestor that the input has. */
  origin(...path: Path): Origin;
  /** A value with the origin of a path. */
  at<T>(value: T, ...path: Path): Located<T>;
  /** Says one of the rule's messages about a path. */
  say<C extends keyof M & string>(code: C, path: Path, ...args: MessageArgs<M, C>): void;
  /** Says one of the rule's messages about a path, at a place of another file. */
  sayAt<C extends keyof M & string>(code: C, path: Path, span: Span, ...args: MessageArgs<M, C>): void;
  /** Judges a path without a word: for values whose fate differs from the table's. */
  settle(path: Path, disposition: Disposition): void;
}

/** Zod shapes by key, built only when a file uses the key. Shapes describe the long form, so they hold no unions of forms. */
export type Shapes = Readonly<Record<string, () => z.ZodType>>;

/** The checked values of some keys, each present only if the file has it. */
export type Values<S extends Shapes> = { readonly [K in keyof S]?: z.output<ReturnType<S[K]>> };

/** Support entries by attribute path. */
export type SupportTable = Readonly<Partial<Record<AttributePath, Support>>>;

/** What the two kinds of rules share. Keys of the tables are patterns relative to the service or entry, such as `build.args`. */
interface Family<M extends Messages> {
  /** First part of its diagnostic codes, and the name of its file. */
  readonly name: string;
  readonly expand?: Readonly<Record<string, Expand<M>>>;
  readonly merge?: Readonly<Record<string, Merge>>;
  /** Items of a list with the same text here are one item: the last value, at the first place. */
  readonly unique?: Readonly<Record<string, (item: Tree) => string | undefined>>;
  readonly support: SupportTable;
  readonly messages: M;
}

/** A rule about keys of a service and of its `deploy` section. */
export interface Rule<S extends Shapes, D extends Shapes, M extends Messages> extends Family<M> {
  /** Shapes of service keys. */
  readonly service: S;
  /** Shapes of keys of `deploy`. */
  readonly deploy: D;
  /** What the values mean. Called once for each service, also for one that has none of the keys. */
  lower(values: Values<S> & { readonly deploy: Values<D> }, scope: Scope<M>): ServiceSays;
}

/** A rule with its types forgotten, as the list of all rules needs it. */
export type AnyRule = Rule<Shapes, Shapes, Messages>;

/** The paths that a support table has entries for, known to the compiler: a misspelt path is refused, a present one remembered. */
type Known<T extends SupportTable> = T & Readonly<Record<Exclude<keyof T, AttributePath>, never>>;

/** A rule of forgotten types whose support table still says which paths it has. */
type WithSupport<R, T extends SupportTable> = Omit<R, 'support'> & { readonly support: T };

/** Declares a service rule. The call only lends its types to the literal; which paths the support table has stays known. */
export function defineRule<
  const S extends Shapes,
  const D extends Shapes,
  const M extends Messages,
  T extends SupportTable,
>(rule: Rule<S, D, M> & { readonly support: Known<T> }): WithSupport<AnyRule, T> {
  return rule as unknown as WithSupport<AnyRule, T>;
}

/** What a top-level section lowers to. */
export interface Entries {
  readonly networks: NetworkDraft;
  readonly volumes: VolumeDraft;
  readonly configs: FileDraft;
  readonly secrets: FileDraft;
  readonly models: undefined;
}

/** A rule about the entries of a top-level section. */
export interface EntryRule<K extends keyof Entries, Z extends z.ZodType, M extends Messages> extends Family<M> {
  readonly section: K;
  /** Shape of one entry; an empty entry is checked as an empty mapping. */
  readonly shape: () => Z;
  lower(value: z.output<Z>, scope: Scope<M>): Entries[K];
}

/** An entry rule with its types forgotten. */
export type AnyEntryRule = EntryRule<keyof Entries, z.ZodType, Messages>;

/** Declares a rule about a top-level section. */
export function defineEntry<
  const K extends keyof Entries,
  Z extends z.ZodType,
  const M extends Messages,
  T extends SupportTable,
>(rule: EntryRule<K, Z, M> & { readonly support: Known<T> }): WithSupport<AnyEntryRule, T> {
  return rule as unknown as WithSupport<AnyEntryRule, T>;
}
