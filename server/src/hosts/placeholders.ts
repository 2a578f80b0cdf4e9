import type { HostedPart } from "./hostedUnit.ts";

/** What a program that fills the file in puts something else for. */
const FILLED = /\{\{[^{}\n]{0,200}\}\}|\$\{[^{}\n]{0,200}\}/g;
/** Where the command of a line begins, which is no place for a variable of systemd. */
const PROGRAM = /^Exec\w+=[ \t]*[-@!+:|]*$/;
/** Where systemd itself takes variables. */
const ARGUMENT = /^Exec\w+=/;
/** What decides whether other lines are there. */
const BLOCK = /\{%/;
/** Farther from the start of its line nothing is the path of a program. */
const MAX_LINE = 4000;

/** The parts of a text that another program may fill in, such as the templates of cloud-init; undefined where that decides about whole lines. */
export function withPlaceholders(parts: readonly HostedPart[]): readonly HostedPart[] | undefined {
  if (parts.some((it) => BLOCK.test(it.text))) return undefined;
  if (!parts.some((it) => it.text.includes("{"))) return parts;
  let line = "";
  return parts.flatMap((it) => {
    const made = it.exact ? splitPart(it, line) : [it];
    const text = line + it.text;
    line = text.slice(text.lastIndexOf("\n") + 1).slice(0, MAX_LINE);
    return made;
  });
}

function splitPart(part: HostedPart, before: string): readonly HostedPart[] {
  const made: HostedPart[] = [];
  const { text, source } = part;
  let from = 0;
  const upTo = (to: number): void => {
    const place = { start: source.start + from, end: source.start + to };
    if (to > from) made.push({ ...part, text: text.slice(from, to), source: place });
  };
  for (const { 0: found, index } of text.matchAll(FILLED)) {
    const start = text.lastIndexOf("\n", index) + 1;
    const line = (start === 0 ? before : "") + text.slice(start, Math.min(index, start + MAX_LINE));
    const isProgram = PROGRAM.test(line);
    if (found.startsWith("$") && ARGUMENT.test(line) && !isProgram) continue;
    upTo(index);
    from = index + found.length;
    const place = { start: source.start + index, end: source.start + from };
    made.push({ text: isProgram ? "/opt/x" : "x", source: place, exact: false, certain: false });
  }
  upTo(text.length);
  return made;
}
