import type { InputFile, InputUnit } from "./files.ts";

/** Whether a file is a container of podman's, not a drop-in of one, or one of systemd-nspawn's. */
export function isContainer(file: InputFile): file is InputUnit {
  return (file.unit?.kind === "container" && file.unit.role === "unit") || isNspawn(file);
}

/** Whether a file describes a container of systemd-nspawn, of which systemd has no exposure. */
export const isNspawn = (file: InputFile): file is InputUnit => file.unit?.kind === "nspawn";
