import type { InlayHint, Range } from "vscode-languageserver-types";
import { grammarIn } from "../catalog/catalog.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import { whereOf } from "../units/where.ts";
import { nextElapses } from "../values/calendar/nextElapses.ts";
import { parseCalendar } from "../values/calendar/parse.ts";
import type { HoverTopic } from "../values/grammar.ts";
import { type Token, tokensOf } from "../values/read.ts";
import { formatSize, parseSize } from "../values/size.ts";
import { formatTimeSpan } from "../values/timeSpan.ts";
import { clockTime } from "./calendar.ts";
import type { View } from "./view.ts";

/**
 * What values in a range come to: time spans and sizes where they are not written as systemd shows them, and when calendar
 * events elapse next. `now` counts milliseconds since 1970; without it nothing is told of events. The zone is asked for where
 * there is one.
 */
export function inlayHints(view: View, range: Range, now: number | undefined, zone: () => string): InlayHint[] {
  const { unit, lines } = view;
  const [start, end] = [lines.offsetAt(range.start), lines.offsetAt(range.end)];
  const where = whereOf(unit);
  const hints: InlayHint[] = [];
  for (const section of unit.file.sections) {
    if (section.start > end || section.end < start) continue;
    for (const node of section.nodes) {
      if (node.kind !== "assignment" || node.line.written || node.start > end || node.end < start) continue;
      const known = unit.family.content.directive(section.name, node.key);
      if (!known) continue;
      const { value } = node;
      for (const { from, to, topic } of amounts(tokensOf(grammarIn(known, unit.version), value.text, where))) {
        const label = labelOf(topic, value.text.slice(from, to), now, zone);
        const at = sourceSpan(value, from, to).end;
        if (label !== undefined && start <= at && at <= end)
          hints.push({ position: lines.positionAt(at), label, paddingLeft: true });
      }
    }
  }
  return hints;
}

/** A stretch of a value with what it means as a whole. */
interface Amount {
  readonly from: number;
  readonly to: number;
  readonly topic: HoverTopic;
}

/** The times, sizes and events of a value: the tokens side by side that share a topic are one. */
function amounts(tokens: readonly Token[]): Amount[] {
  const found: Amount[] = [];
  let last: Token["topic"];
  for (const token of tokens) {
    const before = found.at(-1);
    const topic = token.topic === last && before ? before.topic : token.topic?.();
    if (topic?.kind !== "time" && topic?.kind !== "size" && topic?.kind !== "calendar") {
      last = undefined;
      continue;
    }
    if (before && token.topic === last) found[found.length - 1] = { ...before, to: Math.max(before.to, token.to) };
    else found.push({ from: token.from, to: token.to, topic });
    last = token.topic;
  }
  return found;
}

function labelOf(topic: HoverTopic, written: string, now: number | undefined, zone: () => string): string | undefined {
  switch (topic.kind) {
    case "time":
      return timeLabel(topic.nanoseconds, written);
    case "size":
      return sizeLabel(topic.bytes, written);
    case "calendar":
      return now === undefined ? undefined : eventLabel(topic.text, now, zone());
    default:
      return undefined;
  }
}

/** None where it would only spell the unit another way. */
function timeLabel(nanoseconds: number, written: string): string | undefined {
  if (nanoseconds === Number.POSITIVE_INFINITY) return undefined;
  const shown = formatTimeSpan(nanoseconds);
  const [number, unit] = [Number.parseFloat(written), /[^\d.\s]/.test(written)];
  const isSame = unit && amountIn(written) === 1 && amountIn(shown) === 1 && Number.parseFloat(shown) === number;
  return isSame || plain(written) === plain(shown) || nanoseconds === 0 ? undefined : `= ${shown}`;
}

/** How many numbers stand in a time span. */
const amountIn = (span: string): number => span.match(/[\d.]+/g)?.length ?? 0;

const plain = (text: string): string => text.replace(/\s/g, "");

/** As systemd shows it, which may be rounded. */
function sizeLabel(bytes: number, written: string): string | undefined {
  if (bytes === Number.POSITIVE_INFINITY || bytes === 0) return undefined;
  const shown = formatSize(bytes);
  const read = parseSize(shown, 1024);
  const isExact = "bytes" in read && read.bytes === BigInt(bytes);
  return isExact && plain(written) === shown ? undefined : `${isExact ? "=" : "≈"} ${shown}`;
}

function eventLabel(event: string, now: number, zone: string): string | undefined {
  const parsed = parseCalendar(event).event;
  const elapses = parsed && nextElapses(parsed, now * 1000, 1, zone);
  if (!elapses) return undefined;
  const [next] = elapses;
  return next === undefined ? "never again" : `next ${clockTime(next, zone).replace(/:00$/, "")}`;
}
