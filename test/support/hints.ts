/** Labels as the readers of label families take them, and what they find as text. */

import type { Hint, Remark } from '../../src/attributes/label-messages.ts';
import type { AskedRoute, Hints } from '../../src/attributes/routes.ts';
import { pathText } from '../../src/kernel/located.ts';
import type { Route } from '../../src/model/facts.ts';
import { at } from './draft.ts';

/** One label. */
function hint(key: string, value: string): Hint {
  return { key, value: at(value, 'services', 'web', 'labels', key), path: ['labels', key] };
}

/** Labels by key. */
export function hintsOf(labels: Readonly<Record<string, string>>): Hints {
  return new Map(Object.entries(labels).map(([key, value]) => [key, hint(key, value)]));
}

/** A route as `host/path[ exactly] -> port[ tls secret][ class name]`. */
export function routeLine({ host, path, pathType, port, tlsSecret, className }: Route): string {
  const rest = [
    pathType === 'Exact' ? ' exactly' : '',
    port === undefined ? '' : ` -> ${port.value}`,
    tlsSecret === undefined ? '' : ` tls ${tlsSecret.value}`,
    className === undefined ? '' : ` class ${className.value}`,
  ];
  return `${host?.value ?? '*'}${path.value}${rest.join('')}`;
}

/** Routes in their short text. */
export function routeLines(asked: readonly AskedRoute[]): readonly string[] {
  return asked.map(({ route }) => routeLine(route));
}

/** Remarks as `code key: detail`. */
export function remarkLines(remarks: readonly Remark[]): readonly string[] {
  return remarks.map(({ code, hint: { path }, detail }) => `${code} ${pathText(path.slice(1))}: ${detail}`);
}
