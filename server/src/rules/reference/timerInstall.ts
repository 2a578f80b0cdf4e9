import { insertIntoSection } from "../../findings/edits.ts";
import { ownHeader } from "../../findings/findingPlace.ts";
import { isSpecialName, ownerOf } from "../../findings/named.ts";
import type { Rule } from "../../findings/rule.ts";
import { referencesTo } from "../../units/index/lookup.ts";
import { mergedAssignments, mergedDirectives } from "../../units/unit.ts";

/**
 * Seen with 257: `systemctl enable` says that the unit has no installation config, and the timer is static. A timer that
 * counts from its own start alone is one that something starts at a certain moment.
 */
export const timerInstall: Rule = {
  code: "reference/timer-without-install",
  needs: ["OnCalendar", "OnBootSec", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec"],
  *check(unit, context) {
    const { kind, role, name, scope } = unit.path;
    if (kind !== "timer" || role !== "unit" || !context || name === undefined || unit.file.text === "") return;
    const owner = ownerOf(context) ?? name;
    if (name.includes("@") || isSpecialName(name, scope)) return;
    if (mergedDirectives(unit, "Install").size > 0) return;
    if (!BY_THEMSELVES.some((it) => mergedAssignments(unit, "Timer", it).some(({ text }) => text !== ""))) return;
    const others = referencesTo(context.index, owner, context.path);
    if (others.some(({ from, directive }) => from !== owner && !ORDER.includes(directive))) return;
    const added = "WantedBy=timers.target";
    yield {
      ...ownHeader(unit),
      severity: "info",
      message:
        "This timer has no [Install] section and no unit names it: systemctl enable refuses it, and nothing starts it at boot",
      fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertIntoSection(unit, "Install", [added])] }],
    };
  },
};

/** What a timer goes by that is meant to run all the time. */
const BY_THEMSELVES = ["OnCalendar", "OnBootSec", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec"] as const;

/** What names a timer and never starts it. */
const ORDER: readonly string[] = ["After", "Before", "PartOf", "Conflicts"];
