import { directivesIn } from "../../catalog/catalog.ts";
import { NEWEST_VERSION } from "../../facts/version.ts";
import { insertAfter } from "../../findings/edits.ts";
import type { Rule, UnitContext } from "../../findings/rule.ts";
import { lazy } from "../../text/tables.ts";
import { fragmentOf, referencesTo } from "../../units/index/lookup.ts";
import { assignmentsOf, mergedAssignments, sinceReset, type Unit } from "../../units/unit.ts";
import { parseUnitName } from "../../values/unitName.ts";

/** Follows timer_enter_waiting(), systemd 257 to 262; seen with 257: such a timer is elapsed as soon as it is started. */
export const neverElapses: Rule = {
  code: "reference/never-elapses",
  needs: ["OnUnitActiveSec", "OnUnitInactiveSec"],
  *check(unit, context) {
    const { kind, role, name } = unit.path;
    if (!context || kind !== "timer" || role !== "unit" || name === undefined) return;
    const line = AGAIN.flatMap((it) => assignmentsOf(unit, "Timer", it)).findLast((it) => it.text !== "");
    if (!line || !countsOnlyAgain(unit)) return;
    const [wanted] = sinceReset(mergedAssignments(unit, "Timer", "Unit"));
    const service = wanted?.text ?? name.replace(/timer$/, "service");
    if (mayStart(context, service, name)) return;
    const first = `OnActiveSec=${line.text}`;
    yield {
      ...line.keySpan,
      severity: "info",
      message: `${line.key}= counts from the last ${line.key === "OnUnitActiveSec" ? "start" : "stop"} of ${service}, which nothing else starts: after boot the timer never elapses`,
      directive: line.key,
      fixes: [{ title: `Add ${first}`, safe: false, edits: () => [insertAfter(unit.file, line, [first])] }],
    };
  },
};

const AGAIN = ["OnUnitActiveSec", "OnUnitInactiveSec"] as const;

/** The settings that a timer elapses by without its unit; they are all that begin with `On`. */
const FIRST = lazy(() =>
  directivesIn("Timer", NEWEST_VERSION).flatMap(({ name }) =>
    name.startsWith("On") && !AGAIN.some((it) => it === name) ? [name] : [],
  ),
);

/** An empty line sets all of them back, and then order counts: nothing is known of that. */
function countsOnlyAgain(unit: Unit): boolean {
  return (
    FIRST().every((it) => mergedAssignments(unit, "Timer", it).length === 0) &&
    AGAIN.every((it) => mergedAssignments(unit, "Timer", it).every(({ text }) => text !== ""))
  );
}

/** Whether anything but a timer may start a service, as far as files can show it; also where its file cannot be seen. */
export function mayStart({ index, path }: UnitContext, service: string, timer: string): boolean {
  const parsed = parseUnitName(service);
  const file = fragmentOf(index, service, path);
  if (!file || parsed?.kind !== "service" || parsed.instance !== undefined) return true;
  const { settings, sections, mentions } = file;
  if (sections.includes("Install") || settings.BusName !== undefined || settings.Type === "dbus") return true;
  if (mentions.some((it) => it.directive === "Sockets")) return true;
  const triggers = ["timer", "path", "socket"].map((it) => `${parsed.stem}.${it}`).filter((it) => it !== timer);
  if (triggers.some((it) => fragmentOf(index, it, path))) return true;
  return referencesTo(index, service, path).some(
    ({ from, directive }) => !ORDER.includes(directive) && !(from === timer && directive === "Unit"),
  );
}

/** What names a unit and never starts it. */
const ORDER: readonly string[] = ["After", "Before", "PartOf", "Conflicts"];
