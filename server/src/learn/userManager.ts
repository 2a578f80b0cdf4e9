import { type DirectiveName, directive } from "../catalog/catalog.ts";
import { NEEDS_USER_NAMESPACE } from "../service/userNamespace.ts";
import type { Unit } from "../units/unit.ts";
import type { LearntSetting } from "./learnt.ts";

/** A setting as far as a user manager can apply it to a unit of its own; the same one for units of the system. */
export function inUserManager(setting: LearntSetting, unit: Unit): LearntSetting {
  const { key, grade } = setting;
  if (unit.path.scope !== "user" || grade === "refused") return setting;
  if (NEEDS_USER_NAMESPACE.has(key as DirectiveName)) {
    const needs = "it needs a user namespace, which not every machine allows";
    return { ...setting, mayBreak: setting.mayBreak === undefined ? needs : `${setting.mayBreak}; ${needs}` };
  }
  if (directive("Service", key)?.scope !== "system") return setting;
  const evidence = "has no effect in a user unit: only the system manager supports it";
  return { ...setting, grade: "refused", evidence, sights: [] };
}
