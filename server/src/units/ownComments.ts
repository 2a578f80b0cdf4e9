import type { LogicalLine, UnitFile } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import { MARK } from "./mark.ts";
import { memo } from "./memo.ts";

/** A comment for Unit Warden: `# unit-warden: VERB WORDS -- reason`. */
export interface OwnComment extends Span {
  readonly line: number;
  readonly verb: string;
  readonly verbSpan: Span;
  /** What stands between the verb and the reason, and where that begins. */
  readonly named: { readonly start: number; readonly text: string };
  /** The logical line that it is about: the next one, or the one that it stands in; none at the end of a file. */
  readonly target: LogicalLine | undefined;
  /** Whether it stands at the top, before everything that is no comment. */
  readonly onTop: boolean;
}

/** The comments of a file that are for us, in their order; most files have none. */
export const ownComments = memo((file: UnitFile): readonly OwnComment[] =>
  file.unaddressed || !file.text.includes(MARK) ? NONE : commentsIn(file),
);

const NONE: readonly OwnComment[] = [];

function commentsIn(file: UnitFile): readonly OwnComment[] {
  const all: OwnComment[] = [];
  /** The comments that wait for the line below them. */
  let waiting: OwnComment[] = [];
  let line: LogicalLine | undefined;
  for (const node of file.nodes) {
    if (node.kind !== "comment") {
      line = node;
      for (const it of waiting) all.push({ ...it, target: node });
      waiting = [];
      continue;
    }
    const text = file.text.slice(node.start, node.end);
    const words = text.includes(MARK) ? commentWords(text, node.start) : undefined;
    if (!words) continue;
    const { start, end, line: number } = node;
    const comment = { start, end, line: number, ...words, target: undefined, onTop: line === undefined };
    if (line && node.end <= line.end) all.push({ ...comment, target: line });
    else waiting.push(comment);
  }
  return [...all, ...waiting];
}

/** What a comment that begins at an offset says; undefined where it is not for us. */
function commentWords(text: string, at: number): Pick<OwnComment, "verb" | "verbSpan" | "named"> | undefined {
  const head = /^[ \t]*[#;]+[ \t]*unit-warden:[ \t]*([^\s,]+)/.exec(text);
  const verb = head?.[1];
  if (!head || verb === undefined) return undefined;
  const from = head[0].length;
  const reason = /(?:^|\s)--(?:\s|$)/.exec(text.slice(from));
  return {
    verb,
    verbSpan: { start: at + from - verb.length, end: at + from },
    named: { start: at + from, text: text.slice(from, reason ? from + reason.index : undefined) },
  };
}
