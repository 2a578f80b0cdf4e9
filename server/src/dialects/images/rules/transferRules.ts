import type { SectionName } from "../../../catalog/sections.ts";
import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { settingsIn } from "../../../units/settingsReader.ts";
import { mergedDirectives, type Unit } from "../../../units/unit.ts";
import { atLineOrHeader, isWholeFile } from "./atLine.ts";

/** What ends the reading: where, in which section, and why. */
type Refusal = readonly [line: Assignment | undefined, section: "Source" | "Target", why: string];

const refused: Rule = {
  code: "image/transfer",
  *check(unit): Iterable<Found> {
    if (!isWholeFile(unit, "transfer")) return;
    for (const [line, section, why] of refusals(unit)) {
      yield* atLineOrHeader(unit, line, section, `${why}: systemd-sysupdate ends with an error`);
      return;
    }
  },
};

const FILES = new Set(["url-file", "partition", "regular-file"]);

/** In the order in which it looks. Follows transfer_read_definition(), systemd 257 and 262. */
function* refusals(unit: Unit): Iterable<Refusal> {
  const type = { source: settingsIn(unit, "Source").last("Type"), target: settingsIn(unit, "Target").last("Type") };
  const from = type.source?.text;
  if (!type.source || from === undefined || from === "partition")
    yield [type.source, "Source", from === undefined ? "[Source] has no Type=" : "Type=partition is for a target"];
  const to = type.target?.text;
  const into = type.target ?? undefined;
  if (to !== undefined && (to.startsWith("url-") || to === "tar")) yield [into, "Target", `Type=${to} is for a source`];
  if (from !== undefined && to !== undefined && FILES.has(from) !== (to === "partition" || to === "regular-file"))
    yield [into, "Target", `Type=${to} does not go with Type=${from} of the source`];
  yield* ofSource(unit, from);
  yield* ofTarget(unit, to);
}

function* ofSource(unit: Unit, from: string | undefined): Iterable<Refusal> {
  const place = pathOf(unit, "Source");
  if (!place) yield [undefined, "Source", "[Source] has no Path="];
  else if (from?.startsWith("url-") && isKnown(place) && !/^(?:https?:\/\/.|file:\/)[\x01-\x7f]*$/.test(place.text))
    yield [place, "Source", "Path= is no web address"];
  else if (from && !from.startsWith("url-") && !isPlace(place))
    yield [place, "Source", "Path= is no absolute path without doubled slashes and .."];
  if (settingsIn(unit, "Source").list("MatchPattern").length === 0)
    yield [undefined, "Source", "[Source] has no MatchPattern="];
}

function* ofTarget(unit: Unit, to: string | undefined): Iterable<Refusal> {
  const place = pathOf(unit, "Target");
  if (!place) yield [undefined, "Target", "[Target] has no Path="];
  else if (!isPlace(place)) yield [place, "Target", "Path= is no absolute path without doubled slashes and .."];
  const relative = settingsIn(unit, "Target").last("PathRelativeTo");
  if (relative?.text === "explicit") yield [relative, "Target", "PathRelativeTo=explicit is for a source"];
  const link = settingsIn(unit, "Target").last("CurrentSymlink");
  if (link && to === "partition" && isKnown(link) && !link.text.startsWith("/"))
    yield [link, "Target", "CurrentSymlink= has to be absolute where the target is a partition"];
}

/** An empty path is one too, for which nothing is right. */
function pathOf(unit: Unit, section: "Source" | "Target"): Assignment | undefined {
  const counted = settingsIn(unit, section).list("Path");
  return mergedDirectives(unit, section as SectionName)
    .get("Path")
    ?.findLast((it) => it.text === "" || counted.includes(it));
}

/** Whether nothing of a value is up to the machine. */
const isKnown = ({ text }: Assignment): boolean => !/%[A-Za-z]/.test(text);

/** Follows path_is_absolute() and path_is_normalized(), systemd 257 and 262; a specifier may stand for any of it. */
const isPlace = (line: Assignment): boolean =>
  line.text === "auto" ||
  !isKnown(line) ||
  (line.text.startsWith("/") && !/(?:^|\/)\.{1,2}(?:\/|$)|\/\//.test(line.text));

/** What systemd-sysupdate says of a transfer as a whole. */
export const TRANSFER_RULES: readonly Rule[] = alsoInDropIns([refused]);
