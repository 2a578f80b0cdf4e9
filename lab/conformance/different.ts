/** Where we say something else than systemd on purpose; a pattern is matched against the text of the difference. */
const DIFFERENT: readonly { readonly reason: string; readonly pattern: RegExp }[] = [
  {
    reason: "Which architectures the target can run, only the target knows; the answers are those of an x86-64 machine",
    pattern:
      /^missed .*Failed to parse (?:Personality=|personality, ignoring: )(?:aarch64|arm|arm64|loongarch64|ppc\S*|riscv64|s390x?)\b/,
  },
  {
    reason:
      "The probe was asked beside others at which the generator of that version crashes, which left no answer for it; " +
      "alone, 5.4.2 takes it",
    pattern:
      /^container\/Container\/Mount\/\d+ 5\.[3-6] .*\n +ours takes it <> theirs \(refused; the message was not recorded\)$/s,
  },
  {
    reason: "It names an image whose own file is refused, which is told there",
    pattern: /\n +nothing about: requested Quadlet image {2}was not found$/,
  },
  {
    reason: "The names stood in lines above that are not part of the corpus",
    pattern: /^config_parse_luo_sessions \[Service\] LUOSession=.*\n +systemd Duplicate LUO session name/,
  },
];

/** Whether a difference is meant to be one. */
export function isDifferent(text: string): boolean {
  return DIFFERENT.some(({ pattern }) => pattern.test(text));
}

/** A lexical case in which our findings stand at other lines than systemd's messages, or at more. */
interface OtherLines {
  readonly reason: string;
  readonly lines: readonly number[];
}

const NO_DEPENDENCIES =
  "The answers were made without dependencies, so that they lack what systemd says of them when it loads the unit";
const TOLD_APART = "systemd takes it without a word, but not as it is meant";
const INSTALL = "systemctl reads [Install], not the manager that was asked";

/** By the ids of the cases. */
const OTHER_LINES: Readonly<Record<string, OtherLines>> = {
  "079": { lines: [4, 6, 7, 8], reason: INSTALL },
  "129": { lines: [2], reason: TOLD_APART },
  "142": { lines: [2, 3], reason: TOLD_APART },
  "174": { lines: [2], reason: TOLD_APART },
  "285": { lines: [2], reason: NO_DEPENDENCIES },
  "286": { lines: [2], reason: NO_DEPENDENCIES },
  "289": { lines: [2], reason: NO_DEPENDENCIES },
  "293": { lines: [2], reason: NO_DEPENDENCIES },
  "294": { lines: [2], reason: NO_DEPENDENCIES },
  "295": { lines: [2], reason: NO_DEPENDENCIES },
  "298": { lines: [2], reason: NO_DEPENDENCIES },
  "299": { lines: [2], reason: NO_DEPENDENCIES },
  "302": { lines: [2], reason: NO_DEPENDENCIES },
  "304": { lines: [2], reason: NO_DEPENDENCIES },
};

/** The lines at which we have something to say in a lexical case, where they are not those of systemd's messages. */
export function linesWanted(id: string): readonly number[] | undefined {
  return OTHER_LINES[id]?.lines;
}
