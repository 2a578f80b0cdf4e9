import { removeLines } from "../../../../findings/edits.ts";
import type { Fix, Severity } from "../../../../findings/finding.ts";
import type { Found, Rule } from "../../../../findings/rule.ts";
import type { RuleCode } from "../../../../findings/ruleTexts.ts";
import { containerOf } from "../../../../service/containers/containerOf.ts";
import { type PayloadWorld, payloadWorld } from "../../../../service/containers/payloadWorld.ts";
import type { PodmanOption } from "../../../../service/containers/podmanOptions.ts";
import type { TextEdit } from "../../../../text/span.ts";
import { ownFile, type Unit } from "../../../../units/unit.ts";

/** A word of a quadlet that a rule has something to say about. */
export interface PayloadFinding {
  readonly option: PodmanOption;
  readonly severity: Severity;
  readonly message: string;
  /** Instead of taking the word away. */
  readonly fixes?: readonly Fix[];
}

/** A rule about what a quadlet gives its container, found where its own file says it. */
export const aboutPayload = (
  code: RuleCode,
  sayings: (world: PayloadWorld, unit: Unit) => Iterable<PayloadFinding>,
): Rule => ({
  code,
  *check(unit): Iterable<Found> {
    const quadlet = containerOf(unit);
    if (!quadlet) return;
    const own = ownFile(unit);
    for (const { option, severity, message, fixes } of sayings(payloadWorld(quadlet), unit)) {
      if (option.file !== own) continue;
      yield { ...option.span, severity, message, directive: option.node.key, fixes: fixes ?? [withoutWord(option)] };
    }
  },
});

/** As the reader wrote it: the option, or the key with its word. */
export const wordOf = ({ file, node, span }: PodmanOption): string => {
  const word = file.text.slice(span.start, span.end).replace(/\s+/g, " ");
  return node.key === "PodmanArgs" || node.key === "GlobalArgs" ? word : `${node.key}=${word}`;
};

/** Takes a word out of its line with the blanks on one side. */
export function cutOut({ file, node, span }: PodmanOption): TextEdit {
  const { start, end } = node.valueSpan;
  const behind = file.text.slice(span.end, end);
  const after = behind.length - behind.trimStart().length;
  const front = file.text.slice(start, span.start);
  const before = after === 0 ? front.length - front.trimEnd().length : 0;
  return { start: span.start - before, end: span.end + after, newText: "" };
}

/** Takes a word out of its line, or the line where nothing else is in it. */
function withoutWord(option: PodmanOption): Fix {
  const { file, node, span } = option;
  const { start, end } = node.valueSpan;
  const isAll = span.start <= start && span.end >= end;
  const edits = (): ReturnType<Fix["edits"]> => {
    if (isAll) return [removeLines(file, node)];
    return [cutOut(option)];
  };
  return { title: `Remove ${wordOf(option)}`, safe: false, edits };
}
