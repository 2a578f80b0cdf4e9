import type { Unit } from "../unit.ts";

/** Whether others fill in something of a unit before systemd reads it. */
export const isTemplate = ({ file, dropIns, main }: Unit): boolean =>
  file.template !== undefined || dropIns.some((it) => it.template) || (main !== undefined && isTemplate(main.unit));

/** What is said after what holds of a template as it stands there. */
export const AS_SHOWN = "as far as the template shows";
