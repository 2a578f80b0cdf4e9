/**
 * Loads modules of Node.js that the core will ask for, and what writes to the terminal. Once a flag of V8 is set, it refuses the
 * code that Node.js has ready for its own modules, and compiles each from its source: this comes before.
 */
export function loadBuiltIns(names: readonly string[]): void {
  for (const it of names) require(it);
  // Node.js makes these when they are first read.
  void [process.stdout, process.stderr];
}
