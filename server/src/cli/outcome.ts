/** What a command prints and how it ends. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: 0 | 1 | 2;
}

/** The outcome of a command: status 2 where there were problems, else 1 where something is `open`, such as a finding. */
export function outcome(stdout: string, problems: readonly string[], open: boolean): Outcome {
  return { stdout, stderr: messages(problems), status: problems.length > 0 ? 2 : open ? 1 : 0 };
}

/** The same with more to say that changes nothing about how it ended. */
export function noted(ended: Outcome, notes: readonly string[]): Outcome {
  return { ...ended, stderr: messages(notes.map((it) => `note: ${it}`)) + ended.stderr };
}

/** Lines for standard error. */
export function messages(lines: readonly string[]): string {
  return lines.map((it) => `unit-warden: ${it}\n`).join("");
}
