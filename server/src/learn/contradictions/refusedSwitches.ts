import type { DirectiveName } from "../../catalog/catalog.ts";
import { causeOf, causeText } from "../../security/world/cause.ts";
import { setting } from "../../service/settings.ts";
import type { Unit } from "../../units/unit.ts";
import { evidenceText } from "../evidenceText.ts";
import type { Learnt } from "../learnt.ts";
import { holdsAlready } from "../settings/held.ts";
import type { Contradiction } from "./contradiction.ts";

/** Settings that break what they were refused for; what others were refused for may do without. */
const BREAKING: ReadonlySet<string> = new Set<DirectiveName>([
  "PrivateTmp",
  "PrivateDevices",
  "ProtectKernelTunables",
  "ProtectControlGroups",
  "ProtectKernelModules",
  "ProtectKernelLogs",
  "ProtectClock",
  "ProtectHostname",
  "ProtectProc",
  "LockPersonality",
  "RestrictRealtime",
  "RestrictSUIDSGID",
  "NoNewPrivileges",
  "MemoryDenyWriteExecute",
  "PrivateNetwork",
]);

/** Switches that a unit sets although the run used what they take away. */
export function refusedSwitches({ settings }: Learnt, unit: Unit): readonly Contradiction[] {
  return settings.flatMap((it) => {
    const [first] = it.sights;
    if (it.part !== "settings" || it.grade !== "refused" || !it.isShown || !BREAKING.has(it.key)) return [];
    if (!holdsAlready(unit, it)) return [];
    const key = it.key as DirectiveName;
    const cause = causeOf(unit, key, setting(unit, key)?.value ?? it.value);
    return [{ cause, message: `${causeText(cause)} contradicts a run: ${evidenceText(it)}`, sight: first }];
  });
}
