/** The name of the program's compiled form: it tells one build of Node from every other. */

import { statSync } from 'node:fs';

/** What of a process the name is made of. */
export interface Runtime {
  readonly version: string;
  readonly platform: string;
  readonly arch: string;
  readonly execPath: string;
}

/** `longshore.v20.20.2-linux-x64-98765432.v8`; the last number is the size of the Node executable in bytes. */
export function compiledName({ version, platform, arch, execPath }: Runtime): string {
  return `longshore.${version}-${platform}-${arch}-${statSync(execPath).size}.v8`;
}
