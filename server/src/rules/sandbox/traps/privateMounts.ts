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
  title: "Redundant PrivateMounts=yes",
  why: "PrivateMounts=yes gives the service a mount namespace, from which no mount propagates to the host. ProtectSystem=, ProtectHome=, PrivateDevices= and other settings that change what the service sees already do the same: with them it is redundant.",
  page: "systemd.exec(5)",
  bad: { text: "[Service]\nExecStart=/bin/true\nProtectSystem=strict\nPrivateMounts=yes\n" },
  good: { text: "[Service]\nExecStart=/bin/true\nProtectSystem=strict\n" },
  silent: [
    { text: "[Service]\nExecStart=/bin/true\nPrivateMounts=yes\n" },
    { text: "[Service]\nExecStart=/bin/true\nProtectClock=yes\nProtectHostname=yes\nPrivateMounts=yes\n" },
    { text: "[Service]\nExecStart=/bin/true\nPrivateUsers=yes\nStateDirectory=x\nPrivateMounts=yes\n" },
    { text: "[Service]\nExecStart=/bin/true\nMountFlags=shared\nPrivateMounts=yes\n" },
    { text: "[Service]\nExecStart=/bin/true\nProtectSystem=no\nPrivateMounts=yes\n" },
    { text: "[Service]\nExecStart=/bin/true\nPrivateNetwork=yes\nPrivateMounts=yes\n" },
    {
      text: "[Unit]\nJoinsNamespaceOf=a.service\n[Service]\nExecStart=/bin/true\nPrivateTmp=yes\nPrivateMounts=yes\n",
    },
  ],
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
