/** Specifiers that stand for what only the machine, the file or the instance knows. */
const SPECIFIERS = /%[aAbBdDfgGhHiIjJlLmMnNopPqsSTtuUvVwWyYCEr]/;

/** What we take for the mark of a template, which is filled in before systemd reads it. */
export const PLACEHOLDERS = /\$\{|@.*@|\{\{/;

/** Whether a text says something else on another machine, or to us. */
export const isOfMachine = (text: string): boolean =>
  SPECIFIERS.test(text.replaceAll("%%", "")) || PLACEHOLDERS.test(text);

/** What systemd says because of its machine: programs, architectures, calls that its libseccomp knows, and families that the headers of its kernel have. */
const OF_MACHINE = /not found in path|personality|address family, ignoring: AF_MCTP|system call, ignoring:/i;

/** Of a bad pattern systemd names no line. */
const WITHOUT_LINE = /^\s*LogFilterPatterns\s*=/;

/** Whether what systemd says of a line depends on the machine, or cannot be told from what it says of others. */
export const ofMachine = (text: string, said: readonly string[]): boolean =>
  isOfMachine(text) || WITHOUT_LINE.test(text) || said.some((it) => OF_MACHINE.test(it));

/** Files that are missing, programs that older versions look for, other units of the test that are refused, or of the same name on the bus. */
const REFUSES =
  /No such file or directory|not found in path|Failed to create .* bad unit file setting|Two services allocated for the same bus name/;

/** Whether a unit may be refused because of the machine or of the other units. */
export const refusesByMachine = (said: readonly string[]): boolean => said.some((it) => REFUSES.test(it));
