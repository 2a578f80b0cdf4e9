/** A part of a word: text that the program gets as it is, or a variable of the service's environment. */
type Part = { readonly text: string } | { readonly variable: string };

/** One word of a command as a shell would split it. */
export interface TypedWord {
  readonly parts: readonly Part[];
  /** Whether some of it stood in quotes or after a backslash, so that a variable in it is not split. */
  readonly quoted: boolean;
}

/** What was typed, read as a shell reads it. */
export type TypedCommand =
  | { readonly kind: "words"; readonly words: readonly TypedWord[] }
  /** It needs a shell; `reason` is the operator that does. */
  | { readonly kind: "shell"; readonly line: string; readonly reason: string }
  | { readonly kind: "refused"; readonly message: string };

/** Reads a command as it would be typed in a terminal. */
export function readTyped(typed: string): TypedCommand {
  const line = typed.replace(/^\s+|(?<=[^\s\\]|\\\s)\s+$/g, "");
  if (line === "") return refused("The command is empty");
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(line.replace(/\r?\n/g, ""))) return refused("The command has control characters");
  const reader: Reader = { line, at: 0, words: [], parts: [], quoted: false, open: false };
  for (; reader.at < line.length; reader.at++) {
    const found = step(reader);
    if (found) return found;
  }
  finish(reader);
  return { kind: "words", words: reader.words };
}

interface Reader {
  readonly line: string;
  at: number;
  readonly words: TypedWord[];
  parts: Part[];
  quoted: boolean;
  /** Whether a word has begun, which may be empty. */
  open: boolean;
}

const refused = (message: string): TypedCommand => ({ kind: "refused", message });

/** Takes the next character; an answer where the reading ends with it. */
function step(reader: Reader): TypedCommand | undefined {
  const { line, at } = reader;
  const char = line.charAt(at);
  switch (char) {
    case " ":
    case "\t":
      finish(reader);
      return undefined;
    case "\\": {
      // A backslash at the end of a line only joins it with the next one.
      const [ends] = /^\r?\n/.exec(line.slice(at + 1)) ?? [];
      reader.at += ends?.length ?? 1;
      if (ends !== undefined) return undefined;
      reader.quoted = true;
      add(reader, line.charAt(reader.at));
      return undefined;
    }
    case "'": {
      const end = line.indexOf("'", at + 1);
      if (end < 0) return refused("The quote ' is not closed");
      reader.quoted = true;
      add(reader, line.slice(at + 1, end));
      reader.at = end;
      return undefined;
    }
    case '"':
      return doubleQuoted(reader);
    case "$":
      return variable(reader);
    case "&":
      if (at === line.length - 1)
        return refused("& puts the command into the background: remove it, as systemd does that itself");
      return shell(line, "&");
    case "~":
      if (!reader.open && /^~[\w-]*(?:[/\s]|$)/.test(line.slice(at)))
        return refused("~ is not expanded in a unit file: write the full path of the directory");
      add(reader, char);
      return undefined;
    case "\n":
    case "\r":
      return shell(line, "a second line");
    default:
      if ("|;<>()`".includes(char)) return shell(line, char);
      add(reader, char);
      return undefined;
  }
}

const shell = (line: string, reason: string): TypedCommand => ({ kind: "shell", line, reason });

function doubleQuoted(reader: Reader): TypedCommand | undefined {
  const { line } = reader;
  reader.quoted = true;
  add(reader, "");
  for (reader.at++; reader.at < line.length; reader.at++) {
    const char = line.charAt(reader.at);
    if (char === '"') return undefined;
    if (char === "`") return shell(line, char);
    if (char === "$") {
      const found = variable(reader);
      if (found) return found;
    } else if (char === "\\" && line.charAt(reader.at + 1) === "\n") reader.at++;
    else if (char === "\\" && /[$`"\\]/.test(line.charAt(reader.at + 1))) add(reader, line.charAt(++reader.at));
    else add(reader, char);
  }
  return refused('The quote " is not closed');
}

/** A variable by its name alone is systemd's as well; anything more needs a shell. */
function variable(reader: Reader): TypedCommand | undefined {
  const rest = reader.line.slice(reader.at);
  const [all = "", plain, braced] = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/.exec(rest) ?? [];
  const name = plain ?? braced;
  if (name !== undefined) {
    reader.parts.push({ variable: name });
    reader.open = true;
    reader.at += all.length - 1;
    return undefined;
  }
  if (/^\$[({[\d?@*#!$'-]/.test(rest)) return shell(reader.line, rest.slice(0, 2));
  add(reader, "$");
  return undefined;
}

function add(reader: Reader, text: string): void {
  reader.parts.push({ text });
  reader.open = true;
}

function finish(reader: Reader): void {
  if (reader.open) reader.words.push({ parts: joined(reader.parts), quoted: reader.quoted });
  reader.parts = [];
  reader.quoted = false;
  reader.open = false;
}

function joined(parts: readonly Part[]): readonly Part[] {
  const all: Part[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last && "text" in last && "text" in part) all[all.length - 1] = { text: last.text + part.text };
    else all.push(part);
  }
  return all;
}

/** The text of a word without variables; undefined for one that has some. */
export function plainText({ parts }: TypedWord): string | undefined {
  const texts = parts.flatMap((it) => ("text" in it ? [it.text] : []));
  return texts.length === parts.length ? texts.join("") : undefined;
}
