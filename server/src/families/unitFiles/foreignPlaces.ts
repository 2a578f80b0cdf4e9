import type { ChezmoiOther } from "./chezmoiNames.ts";

/** What a file is that lies where another program reads it, or whose name says that no manager does. */
export type ForeignPlace = ChezmoiOther | "dbus-activation" | "avahi-services" | "apparmor-profile" | "hidden-drop-in";

/** What all files in a folder are, whatever they are called; `parents` are the folders above a file. */
export function foreignPlace(parents: readonly string[]): ForeignPlace | undefined {
  const [above, folder] = parents.slice(-2);
  if (above === "dbus-1" && (folder === "services" || folder === "system-services")) return "dbus-activation";
  if (above === "avahi" && folder === "services") return "avahi-services";
  return parents.includes("apparmor.d") ? "apparmor-profile" : undefined;
}
