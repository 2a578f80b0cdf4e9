/** A part of a word of a shell script. */
export type WordPart =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "variable";
      readonly name: string;
      /** In double quotes, where the value stays one word. */
      readonly quoted: boolean;
      /** Between the name and what follows it: `:-`, `##`. */
      readonly operator: string;
      readonly operand: ShellWord | undefined;
    }
  | { readonly kind: "output"; readonly commands: readonly ShellCommand[]; readonly quoted: boolean }
  | { readonly kind: "unknown" };

/** A word of a shell script, with what the shell puts in. */
export interface ShellWord {
  readonly parts: readonly WordPart[];
  /** As it is written. */
  readonly source: string;
}

/** A value that a script gives a variable; an array has several words. */
export interface ShellAssignment {
  /** The name; an argument has its function before it. */
  readonly name: string;
  readonly words: readonly ShellWord[];
  /** The function in which the words stand; empty outside of all. */
  readonly scope: string;
}

/** A branch of a case. */
export interface CaseBranch {
  readonly subject: ShellWord;
  readonly patterns: readonly ShellWord[];
  /** The patterns of the branches before it. */
  readonly earlier: readonly ShellWord[];
}

/** A simple command of a shell script. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** Where it reads from or writes to. */
  readonly redirects: readonly { readonly operator: string; readonly target: ShellWord }[];
  readonly line: number;
  /** The function whose body it stands in; empty outside of all. */
  readonly scope: string;
  /** The branches of a case in which it stands: what is compared, and with what. */
  readonly branches: readonly CaseBranch[];
  /** What it reads from the script itself. */
  readonly input: { readonly text: string } | undefined;
}

/** A shell script as commands, whatever decides whether they run. */
export interface ShellScript {
  readonly commands: readonly ShellCommand[];
  readonly assignments: readonly ShellAssignment[];
  readonly functions: ReadonlySet<string>;
}
