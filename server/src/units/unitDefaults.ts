import { hasCome } from "../facts/version.ts";
import { memo } from "./memo.ts";
import { mergedAssignments, sectionsFor, type Unit } from "./unit.ts";

/** Whether the manager sets RestrictSUIDSGID= for a unit that does not. */
export const restrictsByDefault = memo(
  (unit: Unit): boolean =>
    unit.defaults?.restrictSuidSgid === true &&
    hasCome({ since: 258 }, unit.version) &&
    sectionsFor(unit).every((it) => mergedAssignments(unit, it, "RestrictSUIDSGID").length === 0),
);
