/** An assignment of an environment file, as the manager reads it. */
export interface FileVariable {
  readonly name: string;
  readonly value: string;
  /** The line that it begins in, counted from 1. */
  readonly line: number;
  /** How the value is written, without the end of the line. */
  readonly written: string;
}

/** What a character does in a state of the reader. */
type State = "before" | "name" | "start" | "value" | "escape" | "single" | "double" | "double-escape" | "comment";

const isBlank = (char: string): boolean => /[ \t\n\r]/.test(char);
const isEnd = (char: string): boolean => char === "\n" || char === "\r";

/**
 * The assignments of a text, names that are none among them. Follows parse_env_file_internal(), systemd 257: blanks around `=`
 * do not count, quotes only begin a value, and lines without `=` are left out.
 */
export function readEnvironmentFile(text: string): readonly FileVariable[] {
  const found: FileVariable[] = [];
  let [state, name, value, begin, from, line]: [State, string, string, number, number, number] = [
    "before",
    "",
    "",
    1,
    0,
    1,
  ];
  const finish = (at: number): void => {
    const isPlain = state === "value";
    found.push({
      name: name.trim(),
      value: isPlain ? value.trimEnd() : value,
      line: begin,
      written: text.slice(from, at).trim(),
    });
    [state, name, value] = ["before", "", ""];
  };
  for (const [at, char] of [...text].map((it, i) => [i, it] as const)) {
    if (state === "before") {
      if (char === "#" || char === ";") state = "comment";
      else if (!isBlank(char)) [state, name, begin] = ["name", char, line];
    } else if (state === "name") {
      if (isEnd(char)) [state, name] = ["before", ""];
      else if (char === "=") [state, value, from] = ["start", "", at + 1];
      else name += char;
    } else if (state === "start" || state === "value") {
      if (isEnd(char)) finish(at);
      else if (char === "\\") state = "escape";
      else if (state === "start" && char === "'") state = "single";
      else if (state === "start" && char === '"') state = "double";
      else if (state === "value" || !isBlank(char)) [state, value] = ["value", value + char];
    } else if (state === "escape") [state, value] = ["value", isEnd(char) ? value : value + char];
    else if (state === "single") [state, value] = char === "'" ? ["start", value] : [state, value + char];
    else if (state === "double") {
      if (char === '"') state = "start";
      else if (char === "\\") state = "double-escape";
      else value += char;
    } else if (state === "double-escape") {
      state = "double";
      value += /["\\`$]/.test(char) ? char : char === "\n" ? "" : `\\${char}`;
    } else if (isEnd(char)) state = "before";
    if (char === "\n") line++;
  }
  // A quote that nothing closes swallows the rest.
  if (state === "start" || state === "value" || state === "escape") finish(text.length);
  return found;
}
