import type { UnitName } from "../../values/unitName.ts";
import type { UnitSettings } from "../settings.ts";
import { type Refusal, refusal } from "./refusal.ts";
import { verifyMount, verifyPlace, verifySwap } from "./verifyMount.ts";
import { verifySocket } from "./verifySocket.ts";

/** What each other kind of unit asks for. Follows timer_verify(), slice_verify() and similar routines, systemd 257 to 262. */
export function verifyOther(settings: UnitSettings, name: UnitName | undefined): Refusal | undefined {
  const { kind, present } = settings;
  switch (kind) {
    case "scope":
      return { code: "no-file", message: "Scopes have no unit files: systemd does not load this file" };
    case "socket":
      return verifySocket(settings);
    case "timer":
      return ["Timer", "OnClockChange", "OnTimezoneChange"].some((it) => present.has(it))
        ? undefined
        : refusal("nothing-to-do", "OnCalendar", "This timer never elapses");
    case "path":
      return present.has("Path") ? undefined : refusal("nothing-to-do", "PathExists", "This unit watches no path");
    case "mount":
      return verifyMount(settings, name);
    case "automount":
      return name && verifyPlace(settings, name);
    case "swap":
      return name && verifySwap(settings, name);
    case "slice":
      return name && verifySlice(name);
    default:
      return undefined;
  }
}

/** The dashes of the name are the way through the tree of slices. Follows slice_name_is_valid(), systemd 257 to 262. */
function verifySlice({ stem, instance }: UnitName): Refusal | undefined {
  if (instance !== undefined)
    return { code: "unit-name", message: "A slice cannot be a template: systemd refuses the unit" };
  if (stem === "-" || !/^-|-$|--/.test(stem)) return undefined;
  const message =
    "Invalid slice name, dashes are only allowed between the names of its parents: systemd refuses the unit";
  return { code: "unit-name", message };
}
