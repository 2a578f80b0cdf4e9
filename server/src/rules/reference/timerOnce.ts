import type { Rule, UnitContext } from "../../findings/rule.ts";
import { findUnit, referencesIn, referencesTo } from "../../units/index/lookup.ts";
import type { IndexedFile } from "../../units/index/unitIndex.ts";
import { assignmentsOf, mergedAssignments, sinceReset } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";

/** Seen with 257: the timer elapses once, and has no next time as long as its service is active. */
export const timerOnce: Rule = {
  code: "reference/timer-once",
  needs: ["OnCalendar", "OnUnitActiveSec", "OnUnitInactiveSec"],
  *check(unit, context) {
    const { kind, role, name } = unit.path;
    if (!context || kind !== "timer" || role !== "unit" || name === undefined) return;
    const line = REPEATING.flatMap((it) => assignmentsOf(unit, "Timer", it)).find(({ key, text }) =>
      repeats(key, text),
    );
    if (!line) return;
    const [wanted] = sinceReset(mergedAssignments(unit, "Timer", "Unit"));
    const service = wanted?.text ?? name.replace(/timer$/, "service");
    if (service.includes("@") || !staysActive(context, service)) return;
    yield {
      ...line.keySpan,
      severity: "warning",
      message: `${line.key}= starts ${service} only once: RemainAfterExit=yes keeps it active, and starting an active unit does nothing`,
      directive: line.key,
    };
  },
};

const REPEATING = ["OnCalendar", "OnUnitActiveSec", "OnUnitInactiveSec"] as const;

/** Whether a time comes more than once: a date with a year and no list, range or step does not. */
const repeats = (key: string, text: string): boolean =>
  text !== "" && (key !== "OnCalendar" || !/^(?:\w{3,9},?\s+)?\d{4}-\d+-\d+(?:[\sT][\d:.]+)?(?:\s+\S+)?$/.test(text));

/** What stops a service together with another unit. */
const STOPPING: readonly string[] = ["Conflicts", "PartOf", "BindsTo", "StopPropagatedFrom"];

/** Whether a oneshot service stays active once it has run, and nothing in sight stops it. */
function staysActive({ index, path }: UnitContext, service: string): boolean {
  const unit = findUnit(index, service, path);
  if (!unit?.fragment || unit.masked) return false;
  const files = [unit.fragment, ...unit.dropIns].flatMap((it) => index.files.get(it.path) ?? []);
  const last = (name: keyof IndexedFile["settings"]): string =>
    files.findLast((it) => it.settings[name])?.settings[name] ?? "";
  if (last("Type") !== "oneshot" || parseBoolean(last("RemainAfterExit")) !== true) return false;
  if (parseBoolean(last("StopWhenUnneeded")) === true) return false;
  if (files.some((it) => referencesIn(it, unit.id).some(({ directive }) => STOPPING.includes(directive)))) return false;
  return !referencesTo(index, service, path).some(
    ({ directive }) => STOPPING.includes(directive) || directive === "PropagatesStopTo",
  );
}
