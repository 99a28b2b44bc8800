/** The version of the program: a constant, so that nothing has to be read at start. A test compares it with package.json. */

/** The version in package.json. */
export const version = '0.1.0';
