import type { Span } from "../../text/span.ts";
import type { HostedPart } from "../hostedUnit.ts";

/** What the shell puts in something else for, and what it takes for another character. */
const EXPANDED =
  /\\[$`\\]|\\\r?\n|\$\{[^}\n]{0,200}\}|\$\([^)\n]{0,200}\)|\$[A-Za-z_]\w*|\$[0-9@*#?$!-]|`[^`\n]{0,200}`/g;
/** What may stand before a path. */
const PATH_BEFORE = /(?:^|\n)(?:Exec\w+|WorkingDirectory|RootDirectory|EnvironmentFile|PIDFile)=[ \t]*[-@!+:|]*$/;

/** Farther from the start of its line nothing is the path of a program. */
const MAX_NAME = 100;

/** The parts of a text in a script: lines as they stand there, and what only the shell knows. */
export function heredocParts(
  text: string,
  { start, end }: Span,
  { plain, tabs }: { readonly plain: boolean; readonly tabs: boolean },
): readonly HostedPart[] {
  const parts: HostedPart[] = [];
  const put = (from: number, to: number): void => {
    if (to > from)
      parts.push({ text: text.slice(from, to), source: { start: from, end: to }, exact: true, certain: true });
  };
  for (let at = start; at < end; ) {
    const next = text.indexOf("\n", at) + 1 || end;
    while (tabs && text[at] === "\t") at++;
    if (plain) put(at, next);
    else {
      let from = at;
      for (const { 0: found, index } of text.slice(at, next).matchAll(EXPANDED)) {
        const place = { start: at + index, end: at + index + found.length };
        put(from, place.start);
        from = place.end;
        const isCharacter = found.startsWith("\\");
        const line = text.slice(at, Math.min(place.start, at + MAX_NAME));
        const isPath = place.start - at < MAX_NAME && PATH_BEFORE.test(line);
        const made = isCharacter ? found.slice(1).replace(/^\r?\n$/, "") : isPath ? "/opt/x" : "x";
        parts.push({ text: made, source: place, exact: false, certain: isCharacter });
      }
      put(from, next);
    }
    at = next;
  }
  return parts;
}

/** A text as it stands in one of which the shell changes something. */
export const inHeredoc = (text: string): string => text.replace(/[$`\\]/g, "\\$&");
