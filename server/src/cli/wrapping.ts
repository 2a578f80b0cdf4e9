import { unpainted } from "./terminal.ts";

/** Fewer characters than these make no lines that can be read. */
const NARROWEST = 40;

/** A sentence in lines of a width, broken at blanks, those after the first moved in by some characters; without a width it stays one line. */
export function hanging(text: string, width: number | undefined, indent: number): string {
  return broken(text, width, " ".repeat(indent));
}

/** Lines of comments in lines of a width, which stay comments. */
export function hangingComments(text: string, width: number | undefined): string {
  if (width === undefined) return text;
  return text.replace(/^# *(?=\S).*$/gm, (line) => broken(line, width, `${/^# */.exec(line)?.[0] ?? ""}  `));
}

function broken(text: string, width: number | undefined, indent: string): string {
  if (width === undefined) return text;
  const most = Math.max(NARROWEST, width);
  const lead = /^#? */.exec(text)?.[0] ?? "";
  const [first = "", ...words] = text.slice(lead.length).split(" ");
  const lines: string[] = [];
  let [line, length] = [lead + first, lead.length + unpainted(first).length];
  for (const word of words) {
    const own = unpainted(word).length;
    if (length + 1 + own > most) {
      lines.push(line);
      [line, length] = [indent + word, indent.length + own];
    } else [line, length] = [`${line} ${word}`, length + 1 + own];
  }
  return [...lines, line].join("\n");
}
