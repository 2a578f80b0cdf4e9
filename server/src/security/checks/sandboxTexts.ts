import type { UnitSettings } from "../settings.ts";
import { holds } from "./rights.ts";

/** Follows assess_root_directory(), systemd 257 to 262: RootMStack= does not count. */
export function setsRoot({ rootDirectory, rootImage }: UnitSettings): boolean {
  return (rootDirectory !== "" && rootDirectory !== "/") || (rootImage !== "" && rootImage !== "/");
}

/** Whether other settings may hide or close paths, so that nothing is sure about a single one. */
const hasPathSettings = ({ present }: UnitSettings): boolean =>
  ["InaccessiblePaths", "ReadOnlyPaths", "TemporaryFileSystem", "BindPaths"].some((it) => present.has(it));

/** The end of a sentence on files that permissions guard, too. */
const asPermitted = (settings: UnitSettings): string =>
  holds(settings, "CAP_DAC_OVERRIDE") ? "" : ", subject to the permissions of its user";

/** What ProtectHome= and its neighbours leave of the home directories. */
export function homeText(settings: UnitSettings): string {
  const { protectHome, protectSystem } = settings;
  if (protectHome === "yes") return "It cannot access any home directory";
  if (protectHome === "tmpfs") return "It sees empty directories instead of the home directories";
  if (setsRoot(settings)) return "Its root directory determines whether it sees home directories";
  const does = protectHome === "read-only" || protectSystem === "strict" ? "read" : "read and change";
  const limits = hasPathSettings(settings) ? ", unless other settings make them inaccessible" : "";
  return `It can ${does} the home directories${asPermitted(settings)}${limits}`;
}

/** Which files ProtectSystem= and its neighbours leave open to changes. */
export function systemText(settings: UnitSettings): string {
  const limits = hasPathSettings(settings) ? " and other settings allow it" : "";
  const permitted = asPermitted(settings) || (limits === "" ? "" : ", as far as permissions");
  const where = setsRoot(settings) ? " of its root directory" : "";
  switch (settings.protectSystem) {
    case "strict":
      return "It can change files only in paths that the unit names, and in /dev, /proc and /sys";
    case "full":
      return `It cannot change /usr, /etc and the boot loader, but all other files${where}${permitted}${limits}`;
    case "yes":
      return `It cannot change /usr and the boot loader, but /etc and all other files${where}${permitted}${limits}`;
    default:
      return `It can change every file${where}${permitted}${limits}`;
  }
}

/** What is shared of /tmp and /var/tmp where PrivateTmp= is off. */
export function temporaryText(settings: UnitSettings): string {
  if (setsRoot(settings)) return "Its /tmp and /var/tmp are those of its root directory";
  if (hasPathSettings(settings)) return "PrivateTmp= gives it no private /tmp; other settings may";
  return "It shares /tmp and /var/tmp with all other programs";
}

/** What is open of the hardware where PrivateDevices= is off. */
export function deviceText(settings: UnitSettings): string {
  const { devicePolicy, devices } = settings;
  return devicePolicy === "auto" && devices.length === 0
    ? `It sees all hardware devices in /dev, and can open them${asPermitted(settings)}`
    : "It sees all hardware devices in /dev, but the device policy blocks most of them";
}

/** Whether some other setting gives the service mounts of its own. Follows acquire_security_info(), systemd 257 to 262. */
export function impliesMounts(settings: UnitSettings): boolean {
  return (
    settings.privateDevices ||
    settings.privateTmp !== "no" ||
    settings.protectControlGroups !== "no" ||
    settings.protectKernelTunables ||
    settings.protectKernelModules ||
    settings.protectHome !== "no" ||
    settings.protectSystem !== "no" ||
    settings.rootImage !== ""
  );
}

/** Which processes are seen where ProtectProc= hides none or few. */
export function processText(settings: UnitSettings): string {
  if (settings.privatePids !== "no")
    return "It sees only its own processes because of PrivatePIDs=, which the exposure level does not count";
  return settings.protectProc === "noaccess"
    ? "It sees in /proc that other users have processes, but no details"
    : "It sees all processes of the system in /proc";
}
