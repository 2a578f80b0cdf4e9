import type { DirectiveName } from "../../catalog/catalog.ts";
import type { SectionName } from "../../catalog/sections.ts";
import { SPECIAL_UNITS } from "../../facts/specialUnits.ts";
import type { Severity } from "../../findings/finding.ts";
import { nearestTree } from "../../units/index/nearestTree.ts";
import type { Rule } from "../rule.ts";
import { namedIn, ownerOf } from "./named.ts";

const USER_NAMES = new Set(SPECIAL_UNITS.user.map((it) => it.name));
const SYSTEM_ONLY = new Set(
  SPECIAL_UNITS.system.map((it) => it.name).filter((it) => it.endsWith(".target") && !USER_NAMES.has(it)),
);

/** Whether only the manager of the system has this target. */
export const isSystemOnly = (name: string): boolean => SYSTEM_ONLY.has(name);

const LISTS: readonly { section: SectionName; name: DirectiveName; severity: Severity; what: string }[] = [
  { section: "Install", name: "WantedBy", severity: "warning", what: "nothing starts this unit through it" },
  { section: "Install", name: "RequiredBy", severity: "warning", what: "nothing starts this unit through it" },
  { section: "Unit", name: "Requires", severity: "warning", what: "systemd refuses to start this unit" },
  { section: "Unit", name: "BindsTo", severity: "warning", what: "systemd refuses to start this unit" },
  { section: "Unit", name: "After", severity: "info", what: "this unit waits for nothing" },
  { section: "Unit", name: "Wants", severity: "info", what: "the line has no effect" },
];

/** Seen with 257: the user manager has its own units alone, those of the system are not there. */
export const userManager: Rule = {
  code: "reference/user-manager",
  title: "System target used in a user unit",
  why: "The user manager does not have the units of the system manager, such as multi-user.target and network-online.target: nothing can wait for them, and a unit that they want is never started. The user manager starts default.target.",
  page: "systemd.special(7)",
  bad: {
    path: "systemd/user/sync.service",
    text: "[Service]\nExecStart=/usr/bin/sync-home\n[Install]\nWantedBy=multi-user.target\n",
  },
  good: {
    path: "systemd/user/sync.service",
    text: "[Service]\nExecStart=/usr/bin/sync-home\n[Install]\nWantedBy=default.target\n",
  },
  silent: [
    { text: "[Service]\nExecStart=/usr/bin/syncd\n[Install]\nWantedBy=multi-user.target\n" },
    {
      path: "systemd/user/sync.service",
      text: "[Unit]\nAfter=network-online.target\n[Service]\nExecStart=/usr/bin/sync-home\n",
      otherFiles: { "systemd/user/network-online.target": "[Unit]\nDescription=Our own\n" },
    },
  ],
  needs: LISTS.map((it) => it.name),
  *check(unit, context) {
    const owner = context && ownerOf(context);
    if (!context || owner === undefined || unit.path.scope !== "user") return;
    for (const { section, name, severity, what } of LISTS) {
      for (const { start, end, name: target } of namedIn(unit, owner, section, name)) {
        if (!isSystemOnly(target)) continue;
        if (nearestTree(context.index, target, context.path)) continue;
        const message = `${name}= names ${target}, which the user manager does not have: ${what}`;
        const newText = "default.target";
        const goal = section === "Install" && (target === "multi-user.target" || target === "graphical.target");
        yield {
          start,
          end,
          severity,
          message,
          directive: name,
          fixes: goal ? [{ title: `Change to ${newText}`, safe: false, edits: () => [{ start, end, newText }] }] : [],
        };
      }
    }
  },
};
