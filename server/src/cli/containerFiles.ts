import type { InputFile, InputUnit } from "./files.ts";

/** Whether a file is a container of podman's, not a drop-in of one. */
export function isContainer(file: InputFile): file is InputUnit {
  return file.unit?.kind === "container" && file.unit.role === "unit";
}
