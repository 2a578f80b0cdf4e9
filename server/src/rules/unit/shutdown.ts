import type { DirectiveName } from "../../catalog/catalog.ts";
import { insertIntoSection } from "../../findings/edits.ts";
import { lastOf } from "../../findings/findingPlace.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule, UnitContext } from "../../findings/rule.ts";
import { effective } from "../../security/effective.ts";
import { startType } from "../../security/refusals/verifyService.ts";
import { lastLine, setting } from "../../service/settings.ts";
import { splitWords } from "../../syntax/words.ts";
import { referencesTo } from "../../units/index/lookup.ts";
import { mergedAssignments, type Unit, valuesInForce } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";

const TARGET = "shutdown.target";
const ADDED = [`Conflicts=${TARGET}`, `Before=${TARGET}`];

/**
 * Seen with 257: the job of shutdown.target stops a service with default dependencies by its ExecStop=, and leaves one
 * without Conflicts= running, whatever it is ordered before.
 */
const livesThroughShutdown: Rule = {
  code: "unit/no-shutdown",
  needs: ["DefaultDependencies"],
  *check(unit, context) {
    const { kind, role, name = "" } = unit.path;
    if (kind !== "service" || role !== "unit" || name.startsWith("systemd-") || !isEarly(unit)) return;
    const node = lastOf(unit, ["DefaultDependencies"]);
    if (!node || endsOtherwise(unit) || isWantedLate(name, context)) return;
    const { settings, refusal } = effective(unit);
    if (refusal || startType(settings) === "oneshot" || setting(unit, "RemainAfterExit")?.value === "yes") return;
    const lost = lostSetting(unit);
    if (lost === undefined && servesToTheEnd(unit)) return;
    const missing = ADDED.filter(
      (it) => !namesIn(unit, it.slice(0, it.indexOf("=")) as DirectiveName).includes(TARGET),
    );
    yield {
      ...node.valueSpan,
      severity: lost === undefined && !isWantedAtBoot(unit) ? "hint" : "info",
      message: `DefaultDependencies=no without Conflicts=${TARGET}: a shutdown does not stop the service${isWantedAtBoot(unit) ? ", which may also start before its file systems are mounted" : ""}${lost === undefined ? "" : `, ${lost}= has no effect then`}, and its processes are killed at the very end`,
      directive: "DefaultDependencies",
      fixes: [
        {
          title: `Add ${missing.join(" and ")}`,
          safe: false,
          edits: () => [insertIntoSection(unit, "Unit", missing)],
        },
      ],
    };
  },
};

function isEarly(unit: Unit): boolean {
  const last = mergedAssignments(unit, "Unit", "DefaultDependencies").at(-1);
  return last !== undefined && parseBoolean(last.text) === false;
}

/** What the unit says of its end, and nothing heeds. */
function lostSetting(unit: Unit): string | undefined {
  const command = (["ExecStop", "ExecStopPost"] as const).find((it) => valuesInForce(unit, "Service", it).length > 0);
  return command ?? (lastLine(unit, "TimeoutStopSec") && "TimeoutStopSec");
}

const namesIn = (unit: Unit, name: DirectiveName): readonly string[] =>
  mergedAssignments(unit, "Unit", name).flatMap(({ text }) => splitWords(text, "relaxed").words.map((it) => it.value));

/** Whether others need it until they are gone, or nothing enables it: such a service is meant to be there at the end. */
const servesToTheEnd = (unit: Unit): boolean =>
  namesIn(unit, "Before").some((it) => it.endsWith("-pre.target")) ||
  mergedAssignments(unit, "Install", "WantedBy").length === 0;

/** Whether a target starts it after all default dependencies, so that to do without them makes it no earlier on purpose. */
const isWantedAtBoot = (unit: Unit): boolean =>
  mergedAssignments(unit, "Install", "WantedBy").some(({ text }) =>
    /(?:multi-user|graphical|default)\.target/.test(text),
  );

/** Any of these may end the service in time. */
const WITH_OTHERS = ["Conflicts", "Requires", "Requisite", "BindsTo", "PartOf", "RequiresMountsFor"] as const;

/** Units of the shutdown or the initrd; what is ordered after one of them, or started by it, has its own end. */
const LATE =
  /^(?:umount|final|reboot|poweroff|halt|kexec|soft-reboot|sleep|suspend|hibernate|exit|initrd\S*|systemd-(?:reboot|poweroff|halt|kexec|suspend|hibernate|soft-reboot|exit))\.(?:target|service)$|^initrd-/;

function endsOtherwise(unit: Unit): boolean {
  if (WITH_OTHERS.some((it) => namesIn(unit, it).length > 0)) return true;
  if (
    ["IgnoreOnIsolate", "RefuseManualStop"].some(
      (it) => mergedAssignments(unit, "Unit", it as DirectiveName).length > 0,
    )
  )
    return true;
  if (valuesInForce(unit, "Unit", "ConditionPathExists").some((it) => it.includes("initrd-release"))) return true;
  const others = (["After", "Before"] as const).flatMap((it) => namesIn(unit, it));
  const wanting = (["WantedBy", "RequiredBy"] as const).flatMap((name) =>
    mergedAssignments(unit, "Install", name).flatMap(({ text }) => text.split(/\s+/)),
  );
  return [...others, ...wanting].some((it) => LATE.test(it));
}

const isWantedLate = (name: string, context: UnitContext | undefined): boolean =>
  context !== undefined && referencesTo(context.index, name, context.path).some(({ from }) => LATE.test(from));

/** Services that live on when the system goes down. */
export const SHUTDOWN_RULES: readonly Rule[] = alsoInDropIns([livesThroughShutdown]);
