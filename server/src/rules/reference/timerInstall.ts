import { insertIntoSection } from "../../findings/edits.ts";
import { ownHeader } from "../../findings/findingPlace.ts";
import { isSpecialName, ownerOf } from "../../findings/named.ts";
import type { Rule } from "../../findings/rule.ts";
import { referencesTo } from "../../units/index/lookup.ts";
import { mergedAssignments, mergedDirectives } from "../../units/unit.ts";

const DAILY = "[Timer]\nOnCalendar=daily\n";
const BACKUP = { "backup.service": "[Service]\nType=oneshot\nExecStart=/usr/bin/backup\n" };

/**
 * Seen with 257: `systemctl enable` says that the unit has no installation config, and the timer is static. A timer that
 * counts from its own start alone is one that something starts at a certain moment.
 */
export const timerInstall: Rule = {
  code: "reference/timer-without-install",
  title: "Timer that cannot be enabled",
  why: "A timer only counts once it is started, usually at boot because timers.target wants it. systemctl enable sets that up by the [Install] section of the timer; without one it refuses, and the timer stays inactive until somebody starts it by hand. Not reported where another unit or a link names the timer.",
  page: "systemd.timer(5)",
  bad: { path: "backup.timer", text: DAILY, otherFiles: BACKUP },
  good: { path: "backup.timer", text: `${DAILY}[Install]\nWantedBy=timers.target\n`, otherFiles: BACKUP },
  silent: [
    { path: "backup.timer", text: DAILY, otherFiles: { ...BACKUP, "app.service": "[Unit]\nWants=backup.timer\n" } },
    {
      path: "backup.timer",
      text: DAILY,
      otherFiles: { ...BACKUP, "app.service": "[Service]\nExecStart=/bin/true\n[Install]\nAlso=backup.timer\n" },
    },
    { path: "backup.timer", text: DAILY, otherFiles: { ...BACKUP, "timers.target.wants/backup.timer": "" } },
    { path: "backup@.timer", text: DAILY },
    { path: "later.timer", text: "[Timer]\nOnActiveSec=1min\n" },
    { path: "systemd-own.timer", text: DAILY },
  ],
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
