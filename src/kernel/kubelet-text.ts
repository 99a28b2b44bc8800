/** Text that reaches a container unchanged, although the kubelet expands `$(NAME)` in it. */

const MARKS = /\${2,}|\$\(([^)]*)\)/g;

/**
 * Escapes a text so that the kubelet's expansion gives the text back. From left to right: a run of two or more `$` is doubled,
 * `$(NAME)` with the name of a variable of the container becomes `$$(NAME)`, and any other `$(…)` is copied whole, because the
 * kubelet leaves it and whatever is inside it alone.
 *
 * For command, args, environment values and probe commands; the kubelet does not expand lifecycle hooks.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function escapeForKubelet(text: string, names: ReadonlySet<string>): string {
  return text.replace(MARKS, (mark, name?: string) => {
    if (name === undefined) return mark + mark;
    return names.has(name) ? `$${mark}` : mark;
  });
}
