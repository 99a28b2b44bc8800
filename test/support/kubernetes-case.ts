/** One change to the shop that makes it wrong, with what is to be said about it and whether a real server minds. */

import { shop } from './kubernetes-shop.ts';

/** One way to spoil the shop. */
export interface Case {
  readonly title: string;
  /** Kind and name of the object that is changed. */
  readonly on: string;
  /** JSON pointers into the object, and what is written there; undefined removes. */
  readonly edits: Readonly<Record<string, unknown>>;
  /** All that is to be said. */
  readonly problems: readonly string[];
  /** Whether kube-apiserver v1.37 refuses it, or the pod that comes of it. */
  readonly isRefused: boolean;
}

type Edits = Case['edits'];

/** A case that kube-apiserver refuses. */
export function refused(title: string, on: string, edits: Edits, problems: readonly string[]): Case {
  return { title, on, edits, problems, isRefused: true };
}

/** A case that kube-apiserver takes, although a kubelet, a controller or an older server will fail with it. */
export function tolerated(title: string, on: string, edits: Edits, problems: readonly string[]): Case {
  return { title, on, edits, problems, isRefused: false };
}

/** The Deployment of the shop that has most of what a pod can have. */
export const WEB = 'Deployment/web';
/** Pointer to the spec of the pods of a workload. */
export const POD = '/spec/template/spec';
/** Pointer to their first container. */
export const BOX = `${POD}/containers/0`;

/** A name of that many characters. */
export function long(length: number): string {
  return 'a'.repeat(length);
}

type Step = Record<string, unknown>;

function edit(object: object, pointer: string, value: unknown): void {
  const steps = pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/'));
  const last = steps.pop() ?? '';
  const holder = steps.reduce<Step>((part, step) => part[step] as Step, object as Step);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
}

/** A new shop with one case's changes made. */
export function spoiled({ on, edits }: Case): readonly object[] {
  const objects = shop();
  const object = objects.find((each) => {
    const { kind, metadata } = each as { readonly kind: string; readonly metadata: { readonly name: string } };
    return `${kind}/${metadata.name}` === on;
  });
  if (object === undefined) throw new Error(`the shop has no ${on}`);
  for (const [pointer, value] of Object.entries(edits)) edit(object, pointer, value);
  return objects;
}
