/** Options of drivers and plug-ins in a message, without what may be a secret. */

const SECRET_KEY = /token|password|secret|key|credential|header|auth/i;
const SECRET_VALUE = /:\/\/[^/\s]*@/;

/**
 * `size=10m, zones=a b`: the value of an option whose name sounds like a credential, or that holds one in a URL, is `***`.
 * Lists are joined with blanks.
 */
export function optionText(options: Readonly<Record<string, string | readonly string[]>>): string {
  return Object.entries(options)
    .map(([key, value]) => {
      const text = typeof value === 'string' ? value : value.join(' ');
      return `${key}=${SECRET_KEY.test(key) || SECRET_VALUE.test(text) ? '***' : text}`;
    })
    .join(', ');
}
