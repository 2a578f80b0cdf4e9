import { assigned } from "../service/settings.ts";
import type { Unit } from "../units/unit.ts";
import { parseQuadletName, serviceOf } from "../values/quadletName.ts";
import { parseUnitName } from "../values/unitName.ts";
import type { LoggedUnit } from "./starts.ts";

/** How the journal names a unit: a template by its instances, a quadlet by its service. */
export function loggedUnit(unit: Unit): LoggedUnit {
  const { name } = unit.path;
  const quadlet = name === undefined ? undefined : parseQuadletName(name);
  const own = quadlet ? serviceOf(quadlet) : name;
  const template = own === undefined ? undefined : parseUnitName(own);
  const [front, end] =
    template?.instance === "" ? [template.full.slice(0, template.full.indexOf("@") + 1), `.${template.kind}`] : [];
  return {
    isNamed: (logged) =>
      front === undefined ? logged === own : logged.startsWith(front) && logged.endsWith(end ?? ""),
    description: assigned(unit, "Description").at(-1)?.text,
  };
}
