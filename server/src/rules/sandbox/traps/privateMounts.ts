import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Rule } from "../../../findings/rule.ts";
import type { UnitSettings } from "../../../security/settings.ts";
import { ownLast } from "../../../service/linePlaces.ts";
import { systemService } from "../../../service/loadedUnit.ts";
import { mergedAssignments } from "../../../units/unit.ts";
import { removal } from "../../removal.ts";

/** Seen with 257: the table of mounts is the same to the last option with and without it, also for a command with `+`. */
export const privateMounts: Rule = {
  code: "sandbox/private-mounts",
  needs: ["PrivateMounts"],
  *check(unit) {
    const subject = systemService(unit);
    if (subject?.settings.privateMounts !== true) return;
    const joins = mergedAssignments(unit, "Unit", "JoinsNamespaceOf").length > 0;
    const by = cutOffBy(subject.settings, joins);
    const node = by && ownLast(unit, "PrivateMounts");
    // What an earlier line says would be in force again.
    if (!node || mergedAssignments(unit, "Service", "PrivateMounts").length > 1) return;
    yield {
      ...node.keySpan,
      severity: "hint",
      message: `PrivateMounts=${node.text} is redundant with ${by}=, which gives the service the same mount namespace`,
      directive: "PrivateMounts",
      tag: "unnecessary",
      fixes: [removal(unit, "PrivateMounts", true)],
    };
  },
};

/**
 * What gives a service a mount namespace and counts as that for a running service in `systemd-analyze security`, too. A
 * private /tmp may be another unit's where the service joins it.
 */
function cutOffBy(settings: UnitSettings, joins: boolean): DirectiveName | undefined {
  const causes: readonly (readonly [DirectiveName, boolean])[] = [
    ["ProtectSystem", settings.protectSystem !== "no"],
    ["ProtectHome", settings.protectHome !== "no"],
    ["PrivateTmp", settings.privateTmp !== "no" && !joins],
    ["PrivateDevices", settings.privateDevices],
    ["ProtectKernelTunables", settings.protectKernelTunables],
    ["ProtectKernelModules", settings.protectKernelModules],
    ["ProtectControlGroups", settings.protectControlGroups === "yes" || settings.protectControlGroups === "strict"],
  ];
  return settings.dynamicUser ? "DynamicUser" : causes.find(([, holds]) => holds)?.[0];
}
