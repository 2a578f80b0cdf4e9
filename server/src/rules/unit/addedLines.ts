import { insertBefore } from "../../findings/edits.ts";
import type { Rule } from "../../findings/rule.ts";
import { isResetBehind } from "../../service/linePlaces.ts";
import { textOf } from "../../service/settings.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { assignmentsOf, mergedAssignments, ownFile, seenFromDropIn, sinceReset, type Unit } from "../../units/unit.ts";

/** Lists of which a drop-in mostly means to replace what the unit has. */
const LISTS = [
  { section: "Timer", name: "OnCalendar", both: "the timer elapses at both times" },
  { section: "Timer", name: "OnUnitActiveSec", both: "both times count, and the shorter one decides" },
  { section: "Timer", name: "OnUnitInactiveSec", both: "both times count, and the shorter one decides" },
  { section: "Timer", name: "OnBootSec", both: "the timer elapses at both times" },
  { section: "Timer", name: "OnActiveSec", both: "the timer elapses at both times" },
  { section: "Socket", name: "ListenStream", both: "the socket listens on both" },
  { section: "Socket", name: "ListenDatagram", both: "the socket listens on both" },
  { section: "Service", name: "ExecStart", both: "the service runs both" },
] as const;

/** Seen with 257: both lines are in force. */
export const addedLines: Rule = {
  code: "unit/added-to-list",
  needs: LISTS.map((it) => it.name),
  *check(dropIn) {
    const unit = dropIn.main && seenFromDropIn(dropIn);
    if (!unit) return;
    for (const { section, name, both } of LISTS) {
      const [first] = assignmentsOf(unit, section, name);
      const before = first && lineBefore(unit, section, name, first);
      if (!first || !before || (name === "ExecStart" && textOf(unit, "Type") !== "oneshot")) continue;
      if (first.text === before.text || isResetBehind(unit, name, first)) continue;
      const added = `${name}=`;
      yield {
        ...first.valueSpan,
        severity: "info",
        message: `${name}= of a drop-in is added to ${name}=${before.text}: ${both}, unless an empty ${name}= before it resets the list`,
        directive: name,
        fixes: [
          {
            title: `Add an empty ${name}= before it`,
            safe: false,
            edits: () => [insertBefore(ownFile(unit), first, added)],
          },
        ],
      };
    }
  },
};

type List = (typeof LISTS)[number];

/** The last line of the files before the drop-in that its first line is added to. */
function lineBefore(unit: Unit, section: List["section"], name: List["name"], first: Assignment) {
  const all = mergedAssignments(unit, section, name);
  const before = sinceReset(all.slice(0, all.indexOf(first)));
  return first.text === "" ? undefined : before.at(-1);
}
